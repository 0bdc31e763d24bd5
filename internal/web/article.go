package web

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// articleBody is what an article's page shows.
type articleBody struct {
	item
	// Content is the whole text where the licence lets it be republished; "" where
	// only the summary may stand here.
	Content template.HTML
	Updated *stampText
	Logo    *shared // its publisher's; nil for none
	// modified is when its publisher changed it last, for machines; "" where it did not.
	modified     string
	LanguageNote string
	Original     string // the article at its publisher
	Attribution  string
	LicenseURL   string
	// Deed is where the reader reads what the licence says; "" if only at its address.
	Deed     string
	Rights   string
	Versions []versionLink
	Related  []relatedLink
	// Authors are the article's, but for one that is its publisher.
	Authors []byline
	Files   []file
	// Lead stands before the text; nil where that shows it, or there is none.
	Lead        *picture
	Players     []player
	Transcripts []textLink
	Corrections []correction
	// Address is the page's own, to be handed on.
	Address string
	// Topics are the channels that the notice is in, to be subscribed to.
	Topics []topicLink
}

// topicLink leads to where a channel can be subscribed to.
type topicLink struct{ Label, Path string }

type versionLink struct{ Path, Lang, Dir, Name, Title string }

// byline is an author, in the reader's words or as the source has the name.
type byline struct{ Name, Lang, Dir string }

type relatedLink struct {
	Path, Title, Lang, Dir string
	Date                   stampText
}

func (s *public) serveArticle(w http.ResponseWriter, r *http.Request, g *guise) {
	locale, slug := r.PathValue("locale"), r.PathValue("slug")
	if s.hadLocale(g, locale) {
		redirect(w, r, g.articlePath(g.Site.DefaultLocale, slug), http.StatusMovedPermanently)
		return
	}
	if _, ok := g.speech[locale]; !ok {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	// Whatever happens to an article changes this channel.
	everything := feeds.Channel{Locale: locale, Kind: feeds.ChannelEverything}
	s.servePage(w, r, g, s.channelsStamp(g, everything, nil), htmlType, func(ctx context.Context) ([]byte, error) {
		notice, ok, err := s.Articles.Notice(ctx, slug)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return nil, feeds.ErrNotPublished
		case !notice.Withdrawn.IsZero():
			return nil, errGone
		}
		return s.articlePage(g, locale, notice).render(articleTemplate)
	})
}

