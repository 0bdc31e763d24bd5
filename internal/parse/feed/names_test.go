package feed

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/html"
)

// atomIn is a feed of two entries whose elements are written with the prefix.
func atomIn(root, prefix string) string {
	return strings.ReplaceAll(`<?xml version="1.0" encoding="UTF-8"?><:feed `+root+`><:title>Kazemori</:title><:id>urn:feed</:id><:updated>2026-06-01T10:00:00Z</:updated>
		<:entry><:title>Bridge closed</:title><:id>urn:1</:id><:link href="https://city.example/1"/><:updated>2026-06-01T10:00:00Z</:updated></:entry>
		<:entry><:title>Park open</:title><:id>urn:2</:id><:link href="https://city.example/2"/><:updated>2026-06-01T10:00:00Z</:updated></:entry></:feed>`, ":", "\x00")
}

// named puts a prefix, or none, before the names of a document that waits for one.
func named(document, prefix string) string {
	if prefix != "" {
		prefix += ":"
	}
	for _, mark := range []string{"<", "</"} {
		document = strings.ReplaceAll(document, mark+"\x00", mark+prefix)
	}
	return strings.ReplaceAll(document, "\x00", ":")
}

// Who names the elements of a feed means a feed, whatever the namespace is.
func TestEntriesAreReadInWhateverNamespaceTheyAre(t *testing.T) {
	const (
		item = `<item><title>Bridge closed</title><link>https://city.example/1</link></item><item><title>Park open</title><link>https://city.example/2</link></item>`
		head = `<title>Kazemori</title><link>https://city.example/</link>`
	)
	rdf := func(syntax, rss string) string {
		return `<rdf:RDF xmlns:rdf="` + syntax + `" xmlns="` + rss + `"><channel rdf:about="https://city.example/">` + head + `</channel>
			<item rdf:about="https://city.example/1"><title>Bridge closed</title><link>https://city.example/1</link></item>
			<item rdf:about="https://city.example/2"><title>Park open</title><link>https://city.example/2</link></item></rdf:RDF>`
	}
	prefixed := func(p, items string) string {
		return strings.NewReplacer("<item", "<"+p+":item", "</item", "</"+p+":item", "<title", "<"+p+":title", "</title", "</"+p+":title", "<link", "<"+p+":link", "</link", "</"+p+":link",
			"<channel", "<"+p+":channel", "</channel", "</"+p+":channel").Replace(items)
	}
	tests := []struct{ name, in string }{
		{"Atom", named(atomIn(`xmlns="http://www.w3.org/2005/Atom"`, ""), "")},
		{"Atom without a namespace", named(atomIn("", ""), "")},
		{"Atom with https", named(atomIn(`xmlns="https://www.w3.org/2005/Atom"`, ""), "")},
		{"Atom with a slash at its end", named(atomIn(`xmlns="http://www.w3.org/2005/Atom/"`, ""), "")},
		{"Atom in small letters", named(atomIn(`xmlns="http://www.w3.org/2005/atom"`, ""), "")},
		{"Atom without www", named(atomIn(`xmlns="http://w3.org/2005/Atom"`, ""), "")},
		{"Atom in a space", named(atomIn(`xmlns=" http://www.w3.org/2005/Atom "`, ""), "")},
		{"Atom of another word", named(atomIn(`xmlns="urn:notices"`, ""), "")},
		{"Atom of another word with a prefix", named(atomIn(`xmlns:n="urn:notices"`, ""), "n")},
		{"Atom with https and a prefix", named(atomIn(`xmlns:a="https://www.w3.org/2005/Atom"`, ""), "a")},
		{"Atom with an undeclared prefix", named(atomIn(``, ""), "atom")},
		{"Atom in Media RSS's", named(atomIn(`xmlns="http://search.yahoo.com/mrss/"`, ""), "")},
		{"Atom 0.3 with https", named(atomIn(`version="0.3" xmlns="https://purl.org/atom/ns#"`, ""), "")},
		{"Atom in capitals", strings.ReplaceAll(strings.ReplaceAll(named(atomIn(`xmlns="http://www.w3.org/2005/Atom"`, ""), ""), "<entry", "<ENTRY"), "</entry", "</ENTRY")},
		{"Atom with entries in Atom alone", strings.ReplaceAll(named(atomIn(`xmlns="urn:notices"`, ""), ""), "<entry", `<entry xmlns="http://www.w3.org/2005/Atom"`)},
		{"Atom with entries of another word", strings.ReplaceAll(named(atomIn(`xmlns="http://www.w3.org/2005/Atom"`, ""), ""), "<entry", `<entry xmlns="urn:notices"`)},
		{"Atom with entries of two spellings", strings.Replace(named(atomIn(`xmlns="http://www.w3.org/2005/Atom"`, ""), ""), "<entry", `<entry xmlns="https://www.w3.org/2005/Atom"`, 1)},
		{"RDF", rdf(nsRDF, nsRSS10)},
		{"RDF with https", rdf("https://www.w3.org/1999/02/22-rdf-syntax-ns#", "https://purl.org/rss/1.0/")},
		{"RDF with https for its syntax", rdf("https://www.w3.org/1999/02/22-rdf-syntax-ns#", nsRSS10)},
		{"RDF with https for its elements", rdf(nsRDF, "https://purl.org/rss/1.0/")},
		{"RDF without an end", rdf(nsRDF, "http://purl.org/rss/1.0")},
		{"RDF of another word", rdf(nsRDF, "urn:notices")},
		{"RDF in capitals", rdf(nsRDF, "http://purl.org/RSS/1.0/")},
		{"RDF 0.9 with https", rdf(nsRDF, "https://my.netscape.com/rdf/simple/0.9/")},
		{"RSS", `<rss version="2.0"><channel>` + head + item + `</channel></rss>`},
		{"RSS in a namespace", `<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel>` + head + item + `</channel></rss>`},
		{"RSS in Atom's", `<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel>` + head + item + `</channel></rss>`},
		{"RSS in Atom's with https", `<rss version="2.0" xmlns="https://www.w3.org/2005/Atom"><channel>` + head + item + `</channel></rss>`},
		{"RSS with a channel in a namespace", `<rss version="2.0"><channel xmlns="urn:notices">` + head + item + `</channel></rss>`},
		{"RSS with a channel in Atom's", `<rss version="2.0"><channel xmlns="http://www.w3.org/2005/Atom">` + head + item + `</channel></rss>`},
		{"RSS with items in a namespace", `<rss version="2.0"><channel>` + head + strings.ReplaceAll(item, "<item", `<item xmlns="urn:notices"`) + `</channel></rss>`},
		{"RSS with a prefix", prefixed("x", `<x:rss version="2.0" xmlns:x="urn:notices"><channel>`+head+item+`</channel></x:rss>`)},
		{"RSS with a prefix that the root lacks", prefixed("x", `<rss version="2.0" xmlns:x="urn:notices"><channel>`+head+item+`</channel></rss>`)},
		{"RSS with a prefix on each item", strings.ReplaceAll(prefixed("x", `<rss version="2.0"><channel xmlns:x="urn:notices">`+head+item+`</channel></rss>`), "<x:item", `<x:item xmlns:x="urn:notices"`)},
		{"RSS with entries of Atom", `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>` + head + `<atom:link rel="self" href="https://city.example/feed"/>` +
			`<atom:entry><atom:title>Bridge closed</atom:title><atom:link href="https://city.example/1"/></atom:entry><atom:entry><atom:title>Park open</atom:title><atom:link href="https://city.example/2"/></atom:entry></channel></rss>`},
		{"RSS with entries in Atom's namespace", `<rss version="2.0"><channel>` + head +
			`<entry xmlns="http://www.w3.org/2005/Atom"><title>Bridge closed</title><link href="https://city.example/1"/></entry><entry xmlns="http://www.w3.org/2005/Atom"><title>Park open</title><link href="https://city.example/2"/></entry></channel></rss>`},
		{"RSS with two channels", `<rss version="2.0"><channel>` + head + strings.Replace(item, "</item>", "</item></channel><channel>", 1) + `</channel></rss>`},
		{"RSS with a second channel that is empty", `<rss version="2.0"><channel>` + head + item + `</channel><channel></channel></rss>`},
		{"RSS with a wrapper", `<rss version="2.0"><channel>` + head + `<items>` + item + `</items></channel></rss>`},
		{"RSS with a wrapper for a channel", `<rss version="2.0"><news>` + head + item + `</news></rss>`},
		{"Atom with a wrapper", strings.Replace(strings.Replace(named(atomIn(`xmlns="http://www.w3.org/2005/Atom"`, ""), ""), "<entry", "<entries><entry", 1), "</feed", "</entries></feed", 1)},
	}
	for _, tt := range tests {
		for _, broken := range []bool{false, true} {
			in := tt.in
			if broken {
				in = strings.Replace(in, "Kazemori<", "Kazemori & Port<", 1)
			}
			feed, err := Parse([]byte(in), parse.Options{})
			if err != nil {
				t.Errorf("%s (broken: %v): %v", tt.name, broken, err)
				continue
			}
			var got []string
			for _, a := range feed.Articles {
				got = append(got, a.Title, a.Link)
			}
			want := []string{"Bridge closed", "https://city.example/1", "Park open", "https://city.example/2"}
			if diff := cmp.Diff(want, got); diff != "" || feed.Lost != 0 {
				t.Errorf("%s (broken: %v), lost %d, problems %v (-want +got)\n%s", tt.name, broken, feed.Lost, feed.Problems, diff)
			}
		}
	}
}

