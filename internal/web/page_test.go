package web

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
)

const pageControl = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"

// document reads a page.
func document(t *testing.T, r *http.Response) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSecurityOfEveryAnswer(t *testing.T) {
	h := newCity(t).public()
	for _, path := range []string{"/", "/en/", "/en/government", "/en/all.rss", "/nowhere", "/robots.txt", "/favicon.svg", "/favicon.ico", "/sitemap.xml", "/EN/"} {
		r := get(h, path)
		policy := r.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(strings.ReplaceAll(policy, "script-src 'self'; ", ""), "script-src") {
			t.Errorf("%s: Content-Security-Policy %q", path, policy)
		}
		fields(t, r, map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin", "Set-Cookie": "",
		})
	}
}

func TestHome(t *testing.T) {
	c := newCityOfAll(t)
	h := c.public()
	r := get(h, "/nl/")
	fields(t, r, map[string]string{"Content-Type": htmlType, "Cache-Control": pageControl, "Vary": "Accept-Encoding"})
	d := document(t, r)

	if got := texts(d, ".urgent h3"); !slices.Equal(got, []string{"Flood drill on the Sumire river this Saturday"}) {
		t.Errorf("urgent notices: %v", got)
	}
	if got := texts(d, ".lead-notice h3, .notice h3"); !slices.Equal(got, []string{
		"Night market opens in the lake district",
		"The draft budget for next year is published, with an emphasis on welfare and the prevention of disasters",
		"Museum van de Wind in de winter op maandag gesloten",
	}) {
		t.Errorf("notices, the newest first, each in its best version:\n%s", strings.Join(got, "\n"))
	}
	if got := attributes(d, "main h3", "lang"); !slices.Equal(got, []string{"en", "en", "en", "nl"}) {
		t.Errorf("languages of the titles: %v", got)
	}
	if got := texts(d, ".badge"); !slices.Equal(got, []string{"Engels", "Engels", "Engels"}) {
		t.Errorf("languages that are not the reader's are told: %v", got)
	}
	hrefs := attributes(d, "a", "href")
	for _, want := range []string{
		"/nl/government", "/nl/from/riyadh", "/nl/everything", "/nl/all", "/nl/subscribe", "/nl/feeds.opml", "/ar/", "/zh-Hant/", "/nl/n/" + c.slug("flood", "en"),
	} {
		if !slices.Contains(hrefs, want) {
			t.Errorf("no link to %s", want)
		}
	}
	for _, href := range hrefs {
		if strings.Contains(href, "sports") {
			t.Errorf("%s: an empty channel is advertised", href)
		}
	}
	if got := attributes(d, `link[type="application/rss+xml"]`, "href"); len(got) == 0 || got[0] != "/nl/all.rss" || !slices.Contains(got, "/nl/culture.rss") {
		t.Errorf("autodiscovery: %v", got)
	}
	if got := attributes(d, "link[hreflang]", "hreflang"); len(got) != 1+len(c.settings.Site.Locales) || got[len(got)-1] != "x-default" {
		t.Errorf("hreflang: %v", got)
	}
	if got := attributes(d, "link[rel=canonical]", "href"); !slices.Equal(got, []string{"https://news.city.example/nl/"}) {
		t.Errorf("canonical: %v", got)
	}
	for _, href := range append(attributes(d, "link[rel=stylesheet],link[rel=icon]", "href"), attributes(d, "img", "src")...) {
		if r := get(h, href); r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", href, r.StatusCode)
		}
	}
	if d.Find(`script:not([src], [type="application/ld+json"]), style, [style]`).Length() > 0 {
		t.Error("inline scripts and styles have no place here")
	}
}

func TestEveryLocaleHasItsPages(t *testing.T) {
	faults := regexp.MustCompile(`<no value>|%!|ZgotmplZ|\b(page|error|entry|channel|category|publisher)\.[a-z]`)
	c := newCity(t)
	h := c.public()
	for _, l := range c.settings.Site.Locales {
		for _, path := range []string{"/", "/government", "/from/riyadh", "/everything", "/n/" + c.slug("flood", "en"), "/n/unknown"} {
			r := get(h, "/"+l.Tag+path)
			d := document(t, r)
			root := d.Find("html")
			dir := "ltr"
			if l.Tag == "ar" {
				dir = "rtl"
			}
			if root.AttrOr("lang", "") != l.Tag || root.AttrOr("dir", "") != dir {
				t.Errorf("/%s%s: lang %q dir %q", l.Tag, path, root.AttrOr("lang", ""), root.AttrOr("dir", ""))
			}
			text := d.Text()
			if fault := faults.FindString(text); fault != "" {
				t.Errorf("/%s%s holds %q", l.Tag, path, fault)
			}
		}
	}
}

