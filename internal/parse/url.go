package parse

import (
	"net/url"
	"strings"
)

// resolveURL resolves a reference against a base (RFC 3986 §5.2). What can't be
// parsed stays as it is; an empty reference stays empty.
func resolveURL(base, ref string) string {
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

// innerBase returns the base of an element that lies within the base outer and may
// have its own.
func innerBase(outer, own string) string {
	if own == "" {
		return outer
	}
	return resolveURL(outer, own)
}

// webLink returns the absolute http or https address that ref means, without
// tracking parameters; "" if it means none.
func webLink(base, ref string) string {
	link := safeLink(base, ref)
	if !strings.HasPrefix(link, "http") {
		return ""
	}
	return link
}

// articleLink is webLink for an article's own address. Where no base is known at all,
// a relative address stays as it is, since it still tells the article from others.
func articleLink(base, ref string) string {
	link := webLink(base, ref)
	if link != "" || base != "" {
		return link
	}
	ref = stripControls(strings.TrimSpace(ref))
	if u, err := url.Parse(ref); err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.ContainsAny(ref, " <>\"") {
		return ""
	}
	return ref
}

// safeLink returns the absolute http, https, mailto or tel address that ref means,
// without tracking parameters; "" if it means none.
func safeLink(base, ref string) string {
	ref = stripControls(strings.TrimSpace(ref))
	if ref == "" {
		return ""
	}
	if strings.HasPrefix(ref, "//") && base == "" {
		ref = "https:" + ref
	}
	ref = strings.ReplaceAll(resolveURL(base, ref), " ", "%20")
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

// untrack removes the parameters that only tell where a reader came from.
func untrack(link string) string {
	link, fragment, hasFragment := strings.Cut(link, "#")
	if hasFragment && !strings.HasPrefix(fragment, "xtor=") && !strings.HasPrefix(fragment, "utm_") {
		fragment = "#" + fragment
	} else {
		fragment = ""
	}
	path, query, ok := strings.Cut(link, "?")
	if !ok {
		return link + fragment
	}
	kept := make([]string, 0, 8)
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if !isTracking(name) {
			kept = append(kept, pair)
		}
	}
	if len(kept) == 0 || len(kept) == 1 && kept[0] == "" {
		return path + fragment
	}
	return path + "?" + strings.Join(kept, "&") + fragment
}

// isTracking tells whether a query parameter only serves to follow readers.
func isTracking(name string) bool {
	name = strings.TrimPrefix(strings.ToLower(name), "amp;")
	for _, prefix := range []string{"utm_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "at_custom", "at_campaign", "at_medium"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
		"igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id", "oly_anon_id", "oly_enc_id",
		"s_cid", "wt_mc", "wt.mc_id", "_openstat", "__twitter_impression", "_ga", "_gl", "ncid", "spm", "rb_clickid",
		"xtor", "cmpid", "wickedid", "ml_subscriber", "ml_subscriber_hash":
		return true
	}
	return false
}

// isTracker tells whether the address of an image is one that counts readers.
func isTracker(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return true
	}
	host := strings.ToLower(u.Hostname())
	for _, h := range []string{"pixel.wp.com", "stats.wordpress.com", "feeds.feedburner.com", "feedproxy.google.com",
		"google-analytics.com", "doubleclick.net", "scorecardresearch.com", "feedsportal.com", "pheedo.com",
		"rss.feedsportal.com", "quantserve.com", "feedads.googleadservices.com", "pixel.quantserve.com", "b.scorecardresearch.com"} {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return (host == "www.facebook.com" || host == "facebook.com") && u.Path == "/tr" ||
		strings.HasSuffix(u.Path, "/piwik.php") || strings.HasSuffix(u.Path, "/matomo.php") ||
		strings.HasPrefix(host, "feeds.") && strings.HasPrefix(u.Path, "/~")
}