// What belongs to another vocabulary does not come into the place of the feed's own,
// whatever it is called, in a document that is well-formed as in one that is not.
func TestForeignElementsTakeNoPlaceOfTheFeedsOwn(t *testing.T) {
	const (
		spaces = ` xmlns:media="http://search.yahoo.com/mrss/" xmlns:k="urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f" xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:a10="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"`
		atom   = `<feed xmlns="http://www.w3.org/2005/Atom"` + spaces + ` xml:lang="en"><title type="html">Kazemori</title><id>urn:feed</id>HEAD<updated>2026-06-01T10:00:00Z</updated>
			<entry xml:lang="fr" xml:base="https://city.example/fr/"><title type="html">Pont &lt;b&gt;fermé&lt;/b&gt;</title><id>urn:1</id><link href="1"/><author><name>Mairie</name>PERSON</author><content type="html" xml:lang="fr"ATTRIBUTE>&lt;p&gt;Le pont est &lt;a href="2"&gt;fermé&lt;/a&gt;.&lt;/p&gt;</content><updated>2026-06-01T10:00:00Z</updated>FIELD</entry>
			<entry><title>Park open</title><id>urn:2</id><link href="https://city.example/2"/><updated>2026-06-01T10:00:00Z</updated></entry></feed>`
		rss = `<rss version="2.0"` + spaces + `><channel><title>Kazemori</title><link>https://city.example/</link><language>en</language>HEAD
			<item><title>Bridge closed</title><link>https://city.example/1</link><guid>1</guid><description xml:lang="en">Until Friday.</description><content:encoded xml:base="https://city.example/en/">&lt;p&gt;&lt;a href="2"&gt;Until Friday&lt;/a&gt;&lt;/p&gt;</content:encoded><author>Press</author><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate>FIELD</item>
			<item><title>Park open</title><link>https://city.example/2</link><guid>2</guid></item></channel></rss>`
		rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"` + spaces + `><channel rdf:about="https://city.example/"><title>Kazemori</title><link>https://city.example/</link>HEAD</channel>
			<item rdf:about="https://city.example/1"><title xml:lang="en">Bridge closed</title><link>https://city.example/1</link><description>Until Friday.</description>FIELD</item>
			<item rdf:about="https://city.example/2"><title>Park open</title><link>https://city.example/2</link></item></rdf:RDF>`
	)
	foreign := func(name, more, text string) []string {
		local := name[strings.IndexByte(name, ':')+1:]
		return []string{
			`<` + name + more + `>` + text + `</` + name + `>`,
			`<` + local + ` xmlns="urn:y"` + more + `>` + text + `</` + local + `>`,
			`<y:` + local + ` xmlns:y="urn:y"` + more + `>` + text + `</y:` + local + `>`,
			`<` + name + more + `/>`,
		}
	}
	tests := []struct {
		format, document, place string
		elements                [][]string
	}{
		{"Atom", atom, "FIELD", [][]string{
			foreign("x:title", ` type="text" xml:lang="de"`, "Brücke"), foreign("media:title", ` type="plain"`, "Photo"),
			foreign("x:content", ` type="text" xml:lang="de" xml:base="https://other.example/"`, "Brücke gesperrt"), foreign("media:content", ` url="https://city.example/1.jpg" type="image/jpeg" xml:lang="ja"`, "<media:title>写真</media:title>"),
			foreign("x:summary", ` type="html" xml:lang="ja"`, "写真"), foreign("x:id", "", "urn:other"), foreign("x:link", ` href="https://other.example/"`, ""),
			foreign("x:updated", "", "2001-01-01T00:00:00Z"), foreign("x:published", "", "2001-01-01T00:00:00Z"), foreign("x:author", "", "<x:name>Nobody</x:name>"),
			foreign("x:category", ` term="other"`, "other"), foreign("k:channel", "", "en/all"), foreign("k:entry", "", "<k:title>No entry</k:title>"), foreign("x:rights", "", "None"), foreign("x:item", "", "x"),
		}},
		{"Atom's head", atom, "HEAD", [][]string{
			foreign("media:title", ` type="text" xml:lang="de"`, "Foto &lt;b&gt;"), foreign("k:channel", "", "en/all"), foreign("x:entry", ` count="2"`, ""), foreign("x:item", "", "x"),
			foreign("x:id", "", "urn:other"), foreign("x:link", ` href="https://other.example/"`, ""), foreign("x:feed", "", "x"), foreign("x:rss", "", "<x:channel>x</x:channel>"),
		}},
		{"Atom's persons", atom, "PERSON", [][]string{foreign("x:name", "", "Nobody"), foreign("x:email", "", "nobody@other.example"), foreign("x:uri", "", "https://other.example/")}},
		{"Atom's attributes", atom, "ATTRIBUTE", [][]string{{` xsi:type="text"`, ` x:type="application/pdf"`, ` x:mode="base64"`, ` y:type="text" xmlns:y="urn:y"`}}},
		{"RSS", rss, "FIELD", [][]string{
			foreign("media:title", ` xml:lang="de"`, "Foto"), foreign("x:description", ` xml:lang="de"`, "Foto"), foreign("media:content", ` url="https://city.example/1.jpg" type="image/jpeg"`, "<media:description>x</media:description>"),
			foreign("x:encoded", ` xml:lang="ja" xml:base="https://other.example/"`, "写真"), foreign("x:body", ` xml:lang="ja"`, "写真"), foreign("x:link", "", "https://other.example/"), foreign("atom:link", ` rel="self" href="https://other.example/"`, ""),
			foreign("x:guid", "", "other"), foreign("x:pubDate", "", "Mon, 01 Jan 2001 10:00:00 GMT"), foreign("k:item", "", "<k:title>No item</k:title>"), foreign("k:channel", "", "en/all"), foreign("x:entry", "", "<x:title>No entry</x:title>"),
			foreign("x:author", "", "Nobody"), foreign("x:category", "", "other"),
		}},
		{"RSS's head", rss, "HEAD", [][]string{
			foreign("media:title", ` xml:lang="de"`, "Foto"), foreign("x:link", "", "https://other.example/"), foreign("a10:link", ` rel="self" href="https://city.example/feed"`, ""), foreign("x:language", "", "ja"),
			foreign("k:channel", "", "en/all"), foreign("x:item", ` count="2"`, ""), foreign("x:description", "", "x"), foreign("x:rss", "", "x"),
		}},
		{"RDF", rdf, "FIELD", [][]string{
			foreign("media:title", ` xml:lang="de"`, "Foto"), foreign("x:description", ` xml:lang="de"`, "Foto"), foreign("x:link", "", "https://other.example/"), foreign("k:item", "", "<k:title>No item</k:title>"), foreign("x:channel", "", "x"),
		}},
		{"RDF's head", rdf, "HEAD", [][]string{foreign("media:title", "", "Foto"), foreign("x:item", ` count="2"`, ""), foreign("x:link", "", "https://other.example/")}},
	}
	places := func(document, place, with string) string {
		for _, p := range []string{"HEAD", "FIELD", "PERSON", "ATTRIBUTE"} {
			text := ""
			if p == place {
				text = with
			}
			document = strings.ReplaceAll(document, p, text)
		}
		return document
	}
	o := parse.Options{BaseURL: "https://city.example/feed"}
	for _, tt := range tests {
		want, err := Parse([]byte(places(tt.document, "", "")), o)
		if err != nil || len(want.Articles) != 2 || len(want.Problems) != 0 {
			t.Fatalf("%s: %v, %+v", tt.format, err, want)
		}
		for _, spellings := range tt.elements {
			for _, element := range spellings {
				for _, broken := range []bool{false, true} {
					in := places(tt.document, tt.place, element)
					if broken {
						in = strings.Replace(in, "Park open", "Park & pool", 1)
					}
					got, err := Parse([]byte(in), o)
					if err != nil {
						t.Errorf("%s with %s (broken: %v): %v", tt.format, element, broken, err)
						continue
					}
					if broken && len(got.Articles) == 2 {
						got.Articles[1].Title = "Park open"
					}
					diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Feed{}, "Digests", "Problems", "ID"), cmpopts.IgnoreFields(feeds.Article{}, "Images"))
					if diff != "" {
						t.Errorf("%s with %s (broken: %v) (-want +got)\n%s", tt.format, element, broken, diff)
					}
				}
			}
		}
	}
}

