package web

import (
	"context"
	"html/template"
	"net/http"
	"slices"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
)

// The pages that are in every locale without being a channel, by their names.
const (
	aboutPage     = "about"
	partnersPage  = "partners"
	subscribePage = "subscribe"
)

// ownBody is a page of the city's own words.
type ownBody struct {
	Title, Lang, Dir string
	// Content was sanitized when the configuration was read.
	Content template.HTML
	// Links lead on from there.
	Links []pageLink
}

// ownPath is where a page of the site stands, by its name.
func (g *guise) ownPath(locale, name string) string {
	_, own := g.city.Page(name)
	if name == aboutPage || !own && (name == partnersPage || name == subscribePage) {
		return g.path(locale + "/" + name)
	}
	return g.path(locale + "/page/" + name)
}

// ownTitle is what a page of the site is called, by its name, with the language of that where
// it is not the page's that links it.
func (g *guise) ownTitle(p *page, name string) pageLink {
	if own, ok := g.city.Page(name); ok {
		text := g.ownText(p.Locale, own)
		if feeds.FitOf(p.Locale, text.Language) == feeds.FitNone {
			return pageLink{Text: text.Title, Lang: text.Language}
		}
		return pageLink{Text: text.Title}
	}
	switch name {
	case partnersPage:
		return pageLink{Text: p.text("face.partners")}
	case subscribePage:
		return pageLink{Text: p.text("pages.how-to-subscribe")}
	}
	return pageLink{Text: p.text("face.about")}
}

// ownText is the version of a page for the readers of a locale.
func (g *guise) ownText(locale string, own face.Page) face.Text {
	l, _ := g.Site.Locale(locale)
	return own.Best(l.Chain, g.Site.DefaultLocale)
}

// hasPartners reports whether the page for partners has its address: a category of a site
// that is older than the page may stand there, or lead from there to what it is called now.
func (g *guise) hasPartners() bool {
	_, taken := g.Site.Category(partnersPage)
	_, former := g.Site.Successor(feeds.Channel{Locale: g.Site.DefaultLocale, Kind: feeds.ChannelCategory, Name: partnersPage})
	return !taken && !former
}

// serveOwnPage answers the address of a page of the city's own.
func (s *public) serveOwnPage(w http.ResponseWriter, r *http.Request, g *guise) {
	own, ok := g.city.Page(r.PathValue("name"))
	if !ok || own.Name == aboutPage {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	s.serveCityPage(w, r, g, own)
}

// serveCityPage serves a page of the city's own. It shows nothing of the log.
func (s *public) serveCityPage(w http.ResponseWriter, r *http.Request, g *guise, own face.Page) {
	locale := r.PathValue("locale")
	if s.hadLocale(g, locale) {
		redirect(w, r, g.ownPath(g.Site.DefaultLocale, own.Name), http.StatusMovedPermanently)
		return
	}
	if _, ok := g.speech[locale]; !ok {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	s.serveMade(w, r, g, stamp{settings: g.Settings}, htmlType, func(context.Context) ([]byte, error) {
		return s.cityPage(g, locale, own).render(ownTemplate)
	})
}

func (s *public) cityPage(g *guise, locale string, own face.Page) *page {
	path := func(locale string) string { return g.ownPath(locale, own.Name) }
	p := s.newPage(g, locale, path)
	text := g.ownText(locale, own)
	p.Title = p.text("page.title", "Page", text.Title, "Site", p.Site())
	// One text has one address for search engines, however many locales show it.
	home, ok := g.Site.Home(text.Language)
	if !ok || g.ownText(home, own).Language != text.Language {
		home = locale
	}
	p.Canonical = g.absolute(path(home))
	p.Alternates = g.ownAlternates(own, path)
	p.Trail = []pageLink{{Text: text.Title}}
	b := &ownBody{Title: text.Title, Lang: text.Language, Dir: direction(text.Language), Content: template.HTML(p.shaped(text.Content))}
	if own.Name == aboutPage {
		b.Links = g.onward(p, aboutPage)
	}
	p.Body = b
	return p
}

// ownAlternates are the locales in whose languages there is a version of a page, and the one
// for all others.
func (g *guise) ownAlternates(own face.Page, path func(locale string) string) (all []alternateLink) {
	for _, tag := range g.tags {
		if slices.ContainsFunc(own.Texts, func(t face.Text) bool {
			home, ok := g.Site.Home(t.Language)
			return ok && home == tag
		}) {
			all = append(all, alternateLink{tag, g.absolute(path(tag))})
		}
	}
	return append(all, alternateLink{xDefault, g.absolute(path(g.Site.DefaultLocale))})
}

// onward are links to the pages that are beside the news, but for one.
func (g *guise) onward(p *page, from string) (links []pageLink) {
	for _, name := range []string{subscribePage, aboutPage, partnersPage} {
		if name != from && (name != partnersPage || g.hasPartners()) {
			links = append(links, g.pageLink(p, face.Link{Page: name}))
		}
	}
	return links
}
