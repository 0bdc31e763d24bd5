package feed

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/charset"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

const benchItems = 30

func benchRSS() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>City News</title><link>https://city.example/</link><description>News</description><language>en</language><atom:link rel="self" href="https://city.example/feed"/>`)
	for i := range benchItems {
		fmt.Fprintf(&b, `<item><title>Shelter %d opens &amp;amp; waits</title><link>https://city.example/n/%d</link><guid isPermaLink="false">n-%d</guid><pubDate>Wed, 01 Apr 2026 13:05:00 +0900</pubDate><dc:creator>Press Office</dc:creator><category>Disaster prevention</category><description>The city opens shelters.</description><content:encoded><![CDATA[%s]]></content:encoded></item>`, i, i, i, parsetest.Content(i))
	}
	return []byte(b.String() + "</channel></rss>")
}

func benchAtom() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>City News</title><id>tag:city.example,2026:news</id><updated>2026-04-01T13:05:00+09:00</updated><link href="https://city.example/"/>`)
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	for i := range benchItems {
		fmt.Fprintf(&b, `<entry><title>Shelter %d opens</title><id>tag:city.example,2026:%d</id><link href="https://city.example/n/%d"/><published>2026-04-01T13:05:00+09:00</published><updated>2026-04-01T13:05:00+09:00</updated><author><name>Press Office</name></author><category term="disaster-prevention"/><summary>The city opens shelters.</summary><content type="html">%s</content></entry>`, i, i, i, escape.Replace(parsetest.Content(i)))
	}
	return []byte(b.String() + "</feed>")
}

func benchRDF() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xml:lang="ja"><channel rdf:about="https://city.example/rdf"><title>City News</title><link>https://city.example/</link><description>News</description></channel>`)
	for i := range benchItems {
		fmt.Fprintf(&b, `<item rdf:about="https://city.example/n/%d"><title>避難所を開きました %d</title><link>https://city.example/n/%d</link><dc:date>2026-04-01T13:05:00+09:00</dc:date><dc:subject>防災</dc:subject><description>避難所を開きました。</description><content:encoded><![CDATA[%s]]></content:encoded></item>`, i, i, i, parsetest.Content(i))
	}
	return []byte(b.String() + "</rdf:RDF>")
}

func benchJSON() []byte {
	var b strings.Builder
	b.WriteString(`{"version":"https://jsonfeed.org/version/1.1","title":"City News","language":"en","items":[`)
	for i := range benchItems {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"n-%d","url":"https://city.example/n/%d","title":"Shelter %d opens","summary":"The city opens shelters.","date_published":"2026-04-01T13:05:00+09:00","tags":["Disaster prevention"],"content_html":%q}`, i, i, i, parsetest.Content(i))
	}
	return []byte(b.String() + "]}")
}

// BenchmarkParseFeed measures a document of 30 entries and about 40 KB, from bytes to
// articles.
func BenchmarkParseFeed(b *testing.B) {
	o := parse.Options{BaseURL: "https://city.example/feed.xml", Now: time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC)}
	broken := bytes.Replace(benchRSS(), []byte("Shelter 7 opens"), []byte("Shelter 7 & opens"), 1)
	for _, doc := range []struct {
		name string
		data []byte
	}{{"RSS", benchRSS()}, {"RDF", benchRDF()}, {"Atom", benchAtom()}, {"JSON", benchJSON()}, {"RSS-broken", broken}} {
		b.Run(doc.name, func(b *testing.B) {
			b.SetBytes(int64(len(doc.data)))
			b.ReportAllocs()
			for b.Loop() {
				if f, err := Parse(doc.data, o); err != nil || len(f.Articles) != benchItems {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkParts measures the parts of it, beside gofeed alone, to tell where the
// time goes.
func BenchmarkParts(b *testing.B) {
	rssDoc, atomDoc := benchRSS(), benchAtom()
	b.Run("gofeed-universal-RSS", func(b *testing.B) {
		p := gofeed.NewParser()
		for b.Loop() {
			if _, err := p.Parse(bytes.NewReader(rssDoc)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gofeed-RSS", func(b *testing.B) {
		for b.Loop() {
			if _, err := (&rss.Parser{}).Parse(bytes.NewReader(rssDoc)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gofeed-Atom", func(b *testing.B) {
		for b.Loop() {
			if _, err := (&atom.Parser{}).Parse(bytes.NewReader(atomDoc)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("charset", func(b *testing.B) {
		for b.Loop() {
			charset.Decode(rssDoc, "")
		}
	})
	b.Run("survey", func(b *testing.B) {
		for b.Loop() {
			inspect(rssDoc)
		}
	})
	b.Run("repair", func(b *testing.B) {
		for b.Loop() {
			repair(rssDoc, "")
		}
	})
	content := parsetest.Content(1)
	b.Run("sanitize-30", func(b *testing.B) {
		for b.Loop() {
			for range benchItems {
				html.Clean(content, "https://city.example/")
			}
		}
	})
	b.Run("date-30", func(b *testing.B) {
		for b.Loop() {
			for range benchItems {
				date.Parse("2026年4月1日（水） 13時05分", parse.Options{})
			}
		}
	})
}
