package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// serveRoot leads to the reader's language, or shows them all languages of the site where
// it has none of those that the reader names: nobody is answered in one unasked.
func (s *public) serveRoot(w http.ResponseWriter, r *http.Request, g *guise) {
	locale, ok := g.reader(strings.Join(r.Header.Values("Accept-Language"), ", "))
	h := w.Header()
	h.Set("Vary", "Accept-Language")
	if !ok {
		s.serveOnce(w, r, s.languagesPage(g, locale), languagesTemplate, http.StatusOK)
		return
	}
	classify(w, "redirect")
	h.Set("Cache-Control", "no-cache")
	redirect(w, r, g.prefix+"/"+locale+"/", http.StatusFound)
}

// languagesPage lists the site's languages, the default first. Its own words are in one
// locale, since there must be some.
func (s *public) languagesPage(g *guise, locale string) *page {
	path := func(locale string) string { return g.prefix + "/" + locale + "/" }
	p := s.newPage(g, locale, path)
	p.Title = p.text("page.title", "Page", p.text("page.languages"), "Site", p.Site())
	p.Alternates = g.alternates(path, g.prefix+"/")
	list := slices.Clone(p.Languages)
	slices.SortStableFunc(list, func(a, b languageLink) int {
		return cmp.Compare(g.afterDefault(a.Tag), g.afterDefault(b.Tag))
	})
	for _, l := range list {
		p.Feeds = append(p.Feeds, g.feedLinks(feeds.Channel{Locale: l.Tag, Kind: feeds.ChannelAll})...)
	}
	p.Body = list
	return p
}

// afterDefault is 0 for the default locale, and 1 for the others.
func (g *guise) afterDefault(locale string) int {
	if locale == g.Site.DefaultLocale {
		return 0
	}
	return 1
}
