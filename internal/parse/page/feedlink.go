package page

import (
	"net/url"
	"strings"
)

// isFeedType reports whether a declared alternate is a feed.
func isFeedType(kind, link string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/rss+xml", "text/rss", "application/rss", "application/atom":
		return true
	case "application/xml", "text/xml", "application/json":
		return looksLikeFeed(link, "")
	}
	return false
}

// looksLikeFeed reports whether an address is one that feeds have.
func looksLikeFeed(link, kind string) bool {
	if kind != "" && isFeedType(kind, "") {
		return true
	}
	u, err := url.Parse(strings.ToLower(link))
	if err != nil || u.Host == "" || strings.Contains(u.Path, "/wp-json/") {
		return false
	}
	path := strings.TrimSuffix(u.Path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	switch last {
	case "feed", "rss", "atom", "rss2", "rdf":
		return true
	}
	name, ext := last, ""
	if i := strings.LastIndexByte(last, '.'); i >= 0 {
		name, ext = last[:i], last[i:]
	}
	switch ext {
	case ".rss", ".rdf", ".atom":
		return true
	case ".xml", ".json":
		return strings.Contains(name, "rss") || strings.Contains(name, "feed") || strings.Contains(name, "atom") || strings.Contains(path, "/rss/") || strings.Contains(path, "/feeds/")
	}
	return asksForFeed(u.Query())
}

// asksForFeed reports whether the parameters of an address are those with which content
// systems are asked for a page's feed.
func asksForFeed(q url.Values) bool {
	return q.Has("rss") || q.Get("format") == "rss" || q.Get("feed") == "rss2" || q.Get("format") == "feed" || q.Get("type") == "rss"
}
