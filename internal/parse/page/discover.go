package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// Found is a feed or a sitemap that a page leads to.
type Found struct {
	URL string
	// Title is what the page calls it; "" if it does not.
	Title string
	// Type is "feed" or "sitemap".
	Type string
	// Language is normalized; "" if the page does not say.
	Language string
	// By says how it was found.
	By FoundBy
}

// FoundBy says how a feed was found, the surest first.
type FoundBy int

// The ways to find a feed.
const (
	ByDeclaration FoundBy = iota // <link rel="alternate"> or rel="sitemap"
	ByLink                       // a link that looks like a feed's
	ByPath                       // nothing in the page: a path where many sites have one
)

// String returns the way in words.
func (b FoundBy) String() string {
	switch b {
	case ByDeclaration:
		return "declared"
	case ByLink:
		return "linked"
	default:
		return "well-known path"
	}
}

// IsFeed reports whether a link that declares this media type, or none, leads to a feed.
func IsFeed(kind, link string) bool {
	return isFeedType(kind, link) || kind == "" && looksLikeFeed(link, "")
}

// Discover returns the feeds that stand behind a page, the surest first, and the
// paths at which many sites have one. Feeds of comments come last among equals.
func Discover(data []byte, o parse.Options) ([]Found, error) {
	p, _, err := openPage(data, o)
	if err != nil {
		return nil, err
	}
	var out []Found
	add := func(f Found) {
		if f.URL != "" && len(out) < 100 && !slices.ContainsFunc(out, func(k Found) bool { return k.URL == f.URL }) {
			out = append(out, f)
		}
	}
	p.doc.Find("link[rel][href]").Each(func(_ int, s *goquery.Selection) {
		rel := strings.Fields(strings.ToLower(s.AttrOr("rel", "")))
		kind := strings.ToLower(strings.TrimSpace(s.AttrOr("type", "")))
		f := Found{URL: p.link(address.Feed(s.AttrOr("href", ""))), Title: prose.Collapse(s.AttrOr("title", "")), Language: language.Tag(s.AttrOr("hreflang", ""))}
		switch {
		case slices.Contains(rel, "sitemap"):
			f.Type = "sitemap"
		case slices.Contains(rel, "feed"), slices.Contains(rel, "alternate") && isFeedType(kind, f.URL):
			f.Type = "feed"
		default:
			return
		}
		add(f)
	})
	p.doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		href := s.AttrOr("href", "")
		named := address.Feed(href)
		link := p.link(named)
		if named != href || address.SameSite(link, o.BaseURL) && looksLikeFeed(link, strings.ToLower(s.AttrOr("type", ""))) {
			add(Found{URL: link, Title: linkTitle(s), Type: "feed", Language: language.Tag(s.AttrOr("hreflang", "")), By: ByLink})
		}
	})
	for _, path := range []string{"/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.rdf", "/rss/index.rdf", "/rss/", "/index.xml", "/feed.json"} {
		add(Found{URL: address.Web(o.BaseURL, path), Type: "feed", By: ByPath})
	}
	add(Found{URL: address.Web(o.BaseURL, "/sitemap.xml"), Type: "sitemap", By: ByPath})
	slices.SortStableFunc(out, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(commentRank(a), commentRank(b)))
	})
	return out, nil
}

func commentRank(f Found) int {
	if s := strings.ToLower(f.Title + " " + f.URL); strings.Contains(s, "comment") || strings.Contains(s, "コメント") || strings.Contains(s, "oembed") || strings.Contains(s, "wp-json") {
		return 1
	}
	return 0
}
