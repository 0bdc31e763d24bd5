package glossary

import (
	"cmp"
	"maps"
	"slices"

	"github.com/kairan-news/kairan/locales"
)

// Version is a version of a notice: who signed it, and what its source files it under.
type Version struct {
	Story, Language, Title string
	Authors, Terms         []string
}

// Suggestion is an entry of a glossary to be.
type Suggestion struct {
	Kind locales.Kind
	// Names are in the languages of the versions; the first is in the publisher's.
	Names []Name
}

// Name is what something is called in a language, and how sure that is.
type Name struct {
	Language, Text string
	// Agree is how many of Of notices have this name beside that in the publisher's language.
	Agree, Of int
	// Example is the title of one, in the publisher's language.
	Example string
}

// What is suggested: names that so many notices at least agree on, and so large a part of
// those that have the name in the publisher's language and one in the other.
const (
	leastAgree   = 2
	leastPercent = 75
)

// Suggest returns what the versions of a publisher's notices suggest, the most certain
// first: for each name in the publisher's language those that others have in its place. What
// the glossary knows already, in these languages and under these names, is left out.
func Suggest(language string, versions []Version, known *locales.Glossary) (all []Suggestion) {
	for _, of := range []struct {
		kind  locales.Kind
		names func(Version) []string
	}{
		{locales.Department, func(v Version) []string { return v.Authors }},
		{locales.Term, func(v Version) []string { return v.Terms }},
	} {
		texts, beside := pairs(language, versions, of.names)
		all = append(all, suggest(of.kind, language, texts, beside, known)...)
	}
	return all
}

// tally counts what stands beside a name, by language and then by name.
type tally map[string]map[string]*count

type count struct {
	text    string // as it is written first
	n       int
	example string
}

// pairs counts, by the name in the publisher's language, what the other versions of the
// stories have. A version with several names, or none, says nothing.
func pairs(language string, versions []Version, names func(Version) []string) (texts map[string]string, beside map[string]tally) {
	stories := map[string][]Version{}
	var order []string
	for _, v := range versions {
		if len(names(v)) != 1 || locales.FoldName(names(v)[0]) == "" {
			continue
		}
		if stories[v.Story] == nil {
			order = append(order, v.Story)
		}
		stories[v.Story] = append(stories[v.Story], v)
	}
	texts, beside = map[string]string{}, map[string]tally{}
	for _, story := range order {
		i := slices.IndexFunc(stories[story], func(v Version) bool { return v.Language == language })
		if i < 0 {
			continue
		}
		own := stories[story][i]
		key := locales.FoldName(names(own)[0])
		if beside[key] == nil {
			texts[key], beside[key] = names(own)[0], tally{}
		}
		for _, v := range stories[story] {
			if v.Language != language {
				beside[key].add(v.Language, names(v)[0], own.Title)
			}
		}
	}
	return texts, beside
}

func (t tally) add(language, text, example string) {
	if t[language] == nil {
		t[language] = map[string]*count{}
	}
	key := locales.FoldName(text)
	if t[language][key] == nil {
		t[language][key] = &count{text: text, example: example}
	}
	t[language][key].n++
}

// best returns what is called so most often in a language, of how many.
func (t tally) best(language string) (most *count, of int) {
	for _, key := range slices.Sorted(maps.Keys(t[language])) {
		c := t[language][key]
		if of += c.n; most == nil || c.n > most.n {
			most = c
		}
	}
	return most, of
}

// suggest makes suggestions of what was counted.
func suggest(kind locales.Kind, language string, texts map[string]string, beside map[string]tally, known *locales.Glossary) (all []Suggestion) {
	for _, key := range slices.Sorted(maps.Keys(beside)) {
		s := Suggestion{Kind: kind, Names: []Name{{Language: language, Text: texts[key]}}}
		for _, other := range slices.Sorted(maps.Keys(beside[key])) {
			c, of := beside[key].best(other)
			isKnown := slices.ContainsFunc(known.Names(kind, texts[key]), func(n locales.Name) bool { return n.Language == other })
			if isKnown || c.n < leastAgree || 100*c.n < leastPercent*of || locales.FoldName(c.text) == key {
				continue
			}
			s.Names = append(s.Names, Name{other, c.text, c.n, of, c.example})
		}
		if len(s.Names) > 1 {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(b.agree(), a.agree()) })
	return all
}

// agree is how many notices speak for the suggestion.
func (s Suggestion) agree() (n int) {
	for _, name := range s.Names {
		n += name.Agree
	}
	return n
}