func TestChannelPage(t *testing.T) {
	c := newCity(t)
	h := c.public()
	d := document(t, get(h, "/ja/government"))
	if got := d.Find("h1").Text(); got != "行政" {
		t.Errorf("heading %q", got)
	}
	if got := attributes(d, "head link[type]", "href"); !slices.Equal(got[1:], []string{"/ja/government.rss", "/ja/government.atom", "/ja/government.json"}) {
		t.Errorf("autodiscovery: %v", got)
	}
	if got := titles(d); !slices.Equal(got, []string{"すみれ川で土曜日に水害避難訓練を実施します", "来年度予算案を公表しました"}) {
		t.Errorf("notices: %v", got)
	}
	if d := document(t, get(h, "/ja/sports")); d.Find(".empty").Length() != 1 {
		t.Error("an empty channel does not say so")
	}
	if d := document(t, get(h, "/en/everything")); d.Find(".notice").Length() != len(sampleNotices()) {
		t.Error("everything is not everything")
	}
	if r := get(h, "/en/gossip"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown channel: status %d", r.StatusCode)
	}
}

// An empty channel is advertised nowhere: not by the page of the same channel in another
// language either.
func TestAChannelThatOtherLocalesDoNotHold(t *testing.T) {
	c := newCity(t)
	h := c.public()
	d := document(t, get(h, "/ar/only/culture"))
	if got, want := attributes(d, "link[hreflang]", "href"), []string{"https://news.city.example/en/only/culture", "https://news.city.example/ar/only/culture", "https://news.city.example/nl/only/culture", "https://news.city.example/en/only/culture"}; !slices.Equal(got, want) {
		t.Errorf("other languages for search engines: %q, want %q", got, want)
	}
	links := attributes(d, ".languages a", "href")
	if !slices.Contains(links, "/th/") || slices.Contains(links, "/th/only/culture") {
		t.Errorf("other languages for readers: %q", links)
	}

	// Once a locale has something, the page says so.
	c.add(Notice{Article: feeds.Article{
		Story: "metro", Key: "metro", Publisher: "riyadh", Source: "samples", Language: "th",
		Title: "รถไฟฟ้าเปิดให้บริการ", Summary: "ทุกวัน", Content: "<p>ทุกวัน</p>", Categories: []string{"culture"}, Published: anyTime, FirstSeen: anyTime,
	}})
	until(t, func() bool {
		return slices.Contains(attributes(document(t, get(h, "/ar/only/culture")), ".languages a", "href"), "/th/only/culture")
	})
}

// TestArticlePageOfWhatTwoPublish proves that what another publisher has in the same language
// is no version that a page leads to.
func TestArticlePageOfWhatTwoPublish(t *testing.T) {
	c := newCityOfAll(t)
	h := c.public()
	own, japanese := c.slug("flood", "en"), c.slug("flood", "ja")
	first, _, _ := c.Notice(t.Context(), own)
	copied := first.Article
	copied.ID, copied.Key, copied.Publisher = "", "copied", "riyadh"
	c.add(Notice{Article: copied})
	other := feeds.Slug(feeds.MintID("riyadh", "copied", "en"))
	for _, slug := range []string{own, other} {
		d := document(t, get(h, "/en/n/"+slug))
		want := []string{"/ar/n/" + c.slug("flood", "ar"), "/ja/n/" + japanese}
		if got := attributes(d, ".versions a", "href"); !slices.Equal(got, want) {
			t.Errorf("%s: versions %v, want %v", slug, got, want)
		}
		if got := attributes(d, `link[hreflang="en"], link[rel=canonical]`, "href"); slices.ContainsFunc(got, func(s string) bool { return !strings.HasSuffix(s, slug) }) {
			t.Errorf("%s: its addresses are %v", slug, got)
		}
	}
	if d := document(t, get(h, "/ja/n/"+japanese)); !slices.Contains(attributes(d, ".versions a", "href"), "/en/n/"+own) || slices.Contains(attributes(d, ".versions a", "href"), "/en/n/"+other) {
		t.Errorf("the Japanese page leads to %v", attributes(d, ".versions a", "href"))
	}
}

