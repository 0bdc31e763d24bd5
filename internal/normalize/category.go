package normalize

import (
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// Mapper maps the terms that sources write to the city's categories. It is safe
// for concurrent use.
type Mapper struct {
	terms  map[string]bool   // the city's own
	labels map[string]string // folded label → term; "" if two terms share it

	keywords map[string]*lexicon // by language
}

// NewMapper returns a mapper for the site's categories: by their terms, by their
// labels in the configuration, and by labels, which holds for "category.TERM" the
// labels and synonyms in all languages. words has the same for each language by
// itself: by them the words of titles and summaries are found.
func NewMapper(categories []feeds.Category, labels map[string][]string, words map[string]map[string][]string) *Mapper {
	m := &Mapper{terms: map[string]bool{}, labels: map[string]string{}, keywords: map[string]*lexicon{}}
	for _, c := range categories {
		m.terms[c.Term] = true
		for _, label := range c.Labels {
			m.add(label, c.Term)
		}
		for _, label := range labels["category."+c.Term] {
			m.add(label, c.Term)
		}
		for _, former := range c.Formerly {
			m.add(former, c.Term)
			for _, label := range labels["category."+former] {
				m.add(label, c.Term)
			}
		}
	}
	for _, c := range categories { // a term itself is never ambiguous
		m.labels[fold(c.Term)] = c.Term
	}
	for language := range words {
		m.addKeywords(language, words[language], categories)
	}
	return m
}

func (m *Mapper) add(label, term string) {
	key := fold(label)
	if key == "" {
		return
	}
	if other, taken := m.labels[key]; taken && other != term {
		term = ""
	}
	m.labels[key] = term
}

// Placement is where an article belongs.
type Placement struct {
	Categories []string
	// ByDefault says that nothing placed the article: the categories are its source's default.
	ByDefault bool
	// Unmapped are the raw terms that were not placed.
	Unmapped []string
}

// Place places an article by its raw terms: the source's rules first, then
// the labels in all our languages; else by the words of its title and summary, unless
// the source wants that left out; else by the source's default.
func (m *Mapper) Place(a feeds.Article, source feeds.Source) Placement {
	return m.placeBy(a, source, foldRules(source))
}

// foldRules returns a source's rules by the folded terms.
func foldRules(source feeds.Source) map[string]string {
	rules := make(map[string]string, len(source.Rules))
	for term, category := range source.Rules {
		rules[fold(term)] = category
	}
	return rules
}

// placeBy is [Mapper.Place] by the rules that foldRules made.
func (m *Mapper) placeBy(a feeds.Article, source feeds.Source, rules map[string]string) (p Placement) {
	for _, t := range a.Terms {
		category := m.place(t, rules)
		if category == "" {
			p.Unmapped = append(p.Unmapped, t.Term)
			continue
		}
		if !slices.Contains(p.Categories, category) {
			p.Categories = append(p.Categories, category)
		}
	}
	if len(p.Categories) == 0 && !source.NoKeywords {
		if category := m.byKeywords(a); category != "" {
			p.Categories = []string{category}
		}
	}
	if len(p.Categories) == 0 {
		p.Categories = slices.Clone(source.DefaultCategories)
		p.ByDefault = len(p.Categories) > 0
	}
	return p
}

// Unmapped returns those of the terms that neither the source's rules nor a label place.
func (m *Mapper) Unmapped(terms []feeds.Term, source feeds.Source) (unmapped []string) {
	rules := foldRules(source)
	for _, t := range terms {
		if m.place(t, rules) == "" {
			unmapped = append(unmapped, t.Term)
		}
	}
	return unmapped
}

func (m *Mapper) place(t feeds.Term, rules map[string]string) string {
	for _, word := range []string{t.Term, t.Label} {
		if category, ok := rules[fold(word)]; ok && word != "" {
			return category
		}
	}
	for _, word := range []string{t.Term, t.Label} {
		if category := m.labels[fold(word)]; category != "" {
			return category
		}
	}
	// "News > Environment", "Umwelt / Klima", "環境・エネルギー"
	for _, word := range []string{t.Term, t.Label} {
		for part := range strings.FieldsFuncSeq(word, isSeparator) {
			if category := m.labels[fold(part)]; category != "" {
				return category
			}
		}
	}
	return ""
}

func isSeparator(r rune) bool { return strings.ContainsRune("/>|,;、，؛،・»：:", r) }
