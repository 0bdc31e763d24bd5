package address

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/kairan-news/kairan/internal/parse/language"
)

// IsFrontPage reports whether an address is that of a site, or of a language of it, and
// so of no article: "/", "/en/", "/index.html", "/ja/index.php".
func IsFrontPage(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	if u.RawQuery != "" {
		// "/?p=123" is an article of WordPress.
		q := u.Query()
		for _, key := range []string{"lang", "language", "locale", "hl", "l"} {
			q.Del(key)
		}
		if len(q) > 0 {
			return false
		}
	}
	segments := strings.FieldsFunc(u.Path, func(c rune) bool { return c == '/' })
	if n := len(segments); n > 0 {
		name, _, _ := strings.Cut(strings.ToLower(segments[n-1]), ".")
		if name == "index" || name == "default" || name == "home" || name == "top" {
			segments = segments[:n-1]
		}
	}
	return len(segments) == 0 || len(segments) == 1 && len(segments[0]) <= 10 && isTagLike(segments[0])
}

// isTagLike reports whether a segment of a path names a language, such as "en", "zh-tw"
// or "tc".
func isTagLike(s string) bool {
	if len(s) != 2 && len(s) != 3 && !strings.ContainsAny(s, "-_") {
		return false
	}
	switch strings.ToLower(s) {
	case "rss", "faq", "cat", "tag", "pdf", "new", "top", "doc", "map":
		return false
	}
	return language.Tag(s) != ""
}

// SameSite reports whether two addresses belong to one site: to one host, or to hosts
// under one registrable domain.
func SameSite(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	if errX != nil || errY != nil || x.Host == "" || y.Host == "" {
		return false
	}
	if strings.EqualFold(x.Host, y.Host) {
		return true
	}
	hostX, hostY := siteHost(x), siteHost(y)
	if hostX == hostY && x.Port() == y.Port() {
		return true
	}
	dx, errX := publicsuffix.EffectiveTLDPlusOne(hostX)
	dy, errY := publicsuffix.EffectiveTLDPlusOne(hostY)
	return errX == nil && errY == nil && dx == dy
}

// siteHost returns the host of an address in the form in which hosts are compared.
func siteHost(u *url.URL) string {
	name := u.Hostname()
	if isASCII(name) {
		return strings.ToLower(name)
	}
	return hostName(name)
}
