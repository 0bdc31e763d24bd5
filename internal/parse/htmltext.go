package parse

import (
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
)

// plainText returns the text of HTML in one line. The readings of ruby, scripts and
// the like are left out.
func plainText(source string) string {
	if strings.IndexByte(source, '<') < 0 {
		return collapse(unescapeHTML(source))
	}
	return collapse(stripTags(source, false))
}

// titleText returns the text of a title that may hold HTML. Only tags that HTML
// knows are markup: "List<String>" stays.
func titleText(source string) string {
	if strings.IndexByte(source, '<') < 0 {
		return collapse(unescapeString(source))
	}
	return collapse(stripTags(source, true))
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
			known := isKept(name) || isBlock(name) || isDangerous(name) || name == "img" || name == "font" || name == "picture" || name == "strike" || name == "big" || name == "nobr" || name == "blink"
			switch {
			case onlyKnown && !known:
				if skipped == "" {
					b.WriteString(unescapeString(raw))
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
			case isBlock(name) || name == "br" || isCell(name) || name == "img":
				b.WriteByte(' ')
			}
		}
	}
}

// paragraphs returns plain text as HTML: blank lines part paragraphs, other line
// ends are kept.
func paragraphs(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(cleanText(text), "\r\n", "\n"))
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
