package ledger

import (
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// linkKey returns the key of an article's link; "" for one that says nothing about which
// article it is: none at all, or a site's front page.
func linkKey(address string) string {
	key := feeds.LinkKey(address)
	if !strings.ContainsAny(strings.TrimRight(key, "/"), "/?#") {
		return ""
	}
	return key
}

// linkKeys returns the keys of links in their order, without those that say nothing.
func linkKeys(links []string) []string {
	keys := make([]string, 0, len(links))
	for _, address := range links {
		if key := linkKey(Clean(address)); key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// hasKey reports whether the key of a link is among sorted keys.
func hasKey(keys []string, address string) bool {
	_, ok := slices.BinarySearch(keys, linkKey(address))
	return ok
}

// otherScheme returns a GUID that is an address with https in the place of http, and
// the other way round; "" for all others.
func otherScheme(guid string) string {
	if rest, ok := strings.CutPrefix(guid, "http://"); ok {
		return "https://" + rest
	}
	if rest, ok := strings.CutPrefix(guid, "https://"); ok {
		return "http://" + rest
	}
	return ""
}

// otherName returns a link's key with "www." before its host where it has none, and
// without it where it has: few sites have two things under these names, and many have
// one under both. It returns "" for "".
func otherName(link string) string {
	if link == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(link, "www."); ok {
		return rest
	}
	return "www." + link
}

// sameLink reports whether two keys are of one link, with "www." or without.
func sameLink(a, b string) bool {
	return strings.TrimPrefix(a, "www.") == strings.TrimPrefix(b, "www.")
}

// samePath reports whether two keys are of one path, be it at two hosts.
func samePath(a, b string) bool {
	_, a, _ = strings.Cut(a, "/")
	_, b, _ = strings.Cut(b, "/")
	return a == b
}

// isIRI reports whether a GUID looks like an IRI, which who writes it means to keep.
func isIRI(guid string) bool { return strings.Contains(guid, ":") }

// isFrontPage reports whether an address says nothing about which article it is of.
func isFrontPage(address string) bool {
	return (strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")) && linkKey(address) == ""
}
