package plain

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Excerpt is about how much of a text stands for the whole, in characters as a reader
// counts them: as much as may be shown without the right to the full text.
const Excerpt = 200

// Shorten returns the beginning of a text as it is shown, at most n characters long, cut at the end
// of a word and marked by an ellipsis. Where words aren't spaced, as in Japanese,
// Chinese and Thai, it is cut between characters, never within one that is composed
// of several nor between a figure and what it counts; better after a sentence or a phrase,
// if one ends near.
func Shorten(s string, n int) string {
	s = OneLine(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	var (
		rest, state = s, -1
		count, at   int // characters and bytes so far
		word        int // where the last word that fits ends
		pause       int // where the last phrase of a text without spaces ends that is long enough
		sentence    int // where the last sentence ends
		sentenceAt  int // its length in characters
	)
	for rest != "" && count < n {
		var cluster string
		var boundaries int
		cluster, rest, boundaries, state = uniseg.StepString(rest, state)
		at += len(cluster)
		count++
		last, _ := utf8.DecodeLastRuneInString(cluster)
		next, _ := utf8.DecodeRuneInString(rest)
		if boundaries&uniseg.MaskWord != 0 && cluster != " " && count < n && MayCut(last, next) {
			word = at
		}
		if endsPhrase(last, next) && count < n && count >= n*2/3 {
			pause = at
		}
		if endsSentence(s, at) {
			sentence, sentenceAt = at, count
		}
	}
	if rest == "" {
		return s
	}
	if sentenceAt >= n*3/4 {
		return s[:sentence] // a whole sentence needs no ellipsis
	}
	end := cmp.Or(pause, word, at) // at is within a word that is longer than all that fits
	return elided(s[:end])
}

// endsPhrase reports whether a phrase ends with a character of a text that has no spaces
// between words.
func endsPhrase(last, next rune) bool {
	return strings.ContainsRune("、，；：", last) || next == ' ' && unicode.Is(unicode.Thai, last)
}
