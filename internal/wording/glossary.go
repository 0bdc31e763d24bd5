package wording

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// Authors returns the authors of an article with what its publisher's glossary calls them in
// the words of the locale's readers.
func (s *Speech) Authors(a feeds.Article) []feeds.Person {
	authors := slices.Clone(a.Authors)
	for i := range authors {
		authors[i].Localized = s.official(a.Publisher, authors[i].Name, locales.Department)
	}
	return authors
}

// Terms returns the terms under which its source files an article, likewise.
func (s *Speech) Terms(a feeds.Article) []feeds.Term {
	terms := slices.Clone(a.Terms)
	for i, t := range terms {
		for _, name := range []string{t.Label, t.Term} {
			if terms[i].Localized == "" && name != "" {
				terms[i].Localized = s.official(a.Publisher, name, locales.Term, locales.Place, locales.Department)
			}
		}
	}
	return terms
}

// official returns the official name of what a publisher calls so, in the language that the
// locale's readers understand best; "" where that is what it is called already, or nobody
// knows of another name.
func (s *Speech) official(publisher, called string, kinds ...locales.Kind) string {
	for _, kind := range kinds {
		names := s.bundle.Glossary(publisher).Names(kind, called)
		if names == nil {
			continue
		}
		var tags []string
		for _, n := range names {
			tags = append(tags, n.Language)
		}
		best := slices.Index(tags, s.chain().Named().Best(tags))
		if best < 0 || locales.FoldName(names[best].Text) == locales.FoldName(called) {
			return ""
		}
		return names[best].Text
	}
	return ""
}

// chain returns the languages that the locale's readers accept.
func (s *Speech) chain() feeds.Chain {
	if l, ok := s.site.Locale(s.Locale); ok {
		return l.Chain
	}
	return feeds.Chain{s.Locale}
}
