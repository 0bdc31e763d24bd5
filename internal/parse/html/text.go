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

// stripTags takes the markup out of HTML. Blocks are kept apart by a space.
func stripTags(source string, onlyKnown bool) string {
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(source))
	skipped, depth := "", 0
	for {
		kind := z.Next()
		if kind == xhtml.ErrorToken {
			return b.String()
		}
		raw := source[:len(z.Raw())] // tokens follow each other without a gap
		source = source[len(raw):]
		switch kind {
		case xhtml.TextToken:
			if skipped == "" {
				b.WriteString(unescapeHTML(raw))
			}
		case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
			tag, _ := z.TagName()
			name := unprefixed(string(tag))
			known := isKept(name) || IsBlock(name) || isDangerous(name) || name == "img" || name == "font" || name == "picture" || name == "strike" || name == "big" || name == "nobr" || name == "blink"
			switch {
			case onlyKnown && !known:
				if skipped == "" {
					b.WriteString(entity.DecodeString(raw))
				}
			case skipped != "":
				if name == skipped {
					if kind == xhtml.StartTagToken {
						depth++
					} else if kind == xhtml.EndTagToken {
						depth--
					}
					if depth == 0 {
						skipped = ""
					}
				}
			case kind == xhtml.StartTagToken && !isVoid(name) && (isDangerous(name) || name == "rt" || name == "rp"):
				skipped, depth = name, 1
			case IsBlock(name) || name == "br" || IsCell(name) || name == "img":
				b.WriteByte(' ')
			}
		}
	}
}

// Paragraphs returns plain text as HTML: blank lines part Paragraphs, other line
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
// semicolon.
func unescapeHTML(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// escapeText escapes text for HTML.
func escapeText(s string) string {
	if !strings.ContainsAny(s, `&<>"'`) {
		return s
	}
	return html.EscapeString(s)
}
