package feeds

import (
	"fmt"
	"slices"
	"strings"
)

// Channel names one published feed: a view of the log for a locale.
//
// Its text form, [Channel.String], is the path of its address without the slash
// at its beginning and without the extension: "en/all", "ja/government",
// "ar/from/riyadh", "nl/everything".
type Channel struct {
	Locale string
	Kind   ChannelKind
	// Name is the category's term or the publisher's key; "" for the other kinds.
	Name string
}

// ChannelKind says what a channel holds.
type ChannelKind string

// The kinds of channel. ChannelAll, ChannelCategory and ChannelPublisher hold a
// story once, in the best version of the locale's chain; ChannelPublisher accepts
// the publisher's own language after the chain, and holds the publisher's own versions.
// ChannelEverything holds every version in every language, and of what several publishers
// publish in one language the first's. ChannelOnly holds a category's articles that were
// written in the locale's own language.
const (
	ChannelAll        ChannelKind = "all"
	ChannelCategory   ChannelKind = "category"
	ChannelPublisher  ChannelKind = "from"
	ChannelEverything ChannelKind = "everything"
	ChannelOnly       ChannelKind = "only"
)

// String returns the channel's path, the inverse of [ParseChannel].
func (c Channel) String() string {
	switch c.Kind {
	case ChannelCategory:
		return c.Locale + "/" + c.Name
	case ChannelPublisher, ChannelOnly:
		return c.Locale + "/" + string(c.Kind) + "/" + c.Name
	default:
		return c.Locale + "/" + string(c.Kind)
	}
}

// Compare orders channels by their text forms.
func (c Channel) Compare(o Channel) int { return strings.Compare(c.String(), o.String()) }

// MarshalText implements [encoding.TextMarshaler]: it is [Channel.String].
func (c Channel) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler], as [ParseChannel] does.
func (c *Channel) UnmarshalText(text []byte) (err error) {
	var ok bool
	if *c, ok = ParseChannel(string(text)); !ok {
		return fmt.Errorf("%q names no channel; one is such as en/all or ja/from/tokyo", text)
	}
	return nil
}

// ParseChannel reads the text form of a channel. It does not look whether a site
// has such a channel: see [Site.HasChannel].
func ParseChannel(path string) (Channel, bool) {
	locale, rest, ok := strings.Cut(path, "/")
	if !ok || locale == "" || rest == "" {
		return Channel{}, false
	}
	switch kind, name, two := strings.Cut(rest, "/"); {
	case two && (kind == string(ChannelPublisher) || kind == string(ChannelOnly)) && name != "" && !strings.Contains(name, "/"):
		return Channel{Locale: locale, Kind: ChannelKind(kind), Name: name}, true
	case two:
		return Channel{}, false
	case rest == string(ChannelAll) || rest == string(ChannelEverything):
		return Channel{Locale: locale, Kind: ChannelKind(rest)}, true
	case rest == string(ChannelPublisher) || rest == string(ChannelOnly):
		return Channel{}, false
	default:
		return Channel{Locale: locale, Kind: ChannelCategory, Name: rest}, true
	}
}

// Channels returns every channel of the site, in the order of its configuration.
func (s *Site) Channels() []Channel {
	var all []Channel
	for _, l := range s.Locales {
		all = append(all, Channel{l.Tag, ChannelAll, ""})
		for _, c := range s.Categories {
			all = append(all, Channel{l.Tag, ChannelCategory, c.Term})
		}
		for _, p := range s.Publishers {
			all = append(all, Channel{l.Tag, ChannelPublisher, p.Key})
		}
		all = append(all, Channel{l.Tag, ChannelEverything, ""})
		for _, c := range s.Categories {
			all = append(all, Channel{l.Tag, ChannelOnly, c.Term})
		}
	}
	return all
}

// HasChannel reports whether the site publishes the channel.
func (s *Site) HasChannel(c Channel) bool {
	if _, ok := s.Locale(c.Locale); !ok {
		return false
	}
	switch c.Kind {
	case ChannelAll, ChannelEverything:
		return c.Name == ""
	case ChannelCategory, ChannelOnly:
		_, ok := s.Category(c.Name)
		return ok
	case ChannelPublisher:
		_, ok := s.Publisher(c.Name)
		return ok
	default:
		return false
	}
}

// Accepted returns the languages that the channel accepts.
func (s *Site) Accepted(c Channel) Accepted {
	l, _ := s.Locale(c.Locale)
	a := Accepted{Chain: l.Chain, Narrow: l.Narrow, Until: s.NarrowUntil}
	if a.Narrow == nil {
		a.Narrow = l.Chain
	}
	switch c.Kind {
	case ChannelEverything:
		return Accepted{}
	case ChannelOnly:
		a.Chain = l.Chain[:min(1, len(l.Chain))]
		a.Narrow, a.Own = a.Chain, true
	case ChannelPublisher:
		if p, ok := s.Publisher(c.Name); ok && p.Language != "" {
			a.Chain = l.Chain.with(p.Language)
			if !a.Narrow.AcceptsAll() {
				a.Narrow = append(slices.Clip(a.Narrow), p.Language)
			}
		}
	}
	return a
}

// Touched returns the channels that may change when an article of the publisher
// does, in one of these languages and in these categories. The languages and
// categories of all versions of its story count, since a version that comes or
// goes changes what the others stand for.
func (s *Site) Touched(publisher string, languages, categories []string) []Channel {
	p, hasPublisher := s.Publisher(publisher)
	terms := make([]string, 0, len(categories))
	for _, c := range s.Categories {
		if slices.Contains(categories, c.Term) {
			terms = append(terms, c.Term)
		}
	}
	touched := make([]Channel, 0, len(s.Locales)*(2+len(terms)))
	for _, l := range s.Locales {
		accepted := slices.ContainsFunc(languages, l.Chain.Accepts)
		if accepted {
			touched = append(touched, Channel{l.Tag, ChannelAll, ""})
			for _, term := range terms {
				touched = append(touched, Channel{l.Tag, ChannelCategory, term})
			}
		}
		if hasPublisher && (accepted || p.Language != "" && slices.ContainsFunc(languages, Chain{p.Language}.Accepts)) {
			touched = append(touched, Channel{l.Tag, ChannelPublisher, p.Key})
		}
		touched = append(touched, Channel{l.Tag, ChannelEverything, ""})
		if slices.ContainsFunc(languages, l.Chain[:min(1, len(l.Chain))].Accepts) {
			for _, term := range terms {
				touched = append(touched, Channel{l.Tag, ChannelOnly, term})
			}
		}
	}
	return touched
}
