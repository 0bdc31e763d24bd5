package entity

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"
)

// longestReference is the length in bytes of HTML's longest reference,
// "&CounterClockwiseContourIntegral;", with a margin.
const longestReference = 40

// Decode decodes character references once: numeric ones, and the names that XML
// and HTML know, in both only where a semicolon ends them, so that the ampersands
// of addresses stay. A reference to a character that XML forbids is dropped.
func Decode(text []byte) string {
	i := bytes.IndexByte(text, '&')
	if i < 0 {
		return string(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	for {
		b.Write(text[:i])
		text = text[i:]
		s, n := reference(text)
		b.WriteString(s)
		text = text[n:]
		if i = bytes.IndexByte(text, '&'); i < 0 {
			b.Write(text)
			return b.String()
		}
	}
}

// DecodeString is unescape for a string.
func DecodeString(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return Decode([]byte(s))
}

// reference decodes the reference that the text begins with, and returns its length.
// An ampersand that begins none stands for itself.
func reference(text []byte) (string, int) {
	end := bytes.IndexByte(text[:min(len(text), longestReference)], ';')
	if end < 2 {
		return "&", 1
	}
	name := text[1:end]
	switch string(name) {
	case "amp":
		return "&", end + 1
	case "lt":
		return "<", end + 1
	case "gt":
		return ">", end + 1
	case "quot":
		return `"`, end + 1
	case "apos":
		return "'", end + 1
	}
	if name[0] == '#' {
		r, ok := Number(name[1:])
		switch {
		case !ok && bytes.Equal(bytes.TrimLeft(name[1:], "0123456789xXabcdefABCDEF"), nil):
			return "", end + 1 // a number that is no character
		case !ok:
			return "&", 1
		case r >= 0x80 && r < 0xA0:
			return html.UnescapeString(string(text[:end+1])), end + 1 // windows-1252, as HTML reads it
		case !IsChar(r):
			return "", end + 1
		}
		return string(r), end + 1
	}
	for _, c := range name {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9') {
			return "&", 1
		}
	}
	// html.UnescapeString also knows names without a semicolon, such as "&copy=2":
	// only what the semicolon belongs to is a reference.
	span := string(text[:end+1])
	s := html.UnescapeString(span)
	if s == span || strings.HasSuffix(s, ";") {
		return "&", 1
	}
	return s, end + 1
}

// Number reads what stands between "&#" and ";".
func Number(digits []byte) (rune, bool) {
	base := rune(10)
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	var r rune
	for _, d := range digits {
		var v rune
		switch {
		case '0' <= d && d <= '9':
			v = rune(d - '0')
		case base == 16 && 'a' <= d|0x20 && d|0x20 <= 'f':
			v = rune(d|0x20-'a') + 10
		default:
			return 0, false
		}
		if r = r*base + v; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0
}

// IsChar is the production Char of XML 1.0 §2.2.
func IsChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
