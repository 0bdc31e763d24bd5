package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// SummaryLength is how long a summary is at most, in characters of Unicode.
const SummaryLength = 300

// headlineLength is how long a headline is at most that had to be made from the text,
// in columns.
const headlineLength = 80

// Summarize shortens plain text of one line to a summary, as it is stored: whole sentences
// where the text has them, else whole words with an ellipsis. What a publishing system puts
// behind a text that it cut, such as "[…]" or "Continue reading", goes.
func Summarize(s string) string { return cut(withoutMore(s), SummaryLength, one) }

// Headline makes a headline of a summary, for a notice that has none.
func Headline(summary string) string { return Abridge(summary, headlineLength) }

// Bound shortens what is too long for what it is, such as a title, to at most limit characters
// of Unicode.
func Bound(s string, limit int) string { return cut(s, limit, one) }

// Abridge cuts text of one line to at most limit columns, of which a character of East Asia
// takes two, the ellipsis included. It is for what is stored, of which a whole sentence says
// more than as much as fits.
func Abridge(s string, limit int) string { return cut(s, limit, RuneWidth) }

// one counts characters.
func one(rune) int { return 1 }

// cut shortens text of one line to a length, of which each character takes a part: behind
// a sentence, else behind a phrase or a word, with an ellipsis.
func cut(s string, limit int, length func(rune) int) string {
	if len(s) <= limit {
		return s // no character takes more than it has bytes
	}
	p := places{s: s, ends: make([]int, 1, limit+1)}
	half, most, room, used := 0, 0, 0, 0 // how many characters are half of it, two thirds, and leave room for the ellipsis
	for at, r := range s {
		if used += length(r); used > limit {
			break
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		p.ends = append(p.ends, at+size)
		n := len(p.ends) - 1
		if used <= limit/2 {
			half = n
		}
		if used <= limit*2/3 {
			most = n
		}
		if used < limit {
			room = n
		}
	}
	if used <= limit {
		return s
	}
	for n := len(p.ends) - 1; n >= max(half, 1); n-- {
		if endsSentence(s, p.ends[n]) {
			return strings.TrimSpace(s[:p.ends[n]])
		}
	}
	return elided(s[:lastBorder(s, p.ends[p.last(half, most, room)])])
}

// places are where text may be cut: ends are where so many characters end.
type places struct {
	s    string
	ends []int
}

// around returns the characters before and behind the place after n characters.
func (p *places) around(n int) (before, after rune) {
	before, _ = utf8.DecodeLastRuneInString(p.s[:p.ends[n]])
	after, _ = utf8.DecodeRuneInString(p.s[p.ends[n]:])
	return before, after
}

// last returns the last of the places up to the end where text is best cut: behind a word
// or a phrase, behind a phrase further to the front, behind a particle of Japanese, and last
// where no word and no number is parted.
func (p *places) last(half, most, end int) int {
	for _, rule := range []struct {
		from, to int
		may      func(before, after rune) bool
	}{
		{end, most, func(before, after rune) bool { return endsWord(before, after) || isCJKBreak(before) }},
		{most, half, func(before, after rune) bool {
			return isCJKBreak(before) || endsWord(before, after) && unicode.Is(unicode.Thai, before)
		}},
		{end, most, func(before, after rune) bool {
			return unicode.Is(unicode.Hiragana, before) && unicode.In(after, unicode.Han, unicode.Katakana)
		}},
		{end, most, MayCut},
	} {
		for n := rule.from; n >= max(rule.to, 1); n-- {
			if rule.may(p.around(n)) {
				return n
			}
		}
	}
	return end
}

// endsWord reports whether a word ends between two characters, and is no number, which
// belongs to what it counts.
func endsWord(before, after rune) bool {
	return unicode.IsSpace(after) && !isTie(after) && !unicode.IsDigit(before)
}

// isCJKBreak reports whether a line of Japanese or Chinese may well be cut behind the
// character.
func isCJKBreak(r rune) bool { return strings.ContainsRune("、，；：・」』）】", r) }

// lastBorder returns the last place up to most between two characters as a reader counts
// them, such as flags, which are of two letters each.
func lastBorder(s string, most int) int {
	at, state := 0, -1
	for rest := s; ; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		switch end := at + len(cluster); {
		case end <= most:
			at = end
		case at == 0:
			return most // one character that is longer than all that fits
		default:
			return at
		}
	}
}

// endsSentence reports whether a sentence ends at a place within a text.
func endsSentence(s string, at int) bool {
	last, size := utf8.DecodeLastRuneInString(s[:at])
	next, _ := utf8.DecodeRuneInString(s[at:])
	isEnd := at == len(s)
	switch last {
	case '。', '！', '？', '｡', '؟', '۔', '।':
		return isEnd || !strings.ContainsRune("」』）", next)
	case '.', '!', '?', '…':
		return stopEndsSentence(s, at)
	case '」', '』', '）', '”', '"':
		before, _ := utf8.DecodeLastRuneInString(s[:at-size])
		return strings.ContainsRune("。！？.!?", before) && (isEnd || unicode.IsSpace(next) || next > 0x2E80)
	}
	return false
}

// stopEndsSentence reports whether a sentence ends with the full stop, or its like, that
// ends at a place: where a space and a capital, or a letter without case, follow it. That
// of an initial or an abbreviation of one letter ends none.
func stopEndsSentence(s string, at int) bool {
	next, size := utf8.DecodeRuneInString(s[at:])
	if !unicode.IsSpace(next) {
		return false
	}
	if behind, _ := utf8.DecodeRuneInString(s[at+size:]); unicode.IsLower(behind) {
		return false
	}
	word, isStop := strings.CutSuffix(s[:at], ".")
	letter, size := utf8.DecodeLastRuneInString(word)
	before, n := utf8.DecodeLastRuneInString(word[:len(word)-size])
	return !isStop || n == 0 || !unicode.IsUpper(letter) || unicode.IsLetter(before)
}

// elided is the beginning of a text with an ellipsis in place of the rest.
func elided(s string) string {
	return strings.TrimRightFunc(s, trimsBeforeEllipsis) + "…"
}

func trimsBeforeEllipsis(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;:、，；：،؛-–—(（「『【“«", r)
}
