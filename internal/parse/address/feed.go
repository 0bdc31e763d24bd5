package address

import (
	"net/url"
	"strings"
)

// Feed returns the http or https address that an address under feed: means, with which
// browsers were told to hand a feed to its reader: feed:https://city.example/news names it
// whole, also behind two slashes, and feed://city.example/news leaves the scheme out. That
// is https, which nearly all have become, but for a host that names its port: it is where it
// was, and what is secure would be elsewhere. Any other address is returned as it is.
func Feed(address string) string {
	trimmed := strings.TrimSpace(address)
	rest, ok := cutScheme(trimmed, "feed")
	if !ok {
		return address
	}
	inner := strings.TrimPrefix(rest, "//")
	for _, scheme := range []string{"https", "http"} {
		// Some readers drop the second colon: feed://https//city.example/news.
		for _, end := range []string{"://", "//"} {
			if len(inner) > len(scheme+end) && strings.EqualFold(inner[:len(scheme+end)], scheme+end) {
				return scheme + "://" + inner[len(scheme+end):]
			}
		}
	}
	if inner == rest {
		return address // feed:news says nothing of a host
	}
	if u, err := url.Parse("https://" + inner); err == nil && u.Port() != "" && u.Port() != "443" {
		return "http://" + inner
	}
	return "https://" + inner
}

// cutScheme returns what follows a scheme, in capitals or not, and its colon.
func cutScheme(address, scheme string) (rest string, ok bool) {
	if len(address) <= len(scheme) || address[len(scheme)] != ':' || !strings.EqualFold(address[:len(scheme)], scheme) {
		return address, false
	}
	return address[len(scheme)+1:], true
}