// kairanFeed is a channel of n notices as this program publishes it.
func kairanFeed(t *testing.T, n int, format feeds.Format) []byte {
	t.Helper()
	channel := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}
	f := feeds.Feed{
		Channel: channel, ID: feeds.ChannelID("kazemori", channel), Language: "en", Direction: "ltr", Title: "Kazemori: everything", SiteTitle: "Kazemori",
		Description: "All notices", HomeURL: "https://news.example/en/", Rights: "© Kazemori", TaxonomyURL: feeds.TaxonomyID("kazemori"), LastSeq: int64(n),
		URL:     map[feeds.Format]string{feeds.RSS: "https://news.example/en/all.rss", feeds.Atom: "https://news.example/en/all.atom", feeds.JSONFeed: "https://news.example/en/all.json"},
		Updated: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
	}
	for i := range n {
		link := fmt.Sprintf("https://city.example/%d", i+1)
		at := f.Updated.Add(-time.Duration(i) * time.Hour)
		f.Entries = append(f.Entries, feeds.Entry{
			Article: feeds.Article{
				ID: link, Slug: feeds.Slug(link), Story: feeds.StoryID(link), Revision: 1, Publisher: "city", Source: "city-news", Language: "en", Link: link,
				Title: fmt.Sprintf("Notice %d: bread < butter", i+1), Summary: "The library is open.", Content: `<p>The <a href="` + link + `">library</a> is open &amp; quiet.</p>`,
				Published: at, PublishedFrom: feeds.DateDeclared, Authors: []feeds.Person{{Name: "Press Office"}},
				Images: []feeds.Image{{URL: link + ".jpg", Type: "image/jpeg", Alt: "The library"}}, Categories: []string{"culture"},
			},
			Record: feeds.Record{Seq: int64(n - i), Time: at, Reason: feeds.ReasonNew, Article: link, Revision: 1, Language: "en", Publisher: "city"},
			URL:    "https://news.example/en/n/" + feeds.Slug(link), Title: fmt.Sprintf("Notice %d: bread < butter", i+1), Direction: "ltr", Changed: at,
			Categories: []feeds.Label{{Term: "culture", Label: "Culture"}}, PublisherName: "City", Source: feeds.EntrySource{ID: "city-news", Title: "City News"},
			Versions: []feeds.Version{{ID: link + "/ja", Language: "ja", URL: link + "/ja"}},
		})
	}
	document, err := feeds.Render(f, format)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// betweenElements finds where a document of ours may be indented: not in its texts.
