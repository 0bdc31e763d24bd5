package normalize

import (
	"slices"
	"strings"
)

// lexicon is the words of one language, so ordered that a text is looked at once,
// however many they are: a few hundred.
//
// By the hash of each four bytes of the text it finds those that begin so. The few
// that are shorter are always looked for.
type lexicon struct {
	words   []keyword             // the longest first
	always  []int                 // which of them are not in byStart
	byStart [1 << startBits]int32 // by startOf: one more than the number of a word
	next    []int32               // the same of the next word with that start, by number
}

const (
	startBytes = 4
	startBits  = 11

	// blank takes the place of a word that was found. No word holds it.
	blank = "\x00"
)

// newLexicon takes words, the longest first.
func newLexicon(words []keyword) *lexicon {
	l := &lexicon{words: words, next: make([]int32, len(words))}
	for n, k := range words {
		if len(k.word) < startBytes {
			l.always = append(l.always, n)
			continue
		}
		var window uint32
		for i := range startBytes {
			window = window<<8 | uint32(k.word[i])
		}
		start := startOf(window)
		l.next[n], l.byStart[start] = l.byStart[start], int32(n+1)
	}
	return l
}

// startOf returns the hash of four bytes.
func startOf(window uint32) uint32 { return window * 0x9e3779b1 >> (32 - startBits) }

// found returns the words that stand in a text, each once. Where a longer one stands
// a shorter one within it does not count.
func (l *lexicon) found(text string) (hits []keyword) {
	for _, n := range l.within(text) { // the longest first
		k := l.words[n]
		if i := index(text, k); i >= 0 {
			hits = append(hits, k)
			for ; i >= 0; i = index(text, k) {
				text = text[:i] + blank + text[i+len(k.word):]
			}
		}
	}
	return hits
}

// within returns the numbers of the words, in their order, that may stand in a text:
// no others do, whatever is blanked in it.
func (l *lexicon) within(text string) []int {
	numbers := slices.Clone(l.always)
	var window uint32
	for i := range len(text) {
		window = window<<8 | uint32(text[i])
		for n := l.byStart[startOf(window)]; n != 0; n = l.next[n-1] {
			from := i + 1 - startBytes
			if from >= 0 && strings.HasPrefix(text[from:], l.words[n-1].word) && !slices.Contains(numbers, int(n-1)) {
				numbers = append(numbers, int(n-1))
			}
		}
	}
	slices.Sort(numbers)
	return numbers
}
