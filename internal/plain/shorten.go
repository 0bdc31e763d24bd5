package plain

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Excerpt is about how much of a text stands for the whole, in characters as a reader
// counts them: as much as may be shown without the right to the full text.
const Excerpt = 200

// Shorten returns the beginning of a text as it is shown, at most n characters long, cut at the end
// of a word and marked by an ellipsis. Where words aren't spaced, as in Japanese,
// Chinese and Thai, it is cut between characters, never within one that is composed
// of several; better after a sentence or a phrase, if one ends near.
func Shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	var (
		rest, state = s, -1
		count, at   int // characters and bytes so far
		word        int // where the last word that fits ends
		phrase      int // where the last sentence or phrase ends
		phraseAt    int // its length in characters
	)
	for rest != "" && count < n {
		var cluster string
		var boundaries int
		cluster, rest, boundaries, state = uniseg.StepString(rest, state)
		at += len(cluster)
		count++
		if boundaries&uniseg.MaskWord != 0 && cluster != " " && count < n {
			word = at
		}
		if endsSentence(s, at) {
			phrase, phraseAt = at, count
		}
	}
	switch {
	case rest == "":
		return s
	case phraseAt >= n*3/4:
		return s[:phrase] // a whole sentence needs no ellipsis
	case word == 0:
		word = at // one word that is longer than all that fits
	}
	return elided(s[:word])
}
