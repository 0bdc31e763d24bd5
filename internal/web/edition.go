package web

import (
	"cmp"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// edition is one state of the configuration with what the pages derive from it.
type edition struct {
	Settings
	tags   []string
	speech map[string]*locales.Localizer
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
	e := &edition{Settings: s, speech: map[string]*locales.Localizer{}}
	for _, l := range s.Site.Locales {
		e.tags = append(e.tags, l.Tag)
		e.speech[l.Tag] = s.Bundle.Localizer(l.Chain...)
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

func (e *edition) siteTitle(locale string) string {
	if t := e.Site.Titles[locale]; t != "" {
		return t
	}
	return e.speech[locale].Text("site.title", nil)
}

// siteTagline returns the sentence below the title; "" for a site that has a title
// of its own and no tagline, since what ours says is true of the built-in site.
func (e *edition) siteTagline(locale string) string {
	if len(e.Site.Titles) > 0 || len(e.Site.Taglines) > 0 {
		return e.Site.Taglines[locale]
	}
	return e.speech[locale].Text("site.tagline", map[string]any{"Site": e.siteTitle(locale)})
}

func (e *edition) categoryLabel(locale, term string) string {
	c, _ := e.Site.Category(term)
	if l := c.Labels[locale]; l != "" {
		return l
	}
	if id := "category." + term; e.speech[locale].Has(id) {
		return e.speech[locale].Text(id, nil)
	}
	return term
}

func (e *edition) publisherName(locale, key string) string {
	p, _ := e.Site.Publisher(key)
	if n := p.Names[locale]; n != "" {
		return n
	}
	if p.NameID != "" && e.speech[locale].Has(p.NameID) {
		return e.speech[locale].Text(p.NameID, nil)
	}
	return cmp.Or(p.Names["en"], p.Names[p.Language], key)
}

// channelLabel is a channel's name where the site's own name is clear from the
// surroundings.
func (e *edition) channelLabel(c feeds.Channel) string {
	switch c.Kind {
	case feeds.ChannelCategory:
		return e.categoryLabel(c.Locale, c.Name)
	case feeds.ChannelPublisher:
		return e.publisherName(c.Locale, c.Name)
	case feeds.ChannelOnly:
		return e.categoryLabel(c.Locale, c.Name) + " · " + e.speech[c.Locale].Language(c.Locale)
	case feeds.ChannelEverything:
		return e.speech[c.Locale].Text("page.everything", nil)
	default:
		return e.speech[c.Locale].Text("page.all-news", nil)
	}
}

// pagePath is the path of a channel's page. The page of all that a locale has is
// its home page.
func (e *edition) pagePath(c feeds.Channel) string {
	if c.Kind == feeds.ChannelAll {
		return e.prefix + "/" + c.Locale + "/"
	}
	return e.prefix + "/" + c.String()
}

func (e *edition) feedPath(c feeds.Channel, f feeds.Format) string {
	return e.prefix + "/" + c.String() + "." + string(f)
}

// documentPath is the path of a document, the live one's or an archive's.
func (e *edition) documentPath(k feeds.DocumentKey) string { return e.prefix + "/" + k.Path() }

func (e *edition) articlePath(locale, slug string) string {
	return e.prefix + "/" + locale + "/n/" + slug
}

// absolute makes a public address of a path.
func (e *edition) absolute(path string) string {
	return e.Site.BaseURL + strings.TrimPrefix(path, e.prefix)
}
