package address

import (
	"net/url"
	"strings"
)

// Resolve resolves a reference against a base (RFC 3986 §5.2), for an identifier: it stays
// as it is spelled, but for a name and a password. What can't be parsed stays, too, and an
// empty reference stays empty.
func Resolve(base, ref string) string {
	link := join(base, ref)
	if u, err := url.Parse(link); err == nil && u.User != nil {
		u.User = nil
		return u.String()
	}
	return link
}

// join resolves a reference against a base (RFC 3986 §5.2). What can't be parsed stays as
// it is; an empty reference stays empty.
func join(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || base == "" {
		return ref
	}
	if strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://") {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	return b.ResolveReference(r).String()
}

// Within returns the base of an element that lies within the base outer and may
// have its own.
func Within(outer, own string) string {
	if own == "" {
		return outer
	}
	if link := Web(outer, own); link != "" {
		return link
	}
	return join(outer, own)
}

// Web returns the absolute http or https address that ref means, without
// tracking parameters; "" if it means none.
func Web(base, ref string) string {
	return untrack(File(base, ref))
}

// File is Web for a file that is offered with an article, such as a podcast's episode: what
// its address says of where a listener comes from is how its publisher counts them, and stays.
func File(base, ref string) string {
	link := resolved(base, ref)
	if !strings.HasPrefix(link, "http") {
		return ""
	}
	return link
}

// Article is Web for an article's own address. Where no base is known at all,
// a relative address stays as it is, since it still tells the article from others.
func Article(base, ref string) string {
	link := Web(base, ref)
	if link != "" || base != "" {
		return link
	}
	return bare(ref)
}

// bare returns a reference that is the path of something; "" if it is none.
func bare(ref string) string {
	ref = stripControls(strings.TrimSpace(ref))
	if u, err := url.Parse(ref); err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.ContainsAny(ref, " <>\"") {
		return ""
	}
	return ref
}

// Safe returns the absolute http, https, mailto or tel address that ref means,
// without tracking parameters; "" if it means none. What is faulty in it is read as
// browsers read it (WHATWG URL), and what only a person would understand is mended
// first: see mend.go.
func Safe(base, ref string) string {
	link := resolved(base, ref)
	if !strings.HasPrefix(link, "http") {
		return link
	}
	return untrack(link)
}

// resolved is Safe with the tracking parameters.
func resolved(base, ref string) string {
	if isPlain(ref) {
		return ref
	}
	if isPlainPath(ref) {
		return absolute(join(base, ref))
	}
	ref = mend(ref, base)
	if strings.HasPrefix(ref, "//") {
		return web(schemeOf(base), ref)
	}
	switch scheme := scheme(ref); scheme {
	case "":
		return absolute(join(base, colonSafe(escape(ref))))
	case "http", "https":
		return absolute(ref)
	case "mailto", "tel":
		ref = scheme + strings.ReplaceAll(ref[len(scheme):], " ", "%20")
		if _, err := url.Parse(ref); err == nil {
			return ref
		}
	}
	return ""
}

// absolute returns the address that is written with its scheme; "" if it is none of the
// web.
func absolute(link string) string {
	if isPlain(link) {
		return link
	}
	if scheme, rest, ok := webScheme(link); ok {
		return web(scheme, rest)
	}
	return ""
}

// web returns the address that is written with that scheme and the rest behind its colon;
// "" if a browser could not open it. What a publisher's program put in to open it itself, a
// name and a password, is not for readers and left out.
func web(scheme, rest string) string {
	scheme, rest = innermost(scheme, rest)
	rest = strings.TrimLeft(rest, `/\`)
	end := strings.IndexAny(rest, `/\?#`)
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], escape(rest[end:])
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	host := host(authority, scheme)
	if host == "" {
		return ""
	}
	link := scheme + "://" + host + tail
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if hasDotSegment(tail) {
		link = u.ResolveReference(u).String()
	}
	return link
}

// isPlain reports whether an address is written as it should be, so that nothing is to be
// done but to take tracking parameters from it. It may say no of one that is.
func isPlain(ref string) bool {
	rest, ok := strings.CutPrefix(ref, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(ref, "http://"); !ok {
			return false
		}
	}
	n := 0
	for n < len(rest) && isHostByte(rest[n]) {
		n++
	}
	name, tail := rest[:n], rest[n:]
	if name == "" || name == "http" || name == "https" || tail != "" && tail[0] != '/' && tail[0] != '?' {
		return false
	}
	for i := 0; i < len(tail); i++ {
		if !isPlainAt(tail, i) {
			return false
		}
	}
	return true
}

// isPlainPath reports whether a reference is a path of its base's host, written as it
// should be. It may say no of one that is.
func isPlainPath(ref string) bool {
	if ref == "" || ref[0] != '/' || strings.HasPrefix(ref, "//") {
		return false
	}
	for i := range len(ref) {
		if !isPlainAt(ref, i) {
			return false
		}
	}
	return true
}

// isPlainAt reports whether what stands at i behind a host is written as it should be.
func isPlainAt(tail string, i int) bool {
	switch c := tail[i]; c {
	case '"', '<', '>', '\\', '^', '`', '{', '}':
		return false
	case '%':
		return isEscape(tail[i:])
	case '&':
		return !strings.HasPrefix(tail[i:], "&amp;") && !startsReference(tail[i:])
	case '/':
		return !strings.HasPrefix(tail[i:], "/.")
	default:
		return c > ' ' && c < 0x7F
	}
}

// isHostByte reports whether a byte may stand in the name of a host that is spelt in small
// letters of ASCII.
func isHostByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-'
}

// stripControls removes tabs, line ends and other control characters, as browsers do
// before they look at an address's scheme.
func stripControls(s string) string {
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
}

func isControl(r rune) bool { return r < 0x20 || r == 0x7F }
