package date

import (
	"strconv"
	"strings"
	"unicode"
)

// normalize spells a date so that the reader meets one form of each thing:
// digits of ASCII, small letters, no marks of direction; what stands in
// parentheses is left out unless it names a zone.
func normalize(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	paren := -1 // where in b a parenthesis began
	for _, c := range s {
		switch {
		case c >= '０' && c <= '９':
			c = '0' + c - '０'
		case c >= '٠' && c <= '٩':
			c = '0' + c - '٠'
		case c >= '۰' && c <= '۹':
			c = '0' + c - '۰'
		case c >= '๐' && c <= '๙':
			c = '0' + c - '๐'
		case c >= '०' && c <= '९':
			c = '0' + c - '०'
		case c == '：':
			c = ':'
		case c == '／':
			c = '/'
		case c == '．' || c == '۔':
			c = '.'
		case c == '－' || c == '‐' || c == '‑' || c == '–' || c == '—':
			c = '-'
		case c == '\u0130':
			c = 'i'
		case c == '（' || c == '(' || c == '[' || c == '【':
			if paren < 0 {
				paren = b.Len()
			}
			c = ' '
		case c == '）' || c == ')' || c == ']' || c == '】':
			if paren >= 0 {
				inner := strings.TrimSpace(b.String()[paren:])
				if _, ok := zones[inner]; !ok {
					kept := b.String()[:paren]
					b.Reset()
					b.WriteString(kept)
				}
				paren = -1
			}
			c = ' '
		case c >= '\u200B' && c <= '\u200F', c >= '\u202A' && c <= '\u202E', c >= '\u2066' && c <= '\u2069', c == '\uFEFF', c == 'ـ':
			continue
		case unicode.IsSpace(c):
			c = ' '
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return hanNumerals(strings.TrimSpace(b.String()))
}

// hanNumerals writes 二〇二六年四月一日 with digits.
func hanNumerals(s string) string {
	if !strings.ContainsAny(s, "年月日") || !strings.ContainsAny(s, "〇零一二三四五六七八九十") {
		return s
	}
	var out, run strings.Builder
	flush := func(unit rune) {
		if run.Len() > 0 && (unit == '年' || unit == '月' || unit == '日') {
			out.WriteString(strconv.Itoa(hanNumber(run.String())))
		} else {
			out.WriteString(run.String())
		}
		run.Reset()
	}
	for _, c := range s {
		if strings.ContainsRune("〇零一二三四五六七八九十", c) {
			run.WriteRune(c)
			continue
		}
		flush(c)
		out.WriteRune(c)
	}
	flush(0)
	return out.String()
}

// hanNumber reads 二〇二六 and 二十一.
func hanNumber(s string) int {
	n, tens := 0, 0
	for _, c := range s {
		if c == '十' {
			tens, n = max(n, 1)*10, 0
			continue
		}
		d := strings.IndexRune("〇一二三四五六七八九", c) / len("〇")
		n = n*10 + max(d, 0)
		if n > 9999 {
			return 0
		}
	}
	return tens + n
}