var betweenElements = regexp.MustCompile(`>\s*(</?(?:entry|item|title|link|id|guid|updated|pubDate|author|name|category|summary|description|content|source|media:|dc:|k:)[\s>a-z])`)

// TestAKairanReadsAnotherWhole reads what this program publishes, as it is and as what
// stands between may have left it.
func TestAKairanReadsAnotherWhole(t *testing.T) {
	const n = 313
	for _, format := range feeds.Formats() {
		document := string(kairanFeed(t, n, format))
		ways := map[string]string{"as it is": document}
		if format == feeds.JSONFeed {
			ways["with a comma too many"] = strings.Replace(document, `"items":`, `"x":[1,],"items":`, 1)
		} else {
			indented := betweenElements.ReplaceAllString(document, ">\n\t\t$1")
			ways["indented"] = indented
			ways["with a bare ampersand"] = strings.Replace(document, "All notices", "All & sundry", 1)
			ways["indented, with a bare ampersand"] = strings.Replace(indented, "All notices", "All & sundry", 1)
			ways["with a bare ampersand in an entry"] = strings.Replace(document, "Notice 200:", "Notice 200 &", 1)
			ways["with comments"] = strings.NewReplacer("<entry", "<!-- next --><entry", "<item", "<!-- next --><item").Replace(document)
		}
		want, err := Parse([]byte(document), parse.Options{})
		if err != nil || len(want.Articles) != n || len(want.Problems) != 0 {
			t.Fatalf("%s: %d of %d entries with problems %v: %v", format, len(want.Articles), n, want.Problems, err)
		}
		for way, in := range ways {
			got, err := Parse([]byte(in), parse.Options{})
			if err != nil {
				t.Errorf("%s %s: %v", format, way, err)
				continue
			}
			if len(got.Articles) != n || got.Lost != 0 {
				t.Errorf("%s %s: %d of %d entries, lost %d, problems %v", format, way, len(got.Articles), n, got.Lost, got.Problems)
				continue
			}
			if way == "indented" && len(got.Problems) != 0 {
				t.Errorf("%s %s has problems: %v", format, way, got.Problems)
			}
			if way == "with a bare ampersand in an entry" {
				got.Articles[199].Title = want.Articles[199].Title
			}
			if diff := cmp.Diff(want.Articles, got.Articles); diff != "" {
				t.Errorf("%s %s (-want +got)\n%s", format, way, diff)
			}
		}
	}
}

