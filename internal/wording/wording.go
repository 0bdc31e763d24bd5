// Package wording is what a site calls its things, in the words of a locale: itself, its
// categories, its publishers, its channels.
//
// A name comes from the configuration where that has one for the locale, else from the
// locale's messages; else it is the best that there is, and at last the key by which
// machines know the thing. Feeds and pages have all of these from here, so that no reader
// meets one thing under two names.
package wording

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// Speech is how a site speaks to the readers of a locale. It may be used by many
// goroutines at once.
type Speech struct {
	*locales.Localizer
	// Locale is the tag of the locale.
	Locale string

	site   *feeds.Site
	bundle *locales.Bundle
	tags   []string // of the site's locales
}

// In returns how a site speaks in a locale, also in one that it no longer has.
func In(locale string, site *feeds.Site, bundle *locales.Bundle) *Speech {
	l, _ := site.Locale(locale)
	chain := l.Chain
	if len(chain) == 0 || chain[0] != locale {
		chain = append([]string{locale}, chain...)
	}
	s := &Speech{Localizer: bundle.Localizer(chain...).In(site.Calendars[locale]...), Locale: locale, site: site, bundle: bundle}
	for _, l := range site.Locales {
		s.tags = append(s.tags, l.Tag)
	}
	return s
}

// Language returns the name of a language as it stands within a sentence. Its region is named
// where a locale of the site is the language in another: "português (Portugal)".
func (s *Speech) Language(tag string) string { return s.LanguageAmong(tag, s.tags) }

// Told returns a language as it is filled into a message, in whatever language that is.
func (s *Speech) Told(tag string) locales.LanguageTag { return locales.TagAmong(tag, s.tags) }

// Endonym returns what a language calls itself, as it stands in a list of languages. A locale
// of the site is called what its readers call it, with its region.
func (s *Speech) Endonym(tag string) string {
	if slices.Contains(s.tags, tag) {
		return s.bundle.Endonym(tag)
	}
	return locales.EndonymAmong(tag, s.tags)
}

// When returns the day of t, in t's own time zone; and the time of day with its place where
// that was declared ([feeds.IsTimed]).
func (s *Speech) When(t time.Time, isTimed bool) string {
	if isTimed {
		return s.DateTime(t)
	}
	return s.Date(t)
}

// SiteTitle returns what the site is called.
func (s *Speech) SiteTitle() string {
	if t := s.site.Titles[s.Locale]; t != "" {
		return t
	}
	return s.Text("site.title", nil)
}

// Tagline returns the sentence below the title; "" for a site that has a title of its own
// and no tagline, since what ours says is true of the built-in site.
func (s *Speech) Tagline() string {
	if len(s.site.Titles) > 0 || len(s.site.Taglines) > 0 {
		return s.site.Taglines[s.Locale]
	}
	return s.Text("site.tagline", map[string]any{"Site": s.SiteTitle()})
}

// Category returns the label of a term: the configured one, else the bundle's, else the
// term itself.
func (s *Speech) Category(term string) string {
	c, _ := s.site.Category(term)
	if label := c.Labels[s.Locale]; label != "" {
		return label
	}
	if id := "category." + term; s.Has(id) {
		return s.Text(id, nil)
	}
	return term
}

// Publisher returns the name of a publisher: the configured one, else the bundle's, else
// the English one, else that in its own language, else its key.
func (s *Speech) Publisher(key string) string {
	p, _ := s.site.Publisher(key)
	if name := p.Names[s.Locale]; name != "" {
		return name
	}
	if p.NameID != "" && s.Has(p.NameID) {
		return s.Text(p.NameID, nil)
	}
	return cmp.Or(p.Names["en"], p.Names[p.Language], key)
}

// Channel returns what a channel of the locale is called where the site's own name is clear
// from the surroundings.
func (s *Speech) Channel(c feeds.Channel) string {
	switch c.Kind {
	case feeds.ChannelCategory:
		return s.Category(c.Name)
	case feeds.ChannelPublisher:
		return s.Publisher(c.Name)
	case feeds.ChannelOnly:
		return s.Text("channel.only.name", s.channelData(c))
	case feeds.ChannelEverything:
		return s.Text("page.everything", nil)
	default:
		return s.Text("page.all-news", nil)
	}
}

// ChannelTitle returns what a channel of the locale is called everywhere else: in a feed, in
// a list of feeds, in a window.
func (s *Speech) ChannelTitle(c feeds.Channel) string {
	return s.Text(channelMessage(c.Kind)+".title", s.channelData(c))
}

// ChannelDescription returns a sentence on what a channel of the locale holds.
func (s *Speech) ChannelDescription(c feeds.Channel) string {
	return s.Text(channelMessage(c.Kind)+".description", s.channelData(c))
}

// channelMessage begins the names of the messages about channels of a kind.
func channelMessage(kind feeds.ChannelKind) string {
	switch kind {
	case feeds.ChannelCategory:
		return "channel.category"
	case feeds.ChannelPublisher:
		return "channel.publisher"
	}
	return "channel." + string(kind)
}

func (s *Speech) channelData(c feeds.Channel) map[string]any {
	data := map[string]any{"Site": s.SiteTitle(), "Language": s.Told(c.Locale)}
	switch c.Kind {
	case feeds.ChannelCategory, feeds.ChannelOnly:
		data["Category"] = s.Category(c.Name)
	case feeds.ChannelPublisher:
		data["Publisher"] = s.Publisher(c.Name)
	}
	return data
}

// Selection returns what a selection is called where the site's own name is clear from the
// surroundings: its words, its topics and its cities.
func (s *Speech) Selection(p feeds.Selection) string {
	var parts []string
	if p.IsSearch() {
		parts = append(parts, s.Text("search.words", map[string]any{"Words": p.Words}))
	}
	for _, names := range [][]string{s.names(p.Topics, s.Category), s.names(p.Cities, s.Publisher)} {
		if len(names) > 0 {
			parts = append(parts, s.List(names...))
		}
	}
	return strings.Join(parts, " · ")
}

func (s *Speech) names(keys []string, name func(string) string) (names []string) {
	for _, key := range keys {
		names = append(names, name(key))
	}
	return names
}

// SelectionTitle returns what a selection is called everywhere else: in a feed, in a window.
func (s *Speech) SelectionTitle(p feeds.Selection) string {
	return s.Text("page.title", map[string]any{"Page": s.Selection(p), "Site": s.SiteTitle()})
}

// SelectionDescription returns a sentence on what the feed of a selection holds.
func (s *Speech) SelectionDescription(p feeds.Selection) string {
	return s.Text("search.description", map[string]any{"Site": s.SiteTitle(), "Language": s.Told(p.Locale), "Name": s.Selection(p)})
}
