package web

import (
	"context"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
)

// partnersBody is what the page shows that is for partners and their programs.
type partnersBody struct {
	Feeds   []exampleFeed
	Formats []string
	Lists   []listLink
	// Archive is the address of an archive, as an example; "" where nothing is in one yet.
	Archive string
	// Selections are addresses of a search and of a combination, as examples; none of a site
	// that has no search.
	Selections []pageLink
	Schemas    []pageLink
	Contact    string
	Links      []pageLink
}

// exampleFeed is a channel with the addresses of its feeds.
type exampleFeed struct {
	Label     string
	Addresses []string
}

// servePartners answers the address of the page for partners, or that of a category that was
// there before it.
func (s *public) servePartners(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	if !g.hasPartners() {
		s.serveChannel(w, r, g)
		return
	}
	if s.hadLocale(g, locale) {
		redirect(w, r, g.ownPath(g.Site.DefaultLocale, partnersPage), http.StatusMovedPermanently)
		return
	}
	if _, ok := g.speech[locale]; !ok {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	shown := s.exampleChannels(g, locale)
	archive := s.exampleArchive(g, locale)
	now := s.channelsStamp(g, feeds.Channel{}, shown)
	now.channels += archive
	s.serveMade(w, r, g, now, htmlType, func(context.Context) ([]byte, error) {
		return s.partnersPage(g, locale, shown, archive).render(partnersTemplate)
	})
}

// exampleChannels are one channel of each kind: of those that hold something the first.
func (s *public) exampleChannels(g *guise, locale string) []feeds.Channel {
	shown := []feeds.Channel{{Locale: locale, Kind: feeds.ChannelAll}}
	listed := s.listed(g, locale)
	for _, kind := range []feeds.ChannelKind{feeds.ChannelCategory, feeds.ChannelPublisher, feeds.ChannelOnly, feeds.ChannelEverything} {
		for _, c := range listed {
			if c.Kind == kind {
				shown = append(shown, c)
				break
			}
		}
	}
	return shown
}

// exampleArchive is the address of the newest archive of a locale's channel of all notices; ""
// while it has none.
func (s *public) exampleArchive(g *guise, locale string) string {
	all := feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}
	newest := s.Shelf.channel(all).Archives
	if newest == 0 {
		return ""
	}
	return g.absolute(g.documentPath(feeds.DocumentKey{Channel: all, Format: feeds.Atom, Archive: newest}))
}

func (s *public) partnersPage(g *guise, locale string, shown []feeds.Channel, archive string) *page {
	path := func(locale string) string { return g.ownPath(locale, partnersPage) }
	p := s.newPage(g, locale, path)
	title := p.text("face.partners")
	p.Title = p.text("page.title", "Page", title, "Site", p.Site())
	p.Description = p.text("face.partners.lead")
	p.Canonical = g.absolute(path(locale))
	p.Alternates = g.alternates(path, path(g.Site.DefaultLocale))
	p.Trail = []pageLink{{Text: title}}
	p.Feeds = g.feedLinks(shown[0])
	b := &partnersBody{Archive: archive, Contact: g.city.Contact}
	for _, format := range []string{"RSS 2.0", "Atom 1.0", "JSON Feed 1.1"} {
		b.Formats = append(b.Formats, p.isolated(format))
	}
	for _, c := range shown {
		example := exampleFeed{Label: g.channelLabel(c)}
		for _, format := range feeds.Formats() {
			example.Addresses = append(example.Addresses, g.absolute(g.documentPath(feeds.DocumentKey{Channel: c, Format: format})))
		}
		b.Feeds = append(b.Feeds, example)
	}
	for _, l := range opmlLists() {
		label := l.link
		if label == "" {
			label = l.title
		}
		b.Lists = append(b.Lists, listLink{p.text(label), l.path(g, locale)})
	}
	if p.SearchPath != "" {
		b.Selections = g.exampleSelections(locale, shown)
	}
	for _, path := range []string{xsdPath, jsonSchemaPath} {
		b.Schemas = append(b.Schemas, pageLink{Text: g.absolute(g.prefix + path), URL: g.prefix + path})
	}
	b.Links = g.onward(p, partnersPage)
	p.Body = b
	return p
}

// exampleSelections are the addresses of a search, whatever is looked for, and of the
// combination of a topic and a city that are shown.
func (g *guise) exampleSelections(locale string, shown []feeds.Channel) []pageLink {
	searches := feeds.Selection{Locale: locale, Words: "…"}.Path()
	all := []pageLink{{Text: g.Site.URL(searches + "." + string(feeds.Atom) + "?q=…")}}
	picked := feeds.Selection{Locale: locale}
	for _, c := range shown {
		switch c.Kind {
		case feeds.ChannelCategory:
			picked.Topics = []string{c.Name}
		case feeds.ChannelPublisher:
			picked.Cities = []string{c.Name}
		}
	}
	if !picked.IsEmpty() {
		address := g.Site.URL(picked.DocumentPath(feeds.Atom))
		all = append(all, pageLink{Text: address, URL: address})
	}
	return all
}
