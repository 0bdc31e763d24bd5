package page

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

// around puts a page's usual furniture around its content.
func around(lang, content string) []byte {
	return []byte(`<!DOCTYPE html><html lang="` + lang + `"><head><title>News list</title></head><body>
<header><a href="/">Sample City</a><ul class="lang"><li><a href="/en/">English</a></li><li><a href="/ja/">日本語</a></li></ul></header>
<nav><ul><li><a href="/life/">くらし・手続きのご案内はこちらです</a></li><li><a href="/tourism/">Sightseeing and culture in the city</a></li><li><a href="/about/">About the city and its government</a></li></ul></nav>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/news/">All the news of the city</a></div>
<main>` + content + `</main>
<div class="pagination"><a href="/news/?page=2">2</a><a href="/news/?page=3">Next page of the list</a></div>
<footer><a href="/privacy/">Privacy policy of the municipal website</a><a href="https://twitter.example/city">Follow us on social media</a></footer></body></html>`)
}

func TestGuessedListings(t *testing.T) {
	for _, test := range []struct {
		name, lang, zone, content string
		want                      []string // title, day, path
	}{
		{
			name: "definition list, dates in Japanese eras", lang: "ja", zone: "Asia/Tokyo",
			content: `<h1>新着情報</h1><dl>
<dt>令和8年4月1日</dt><dd><a href="/news/2026/04/0001.html">市立図書館の開館時間を変更します</a></dd>
<dt>令和8年3月31日</dt><dd><a href="/news/2026/03/0102.html">春の交通安全運動を実施します</a></dd>
<dt>令和8年3月30日</dt><dd><a href="/news/2026/03/0099.pdf">予算案の概要について（PDF：1.2MB）</a></dd></dl>`,
			want: []string{
				"市立図書館の開館時間を変更します 2026-04-01 /news/2026/04/0001.html",
				"春の交通安全運動を実施します 2026-03-31 /news/2026/03/0102.html",
				"予算案の概要について（PDF：1.2MB） 2026-03-30 /news/2026/03/0099.pdf",
			},
		},
		{
			name: "cards with a heading, a picture and a link to read more", lang: "nl", zone: "Europe/Amsterdam",
			content: `<div class="cards">
<article class="card card-1"><a href="/nieuws/brug/"><img src="/b.jpg" alt=""></a><h3><a href="/nieuws/brug/">Brug over het kanaal weer open</a></h3><time datetime="2026-04-01T08:00">1 april</time><p>De brug is klaar.</p><a href="/nieuws/brug/">Lees meer</a></article>
<article class="card card-2"><h3><a href="/nieuws/markt/">Markt verhuist naar het plein</a></h3><time datetime="2026-03-28">28 maart</time><a href="/nieuws/markt/">Lees meer</a></article></div>
<aside><h2>Populair</h2><a href="/nieuws/oud/">Een oud bericht dat vaak gelezen wordt</a></aside>`,
			want: []string{"Brug over het kanaal weer open 2026-04-01 /nieuws/brug/", "Markt verhuist naar het plein 2026-03-28 /nieuws/markt/"},
		},
		{
			name: "table, date in a cell", lang: "zh-TW", zone: "Asia/Taipei",
			content: `<table><tr><th>日期</th><th>標題</th></tr>
<tr class="odd"><td>2026-04-01</td><td><a href="News_Content.aspx?n=1&s=100">捷運末班車延長至凌晨</a></td></tr>
<tr class="even"><td>2026-03-31</td><td><a href="News_Content.aspx?n=1&s=99">河濱公園花季開始了</a></td></tr></table>`,
			want: []string{"捷運末班車延長至凌晨 2026-04-01 /news/News_Content.aspx?n=1&s=100", "河濱公園花季開始了 2026-03-31 /news/News_Content.aspx?n=1&s=99"},
		},
		{
			name: "date within the link, in Arabic digits", lang: "ar", zone: "Asia/Riyadh",
			content: `<ul><li><a href="/n/1">٢٠٢٦/٠٤/٠١ افتتاح الحديقة الجديدة في الحي</a></li><li><a href="/n/2">٢٠٢٦/٠٣/٣١ إغلاق الطريق الدائري مؤقتا</a></li></ul>`,
			want:    []string{"افتتاح الحديقة الجديدة في الحي 2026-04-01 /n/1", "إغلاق الطريق الدائري مؤقتا 2026-03-31 /n/2"},
		},
		{
			name: "no dates at all", lang: "ru", zone: "Asia/Tomsk",
			content: `<ul class="list"><li><a href="/news/10">В Томске откроют новый парк у реки</a></li><li><a href="/news/9">Изменение движения трамваев в центре</a></li><li><a href="/news/8">Приём заявок на городской конкурс</a></li></ul>`,
			want:    []string{"В Томске откроют новый парк у реки  /news/10", "Изменение движения трамваев в центре  /news/9", "Приём заявок на городской конкурс  /news/8"},
		},
		{
			name: "a title that begins with a date keeps it", lang: "ja", zone: "Asia/Tokyo",
			content: `<ul><li><span class="date">2026/04/01</span><a href="/n/1">4月5日から桜まつりを開催します</a></li><li><span class="date">2026/03/31</span><a href="/n/2">2026年5月9日の防災訓練に参加しませんか</a></li></ul>`,
			want:    []string{"4月5日から桜まつりを開催します 2026-04-01 /n/1", "2026年5月9日の防災訓練に参加しませんか 2026-03-31 /n/2"},
		},
		{name: "nothing but navigation", lang: "en", content: `<p>There is no news.</p>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			loc := time.UTC
			if test.zone != "" {
				loc = parsetest.Zone(t, test.zone)
			}
			l, err := ParseListing(around(test.lang, test.content), parse.Options{BaseURL: "https://www.city.example/news/", Location: loc, Now: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)}, feeds.Selectors{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, entries(l.Items, loc)); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
			if l.Title != "News list" || l.Language != language.Tag(test.lang) {
				t.Errorf("title %q, language %q", l.Title, l.Language)
			}
		})
	}
}

// entries are the entries as a line each: title, day, address without its host.
func entries(all []Item, loc *time.Location) (lines []string) {
	for _, e := range all {
		day := ""
		if !e.Published.IsZero() {
			day = e.Published.In(loc).Format(time.DateOnly)
		}
		lines = append(lines, e.Title+" "+day+" "+strings.TrimPrefix(e.Link, "https://www.city.example"))
	}
	return lines
}

func TestListingBySelectors(t *testing.T) {
	source := around("en", `<div class="row"><b>Park opens</b><i>01/04/2026</i><a href="/n/1">open</a><p class="s">It has a tea house.</p></div>
<div class="row"><b>Road closed</b><i>soon</i><a href="/n/2" hreflang="fr">open</a></div><div class="row">advertisement</div>`)
	for _, test := range []struct {
		name      string
		selectors feeds.Selectors
		want      []Item
		problems  []string
	}{
		{
			name:      "everything named",
			selectors: feeds.Selectors{Item: ".row", Link: "a", Title: "b", Date: "i", Summary: ".s"},
			want: []Item{
				{Link: "https://www.city.example/n/1", Title: "Park opens", Summary: "It has a tea house.", Language: "en", Published: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), PublishedDay: true},
				{Link: "https://www.city.example/n/2", Title: "Road closed", Language: "fr"},
			},
			problems: []string{"selector", "date-unreadable"},
		},
		{
			name:      "links alone",
			selectors: feeds.Selectors{Link: ".row a"},
			want: []Item{
				{Link: "https://www.city.example/n/1", Title: "open", Language: "en"},
				{Link: "https://www.city.example/n/2", Title: "open", Language: "fr"},
			},
		},
		{name: "a selector that finds nothing", selectors: feeds.Selectors{Item: ".gone"}, problems: []string{"selector"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, err := ParseListing(source, parse.Options{BaseURL: "https://www.city.example/news/", DayFirst: true}, test.selectors)
			if err != nil {
				t.Fatal(err)
			}
			for i := range l.Items {
				if l.Items[i].Language == "" {
					l.Items[i].Language = "en" // what the page says
				}
			}
			if diff := cmp.Diff(test.want, l.Items); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
			for _, code := range test.problems {
				if !parsetest.HasProblem(l.Problems, code) {
					t.Errorf("no problem %q in %v", code, l.Problems)
				}
			}
		})
	}
	if _, err := ParseListing(source, parse.Options{}, feeds.Selectors{Item: "div["}); err == nil {
		t.Error("a selector that can't be read is no error")
	}
}

func TestDiscoverUnderFeed(t *testing.T) {
	found, err := Discover([]byte(`<html><head><link rel="alternate" type="application/rss+xml" href="feed:https://www.city.example/a"></head>
<body><a href="feed://press.example/b">Subscribe</a><a href="feed:nothing">Feed</a></body></html>`), parse.Options{BaseURL: "https://www.city.example/news/"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		if f.By != ByPath {
			got = append(got, f.By.String()+" "+f.URL)
		}
	}
	if diff := cmp.Diff([]string{"declared https://www.city.example/a", "linked https://press.example/b"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDiscover(t *testing.T) {
	found, err := Discover([]byte(`<html><head>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="News &amp; more" href="/feed/">
<link rel="alternate" type="application/atom+xml" hreflang="fr" href="/fr/atom.xml">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
<link rel="alternate" hreflang="ja" href="/ja/">
<link rel="sitemap" type="application/xml" href="/map.xml"></head>
<body><a href="/rss/disaster.rdf">Disaster RSS</a><a href="https://reader.example/add?feed=x">Add</a><a href="/feeding-birds">Feeding birds</a></body></html>`),
		parse.Options{BaseURL: "https://www.city.example/"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		if f.By != ByPath {
			got = append(got, f.By.String()+" "+f.Type+" "+f.URL+" "+f.Title+" "+f.Language)
		}
	}
	if diff := cmp.Diff([]string{
		"declared feed https://www.city.example/feed/ News & more ",
		"declared feed https://www.city.example/fr/atom.xml  fr",
		"declared sitemap https://www.city.example/map.xml  ",
		"declared feed https://www.city.example/comments/feed/ Comments ",
		"linked feed https://www.city.example/rss/disaster.rdf Disaster RSS ",
	}, got); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	if found[len(found)-1].By != ByPath {
		t.Error("the well-known paths do not come last")
	}
}
