package publish

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
	"github.com/kairan-news/kairan/locales"
)

// words speaks for one channel to its readers.
type words struct {
	*wording.Speech
	site    *feeds.Site
	sources []feeds.Source
	channel feeds.Channel
	// marks tells whether an entry in another language is marked in its title.
	marks bool
}

func (c *Composer) words(channel feeds.Channel) *words {
	w := &words{Speech: wording.In(channel.Locale, c.Site, c.Bundle), site: c.Site, sources: c.Sources, channel: channel}
	switch channel.Kind {
	case feeds.ChannelAll, feeds.ChannelCategory, feeds.ChannelPublisher:
		w.marks = true
	}
	return w
}

// frame is what all feeds of the locale have.
func (w *words) frame() feeds.Feed {
	return feeds.Feed{
		Language:     w.channel.Locale,
		Direction:    w.Dir(),
		SiteTitle:    w.SiteTitle(),
		IconURL:      w.site.IconURL(),
		LogoURL:      w.site.PictureURL(w.site.Logo),
		TaxonomyURL:  feeds.TaxonomyID(w.site.ID),
		RelatedTitle: w.Text("entry.related", nil),
	}
}

// feed returns the channel without its entries.
func (w *words) feed() feeds.Feed {
	f := w.frame()
	f.Channel = w.channel
	f.ID = w.site.ChannelID(w.channel)
	f.HomeURL = w.site.URL(w.channel.PagePath())
	f.URL = w.site.DocumentURLs(w.channel, 0)
	f.Title, f.Description = w.ChannelTitle(w.channel), w.ChannelDescription(w.channel)
	f.Rights = w.rights()
	if w.channel.Kind == feeds.ChannelOnly {
		return f // what was written in another language is something else, and may be nothing
	}
	for _, l := range w.site.Locales {
		other := w.channel
		other.Locale = l.Tag
		f.Locales = append(f.Locales, feeds.FeedLocale{Language: l.Tag, URL: w.site.DocumentURLs(other, 0)})
	}
	return f
}

// rights returns whose a channel's notices are: those of one publisher bear its
// licence; elsewhere each bears its own.
func (w *words) rights() string {
	if p, ok := w.site.Publisher(w.channel.Name); ok && w.channel.Kind == feeds.ChannelPublisher && p.License.Name != "" {
		return w.attribution(p.Key, p.License)
	}
	return w.Text("channel.rights", nil)
}

// attribution returns the line that names a publisher and its licence, if it has one.
func (w *words) attribution(publisher string, license feeds.License) string {
	data := map[string]any{"Publisher": w.Publisher(publisher)}
	if license.Name == "" {
		return w.Text("entry.attribution", data)
	}
	data["License"] = license.Name
	return w.Text("entry.attribution-licence", data)
}

// entry returns what stands in a place.
func (w *words) entry(v *view, p place) (feeds.Entry, error) {
	stored, ok := v.articles[p.shows()]
	if !ok {
		return feeds.Entry{}, fmt.Errorf("record %d names revision %d of %s, which the store does not have; has it been deleted by hand?", p.seq(), p.step.Revision, p.step.Article)
	}
	a := stored.Article
	publisher, _ := w.site.Publisher(a.Publisher)
	where := w.location(a.Publisher)
	a.Published = inZone(a.Published, where)
	foreign := feeds.FitOf(w.channel.Locale, a.Language) == feeds.FitNone && a.Language != "und" && a.Language != ""
	e := feeds.Entry{
		Article:       w.site.Shown(permitted(a, publisher.License)),
		Record:        p.step.Record,
		URL:           w.site.URL(feeds.ArticlePath(w.channel.Locale, a.Slug)),
		Title:         a.Title,
		Direction:     direction(a.Language),
		Modified:      stored.Modified,
		Changed:       p.step.Changed,
		Replaces:      p.replaces,
		PublisherName: w.Publisher(a.Publisher),
		PublisherURL:  publisher.HomePage,
		Source:        w.source(a),
		LicenseURL:    publisher.License.URL,
		LicenseName:   publisher.License.Name,
		LicenseDeed:   w.Deed(publisher.License.URL),
	}
	e.Article.Authors, e.Article.Terms = w.Authors(e.Article), w.Terms(e.Article)
	if foreign {
		e.LanguageNote = w.Text("entry.language-note", map[string]any{"Language": w.Told(a.Language)})
		if w.marks {
			e.Title = w.mark(a)
		}
	}
	if !a.Corrected.IsZero() {
		corrected := a.Corrected.In(where)
		e.CorrectedNote = w.Text("entry.corrected", map[string]any{"Date": w.When(corrected, feeds.IsTimed(corrected))})
	}
	e.Attribution = w.attribution(a.Publisher, publisher.License)
	e.Categories = w.categories(stored)
	e.Urgency = w.urgency(stored)
	e.Versions = w.versions(a, v.versions[a.Story])
	e.Related = w.related(e.Article, v.recommended[a.ID])
	return e, nil
}

