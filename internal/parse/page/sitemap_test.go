package page

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/opml"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

const newsSitemap = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc>https://www.city.example/news/1.html?a=1&amp;b=2</loc><lastmod>2026-04-02</lastmod>
 <news:news><news:publication><news:name>Sample City</news:name><news:language>zh-tw</news:language></news:publication>
 <news:publication_date>2026-04-01T08:00:00+08:00</news:publication_date><news:title>公園 &amp;amp; 花園</news:title><news:keywords>公園, 花</news:keywords></news:news>
 <image:image><image:loc>https://www.city.example/1.jpg</image:loc><image:caption>花</image:caption></image:image>
 <xhtml:link rel="alternate" hreflang="en" href="https://www.city.example/en/news/1.html"/>
 <xhtml:link rel="alternate" hreflang="x-default" href="https://www.city.example/"/></url>
<url><loc>ftp://www.city.example/x</loc></url>
</urlset>`

func TestNewsSitemap(t *testing.T) {
	s, err := ParseSitemap([]byte(newsSitemap), parse.Options{Location: parsetest.Zone(t, "Asia/Taipei")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Item{{
		Link:       "https://www.city.example/news/1.html?a=1&b=2",
		Title:      "公園 & 花園",
		Language:   "zh-Hant",
		Published:  time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC),
		Updated:    time.Date(2026, 4, 1, 16, 0, 0, 0, time.UTC),
		Terms:      []feeds.Term{{Term: "公園"}, {Term: "花"}},
		Images:     []feeds.Image{{URL: "https://www.city.example/1.jpg", Alt: "花"}},
		Alternates: []feeds.Alternate{{Language: "en", Link: "https://www.city.example/en/news/1.html"}},
	}}, s.Items); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if s.Format != "news sitemap" || !parsetest.HasProblem(s.Problems, "sitemap-address") {
		t.Errorf("format %q, problems %v", s.Format, s.Problems)
	}
}

func TestSitemapsOfEveryKind(t *testing.T) {
	const index = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/a.xml</loc><lastmod>2026-04-01</lastmod></sitemap><sitemap><loc>/b.xml.gz</loc></sitemap></sitemapindex>`
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write([]byte(newsSitemap)); err != nil {
		t.Fatal(err)
	}
	z.Close()
	for _, test := range []struct {
		name, data, format, problem string
		entries, sitemaps           int
	}{
		{name: "an index", data: index, format: "sitemap index", sitemaps: 2},
		{name: "gzip, told by its first bytes", data: zipped.String(), format: "news sitemap", entries: 1},
		{name: "gzip that ends too early", data: zipped.String()[:zipped.Len()-40], format: "sitemap", entries: -1, problem: "truncated"},
		{name: "plain text", data: "\ufeffhttps://www.city.example/1\r\n\r\nhttps://www.city.example/2\n", format: "text sitemap", entries: 2},
		{name: "no namespace, a bare ampersand and a byte order mark", data: "\ufeff<urlset><url><loc>https://www.city.example/?a=1&b=2</loc></url></urlset>", format: "sitemap", entries: 1},
		{name: "cut off", data: "<urlset><url><loc>https://www.city.example/1</loc></url><url><loc>https://www", format: "sitemap", entries: 1, problem: "not-well-formed"},
		{name: "dates that can't be", data: "<urlset><url><loc>https://www.city.example/1</loc><lastmod>yesterday</lastmod></url></urlset>", format: "sitemap", entries: 1, problem: "date-unreadable"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := ParseSitemap([]byte(test.data), parse.Options{BaseURL: "https://www.city.example/sitemap.xml"})
			if err != nil {
				t.Fatal(err)
			}
			if s.Format != test.format || test.entries >= 0 && len(s.Items) != test.entries || len(s.Sitemaps) != test.sitemaps || test.problem != "" && !parsetest.HasProblem(s.Problems, test.problem) {
				t.Errorf("%+v", s)
			}
		})
	}
	for _, data := range []string{"", "<html></html>", "<rss/>", "hello", "\x1f\x8b\x08nonsense"} {
		if _, err := ParseSitemap([]byte(data), parse.Options{}); err == nil {
			t.Errorf("%q was read as a sitemap", data)
		}
	}
	if _, err := ParseSitemap([]byte("<rss/>"), parse.Options{}); !errors.Is(err, ErrNotSitemap) {
		t.Errorf("a feed: %v", err)
	}
}

func TestSitemapBounds(t *testing.T) {
	s, err := ParseSitemap([]byte("<urlset>"+strings.Repeat("<url><loc>https://a.example/</loc></url>", sitemapMaxEntries+5)+"</urlset>"), parse.Options{})
	if err != nil || len(s.Items) != sitemapMaxEntries || !parsetest.HasProblem(s.Problems, "sitemap-size") {
		t.Errorf("%v, %d entries", err, len(s.Items))
	}
}

func FuzzParseSitemap(f *testing.F) {
	f.Add([]byte(newsSitemap))
	f.Add([]byte(`<sitemapindex><sitemap><loc>//a.example/b</loc></sitemap>`))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"))
	f.Add([]byte(`<opml><outline xmlUrl="x"></body></outline></opml>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := ParseSitemap(data, parse.Options{}); err == nil {
			for _, e := range s.Items {
				if !strings.HasPrefix(strings.ToLower(e.Link), "http") {
					t.Errorf("the address %q is not absolute", e.Link)
				}
			}
		}
		_, _ = opml.Parse(data, parse.Options{})
	})
}
