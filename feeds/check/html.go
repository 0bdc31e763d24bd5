package check

import (
	"html"
	"strings"

	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// html checks an entry's HTML. Its markup must be as a sanitizer writes it: each
// “<” begins a tag, each attribute is quoted. So there is nothing that a reader's
// parser could understand in another way than we do, and it can be read in one pass.
//
// Positions are exact where the content stands in the document as it is, else they
// are that of its beginning, its origin.
func (c *checker) html(origin int, s string) {
	c.letters(origin, s)
	h := htmlReader{checker: c, s: s, origin: origin, exact: strings.HasPrefix(c.doc[min(origin, len(c.doc)):], s)}
	for {
		n := strings.IndexByte(h.s[h.pos:], '<')
		if n < 0 {
			return
		}
		h.pos += n
		h.tag()
	}
}

// htmlReader reads the tags of an entry's HTML.
type htmlReader struct {
	*checker
	s      string
	pos    int
	origin int
	exact  bool // the content stands in the document as it is
}

// at returns the place of an offset of the content.
func (h *htmlReader) at(i int) int {
	if h.exact {
		return h.origin + i
	}
	return h.origin
}

// tag reads a tag.
func (h *htmlReader) tag() {
	start := h.pos
	h.pos++
	h.slash()
	name := h.word(func(c byte, first bool) bool { return isAlpha(c) || !first && isDigit(c) })
	if name == "" {
		h.fault(h.at(start), RuleMarkup, "a “<” that begins no tag: %s", value.Excerpt(h.s[start:]))
		return
	}
	h.htmlElement(h.at(start), name)
	for h.attribute(start) {
	}
}

// attribute reads an attribute of the tag that begins at start, and reports whether
// another may follow.
func (h *htmlReader) attribute(start int) bool {
	before := h.pos
	h.word(func(c byte, _ bool) bool { return syntax.IsSpace(c) })
	h.slash()
	if h.pos < len(h.s) && h.s[h.pos] == '>' {
		h.pos++
		return false
	}
	at := h.pos
	name := h.word(func(c byte, _ bool) bool { return isAlpha(c) || c == '-' || isDigit(c) })
	if name == "" || before == at || !strings.HasPrefix(h.s[h.pos:], `="`) {
		h.fault(h.at(start), RuleMarkup, "a tag whose attributes are not plain and quoted: %s", value.Excerpt(h.s[start:]))
		return false
	}
	h.pos += len(`="`)
	end := strings.IndexByte(h.s[h.pos:], '"')
	if end < 0 {
		h.fault(h.at(start), RuleMarkup, "a tag that does not end: %s", value.Excerpt(h.s[start:]))
		h.pos = len(h.s)
		return false
	}
	h.htmlAttribute(h.at(at), name, h.s[h.pos:h.pos+end])
	h.pos += end + 1
	return true
}

// slash reads a slash, if one is there.
func (h *htmlReader) slash() {
	if h.pos < len(h.s) && h.s[h.pos] == '/' {
		h.pos++
	}
}

// word reads as many bytes as belong to a word.
func (h *htmlReader) word(has func(c byte, first bool) bool) string {
	start := h.pos
	for h.pos < len(h.s) && has(h.s[h.pos], h.pos == start) {
		h.pos++
	}
	return h.s[start:h.pos]
}

// isNoAnchor reports whether a character is in no name that all readers find as an anchor.
func isNoAnchor(r rune) bool {
	return r > 'z' || !isAlpha(byte(r)) && !isDigit(byte(r)) && r != '-' && r != '.' && r != '_'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// htmlElement checks that a reader shows an element, and does nothing else with it.
func (c *checker) htmlElement(at int, name string) {
	switch name {
	case "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
		"br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
		"em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img",
		"ins", "kbd", "li", "main", "map", "mark", "meter", "nav", "ol", "p", "picture", "pre", "progress", "q", "rb", "rp", "rt",
		"rtc", "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup",
		"table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video", "wbr":
	case "script", "style", "iframe", "object", "embed", "applet", "form", "input", "button", "meta", "base", "link", "frame", "frameset", "template", "svg", "math":
		c.fault(at, RuleActive, "<%s> in content", name)
	default:
		c.fault(at, RuleMarkup, "<%s> is no element that readers show", value.Excerpt(name))
	}
}

// htmlAttribute checks that an attribute runs nothing, and that an address in it is
// absolute, but for a link to a place of the same text.
func (c *checker) htmlAttribute(at int, name, written string) {
	switch name {
	case "href", "src", "cite", "poster", "longdesc", "background":
		c.htmlAddress(at, name, html.UnescapeString(written))
	case "srcset":
		for _, candidate := range strings.Split(html.UnescapeString(written), ", ") {
			address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
			c.htmlAddress(at, name, address)
		}
	case "style", "srcdoc", "action", "formaction", "data", "ping", "manifest", "xmlns":
		c.fault(at, RuleActive, "attribute %s in content", name)
	case "id":
		if written == "" || strings.ContainsFunc(written, isNoAnchor) {
			c.fault(at, RuleMarkup, "id %s is no plain name", value.Excerpt(written))
		}
	default:
		if len(name) > 2 && strings.EqualFold(name[:2], "on") {
			c.fault(at, RuleActive, "attribute %s in content", name)
		} else if strings.ToLower(name) != name {
			c.fault(at, RuleMarkup, "attribute %s is not in lower case", name)
		}
	}
}

func (c *checker) htmlAddress(at int, name, s string) {
	if fragment, ok := strings.CutPrefix(s, "#"); ok && name == "href" && fragment != "" && !strings.ContainsFunc(fragment, isNoAnchor) {
		return // to a place of the same text
	}
	scheme, rest, ok := strings.Cut(s, ":")
	switch {
	case !ok || strings.ContainsAny(scheme, "/?#"):
		c.fault(at, RuleRelative, "%s %s is not absolute", name, value.Excerpt(s))
	case value.IsWebScheme(scheme):
		if !strings.HasPrefix(rest, "//") || len(rest) == 2 {
			c.fault(at, RuleRelative, "%s %s has no host", name, value.Excerpt(s))
		}
	case name == "href" && (strings.EqualFold(scheme, "mailto") || strings.EqualFold(scheme, "tel")):
	default:
		c.fault(at, RuleActive, "%s %s has a scheme that content may not have", name, value.Excerpt(s))
	}
}
