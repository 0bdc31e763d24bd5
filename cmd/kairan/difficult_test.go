package main

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// notice is a difficult notice: what a publisher writes, and what every reader should
// make of what is published of it.
type notice struct {
	id    string // by which the test speaks of it
	lang  string // a language tag
	title string // in letters, as readers see it; empty where the publisher gives none
	date  string // in RFC 3339, as readers see it; empty where the publisher gives none
	link  string // empty where it has no page but ours

	authors    []string // their names
	picture    string   // an address
	enclosures []string // addresses, without pictures

	markup string // the title as Atom has it, where that is not the title's letters
	links  string // the address as Atom has it, where that is not the link
	also   string // further elements of the Atom entry
	body   string // HTML; empty for a sentence in its language
}

// sentences are texts of thirteen languages.
var sentences = map[string]string{
	"ar":      "يبدأ العمل في الشارع الرئيسي يوم الاثنين، ويرجى من السكان استخدام الطرق البديلة حتى نهاية الأسبوع.",
	"en":      "Work on the main street begins on Monday, and residents are asked to use other roads until the end of the week.",
	"es":      "Las obras en la calle principal comienzan el lunes y se ruega a los vecinos que usen otras calles hasta el fin de semana.",
	"fr":      "Les travaux de la rue principale commencent lundi et les habitants sont priés d'emprunter d'autres rues jusqu'à la fin de la semaine.",
	"id":      "Pekerjaan di jalan utama dimulai pada hari Senin, dan warga diminta menggunakan jalan lain sampai akhir pekan.",
	"ja":      "月曜日から大通りの工事が始まります。週末まで、ほかの道をお使いくださいますようお願いします。",
	"ko":      "월요일부터 큰길 공사가 시작됩니다. 주민 여러분께서는 주말까지 다른 길을 이용해 주시기 바랍니다.",
	"pt":      "As obras na rua principal começam na segunda-feira, e pedimos aos moradores que usem outras ruas até o fim da semana.",
	"ru":      "Работы на главной улице начинаются в понедельник, и мы просим жителей до конца недели пользоваться другими дорогами.",
	"th":      "งานบนถนนสายหลักจะเริ่มในวันจันทร์ ขอให้ประชาชนใช้ถนนสายอื่นจนถึงสิ้นสัปดาห์",
	"vi":      "Công việc trên đường chính bắt đầu vào thứ Hai, và người dân được đề nghị sử dụng các con đường khác cho đến cuối tuần.",
	"zh-Hans": "主要街道的施工将于星期一开始，请居民在周末之前使用其他道路。",
	"zh-Hant": "主要街道的施工將於星期一開始，請居民在週末之前使用其他道路。",
}

