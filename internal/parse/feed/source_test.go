package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

// reading is a document and what is read of it: the first word says whether a line of
// [describe] has to be there ("has") or no line may begin so ("lacks").
type reading struct {
	remark, in string
	want       []string
}

func (c reading) check(t *testing.T) {
	t.Helper()
	feed, err := Parse([]byte(c.in), parse.Options{BaseURL: "https://city.example/news/feed"})
	if err != nil {
		t.Errorf("%s: %v", c.remark, err)
		return
	}
	lines := strings.Split(describe(feed), "\n")
	for _, want := range c.want {
		how, line, _ := strings.Cut(want, " ")
		has := slices.Contains(lines, line)
		if how == "lacks" {
			has = slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, line) })
		}
		if has != (how == "has") {
			t.Errorf("%s: want %q in\n%s", c.remark, want, describe(feed))
		}
	}
}

func rssOf(item string) string {
	return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"
		xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
		<channel><title>Kazemori</title><link>https://city.example/</link><item>` + item + `</item></channel></rss>`
}

func rdfOf(item string) string {
	return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
		<channel rdf:about="https://city.example/"><title>Kazemori</title></channel><item rdf:about="https://city.example/n">` + item + `</item></rdf:RDF>`
}

func atomOf(entry string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Kazemori</title><id>urn:x-city</id><entry>` + entry + `</entry></feed>`
}