// A document that is well-formed is not rewritten for being long, indented or commented.
func TestLongDocumentsAreReadAsTheyAre(t *testing.T) {
	const n = 400
	entries := func(entry string) string { return strings.Repeat("\n  "+entry, n) }
	for name, in := range map[string]string{
		"Atom in XHTML": `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>` +
			entries(`<entry><title>a</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>b</p></div></content></entry>`) + `</feed>`,
		"Atom with namespaces in each entry": `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>` +
			entries(`<entry><title>a</title><m:content xmlns:m="http://search.yahoo.com/mrss/" url="https://city.example/a.jpg" type="image/jpeg"/></entry>`) + `</feed>`,
		"RSS with comments":                  `<rss version="2.0"><channel><title>x</title>` + entries(`<!-- next --><item><title>a</title></item>`) + `</channel></rss>`,
		"RSS with sections":                  `<rss version="2.0"><channel><title>x</title>` + entries(`<item><title><![CDATA[a]]></title></item>`) + `</channel></rss>`,
		"RSS with pictures":                  `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title>` + strings.Repeat(`<item><title>a</title></item>`, n-1) + `<item><title>a</title><media:group>` + entries(`<media:content url="https://city.example/a.jpg"/>`) + `</media:group></item></channel></rss>`,
		"RDF with a list":                    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>x</title><items><rdf:Seq>` + entries(`<rdf:li/>`) + `</rdf:Seq></items></channel>` + entries(`<item><title>a</title></item>`) + `</rdf:RDF>`,
		"RSS with dates that have a prefix":  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>x</title>` + entries("<item>\n<title>a</title>\n<dc:date>2026-04-01</dc:date>\n</item>") + `</channel></rss>`,
		"RSS in a namespace of its own root": `<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>x</title>` + entries(`<item><title>a</title></item>`) + `</channel></rss>`,
	} {
		feed, err := Parse([]byte(in), parse.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(feed.Articles) != n || len(feed.Problems) != 0 {
			t.Errorf("%s: %d of %d entries, problems %v", name, len(feed.Articles), n, feed.Problems)
		}
	}
}

// A prefix means what it is bound to, under whatever name.
func TestPrefixesMeanWhatTheyAreBoundTo(t *testing.T) {
	for name, in := range map[string]string{
		"as usual":            `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>a</title><content:encoded>Text</content:encoded></item></channel></rss>`,
		"another":             `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item><title>a</title><c:encoded>Text</c:encoded></item></channel></rss>`,
		"none":                `<rss version="2.0"><channel><item><title>a</title><encoded xmlns="http://purl.org/rss/1.0/modules/content/">Text</encoded></item></channel></rss>`,
		"another, misspelt":   `<rss version="2.0" xmlns:c="https://purl.org/rss/1.0/modules/content"><channel><item><title>a</title><c:encoded>Text</c:encoded></item></channel></rss>`,
		"as usual, misspelt":  `<rss version="2.0" xmlns:content="https://purl.org/rss/1.0/modules/content/"><channel><item><title>a</title><content:encoded>Text</content:encoded></item></channel></rss>`,
		"undeclared":          `<rss version="2.0"><channel><item><title>a</title><content:encoded>Text</content:encoded></item></channel></rss>`,
		"declared before":     `<rss version="2.0"><channel><item xmlns:c="http://purl.org/rss/1.0/modules/content/"><title>a</title><c:encoded>Text</c:encoded></item><item xmlns:c="urn:x"><title>b</title><c:encoded>No text</c:encoded></item></channel></rss>`,
		"broken":              `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>A & B</title><item><title>a</title><c:encoded>Text</c:encoded></item></channel></rss>`,
		"none, broken":        `<rss version="2.0"><channel><title>A & B</title><item><title>a</title><encoded xmlns="http://purl.org/rss/1.0/modules/content/">Text</encoded></item></channel></rss>`,
		"of XHTML":            `<rss version="2.0" xmlns:h="http://www.w3.org/1999/xhtml"><channel><item><title>a</title><h:body>Text</h:body></item></channel></rss>`,
		"of XHTML, broken":    `<rss version="2.0" xmlns:h="http://www.w3.org/1999/xhtml"><channel><title>A & B</title><item><title>a</title><h:body>Text</h:body></item></channel></rss>`,
		"none, of XHTML":      `<rss version="2.0"><channel><item><title>a</title><body xmlns="http://www.w3.org/1999/xhtml">Text</body></item></channel></rss>`,
		"with other prefixes": `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:x="urn:x"><channel><item><title>a</title><c:encoded>Text</c:encoded><x:encoded>No text</x:encoded><excerpt:encoded xmlns:excerpt="urn:excerpt">No text</excerpt:encoded></item></channel></rss>`,
	} {
		feed, err := Parse([]byte(in), parse.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := html.Text(feed.Articles[0].Content); got != "Text" {
			t.Errorf("%s: content %q", name, got)
		}
		if name == "declared before" && feed.Articles[1].Content != "" {
			t.Errorf("%s: content %q of the second", name, feed.Articles[1].Content)
		}
	}
}
