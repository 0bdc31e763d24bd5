package feed

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/internal/parse"
)

// TestWhereARelativeAddressBelongs holds by which base relative addresses of an entry are
// read, and those of its text.
func TestWhereARelativeAddressBelongs(t *testing.T) {
	const far = "https://cdn.example.net/feeds/town.xml"
	const text = `&lt;a href="map.html"&gt;Map&lt;/a&gt;`
	link := func(address string) string { return `<a href="` + address + `">Map</a>` }
	for _, c := range []struct{ name, document, base, link, content string }{
		{"RSS, by the channel's site", `<rss version="2.0"><channel><title>T</title><link>https://town.example/</link><item><title>A</title><link>/n/1</link><description>` + text + `</description></item></channel></rss>`,
			far, "https://town.example/n/1", link("https://town.example/n/map.html")},
		{"RSS, whose entries lead through a proxy", `<rss version="2.0"><channel><title>T</title><link>https://town.example/</link><item><title>A</title><link>http://feedproxy.google.com/~r/t/1</link><description>` + text + `</description></item></channel></rss>`,
			far, "http://feedproxy.google.com/~r/t/1", link("https://town.example/map.html")},
		{"RSS, of which the channel has a link of Atom alone", `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><atom:link href="https://town.example/"/><item><title>A</title><link>n/1</link></item></channel></rss>`,
			far, "https://town.example/n/1", ""},
		{"RSS, by xml:base", `<rss version="2.0" xml:base="https://www.town.example/x/"><channel><title>T</title><link>https://town.example/</link><item><title>A</title><link>n/1</link><description>` + text + `</description></item></channel></rss>`,
			far, "https://www.town.example/x/n/1", link("https://www.town.example/x/map.html")},
		{"RSS, by an entry's own xml:base", `<rss version="2.0"><channel><title>T</title><link>https://town.example/</link><item xml:base="https://old.town.example/"><title>A</title><link>n/1</link><description>` + text + `</description></item></channel></rss>`,
			far, "https://old.town.example/n/1", link("https://old.town.example/map.html")},
		{"RSS, whose site is relative itself", `<rss version="2.0"><channel><title>T</title><link>/</link><item><title>A</title><link>n/1</link><description>` + text + `</description></item></channel></rss>`,
			"https://town.example/feeds/a.xml", "https://town.example/feeds/n/1", link("https://town.example/feeds/n/map.html")},
		{"RSS, whose site only its publisher can ask", `<rss version="2.0"><channel><title>T</title><link>http://localhost:8080/</link><item><title>A</title><link>/n/1</link></item></channel></rss>`,
			"https://town.example/feeds/a.xml", "https://town.example/n/1", ""},
		{"RSS, of which nothing tells where it was", `<rss version="2.0"><channel><title>T</title><link>https://town.example/</link><item><title>A</title><link>/n/1</link></item></channel></rss>`,
			"", "https://town.example/n/1", ""},
		{"RDF", `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel rdf:about="x"><title>T</title><link>https://town.example/</link></channel><item rdf:about="y"><title>A</title><link>/n/1</link><description>` + text + `</description></item></rdf:RDF>`,
			far, "https://town.example/n/1", link("https://town.example/n/map.html")},
		{"Atom, by the document", `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:f</id><title>T</title><link href="https://town.example/"/><entry><id>urn:x:1</id><title>A</title><link href="/n/1"/><content type="html">` + text + `</content></entry></feed>`,
			far, "https://cdn.example.net/n/1", link("https://cdn.example.net/feeds/map.html")},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://town.example/","items":[{"id":"1","title":"A","url":"/n/1","content_html":"<a href='map.html'>Map</a>"}]}`,
			far, "https://town.example/n/1", link("https://town.example/n/map.html")},
	} {
		f, err := Parse([]byte(c.document), parse.Options{BaseURL: c.base})
		if err != nil || len(f.Articles) != 1 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if a := f.Articles[0]; a.Link != c.link || a.Content != c.content {
			t.Errorf("%s: %q, %q, want %q, %q", c.name, a.Link, a.Content, c.link, c.content)
		}
	}
}

// TestFaultyAddressesEverywhere holds that links, permalinks, files, pictures and what texts
// link are read alike.
func TestFaultyAddressesEverywhere(t *testing.T) {
	f, err := Parse([]byte(`<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title><link>HTTPS://Town.example/</link>
<item><title>A</title><guid>https://clerk:secret@town.example/5%-off</guid><enclosure url="https:\\town.example\5%.pdf" type="application/pdf"/><media:thumbnail url="//town.example/5%.png"/>
<description><![CDATA[<a href="www.town.example/5%">x</a><img src="HTTPS://town.example/5%.jpg"><img srcset="
	,5%-small.png 1x, 5%-big.png 2x">]]></description></item>
<item><title>B</title><guid isPermaLink="false">https://town.example/5%</guid></item></channel></rss>`), parse.Options{BaseURL: "https://town.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	a := f.Articles[0]
	got := []string{f.Link, a.Link, a.GUID, a.Enclosures[0].URL, a.Images[0].URL, a.Content, f.Articles[1].Link}
	want := []string{"https://town.example/", "https://town.example/5%25-off", "https://clerk:secret@town.example/5%-off", "https://town.example/5%25.pdf", "https://town.example/5%25.png",
		`<a href="https://www.town.example/5%25">x</a><img src="https://town.example/5%25.jpg" alt=""><img src="https://town.example/5%25-small.png" alt="">`, ""}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestWhatALinkWasBefore holds that an entry without a GUID tells the link by which an
// earlier release knew it, where that is another.
func TestWhatALinkWasBefore(t *testing.T) {
	for _, c := range []struct {
		name, document, link string
		aliases              []string
	}{
		{"as it should be", `<rss><channel><link>https://town.example/</link><item><title>A</title><link>https://town.example/n/1</link></item></channel></rss>`, "https://town.example/n/1", nil},
		{"escaped twice", `<rss><channel><item><title>A</title><link>https://town.example/?a=1&amp;amp;b=2</link></item></channel></rss>`, "https://town.example/?a=1&b=2", []string{"https://town.example/?a=1&amp;b=2"}},
		{"relative", `<rss><channel><link>https://town.example/</link><item><title>A</title><link>n/1</link></item></channel></rss>`, "https://town.example/n/1", []string{"https://cdn.example/f/n/1"}},
		{"one that could not be read", `<rss><channel><item><title>A</title><link>https://town.example/5%</link></item></channel></rss>`, "https://town.example/5%25", []string{""}},
		{"with a GUID", `<rss><channel><item><title>A</title><guid isPermaLink="false">7</guid><link>https://town.example/5%</link></item></channel></rss>`, "https://town.example/5%25", nil},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1","items":[{"title":"A","url":"https://town.example/?a=1&amp;b=2"}]}`, "https://town.example/?a=1&b=2", []string{"https://town.example/?a=1&amp;b=2"}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="https://town.example/?a=1&amp;amp;b=2"/></entry></feed>`, "https://town.example/?a=1&b=2", []string{"https://town.example/?a=1&amp;b=2"}},
	} {
		f, err := Parse([]byte(c.document), parse.Options{BaseURL: "https://cdn.example/f/feed.xml"})
		if err != nil || len(f.Articles) != 1 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if a := f.Articles[0]; a.Link != c.link || !cmp.Equal(a.Aliases, c.aliases) {
			t.Errorf("%s: %q, formerly %q; want %q, %q", c.name, a.Link, a.Aliases, c.link, c.aliases)
		}
	}
}
