package check

import (
	"html"
	"strings"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// html checks an entry's HTML. Its markup must be as a sanitizer writes it: each
// “<” begins a tag, each attribute is quoted. So there is nothing that a reader's
// parser could understand in another way than we do, and it can be read in one pass.
//
// Positions are exact where the content stands in the document as it is, else they
// are that of its beginning, its origin.
func (c *checker) html(origin int, s string) {
	exact := strings.HasPrefix(c.doc[min(origin, len(c.doc)):], s)
	at := func(i int) int {
		if exact {
			return origin + i
		}
		return origin
	}
	for i := 0; ; {
		n := strings.IndexByte(s[i:], '<')
		if n < 0 {
			return
		}
		start := i + n
		i = start + 1
		if i < len(s) && s[i] == '/' {
			i++
		}
		name := i
		for i < len(s) && (isAlpha(s[i]) || i > name && s[i] >= '0' && s[i] <= '9') {
			i++
		}
		if i == name {
			c.fault(at(start), RuleMarkup, "a “<” that begins no tag: %s", excerpt(s[start:]))
			continue
		}
		c.htmlElement(at(start), s[name:i])
		for {
			spaces := i
			for i < len(s) && isXMLSpace(s[i]) {
				i++
			}
			if i < len(s) && s[i] == '/' {
				i++
			}
			if i < len(s) && s[i] == '>' {
				i++
				break
			}
			attr := i
			for i < len(s) && (isAlpha(s[i]) || s[i] == '-' || s[i] >= '0' && s[i] <= '9') {
				i++
			}
			if i == attr || spaces == attr || !strings.HasPrefix(s[i:], `="`) {
				c.fault(at(start), RuleMarkup, "a tag whose attributes are not plain and quoted: %s", excerpt(s[start:]))
				break
			}
			value := i + 2
			end := strings.IndexByte(s[value:], '"')
			if end < 0 {
				c.fault(at(start), RuleMarkup, "a tag that does not end: %s", excerpt(s[start:]))
				return
			}
			c.htmlAttribute(at(attr), s[attr:i], s[value:value+end])
			i = value + end + 1
		}
	}
}

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
		c.fault(at, RuleMarkup, "<%s> is no element that readers show", excerpt(name))
	}
}

// htmlAttribute checks that an attribute runs nothing, and that an address in it is
// absolute.
func (c *checker) htmlAttribute(at int, name, value string) {
	switch name {
	case "href", "src", "cite", "poster", "longdesc", "background":
		c.htmlAddress(at, name, html.UnescapeString(value))
	case "srcset":
		for _, candidate := range strings.Split(html.UnescapeString(value), ", ") {
			address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
			c.htmlAddress(at, name, address)
		}
	case "style", "srcdoc", "action", "formaction", "data", "ping", "manifest", "xmlns":
		c.fault(at, RuleActive, "attribute %s in content", name)
	default:
		if len(name) > 2 && strings.EqualFold(name[:2], "on") {
			c.fault(at, RuleActive, "attribute %s in content", name)
		} else if strings.ToLower(name) != name {
			c.fault(at, RuleMarkup, "attribute %s is not in lower case", name)
		}
	}
}

func (c *checker) htmlAddress(at int, name, s string) {
	scheme, rest, ok := strings.Cut(s, ":")
	switch {
	case !ok || strings.ContainsAny(scheme, "/?#"):
		c.fault(at, RuleRelative, "%s %s is not absolute", name, excerpt(s))
	case value.IsWebScheme(scheme):
		if !strings.HasPrefix(rest, "//") || len(rest) == 2 {
			c.fault(at, RuleRelative, "%s %s has no host", name, excerpt(s))
		}
	case name == "href" && (strings.EqualFold(scheme, "mailto") || strings.EqualFold(scheme, "tel")):
	default:
		c.fault(at, RuleActive, "%s %s has a scheme that content may not have", name, excerpt(s))
	}
}