func TestArticlePage(t *testing.T) {
	c := newCityOfAll(t)
	h := c.public()
	base := "https://news.city.example"

	t.Run("in the reader's language", func(t *testing.T) {
		slug := c.slug("flood", "en")
		d := document(t, get(h, "/en/n/"+slug))
		if got := d.Find("h1").Text(); got != "Flood drill on the Sumire river this Saturday" {
			t.Errorf("heading %q", got)
		}
		if got := d.Find(".content ul li").Length(); got != 2 {
			t.Errorf("%d items in the text's list, want 2", got)
		}
		if got := d.Find("article time").First(); got.AttrOr("datetime", "") != "2026-11-02T10:30:00+09:00" || got.Text() != "Published November 2, 2026 at 10:30, Tokyo time" {
			t.Errorf("date %q %q, want the publisher's own day and time", got.AttrOr("datetime", ""), got.Text())
		}
		if d.Find("header .note").Length() != 0 {
			t.Error("a note on the language that goes without saying")
		}
		if got := attributes(d, "link[rel=license]", "href"); !slices.Equal(got, []string{"https://creativecommons.org/licenses/by/4.0/"}) {
			t.Errorf("licence: %v", got)
		}
		if got := attributes(d, ".attribution p a", "href"); !slices.Equal(got, []string{"https://creativecommons.org/licenses/by/4.0/deed.en"}) {
			t.Errorf("what the licence says: %v", got)
		}
		if got := attributes(d, "a[rel=external]", "href"); !slices.Equal(got, []string{"https://kazemori.example/en/drill"}) {
			t.Errorf("original: %v", got)
		}
		if got := attributes(d, ".versions a", "href"); !slices.Equal(got, []string{"/ar/n/" + c.slug("flood", "ar"), "/ja/n/" + c.slug("flood", "ja")}) {
			t.Errorf("other versions, each in its own locale: %v", got)
		}
		if got := texts(d, ".related li span"); len(got) == 0 || got[0] != "Map of shelters" {
			t.Errorf("the source's own recommendations come first: %v", got)
		}
		var alternates []string
		d.Find("link[hreflang]").Each(func(_ int, s *goquery.Selection) {
			alternates = append(alternates, s.AttrOr("hreflang", "")+" "+strings.TrimPrefix(s.AttrOr("href", ""), base))
		})
		if !slices.Equal(alternates, []string{
			"en /en/n/" + slug, "ja /ja/n/" + c.slug("flood", "ja"), "ar /ar/n/" + c.slug("flood", "ar"), "x-default /en/n/" + slug,
		}) {
			t.Errorf("hreflang:\n%s", strings.Join(alternates, "\n"))
		}
		var data struct {
			Type          string `json:"@type"`
			Headline      string
			InLanguage    string
			DatePublished time.Time
			IsBasedOn     string
			URL           string
			Publisher     struct{ Name, URL string }
		}
		if err := json.Unmarshal([]byte(d.Find(`script[type="application/ld+json"]`).First().Text()), &data); err != nil {
			t.Fatal(err)
		}
		if data.Type != "NewsArticle" || data.Headline != "Flood drill on the Sumire river this Saturday" || data.InLanguage != "en" ||
			!data.DatePublished.Equal(anyTime) || data.IsBasedOn != "https://kazemori.example/en/drill" || data.URL != base+"/en/n/"+slug || data.Publisher.URL != "https://kazemori.example/" {
			t.Errorf("JSON-LD: %+v", data)
		}
		if got := attributes(d, `meta[property="og:title"]`, "content"); !slices.Equal(got, []string{"Flood drill on the Sumire river this Saturday"}) {
			t.Errorf("og:title: %v", got)
		}
		if got := attributes(d, `meta[property^="og:locale"]`, "content"); !slices.Equal(got, []string{"en_US", "ar_EG", "ja_JP"}) {
			t.Errorf("og:locale, and its alternates: %v", got)
		}
	})
	t.Run("in another language, without the right to the full text", func(t *testing.T) {
		slug := c.slug("market", "ar")
		d := document(t, get(h, "/ko/n/"+slug))
		if h1 := d.Find("h1"); h1.AttrOr("lang", "") != "ar" || h1.AttrOr("dir", "") != "rtl" {
			t.Errorf("heading: lang %q dir %q", h1.AttrOr("lang", ""), h1.AttrOr("dir", ""))
		}
		if got := texts(d, "header .note"); !slices.Equal(got, []string{"이 소식은 아랍어로 작성되었습니다."}) {
			t.Errorf("note on the language: %v", got)
		}
		if n := strings.Count(d.Find("article").Text(), "아랍어"); n != 1 {
			t.Errorf("the language is told %d times", n)
		}
		if got := d.Find(".content p"); got.Length() != 1 || !strings.Contains(got.Text(), "السادسة") {
			t.Errorf("not the summary alone: %s", got.Text())
		}
		if got := attributes(d, "link[rel=canonical]", "href"); !slices.Equal(got, []string{base + "/ar/n/" + slug}) {
			t.Errorf("one article has one address for search engines: %v", got)
		}
	})
	t.Run("unknown", func(t *testing.T) {
		r := get(h, "/ja/n/no-such-slug")
		if got := document(t, r).Find("h1").Text(); r.StatusCode != http.StatusNotFound || got != c.settings.Bundle.Localizer("ja").Text("error.not-found.title", nil) {
			t.Errorf("status %d, heading %q", r.StatusCode, got)
		}
	})
	t.Run("withdrawn", func(t *testing.T) {
		slug := c.slug("flood", "en")
		if r := get(h, "/fr/n/"+slug); r.StatusCode != http.StatusOK {
			t.Fatalf("before: status %d", r.StatusCode)
		}
		c.withdraw("flood", "en")
		until(t, func() bool { return get(h, "/fr/n/"+slug).StatusCode != http.StatusOK })
		r := get(h, "/fr/n/"+slug)
		if got := document(t, r).Find("h1").Text(); r.StatusCode != http.StatusGone || got != c.settings.Bundle.Localizer("fr").Text("error.gone.title", nil) {
			t.Errorf("status %d, heading %q", r.StatusCode, got)
		}
		fields(t, r, map[string]string{"Cache-Control": "no-store"})
		c.fail(errAway)
		if r := get(h, "/fr/n/"+slug); r.StatusCode == http.StatusOK {
			t.Error("a withdrawn article comes back when the database is away")
		}
	})
}

