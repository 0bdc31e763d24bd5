package html

import (
	"html"
	"strings"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// Text returns the text of HTML in one line. The readings of ruby, scripts and
// the like are left out.
func Text(source string) string {
	if strings.IndexByte(source, '<') < 0 {
		return prose.Collapse(unescapeHTML(source))
	}
	return prose.Collapse(stripTags(source, false))
}

// Title returns the text of a title that may hold HTML. Only tags that HTML
// knows are markup: "List<String>" stays.
func Title(source string) string {
	if strings.IndexByte(source, '<') < 0 {
		return prose.Collapse(entity.DecodeString(source))
	}
	return prose.Collapse(stripTags(source, true))
}

// stripTags takes the markup out of HTML. Blocks are kept apart by a line end, and so are
// lines; cells and what stands beside pictures by a space.
func stripTags(source string, onlyKnown bool) string {
	t := stripper{onlyKnown: onlyKnown}
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for {
		kind := z.Next()
		if kind == xhtml.ErrorToken {
			return t.out.String()
		}
		raw := source[:len(z.Raw())] // tokens follow each other without a gap
		source = source[len(raw):]
		switch kind {
		case xhtml.TextToken:
			if t.skipped == "" {
				t.out.WriteString(unescapeHTML(raw))
			}
		case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
			tag, _ := z.TagName()
			t.tag(kind, unprefixed(string(tag)), raw)
		}
	}
}

// stripper takes tags out of a text.
type stripper struct {
	out       strings.Builder
	onlyKnown bool   // tags that HTML doesn't know are text
	skipped   string // the element whose content is left out; "" for none
	depth     int    // how many of it are open
}

// tag takes a tag, which is written as raw.
func (t *stripper) tag(kind xhtml.TokenType, name, raw string) {
	switch {
	case t.onlyKnown && !isKnown(name):
		if t.skipped == "" {
			t.out.WriteString(entity.DecodeString(raw))
		}
	case t.skipped != "":
		if t.skipped == name {
			t.nest(kind)
		}
	case kind == xhtml.StartTagToken && !isVoid(name) && (isDangerous(name) || name == "rt" || name == "rp"):
		t.skipped, t.depth = name, 1
	case IsCell(name) || name == "img":
		t.out.WriteByte(' ')
	case IsBlock(name) || name == "br":
		t.out.WriteByte('\n')
	}
}

// nest counts the element that is left out where it stands in itself.
func (t *stripper) nest(kind xhtml.TokenType) {
	switch kind {
	case xhtml.StartTagToken:
		t.depth++
	case xhtml.EndTagToken:
		t.depth--
	}
	if t.depth == 0 {
		t.skipped = ""
	}
}

// isKnown reports whether HTML has an element, or had it.
func isKnown(name string) bool {
	switch name {
	case "img", "font", "picture", "strike", "big", "nobr", "blink":
		return true
	}
	return isKept(name) || IsBlock(name) || isDangerous(name)
}

// Paragraphs returns plain text as HTML: blank lines part paragraphs, other line
// ends are kept.
func Paragraphs(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(prose.Clean(text), "\r\n", "\n"))
	if text == "" {
		return ""
	}
	var b strings.Builder
	for block := range strings.SplitSeq(text, "\n\n") {
		if block = strings.TrimSpace(block); block != "" {
			b.WriteString("<p>" + strings.ReplaceAll(escapeText(block), "\n", "<br>") + "</p>")
		}
	}
	return b.String()
}

// unescapeHTML decodes the references of HTML text, those too that lack their
// semicolon, and those to the halves of a character.
func unescapeHTML(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(entity.JoinPairs(s))
}

// escapeText escapes text for HTML.
func escapeText(s string) string {
	if !strings.ContainsAny(s, `&<>"'`) {
		return s
	}
	return html.EscapeString(s)
}
