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
// in characters of Unicode.
const headlineLength = 80

// Summarize shortens plain text of one line to a summary, as it is stored: whole sentences
// where the text has them, else whole words with an ellipsis.
func Summarize(s string) string { return Abridge(s, SummaryLength) }

// Headline makes a headline of a summary, for a notice that has none.
func Headline(summary string) string { return Abridge(summary, headlineLength) }

// Abridge cuts text of one line to at most limit characters of Unicode, the ellipsis
// included. It is for what is stored, of which a whole sentence says more than as much as
// fits. Where it cuts is part of what articles are known to say: were it elsewhere, they
// would count as changed.
func Abridge(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	ends := make([]int, 1, limit+1) // by number of characters: where so many end
	for at := range s {
		if at > 0 {
			ends = append(ends, at)
		}
		if len(ends) > limit {
			break
		}
	}
	for n := limit; n > limit/2; n-- {
		if endsSentence(s, ends[n]) {
			return strings.TrimSpace(s[:ends[n]])
		}
	}
	limit-- // for the ellipsis
	for n := limit; n >= limit*2/3; n-- {
		if isBreak(s, ends[n]) {
			return elided(s[:ends[n]])
		}
	}
	return elided(s[:lastBorder(s, ends[limit])])
}

// isBreak reports whether a text of one line may well be cut at a place.
func isBreak(s string, at int) bool {
	last, _ := utf8.DecodeLastRuneInString(s[:at])
	next, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsSpace(next) || strings.ContainsRune("、，；：・」』）】", last)
}

// lastBorder returns the last place up to most between two characters as a reader counts
// them, with a vowel that Thai writes before its consonant kept beside that.
func lastBorder(s string, most int) int {
	at, state := 0, -1
	for rest := s; ; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		last, _ := utf8.DecodeLastRuneInString(s[:at])
		switch end := at + len(cluster); {
		case end <= most:
			at = end
		case at == 0:
			return most // one character that is longer than all that fits
		case last >= 'เ' && last <= 'ไ':
			return at - utf8.RuneLen(last)
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
	return strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:、，；：،؛-–—(（「『“«", r)
	}) + "…"
}
