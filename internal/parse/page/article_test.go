package page

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

func mustPage(t testing.TB, source string, o parse.Options) *Article {
	t.Helper()
	if o.BaseURL == "" {
		o.BaseURL = "https://www.city.example/news/1.html"
	}
	p, err := ParseArticle([]byte(source), o, feeds.Selectors{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const longParagraph = `The city will open the renovated riverside park to the public. The park has a playground, a rose garden and a tea house, and it can be reached by the tram lines 3 and 7, which stop at its northern gate. `

func TestPageOfLinkedData(t *testing.T) {
	p := mustPage(t, `<!DOCTYPE html><html lang="en-GB"><head>
<title>Riverside park opens | City of Example</title>
<link rel="canonical" href="/news/1.html?utm_source=mail">
<link rel="alternate" hreflang="en" href="https://www.city.example/news/1.html">
<link rel="alternate" hreflang="ja" href="https://www.city.example/ja/news/1.html">
<link rel="alternate" hreflang="zh-TW" href="https://www.city.example/tc/news/1.html">
<link rel="alternate" hreflang="fr" href="https://www.city.example/fr/">
<link rel="alternate" hreflang="x-default" href="https://www.city.example/">
<meta property="og:site_name" content="City of Example">
<meta name="copyright" content="&copy; City of Example">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "@id": "#org", "name": "Parks Department"},
 {"@type": ["NewsArticle"], "headline": "Riverside park opens &amp; blooms",
  "datePublished": "2026-04-01T09:00:00+09:00", "dateModified": "2026-04-02",
  "author": {"@id": "#org"}, "inLanguage": "en", "articleSection": ["Parks"], "keywords": "parks, roses",
  "image": {"@type": "ImageObject", "url": "/img/park.jpg", "width": 1200, "height": "630", "caption": "The park"},
  "description": "A park opens
on 5 April."}
]}
</script></head><body><nav><a href="/">Home</a></nav>
<main><h1>Riverside park opens</h1><p>`+longParagraph+`</p><p onclick="x()">`+longParagraph+`<script>alert(1)</script><img src="/img/gate.jpg" alt="Gate"></p></main>
<footer>Imprint</footer></body></html>`, parse.Options{Location: parsetest.Zone(t, "Asia/Tokyo")})
	a := p.Article
	if want := "Riverside park opens & blooms"; a.Title != want {
		t.Errorf("title %q, want %q", a.Title, want)
	}
	if want := "https://www.city.example/news/1.html"; a.Link != want {
		t.Errorf("link %q, want %q", a.Link, want)
	}
	if a.Language != "en" || a.Summary != "A park opens on 5 April." || a.Rights != "© City of Example" || a.PublishedFrom != feeds.DatePage || p.Visible {
		t.Errorf("language %q, summary %q, rights %q, dated from %q, visible %v", a.Language, a.Summary, a.Rights, a.PublishedFrom, p.Visible)
	}
	if want := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC); !a.Published.Equal(want) {
		t.Errorf("published %v, want %v", a.Published, want)
	}
	if want := time.Date(2026, 4, 1, 15, 0, 0, 0, time.UTC); !a.Updated.Equal(want) {
		t.Errorf("updated %v, want %v: a date without a zone is the source's", a.Updated, want)
	}
	if diff := cmp.Diff([]feeds.Alternate{
		{Language: "ja", Link: "https://www.city.example/ja/news/1.html"},
		{Language: "zh-Hant", Link: "https://www.city.example/tc/news/1.html"},
	}, a.Alternates); diff != "" {
		t.Errorf("alternates (-want +got); the French front page is no translation:\n%s", diff)
	}
	if diff := cmp.Diff([]feeds.Person{{Name: "Parks Department"}}, a.Authors); diff != "" {
		t.Error("authors (-want +got):\n", diff)
	}
	if diff := cmp.Diff([]feeds.Term{{Term: "Parks"}, {Term: "roses"}}, a.Terms); diff != "" {
		t.Error("terms (-want +got):\n", diff)
	}
	if diff := cmp.Diff([]feeds.Image{
		{URL: "https://www.city.example/img/park.jpg", Alt: "The park", Width: 1200, Height: 630},
		{URL: "https://www.city.example/img/gate.jpg", Alt: "Gate"},
	}, a.Images); diff != "" {
		t.Error("images (-want +got):\n", diff)
	}
	for _, wrong := range []string{"script", "onclick", "Imprint", "Home", "<h1"} {
		if strings.Contains(a.Content, wrong) {
			t.Errorf("content holds %q: %s", wrong, a.Content)
		}
	}
	if !strings.Contains(a.Content, "rose garden") || !strings.Contains(a.Content, `src="https://www.city.example/img/gate.jpg"`) {
		t.Errorf("content: %s", a.Content)
	}
}

func TestDatesOfPages(t *testing.T) {
	tokyo := parsetest.Zone(t, "Asia/Tokyo")
	for _, test := range []struct {
		name, zone, head, body, want string // want is in the zone; "" for no date
		visible                      bool
	}{
		{name: "OpenGraph", head: `<meta property="article:published_time" content="2026-04-01T09:30:00+09:00">`, want: "2026-04-01 09:30"},
		{name: "two datetimes run together", zone: "Asia/Shanghai", head: `<meta name="PubDate" content="2026-03-30 09:05:002026-03-30 09:05:00">`, want: "2026-03-30 09:05"},
		{name: "two dates run together", zone: "Asia/Shanghai", head: `<meta name="PubDate" content="2026-03-302026-03-30">`, want: "2026-03-30 00:00"},
		{name: "Dublin Core", head: `<meta name="DC.date.issued" content="2026-04-01">`, want: "2026-04-01 00:00"},
		{name: "a date in the future gives way to the next", head: `<meta property="article:published_time" content="2062-04-01"><meta name="pubdate" content="2026-04-01">`, want: "2026-04-01 00:00"},
		{name: "Japanese era with the year of the common era", body: `<h1>お知らせ</h1><p class="koushin">更新日：令和8年(2026年)4月1日</p>`, want: "2026-04-01 00:00", visible: true},
		{name: "first year of an era", body: `<h1>お知らせ</h1><div class="date">令和元年5月7日</div>`, want: "2019-05-07 00:00", visible: true},
		{name: "kanji date beside the heading", body: `<h1>防災訓練を実施します</h1><p>掲載日 2026年4月1日（水曜日）</p><p>開催日は2026年5月9日です。どなたでも参加できます。</p>`, want: "2026-04-01 00:00", visible: true},
		{name: "time element", body: `<h1>News</h1><time datetime="2026-04-01T12:00:00Z">1 April</time>`, want: "2026-04-01 21:00", visible: true},
		{name: "Thai Buddhist year", zone: "Asia/Bangkok", body: `<h1>ประกาศกรุงเทพมหานคร</h1><span class="post-date">1 เมษายน 2569</span>`, want: "2026-04-01 00:00", visible: true},
		{name: "Arabic-Indic digits", zone: "Asia/Riyadh", body: `<h1>إعلان</h1><span class="date">٢٠٢٦/٠٤/٠١</span>`, want: "2026-04-01 00:00", visible: true},
		{name: "Russian month", zone: "Asia/Tomsk", body: `<h1>Новости</h1><div class="news-date">1 апреля 2026 г.</div>`, want: "2026-04-01 00:00", visible: true},
		{name: "Turkish month", zone: "Europe/Istanbul", body: `<h1>Duyuru</h1><p>1 Nisan 2026</p>`, want: "2026-04-01 00:00", visible: true},
		{name: "English month first", body: `<h1>News</h1><p>Published: April 1, 2026</p>`, want: "2026-04-01 00:00", visible: true},
		{name: "a change before the publication", body: `<h1>入札公告</h1><p>更新日：2026年4月5日　掲載日：2026年4月1日</p>`, want: "2026-04-01 00:00", visible: true},
		{name: "a change in an element of its own", body: `<h1>News</h1><div class="date">Last updated: 5 April 2026</div><div class="info">Published: 1 April 2026</div>`, want: "2026-04-01 00:00", visible: true},
		{name: "a change alone", body: `<h1>News</h1><div class="updated-date">5 April 2026</div><div class="side-date">9 January 2026</div>`, want: "2026-04-05 00:00", visible: true},
		{name: "what the notice is about", body: `<h1>Concert in the park</h1><div class="event-date">20 April 2026</div><p class="published">Published on 1 April 2026</p>`, want: "2026-04-01 00:00", visible: true},
		{name: "an element for the time of a change", body: `<h1>News</h1><time class="updated" datetime="2026-04-05">x</time><time class="published" datetime="2026-04-01">x</time>`, want: "2026-04-01 00:00", visible: true},
		{name: "numbers of a language that writes the day first", head: `<meta name="language" content="es">`, body: `<h1>Corte de calle</h1><p class="fecha">05/04/2026</p>`, want: "2026-04-05 00:00", visible: true},
		{name: "dates in navigation and prose do not count", body: `<nav><time datetime="2020-01-01">x</time></nav><h1>Call for tenders for the bridge</h1><p>` + longParagraph + `Offers are taken until 2026-03-03, and opened on the day after that.</p>`, want: ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			loc := tokyo
			if test.zone != "" {
				loc = parsetest.Zone(t, test.zone)
			}
			p := mustPage(t, `<html><head>`+test.head+`<title>Example</title></head><body>`+test.body+`<p>`+longParagraph+`</p></body></html>`,
				parse.Options{Location: loc, Now: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)})
			got := ""
			if !p.Article.Published.IsZero() {
				got = p.Article.Published.In(loc).Format("2006-01-02 15:04")
			}
			if got != test.want || p.Visible != test.visible {
				t.Errorf("published %q (visible %v), want %q (%v)", got, p.Visible, test.want, test.visible)
			}
			if test.want == "" && p.Article.PublishedFrom != feeds.DateFirstSeen {
				t.Errorf("without a date it is from %q", p.Article.PublishedFrom)
			}
		})
	}
}

func TestDateInTheAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.city.example/2026/04/01/opening.html":           "2026-04-01",
		"https://www.city.example/gia/202604/01/20260401_093000.htm": "2026-04-01",
		"https://www.city.example/20261301/x.html":                   "",
		"https://www.city.example/news/12345678.html":                "",
	} {
		p := mustPage(t, "<title>News of the day</title><h1>News of the day</h1>", parse.Options{BaseURL: address})
		got := ""
		if !p.Article.Published.IsZero() {
			got = p.Article.Published.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestTitlesOfPages(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"heading with the site behind it", `<title>公園が開園します｜見本市公式ホームページ</title><body><h1>公園が開園します</h1>`, "公園が開園します"},
		{"site name from OpenGraph", `<title>x</title><meta property="og:title" content="Park opens - Sample City"><meta property="og:site_name" content="Sample City">`, "Park opens"},
		{"the title is the site's, the heading the article's", `<title>Sample City</title><body><main><h1>Rose garden opens on Sunday</h1></main>`, "Rose garden opens on Sunday"},
		{"a logo's heading does not count", `<title>Rose garden opens</title><body><header><h1>Sample City</h1></header>`, "Rose garden opens"},
		{"entities are decoded once", `<meta property="og:title" content="Roses &amp;amp; thorns">`, "Roses & thorns"},
		{"a short heading of the notice before the site's title", `<title>見本市</title><main><h1>断水</h1>`, "断水"},
		{"the site before the heading", `<title>Sample City | Rose garden opens on Sunday</title><main><h1>Rose garden opens on Sunday</h1>`, "Rose garden opens on Sunday"},
		{"OpenGraph has the site's", `<title>Rose garden opens | Sample City</title><meta property="og:title" content="Sample City"><main><h1>Rose garden opens</h1>`, "Rose garden opens"},
		{"OpenGraph has a better one", `<title>Roses | Sample City</title><meta property="og:title" content="Rose garden opens on Sunday"><main><h1>Roses</h1>`, "Rose garden opens on Sunday"},
		{"the main heading is a section's", `<title>断水します｜見本市</title><main><h1>お知らせ</h1><h2>断水します</h2>`, "断水します"},
		{"a section's heading behind the title", `<title>Rose garden opens on Sunday | News</title><main><h1>News</h1>`, "Rose garden opens on Sunday | News"},
		{"the heading of a board", `<title>단수 안내 | 한빛시</title><body><h2>공지사항</h2><h3>단수 안내</h3>`, "단수 안내"},
		{"a form is around the page", `<title>Sample City</title><form><main><h1>Roses</h1></main></form>`, "Roses"},
		{"readings of ruby are left out", `<title>x</title><main><h1><ruby>回覧<rt>かいらん</rt></ruby>板のお知らせ</h1></main>`, "回覧板のお知らせ"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mustPage(t, test.source, parse.Options{}).Article.Title; got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestPageOfMicrodata(t *testing.T) {
	a := mustPage(t, `<html lang="ko"><title>서울</title><article itemscope itemtype="https://schema.org/NewsArticle">
<h2 itemprop="headline">한강 공원에서 봄꽃 축제가 열립니다</h2><span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">푸른도시국</b></span>
<meta itemprop="datePublished" content="2026-04-01T10:00:00+09:00">
<div itemprop="articleBody"><p>한강 공원에서 4월 5일부터 봄꽃 축제가 열립니다.</p></div>
<p>공유하기</p></article></html>`, parse.Options{}).Article
	if a.Title != "한강 공원에서 봄꽃 축제가 열립니다" || a.Language != "ko" || a.Content != "<p>한강 공원에서 4월 5일부터 봄꽃 축제가 열립니다.</p>" ||
		len(a.Authors) != 1 || a.Authors[0].Name != "푸른도시국" || a.Published.Hour() != 1 {
		t.Errorf("%+v", a)
	}
}

func TestLanguageOfPages(t *testing.T) {
	for _, test := range []struct{ name, source, configured, want string }{
		{name: "configured before all", source: `<html lang="en">`, configured: "nl", want: "nl"},
		{name: "the text's element before the template's", source: `<html lang="en"><main lang="id">`, want: "id"},
		{name: "region decides the script", source: `<html lang="zh-TW">`, want: "zh-Hant"},
		{name: "http-equiv", source: `<meta http-equiv="Content-Language" content="tr">`, want: "tr"},
		{name: "og:locale", source: `<meta property="og:locale" content="fr_FR">`, want: "fr"},
		{name: "nothing but the script", source: `<title>ประกาศเรื่องการปิดถนน</title>`, want: "th"},
		{name: "nothing", source: `<title>Avis</title>`, want: "und"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mustPage(t, test.source+"<h1>x</h1>", parse.Options{Language: test.configured}).Article.Language; got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestPageInAnotherCharset(t *testing.T) {
	data, err := japanese.EUCJP.NewEncoder().String(`<html><head><meta charset="euc-jp"><title>防災訓練のお知らせ</title></head><body><h1>防災訓練のお知らせ</h1><p>訓練を行います。</p></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	if got := mustPage(t, data, parse.Options{}).Article; got.Title != "防災訓練のお知らせ" || got.Language != "ja" {
		t.Errorf("%+v", got)
	}
}

func TestContentBySelector(t *testing.T) {
	source := `<title>Park</title><div class="intro">Menu</div><div class="body"><h1>Park</h1><p>The park opens.</p></div>`
	p, err := ParseArticle([]byte(source), parse.Options{BaseURL: "https://www.city.example/1"}, feeds.Selectors{Content: ".body"})
	if err != nil || p.Article.Content != "<p>The park opens.</p>" {
		t.Errorf("%v: %+v", err, p)
	}
	if _, err := ParseArticle([]byte(source), parse.Options{}, feeds.Selectors{Content: "..body"}); err == nil || !strings.Contains(err.Error(), `"..body"`) {
		t.Errorf("a selector that can't be read: %v", err)
	}
	p, err = ParseArticle([]byte(source), parse.Options{}, feeds.Selectors{Content: ".gone"})
	if err != nil || !parsetest.HasProblem(p.Problems, "selector") {
		t.Errorf("a selector that finds nothing: %v, %+v", err, p)
	}
}

func TestNoPage(t *testing.T) {
	for _, test := range []struct {
		name, data, contentType string
		want                    error
	}{
		{"a PDF", "%PDF-1.7 <<", "application/pdf", ErrNotHTML},
		{"a PDF that calls itself HTML", "%PDF-1.7 <<", "text/html", ErrNotHTML},
		{"JSON", `{"a": 1}`, "application/json", ErrNotHTML},
		{"an empty page", "<html><body></body></html>", "text/html", ErrNoArticle},
	} {
		if _, err := ParseArticle([]byte(test.data), parse.Options{ContentType: test.contentType}, feeds.Selectors{}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

func TestCanonicalFrontPageIsNotBelieved(t *testing.T) {
	p := mustPage(t, `<link rel="canonical" href="/"><meta property="og:url" content="https://elsewhere.example/x"><title>Park opens</title>`, parse.Options{})
	if p.Article.Link != "https://www.city.example/news/1.html" || !parsetest.HasProblem(p.Problems, "canonical") {
		t.Errorf("%q, %v", p.Article.Link, p.Problems)
	}
}

func TestLinkedDataOfSeveralArticles(t *testing.T) {
	const related = `<script type="application/ld+json">// <![CDATA[
</script><script type="application/ld+json; charset=utf-8">[
{"@type": "NewsArticle", "headline": "Another article", "url": "https://www.city.example/news/9.html"},
{"@type": "https://schema.org/NewsArticle", "headline": "The bridge opens", "mainEntityOfPage": {"@type": "WebPage", "@id": "https://www.city.example/news/1.html#page"}, "datePublished": ["2026-04-01"]}];</script>`
	p := mustPage(t, related+`<title>x</title>`, parse.Options{})
	if p.Article.Title != "The bridge opens" || p.Article.Published.IsZero() || !parsetest.HasProblem(p.Problems, "json-ld") {
		t.Errorf("%+v, %v", p.Article, p.Problems)
	}
	p = mustPage(t, related+`<title>All the news</title>`, parse.Options{BaseURL: "https://www.city.example/news/"})
	if p.Article.Title != "All the news" {
		t.Errorf("a listing has the title %q of one of its articles", p.Article.Title)
	}
}

func TestPagesThatAreTooDeep(t *testing.T) {
	p := mustPage(t, "<title>Deep</title>"+strings.Repeat("<div>", 400)+strings.Repeat("word ", 50_000), parse.Options{})
	if p.Article.Title != "Deep" || !parsetest.HasProblem(p.Problems, "page-too-nested") {
		t.Errorf("%q, %v", p.Article.Title, p.Problems)
	}
	if _, err := ParseArticle([]byte(strings.Repeat("<div>", 1000)), parse.Options{}, feeds.Selectors{}); err == nil {
		t.Error("a page without an end of nesting was read")
	}
}

func FuzzParsePage(f *testing.F) {
	f.Add([]byte(`<html lang="ja"><title>見本</title><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x","author":[{"name":["a"]}]}]}</script><h1>見本</h1><p>令和8年4月1日</p>`))
	f.Add([]byte(`<article itemscope itemtype="http://schema.org/Article"><p itemprop="articleBody">x<link rel=alternate hreflang=en href="//a.example/x">`))
	f.Add([]byte("<a href='http://[::1'>x</a><base href='%zz'><time datetime='9999999999999'>\xff\xfe"))
	f.Add([]byte(strings.Repeat("<div>", 600) + "x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		o := parse.Options{BaseURL: "https://www.city.example/news/", Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
		if p, err := ParseArticle(data, o, feeds.Selectors{}); err == nil && strings.Contains(strings.ToLower(p.Article.Content), "<script") {
			t.Errorf("a script came through: %q", p.Article.Content)
		}
		if l, err := ParseListing(data, o, feeds.Selectors{}); err == nil {
			for _, e := range l.Items {
				if !strings.HasPrefix(e.Link, "http") {
					t.Errorf("the link %q is not absolute", e.Link)
				}
			}
		}
		_, _ = Discover(data, o)
	})
}