// inZone writes a date as it was where the publisher is. The zero time stays as it is.
func inZone(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}

// mark returns the title with its language before it, in the reader's words. A
// title of another direction is isolated, so that it can't turn the mark around.
func (w *words) mark(a feeds.Article) string {
	title := a.Title
	if d := direction(a.Language); d != "" && d != w.Dir() {
		title = "\u2068" + title + "\u2069"
	}
	mark := w.Text("entry.mark", map[string]any{"Language": w.Told(a.Language)})
	if strings.HasSuffix(mark, "］") || strings.HasSuffix(mark, "】") {
		return mark + title // a full-width bracket brings its own space
	}
	return mark + " " + title
}

// direction is that of a language; "" where nothing told the language.
func direction(language string) string {
	if language == "" || language == "und" {
		return ""
	}
	return locales.Direction(language)
}

// categories returns the labels of the categories in which the story stands, in the order
// of the configuration.
func (w *words) categories(a feeds.StoredArticle) []feeds.Label {
	var labels []feeds.Label
	for _, c := range w.site.Categories {
		if slices.Contains(a.StoryCategories, c.Term) {
			page := feeds.Channel{Locale: w.channel.Locale, Kind: feeds.ChannelCategory, Name: c.Term}
			labels = append(labels, feeds.Label{Term: c.Term, Label: w.Category(c.Term), URL: w.site.URL(page.PagePath())})
		}
	}
	return labels
}

// urgency is the mark of a story in a category that is published at once; "" of others.
func (w *words) urgency(a feeds.StoredArticle) string {
	if slices.ContainsFunc(w.site.Categories, func(c feeds.Category) bool { return c.Urgent && slices.Contains(a.StoryCategories, c.Term) }) {
		return w.Text("page.urgent", nil)
	}
	return ""
}

// versions returns the versions that stand beside an article ([feeds.Beside]), in the order of the site's locales
// and then of their languages. The page of each is in its own language, where the site
// has that: who follows the link reads it.
func (w *words) versions(a feeds.Article, all []feeds.Article) []feeds.Version {
	var versions []feeds.Version
	for _, o := range feeds.Beside(a, all) {
		locale := w.channel.Locale
		if home, ok := w.site.Home(o.Language); ok {
			locale = home
		}
		versions = append(versions, feeds.Version{ID: o.ID, Language: o.Language, Title: o.Title, Link: o.Link, URL: w.site.URL(feeds.ArticlePath(locale, o.Slug))})
	}
	rank := func(language string) int {
		home, ok := w.site.Home(language)
		if !ok {
			return len(w.site.Locales)
		}
		return slices.IndexFunc(w.site.Locales, func(l feeds.Locale) bool { return l.Tag == home })
	}
	slices.SortFunc(versions, func(a, b feeds.Version) int {
		if d := rank(a.Language) - rank(b.Language); d != 0 {
			return d
		}
		if d := strings.Compare(a.Language, b.Language); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return versions
}

// source tells where an article was collected. The address of a feed that only we
// can reach is nobody's business, nor are the names and passwords in one; nor is what
// such a feed says of itself.
func (w *words) source(a feeds.Article) feeds.EntrySource {
	s := feeds.EntrySource{ID: a.Source, Title: w.Publisher(a.Publisher), Updated: cmp.Or(a.Updated, a.Published)}
	i := 0
	for i < len(w.sources) && w.sources[i].ID != a.Source { // a source is large: none is copied
		i++
	}
	if i == len(w.sources) {
		return s
	}
	address, ok := toldURL(w.sources[i])
	if !ok {
		return s
	}
	switch w.sources[i].Kind {
	case feeds.KindFeed:
		s.URL, s.FeedID, s.HomeURL = cmp.Or(a.Feed.URL, address), a.Feed.ID, a.Feed.Link
		s.Title = cmp.Or(a.Feed.Title, s.Title)
	case feeds.KindPage:
		s.HomeURL = address
	}
	return s
}

// toldURL returns the address of a source as everybody may know it; false if nobody may.
func toldURL(s feeds.Source) (string, bool) {
	if s.AllowPrivate {
		return "", false
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		return "", false
	}
	u.User = nil
	return u.String(), true
}
