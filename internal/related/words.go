package related

import (
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
)

const (
	// stem is how many letters of a word count.
	stem = 5
	// mostTerms bounds the terms of one article. Those of the title come first.
	mostTerms = 96
	// titleWeight is how often a word of the title counts.
	titleWeight = 3
	// textLength is how much of a text is read, in bytes.
	textLength = 1200
)

// term is a hashed word or pair of characters, with how often it occurs.
type term struct {
	hash  uint64
	count int
}

// terms returns what an article is compared by, in the order in which it occurs.
func termsOf(a feeds.Article) []term {
	list := &termList{at: map[uint64]int{}, weight: titleWeight}
	list.read(a.Title)
	list.weight = 1
	if text := strings.TrimSpace(a.Summary); text != "" {
		list.read(text)
	} else {
		list.read(plain.Text(a.Content, textLength))
	}
	return list.terms
}

type termList struct {
	terms  []term
	at     map[uint64]int
	weight int
}

// add counts a term.
func (l *termList) add(s string) {
	hash := fnv.New64a()
	hash.Write([]byte(s)) // never fails
	h := hash.Sum64()
	i, ok := l.at[h]
	if !ok {
		if len(l.terms) == mostTerms {
			return
		}
		i = len(l.terms)
		l.at[h] = i
		l.terms = append(l.terms, term{hash: h})
	}
	l.terms[i].count += l.weight
}

// read takes a text apart into its words.
func (l *termList) read(text string) {
	if len(text) > textLength {
		text = strings.ToValidUTF8(text[:textLength], "")
	}
	text = cases.Fold().String(norm.NFKC.String(text))
	w := wordReader{list: l}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r) || r == stretch:
			w.mark(r)
		case isUnspaced(r):
			if len(w.word) > 0 {
				w.end()
			}
			w.clusters = append(w.clusters, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(w.clusters) > 0 {
				w.end()
			}
			w.word = append(w.word, unifyArabic(r))
		default: // also the apostrophe of l'eau, the mayor's and Ankara'nın
			w.end()
		}
	}
	w.end()
}

// stretch is the stroke that stretches a word in Arabic.
const stretch = 'ـ'

// wordReader holds the word that is being read.
type wordReader struct {
	list     *termList
	word     []rune   // of a script with spaces
	clusters []string // of one without: each a letter with its marks
}

// mark takes a mark above or below a letter, or a stretch. Marks are part of a letter in
// Thai, and may be left out in Arabic.
func (w *wordReader) mark(r rune) {
	if n := len(w.clusters); n > 0 {
		w.clusters[n-1] += string(r)
	} else if len(w.word) > 0 && !unicode.Is(unicode.Arabic, r) && r != stretch {
		w.word = append(w.word, r)
	}
}

// end adds the terms of the word that ends.
func (w *wordReader) end() {
	if len(w.word) > 1 && !isSmallNumber(w.word) {
		w.list.add(string(stemOf(w.word)))
	}
	for i := range max(0, len(w.clusters)-1) {
		w.list.add(w.clusters[i] + w.clusters[i+1])
	}
	if len(w.clusters) == 1 && isIdeograph(w.clusters[0]) {
		w.list.add(w.clusters[0]) // 春 is a word
	}
	w.word, w.clusters = w.word[:0], w.clusters[:0]
}

// stemOf returns the part of a word that counts.
func stemOf(word []rune) []rune {
	word = withoutArticle(word)
	return word[:min(stem, len(word))]
}

// arabicArticles stand before a noun without a space.
var arabicArticles = [...]string{"وال", "بال", "كال", "فال", "لل", "ال"}

// withoutArticle takes the Arabic article off, where enough is left.
func withoutArticle(word []rune) []rune {
	if !unicode.Is(unicode.Arabic, word[0]) {
		return word
	}
	s := string(word)
	for _, article := range arabicArticles {
		if rest, ok := strings.CutPrefix(s, article); ok {
			if r := []rune(rest); len(r) >= 3 {
				return r
			}
		}
	}
	return word
}

// unifyArabic writes letters alike that are often written for one another.
func unifyArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى':
		return 'ي'
	case 'ة':
		return 'ه'
	}
	return r
}

// isSmallNumber reports whether a word is a day, a month or the like.
func isSmallNumber(word []rune) bool {
	for _, r := range word {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return len(word) < 3
}

// isUnspaced reports whether a letter is of a script in which a space does not end each word.
func isUnspaced(r rune) bool {
	return r >= 0x0E00 && unicode.IsLetter(r) &&
		(r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

func isIdeograph(s string) bool {
	for _, r := range s {
		return unicode.Is(unicode.Han, r)
	}
	return false
}