func TestTextOfANoticeStaysText(t *testing.T) {
	c := newCity(t)
	c.add(Notice{Article: feeds.Article{
		Story: "evil", Key: "evil", Publisher: "riyadh", Language: "und", Published: anyTime,
		Title: `</title><script>alert(1)</script>`, Summary: `"><img src=x onerror=alert(1)>`, Link: "javascript:alert(1)",
	}})
	h := c.public()
	page := body(t, get(h, "/en/n/"+c.slug("evil", "und")))
	for _, fault := range []string{"<script>alert", "<img src=x", `href="javascript`} {
		if strings.Contains(page, fault) {
			t.Errorf("the page holds %s", fault)
		}
	}
	d := document(t, get(h, "/en/n/"+c.slug("evil", "und")))
	if h1 := d.Find("h1"); h1.AttrOr("lang", "?") != "" || h1.AttrOr("dir", "") != "auto" {
		t.Errorf("a language that nobody knows: lang %q dir %q", h1.AttrOr("lang", "?"), h1.AttrOr("dir", ""))
	}
}

func TestPagesAreComposedOnceForEachState(t *testing.T) {
	c := newCity(t)
	h := c.public()
	first := get(h, "/en/government")
	tag := first.Header.Get("ETag")
	for range 5 {
		if got := get(h, "/en/government").Header.Get("ETag"); got != tag {
			t.Errorf("ETag %s after %s though nothing changed", got, tag)
		}
	}
	if r := get(h, "/en/government", "If-None-Match", tag); r.StatusCode != http.StatusNotModified {
		t.Errorf("with its tag: status %d, want 304", r.StatusCode)
	}
	c.mu.Lock()
	composed := c.composed["en/government"]
	c.mu.Unlock()
	if composed != 1 {
		t.Errorf("composed %d times for one state", composed)
	}
	c.withdraw("budget", "en")
	until(t, func() bool { return get(h, "/en/government", "If-None-Match", tag).StatusCode == http.StatusOK })
	if got := len(titles(document(t, get(h, "/en/government")))); got != 1 {
		t.Errorf("%d notices after a withdrawal, want 1", got)
	}
}

