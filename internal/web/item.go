package web

import (
	"cmp"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
	"github.com/kairan-news/kairan/internal/search"
)

// item is a notice as a list shows it.
type item struct {
	Path    string
	Title   string
	Summary string
	Lang    string
	Dir     string
	// Language names the notice's language where it is not the reader's; else "".
	Language      string
	Publisher     string
	PublisherPath string
	Published     stampText
	// Corrected says that the notice was corrected, and when; "" if it was not.
	Corrected  string
	Categories []categoryLink
	// Picture stands for the notice; nil if there is none that a page may load.
	Picture *picture
	// terms are what the notice was found by; empty ones where it was not searched for.
	terms search.Terms
}

type categoryLink struct{ Label, Path string }

// stampText is a time, or a day, for machines (HTML §2.3.5) and for the reader.
type stampText struct{ Machine, Reader string }

// items are the notices of a feed, the newest first. A correction counts as of the
// day it was made.
func (g *guise) items(p *page, feed feeds.Feed) []item {
	entries := slices.Clone(feed.Entries)
	slices.SortStableFunc(entries, func(a, b feeds.Entry) int {
		return cmp.Or(shownAt(b).Compare(shownAt(a)), cmp.Compare(b.Record.Seq, a.Record.Seq))
	})
	return g.itemsInOrder(p, entries)
}

// itemsInOrder are notices in the order in which they are given.
func (g *guise) itemsInOrder(p *page, entries []feeds.Entry) []item {
	items := make([]item, 0, len(entries))
	for _, entry := range entries {
		items = append(items, g.entryItem(p, entry))
	}
	return items
}

// entryItem is a feed's entry as a list shows it.
func (g *guise) entryItem(p *page, entry feeds.Entry) item {
	terms := make([]string, len(entry.Categories))
	for i, label := range entry.Categories {
		terms[i] = label.Term
	}
	i := g.item(p, entry.Article, terms)
	if lead := g.picture(entry.Article); lead != nil && !lead.Linked {
		i.Picture = lead // what is composed holds none that the licence doesn't allow
	}
	return i
}

func shownAt(entry feeds.Entry) time.Time {
	if c := entry.Article.Corrected; c.After(entry.Article.Published) {
		return c
	}
	return entry.Article.Published
}

// item is an article in a locale's words, with the categories of these terms.
func (g *guise) item(p *page, a feeds.Article, terms []string) item {
	i := item{
		Path:          g.articlePath(p.Locale, a.Slug),
		Title:         a.Title,
		Summary:       a.Summary,
		Lang:          htmlLang(a.Language),
		Dir:           direction(a.Language),
		Publisher:     p.speech.Publisher(a.Publisher),
		PublisherPath: g.listPath(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelPublisher, Name: a.Publisher}),
		Published:     g.published(p, &a),
	}
	if i.Summary == "" {
		i.Summary = plain.Text(a.Content, 0)
	}
	i.Summary = plain.Shorten(i.Summary, plain.Excerpt)
	if feeds.FitOf(p.Locale, a.Language) == feeds.FitNone && a.Language != "und" {
		i.Language = p.speech.Language(a.Language)
	}
	if !a.Corrected.IsZero() {
		i.Corrected = p.text("entry.corrected", "Date", g.timeOf(p, a.Publisher, a.Corrected).Reader)
	}
	for _, c := range g.Site.Categories {
		if slices.Contains(terms, c.Term) {
			i.Categories = append(i.Categories, categoryLink{
				p.speech.Category(c.Term),
				g.listPath(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelCategory, Name: c.Term}),
			})
		}
	}
	return i
}

// published is when an article was published, as it was where its publisher is: the day, and
// the time of it where that was told.
func (g *guise) published(p *page, a *feeds.Article) stampText {
	zone := g.Site.Zone(a.Publisher)
	return p.stamp(a.Published.In(zone), a.IsTimed(zone))
}

// timeOf writes a time as it was where the publisher is.
func (g *guise) timeOf(p *page, publisher string, t time.Time) stampText {
	if t.IsZero() {
		return stampText{}
	}
	t = t.In(g.Site.Zone(publisher))
	return p.stamp(t, feeds.IsTimed(t))
}

// dayOf writes the day of a link's article: its page tells the time.
func (g *guise) dayOf(p *page, publisher string, t time.Time) stampText {
	if t.IsZero() {
		return stampText{}
	}
	return p.stamp(t.In(g.Site.Zone(publisher)), false)
}

// stamp writes a time, or its day alone.
func (p *page) stamp(t time.Time, isTimed bool) stampText {
	machine := t.Format(time.DateOnly)
	if isTimed {
		machine = t.Format(time.RFC3339)
	}
	return stampText{machine, p.speech.When(t, isTimed)}
}

// span returns the days of the oldest and the newest notice of a feed, by which they are in
// order; false where it has none.
func span(g *guise, feed feeds.Feed) (first, last time.Time, ok bool) {
	for i, e := range feed.Entries {
		at := shownAt(e).In(g.Site.Zone(e.Article.Publisher))
		if i == 0 || at.Before(first) {
			first = at
		}
		if i == 0 || at.After(last) {
			last = at
		}
	}
	return first, last, len(feed.Entries) > 0
}
