package address

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mend writes a reference as who wrote it meant it: without what stands around it, with
// its references decoded, and with one scheme, where it has one. What a browser reads as
// well is left to [Safe].
func mend(ref, base string) string {
	ref = strip(ref)
	if strings.IndexByte(ref, '&') >= 0 {
		ref = strip(dereference(ref))
	}
	ref = strip(unwrap(ref))
	ref = withoutReader(ref)
	if isNamedHost(ref, base) {
		return "//" + ref
	}
	if _, _, ok := webScheme(ref); ok || scheme(ref) != "" {
		return lastScheme(ref, base)
	}
	return slashed(ref)
}

// strip removes control characters, and what is not seen at both ends.
func strip(s string) string {
	return strings.TrimFunc(stripControls(s), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})
}

// dereference decodes the references of XML that were left in an address: a program that
// escaped twice leaves them, and so does one that escaped within CDATA. Names without a
// semicolon are parameters.
func dereference(s string) string {
	for range 3 {
		before := s
		if strings.Contains(s, "&#") {
			s = numericReferences(s)
		}
		if s = namedReferences.Replace(s); s == before {
			break
		}
	}
	return s
}

var namedReferences = strings.NewReplacer("&amp;", "&", "&AMP;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'")

// numericReferences decodes &#47; and &#x2F;.
func numericReferences(s string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "&#")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		digits, after, closed := strings.Cut(rest, ";")
		base, number := 10, digits
		if hex, isHex := strings.CutPrefix(strings.ToLower(digits), "x"); isHex {
			base, number = 16, hex
		}
		n, err := strconv.ParseUint(number, base, 21)
		if !closed || err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
			out.WriteString("&#")
			s = rest
			continue
		}
		out.WriteRune(rune(n))
		s = after
	}
}

// startsReference reports whether a text begins with what may be a numeric reference,
// rather than with a parameter's end and a fragment.
func startsReference(s string) bool {
	return len(s) > 2 && s[1] == '#' && (isDigit(s[2]) || s[2] == 'x' || s[2] == 'X')
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// quotes are what stands before an address and behind it where it is quoted.
var quotes = []struct{ open, end string }{
	{`"`, `"`}, {"'", "'"}, {"“", "”"}, {"„", "“"}, {"‘", "’"}, {"«", "»"}, {"「", "」"}, {"『", "』"}, {"《", "》"}, {"<", ">"},
}

// unwrap removes the quotes or angle brackets around an address, and takes it out of a link of
// HTML.
func unwrap(s string) string {
	for range 3 {
		before := s
		for _, q := range quotes {
			if inner, ok := strings.CutPrefix(s, q.open); ok {
				whole, closed := strings.CutSuffix(inner, q.end)
				if _, _, ok := webScheme(whole); (closed || ok) && !strings.ContainsAny(whole, "<>") { // the end may be forgotten
					s = strip(whole)
				}
			}
		}
		if strings.HasPrefix(s, "<") {
			s = inMarkup(s)
		}
		// RFC 1738, appendix: <URL:https://city.example/>
		if len(s) > 4 && strings.EqualFold(s[:4], "url:") {
			s = strip(s[4:])
		}
		if s == before {
			break
		}
	}
	return s
}

// inMarkup returns the address that a piece of HTML holds: that of its first link, else
// its text; the piece itself where it is none.
func inMarkup(s string) string {
	lower := strings.ToLower(s)
	if i := strings.Index(lower, "href="); i >= 0 && len(lower) == len(s) {
		value := s[i+len("href="):]
		if q := value; q != "" && (q[0] == '"' || q[0] == '\'') {
			value, _, _ = strings.Cut(q[1:], q[:1])
		} else if end := strings.IndexAny(value, " >"); end >= 0 {
			value = value[:end]
		}
		return strip(value)
	}
	_, text, ok := strings.Cut(s, ">")
	if text, _, _ = strings.Cut(text, "<"); ok && strip(text) != "" {
		return strip(text)
	}
	return s
}

// withoutReader takes the scheme away by which an address is opened in a feed reader, a
// calendar or a viewer: feed://city.example/ and feed:https://city.example/.
func withoutReader(s string) string {
	switch name := scheme(s); name {
	case "feed", "feeds", "rss", "itpc", "pcast", "podcast", "webcal", "webcals", "view-source":
		rest := s[len(name)+1:]
		if _, _, ok := webScheme(rest); ok {
			return rest
		}
		if !strings.HasPrefix(rest, "//") {
			return s
		}
		return "https:" + rest
	}
	return s
}

// isNamedHost reports whether a reference without a scheme begins with a host all the
// same: one that is called www, or the base's own.
func isNamedHost(ref, base string) bool {
	end := strings.IndexAny(ref, `/\?#`)
	if end < 0 {
		end = len(ref)
	}
	name := strings.ToLower(ref[:end])
	if rest, ok := strings.CutPrefix(name, "www."); ok && strings.Contains(strings.Trim(rest, "."), ".") && !strings.Contains(name, " ") {
		return true
	}
	if !strings.Contains(name, ".") || end == len(ref) || ref[end] != '/' {
		return false
	}
	u, err := url.Parse(base)
	return err == nil && strings.EqualFold(strings.TrimPrefix(u.Host, "www."), name)
}

// webScheme returns the scheme of an address and what stands behind its colon, where that
// is http or https. In "https//", the colon was forgotten.
func webScheme(s string) (scheme, rest string, ok bool) {
	for _, name := range []string{"https", "http"} {
		if len(s) > len(name) && strings.EqualFold(s[:len(name)], name) {
			rest = s[len(name):]
			if rest[0] == ':' {
				return name, rest[1:], true
			}
			if strings.HasPrefix(rest, "//") {
				return name, rest, true
			}
		}
	}
	return "", "", false
}

// scheme returns the scheme that a reference begins with, in small letters (RFC 3986
// §3.1); "" if it has none.
func scheme(s string) string {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return strings.ToLower(s[:i])
		default:
			return ""
		}
	}
	return ""
}

