package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
)

// FuzzParseFeed holds what must be true of every document: it is read or refused, and
// nothing that comes out can hurt a reader or a renderer.
func FuzzParseFeed(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // a folder
		}
		f.Add(data, "")
	}
	f.Add([]byte(`<rss><channel><item><title>a&b</title><description><![CDATA[<p>x<script>y</script>]]></description></item>`), "text/xml; charset=Shift_JIS")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div><b>x</div></content></entry></feed>`), "application/xml; charset=utf-16")
	f.Add([]byte(`<feed xmlns="https://www.w3.org/2005/Atom" xmlns:k="https://kairan.example/ns/feed" xmlns:m="http://search.yahoo.com/mrss/"><k:channel>en/all & more</k:channel><entry><title>a</title><m:title>b</m:title><author><name>c</name><k:name>d</k:name></author><x:entry/></entry></feed>`), "")
	f.Add([]byte(`<rss xmlns:x="urn:x"><x:channel><x:item><x:title>a</x:title></x:item><item xmlns=""><title xmlns="urn:y">b</title></item><items><item/></items></x:channel><channel/></rss>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[null,{},{"x":1},"a",{"id":"1","title":"a"}`), "")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		o := Options{ContentType: contentType, BaseURL: "https://city.example/feed", Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
		feed, err := ParseFeed(data, o)
		if err != nil {
			return
		}
		checkLeftOut(t, data, o, feed)
		for _, a := range feed.Articles {
			checkArticle(t, a)
		}
	})
}

func FuzzParseNotice(f *testing.F) {
	f.Add("2026-04-01-shelter.en.md", []byte("---\ntitle: Shelter\ncategories: [a, b]\n---\n# Shelter\n\nText with *stars* and <b>HTML</b>."))
	f.Add("a.md", []byte("---\ntitle: a: b\nimage_alt: x\n---\n- one\n- two\n\n|a|b|\n|-|-|\n|1|2|\n"))
	f.Add("notice.ja.txt", []byte("環境\n公園の木を植え替えます\n令和8年4月1日\n木を植え替えます。\n\nRecommended for You\n花の展示\n2026年3月1日\n"))
	f.Add("a.html", []byte(`<html lang="ar"><head><meta name="date" content="2026-04-01"><title>a</title></head><body><main><h1>a</h1><p onclick=x>b</p></main></body></html>`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		a, _, err := ParseNotice(name, data, Options{})
		if err == nil {
			checkArticle(t, a)
		}
	})
}

// FuzzSanitize holds that what need not be shown to the policy is what the policy
// changes nothing of, of HTML in the wild as of what the cleaner has made of it.
func FuzzSanitize(f *testing.F) {
	for _, s := range settledHTML {
		f.Add(s)
	}
	for _, s := range unsettledHTML {
		f.Add(s)
	}
	f.Add(benchContent(1))
	f.Fuzz(func(t *testing.T, source string) {
		c := cleaner{base: "https://city.example/news/"}
		c.run(source)
		for _, html := range []string{source, string(c.out)} {
			if want := policy().Sanitize(html); isSettled(html) && want != html {
				t.Errorf("%q is settled; the policy makes it %q", html, want)
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"Wed, 01 Apr 2026 13:05:00 JST", "2026-04-01T13:05:00+09:00", "令和元年5月1日", "1 เม.ย. 69 เวลา 13.05 น.", "15 كانون الثاني 2026", "二〇二六年四月一日", "22.06.2012 09:53:43 +0700", "1775048700"} {
		f.Add(s, "JP", true)
	}
	f.Fuzz(func(t *testing.T, s, country string, dayFirst bool) {
		got, problem := readDate(s, Options{Country: country, DayFirst: dayFirst})
		if !got.IsZero() && (got.Before(earliest) || problem != nil || got.Location() != time.UTC) {
			t.Errorf("readDate(%q) = %v, %v", s, got, problem)
		}
	})
}

// checkArticle holds what is promised of every article.
func checkArticle(t *testing.T, a feeds.Article) {
	t.Helper()
	for name, s := range map[string]string{"title": a.Title, "summary": a.Summary, "content": a.Content, "link": a.Link, "rights": a.Rights} {
		if !utf8.ValidString(s) {
			t.Errorf("%s %q is not UTF-8", name, s)
		}
		for _, r := range s {
			if !isXMLChar(r) {
				t.Errorf("%s %q holds a character that XML forbids", name, s)
				break
			}
		}
	}
	if a.Title != strings.TrimSpace(a.Title) || strings.ContainsAny(a.Title, "\n\t") {
		t.Errorf("title %q is not one line", a.Title)
	}
	if utf8.RuneCountInString(a.Summary) > summaryLength {
		t.Errorf("summary has %d characters", utf8.RuneCountInString(a.Summary))
	}
	if a.Link != "" && !strings.HasPrefix(strings.ToLower(a.Link), "http") {
		t.Errorf("link %q is no web address", a.Link)
	}
	if a.Language == "" || a.Language != Undetermined && Language(a.Language) != a.Language {
		t.Errorf("language %q is not normalized", a.Language)
	}
	checkHTML(t, a.Content)
	if a.Published.IsZero() != (a.PublishedFrom == feeds.DateFirstSeen) {
		t.Errorf("published %v from %q", a.Published, a.PublishedFrom)
	}
}
