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
		switch c = plainSpelling(c); c {
		case unseen:
			continue
		case '(':
			if paren < 0 {
				paren = b.Len()
			}
			c = ' '
		case ')':
			if paren >= 0 {
				leaveOut(&b, paren)
				paren = -1
			}
			c = ' '
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return hanNumerals(strings.TrimSpace(b.String()))
}

// leaveOut takes what stands from there on out of a spelling, unless it names a zone.
func leaveOut(b *strings.Builder, from int) {
	if _, ok := zones[strings.TrimSpace(b.String()[from:])]; ok {
		return
	}
	kept := b.String()[:from]
	b.Reset()
	b.WriteString(kept)
}

// unseen stands for a character that is not seen, such as a mark of direction.
const unseen = -1

// plainSpelling returns the one form of characters that mean the same in a date: digits,
// signs, spaces, and parentheses of all kinds.
func plainSpelling(c rune) rune {
	switch c {
	case '：':
		return ':'
	case '／':
		return '/'
	case '．', '۔':
		return '.'
	case '－', '‐', '‑', '–', '—':
		return '-'
	case '\u0130':
		return 'i'
	case '（', '(', '[', '【':
		return '('
	case '）', ')', ']', '】':
		return ')'
	case '\uFEFF', 'ـ':
		return unseen
	}
	switch {
	case c >= '\u200B' && c <= '\u200F', c >= '\u202A' && c <= '\u202E', c >= '\u2066' && c <= '\u2069':
		return unseen
	case unicode.IsSpace(c):
		return ' '
	}
	return plainDigit(c)
}

// plainDigit returns a digit of ASCII for one of the scripts of our locales.
func plainDigit(c rune) rune {
	for _, zero := range "０٠۰๐०" {
		if c >= zero && c <= zero+9 {
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