func TestConfigurationIsSwapped(t *testing.T) {
	c := newCityOfAll(t)
	settings := c.settings
	h := Public(Config{
		Settings: func() Settings { return settings },
		Shelf:    c.shelf(time.Hour), Channels: c, Articles: c, Log: discard(),
	})
	if got := document(t, get(h, "/en/")).Find("h1").Text(); got != "News from Tokyo and Its Partner Cities" {
		t.Fatalf("heading %q", got)
	}
	site := *settings.Site
	site.Titles = map[string]string{"en": "Kazemori News"}
	site.BaseURL = "https://moved.example/news"
	site.Locales = site.Locales[:2]
	settings.Site = &site
	d := document(t, get(h, "/en/"))
	if got := d.Find("h1").Text(); got != "Kazemori News" {
		t.Errorf("heading %q", got)
	}
	if got := attributes(d, "link[rel=canonical]", "href"); !slices.Equal(got, []string{"https://moved.example/news/en/"}) {
		t.Errorf("canonical %v", got)
	}
	if got := attributes(d, "link[rel=stylesheet]", "href"); !strings.HasPrefix(got[0], "/news/style-") {
		t.Errorf("the path of the public address goes before every link: %v", got)
	}
	for _, path := range []string{"/en/all.rss", "/news/en/all.rss", "/news/en/"} {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if r := get(h, "/news", "Accept-Language", "ja"); r.Header.Get("Location") != "/news/ja/" {
		t.Errorf("/news leads to %q", r.Header.Get("Location"))
	}
	if r := get(h, "/en/all.rss"); !strings.Contains(r.Header.Get("Link"), "<https://moved.example/news/en/all.rss>") {
		t.Errorf("Link %q", r.Header.Get("Link"))
	}
	if r := get(h, "/ko/"); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "Has Ended") {
		t.Errorf("a locale that was taken away: status %d", r.StatusCode)
	}
	for path, want := range map[string]string{"/ko": "301 /news/ko/", "/ko/n/" + c.slug("flood", "ja"): "301 /news/en/n/" + c.slug("flood", "ja"), "/ko/feeds.opml": "410 "} {
		if r := get(h, path); fmt.Sprint(r.StatusCode, " ", r.Header.Get("Location")) != want {
			t.Errorf("%s of a locale that was taken away: %d to %q; want %s", path, r.StatusCode, r.Header.Get("Location"), want)
		}
	}
	if d := document(t, get(h, "/nl/only/culture")); !strings.Contains(d.Find("h1").Text(), "(in Dutch only)") {
		t.Errorf("its own channels are called %q", d.Find("h1").Text())
	}
	for _, path := range []string{"/tlh", "/tlh/n/" + c.slug("flood", "ja"), "/tlh/feeds.opml"} {
		if r := get(h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s of a locale that never was: status %d", path, r.StatusCode)
		}
	}
	if r := get(h, "/tlh/"); r.StatusCode != http.StatusNotFound {
		t.Errorf("a locale that never was: status %d", r.StatusCode)
	}
}

