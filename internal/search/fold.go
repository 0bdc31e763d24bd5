package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold returns a letter or digit of normalized text beyond ASCII as it is compared: small, without marks
// that readers leave out, and one for letters that are often written for one another.
func fold(r rune) string {
	if unicode.IsDigit(r) {
		return string('0' + digit(r))
	}
	r = unicode.ToLower(r)
	if unicode.In(r, unicode.Latin, unicode.Greek) {
		r = base(r)
	}
	if folded, ok := written[r]; ok {
		return folded
	}
	return string(r)
}

// ascii are the letters and digits of ASCII, folded; 0 for what is none.
var ascii = func() (table [utf8.RuneSelf]rune) {
	for r := range rune(len(table)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			table[r] = unicode.ToLower(r)
		}
	}
	return table
}()

// written are letters that Unicode doesn't take apart into one and its marks, as readers write
// them who lack them on their keyboards; and those that stand for one another.
var written = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ŋ': "n",
	'ı': "i",           // of Turkish; İ comes as an i with a dot above
	'ς': "σ",           // at the end of a word
	'ё': "е", 'ѐ': "е", // Russian prints е; but й is no и
	'ґ': "г",
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا",
	'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه",
}

// base returns a letter without its marks.
func base(r rune) rune {
	for _, first := range string(norm.NFD.PropertiesString(string(r)).Decomposition()) {
		return first
	}
	return r
}

// digit returns the value of a decimal digit. Those of a script stand in a row from its 0 on
// (Unicode Standard, 4.6 Numeric Value).
func digit(r rune) rune {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return r - zero
}

// isLeftOut reports whether a character counts as nothing within a word: marks that readers
// leave out, the stroke that stretches a word in Arabic, and what can't be seen. Marks are
// vowels in the scripts of India and in those of South East Asia.
func isLeftOut(r rune) bool {
	switch {
	case isCommon(r):
		return false
	case r == 'ـ', r == '\u093C', unicode.Is(unicode.Cf, r): // 093C is the dot of Nepali's loan words
		return true
	case unicode.Is(unicode.Mn, r):
		return unicode.In(r, unicode.Inherited, unicode.Arabic, unicode.Hebrew, unicode.Cyrillic, unicode.Syriac)
	}
	return false
}

// isOfRun reports whether a character is of a script in which no space ends a word, or whose
// particles stick to the nouns, and in which few characters are a word.
func isOfRun(r rune) bool {
	return isCommon(r) || r == 'ー' || r > 0x0FFF &&
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// isUnspacedLetter reports whether a character is a letter, or a part of one, of a script in
// which no space ends a word.
func isUnspacedLetter(r rune) bool {
	return r >= 0x0E00 && r < 0x1800 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// isCommon reports whether a character is of one of the blocks of which most texts without
// spaces are, where all are letters. By themselves they are normalized.
func isCommon(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || // CJK Unified Ideographs
		r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA || // Hiragana, Katakana
		r >= 0xAC00 && r <= 0xD7A3 // Hangul Syllables
}

// stretch tells the scripts of Japanese apart, between which a word begins most often.
type stretch int

const (
	other stretch = iota
	han
	hiragana
	katakana
)

// stretchOf returns of what a character of a run is, behind one of a stretch.
func stretchOf(r rune, before stretch) stretch {
	switch {
	case r == 'ー':
		return before
	case r >= 0x4E00 && r <= 0x9FFF, unicode.Is(unicode.Han, r):
		return han
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r):
		return katakana
	}
	return other
}

// arabicArticles stand before a noun without a space.
var arabicArticles = [...]string{"وال", "بال", "كال", "فال", "لل", "ال"}

// leastStem is how many letters have to stay of a word of Arabic.
const leastStem = 3

// stem returns a word without the Arabic article. One that is taken off already stays as it is.
func stem(word string) string {
	if word < "\u0600" { // is of no Arabic
		return word
	}
	for _, article := range arabicArticles {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= leastStem {
			return stem(rest)
		}
	}
	return word
}

// withoutAnd returns a word without the Arabic "and" that may stand before it; "" where none
// does. What looks like one may belong to the word.
func withoutAnd(word string) string {
	if rest, ok := strings.CutPrefix(word, "و"); ok && utf8.RuneCountInString(rest) >= leastStem {
		return stem(rest)
	}
	return ""
}
