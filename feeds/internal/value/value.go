package value

import (
	"fmt"
	"mime"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/language"
)

// Undetermined is BCP 47's tag for a language that nothing told.
const Undetermined = "und"

// Legal returns s without the characters that XML 1.0 §2.2 forbids, without noncharacters
// and without bytes that are not UTF-8, its line ends as XML would normalize them.
func Legal(s string) string {
	if IsLegal(s) && strings.IndexByte(s, '\r') < 0 && Noncharacter(s) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == utf8.RuneError || !IsChar(r) || isNoncharacter(r):
			return -1
		}
		return r
	}, s)
}

// IsLegal reports whether s is UTF-8 and has only characters that XML allows.
func IsLegal(s string) bool {
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

// IsChar reports whether a character may be in a document of XML (1.0, §2.2, Char).
func IsChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// Noncharacter returns where in s the first code point stands that is no character and never
// will be one (Unicode §23.7); -1 if there is none. XML discourages those that it allows, and
// HTML calls each an error (XML 1.0 §2.2, HTML §13.2.3.5).
func Noncharacter(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < 0xEF { // none of them begins below
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[i:]); isNoncharacter(r) {
			return i
		}
	}
	return -1
}

func isNoncharacter(r rune) bool { return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE }

// Line returns s as one line: legal, with each run of white space as one space and
// none around it. Spaces that a typesetter chose (no-break, full-width) stay as they
// are between words.
func Line(s string) string {
	s = Legal(s)
	gap := true // whether a gap here would be one too many
	for i, r := range s {
		if isGap(r) && (r != ' ' || gap || i == len(s)-1) {
			s = strings.Join(strings.FieldsFunc(s, isGap), " ")
			break
		}
		gap = r == ' '
	}
	return strings.TrimSpace(s)
}

// isGap reports whether a character is white space of which any amount is one space.
func isGap(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u3000' }

// IsIRI reports whether s is an absolute IRI (RFC 3987 §2.2): a scheme, and after it
// no character that would have to be encoded. The schemes http and https need a
// host.
func IsIRI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || !isScheme(scheme) || !isEncoded(rest) || !IsLegal(s) {
		return false
	}
	if !IsWebScheme(scheme) {
		return true
	}
	if !strings.HasPrefix(rest, "//") {
		return false
	}
	host, _, _ := strings.Cut(rest[2:], "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	return host != "" && host[0] != ':' && host[0] != '?' && host[0] != '#'
}

// isScheme reports whether a text is a scheme (RFC 3986 §3.1).
func isScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isLower(c | 0x20):
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return s != ""
}

// isEncoded reports whether no character of ASCII would have to be encoded.
func isEncoded(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) || isUnsafe(s[i]) {
			return false
		}
	}
	return true
}

// isUnsafe reports whether a byte of ASCII may not stand in an address.
func isUnsafe(c byte) bool { return c <= 0x20 || c == 0x7F || delimiters[c] }

// delimiters are the printable characters of ASCII that no address may hold (RFC 3987
// §2.2), beside the percent sign that begins an encoded one.
var delimiters = [256]bool{'<': true, '>': true, '"': true, '{': true, '}': true, '|': true, '\\': true, '^': true, '`': true}

func IsWebScheme(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// IsWebIRI reports whether s is an absolute http or https address.
func IsWebIRI(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return ok && IsWebScheme(scheme) && IsIRI(s)
}

// WebURI returns s as an absolute http or https address in ASCII (RFC 3986), since
// RSS and JSON Feed know no IRI: characters that a URI may not hold are encoded, a
// host in another script becomes its ASCII form (RFC 5891). "" if it can't be one.
func WebURI(s string) string {
	if IsWebURI(s) {
		return s
	}
	s = strings.TrimSpace(Legal(s))
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || !IsWebScheme(scheme) {
		return ""
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority := rest[:end]
	if !IsASCII(authority) {
		host, port, _ := strings.Cut(authority, ":")
		host, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return ""
		}
		if authority = host; port != "" {
			authority += ":" + port
		}
	}
	if s = scheme + "://" + authority + escaped(rest[end:]); IsWebURI(s) {
		return s
	}
	return ""
}

// IsWebURI reports whether s is an absolute http or https address of RFC 3986: in ASCII, of a
// host that has a name, with brackets around an address of IPv6 alone (§3.2.2), and with one
// number sign at most, which begins the fragment (§3.5).
func IsWebURI(s string) bool {
	if !IsWebIRI(s) || !IsASCII(s) {
		return false
	}
	_, rest, _ := strings.Cut(s, "://")
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority, rest = rest[:end], rest[end:]
	} else {
		rest = ""
	}
	return !strings.ContainsAny(rest, "[]") && strings.Count(rest, "#") <= 1 && isAuthority(authority)
}

// isAuthority reports whether a host, with a port and who asks or without, has a name or a
// number, and a port that is one.
func isAuthority(authority string) bool {
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, port, ok := strings.Cut(inner, "]")
		return ok && strings.Contains(inner, ":") && isPort(port)
	}
	name, port, found := strings.Cut(host, ":")
	if found {
		port = ":" + port
	}
	return strings.Trim(name, ".") != "" && !strings.ContainsAny(authority, "[]") && isPort(port)
}

// isPort reports whether what follows a host is nothing, or a colon and a number.
func isPort(s string) bool {
	digits, ok := strings.CutPrefix(s, ":")
	return s == "" || ok && strings.Trim(digits, "0123456789") == ""
}

// escaped returns a path with its query, in which what a URI may not hold is
// percent-encoded (RFC 3987 §3.1), a percent sign that encodes nothing among it.
func escaped(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s) + 16)
	inFragment := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isUnsafe(c) || c >= utf8.RuneSelf || c == '[' || c == ']' || c == '#' && inFragment,
			c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		default:
			inFragment = inFragment || c == '#'
			b.WriteByte(c)
		}
	}
	return b.String()
}

func IsASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// IsLangTag reports whether s is a well-formed language tag (RFC 5646 §2.1) that the
// registry's data know.
func IsLangTag(s string) bool {
	if len(s) == 2 && isLower(s[0]) && isLower(s[1]) {
		// Most tags; the registry is asked only for the rest.
		_, err := language.ParseBase(s)
		return err == nil
	}
	_, err := language.Raw.Parse(s)
	return err == nil && !strings.Contains(s, "_")
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// LangTag returns s if it is a language tag, else the undetermined one.
func LangTag(s string) string {
	if s == Undetermined || IsLangTag(s) {
		return s
	}
	return Undetermined
}

// IsMediaType reports whether s is a type and a subtype (RFC 2045 §5.1).
func IsMediaType(s string) bool {
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

// isToken reports whether a text is a token of RFC 2045 §5.1, less what RFC 6838 §4.2
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

// IsEmail reports whether a text is of RFC 4287 §3.2.3's pattern: something, an at sign,
// something, and no white space.
func IsEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && strings.IndexByte(s[at+1:], '@') < 0 && !strings.ContainsAny(s, " \t\r\n<>") && IsLegal(s)
}

// IsRaster reports whether an address may be that of a GIF, JPEG or PNG.
func IsRaster(address string) bool {
	address, _, _ = strings.Cut(address, "?")
	switch strings.ToLower(path.Ext(address)) {
	case ".svg", ".webp", ".avif", ".ico", ".bmp":
		return false
	}
	return true
}

// Excerpt quotes the beginning of a value.
func Excerpt(s string) string {
	if len(s) > 60 {
		n := 60
		for !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n] + "…"
	}
	return fmt.Sprintf("%q", s)
}
