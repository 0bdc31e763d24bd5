package source

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

const cityWall = `<html><head><title>Just a moment...</title></head><body><h1>city.example</h1><script>window._cf_chl_opt={};</script></body></html>`

// A bot wall in the place of a feed or of a list says what it is, and nothing of what is
// published: what was known is remembered, and nothing is left out or gone.
func TestBotWallInPlaceOfASource(t *testing.T) {
	for kind, document := range map[feeds.SourceKind]string{
		feeds.KindFeed:    `<rss version="2.0"><channel><title>City</title><item><title>The park opens</title><link>https://city.example/1</link></item></channel></rss>`,
		feeds.KindPage:    listing("/news/1.html The park by the river opens", "/news/2.html The old bridge is closed for repair"),
		feeds.KindSitemap: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://CITY/news/1.html</loc><lastmod>2026-04-09</lastmod></url></urlset>`,
	} {
		t.Run(string(kind), func(t *testing.T) {
			s := newCity(t)
			s.set("/source", strings.ReplaceAll(document, "http://CITY", s.URL))
			for _, path := range []string{"/news/1.html", "/news/2.html"} {
				s.set(path, articlePage("en", "The park by the river opens", ""))
			}
			v := visit(t, s, feeds.Source{Kind: kind, URL: s.URL + "/source"})
			v.mustRun()
			s.set("/source", cityWall)
			v.now = v.now.Add(time.Hour)
			before := v.state
			res, err := v.run()
			if err == nil || !strings.Contains(err.Error(), "bot wall (Cloudflare)") || !strings.Contains(err.Error(), "ask the publisher") {
				t.Errorf("the error is %v", err)
			}
			if !slices.Equal(codes(res), []string{"bot-wall"}) || len(res.Articles) > 0 || res.Listed != nil || res.Complete || len(res.Gone) > 0 || res.Fetched != nil {
				t.Errorf("it brings %+v", res)
			}
			if v.state.Digest != before.Digest || v.state.ETag != before.ETag {
				t.Error("the bot wall's page is remembered as the source's")
			}
		})
	}
}

// A page behind a bot wall is no notice. It ends the run, and waits behind the others.
func TestBotWallInPlaceOfAPage(t *testing.T) {
	s := newCity(t)
	s.set("/news/", listing("/news/1.html The park by the river opens", "/news/2.html The old bridge is closed for repair"))
	s.set("/news/1.html", cityWall)
	s.set("/news/2.html", articlePage("en", "The old bridge is closed for repair", ""))
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	res, err := v.run()
	if err == nil || len(res.Articles) > 0 || !slices.Equal(codes(res), []string{"bot-wall"}) {
		t.Fatalf("%v, %+v", err, res)
	}
	if res := v.mustRun(); !slices.Equal(lines(res.Articles), []string{"en The old bridge is closed for repair"}) {
		t.Errorf("the next run brings %v", lines(res.Articles))
	}
	for range maxTries + 2 {
		v.now = v.now.Add(time.Hour)
		if _, err := v.run(); err == nil {
			t.Error("nothing is told of the bot wall")
		}
	}
	s.set("/news/1.html", articlePage("en", "The park by the river opens", ""))
	v.now = v.now.Add(time.Hour)
	if res := v.mustRun(); !slices.Equal(lines(res.Articles), []string{"en The park by the river opens"}) {
		t.Errorf("once it is let in it brings %v", lines(res.Articles))
	}
}
