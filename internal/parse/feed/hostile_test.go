package feed

import (
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
)

// hostileBytes is the size of a hostile document. A fetch may bring 10 MiB; the tests
// take a twentieth of it, which is enough to tell what grows with the square, and with
// -short a quarter of that.
var hostileBytes = flag.Int("hostile", 1<<19, "the size of hostile documents, in `BYTES`")

func hostileSize() int {
	if testing.Short() {
		return *hostileBytes / 4
	}
	return *hostileBytes
}

// hostileTime is how long a hostile document may take. It is generous, since other
// tests run at the same time; what grows with the square of a document takes hours.
const hostileTime = 20 * time.Second

func TestHostileFeeds(t *testing.T) {
	rss := func(inner string) string {
		return `<rss version="2.0"><channel><title>x</title><item><title>a</title>` + inner + `</item></channel></rss>`
	}
	fill := func(unit string) string {
		return strings.Repeat(unit, hostileSize()/len(unit))
	}
	tests := []struct{ name, in string }{
		{"nested elements", rss(fill("<a>"))},
		{"nested elements of a namespace", `<rss version="2.0" xmlns:x="urn:x"><channel><item>` + fill("<x:a>") + "</item></channel></rss>"},
		{"nested channels", fill("<channel>")},
		{"nested items", `<rss><channel>` + fill("<item>")},
		{"unclosed titles", `<rss><channel><item>` + fill("<title>a")},
		{"unclosed titles in items", `<rss><channel>` + fill("<item><title>a")},
		{"ends without beginnings", rss(fill("</b>"))},
		{"ends of the root", `<rss><channel>` + fill("</rss>") + `<item><title>a</title></item>`},
		{"one tag with many attributes", rss("<enclosure " + fill(`a="1" `) + "/>")},
		{"namespaces on the root", `<rss ` + fill(`xmlns:a="urn:a" `) + `><channel><item><title>a</title></item></channel></rss>`},
		{"namespaces and elements", `<rss ` + strings.Repeat(`xmlns:a="urn:a" `, 20000) + `><channel><item>` + fill("<b/>") + `</item></channel></rss>`},
		{"sections", rss(`<x:y xmlns:x="urn:x">` + fill("<![CDATA[a]]>") + "</x:y>")},
		{"comments", rss(`<x:y xmlns:x="urn:x">` + fill("a<!---->") + "</x:y>")},
		{"text between elements", rss(`<x:y xmlns:x="urn:x">` + fill("a<x:b/>") + "</x:y>")},
		{"space between elements", rss(`<x:y xmlns:x="urn:x">` + fill(" <x:b/>") + "</x:y>")},
		{"much space between elements", rss(`<x:y xmlns:x="urn:x">` + fill(strings.Repeat(" ", 100)+"<x:b/>") + "</x:y>")},
		{"space between elements of nobody's", rss(`<x:y xmlns:x="urn:x">` + fill(" <b/>") + " & </x:y>")},
		{"prefixes that are bound within each other", rss(fill(`<x:a xmlns:x="urn:x" xmlns:y="urn:y">`))},
		{"prefixes that nobody binds", rss(fill(`<x:a><y:b/>`))},
		{"items in another namespace", `<rss><channel>` + fill(`<x:item xmlns:x="urn:x"><x:title>a</x:title></x:item>`)},
		{"references", rss("<description>" + fill("&amp;") + "</description>")},
		{"bare ampersands", rss("<description>" + fill("&") + "</description>")},
		{"less-than signs", rss("<description>" + fill("<") + "</description>")},
		{"quotes", rss(fill(`<a b="`))},
		{"quotes of both kinds", rss(fill(`<a b="<a b='`))},
		{"comments that do not end", rss(fill("<!--"))},
		{"sections that do not end", rss(fill("<![CDATA["))},
		{"sections in fields that do not end", rss(fill("<title><![CDATA["))},
		{"sections that swallow items", rss(fill("<title><![CDATA[</title><![CDATA["))},
		{"declarations that do not end", fill(`<!DOCTYPE "`) + rss("")},
		{"declarations", fill(`<!DOCTYPE [<!-- `) + rss("")},
		{"instructions that do not end", fill("<?a ") + rss("")},
		{"entities", "<!DOCTYPE rss [" + fill(`<!ENTITY a "aaaaaaaaaa">`) + "]>" + rss("&a;")},
		{"an entity bomb", `<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("a", 200) + `"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>` + rss("<description>"+fill("&c;")+"</description>")},
		{"a long entity", `<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("a", 200) + `">]>` + rss("<description>"+strings.Repeat("&a;", 50_000)+"</description>")},
		{"nested HTML", rss("<description><![CDATA[" + fill("<div>") + "]]></description>")},
		{"nested formatting", rss("<description><![CDATA[" + fill("<b><i>") + "]]></description>")},
		{"anchors", rss("<description><![CDATA[" + fill("<a href=x>") + "]]></description>")},
		{"nested tables", rss("<description><![CDATA[" + fill("<table><tr><td>") + "]]></description>")},
		{"ends in HTML", rss("<description><![CDATA[" + strings.Repeat("<div>", 60) + fill("</p>") + "]]></description>")},
		{"text beside HTML", rss("<description><![CDATA[" + fill("a <b") + "]]></description>")},
		{"one word", rss("<title>" + fill("a") + "</title>")},
		{"marks", rss("<title>" + fill("ก่") + "</title>")},
		{"categories", rss(strings.Repeat("<category>a</category>", 20_000))},
		{"Atom entries in text", `<feed xmlns="http://www.w3.org/2005/Atom">` + fill("<entry><content type='xhtml'><div>")},
		{"Atom with nested XHTML", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type='xhtml'>` + fill("<div>")},
		{"Atom with XHTML that is well-formed", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type='xhtml'><div>` + fill("<b>a</b>") + "</div></content></entry></feed>"},
		{"JSON arrays", `{"version":"https://jsonfeed.org/version/1.1","items":` + fill("[")},
		{"JSON objects", fill(`{"items":`)},
		{"JSON strings", `{"version":"https://jsonfeed.org/version/1.1","items":[` + fill(`"a",`)},
		{"bytes of no charset", fill("<\xff\xfe\x80")},
		{"zeros", fill("\x00")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			feed, err := Parse([]byte(tt.in), parse.Options{BaseURL: "https://city.example/"})
			took := time.Since(began)
			if took > hostileTime {
				t.Errorf("took %v", took)
			}
			n := -1
			if err == nil {
				n = len(feed.Articles)
			}
			t.Logf("%v, %d articles, %v", took.Round(time.Millisecond), n, err)
		})
	}
}
