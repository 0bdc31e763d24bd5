package feeds

import (
	"net/url"
	"strings"
)

// Which links are one is asked twice, with two answers. [LinkKey] tells links apart that are
// met today: in what a run brought, in a list of pages, among what is known. [LinkIdentity]
// is what the identity key of an article is minted of that has no identifier of its own; ids
// that readers' programs keep for ever are made of it, so that it never changes.
//
// Both leave the scheme out, so that a site that moves from http to https stays what it
// was, and take hosts and their ports as RFC 3986 §6.2.2.1 and §6.2.3 have them. They
// differ in what stands behind "#". It names a place within one page, and makes no other
// article; but some sites list several notices on one page, and whoever tells links apart
// must not take these for one.

// LinkKey returns a link without its scheme, with its host in lower case and without a usual
// port: two links are one if they have one key. It is "" for what is no absolute link.
func LinkKey(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	key := linkHost(u) + u.EscapedPath() + linkQuery(u)
	if u.Fragment != "" {
		key += "#" + u.EscapedFragment()
	}
	return key
}

// LinkIdentity returns what the identity key of a link's article is: "//", then the link
// without its scheme and its fragment, with its host in lower case and without a usual
// port. It returns what is no absolute link as it is.
func LinkIdentity(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return "//" + linkHost(u) + path + linkQuery(u)
}

// linkHost returns a host in lower case, with its port if that is not a usual one.
func linkHost(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host
}

// linkQuery returns a query as it is written behind a path; "" for none.
func linkQuery(u *url.URL) string {
	if u.RawQuery == "" {
		return ""
	}
	return "?" + u.RawQuery
}
