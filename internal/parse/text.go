package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
)

// cleanText drops the characters that neither XML nor a reader can use: controls
// but tab and line end, and those that are no characters.
func cleanText(s string) string {
	for i := 0; i < len(s); i++ {
		if b := s[i]; b < 0x20 && b != '\t' && b != '\n' && b != '\r' || b == 0x7F || b == 0xC2 || b == 0xEF || b >= 0xF5 {
			return strings.Map(func(r rune) rune {
				if !isXMLChar(r) || r == 0x7F || r >= 0x80 && r < 0xA0 && r != 0x85 || r == '\uFEFF' {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

// collapse makes one line of text: white space of every kind becomes one space, and
// none stands at its ends.
func collapse(s string) string {
	s = cleanText(s)
	if isCollapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isCollapsed tells quickly whether collapse has nothing to do.
func isCollapsed(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == ' ':
			if space {
				return false
			}
			space = true
		case b < 0x20 || b == 0xC2 || b == 0xE1 || b == 0xE2 || b == 0xE3 && i+1 < len(s) && s[i+1] == 0x80:
			return false // it may be white space
		default:
			space = false
		}
	}
	return !space || len(s) == 0
}

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

// summaryLength is how long a summary is at most, in characters.
const summaryLength = 300

// summarize shortens plain text to a summary: whole sentences where the text has
// them, else whole words with an ellipsis.
func summarize(s string) string { return shorten(s, summaryLength) }

// shorten cuts text of one line to at most limit characters.
func shorten(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s[:min(len(s), (limit+1)*utf8.UTFMax)])
	for i := limit - 1; i >= limit/2; i-- {
		if endsSentence(runes, i) {
			return strings.TrimSpace(string(runes[:i+1]))
		}
	}
	limit-- // for the ellipsis
	for i := limit; i >= limit*2/3; i-- {
		if unicode.IsSpace(runes[i]) || isCJKBreak(runes[i-1]) {
			return strings.TrimRightFunc(string(runes[:i]), trimsBeforeEllipsis) + "…"
		}
	}
	i := limit
	for i > 1 && (unicode.In(runes[i], unicode.Mn, unicode.Mc, unicode.Me) || isLeadingVowel(runes[i-1]) || runes[i-1] == '\u200D' || runes[i] == '\u200D') {
		i--
	}
	return strings.TrimRightFunc(string(runes[:i]), trimsBeforeEllipsis) + "…"
}

// endsSentence tells whether a sentence ends with the character at i. A full stop
// does where a space and a capital, or a letter without case, follow it.
func endsSentence(runes []rune, i int) bool {
	switch runes[i] {
	case '。', '！', '？', '｡', '؟', '۔':
		return i+1 >= len(runes) || runes[i+1] != '」' && runes[i+1] != '』' && runes[i+1] != '）'
	case '.', '!', '?', '…':
		if i+1 >= len(runes) || !unicode.IsSpace(runes[i+1]) {
			return false
		}
		if i+2 < len(runes) && unicode.IsLower(runes[i+2]) {
			return false
		}
		// An initial or an abbreviation of one letter ends no sentence.
		return runes[i] != '.' || i < 2 || !(unicode.IsUpper(runes[i-1]) && !unicode.IsLetter(runes[i-2]))
	case '」', '』', '）', '”', '"':
		return i > 0 && strings.ContainsRune("。！？.!?", runes[i-1]) && (i+1 >= len(runes) || unicode.IsSpace(runes[i+1]) || runes[i+1] > 0x2E80)
	}
	return false
}

// isCJKBreak tells whether a line of Japanese or Chinese may well be cut behind the
// character.
func isCJKBreak(r rune) bool { return strings.ContainsRune("、，；：・」』）】", r) }

// isLeadingVowel tells whether a Thai vowel belongs to the consonant behind it.
func isLeadingVowel(r rune) bool { return r >= 'เ' && r <= 'ไ' }

func trimsBeforeEllipsis(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;:、，；：-–—", r)
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