// Of an element that stands twice the first counts that is not empty.
func TestTwice(t *testing.T) {
	for _, c := range []reading{
		{"titles in RSS", rssOf("<title>First</title><title>Second</title>"), []string{"has title: First"}},
		{"titles in RDF", rdfOf("<title>First</title><title>Second</title>"), []string{"has title: First"}},
		{"titles in Atom", atomOf("<id>i</id><title>First</title><title>Second</title>"), []string{"has title: First"}},
		{"the first one is empty", rssOf("<title> </title><title><![CDATA[]]></title><title>Third</title>"), []string{"has title: Third"}},
		{"the first one closes itself", rssOf("<title/><title>Second</title><title/>"), []string{"has title: Second"}},
		{"the types are those of what counts", atomOf(`<id>i</id><title type="text">a &lt;b&gt;</title><title type="html">c &lt;b&gt;</title>`), []string{"has title: a <b>"}},
		{"and where the first one is empty", atomOf(`<id>i</id><title type="text"/><title type="html">c &lt;b&gt;d&lt;/b&gt;</title>`), []string{"has title: c d"}},
		{"links", rssOf("<title>A</title><link>https://city.example/1</link><link>https://city.example/2</link>"),
			[]string{"has link: https://city.example/1", "has alias: https://city.example/2"}},
		{"links, and the first leads nowhere", rssOf("<title>A</title><link>javascript:open()</link><link>https://city.example/2</link>"), []string{"has link: https://city.example/2", "lacks alias"}},
		{"links, of which one has an attribute", rssOf(`<title>A</title><link href="https://city.example/1"/><link>https://city.example/2</link>`), []string{"has link: https://city.example/1"}},
		{"links beside a GUID", rssOf(`<title>A</title><guid isPermaLink="false">g</guid><link>https://city.example/1</link><link>https://city.example/2</link>`), []string{"has link: https://city.example/1", "lacks alias"}},
		{"GUIDs", rssOf(`<title>A</title><guid isPermaLink="false">https://city.example/g1</guid><guid>https://city.example/g2</guid>`),
			[]string{"has guid: https://city.example/g1", "has alias: https://city.example/g2", "lacks link: https://city.example/g"}},
		{"ids", atomOf("<id>i1</id><title>A</title><id>i2</id>"), []string{"has guid: i1", "has alias: i2"}},
		{"descriptions", rssOf("<title>A</title><description>First</description><description>Second</description>"), []string{"has summary: First"}},
		{"long descriptions", rssOf("<title>A</title><description>" + strings.Repeat("one ", 30) + "</description><description>" + strings.Repeat("two ", 30) + "</description>"), []string{"lacks summary: two"}},
		{"contents", rssOf("<title>A</title><content:encoded>First</content:encoded><content:encoded>Second</content:encoded>"), []string{"has content: First"}},
		{"contents in Atom", atomOf(`<id>i</id><title>A</title><content type="html">First</content><content>Second</content>`), []string{"has content: First"}},
		{"summaries", atomOf("<id>i</id><title>A</title><summary>First</summary><summary>Second</summary>"), []string{"has summary: First"}},
		{"dates", rssOf("<title>A</title><pubDate>Wed, 01 Apr 2026 10:00:00 GMT</pubDate><pubDate>Thu, 02 Apr 2026 10:00:00 GMT</pubDate>"), []string{"has published: 2026-04-01T10:00:00Z"}},
		{"dates, and the first says nothing", rssOf("<title>A</title><pubDate>soon</pubDate><pubDate>Thu, 02 Apr 2026 10:00:00 GMT</pubDate>"), []string{"has published: 2026-04-02T10:00:00Z"}},
		{"dates in Atom", atomOf("<id>i</id><title>A</title><updated>2026-04-01T10:00:00Z</updated><updated>2026-04-02T10:00:00Z</updated>"), []string{"has updated: 2026-04-01T10:00:00Z"}},
		{"the feed's titles and links", `<rss version="2.0"><channel><title>First</title><title>Second</title><link>https://city.example/</link><link>https://other.example/</link><item><title>A</title></item></channel></rss>`,
			[]string{"has title: First", "has link: https://city.example/"}},
		{"the feed's titles in Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>First</title><title>Second</title><entry><id>i</id><title>A</title></entry></feed>`, []string{"has title: First"}},
		{"a title that has no end", atomOf("<id>i</id><title>A long\n title<title><summary>Text</summary>"), []string{"has title: A long title", "has summary: Text"}},
		{"a title that has no end in RSS", rssOf("<title>A title<title><link>https://city.example/1</link>"), []string{"has title: A title", "has link: https://city.example/1"}},
		{"links of Atom may be several", atomOf(`<id>i</id><title>A</title><link href="https://city.example/1"/><link rel="enclosure" href="https://city.example/f.pdf"/>`), []string{"has link: https://city.example/1", "has enclosure: https://city.example/f.pdf  0 "}},
		{"a title of Media RSS is none of the item's", rssOf("<media:title>Film</media:title><title>A</title>"), []string{"has title: A"}},
		{"nor is one in its source", atomOf("<id>i</id><source><title>Source</title></source><title>A</title>"), []string{"has title: A"}},
		{"where xml:base is used", strings.Replace(rssOf("<title>First</title><title>Second</title><link>a</link>"), "<channel>", `<channel xml:base="https://city.example/b/">`, 1), []string{"has title: First", "has link: https://city.example/b/a"}},
	} {
		c.check(t)
	}
}

// Entries that are known are left out with all that stands in them.
func TestTwiceBesideWhatIsKnown(t *testing.T) {
	item := func(n int) string {
		return fmt.Sprintf("<item><title>First %d</title><title>Second</title><description>%s</description></item>", n, strings.Repeat("text ", 30))
	}
	doc := []byte(`<rss version="2.0"><channel><title>City</title><title>Town</title>` + item(1) + item(2) + item(3) + `</channel></rss>`)
	all, err := Parse(doc, parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rest, err := Parse(doc, parse.Options{Known: map[uint64]bool{all.Digests[1]: true}})
	if err != nil {
		t.Fatal(err)
	}
	if len(rest.Articles) != 2 || rest.Articles[0].Title != "First 1" || rest.Articles[1].Title != "First 3" || rest.Title != "City" {
		t.Errorf("read %q: %+v", rest.Title, rest.Articles)
	}
}

func TestSections(t *testing.T) {
	for _, c := range []reading{
		{"an escaped one", rssOf("<title>&lt;![CDATA[Title]]&gt;</title><description>&lt;![CDATA[some <b>text</b>]]&gt;</description>"), []string{"has title: Title", "has summary: some text"}},
		{"one in another", rssOf("<title><![CDATA[<![CDATA[Title]]]]></title><description><![CDATA[one <![CDATA[two]]> three]]></description>"), []string{"has summary: one two three"}},
		{"one in another, both closed", rssOf("<title>A</title><description><![CDATA[<![CDATA[text]]]]><![CDATA[>]]></description>"), []string{"has summary: text"}},
		{"in small letters", rssOf("<title><![cdata[R & D]]></title><description><![Cdata[text]]></description>"), []string{"has title: R & D", "has summary: text"}},
		{"a comment that was one", rssOf("<title>A</title><description>&lt;!--[CDATA[text]]--&gt;</description>"), []string{"has summary: text"}},
		{"around an author and a term", rssOf("<title>A</title><dc:creator>&lt;![CDATA[Aoi]]&gt;</dc:creator><category>&lt;![CDATA[Works]]&gt;</category>"), []string{"has author: Aoi", "has term: Works"}},
		{"around a link", rssOf("<title>A</title><link>&lt;![CDATA[https://city.example/1]]&gt;</link>"), []string{"has link: https://city.example/1"}},
		{"in Atom", atomOf(`<id>i</id><title>&lt;![CDATA[Title]]&gt;</title><content type="html">one &lt;![CDATA[two]]&gt;</content>`), []string{"has title: Title", "has summary: one two"}},
		{"in JSON", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"<![CDATA[Title]]>","content_html":"one <![CDATA[two]]>"}]}`, []string{"has title: Title", "has summary: one two"}},
		{"of which a plain text tells", atomOf(`<id>i</id><title type="text">How to write &lt;![CDATA[x]]&gt; in XML</title>`), []string{"has title: How to write <![CDATA[x]]> in XML"}},
		{"a comment stays one", rssOf("<title>A</title><description>&lt;!-- hidden --&gt;text</description>"), []string{"has summary: text"}},
	} {
		c.check(t)
	}
}

func TestMedia(t *testing.T) {
	const flash = `<media:content url="https://video.example/v/7?version=3" type="application/x-shockwave-flash"/>`
	for _, c := range []reading{
		{"a group in Atom", atomOf(`<id>i</id><title>A</title><media:group><media:title>Film</media:title>` + flash + `<media:thumbnail url="https://video.example/7.jpg"/><media:description>The mayor speaks.</media:description></media:group>`),
			[]string{"has title: A", "has summary: The mayor speaks.", "has image: https://video.example/7.jpg Film", "lacks enclosure"}},
		{"its title where there is no other", atomOf(`<id>i</id><media:group><media:title>Film</media:title></media:group>`), []string{"has title: Film"}},
		{"a group in RSS", rssOf(`<media:group><media:title>Film</media:title><media:content url="https://video.example/7.mp4" type="video/mp4"/><media:description>The mayor speaks.</media:description></media:group>`),
			[]string{"has title: Film", "has summary: The mayor speaks.", "has enclosure: https://video.example/7.mp4 video/mp4 0 Film"}},
		{"a file alone", rssOf(`<media:content url="https://city.example/p.jpg" medium="image"><media:description type="plain">Snow on the bridge</media:description></media:content>`),
			[]string{"has title: Snow on the bridge", "has image: https://city.example/p.jpg Snow on the bridge"}},
		{"a text of lines", atomOf("<id>i</id><title>A</title><media:group><media:description>One &lt; two\nThree</media:description></media:group>"), []string{"has content: <p>One &lt; two<br>Three</p>"}},
		{"a caption is no text beside the item's own", rssOf(`<content:encoded>&lt;p&gt;The text.&lt;/p&gt;</content:encoded><media:content url="https://city.example/p.jpg" medium="image"><media:title>IMG_7</media:title><media:description>A caption</media:description></media:content>`), []string{"has title: The text.", "has summary: The text."}},
		{"the entry's own text goes before it", rssOf("<title>A</title><description>Own</description><media:group><media:description>Other</media:description></media:group>"), []string{"has summary: Own"}},
		{"Flash is no enclosure of RSS either", rssOf(`<title>A</title><enclosure url="https://city.example/banner.SWF" type="" length="1"/><enclosure url="https://city.example/a.mp3" type="audio/mpeg" length="1"/>`),
			[]string{"lacks enclosure: https://city.example/banner", "has enclosure: https://city.example/a.mp3 audio/mpeg 1 "}},
		{"a title of iTunes", rssOf("<itunes:title>Short</itunes:title><description>A long text.</description>"), []string{"has title: Short"}},
		{"but the item's own goes before", rssOf("<itunes:title>Short</itunes:title><title>A longer title</title>"), []string{"has title: A longer title"}},
		{"a picture alone", rssOf(`<guid isPermaLink="false">1</guid><description>&lt;img src="https://city.example/p.jpg" alt="The new bridge"&gt;</description>`), []string{"has title: The new bridge"}},
		{"a title that nobody sees", rssOf("<title>&#x200B;&#xAD;&#x2060; &#x3164;</title><description>Come and see.</description>"), []string{"has title: Come and see."}},
		{"a title of one sign", rssOf("<title>♨</title><description>Come and see.</description>"), []string{"has title: ♨"}},
		{"content of XML", atomOf(`<id>i</id><title>A</title><content type="application/cap+xml"><alert xmlns="urn:x-alert"><headline>Flood</headline></alert></content><summary>Water rises.</summary>`), []string{"has content: <p>Water rises.</p>", "has summary: Water rises."}},
		{"content of XML with a charset", atomOf(`<id>i</id><title>A</title><content type="Text/XML; charset=utf-8">&lt;alert&gt;x&lt;/alert&gt;</content>`), []string{"lacks content"}},
		{"content of XML that is HTML after all", atomOf(`<id>i</id><title>A</title><content type="text/xml">&lt;p&gt;x&lt;/p&gt;</content>`), []string{"lacks content: &lt;p"}},
		{"content of XHTML", atomOf(`<id>i</id><title>A</title><content type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content>`), []string{"has summary: x"}},
	} {
		c.check(t)
	}
}

func TestOwnAddresses(t *testing.T) {
	for _, c := range []reading{
		{"the text of a link of Atom", atomOf("<id>i</id><title>A</title><link>https://city.example/1</link>"), []string{"has link: https://city.example/1"}},
		{"but not of one to another thing", atomOf(`<id>i</id><title>A</title><link rel="replies">https://city.example/1</link>`), []string{"lacks link: https://city.example/1"}},
		{"the feed's own link", `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link>https://city.example/</link><entry><id>i</id><title>A</title></entry></feed>`, []string{"has link: https://city.example/"}},
		{"a relation in capitals", atomOf(`<id>i</id><title>A</title><link rel="Alternate" href="https://city.example/1"/><link rel="ENCLOSURE" type="audio/mpeg" href="https://city.example/a.mp3"/>`),
			[]string{"has link: https://city.example/1", "has enclosure: https://city.example/a.mp3 audio/mpeg 0 "}},
		{"and in RSS", rssOf(`<title>A</title><atom:link rel="ALTERNATE" href="https://city.example/1"/>`), []string{"has link: https://city.example/1"}},
		{"a relation that is an address", atomOf(`<id>i</id><title>A</title><link rel="http://www.iana.org/assignments/relation/related" href="https://city.example/2" title="B"/>`), []string{"has related: B https://city.example/2"}},
		{"where the entry itself can be had", atomOf(`<id>i</id><title>A</title><link rel="self" href="https://city.example/1"/>`), []string{"has link: https://city.example/1"}},
		{"but not where there is a better one", atomOf(`<id>i</id><title>A</title><link rel="self" href="https://city.example/1.atom"/><link href="https://city.example/1"/>`), []string{"has link: https://city.example/1"}},
		{"url in the place of link", rssOf("<title>A</title><url>https://city.example/1</url>"), []string{"has link: https://city.example/1"}},
		{"a GUID that says in small letters that it is no address", rssOf(`<title>A</title><guid ispermalink="false">https://city.example/g</guid>`), []string{"lacks link: https://city.example/g"}},
		{"or in others", rssOf(`<title>A</title><guid ISPERMALINK="False">https://city.example/g</guid>`), []string{"lacks link: https://city.example/g"}},
		{"a GUID that begins with a slash", rssOf(`<title>A</title><guid>/notices/1</guid>`), []string{"has link: https://city.example/notices/1", "has guid: /notices/1"}},
		{"unless it says that it is none", rssOf(`<title>A</title><guid isPermaLink="false">/notices/1</guid>`), []string{"lacks link: https://city.example/notices"}},
		{"a relative GUID that says that it is an address", rssOf(`<title>A</title><guid isPermaLink="true">notices/1.html</guid>`), []string{"has link: https://city.example/notices/1.html"}},
		{"a number that says so", rssOf(`<title>A</title><guid isPermaLink="true">4711</guid>`), []string{"lacks link: https://city.example/news"}},
		{"an address in capitals", rssOf(`<title>A</title><guid>https://city.example/G</guid>`), []string{"has link: https://city.example/G"}},
		{"the address behind a service", rssOf(`<title>A</title><link>https://proxy.example/~r/x/1</link><feedburner:origLink>https://city.example/1</feedburner:origLink>`),
			[]string{"has link: https://city.example/1", "has alias: https://proxy.example/~r/x/1"}},
		{"and with a GUID", rssOf(`<title>A</title><link>https://proxy.example/~r/x/1</link><guid isPermaLink="false">g</guid><feedburner:origLink>https://city.example/1</feedburner:origLink>`),
			[]string{"has link: https://city.example/1", "lacks alias"}},
		{"and in Atom", strings.Replace(atomOf(`<id>i</id><title>A</title><link href="https://proxy.example/~r/x/1"/><fb:origLink>https://city.example/1</fb:origLink>`), "<feed ", `<feed xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0" `, 1), []string{"has link: https://city.example/1"}},
		{"xml:base as a text", strings.Replace(rssOf("<title>On xml:base in feeds</title><link>a</link>"), "<channel>", `<channel xml:base="https://city.example/b/">`, 1), []string{"has title: On xml:base in feeds", "has link: https://city.example/b/a"}},
	} {
		c.check(t)
	}
}

