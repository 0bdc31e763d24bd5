package parse_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/feed"
	"github.com/kairan-news/kairan/internal/parse/notice"
	"github.com/kairan-news/kairan/internal/parse/opml"
	"github.com/kairan-news/kairan/internal/parse/page"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

// Each way to a document reads the bytes alike.
func TestEveryReaderMendsUTF8(t *testing.T) {
	const text = "The city’s bridge, the river’s level: お知らせ "
	const cut, read = text + "\xe2\x80", text + "\uFFFD\uFFFD"
	for name, title := range map[string]func() (string, error){
		"RSS": func() (string, error) {
			f, err := feed.Parse([]byte("<rss><channel><item><title>"+cut+"</title><link>https://city.example/1</link></item></channel></rss>"), parse.Options{ContentType: "text/xml; charset=ISO-8859-1"})
			if err != nil {
				return "", err
			}
			return f.Articles[0].Title, nil
		},
		"JSON Feed": func() (string, error) {
			f, err := feed.Parse([]byte(`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "`+cut+`"}]}`), parse.Options{})
			if err != nil {
				return "", err
			}
			return f.Articles[0].Title, nil
		},
		"a page": func() (string, error) {
			p, err := page.ParseArticle([]byte("<!DOCTYPE html><meta charset=shift_jis><title>"+cut+"</title><main><p>A text of some length.</p></main>"), parse.Options{BaseURL: "https://city.example/1"}, feeds.Selectors{})
			if err != nil {
				return "", err
			}
			return p.Article.Title, nil
		},
		"Markdown": func() (string, error) {
			a, _, err := notice.Parse("1.md", []byte("---\ntitle: "+cut+"\n---\nText\n"), parse.Options{})
			return a.Title, err
		},
		"plain text": func() (string, error) {
			a, _, err := notice.Parse("1.txt", []byte(cut+"\n\nA paragraph.\n"), parse.Options{})
			return a.Title, err
		},
		"OPML": func() (string, error) {
			o, err := opml.Parse([]byte(`<opml><head><title>`+cut+`</title></head><body><outline text="A" xmlUrl="https://city.example/feed"/></body></opml>`), parse.Options{})
			if err != nil {
				return "", err
			}
			return o.Title, nil
		},
	} {
		if got, err := title(); got != read || err != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, read)
		}
	}
}

// Whoever reads a date reads it so.
func TestEveryReaderKeepsTheDay(t *testing.T) {
	zone := parsetest.Zone(t, "America/Santiago")
	o := parse.Options{Location: zone, BaseURL: "https://city.example/n/bridge"}
	feed := func(document string) func() (time.Time, error) {
		return func() (time.Time, error) {
			f, err := feed.Parse([]byte(document), o)
			if err != nil {
				return time.Time{}, err
			}
			return f.Articles[0].Published, nil
		}
	}
	notice := func(name, text string) func() (time.Time, error) {
		return func() (time.Time, error) {
			a, _, err := notice.Parse(name, []byte(text), o)
			return a.Published, err
		}
	}
	onPage := func(head, body string) func() (time.Time, error) {
		return func() (time.Time, error) {
			p, err := page.ParseArticle([]byte("<!DOCTYPE html><title>The bridge</title>"+head+"<main><h1>The bridge</h1>"+body+"<p>It is open again.</p></main>"), o, feeds.Selectors{})
			if err != nil {
				return time.Time{}, err
			}
			return p.Article.Published, nil
		}
	}
	for name, read := range map[string]func() (time.Time, error){
		"RSS":           feed(`<rss><channel><item><title>The bridge</title><link>https://city.example/1</link><pubDate>Sun, 06 Sep 2026</pubDate></item></channel></rss>`),
		"Dublin Core":   feed(`<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>The bridge</title><link>https://city.example/1</link><dc:date>2026-09-06</dc:date></item></channel></rss>`),
		"Atom":          feed(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>The bridge</title><published>2026-09-06T00:30:00</published></entry></feed>`),
		"JSON Feed":     feed(`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "The bridge", "date_published": "2026-09-06"}]}`),
		"front matter":  notice("bridge.md", "---\ntitle: The bridge\ndate: 2026-09-06\n---\nIt is open again.\n"),
		"with a type":   notice("bridge.md", "---\ntitle: The bridge\ndate: !!timestamp 2026-09-06\n---\nIt is open again.\n"),
		"a line":        notice("bridge.txt", "The bridge\nSeptember 6, 2026\n\nIt is open again.\n"),
		"a file's name": notice("2026-09-06-bridge.txt", "The bridge\n\nIt is open again.\n"),
		"linked data":   onPage(`<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge", "datePublished": "2026-09-06"}</script>`, ""),
		"meta":          onPage(`<meta property="article:published_time" content="2026-09-06T00:00">`, ""),
		"time":          onPage("", `<time datetime="2026-09-06">Sunday</time>`),
		"visible text":  onPage("", `<p>06.09.2026</p>`),
		"a sitemap": func() (time.Time, error) {
			s, err := page.ParseSitemap([]byte(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://city.example/1</loc><lastmod>2026-09-06</lastmod></url></urlset>`), o)
			if err != nil {
				return time.Time{}, err
			}
			return s.Items[0].Updated, nil
		},
		"a listing": func() (time.Time, error) {
			l, err := page.ParseListing([]byte(`<!DOCTYPE html><title>News list</title><main><ul><li>2026-09-06 <a href="/n/1">The bridge is open again</a></li><li>2026-09-05 <a href="/n/2">The bridge is closed today</a></li></ul></main>`), o, feeds.Selectors{})
			if err != nil {
				return time.Time{}, err
			}
			return l.Items[0].Published, nil
		},
	} {
		if got, err := read(); err != nil || got.In(zone).Format(time.DateOnly) != "2026-09-06" {
			t.Errorf("%s: %s, %v", name, got.In(zone), err)
		}
	}
}
