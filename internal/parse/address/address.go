package address

import (
	"net/url"
	"strings"
)

// Resolve resolves a reference against a base (RFC 3986 §5.2). What can't be
// parsed stays as it is; an empty reference stays empty.
func Resolve(base, ref string) string {
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
	return Resolve(outer, own)
}

// Web returns the absolute http or https address that ref means, without
// tracking parameters; "" if it means none.
func Web(base, ref string) string {
	link := Safe(base, ref)
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
	ref = stripControls(strings.TrimSpace(ref))
	if u, err := url.Parse(ref); err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.ContainsAny(ref, " <>\"") {
		return ""
	}
	return ref
}

// Safe returns the absolute http, https, mailto or tel address that ref means,
// without tracking parameters; "" if it means none.
func Safe(base, ref string) string {
	ref = stripControls(strings.TrimSpace(ref))
	if ref == "" {
		return ""
	}
	if strings.HasPrefix(ref, "//") && base == "" {
		ref = "https:" + ref
	}
	ref = strings.ReplaceAll(Resolve(base, ref), " ", "%20")
	if _, _, ok := splitPlain(ref); ok {
		return untrack(ref)
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return untrack(ref)
	case "mailto", "tel":
		return ref
	}
	return ""
}

// stripControls removes tabs, line ends and other control characters, as browsers do
// before they look at an address's scheme.
func stripControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7F {
			return -1
		}
		return r
	}, s)
}