// schemeOf returns the scheme of an address that another one may have as well; https for
// none.
func schemeOf(link string) string {
	if strings.HasPrefix(link, "http:") {
		return "http"
	}
	return "https"
}

// lastScheme leaves one scheme of several that programs put before an address, the last:
// http://https://city.example/. An address with fewer slashes than two behind it is a
// relative one to browsers where the base has that scheme too; not so here if it begins
// with what is a host, as in http:/city.example/.
func lastScheme(s, base string) string {
	name, rest, ok := webScheme(s)
	if !ok {
		return s
	}
	name, rest = innermost(name, rest)
	path := strings.TrimLeft(rest, `/\`)
	if slashes := len(rest) - len(path); slashes < 2 && schemeOf(base) == name && base != "" {
		first, _, deeper := strings.Cut(path, "/")
		if !strings.Contains(first, ".") || slashes == 0 && !deeper {
			return slashed(rest)
		}
	}
	return name + "://" + path
}

// innermost returns the last of several schemes, and what stands behind its colon, where
// another address stands behind the colon of the first.
func innermost(scheme, rest string) (string, string) {
	for {
		inner, further, more := webScheme(strings.TrimLeft(rest, `/\`))
		if !more {
			return scheme, rest
		}
		scheme, rest = inner, further
	}
}

// slashed writes the backslashes in the path of a reference as slashes.
func slashed(s string) string {
	end := strings.IndexAny(s, "?#")
	if end < 0 {
		end = len(s)
	}
	return strings.ReplaceAll(s[:end], `\`, "/") + s[end:]
}

// colonSafe marks a path whose first segment has a colon as one (RFC 3986 §4.2):
// 2026:06/notice.html.
func colonSafe(ref string) string {
	colon := strings.IndexByte(ref, ':')
	if colon > 0 && !strings.ContainsAny(ref[:colon], "/?#") {
		return "./" + ref
	}
	return ref
}

// escape escapes what may not stand as it is in a path, a query and a fragment: white
// space, quotes and brackets, and a percent sign that begins no escape. Backslashes of the
// path are slashes. Letters of other scripts stay.
func escape(tail string) string {
	if !needsEscape(tail) {
		return tail
	}
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(tail)+16)
	isPath := true
	for i := 0; i < len(tail); {
		r, size := utf8.DecodeRuneInString(tail[i:])
		isPath = isPath && r != '?' && r != '#'
		switch {
		case r == '\\' && isPath:
			out = append(out, '/')
		case r == '%' && !isEscape(tail[i:]), isUnsafe(r), isPath && strings.ContainsRune("^`{}", r):
			for _, b := range []byte(tail[i : i+size]) {
				out = append(out, '%', hex[b>>4], hex[b&15])
			}
		default:
			out = append(out, tail[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

// needsEscape reports whether there may be anything to escape.
func needsEscape(tail string) bool {
	for i := 0; i < len(tail); i++ {
		if c := tail[i]; c <= ' ' || c >= utf8.RuneSelf || strings.IndexByte("%\"<>\\^`{}", c) >= 0 {
			return true
		}
	}
	return false
}

// isUnsafe reports whether a character must be escaped wherever it stands.
func isUnsafe(r rune) bool {
	return r == '"' || r == '<' || r == '>' || r == '\\' || unicode.IsSpace(r)
}

// isEscape reports whether a text begins with a percent sign and two hexadecimal digits.
func isEscape(s string) bool { return len(s) > 2 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// hasDotSegment reports whether the path of a tail has a segment that is a dot or two.
func hasDotSegment(tail string) bool {
	if i := strings.IndexAny(tail, "?#"); i >= 0 {
		tail = tail[:i]
	}
	tail += "/"
	return strings.Contains(tail, "/./") || strings.Contains(tail, "/../")
}
