package web

import (
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
	"github.com/kairan-news/kairan/locales"
)

// edition is one state of the configuration with what the pages derive from it.
type edition struct {
	Settings
	tags   []string
	speech map[string]*wording.Speech
	// prefix is the path of the site's public address: "" or "/news".
	prefix string
}

// editions keeps the edition of the settings that are in force.
type editions struct {
	settings func() Settings
	last     atomic.Pointer[edition]
}

func (e *editions) now() *edition {
	settings := e.settings()
	if last := e.last.Load(); last != nil && last.Settings == settings {
		return last
	}
	next := newEdition(settings)
	e.last.Store(next)
	return next
}

func newEdition(s Settings) *edition {
	e := &edition{Settings: s, speech: map[string]*wording.Speech{}}
	for _, l := range s.Site.Locales {
		e.tags = append(e.tags, l.Tag)
		e.speech[l.Tag] = wording.In(l.Tag, s.Site, s.Bundle)
	}
	if u, err := url.Parse(s.Site.BaseURL); err == nil {
		e.prefix = strings.TrimSuffix(u.Path, "/")
	}
	return e
}

// respelt returns the site's own spelling of a locale that an address spells
// otherwise: "zh-hant" and "ZH-TW" are zh-Hant. Another language is not another
// spelling, however near it may be.
func (e *edition) respelt(tag string) (string, bool) {
	return locales.CanonicalLocale(e.tags, tag)
}

// reader returns the locale of a reader who has not chosen one.
func (e *edition) reader(acceptLanguage string) string {
	return locales.Match(e.tags, acceptLanguage, e.Site.DefaultLocale)
}

// channelLabel is what a channel is called in its own locale.
func (e *edition) channelLabel(c feeds.Channel) string { return e.speech[c.Locale].Channel(c) }

// path makes a path on the site's host of one of the site.
func (e *edition) path(path string) string { return e.prefix + "/" + path }

func (e *edition) pagePath(c feeds.Channel) string { return e.path(c.PagePath()) }

func (e *edition) documentPath(k feeds.DocumentKey) string { return e.path(k.Path()) }

func (e *edition) articlePath(locale, slug string) string {
	return e.path(feeds.ArticlePath(locale, slug))
}

// absolute makes a public address of a path.
func (e *edition) absolute(path string) string {
	return e.Site.BaseURL + strings.TrimPrefix(path, e.prefix)
}
