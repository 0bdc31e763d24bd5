package search

import (
	"slices"
	"strings"
)

// Query is what an article's tokens have to fulfil: all of its alternatives.
type Query []Alternatives

// Alternatives are conditions of which one has to hold.
type Alternatives []Condition

// Condition is that tokens stand in a row.
type Condition struct {
	// Tokens are one, or grams that follow one another.
	Tokens []string
	// Begins says that the token may be the beginning of a longer one.
	Begins bool
}

// Step is a query that finds the hits of one rank.
type Step struct {
	Rank  Rank
	Query Query
	// Without are queries by which the hits are of a better rank.
	Without []Query
}

// IsImpossible reports whether nothing can be found: one of none is asked for.
func (s Step) IsImpossible() bool {
	return slices.ContainsFunc(s.Query, func(a Alternatives) bool { return len(a) == 0 })
}

// Steps returns the queries that find what a request asks for, but for categories, and for the
// days within a month, the best rank first: one, where the order is not [Best].
func (q Request) Steps() []Step {
	facets := q.facets()
	if q.Order != Best || q.Terms.Empty() {
		return []Step{{0, append(q.Terms.conditions("", within), facets...), nil}}
	}
	var steps []Step
	var better []Query
	for _, rank := range []struct {
		Rank
		mark string
		of   func(term, string) []Condition
	}{{InTitleWhole, titleMark, whole}, {InTitle, titleMark, within}, {Whole, "", whole}, {Within, "", within}} {
		query := q.Terms.conditions(rank.mark, rank.of)
		steps = append(steps, Step{rank.Rank, slices.Concat(query, facets), better})
		better = append(better[:len(better):len(better)], query)
	}
	return steps
}

// facets returns the conditions of languages, publishers and dates.
func (q Request) facets() (all Query) {
	for _, facet := range []struct {
		mark string
		any  []string
	}{{languageMark, q.Languages}, {publisherMark, q.Publishers}, {dateMark, datesBetween(q.Since, q.Until)}} {
		if facet.any == nil {
			continue
		}
		alternatives := Alternatives{}
		for _, name := range facet.any {
			alternatives = append(alternatives, Condition{Tokens: []string{facet.mark + name}})
		}
		all = append(all, alternatives)
	}
	return all
}

// conditions returns those of terms, of tokens with a mark.
func (t Terms) conditions(mark string, of func(term, string) []Condition) (all Query) {
	for _, term := range t.terms {
		for _, c := range of(term, mark) {
			all = append(all, Alternatives{c})
		}
	}
	return all
}

// whole returns the conditions by which a term stands in a text as a word, or at the beginning
// of a stretch of one script.
func whole(t term, mark string) []Condition {
	if t.kind == word {
		return []Condition{{Tokens: []string{mark + t.text}}}
	}
	chars := []rune(t.text)
	begins := Condition{Tokens: []string{mark + startMark + string(chars[:min(2, len(chars))])}}
	if len(chars) <= 2 {
		return []Condition{begins}
	}
	return append(within(t, mark), begins)
}

// within returns the conditions by which a term stands anywhere in a text, or begins a word
// there.
func within(t term, mark string) []Condition {
	chars := []rune(t.text)
	switch {
	case t.kind == word && len(chars) > prefixes:
		return []Condition{{Tokens: []string{mark + t.text}, Begins: true}}
	case t.kind == word, len(chars) < t.gram():
		return []Condition{{Tokens: []string{mark + partMark + t.text}}}
	}
	var grams Condition
	for i := range len(chars) - t.gram() + 1 {
		grams.Tokens = append(grams.Tokens, mark+string(chars[i:i+t.gram()]))
	}
	return []Condition{grams}
}

// String returns the query in words, for people.
func (q Query) String() string {
	all := make([]string, len(q))
	for i, alternatives := range q {
		any := make([]string, len(alternatives))
		for j, c := range alternatives {
			any[j] = strings.Join(c.Tokens, "+")
			if c.Begins {
				any[j] += "…"
			}
		}
		all[i] = strings.Join(any, " or ")
	}
	return strings.Join(all, " and ")
}
