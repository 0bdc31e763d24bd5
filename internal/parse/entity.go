package parse

import (
	"bytes"
	"html"
	"strings"
)

// longestReference is the length in bytes of HTML's longest reference,
// "&CounterClockwiseContourIntegral;", with a margin.
const longestReference = 40

// unescape decodes character references once: numeric ones, and the names that XML
// and HTML know, in both only where a semicolon ends them, so that the ampersands
// of addresses stay. A reference to a character that XML forbids is dropped.
func unescape(text []byte) string {
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

// unescapeString is unescape for a string.
func unescapeString(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return unescape([]byte(s))
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
		r, ok := charReference(name[1:])
		switch {
		case !ok && bytes.Equal(bytes.TrimLeft(name[1:], "0123456789xXabcdefABCDEF"), nil):
			return "", end + 1 // a number that is no character
		case !ok:
			return "&", 1
		case r >= 0x80 && r < 0xA0:
			return html.UnescapeString(string(text[:end+1])), end + 1 // windows-1252, as HTML reads it
		case !isXMLChar(r):
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
