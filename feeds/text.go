package feeds

import (
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// undetermined is BCP 47's tag for a language that nothing told.
const undetermined = "und"

// legal returns s without the characters that XML 1.0 §2.2 forbids and without
// bytes that are not UTF-8, its line ends as XML would normalize them.
func legal(s string) string {
	if isLegal(s) && strings.IndexByte(s, '\r') < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == utf8.RuneError || !isXMLChar(r):
			return -1
		}
		return r
	}, s)
}

// isLegal tells whether s is UTF-8 and has only characters that XML allows.
func isLegal(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x20 && c < 0x80 || c == '\n' || c == '\t' || c == '\r':
		case c < 0x80:
			return false
		case c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE: // U+FFFE, U+FFFF
			return false
		}
	}
	return utf8.ValidString(s)
}

// isXMLChar is the production Char of XML 1.0 §2.2.
func isXMLChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// line returns s as one line: legal, with each run of white space as one space and
// none around it.
func line(s string) string {
	s = legal(s)
	spaces := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) && r != '\u3000' && r != '\u00a0' {
				return strings.Join(strings.Fields(s), " ")
			}
			continue
		}
		if s[i] == '\n' || s[i] == '\t' || s[i] == '\r' || s[i] == ' ' && (spaces == i || i == len(s)-1) {
			return strings.Join(strings.Fields(s), " ")
		}
		if s[i] == ' ' {
			spaces = i + 1
		}
	}
	return s
}

// isIRI tells whether s is an absolute IRI (RFC 3987 §2.2): a scheme, and after it
// no character that would have to be encoded. The schemes http and https need a
// host.
func isIRI(s string) bool {
	colon := -1
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '\\' || c == '^' || c == '`':
			return false
		case c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			return false
		case colon >= 0:
		case c == ':':
			colon = i
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	if colon < 1 || colon+1 == len(s) || !isLegal(s) {
		return false
	}
	if isWebScheme(s[:colon]) {
		rest := s[colon+1:]
		if !strings.HasPrefix(rest, "//") {
			return false
		}
		host, _, _ := strings.Cut(rest[2:], "/")
		if at := strings.LastIndexByte(host, '@'); at >= 0 {
			host = host[at+1:]
		}
		return host != "" && host[0] != ':' && host[0] != '?' && host[0] != '#'
	}
	return true
}

func isWebScheme(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// isWebIRI tells whether s is an absolute http or https address.
func isWebIRI(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return ok && isWebScheme(scheme) && isIRI(s)
}

// webIRI returns s as an absolute http or https address, with the characters
// encoded that an IRI may not hold; "" if it can't be one.
func webIRI(s string) string {
	if isWebIRI(s) {
		return s
	}
	s = strings.TrimSpace(legal(s))
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= 0x20 || c == 0x7F || strings.IndexByte("<>\"{}|\\^`", c) >= 0,
			c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			const digits = "0123456789ABCDEF"
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		default:
			b.WriteByte(c)
		}
	}
	if s = b.String(); isWebIRI(s) {
		return s
	}
	return ""
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// isLangTag tells whether s is a well-formed language tag (RFC 5646 §2.1) that the
// registry's data know.
func isLangTag(s string) bool {
	if len(s) == 2 && isLower(s[0]) && isLower(s[1]) {
		// Most tags; the registry is asked only for the rest.
		_, err := language.ParseBase(s)
		return err == nil
	}
	_, err := language.Raw.Parse(s)
	return err == nil && !strings.Contains(s, "_")
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// langTag returns s if it is a language tag, else the undetermined one.
func langTag(s string) string {
	if s == undetermined || isLangTag(s) {
		return s
	}
	return undetermined
}

// isMediaType tells whether s is a type and a subtype (RFC 2045 §5.1).
func isMediaType(s string) bool {
	t, sub, ok := strings.Cut(s, "/")
	if ok && isToken(t) && isToken(sub) {
		return true
	}
	if !strings.Contains(s, ";") {
		return false
	}
	m, _, err := mime.ParseMediaType(s)
	return err == nil && strings.Contains(m, "/")
}

// isToken is the production token of RFC 2045 §5.1, less what RFC 6838 §4.2
// forbids in names of types.
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$&-^_.+", c) >= 0) {
			return false
		}
	}
	return s != ""
}

// isEmail is RFC 4287 §3.2.3's pattern for an address: something, an at sign,
// something, and no white space.
func isEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && strings.IndexByte(s[at+1:], '@') < 0 && !strings.ContainsAny(s, " \t\r\n<>") && isLegal(s)
}