// difficult are the notices of a feed that has all that readers stumble over.
var difficult = []notice{
	{id: "plain", lang: "en", title: "The library is open on Sunday"},
	{id: "less-than", lang: "en", title: "Under 5 < 10 and 10 > 5"},
	{id: "ampersand", lang: "en", title: "Bread & Roses & more"},
	{id: "entity", lang: "en", title: "How to write &amp; in a title"},
	{id: "tag", lang: "en", title: "What <b> and </title> mean on our pages", markup: `<title type="text">What &lt;b&gt; and &lt;/title&gt; mean on our pages</title>`},
	{id: "markup", lang: "en", title: "Emphasis in a title", markup: `<title type="html">&lt;em&gt;Emphasis&lt;/em&gt; in a &lt;b&gt;title&lt;/b&gt;</title>`},
	{id: "xhtml", lang: "en", title: "Water H2O & fire", markup: `<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Water H<sub>2</sub>O &amp; fire</div></title>`},
	{id: "quotes", lang: "en", title: `The “old” 'town' "hall" is ‘new’`},
	{id: "section", lang: "en", title: "A title that ends a section: ]]> and goes on"},
	{id: "emoji", lang: "en", title: "Fireworks 🎆 for families 👨‍👩‍👧‍👦 and flags 🇯🇵"},
	{id: "long", lang: "en", title: strings.TrimSpace(strings.Repeat("A very long title of a notice that nobody has shortened ", 9))},
	{id: "white", lang: "en", title: "White space in a title", markup: "<title>  White\n  space\tin a   title </title>"},
	{id: "percent", lang: "en", title: "100 % of the %s and %20 of the $1"},
	{id: "backslash", lang: "en", title: `C:\temp \n is not a new line`},
	{id: "combining", lang: "en", title: "The café and the naïve zoë"},
	{id: "astral", lang: "ja", title: "𠮷野家の前の道路工事について"},
	{id: "arabic", lang: "ar", title: "إشعار: إغلاق شارع «السوق» (المرحلة 2)"},
	{id: "mixed", lang: "ar", title: "تحديث نظام PDF 2.0 في المكتبة!"},
	{id: "japanese", lang: "ja", title: "防災訓練のお知らせ（11月1日・雨天中止）"},
	{id: "korean", lang: "ko", title: "도서관 휴관 안내"},
	{id: "simplified", lang: "zh-Hans", title: "关于道路施工的通知"},
	{id: "traditional", lang: "zh-Hant", title: "關於道路施工的通知"},
	{id: "thai", lang: "th", title: "ประกาศปิดถนนเพื่อซ่อมแซม"},
	{id: "vietnamese", lang: "vi", title: "Thông báo về việc sửa chữa đường"},
	{id: "russian", lang: "ru", title: "Объявление о ремонте дороги"},
	{id: "spanish", lang: "es", title: "¿Qué hacer en la ciudad este fin de semana?"},
	{id: "french", lang: "fr", title: "L’été à la plage : c’est gratuit !"},
	{id: "indonesian", lang: "id", title: "Pengumuman perbaikan jalan raya"},
	{id: "portuguese", lang: "pt", title: "Programação de ações da prefeitura"},
	{id: "zone", lang: "en", title: "Dated in another zone", date: "2026-10-20T23:30:00-11:00"},
	{id: "half", lang: "en", title: "Dated in a zone of half an hour", date: "2026-10-21T00:15:00+05:30"},
	{id: "changed", lang: "en", title: "Changed after it was published", date: "2026-10-05T09:00:00+09:00", also: `<updated>2026-10-25T09:00:00+09:00</updated>`},
	{id: "dateless", lang: "en", title: "Without a date", also: " "},
	{id: "old", lang: "en", title: "As old as the web", date: "1991-08-06T00:00:00+09:00"},
	{id: "author", lang: "en", title: "By one author", authors: []string{"Mayor’s Office"}, also: `<author><name>Mayor’s Office</name></author>`},
	{id: "authors", lang: "en", title: "By several authors", authors: []string{"大田 花子", "R. & D. “Ops”", "O’Neill, Pat"},
		also: `<author><name>大田 花子</name></author><author><name>R. &amp; D. “Ops”</name></author><author><name>O’Neill, Pat</name></author>`},
	{id: "mail", lang: "en", title: "By an author with an address", authors: []string{"Press Office"}, also: `<author><name>Press Office</name><email>press@city.example</email><uri>https://city.example/press</uri></author>`},
	{id: "audio", lang: "en", title: "To be listened to", enclosures: []string{"https://city.example/media/1.mp3"},
		also: `<link rel="enclosure" type="audio/mpeg" length="12345" href="https://city.example/media/1.mp3"/>`},
	{id: "unmeasured", lang: "en", title: "A file of unknown length", enclosures: []string{"https://city.example/media/plan.pdf"},
		also: `<link rel="enclosure" type="application/pdf" href="https://city.example/media/plan.pdf" title="The plan"/>`},
	{id: "files", lang: "en", title: "Several files", enclosures: []string{"https://city.example/media/a.pdf?x=1&y=2", "https://city.example/media/b.mp4", "https://city.example/media/c%20d.zip"},
		also: `<link rel="enclosure" type="application/pdf" length="1" href="https://city.example/media/a.pdf?x=1&amp;y=2"/><link rel="enclosure" type="video/mp4" length="2" href="https://city.example/media/b.mp4"/><link rel="enclosure" type="application/zip" length="3" href="https://city.example/media/c%20d.zip"/>`},
	{id: "picture", lang: "en", title: "A picture in the text", picture: "https://city.example/media/lead.jpg?w=640&h=480",
		body: `<p><img src="https://city.example/media/lead.jpg?w=640&amp;h=480" alt="A bridge"></p><p>` + "The bridge is open again for cars and for people on foot." + `</p>`},
	{id: "media", lang: "en", title: "A picture as media alone", picture: "https://city.example/media/media.jpg",
		also: `<media:content url="https://city.example/media/media.jpg" type="image/jpeg" medium="image" width="640" height="480"/>`},
	{id: "query", lang: "en", title: "A link with a query", link: "https://city.example/show?id=1&lang=en&q=a+b"},
	{id: "escaped", lang: "ja", title: "アドレスの長いお知らせ", link: "https://city.example/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/1"},
	{id: "letters", lang: "ja", title: "アドレスに文字のあるお知らせ", links: "https://city.example/お知らせ/２?件=新", link: "https://city.example/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/%EF%BC%92?%E4%BB%B6=%E6%96%B0"},
	{id: "fragment", lang: "en", title: "A link with a fragment", link: "https://city.example/page#notice-(2)"},
	{id: "terms", lang: "en", title: "Categories with odd characters", also: `<category term="R&amp;D &lt;new&gt;"/><category term="a, b | c"/><category term="環境" label="環境・ごみ"/>`},
	{id: "version-en", lang: "en", title: "A notice in two languages", also: `<link rel="alternate" hreflang="ja" href="https://city.example/version-ja"/>`},
	{id: "version-ja", lang: "ja", title: "二つの言語のお知らせ", also: `<link rel="alternate" hreflang="en" href="https://city.example/version-en"/>`},
	{id: "titleless", lang: "en", markup: "<title></title>"},
	{id: "corrected", lang: "en", title: "A notice that is corrected"},
}

