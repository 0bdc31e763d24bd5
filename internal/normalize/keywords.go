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
	if len(words) == 0 {
		return ""
	}
	scores := map[string]int{}
	for text, weight := range map[string]int{fold(a.Title): inTitle, fold(a.Summary): inSummary} {
		for _, k := range found(text, words) {
			scores[k.category] += weight
		}
	}
	best, most, tied := "", leastScore-1, false
	for category, score := range scores {
		switch {
		case score > most:
			best, most, tied = category, score, false
		case score == most:
			tied = true
		}
	}
	if tied {
		return ""
	}
	return best
}

// keywordsOf returns the words of a language: of en for en-GB.
func (m *Mapper) keywordsOf(language string) []keyword {
	for tag := language; tag != ""; {
		if words, ok := m.keywords[tag]; ok {
			return words
		}
		i := strings.LastIndexByte(tag, '-')
		tag = tag[:max(i, 0)]
	}
	return nil
}

// found returns the words that stand in a text, each once. Where a longer one stands
// a shorter one within it does not count.
func found(text string, words []keyword) (hits []keyword) {
	for _, k := range words { // the longest first
		if i := index(text, k); i >= 0 {
			hits = append(hits, k)
			for ; i >= 0; i = index(text, k) {
				text = text[:i] + "\x00" + text[i+len(k.word):]
			}
		}
	}
	return hits
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

func isUnspaced(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Hangul)
	})
}

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
			if m.labels[k.word] != c.Term || k.unspaced && utf8.RuneCountInString(k.word) < 2 || slices.Contains(all, k) {
				continue
			}
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b keyword) int {
		return cmp.Or(cmp.Compare(len(b.word), len(a.word)), cmp.Compare(a.word, b.word))
	})
	if len(all) > 0 {
		m.keywords[language] = all
	}
}