// An identifier is what stands in the document, and what was made of it finds its article.
func TestIdentifiers(t *testing.T) {
	for _, c := range []reading{
		{"an address in capitals", atomOf("<id>HTTP://City.Example/%7eA?x=ä</id><title>A</title>"), []string{"has guid: HTTP://City.Example/%7eA?x=ä", "has alias: http://City.Example/%7eA?x=ä"}},
		{"white space around it", atomOf("<id>\n urn:x:1 </id><title>A</title>"), []string{"has guid: urn:x:1", "lacks alias"}},
		{"references and sections", rssOf("<title>A</title><guid><![CDATA[a&b]]>&amp;c</guid>"), []string{"has guid: a&b&c", "lacks alias"}},
		{"a comment in it", rssOf("<title>A</title><guid>ab<!-- 7 -->c</guid>"), []string{"has guid: abc", "has alias: ab<!-- 7 -->c"}},
		{"under xml:base", strings.Replace(atomOf("<id>1</id><title>A</title>"), "<entry>", `<entry xml:base="https://city.example/b/">`, 1), []string{"has guid: 1"}},
	} {
		c.check(t)
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []reading{
		{"a text without a name", atomOf("<id>i</id><title>A</title><author>Aoi Mori</author>"), []string{"has author: Aoi Mori"}},
		{"the feed's", `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><author>Aoi Mori</author><entry><id>i</id><title>A</title></entry></feed>`, []string{"has author: Aoi Mori"}},
		{"a name that is a link", atomOf("<id>i</id><title>A</title><author><name>&lt;a href='/aoi'&gt;Aoi Mori&lt;/a&gt;</name></author>"), []string{"has author: Aoi Mori"}},
		{"an address with a scheme", atomOf("<id>i</id><title>A</title><author><name>Aoi</name><email>mailto:aoi@city.example</email></author>"), []string{"has author: Aoi aoi@city.example"}},
		{"elements of Atom in RSS", rssOf("<title>A</title><author><name>Aoi Mori</name><email>aoi@city.example</email></author>"), []string{"has author: Aoi Mori aoi@city.example"}},
		{"markup in Dublin Core", rssOf(`<title>A</title><dc:creator><![CDATA[<a href="/aoi">Aoi Mori</a>]]></dc:creator>`), []string{"has author: Aoi Mori"}},
		{"two of RSS", rssOf("<title>A</title><author>Aoi Mori</author><author/><author>ren@city.example (Ren &amp; Co)</author><author>Aoi Mori</author>"), []string{"has author: Aoi Mori", "has author: Ren & Co ren@city.example"}},
		{"two of RSS without names", rssOf("<title>A</title><author>aoi@city.example</author><author>ren@city.example</author>"), []string{"has author: aoi@city.example aoi@city.example", "has author: ren@city.example ren@city.example"}},
		{"the first of RSS is empty", rssOf("<title>A</title><author> </author><author>Aoi Mori</author>"), []string{"has author: Aoi Mori"}},
		{"two of Atom's in RSS", rssOf("<title>A</title><author><name>Aoi Mori</name></author><author><name>Ren</name></author>"), []string{"has author: Aoi Mori", "has author: Ren"}},
		{"two of Dublin Core, and one of RSS", rssOf("<title>A</title><dc:creator>Aoi</dc:creator><dc:creator>Ren</dc:creator><author>Mio</author>"), []string{"has author: Aoi", "has author: Ren", "has author: Mio"}},
		{"two of Dublin Core in Atom", atomOf(`<id>i</id><title>A</title><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Aoi</dc:creator><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ren</dc:creator>`), []string{"has author: Aoi", "has author: Ren"}},
		{"in JSON", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"A","authors":[{"name":"<b>\"Aoi\"</b>"}]}]}`, []string{`has author: Aoi`}},
	} {
		c.check(t)
	}
}

func TestJSONInOtherWrappings(t *testing.T) {
	const feed = `{"version":"https://jsonfeed.org/version/1.1","title":"City","items":[{"id":"1","title":"A // b /* c */","url":"https://city.example/1"}]}`
	for _, c := range []reading{
		{"comments before", "// ours\n/* and\n theirs */\n" + feed, []string{"has title: A // b /* c */"}},
		{"comments within", strings.Replace(feed, `"items"`, "/* now */ \"items\"", 1), []string{"has title: A // b /* c */"}},
		{"a comment of a line within", strings.Replace(feed, `"items"`, "// now\n \"items\"", 1), []string{"has title: A // b /* c */"}},
		{"a comment behind", feed + "\n// end", []string{"has title: A // b /* c */"}},
		{"a function's call", "city.feed(" + feed + ");", []string{"has title: A // b /* c */"}},
		{"a call with a guard", "/**/ callback(" + feed + ")", []string{"has title: A // b /* c */"}},
		{"a variable's value", "var news = " + feed + ";", []string{"has title: A // b /* c */"}},
		{"a guard", ")]}',\n" + feed, []string{"has title: A // b /* c */"}},
		{"an object around", `{"status":"ok","feed":` + feed + `}`, []string{"has title: A // b /* c */"}},
		{"RSS", `{"rss":{"version":"2.0","channel":{"title":"City","link":"https://city.example/","item":[
			{"title":"A & B","link":"https://city.example/1","guid":{"#value":"g1","isPermaLink":false},"description":"<b>text</b>","category":["Works","Water"],
			"enclosure":{"url":"https://city.example/a.mp3","type":"audio/mpeg","length":7},"pubDate":"Wed, 01 Apr 2026 10:00:00 GMT"},{"title":"C","guid":"g2"}]}}}`,
			[]string{"has format: RSS 2.0", "has title: A & B", "has guid: g1", "has summary: text", "has term: Works", "has term: Water", "has enclosure: https://city.example/a.mp3 audio/mpeg 7 ", "has published: 2026-04-01T10:00:00Z", "has title: C"}},
		{"RSS with one item", `{"rss":{"@version":"2.0","channel":{"title":"City","item":{"title":"A","content:encoded":"long"}}}}`, []string{"has title: A", "has content: long"}},
		{"Atom as a converter writes it", `{"version":"1.0","encoding":"UTF-8","feed":{"xmlns":"http://www.w3.org/2005/Atom","title":{"$t":"City"},"entry":[{"id":{"$t":"urn:1"},"title":{"$t":"A","type":"text"},"link":[{"rel":"alternate","href":"https://city.example/1"}],"author":[{"name":{"$t":"Aoi"}}]}]}}`,
			[]string{"has title: A", "has link: https://city.example/1", "has guid: urn:1", "has author: Aoi"}},
	} {
		c.check(t)
	}
}

func TestWhatOnlyLooksLikeJSONInAWrapping(t *testing.T) {
	for _, in := range []string{"// nothing", "/*", "call(", "not a call({})", ")]}'", `{"feed":7}`, `{"rss":{"channel":`, `{"data":{"a":{}}}`} {
		if feed, err := Parse([]byte(in), parse.Options{}); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", in, feed)
		}
	}
}

func TestOneArticleIsBounded(t *testing.T) {
	long := strings.Repeat("word ", 100_000)
	feed, err := Parse([]byte(rssOf("<title>"+long+"</title><link>https://city.example/1</link><author>"+long+"</author><category>"+long+"</category><description>"+
		strings.Repeat("&lt;p&gt;A line.&lt;/p&gt;", 40_000)+"</description>")), parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := feed.Articles[0]
	for name, test := range map[string]struct {
		text string
		most int
	}{
		"title": {a.Title, 1000}, "author": {a.Authors[0].Name, 200}, "term": {a.Terms[0].Term, 200}, "content": {a.Content, 256<<10 + 200},
	} {
		if n := len([]rune(test.text)); n > test.most || n < test.most*2/3 {
			t.Errorf("the %s has %d characters, want at most %d", name, n, test.most)
		}
	}
	if want := `<p>A line.</p><p>… <a href="https://city.example/1">https://city.example/1</a></p>`; !strings.HasSuffix(a.Content, want) {
		t.Errorf("the content ends in %q", a.Content[len(a.Content)-200:])
	}
}
