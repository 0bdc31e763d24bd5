package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SummaryLength is how long a summary is at most, in characters.
const SummaryLength = 300

// Summarize shortens plain text to a summary: whole sentences where the text has
// them, else whole words with an ellipsis.
func Summarize(s string) string { return Shorten(s, SummaryLength) }

// Shorten cuts text of one line to at most limit characters.
func Shorten(s string, limit int) string {
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

// endsSentence reports whether a sentence ends with the character at i.
func endsSentence(runes []rune, i int) bool {
	switch runes[i] {
	case '。', '！', '？', '｡', '؟', '۔':
		return i+1 >= len(runes) || runes[i+1] != '」' && runes[i+1] != '』' && runes[i+1] != '）'
	case '.', '!', '?', '…':
		return stopEndsSentence(runes, i)
	case '」', '』', '）', '”', '"':
		return i > 0 && strings.ContainsRune("。！？.!?", runes[i-1]) && (i+1 >= len(runes) || unicode.IsSpace(runes[i+1]) || runes[i+1] > 0x2E80)
	}
	return false
}

// stopEndsSentence reports whether a sentence ends with the full stop, or its like, at i:
// where a space and a capital, or a letter without case, follow it. That of an initial or
// an abbreviation of one letter ends none.
func stopEndsSentence(runes []rune, i int) bool {
	if i+1 >= len(runes) || !unicode.IsSpace(runes[i+1]) {
		return false
	}
	if i+2 < len(runes) && unicode.IsLower(runes[i+2]) {
		return false
	}
	return runes[i] != '.' || i < 2 || !(unicode.IsUpper(runes[i-1]) && !unicode.IsLetter(runes[i-2]))
}

// isCJKBreak reports whether a line of Japanese or Chinese may well be cut behind the
// character.
func isCJKBreak(r rune) bool { return strings.ContainsRune("、，；：・」』）】", r) }

// isLeadingVowel reports whether a Thai vowel belongs to the consonant behind it.
func isLeadingVowel(r rune) bool { return r >= 'เ' && r <= 'ไ' }

func trimsBeforeEllipsis(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;:、，；：-–—", r)
}

// headlineLength is how long a headline is at most that had to be made from the text,
// in characters.
const headlineLength = 80

// Headline makes a headline of a summary, for a notice that has none.
func Headline(summary string) string { return Shorten(summary, headlineLength) }
