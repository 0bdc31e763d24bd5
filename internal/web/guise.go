package web

import (
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
	"github.com/kairan-news/kairan/internal/wording"
	"github.com/kairan-news/kairan/locales"
)

// guise is one state of the configuration with what the pages derive from it.
type guise struct {
	Settings
	tags   []string
	speech map[string]*wording.Speech
	// prefix is the path of the site's public address: "" or "/news".
	prefix string
	assets *assets
	emblem *emblem
	// city is what pages have of the city's own; never nil.
	city *face.Face
	// styles are the paths of the style sheets that are the city's own.
	styles []string
	// look stands for all that pages are made of beside words and the log.
	look string
}

// guises keeps the guise of the settings that are in force.
type guises struct {
	settings func() Settings
	assets   *assets
	last     atomic.Pointer[guise]
}

func (g *guises) now() *guise {
	settings := g.settings()
	if last := g.last.Load(); last != nil && last.Settings == settings {
		return last
	}
	next := newGuise(settings, g.assets)
	g.last.Store(next)
	return next
}

func newGuise(s Settings, own *assets) *guise {
	g := &guise{Settings: s, speech: map[string]*wording.Speech{}, assets: own}
	for _, l := range s.Site.Locales {
		g.tags = append(g.tags, l.Tag)
		g.speech[l.Tag] = wording.In(l.Tag, s.Site, s.Bundle)
	}
	if u, err := url.Parse(s.Site.BaseURL); err == nil {
		g.prefix = strings.TrimSuffix(u.Path, "/")
	}
	g.emblem = newEmblem(s.Site, g.prefix, own)
	if g.city = s.Face; g.city == nil {
		g.city = &face.Face{}
	}
	g.dress()
	return g
}

// reader returns the locale of a reader who has not chosen one. Where the site has none of
// the languages that they name, they are to choose, and it is the one to ask them in.
func (g *guise) reader(acceptLanguage string) (locale string, ok bool) {
	locale, ok = locales.Match(g.tags, acceptLanguage, g.Site.DefaultLocale)
	return locale, ok || len(g.tags) == 1 // of one there is nothing to choose
}

// channelLabel is what a channel is called in its own locale.
func (g *guise) channelLabel(c feeds.Channel) string { return g.speech[c.Locale].Channel(c) }

// path makes a path on the site's host of one of the site.
func (g *guise) path(path string) string { return g.prefix + "/" + path }

func (g *guise) pagePath(c feeds.Channel) string { return g.path(c.PagePath()) }

// listPath is the path of the page that lists a channel's notices: of all that a locale has
// it is not the home page.
func (g *guise) listPath(c feeds.Channel) string { return g.path(c.ListPath(0)) }

func (g *guise) subscribePath(locale string) string { return g.path(locale + "/subscribe") }

func (g *guise) homePath(locale string) string { return g.path(locale + "/") }

func (g *guise) documentPath(k feeds.DocumentKey) string { return g.path(k.Path()) }

func (g *guise) articlePath(locale, slug string) string {
	return g.path(feeds.ArticlePath(locale, slug))
}

// absolute makes a public address of a path.
func (g *guise) absolute(path string) string {
	return g.Site.BaseURL + strings.TrimPrefix(path, g.prefix)
}
