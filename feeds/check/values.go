package check

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// iri checks an absolute IRI.
func (c *checker) iri(at int, what, s string) {
	if s == "" {
		c.fault(at, RuleEmpty, "%s is empty", what)
	} else if !value.IsIRI(s) {
		c.fault(at, RuleIRI, "%s %s is not an absolute IRI", what, value.Excerpt(s))
	}
}

// webURI checks an absolute address of the web, in ASCII.
func (c *checker) webURI(at int, what, s string) {
	if s == "" {
		c.fault(at, RuleEmpty, "%s is empty", what)
	} else if !value.IsWebURI(s) {
		c.fault(at, RuleIRI, "%s %s is not an absolute http or https address", what, value.Excerpt(s))
	}
}

// nonempty checks that a text says something.
func (c *checker) nonempty(at int, what, s string) {
	if strings.TrimSpace(s) == "" {
		c.fault(at, RuleEmpty, "%s is empty", what)
	}
}

// wording checks a text for people: that it says something, in characters.
func (c *checker) wording(at int, what, s string) {
	c.nonempty(at, what, s)
	c.letters(at, s)
}

// letters checks that a text is of characters: those that are none, and that XML allows,
// are errors of HTML.
func (c *checker) letters(at int, s string) {
	if i := value.Noncharacter(s); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s[i:])
		c.fault(at, RuleEncoding, "%U is no character", r)
	}
}

// lang checks a language tag.
func (c *checker) lang(at int, what, s string) {
	if !value.IsLangTag(s) {
		c.fault(at, RuleLanguage, "%s %s is not a BCP 47 language tag", what, value.Excerpt(s))
	}
}

// mediaType checks a media type.
func (c *checker) mediaType(at int, what, s string) {
	if !value.IsMediaType(s) {
		c.fault(at, RuleMediaType, "%s %s is not a media type", what, value.Excerpt(s))
	}
}

// number checks a whole number that is not negative.
func (c *checker) number(at int, what, s string) {
	if s == "" || len(s) > 18 || strings.Trim(s, "0123456789") != "" {
		c.fault(at, RuleType, "%s %s is not a whole number", what, value.Excerpt(s))
	}
}

// dateTime checks a date of RFC 3339, with an uppercase T and Z (RFC 4287 §3.3).
func (c *checker) dateTime(at int, what, s string) {
	if _, err := time.Parse(time.RFC3339, s); err != nil || strings.ContainsAny(s, "tz, ") {
		c.fault(at, RuleDate, "%s %s is not a date of RFC 3339", what, value.Excerpt(s))
	}
}

// rfc822 checks a date of RFC 822 with a year of four digits, as the Advisory Board
// asks, and that its weekday is the day's.
func (c *checker) rfc822(at int, what, s string) {
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 GMT"} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if t.Weekday().String()[:3] != s[:3] {
			c.fault(at, RuleDate, "%s %s was a %s", what, value.Excerpt(s), t.Weekday())
		}
		return
	}
	c.fault(at, RuleDate, "%s %s is not a date of RFC 822 with a year of four digits", what, value.Excerpt(s))
}

// oneOf returns what checks a word of a list.
func (c *checker) oneOf(words ...string) func(at int, what, s string) {
	return func(at int, what, s string) {
		if !slices.Contains(words, s) {
			c.fault(at, RuleType, "%s is %s and not one of %q", what, value.Excerpt(s), words)
		}
	}
}

// ids are the ids of a document's entries.
type ids map[string]struct{}

// unique checks that an id was not there before.
func (c *checker) unique(seen ids, at int, id string) {
	if _, ok := seen[id]; ok {
		c.fault(at, RuleUniqueID, "another entry has the id %s", value.Excerpt(id))
	}
	seen[id] = struct{}{}
}
