package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

const newsSitemapPath = "/news-sitemap.xml"

// What a news sitemap holds
// (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap): "only
// URLs for articles that were created in the last two days", here before the newest record
// of the log, and "up to 1,000" of them.
const (
	newsNamespace = "http://www.google.com/schemas/sitemap-news/0.9"
	newsWithin    = 48 * time.Hour
	mostNews      = 1000
)

// newsArticle is an article of a news sitemap.
type newsArticle struct {
	Name      string `xml:"news:publication>news:name"`
	Language  string `xml:"news:publication>news:language"`
	Published string `xml:"news:publication_date"`
	Title     string `xml:"news:title"`
}

// serveNewsSitemap lists the articles of the last two days.
func (s *public) serveNewsSitemap(w http.ResponseWriter, r *http.Request, g *guise) {
	s.servePage(w, r, g, s.articlesStamp(g), xmlType, func(ctx context.Context) ([]byte, error) {
		set := urlset{News: newsNamespace}
		if s.Listing == nil {
			return writeSitemap(set)
		}
		recent, err := s.Listing.Recent(ctx, newsWithin, mostNews)
		if err != nil {
			return nil, err
		}
		for _, l := range recent {
			if u, ok := g.newsURL(l.Article); ok {
				set.URLs = append(set.URLs, u)
			}
		}
		return writeSitemap(set)
	})
}

func (g *guise) newsURL(a feeds.Article) (sitemapURL, bool) {
	home, ok := g.Site.Home(a.Language)
	if !ok {
		return sitemapURL{}, false
	}
	zone := g.Site.Zone(a.Publisher)
	published := a.Published.In(zone).Format(time.DateOnly)
	if a.IsTimed(zone) {
		published = a.Published.In(zone).Format(time.RFC3339)
	}
	return sitemapURL{
		Location: g.absolute(g.articlePath(home, a.Slug)),
		News:     &newsArticle{unread(home, g.speech[home].SiteTitle()), newsLanguage(a.Language), published, unread(a.Language, a.Title)},
	}, true
}

// newsLanguage is "an ISO 639 language code (two or three letters)", but for Chinese.
func newsLanguage(tag string) string {
	switch {
	case feeds.FitOf("zh-Hans", tag) != feeds.FitNone:
		return "zh-cn"
	case feeds.FitOf("zh-Hant", tag) != feeds.FitNone:
		return "zh-tw"
	}
	code, _, _ := strings.Cut(tag, "-")
	return code
}
