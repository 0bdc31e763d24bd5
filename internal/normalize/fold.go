package normalize

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold makes words comparable: without case, width and spaces around, and without what
// people leave out as they type: the dots of ё, İ and ı, the marks, hamzas and stretching
// of Arabic, the bend of an apostrophe.
func fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	if folded, ok := foldSimple(s); ok {
		return folded
	}
	return strings.Map(typed, cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(s), " "))))
}

// typed returns a folded character as people type who leave out what they can; -1 where
// that is nothing.
func typed(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r == 'ё':
		return 'е'
	case r == 'ı':
		return 'i'
	case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ة':
		return 'ه'
	case r == '‘' || r == '’' || r == 'ʼ':
		return '\''
	case r == '\u0307' || r == '\u0640' || r >= '\u064b' && r <= '\u0652': // of İ, the stretching, short vowels
		return -1
	}
	return r
}

// foldASCII is fold for words of ASCII letters that need no more than lower case.
func foldASCII(s string) (string, bool) {
	space := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && space {
			return "", false
		}
		space = c == ' '
	}
	return strings.ToLower(s), !space
}

// foldSimple is fold for a text of which foldRune knows every character.
func foldSimple(s string) (string, bool) {
	folded := make([]byte, 0, len(s)) // no character grows
	space := true                     // what stands before the text
	for _, r := range s {
		if r == ' ' || r >= '\t' && r <= '\r' || r == '\u3000' {
			if !space {
				folded = append(folded, ' ')
			}
			space = true
			continue
		}
		r, ok := foldRune(r)
		if !ok {
			return "", false
		}
		folded, space = utf8.AppendRune(folded, r), false
	}
	return strings.TrimSuffix(string(folded), " "), true
}

// foldRune returns what fold makes of a character that is no space, if that is one
// character whatever stands beside it: neither form of Unicode takes it apart, joins
// it with the one before or changes their order. Most letters of most languages are
// such; the others, as those of Thai with its marks, are left to the whole of fold.
func foldRune(r rune) (folded rune, ok bool) {
	if r < 0x7f {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, r > ' '
	}
	for _, f := range folds {
		if r <= f.last {
			return r + f.shift, r >= f.first
		}
	}
	return 0, false
}

// folds are the characters beyond ASCII that foldRune knows, in the order of Unicode,
// with what is added to each.
var folds = []struct{ first, last, shift rune }{
	{'À', 'Ö', 0x20},
	{'Ø', 'Þ', 0x20}, // without the sign ×
	{'à', 'ÿ', 0},
	{'А', 'Я', 0x20},
	{'а', 'ѐ', 0},
	{'ё', 'ё', 'е' - 'ё'},
	{'ђ', 'џ', 0},
	{'ء', 'ء', 0}, // Arabic, without marks
	{'آ', 'آ', 'ا' - 'آ'},
	{'أ', 'أ', 'ا' - 'أ'},
	{'ؤ', 'ؤ', 0},
	{'إ', 'إ', 'ا' - 'إ'},
	{'ئ', 'ب', 0},
	{'ة', 'ة', 'ه' - 'ة'},
	{'ت', '\u063f', 0},
	{'ف', 'و', 0},
	{'ى', 'ى', 'ي' - 'ى'},
	{'ي', 'ي', 0},
	{'‘', '‘', '\'' - '‘'}, // quotation marks
	{'’', '’', '\'' - '’'},
	{'‚', '‟', 0},
	{'、', '〟', 0},
	{'ぁ', 'ゖ', 0},
	{'ァ', 'ー', 0}, // with the middle dot between the letters
	{0x4e00, 0x9fff, 0},
	{'가', '힣', 0},
	{'！', '＠', '!' - '！'}, // the wide forms of ASCII
	{'Ａ', 'Ｚ', 'a' - 'Ａ'},
	{'［', '～', '!' - '！'},
}
