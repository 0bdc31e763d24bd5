package html

import (
	"encoding/hex"
	"net/url"
	"strings"

	xhtml "golang.org/x/net/html"
)

// Links that lead to a place of the same text, such as to a footnote and back, stay what
// they are: "#" and the name of an anchor, which its element keeps as its id. All other ids
// go. Who shows the text puts the article's own prefix before both, since several
// articles stand on one page ([feeds.Site.Shown]).

// anchorsOf returns the names of the anchors of a text to which its own links lead; nil
// for none. The page is the address of the text, which such a link may bear; "" if it has
// none.
func anchorsOf(source, page string) map[string]bool {
	if strings.IndexByte(source, '#') < 0 || !mayLink(source, page) {
		return nil
	}
	var linked []string
	there := map[string]bool{}
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for kind := z.Next(); kind != xhtml.ErrorToken; kind = z.Next() {
		if kind != xhtml.StartTagToken && kind != xhtml.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		if name := fragmentOf(Attr(t.Attr, "href"), page); name != "" {
			linked = append(linked, name)
		}
		if name := anchorOf(t.Data, t.Attr); name != "" {
			there[name] = true
		}
	}
	var anchors map[string]bool
	for _, name := range linked {
		if there[name] {
			if anchors == nil {
				anchors = map[string]bool{}
			}
			anchors[name] = true
		}
	}
	return anchors
}

// mayLink reports whether a text may link to a place of itself.
func mayLink(source, page string) bool {
	for _, before := range []string{`="#`, `='#`, `=#`} {
		if strings.Contains(source, before) {
			return true
		}
	}
	return page != "" && strings.Contains(source, page+"#")
}

// fragmentOf returns the name of the anchor in the same text that a link leads to; "" if
// it leads elsewhere.
func fragmentOf(link, page string) string {
	link = strings.TrimSpace(link)
	if page != "" {
		if rest, ok := strings.CutPrefix(link, page); ok {
			link = rest
		}
	}
	fragment, ok := strings.CutPrefix(link, "#")
	if !ok {
		return ""
	}
	if plain, err := url.PathUnescape(fragment); err == nil {
		fragment = plain
	}
	return anchorName(fragment)
}

// anchorOf returns the name of the anchor that an element is; "" if it is none. The name of
// an <a> is an older form of its id.
func anchorOf(element string, attrs []xhtml.Attribute) string {
	if id := strings.TrimSpace(Attr(attrs, "id")); id != "" {
		return anchorName(id)
	}
	if unprefixed(element) == "a" {
		return anchorName(strings.TrimSpace(Attr(attrs, "name")))
	}
	return ""
}

// maxAnchor bounds the name of an anchor, in bytes.
const maxAnchor = 80

// anchorName returns a name in ASCII letters, digits and "._-" alone, one for one: some
// readers find no other. A name that is too long is none.
func anchorName(s string) string {
	if len(s) > maxAnchor {
		return ""
	}
	if !strings.ContainsFunc(s, isNot("._-")) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i : i+1]; isNot("._-")(rune(s[i])) {
			b.WriteString("_" + hex.EncodeToString([]byte(c)))
		} else {
			b.WriteString(c)
		}
	}
	return b.String()
}

// anchor writes the id of an element to which a link of the same text leads, once, and
// reports whether it did.
func (c *cleaner) anchor(element string, attrs []xhtml.Attribute) bool {
	if len(c.anchors) == 0 {
		return false
	}
	name := anchorOf(element, attrs)
	if !c.anchors[name] || c.anchored[name] {
		return false
	}
	if c.anchored == nil {
		c.anchored = map[string]bool{}
	}
	c.anchored[name] = true
	c.write(` id="`, name, `"`)
	return true
}

// emptyAnchor leaves an anchor in the place of an element that is not kept.
func (c *cleaner) emptyAnchor(element string, attrs []xhtml.Attribute) {
	before := len(c.out)
	if c.write("<a"); c.anchor(element, attrs) {
		c.write("></a>")
		return
	}
	c.out = c.out[:before]
}
