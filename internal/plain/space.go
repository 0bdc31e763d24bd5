package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine makes one line of a text. White space becomes one space, and none stands at the
// ends; but a full-width space (U+3000) and those that keep a number together (U+00A0,
// U+202F) stay where they are the only kind between two words: in 椿まつり　城址公園 the
// space means something. Lines of Chinese and Japanese follow one another without a space
// behind the end of a sentence.
//
// Of a text that nobody would see it leaves nothing.
func OneLine(s string) string {
	if IsBlank(s) {
		return ""
	}
	s = strings.TrimFunc(s, func(r rune) bool { return isWhite(r) || r == '\u200B' || r == '\u2060' || r == '\u00AD' })
	var b strings.Builder
	b.Grow(len(s))
	var gap gap
	done := 0 // how much is written
	for i, r := range s {
		switch {
		case isWhite(r):
			if gap.first == 0 {
				b.WriteString(s[done:i])
			}
			gap.add(r)
			done = i + utf8.RuneLen(r)
		case gap.first != 0:
			before, _ := utf8.DecodeLastRuneInString(b.String())
			if !gap.lines || !isCJKEnd(before) {
				b.WriteRune(gap.space())
			}
			gap.first, gap.mixed, gap.lines = 0, false, false
		}
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// IsBlank reports whether nobody would see anything of a text.
func IsBlank(s string) bool {
	for _, r := range s {
		if !isWhite(r) && !isUnseen(r) {
			return false
		}
	}
	return true
}

// isWhite is unicode.IsSpace for who asks of each character.
func isWhite(r rune) bool {
	switch {
	case r < 0x80:
		return r == ' ' || r >= '\t' && r <= '\r'
	case r < 0x1680:
		return r == 0x85 || r == 0xA0
	case r < 0x3000:
		return unicode.IsSpace(r)
	}
	return r == 0x3000
}

// gap is the white space between two words; the zero value is none.
type gap struct {
	first        rune
	mixed, lines bool // it has several kinds, and ends a line
}

func (g *gap) add(r rune) {
	switch r {
	case '\n', '\r', '\u0085', '\u2028', '\u2029':
		g.lines = true
	}
	g.mixed = g.mixed || g.first != 0 && g.first != r
	if g.first == 0 {
		g.first = r
	}
}

// space is what stands for the gap.
func (g *gap) space() rune {
	switch g.first {
	case '\u3000', '\u00A0', '\u202F':
		if !g.mixed {
			return g.first
		}
	}
	return ' '
}

// isCJKEnd reports whether a sentence or a phrase of Chinese or Japanese ends with a
// character, which has the space behind it in itself.
func isCJKEnd(r rune) bool {
	switch r {
	case '。', '！', '？', '」', '』', '）', '】', '》', '、', '，', '；', '：', '｡', '｣':
		return true
	}
	return false
}

// isUnseen reports whether nobody sees a character that is no white space: it has no width,
// or is an empty letter.
func isUnseen(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x180E, r == 0x2800, r == 0x3164, r == 0xFEFF, r == 0xFFA0:
		return true
	}
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r >= 0xFE00 && r <= 0xFE0F
}

// Width is how wide a text is in columns, of which a character of East Asia takes two.
func Width(s string) (n int) {
	for _, r := range s {
		n += RuneWidth(r)
	}
	return n
}

// RuneWidth is how many columns a character takes: two, one, or none (Unicode Standard
// Annex 11; marks and what has no width take none).
func RuneWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x1F300 && r <= 0x1FAFF, r >= 0x20000 && r <= 0x3FFFD, r == '\u3000':
		return 2
	case unicode.In(r, unicode.Mn, unicode.Me), isUnseen(r):
		return 0
	}
	return 1
}

// MayCut reports whether a text may be cut between two characters: not within a word, be
// it of letters that have spaces between words or of katakana, nor between a figure and
// what it counts, nor within a character that is composed of several.
func MayCut(before, after rune) bool {
	switch {
	case isTie(before) || isTie(after) || isComposed(before, after):
		return false
	case unicode.IsSpace(before) || unicode.IsSpace(after):
		return true
	case isFigure(before) || isFigure(after):
		return !isCounted(before, after)
	case isKatakana(before) && isKatakana(after), strings.ContainsRune("、。，．！？）」』】ー々ぁぃぅぇぉっゃゅょゎ", after), strings.ContainsRune("（「『【", before):
		return false
	}
	return !isSpaced(before) || !isSpaced(after)
}

// isComposed reports whether two characters are what a reader takes for one.
func isComposed(before, after rune) bool {
	return unicode.In(after, unicode.Mn, unicode.Mc, unicode.Me) || isUnseen(after) || before == '\u200D' || isLeadingVowel(before)
}

// isCounted reports whether characters of which at least one is a figure are of one
// number, or of it and what it counts.
func isCounted(before, after rune) bool {
	if isFigure(before) {
		return isFigure(after) || unicode.IsLetter(after) || strings.ContainsRune(".,:%％．，：", after)
	}
	return before == '第' || isSpaced(before) || strings.ContainsRune(".,:．，：/−-", before)
}

func isKatakana(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }

// isTie reports whether a space keeps together what it stands between.
func isTie(r rune) bool { return r == '\u00A0' || r == '\u202F' }

// isFigure reports whether a character is of a number.
func isFigure(r rune) bool { return unicode.IsDigit(r) }

// isSpaced reports whether a letter is of a script that has spaces between words.
func isSpaced(r rune) bool {
	return unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// isLeadingVowel reports whether a vowel of Thai belongs to the consonant behind it.
func isLeadingVowel(r rune) bool { return r >= 'เ' && r <= 'ไ' }
