package address

import (
	"net/url"
	"strings"
)

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

// isTracking reports whether a query parameter only serves to follow readers.
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

// IsTracker reports whether the address of an image is one that counts readers.
func IsTracker(link string) bool {
	host, path, ok := splitPlain(link)
	if !ok {
		u, err := url.Parse(link)
		if err != nil {
			return true
		}
		host, path = u.Hostname(), u.Path
	}
	host = strings.ToLower(host)
	for _, h := range []string{"pixel.wp.com", "stats.wordpress.com", "feeds.feedburner.com", "feedproxy.google.com",
		"google-analytics.com", "doubleclick.net", "scorecardresearch.com", "feedsportal.com", "pheedo.com",
		"rss.feedsportal.com", "quantserve.com", "feedads.googleadservices.com", "pixel.quantserve.com", "b.scorecardresearch.com"} {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return (host == "www.facebook.com" || host == "facebook.com") && path == "/tr" ||
		strings.HasSuffix(path, "/piwik.php") || strings.HasSuffix(path, "/matomo.php") ||
		strings.HasPrefix(host, "feeds.") && strings.HasPrefix(path, "/~")
}
