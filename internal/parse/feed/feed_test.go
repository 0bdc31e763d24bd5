package feed

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

var update = flag.Bool("update", false, "write the fixtures' outcome anew")

// TestFixtures reads each document of testdata that is named for the fault that it
// guards, and compares what came out with the text beside it.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, golden := range files {
		input := strings.TrimSuffix(golden, ".golden")
		t.Run(filepath.Base(input), func(t *testing.T) {
			data, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			feed, err := Parse(data, parse.Options{BaseURL: "https://city.example/news/feed.xml"})
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(golden, []byte(describe(feed)), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want), describe(feed)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// describe writes what matters of a feed, a line for each thing that is there.
func describe(f *Feed) string {
	var b strings.Builder
	line := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "[]" {
			fmt.Fprintf(&b, "%s: %s\n", name, s)
		}
	}
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	line("format", f.Format)
	line("title", f.Title)
	line("link", f.Link)
	line("language", f.Language)
	line("id", f.ID)
	line("updated", date(f.Updated))
	for _, p := range f.Problems {
		line("problem", p.Code)
	}
	for _, a := range f.Articles {
		b.WriteString("\n")
		line("guid", a.GUID)
		for _, id := range a.Aliases {
			line("alias", id)
		}
		line("link", a.Link)
		line("language", a.Language)
		line("title", a.Title)
		line("summary", a.Summary)
		line("content", a.Content)
		for _, p := range a.Authors {
			line("author", strings.TrimSpace(p.Name+" "+p.Email+" "+p.URL))
		}
		line("published", date(a.Published))
		line("updated", date(a.Updated))
		for _, t := range a.Terms {
			line("term", strings.TrimSpace(t.Term+" "+t.Scheme+" "+t.Label))
		}
		for _, i := range a.Images {
			line("image", strings.TrimSpace(i.URL+" "+i.Alt))
		}
		for _, e := range a.Enclosures {
			line("enclosure", fmt.Sprintf("%s %s %d %s", e.URL, e.Type, e.Length, e.Title))
		}
		for _, r := range a.Related {
			line("related", r.Title+" "+r.Link)
		}
		for _, alt := range a.Alternates {
			line("alternate", alt.Language+" "+alt.Link)
		}
		line("rights", a.Rights)
	}
	return b.String()
}

// TestBrokenPlaces breaks a small feed in one place, and expects that no more than
// that place is lost.
func TestBrokenPlaces(t *testing.T) {
	item := func(n int, title, rest string) string {
		return fmt.Sprintf("<item><title>%s</title><link>https://city.example/%d</link><guid>g%d</guid>%s</item>", title, n, n, rest)
	}
	channel := func(items ...string) string {
		return `<rss version="2.0"><channel><title>City</title><link>https://city.example/</link><description>News</description>` +
			strings.Join(items, "\n") + `</channel></rss>`
	}
	tests := []struct {
		name, in string
		titles   []string
	}{
		{"control character", channel(item(1, "a\x08b", ""), item(2, "c", "")), []string{"ab", "c"}},
		{"forbidden reference", channel(item(1, "a&#x8;b", ""), item(2, "c", "")), []string{"ab", "c"}},
		{"reference to half a pair", channel(item(1, "a&#xD83D;b", ""), item(2, "c", "")), []string{"ab", "c"}},
		{"not a character", channel(item(1, "a\uFFFEb", ""), item(2, "c", "")), []string{"ab", "c"}},
		{"invalid byte", channel(item(1, "caf\xE9 de ville", ""), item(2, "c", "")), []string{"café de ville", "c"}},
		{"half a character", channel(item(1, "東\xE4\xBA", ""), item(2, "京", "")), []string{"東\uFFFD\uFFFD", "京"}},
		{"bare ampersand", channel(item(1, "R&D and Q & A", ""), item(2, "c", "")), []string{"R&D and Q & A", "c"}},
		{"bare less-than", channel(item(1, "5 < 6", ""), item(2, "c", "")), []string{"5 < 6", "c"}},
		{"undeclared entities", channel(item(1, "caf&eacute;&nbsp;&hellip;", ""), item(2, "&unknown;", "")), []string{"café\u00a0…", "&unknown;"}},
		{"windows-1252 in references", channel(item(1, "a&#150;b", "")), []string{"a–b"}},
		{"undeclared prefix", channel(item(1, "a", "<dc:creator>x</dc:creator><foo:bar>y</foo:bar>"), item(2, "c", "")), []string{"a", "c"}},
		{"text before the prolog", "\n\n <br/>Warning: line 3<?xml version=\"1.0\"?>" + channel(item(1, "a", "")), []string{"a"}},
		{"XML 1.1", `<?xml version="1.1"?>` + channel(item(1, "a", "")), []string{"a"}},
		{"an encoding that nobody knows", `<?xml version="1.0" encoding="x-nobody"?>` + channel(item(1, "é", "")), []string{"é"}},
		{"a late root", "<!--" + strings.Repeat(" license ", 1000) + "-->" + channel(item(1, "a", "")), []string{"a"}},
		{"a document type that does not end", "<!DOCTYPE rss [" + channel(item(1, "a", "")), []string{"a"}},
		{"declared entities", `<!DOCTYPE rss [<!ENTITY city "Kazemori"><!ENTITY ouml "&#246;">]>` + channel(item(1, "&city; sch&ouml;n", "")), []string{"Kazemori schön"}},
		{"an end that is missing", strings.TrimSuffix(channel(item(1, "a", ""), item(2, "b", "")), "</channel></rss>"), []string{"a", "b"}},
		{"cut in a description", channel(item(1, "a", ""), item(2, "b", "<description>half of"))[:strings.Index(channel(item(1, "a", ""), item(2, "b", "<description>half of")), "half of")+4], []string{"a", "b"}},
		{"cut in a title", channel(item(1, "a", "")) + "", []string{"a"}},
		{"cut before an item is known", strings.TrimSuffix(channel(item(1, "a", "")), "</channel></rss>") + "<item><title>b", []string{"a"}},
		{"cut in a tag", strings.TrimSuffix(channel(item(1, "a", "")), "</channel></rss>") + "<item><tit", []string{"a"}},
		{"a stray end", channel(item(1, "a", "</b></div>"), item(2, "c", "")), []string{"a", "c"}},
		{"a title that does not end", channel("<item><title>a<link>https://city.example/1</link></item>", item(2, "c", "")), []string{"a", "c"}},
		{"an item that does not end", channel("<item><title>a</title><link>https://city.example/1</link>", item(2, "c", "")), []string{"a", "c"}},
		{"markup in a title", channel(item(1, "a <b>bold</b> word", ""), item(2, "c", "")), []string{"a bold word", "c"}},
		{"unclosed markup", channel(item(1, "a", "<description><p>x<br>y</description>"), item(2, "c", "")), []string{"a", "c"}},
		{"duplicate attributes", channel(item(1, "a", `<enclosure url="https://city.example/a" url="https://city.example/b" length="1" type="a/b"/>`)), []string{"a"}},
		{"unquoted attributes", channel(item(1, "a", `<enclosure url=https://city.example/a length=1 type=a/b />`), item(2, "c", "")), []string{"a", "c"}},
		{"a quote that does not close", channel(item(1, "a", `<enclosure url="https://city.example/a length=1/>`), item(2, "c", "")), []string{"a", "c"}},
		{"a CDATA section that does not end", channel(item(1, "a", "<description><![CDATA[text</description>"), item(2, "c", "<description><![CDATA[more]]></description>")), []string{"a", "c"}},
		{"the end of CDATA in text", channel(item(1, "a ]]> b", ""), item(2, "c", "")), []string{"a ]]> b", "c"}},
		{"a comment with dashes", channel(item(1, "a", "<!-- x -- y -->"), item(2, "c", "")), []string{"a", "c"}},
		{"a comment that does not end", channel(item(1, "a", ""), "<!-- ", item(2, "c", "")), []string{"a", "c"}},
		{"an end before its time", `<rss version="2.0"><channel><title>City</title>` + item(1, "a", "") + "</channel></rss>" + item(2, "c", ""), []string{"a"}},
		{"an end before its time, broken", `<rss version="2.0"><channel><title>City & Co</title>` + item(1, "a", "") + "</channel>" + item(2, "c", "") + "</rss>", []string{"a", "c"}},
		{"no root", `<channel><title>City</title>` + item(1, "a", "") + "</channel>", []string{"a"}},
		{"the namespace of another format", `<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel><title>City</title>` + item(1, "a", "") + "</channel></rss>", []string{"a"}},
		{"capitals", strings.NewReplacer("rss", "RSS", "channel", "CHANNEL", "item", "ITEM").Replace(channel(item(1, "a", ""))), []string{"a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			feed, err := Parse([]byte(tt.in), parse.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var titles []string
			for _, a := range feed.Articles {
				titles = append(titles, a.Title)
			}
			if diff := cmp.Diff(tt.titles, titles); diff != "" {
				t.Errorf("titles (-want +got)\n%s\nproblems: %v", diff, feed.Problems)
			}
		})
	}
}

// TestTitles proves that references in titles are decoded exactly once, by the rules
// of each format.
func TestTitles(t *testing.T) {
	rss := func(title string) string {
		return `<rss version="2.0"><channel><title>x</title><item><title>` + title + `</title></item></channel></rss>`
	}
	atom := func(typ, title string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>i</id><title` + typ + `>` + title + `</title></entry></feed>`
	}
	json := func(title string) string {
		return `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","title":"` + title + `","content_text":"y"}]}`
	}
	tests := []struct{ name, in, want string }{
		{"RSS", rss("AT&amp;T"), "AT&T"},
		{"RSS with HTML", rss("AT&amp;amp;T &lt;b&gt;bold&lt;/b&gt;"), "AT&T bold"},
		{"RSS with HTML about HTML", rss("Use &amp;lt;b&amp;gt;"), "Use <b>"},
		{"RSS in CDATA", rss("<![CDATA[AT&amp;T <i>now</i>]]>"), "AT&T now"},
		{"RSS with a type of a language", rss("List&lt;String&gt;"), "List<String>"},
		{"RSS in lines", rss("\n  a\n\tb  "), "a b"},
		{"RSS with ruby", rss("&lt;ruby&gt;回覧&lt;rt&gt;かいらん&lt;/rt&gt;&lt;/ruby&gt;"), "回覧"},
		{"Atom text", atom("", "AT&amp;amp;T"), "AT&amp;T"},
		{"Atom text about HTML", atom(` type="text"`, "Use &lt;b&gt;"), "Use <b>"},
		{"Atom html", atom(` type="html"`, "AT&amp;amp;T &lt;b&gt;bold&lt;/b&gt;"), "AT&T bold"},
		{"Atom html in CDATA", atom(` type="html"`, "<![CDATA[AT&amp;T]]>"), "AT&T"},
		{"Atom xhtml", atom(` type="xhtml"`, `<div xmlns="http://www.w3.org/1999/xhtml">AT&amp;T <em>now</em></div>`), "AT&T now"},
		{"Atom xhtml with a prefix", atom(` type="xhtml" xmlns:h="http://www.w3.org/1999/xhtml"`, `<h:div>AT&amp;T <h:em>now</h:em></h:div>`), "AT&T now"},
		{"RSS that was escaped three times", rss("Proust&amp;amp;nbsp;in due"), "Proust\u00a0in due"},
		{"Atom text that was escaped", atom("", "L&amp;#8217;été &amp;ndash; &amp;lt;b&amp;gt;"), "L’été – &lt;b&gt;"},
		{"JSON that was escaped", json("Parks &amp; Gardens &#8211; open"), "Parks & Gardens – open"},
		{"JSON about HTML", json("Use &lt;b&gt; &amp; more"), "Use &lt;b&gt; &amp; more"},
		{"JSON", json("AT&amp;T \\u0026 <b>"), "AT&amp;T & <b>"},
	}
	for _, tt := range tests {
		feed, err := Parse([]byte(tt.in), parse.Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := feed.Articles[0].Title; got != tt.want {
			t.Errorf("%s: title %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestFeedOfItsOwn(t *testing.T) {
	feed, err := Parse([]byte(`<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>x</title>
		<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>
		<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>`), parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if feed.TTL != 90*time.Minute || feed.UpdateEvery != 6*time.Hour {
		t.Errorf("ttl %v, update every %v; want 1h30m, 6h", feed.TTL, feed.UpdateEvery)
	}
	if diff := cmp.Diff([]int{0, 3}, feed.SkipHours); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]time.Weekday{time.Sunday}, feed.SkipDays); diff != "" {
		t.Error(diff)
	}
}

func TestNotAFeed(t *testing.T) {
	for _, in := range []string{"", "hello", "<html><body>no</body></html>", "{}", `{"a":1}`, "[]", "<?xml version='1.0'?>", "\x00\x01",
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work/></rdf:RDF>`} {
		if feed, err := Parse([]byte(in), parse.Options{}); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", in, feed)
		}
	}
}

// What has another type than the specification asks for is read all the same.
func TestJSONFeedsOfWrongTypes(t *testing.T) {
	const item = `"id":"1","url":"https://city.example/1","title":"橋","content_text":"橋開通"`
	feed := func(members, item string) string {
		return `{"version":"https://jsonfeed.org/version/1.1","title":"City",` + members + `"items":[{` + item + `}]}`
	}
	for _, test := range []struct{ says, data, want string }{
		{"the feed's language in a list", feed(`"language":["ja"],`, item), "1|橋|ja|橋開通||"},
		{"the first of several", feed(`"language":[null,"ja","en"],`, item), "1|橋|ja|橋開通||"},
		{"an item's language in a list", feed(`"language":"en",`, item+`,"language":["ja"]`), "1|橋|ja|橋開通||"},
		{"no language in a list", feed(`"language":[],`, item), "1|橋|und|橋開通||"},
		{"a language that is null", feed(`"language":null,`, item), "1|橋|und|橋開通||"},
		{"a language that is an object", feed(`"language":{"code":"ja"},`, item), "1|橋|und|橋開通||"},
		{"texts in lists", feed(`"language":"ja",`, `"id":"1","url":["https://city.example/1"],"title":["橋"],"content_text":[["橋開通"]]`), "1|橋|ja|橋開通||"},
		{"an id that is a number", feed(`"language":"ja",`, strings.Replace(item, `"1"`, "1", 1)), "1|橋|ja|橋開通||"},
		{"a title that is a number", feed(`"language":"ja",`, strings.Replace(item, `"橋"`, "1.50", 1)), "1|1.50|ja|橋開通||"},
		{"a tag that is no list, and one that is a number", feed(`"language":"ja",`, item+`,"tags":"防災"`), "1|橋|ja|橋開通||防災"},
		{"a list of tags of all kinds", feed(`"language":"ja",`, item+`,"tags":[null,7,["防災"],{}]`), "1|橋|ja|橋開通||7,防災"},
		{"an author who is a text", feed(`"language":"ja",`, item+`,"author":"Aoi"`), "1|橋|ja|橋開通|Aoi|"},
		{"several authors where one belongs", feed(`"language":"ja",`, item+`,"author":[{"name":"Aoi"},"Ren",null]`), "1|橋|ja|橋開通|Aoi,Ren|"},
		{"one author where several belong", feed(`"language":"ja",`, item+`,"authors":{"name":["Aoi"]}`), "1|橋|ja|橋開通|Aoi|"},
	} {
		f, err := Parse([]byte(test.data), parse.Options{ContentType: "application/feed+json"})
		if err != nil || len(f.Articles) != 1 {
			t.Errorf("%s: %v", test.says, err)
			continue
		}
		a := f.Articles[0]
		var authors, terms []string
		for _, p := range a.Authors {
			authors = append(authors, p.Name)
		}
		for _, term := range a.Terms {
			terms = append(terms, term.Term)
		}
		got := strings.Join([]string{a.GUID, a.Title, a.Language, a.Summary, strings.Join(authors, ","), strings.Join(terms, ",")}, "|")
		if got != test.want || a.Link != "https://city.example/1" {
			t.Errorf("%s: %s at %s, want %s", test.says, got, a.Link, test.want)
		}
	}
}

func TestJSONFeedsThatEndTooEarly(t *testing.T) {
	const head = `{"version":"https://jsonfeed.org/version/1.1","title":"City","items":[{"id":"1","title":"a","url":"https://city.example/1"}`
	for _, tt := range []struct {
		name, rest, titles, problem string
	}{
		{"in a text", `,{"id":"2","title":"b","content_text":"half of wh`, "a b", "truncated"},
		{"before the title", `,{"id":"2","url":"https://city.ex`, "a", "truncated"},
		{"before what tells which it is", `,{"title":"b","id":"2`, "a", "truncated"},
		{"between two items", `,`, "a", "truncated"},
		{"behind the last item", ``, "a", "truncated"},
		{"in a list of an item", `,{"id":"2","title":"b","tags":["x","y`, "a b", "truncated"},
		{"not at all, but with a comma too many", `,]}`, "a", "json"},
		{"not at all, and an item has no title", `,{"id":"2"}],"x":1,}`, "a ", "json"},
	} {
		feed, err := Parse([]byte(head+tt.rest), parse.Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var titles, problems []string
		for _, a := range feed.Articles {
			titles = append(titles, a.Title)
		}
		for _, p := range feed.Problems {
			problems = append(problems, p.Code)
		}
		if got := strings.Join(titles, " "); got != tt.titles || strings.Join(problems, " ") != tt.problem {
			t.Errorf("%s: %q with problems %q, want %q with %q", tt.name, got, problems, tt.titles, tt.problem)
		}
	}
}

func TestPublishedFrom(t *testing.T) {
	feed, err := Parse([]byte(`<rss version="2.0"><channel><title>x</title>
		<item><title>a</title><pubDate>Wed, 01 Apr 2026 00:00:00 GMT</pubDate></item>
		<item><title>b</title><pubDate>Wed, 01 Apr 2099 00:00:00 GMT</pubDate></item>
		<item><title>c</title></item></channel></rss>`), parse.Options{Now: time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	want := []feeds.DateOrigin{feeds.DateDeclared, feeds.DateFirstSeen, feeds.DateFirstSeen}
	for i, a := range feed.Articles {
		if a.PublishedFrom != want[i] || (want[i] == feeds.DateFirstSeen) != a.Published.IsZero() {
			t.Errorf("%s: published %v from %q, want %q", a.Title, a.Published, a.PublishedFrom, want[i])
		}
	}
	if len(feed.Problems) != 1 || feed.Problems[0].Code != "date-future" {
		t.Errorf("problems %v, want one of a date in the future", feed.Problems)
	}
}
