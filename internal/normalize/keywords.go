package normalize

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
)

// keyword is a word that stands for a category in one language.
type keyword struct {
	word     string // folded
	category string
	unspaced bool // its script has no spaces between words, or endings grow on them
}

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
	for tag := language; tag != ""; {
		if words, ok := m.keywords[tag]; ok {
			return words
		}
		i := strings.LastIndexByte(tag, '-')
		tag = tag[:max(i, 0)]
	}
	return nil
}

// index returns where a word stands: anywhere in a script without spaces, else where
// no letter or digit touches it.
func index(text string, k keyword) int {
	for from := 0; ; {
		i := strings.Index(text[from:], k.word)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(k.word):])
		if k.unspaced || !isWord(before) && !isWord(after) {
			return i
		}
		from = i + 1
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

func isUnspaced(word string) bool { return strings.ContainsFunc(word, isOfUnspaced) }

// addKeywords takes in the words of a language by the messages of the categories.
// What two categories are called by, in any language, places nothing; nor does a
// single character of a script without spaces, which is part of too many words.
func (m *Mapper) addKeywords(language string, words map[string][]string, categories []feeds.Category) {
	var all []keyword
	for _, c := range categories {
		own := slices.Clone(words["category."+c.Term])
		if label := c.Labels[language]; label != "" {
			own = append(own, label)
		}
		for _, word := range own {
			k := keyword{fold(word), c.Term, isUnspaced(word)}
			if m.labels[k.word] != c.Term || k.unspaced && utf8.RuneCountInString(k.word) < 2 ||
				strings.Contains(k.word, blank) || slices.Contains(all, k) {
				continue
			}
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b keyword) int {
		return cmp.Or(cmp.Compare(len(b.word), len(a.word)), cmp.Compare(a.word, b.word))
	})
	if len(all) > 0 {
		m.keywords[language] = newLexicon(all)
	}
}
