package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds of what is looked at of a query: characters, words and runs, and the characters
// of all runs, since a search costs the more the more there are.
const (
	mostCharacters = 200
	mostWords      = 8
	mostInRuns     = 32
)

// mostLetters is how many letters of a word count.
const mostLetters = 40

// Terms are what a reader's query asks for: words, which may be the beginnings of longer ones,
// and runs of characters, which may stand amid longer ones.
type Terms struct{ terms []term }

// term is a word, or a run of characters of a script without spaces; folded.
type term struct {
	kind
	text string
}

// Parse takes a reader's query apart. At most 200 characters of it, 8 words and runs, and 32
// characters of runs are looked at. No character has a meaning of its own.
func Parse(query string) Terms {
	var t Terms
	room := mostInRuns
	scan(first(query, mostCharacters), func(p piece) {
		term := term{p.kind, wordOf(p.chars)}
		if p.kind != word {
			term.text = string(p.chars[:min(len(p.chars), room)])
		}
		if term.text == "" || len(t.terms) == mostWords || slices.Contains(t.terms, term) {
			return
		}
		if p.kind != word {
			room -= utf8.RuneCountInString(term.text)
		}
		t.terms = append(t.terms, term)
	})
	slices.SortFunc(t.terms, func(a, b term) int { return cmp.Compare(a.text, b.text) })
	return t
}

// first returns the first characters of a text.
func first(text string, characters int) string {
	for at := range text {
		if characters--; characters < 0 {
			return text[:at]
		}
	}
	return text
}

// wordOf returns a word as it is compared.
func wordOf(letters []rune) string { return stem(string(letters[:min(len(letters), mostLetters)])) }

// Empty reports whether nothing is asked for.
func (t Terms) Empty() bool { return len(t.terms) == 0 }

// String returns the terms, folded and sorted, so that they may be parsed again. Queries that
// ask for the same have equal strings.
func (t Terms) String() string {
	var b strings.Builder
	for i, term := range t.terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(term.text)
	}
	return b.String()
}

// Span is a part of a text, in bytes: From is its first, To the one behind it.
type Span struct{ From, To int }

// Spans returns where in a text terms are found: whole words that a term begins, and runs of
// characters just as long as it. They are in their order, and none touches another.
func (t Terms) Spans(text string) (found []Span) {
	if t.Empty() {
		return nil
	}
	scan(text, func(p piece) {
		for _, s := range t.within(p) {
			if n := len(found); n > 0 && s.From <= found[n-1].To {
				found[n-1].To = max(found[n-1].To, s.To)
			} else {
				found = append(found, s)
			}
		}
	})
	return found
}

// within returns where in a piece terms are found, by where they begin.
func (t Terms) within(p piece) (found []Span) {
	last := len(p.chars)
	if p.kind == word {
		whole := wordOf(p.chars)
		and := withoutAnd(whole)
		if slices.ContainsFunc(t.terms, func(t term) bool {
			return t.kind == word && (strings.HasPrefix(whole, t.text) || and != "" && strings.HasPrefix(and, t.text))
		}) {
			found = append(found, Span{p.spans[0].From, p.spans[last-1].To})
		}
		return found
	}
	for at := range p.chars {
		rest := string(p.chars[at:min(at+mostInRuns, last)]) // no term of a run is longer
		longest := 0
		for _, t := range t.terms {
			if t.kind != word && strings.HasPrefix(rest, t.text) {
				longest = max(longest, utf8.RuneCountInString(t.text))
			}
		}
		if longest > 0 {
			found = append(found, Span{p.spans[at].From, p.spans[at+longest-1].To})
		}
	}
	return found
}
