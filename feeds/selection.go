package feeds

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Selection is what somebody picked of a locale's notices: those in which words are found,
// those of some topics and cities, or those that are both. Like a channel it is published as
// a feed in each format. Nobody configured it: its address says all that it is.
//
// What has words is a search, and what has none a combination. The zero value picks nothing.
type Selection struct {
	Locale string
	// Words are those that are looked for, in the form in which they are looked for again;
	// "" in a combination.
	Words string
	// Topics are terms of categories and Cities keys of publishers. A notice is of any of the
	// ones and of any of the others; none of a kind stands for all. Both are sorted, and each
	// stands there once.
	Topics, Cities []string
}

// NoSuchPicks says that a site has not got what was picked.
type NoSuchPicks struct {
	// Topics and Cities are those that it has not got, as they were asked for.
	Topics, Cities []string
}

func (e *NoSuchPicks) Error() string {
	return fmt.Sprintf("the site has no topics %q, no cities %q; see its configuration for those that it has", e.Topics, e.Cities)
}

// Pick returns a selection in its canonical form: with the present names of topics and cities
// that have others now, each once and in order, so that who picks the same has the same
// address. Its error is a [*NoSuchPicks].
func (s *Site) Pick(locale, words string, topics, cities []string) (Selection, error) {
	picked := Selection{Locale: locale, Words: words}
	var missing NoSuchPicks
	for _, name := range topics {
		c := Channel{Locale: locale, Kind: ChannelCategory, Name: name}
		if now, ok := s.present(c); ok {
			picked.Topics = append(picked.Topics, now.Name)
		} else {
			missing.Topics = append(missing.Topics, name)
		}
	}
	for _, name := range cities {
		c := Channel{Locale: locale, Kind: ChannelPublisher, Name: name}
		if now, ok := s.present(c); ok {
			picked.Cities = append(picked.Cities, now.Name)
		} else {
			missing.Cities = append(missing.Cities, name)
		}
	}
	if len(missing.Topics)+len(missing.Cities) > 0 {
		return Selection{}, &missing
	}
	slices.Sort(picked.Topics)
	slices.Sort(picked.Cities)
	picked.Topics, picked.Cities = slices.Compact(picked.Topics), slices.Compact(picked.Cities)
	return picked, nil
}

// present returns a channel of the site, also by a name that it had before.
func (s *Site) present(c Channel) (Channel, bool) {
	if s.HasChannel(c) {
		return c, true
	}
	return s.Successor(c)
}

// IsSearch reports whether words are looked for.
func (p Selection) IsSearch() bool { return p.Words != "" }

// IsEmpty reports whether nothing is picked.
func (p Selection) IsEmpty() bool {
	return p.Words == "" && len(p.Topics) == 0 && len(p.Cities) == 0
}

// Path returns the path of the selection's page, without a slash at its beginning and without
// its query: "en/search" or "en/feed".
func (p Selection) Path() string {
	if p.IsSearch() {
		return p.Locale + "/search"
	}
	return p.Locale + "/feed"
}

// Query returns the query of the selection's addresses: "q=harbour&topic=culture,tourism".
// Terms and keys stand as they are, since none has a character that would need an escape.
func (p Selection) Query() string {
	var parts []string
	if p.IsSearch() {
		parts = append(parts, "q="+url.QueryEscape(p.Words))
	}
	if len(p.Topics) > 0 {
		parts = append(parts, "topic="+strings.Join(p.Topics, ","))
	}
	if len(p.Cities) > 0 {
		parts = append(parts, "from="+strings.Join(p.Cities, ","))
	}
	return strings.Join(parts, "&")
}

// PagePath returns the path of the selection's page with its query.
func (p Selection) PagePath() string { return p.Path() + "?" + p.Query() }

// DocumentPath returns the path of the selection's feed in a format, with its query:
// "en/feed.atom?topic=culture,tourism&from=seoul".
func (p Selection) DocumentPath(f Format) string {
	return p.Path() + "." + string(f) + "?" + p.Query()
}

// SelectionURLs returns the addresses of a selection's feed in all formats.
func (s *Site) SelectionURLs(p Selection) map[Format]string {
	urls := make(map[Format]string, len(Formats()))
	for _, format := range Formats() {
		urls[format] = s.URL(p.DocumentPath(format))
	}
	return urls
}

// SelectionID returns the permanent id of a selection's feed. It is minted from the site's id,
// and of topics and cities from the first names that they had, as those of channels are.
func (s *Site) SelectionID(p Selection) string {
	first := func(names []string, formerly func(string) []string) string {
		var all []string
		for _, name := range names {
			all = append(all, append(slices.Clone(formerly(name)), name)[0])
		}
		slices.Sort(all)
		return strings.Join(all, ",")
	}
	topics := first(p.Topics, func(term string) []string { c, _ := s.Category(term); return c.Formerly })
	cities := first(p.Cities, func(key string) []string { c, _ := s.Publisher(key); return c.Formerly })
	return mint("selection", s.ID, p.Locale, p.Words, topics, cities)
}
