package feed

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/charset"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
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
	f.Add([]byte(`<feed xmlns="https://www.w3.org/2005/Atom" xmlns:k="urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f" xmlns:m="http://search.yahoo.com/mrss/"><k:channel>en/all & more</k:channel><entry><title>a</title><m:title>b</m:title><author><name>c</name><k:name>d</k:name></author><x:entry/></entry></feed>`), "")
	f.Add([]byte(`<rss xmlns:x="urn:x"><x:channel><x:item><x:title>a</x:title></x:item><item xmlns=""><title xmlns="urn:y">b</title></item><items><item/></items></x:channel><channel/></rss>`), "")
	long := strings.Repeat("Storm. ", longTextBytes)
	f.Add([]byte(`<rss><channel><item><description>`+long+`&#233; &lt;</description><author>a</author></item></channel></rss>`), "")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary type="html">`+long+`</summary><content type="text"><![CDATA[`+long+`]]></content></entry></feed>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[null,{},{"x":1},"a",{"id":"1","title":"a"}`), "")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		o := parse.Options{ContentType: contentType, BaseURL: "https://city.example/feed", Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
		text, _ := charset.Decode(data, contentType)
		checkSpared(t, text)
		feed, err := Parse(data, o)
		if err != nil {
			return
		}
		checkLeftOut(t, data, o, feed)
		for _, a := range feed.Articles {
			parsetest.CheckArticle(t, a)
		}
	})
}
