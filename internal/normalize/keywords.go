package normalize

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
)

// keyword is a word that stands for a category in one language. Endings grow on words, and in
// Arabic articles and prepositions before them: a star stands where a word may go on, as in
// "наводнени*" and "*زلزال*". In scripts without spaces all may, on both sides.
type keyword struct {
	word          string // folded, without stars
	category      string
	before, after bool // whether letters may touch it there
}

// newKeyword returns the keyword for a word as it is given.
func newKeyword(word, category string) keyword {
	word, after := strings.CutSuffix(word, star)
	word, before := strings.CutPrefix(word, star)
	unspaced := isUnspaced(word)
	return keyword{fold(word), category, before || unspaced, after || unspaced}
}

const star = "*"

// The weight of a word in the title and in the summary, and the least that places an
// article: a word of the title, or two of the summary.
const (
	inTitle    = 2
	inSummary  = 1
	leastScore = 2
)

// byKeywords places an article by the words of its title and summary, in its own
// language: where one category alone scores best. "" is none.
func (m *Mapper) byKeywords(a feeds.Article) string {
	words := m.keywordsOf(a.Language)
	if words == nil {
		return ""
	}
	title, summary := fold(a.Title), fold(a.Summary)
	scores := words.score(nil, title, inTitle)
	if summary != title { // as of an item that has nothing else
		scores = words.score(scores, summary, inSummary)
	}
	best, tied := score{points: leastScore - 1}, false
	for _, s := range scores {
		switch {
		case s.points > best.points:
			best, tied = s, false
		case s.points == best.points:
			tied = true
		}
	}
	if tied {
		return ""
	}
	return best.category
}

// score is what the words of a category weigh together.
type score struct {
	category string
	points   int
}

// score adds the weight of a text for each word that stands in it.
func (l *lexicon) score(scores []score, text string, weight int) []score {
	for _, k := range l.found(text) {
		i := slices.IndexFunc(scores, func(s score) bool { return s.category == k.category })
		if i < 0 {
			i = len(scores)
			scores = append(scores, score{category: k.category})
		}
		scores[i].points += weight
	}
	return scores
}

// keywordsOf returns the words of a language: of en for en-GB. nil is none.
func (m *Mapper) keywordsOf(language string) *lexicon {
	if words, ok := m.keywords[language]; ok {
		return words
	}
	return m.keywords[feeds.Chain{language}.Best(slices.Sorted(maps.Keys(m.keywords)))]
}

// index returns where a word stands: where no letter or digit touches it but where it may.
func index(text string, k keyword) int {
	for from := 0; ; {
		i := strings.Index(text[from:], k.word)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(k.word):])
		if (k.before || !isWord(before)) && (k.after || !isWord(after)) {
			return i
		}
		from = i + 1
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

func isUnspaced(word string) bool { return strings.ContainsFunc(word, isOfUnspaced) }

// addKeywords takes in the words of a language by the messages of the categories.
// What two categories are called by, in any language, places nothing; nor does a
// single character of a script without spaces, which is part of too many words. What has
// a star is no name that publishers write, and is not looked for among those.
func (m *Mapper) addKeywords(language string, words map[string][]string, categories []feeds.Category) {
	var all []keyword
	for _, c := range categories {
		own := slices.Clone(words["category."+c.Term])
		if label := c.Labels[language]; label != "" {
			own = append(own, label)
		}
		for _, word := range own {
			k := newKeyword(word, c.Term)
			if m.mayPlace(k, strings.Contains(word, star)) && !slices.Contains(all, k) {
				all = append(all, k)
			}
		}
	}
	slices.SortFunc(all, func(a, b keyword) int {
		return cmp.Or(cmp.Compare(len(b.word), len(a.word)), cmp.Compare(a.word, b.word))
	})
	if len(all) > 0 {
		m.keywords[language] = newLexicon(all)
	}
}

// mayPlace reports whether a keyword means its category and no other.
func (m *Mapper) mayPlace(k keyword, starred bool) bool {
	category, named := m.labels[k.word]
	switch {
	case named && category != k.category || !named && !starred:
		return false
	case k.before && k.after && utf8.RuneCountInString(k.word) < 2:
		return false
	}
	return k.word != "" && !strings.Contains(k.word, blank)
}
