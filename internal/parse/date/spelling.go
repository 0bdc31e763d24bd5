package date

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// normalize spells a date so that the reader meets one form of each thing:
// digits of ASCII, small letters, no marks of direction; what stands in
// parentheses is left out unless it names a zone.
func normalize(s string) string {
	out := make([]byte, 0, longest)
	paren := -1 // where in out a parenthesis began
	for _, c := range composed(s) {
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

// composed writes what is one character in one place and two in another in one way: letters
// with their accents, and eras, months and hours that have a character of their own.
func composed(s string) string {
	if isASCII(s) {
		return s
	}
	if strings.ContainsFunc(s, isSquare) {
		var out strings.Builder
		for _, c := range s {
			if isSquare(c) {
				out.WriteString(norm.NFKC.String(string(c)))
			} else {
				out.WriteRune(c)
			}
		}
		s = out.String()
	}
	return norm.NFC.String(s)
}

// isSquare reports whether a character stands for several, or in a circle: ㋿ ㋅ ㏩ ㍢ ㊐.
func isSquare(c rune) bool { return c >= '\u3200' && c <= '\u33FF' }

// namesZone reports whether what stands in parentheses is the name of a zone, or GMT+7.
func namesZone(inner []byte) bool {
	inner = bytes.TrimSpace(inner)
	for _, name := range []string{"gmt", "utc"} {
		if rest, ok := bytes.CutPrefix(inner, []byte(name)); ok && len(rest) > 1 && len(bytes.Trim(rest, "+-−0123456789:")) == 0 {
			return true
		}
	}
	_, ok := zones[string(inner)]
	return ok || sharedZones[string(inner)] != nil || regions[string(inner)] != ""
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
	case '〜':
		return '~'
	case '\u0130': // a capital I with a dot, which has two characters when it is small
		return 'i'
	}
	if unicode.IsSpace(c) {
		return ' '
	}
	if c >= '！' && c <= '～' { // wide forms of ASCII
		return c - '！' + '!'
	}
	for _, zero := range [...]rune{'０', '٠', '۰', '๐', '०'} {
		if zero <= c && c <= zero+9 {
			return '0' + c - zero
		}
	}
	return c
}

// hanNumerals writes 二〇二六年四月一日十時 with digits.
func hanNumerals(s string) string {
	if !strings.ContainsAny(s, "年月日") || !strings.ContainsAny(s, hanDigits) {
		return s
	}
	var out, run strings.Builder
	flush := func(unit rune) {
		if run.Len() > 0 && strings.ContainsRune("年月日時时點点分", unit) {
			out.WriteString(strconv.Itoa(hanNumber(run.String())))
		} else {
			out.WriteString(run.String())
		}
		run.Reset()
	}
	for _, c := range s {
		if strings.ContainsRune(hanDigits, c) {
			run.WriteRune(c)
			continue
		}
		flush(c)
		out.WriteRune(c)
	}
	flush(0)
	return out.String()
}

// hanDigits are what numbers in dates are written with.
const hanDigits = "〇零一二三四五六七八九十百"

// hanNumber reads 二〇二六, 二十一 and 一百一十五.
func hanNumber(s string) int {
	n, tens := 0, 0
	for _, c := range s {
		switch c {
		case '十':
			tens, n = tens+max(n, 1)*10, 0
			continue
		case '百':
			tens, n = max(n, 1)*100, 0
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
