package date

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// normalize spells a date so that the reader meets one form of each thing:
// digits of ASCII, small letters, no marks of direction; what stands in
// parentheses is left out unless it names a zone.
func normalize(s string) string {
	out := make([]byte, 0, longest)
	paren := -1 // where in out a parenthesis began
	for _, c := range s {
		switch c {
		case '（', '(', '[', '【':
			if paren < 0 {
				paren = len(out)
			}
			c = ' '
		case '）', ')', ']', '】':
			if paren >= 0 && !namesZone(out[paren:]) {
				out = out[:paren]
			}
			paren = -1
			c = ' '
		default:
			if isInvisible(c) {
				continue
			}
			c = inASCII(c)
		}
		out = utf8.AppendRune(out, unicode.ToLower(c))
	}
	return hanNumerals(string(bytes.TrimSpace(out)))
}

// namesZone reports whether what stands in parentheses is the name of a zone.
func namesZone(inner []byte) bool {
	_, ok := zones[string(bytes.TrimSpace(inner))]
	return ok
}

// isInvisible reports whether a character shows nothing: marks of direction, joiners,
// and what only makes an Arabic word longer.
func isInvisible(c rune) bool {
	return c >= '\u200B' && c <= '\u200F' || c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069' || c == '\uFEFF' || c == 'ـ'
}

// inASCII returns the character of ASCII that stands for one of another script, where
// there is one.
func inASCII(c rune) rune {
	switch c {
	case '：':
		return ':'
	case '／':
		return '/'
	case '．', '۔':
		return '.'
	case '－', '‐', '‑', '–', '—':
		return '-'
	case '\u0130': // a capital I with a dot, which has two characters when it is small
		return 'i'
	}
	if unicode.IsSpace(c) {
		return ' '
	}
	for _, zero := range [...]rune{'０', '٠', '۰', '๐', '०'} {
		if zero <= c && c <= zero+9 {
			return '0' + c - zero
		}
	}
	return c
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
