package prose

import (
	"strings"
	"unicode"

	"github.com/kairan-news/kairan/internal/plain"
)

// SummaryLength is how long a summary is at most, in characters.
const SummaryLength = 300

// TitleLength is how long a title is at most, in characters: what is longer is a text that
// stands in the wrong place.
const TitleLength = 1000

// Summarize shortens plain text to a summary: whole sentences where the text has
// them, else whole words with an ellipsis. What a publishing system puts behind a text
// that it cut, such as "[…]" or "Continue reading", goes.
func Summarize(s string) string { return cut(withoutMore(s), SummaryLength, one) }

// BoundTitle shortens what is too long for a title.
func BoundTitle(s string) string { return cut(s, TitleLength, one) }

// Shorten cuts text of one line to at most limit columns, of which a character of East
// Asia takes two.
func Shorten(s string, limit int) string { return cut(s, limit, plain.RuneWidth) }

// one counts characters.
func one(rune) int { return 1 }

// cut shortens text of one line to a length, of which each character takes a part: behind
// a sentence, else behind a phrase or a word, with an ellipsis.
func cut(s string, limit int, length func(rune) int) string {
	if len(s) <= limit {
		return s // no character takes more than it has bytes
	}
	var runes []rune
	half, most, room, used := 0, 0, 0, 0 // where half of it is, two thirds, what leaves room for the ellipsis, and how much
	fits := -1
	for _, r := range s {
		used += length(r)
		switch n := len(runes); {
		case used > limit && fits < 0:
			fits = n
		case used <= limit/2:
			half, most, room = n, n, n
		case used <= limit*2/3:
			most, room = n, n
		case used < limit:
			room = n
		}
		if runes = append(runes, r); fits >= 0 && len(runes) > fits+lookahead {
			break
		}
	}
	if fits < 0 {
		return s
	}
	for i := fits - 1; i >= half; i-- {
		if endsSentence(runes, i) {
			return strings.TrimSpace(string(runes[:i+1]))
		}
	}
	end := lastBreak(runes, half+1, most+1, room+1)
	return strings.TrimRightFunc(string(runes[:end]), trimsBeforeEllipsis) + "…"
}

// lookahead is how many characters behind it tell whether a sentence ends.
const lookahead = 2

// lastBreak returns where text is cut best before the end: behind a word or a phrase,
// behind a phrase further to the front, behind a particle of Japanese, and last where no
// word and no number is parted.
func lastBreak(runes []rune, half, most, end int) int {
	for i := end; i >= most; i-- {
		if endsWord(runes, i) || isCJKBreak(runes[i-1]) {
			return i
		}
	}
	for i := most; i >= half; i-- {
		if isCJKBreak(runes[i-1]) || endsWord(runes, i) && unicode.Is(unicode.Thai, runes[i-1]) {
			return i
		}
	}
	for i := end; i >= most; i-- {
		if unicode.Is(unicode.Hiragana, runes[i-1]) && unicode.In(runes[i], unicode.Han, unicode.Katakana) {
			return i
		}
	}
	for i := end; i >= most; i-- {
		if plain.MayCut(runes[i-1], runes[i]) {
			return i
		}
	}
	return end
}

// endsWord reports whether a word ends before the space at i, and is no number, which
// belongs to what it counts.
func endsWord(runes []rune, i int) bool {
	return unicode.IsSpace(runes[i]) && runes[i] != '\u00A0' && runes[i] != '\u202F' && !unicode.IsDigit(runes[i-1])
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

func trimsBeforeEllipsis(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;:、，；：-–—（「『【(", r)
}

// headlineLength is how long a headline is at most that had to be made from the text,
// in columns.
const headlineLength = 80

// Headline makes a headline of a summary, for a notice that has none.
func Headline(summary string) string { return Shorten(summary, headlineLength) }