func TestOPML(t *testing.T) {
	h := newCity(t).public()
	type outline struct {
		Text     string    `xml:"text,attr"`
		XMLURL   string    `xml:"xmlUrl,attr"`
		HTMLURL  string    `xml:"htmlUrl,attr"`
		Version  string    `xml:"version,attr"`
		Outlines []outline `xml:"outline"`
	}
	list := func(path string) []outline {
		r := get(h, path)
		fields(t, r, map[string]string{"Content-Type": "text/x-opml; charset=utf-8", "Access-Control-Allow-Origin": "*", "Content-Disposition": "attachment"})
		var opml struct {
			Version  string    `xml:"version,attr"`
			Outlines []outline `xml:"body>outline"`
		}
		if err := xml.Unmarshal([]byte(body(t, r)), &opml); err != nil || opml.Version != "2.0" {
			t.Fatalf("%s: %+v, %v", path, opml, err)
		}
		return opml.Outlines
	}

	// What a reader program imports brings no notice twice: it subscribes to all that stands
	// in a file, whatever the groups.
	const base = "https://news.city.example/ja/"
	if got := list("/ja/feeds.opml"); len(got) != 1 || got[0].XMLURL != base+"all.atom" || got[0].HTMLURL != base || got[0].Version != "ATOM" || got[0].Text != "すべての分野｜東京と世界のパートナー都市ニュース" {
		t.Fatalf("everything: %+v", got)
	}
	topics := list("/ja/topics.opml")
	if len(topics) != 1 || topics[0].Text != "分野" || len(topics[0].Outlines) != 3 || topics[0].Outlines[0].XMLURL != base+"government.atom" || topics[0].Outlines[0].HTMLURL != base+"government" {
		t.Errorf("topics: %+v", topics)
	}
	cities := list("/ja/cities.opml")
	if len(cities) != 1 || cities[0].Text != "都市・州" || len(cities[0].Outlines) != 2 || cities[0].Outlines[0].XMLURL != base+"from/riyadh.atom" || cities[0].Outlines[1].XMLURL != base+"from/sample-city.atom" { // リ, 風
		t.Errorf("cities: %+v", cities)
	}
	page := body(t, get(h, "/ja/"))
	for _, name := range []string{"feeds", "topics", "cities"} {
		if !strings.Contains(page, `<a href="/ja/`+name+`.opml" type="text/x-opml" download>`) {
			t.Errorf("the first page does not offer %s.opml", name)
		}
	}

	// A program finds every channel.
	program := list("/ja/channels.opml")
	if len(program) != 5 || program[0].XMLURL != base+"all.atom" || program[1].XMLURL != base+"everything.atom" {
		t.Fatalf("%+v", program)
	}
	if got := program[4]; got.Text != "日本語版" || len(got.Outlines) != 2 || got.Outlines[0].XMLURL != base+"only/government.atom" {
		t.Errorf("strict channels: %+v", got)
	}
	if r := get(h, "/tlh/channels.opml"); r.StatusCode != http.StatusNotFound {
		t.Errorf("the list of a locale that never was: status %d", r.StatusCode)
	}
}

func titles(d *goquery.Document) []string { return texts(d, ".notice h3") }

func texts(d *goquery.Document, selector string) []string {
	return d.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
}

func attributes(d *goquery.Document, selector, name string) []string {
	return d.Find(selector).Map(func(_ int, s *goquery.Selection) string { return s.AttrOr(name, "") })
}

// A notice of which only the day was told, or whose time nobody told, is shown as of its day;
// a time stands with its place, for machines too.
func TestTheTimeOfANotice(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour, minute int) time.Time { return time.Date(2026, 4, 1, hour, minute, 0, 0, tokyo) }
	for _, test := range []struct {
		remark          string
		article         feeds.Article
		machine, reader string
	}{
		{"a time", feeds.Article{Published: at(15, 30)}, "2026-04-01T15:30:00+09:00", "April 1, 2026 at 15:30, Tokyo time"},
		{"midnight", feeds.Article{Published: at(0, 0)}, "2026-04-01", "April 1, 2026"},
		{"a day", feeds.Article{Published: at(1, 0), PublishedDay: true}, "2026-04-01", "April 1, 2026"},
		{"when we saw it", feeds.Article{Published: at(15, 30), PublishedFrom: feeds.DateFirstSeen}, "2026-04-01", "April 1, 2026"},
	} {
		c := newCityOfAll(t)
		a := test.article
		a.Story, a.Key, a.Publisher, a.Source, a.Language, a.Title = "drill", "drill", "sample-city", "samples", "en", "Drill"
		a.Corrected = at(18, 5)
		c.add(Notice{Article: a})
		d := document(t, get(c.public(), "/en/n/"+c.slug("drill", "en")))
		got := d.Find("article time").First()
		if got.AttrOr("datetime", "") != test.machine || got.Text() != "Published "+test.reader {
			t.Errorf("%s: %q %q", test.remark, got.AttrOr("datetime", ""), got.Text())
		}
		if got := d.Find(".dates strong").Text(); got != "Corrected on April 1, 2026 at 18:05, Tokyo time" {
			t.Errorf("%s: %q", test.remark, got)
		}
		if got := attributes(d, `meta[property="article:published_time"]`, "content"); len(got) != 1 || got[0] != test.machine {
			t.Errorf("%s: machines read %q", test.remark, got)
		}
	}
}
