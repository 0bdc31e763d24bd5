package entity

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf16"
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
		s, n := Reference(text)
		b.WriteString(s)
		text = text[n:]
		if i = bytes.IndexByte(text, '&'); i < 0 {
			b.Write(text)
			return b.String()
		}
	}
}

// DecodeString is [Decode] for a string.
func DecodeString(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return Decode([]byte(s))
}

// Plain decodes the references that are left in a text which should have none, as it was
// escaped once too often: those to spaces, quotation marks, dashes and letters. Those to the
// characters of markup stay, since who writes about HTML writes them.
func Plain(text string) string {
	i := strings.IndexByte(text, '&')
	if i < 0 {
		return text
	}
	var b strings.Builder
	for ; i >= 0; i = strings.IndexByte(text, '&') {
		b.WriteString(text[:i])
		text = text[i:]
		s, n := Reference([]byte(text[:min(len(text), 2*longestReference)]))
		if s == "&" || s == "<" || s == ">" {
			s = text[:n]
		}
		b.WriteString(s)
		text = text[n:]
	}
	return b.String() + text
}

// IsEscaped reports whether a text that should have no references was written for HTML: each
// ampersand in it begins one, and none is to a bracket, of which only texts about HTML tell.
func IsEscaped(text string) bool {
	i := strings.IndexByte(text, '&')
	if i < 0 || strings.IndexByte(text, '<') >= 0 {
		return false
	}
	for ; i >= 0; i = strings.IndexByte(text, '&') {
		text = text[i:]
		s, n := Reference([]byte(text[:min(len(text), 2*longestReference)]))
		if n == 1 || s == "<" || s == ">" {
			return false
		}
		text = text[n:]
	}
	return true
}

// Reference decodes the reference that the text begins with, and returns its length; of
// two that are the halves of one character, the length of both. An ampersand that begins
// none stands for itself.
func Reference(text []byte) (string, int) {
	end := bytes.IndexByte(text[:min(len(text), longestReference)], ';')
	if end < 2 {
		return "&", 1
	}
	name := text[1:end]
	if s := predefined(name); s != "" {
		return s, end + 1
	}
	switch {
	case name[0] == '#':
		if r, n := pair(text); n > 0 {
			return string(r), n
		}
		return numeric(text[:end+1])
	case bytes.ContainsFunc(name, func(c rune) bool { return !isAlphanumeric(c) }):
		return "&", 1
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

// predefined returns what one of the names stands for that XML has itself (XML 1.0 §4.6);
// "" for any other.
func predefined(name []byte) string {
	switch string(name) {
	case "amp":
		return "&"
	case "lt":
		return "<"
	case "gt":
		return ">"
	case "quot":
		return `"`
	case "apos":
		return "'"
	}
	return ""
}

func isAlphanumeric(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// numeric decodes a reference by number, and returns its length.
func numeric(reference []byte) (string, int) {
	digits := reference[len("&#") : len(reference)-1]
	r, ok := Number(digits)
	switch {
	case !ok && len(bytes.TrimLeft(digits, "0123456789xXabcdefABCDEF")) == 0:
		return "", len(reference) // a number that is no character
	case !ok:
		return "&", 1
	case r == '\f' || r == '\v': // which XML forbids, and which part words
		return " ", len(reference)
	case r >= 0x80 && r < 0xA0:
		return html.UnescapeString(string(reference)), len(reference) // windows-1252, as HTML reads it
	case !IsChar(r):
		return "", len(reference)
	}
	return string(r), len(reference)
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

// IsChar reports whether a character may be in a document of XML (1.0, §2.2, Char).
func IsChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}

// Two references to the halves of a character beyond U+FFFF, as Java, .NET and JavaScript
// count characters in UTF-16, stand for that character: "&#55357;&#56832;" is 😀. Neither
// XML nor HTML knows that (XML 1.0 §4.1, HTML §13.2.5.80), but who writes them means it.

// JoinPairs writes characters in the place of references to their halves. All other
// references are left. It returns what it is given where there is nothing to join.
func JoinPairs(text string) string {
	var b strings.Builder
	done := 0
	for i := 0; ; {
		at := strings.Index(text[i:], "&#")
		if at < 0 {
			break
		}
		i += at
		r, n := pair(text[i:])
		if n == 0 {
			i += len("&#")
			continue
		}
		b.WriteString(text[done:i])
		b.WriteRune(r)
		i += n
		done = i
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}

// pair returns the character whose halves the text begins with as two references, and the
// length of both; 0 where it does not.
func pair[T string | []byte](text T) (rune, int) {
	high, n := half(text)
	if n == 0 || high < 0xD800 || high > 0xDBFF {
		return 0, 0
	}
	low, m := half(text[n:])
	if r := utf16.DecodeRune(high, low); m > 0 && r != utf8.RuneError {
		return r, n + m
	}
	return 0, 0
}

// half returns the number of the reference to a surrogate that the text begins with, and
// its length; 0 where it begins with none.
func half[T string | []byte](text T) (rune, int) {
	const longest = len("&#x0000DFFF;")
	if len(text) < len("&#xDFFF;") || text[0] != '&' || text[1] != '#' {
		return 0, 0
	}
	for i := len("&#"); i < min(len(text), longest); i++ {
		if text[i] != ';' {
			continue
		}
		r, ok := Number([]byte(text[len("&#"):i]))
		if !ok || !utf16.IsSurrogate(r) {
			return 0, 0
		}
		return r, i + 1
	}
	return 0, 0
}