func (s *public) articlePage(g *guise, locale string, n Notice) *page {
	n.Article = g.Site.Shown(n.Article)
	a := n.Article
	versions := feeds.Beside(a, n.Versions)
	all := slices.Concat([]feeds.Article{a}, versions)
	path := func(locale string) string {
		if v, ok := ofLocale(locale, all); ok {
			return g.articlePath(locale, v.Slug)
		}
		return g.articlePath(locale, a.Slug)
	}
	p := s.newPage(g, locale, path)
	p.Title = p.text("page.title", "Page", a.Title, "Site", p.Site())
	home, ok := g.Site.Home(a.Language)
	if !ok {
		home = g.Site.DefaultLocale
	}
	// One article has one address for search engines, however many locales show it.
	p.Canonical = g.absolute(g.articlePath(home, a.Slug))
	p.Alternates = g.articleAlternates(a, all)
	p.Feeds = g.feedLinks(feeds.Channel{Locale: locale, Kind: feeds.ChannelAll})

	publisher, _ := g.Site.Publisher(a.Publisher)
	b := &articleBody{item: g.item(p, a, n.Article.Categories), Original: a.Link, Rights: a.Rights}
	b.Logo = g.logo(publisher)
	p.Description = b.Summary
	if publisher.License.FullText {
		// Content was sanitized when it was collected.
		b.Content = template.HTML(p.shaped(fitting(g.text(p, a))))
		b.showMedia(g, p, a)
	} else {
		// Title, a short summary and the link: nothing else is ours to show.
		n.Article.Related = nil
	}
	if b.Language != "" {
		b.LanguageNote = p.text("entry.language-note", "Language", p.speech.Told(a.Language))
	}
	if n.Modified.After(a.Published) {
		b.modified = g.timeOf(p, a.Publisher, n.Modified).Machine
	}
	if n.Modified.After(a.Published) && g.dayOf(p, a.Publisher, n.Modified) != g.dayOf(p, a.Publisher, a.Published) {
		updated := g.timeOf(p, a.Publisher, n.Modified)
		b.Updated = &updated
	}
	b.Authors = bylines(p.speech.Authors(a), b)
	b.Attribution = p.text("entry.attribution", "Publisher", b.Publisher)
	if l := publisher.License; l.Name != "" {
		b.Attribution = p.text("entry.attribution-licence", "Publisher", b.Publisher, "License", l.Name)
		b.LicenseURL, b.Deed = l.URL, p.speech.Deed(l.URL)
	}
	for _, v := range p.inOrder(versions) {
		in, ok := g.Site.Home(v.Language)
		if !ok {
			in = locale
		}
		b.Versions = append(b.Versions, versionLink{
			g.articlePath(in, v.Slug), htmlLang(v.Language), direction(v.Language), p.speech.Endonym(v.Language), v.Title,
		})
	}
	b.Related = g.related(p, n)
	b.Corrections = g.corrections(p, n, publisher.License.FullText)
	b.Address = g.absolute(g.articlePath(locale, a.Slug))
	for _, c := range b.Categories {
		b.Topics = append(b.Topics, topicLink{c.Label, c.Path + "#subscribe"})
	}
	b.Topics = append(b.Topics, topicLink{b.Publisher, b.PublisherPath + "#subscribe"})
	p.Body = b
	for _, c := range b.Categories[:min(1, len(b.Categories))] {
		p.Trail = append(p.Trail, pageLink{Text: c.Label, URL: c.Path})
	}
	p.Trail = append(p.Trail, pageLink{Text: a.Title})
	p.Social = g.social(p, a, b)
	return p
}

// bylines are the authors of an article, each once.
func bylines(authors []feeds.Person, b *articleBody) (all []byline) {
	for _, a := range authors {
		by := byline{a.Name, b.Lang, b.Dir}
		if a.Localized != "" {
			by = byline{Name: a.Localized}
		}
		if by.Name != "" && by.Name != b.Publisher && !slices.Contains(all, by) {
			all = append(all, by)
		}
	}
	return all
}

// showMedia shows the picture that stands for the article, and plays its files.
func (b *articleBody) showMedia(g *guise, p *page, a feeds.Article) {
	lead := g.picture(a)
	players, others := g.players(a, lead)
	b.Players, b.Files = players, p.files(others)
	b.Transcripts = transcripts(a.Episode)
	isPoster := len(b.Players) > 0 && b.Players[0].Poster != ""
	if lead != nil && !isPoster && !feeds.ShowsPicture(a.Content, lead.URL) {
		b.Lead = lead
	}
}

// ofLocale returns the version of a notice that is in a locale's language, the best of
// several; false where none is.
func ofLocale(locale string, versions []feeds.Article) (of feeds.Article, ok bool) {
	best := feeds.FitNone
	for _, v := range versions {
		if fit := feeds.FitOf(locale, v.Language); fit < best {
			of, best = v, fit
		}
	}
	return of, best != feeds.FitNone
}

// inOrder sorts versions as the page lists the site's languages; behind these come others.
func (p *page) inOrder(versions []feeds.Article) []feeds.Article {
	rank := func(a feeds.Article) int {
		home, ok := p.guise.Site.Home(a.Language)
		if !ok {
			return len(p.Languages)
		}
		return slices.IndexFunc(p.Languages, func(l languageLink) bool { return l.Tag == home })
	}
	sorted := slices.Clone(versions)
	slices.SortStableFunc(sorted, func(a, b feeds.Article) int {
		return cmp.Or(rank(a)-rank(b), strings.Compare(a.Language, b.Language), strings.Compare(a.ID, b.ID))
	})
	return sorted
}
