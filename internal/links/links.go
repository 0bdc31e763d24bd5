package links

import (
	"net/url"
	"strings"
)

// Key returns a link without its scheme, with its host in lower case and without a usual
// port: two links are one if they have one key. It is "" for what is no absolute link.
func Key(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	key := host(u) + u.EscapedPath() + query(u)
	if u.Fragment != "" {
		key += "#" + u.EscapedFragment()
	}
	return key
}

// Identity returns what the identity key of a link's article is: "//", then the link
// without its scheme and its fragment, with its host in lower case and without a usual
// port. It returns what is no absolute link as it is.
func Identity(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return "//" + host(u) + path + query(u)
}

// host returns a host in lower case, with its port if that is not a usual one.
func host(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host
}

// query returns a query as it is written behind a path; "" for none.
func query(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}