// withdrawn is one that the source takes back, so that nobody may show it.
var withdrawn = notice{id: "withdrawn", lang: "en", title: "A notice that is taken back"}

// filed are notices of a folder: they have no page but ours.
var filed = []notice{
	{id: "folder", lang: "en", title: `A file's "notice": 1 & 2 <3`, date: "2026-10-11T09:00:00+09:00"},
	{id: "folder-ar", lang: "ar", title: "نشرة الحي رقم ٣", date: "2026-10-12T00:00:00+09:00"},
}

// short are those whose publisher lets nobody show the whole text.
var short = []notice{
	{id: "short", lang: "en", title: "Title & summary alone"},
}

// defaults completes what a table of notices leaves out.
func defaults(notices []notice) []notice {
	var all []notice
	for i, n := range notices {
		if n.date == "" && n.also != " " {
			n.date = time.Date(2026, 11, 1, 9, i, 0, 0, time.FixedZone("", 9*3600)).Format(time.RFC3339)
		}
		if n.link == "" {
			n.link = "https://city.example/" + n.id
		}
		if n.links == "" {
			n.links = n.link
		}
		if n.markup == "" {
			n.markup = "<title>" + html.EscapeString(n.title) + "</title>"
		}
		if n.body == "" {
			n.body = "<p>" + sentences[n.lang] + "</p>"
		}
		all = append(all, n)
	}
	return all
}

// atomID is the id under which a notice is published, which is its publisher's.
func (n notice) atomID() string { return "tag:city.example,2026:" + n.id }

// atomSource writes notices as a publisher would.
func atomSource(notices []notice, corrected bool) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en"><id>tag:city.example,2026:feed</id><title>City</title><link href="https://city.example/"/><updated>2026-11-02T09:00:00+09:00</updated>`)
	if corrected {
		fmt.Fprintf(&b, `<at:deleted-entry ref=%q when="2026-11-20T09:00:00+09:00"/>`, withdrawn.atomID())
	}
	for _, n := range notices {
		fmt.Fprintf(&b, "<entry xml:lang=%q><id>%s</id>%s<link href=%q/>", n.lang, n.atomID(), n.markup, html.EscapeString(n.links))
		if n.date != "" {
			fmt.Fprintf(&b, "<published>%s</published>", n.date)
		}
		body := n.body
		if n.id == "corrected" && corrected {
			body += "<p>The time was wrong; it is nine.</p>"
			b.WriteString("<updated>2026-11-10T09:00:00+09:00</updated>")
		}
		fmt.Fprintf(&b, "%s<content type=\"html\">%s</content></entry>", n.also, html.EscapeString(body))
	}
	b.WriteString("</feed>")
	return b.String()
}

const difficultConfig = `
site:
  id: difficult-city
  url: https://news.city.example
  title: {en: "Difficult <City> & \"Friends\"", ja: "むずかしい<市>", ar: "مدينة «صعبة»"}
  default_locale: en
categories: [government, environment, living]
publishers:
  - key: city
    name: "City & Port"
    time_zone: Asia/Tokyo
    language: en
    home_page: https://city.example/
    licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/", full_text: true}
  - key: province
    name: Province
    time_zone: Asia/Tokyo
    language: en
    home_page: https://city.example/
fetch:
  host_pause: 0
sources:
  - {id: news, publisher: city, kind: feed, url: "%[1]s/news", allow_private: true}
  - {id: short, publisher: province, kind: feed, url: "%[1]s/short", allow_private: true}
  - {id: notices, publisher: city, kind: folder, path: notices}
`

// publishDifficult has the program collect the difficult notices, twice since some are
// corrected or taken back then, and serve them.
func publishDifficult(t *testing.T) *process {
	t.Helper()
	dir := t.TempDir()
	var corrected atomic.Bool
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/atom+xml")
		switch {
		case r.URL.Path == "/short":
			fmt.Fprint(w, strings.ReplaceAll(atomSource(defaults(short), false), "2026:feed", "2026:short"))
		case corrected.Load():
			fmt.Fprint(w, atomSource(defaults(difficult), true))
		default:
			fmt.Fprint(w, atomSource(defaults(append(slices.Clone(difficult), withdrawn)), false))
		}
	}))
	t.Cleanup(s.Close)
	for name, text := range map[string]string{
		"kairan.yaml":             fmt.Sprintf(difficultConfig, s.URL),
		"notices/folder.en.md":    fmt.Sprintf("---\ntitle: %q\ndate: %s\n---\n%s\n", filed[0].title, filed[0].date, sentences["en"]),
		"notices/folder-ar.ar.md": fmt.Sprintf("---\ntitle: %q\ndate: %s\n---\n%s\n", filed[1].title, filed[1].date, sentences["ar"]),
	} {
		lay(t, filepath.Join(dir, name), text)
	}
	config := filepath.Join(dir, "kairan.yaml")
	data := filepath.Join(dir, "data")
	runProgram(t, "collect", "--config", config, "--data", data)
	corrected.Store(true)
	runProgram(t, "collect", "--config", config, "--data", data)
	return start(t, "web", "--config", config, "--data", data)
}
