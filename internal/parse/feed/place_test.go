package feed

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

func TestThePlaceOfAnEntry(t *testing.T) {
	tokyo := feeds.Point{Lat: 35.6895, Long: 139.6917}
	for _, test := range []struct {
		elements, remark string
		want             feeds.Point
	}{
		{`<georss:point>35.6895 139.6917</georss:point>`, "GeoRSS Simple", tokyo},
		{"<georss:point>\n 35.6895,\t139.6917 </georss:point>", "as some write it", tokyo},
		{`<geo:lat>35.6895</geo:lat><geo:long>139.6917</geo:long>`, "W3C's", tokyo},
		{`<geo:Point><geo:lat>35.6895</geo:lat><geo:long>139.6917</geo:long></geo:Point>`, "W3C's point", tokyo},
		{`<georss:where><gml:Point><gml:pos>35.6895 139.6917</gml:pos></gml:Point></georss:where>`, "GML", tokyo},
		{`<georss:point>0 0</georss:point>`, "what programs write that know of none", feeds.Point{}},
		{`<georss:point>139.6917 35.6895</georss:point>`, "the wrong way round", feeds.Point{}},
		{`<georss:point>NaN 1</georss:point>`, "no number", feeds.Point{}},
		{`<geo:lat>35.6895</geo:lat>`, "half", feeds.Point{}},
		{`<georss:point>north</georss:point><geo:lat>35.6895</geo:lat><geo:long>139.6917</geo:long>`, "the one that can be read", tokyo},
	} {
		const spaces = `xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:gml="http://www.opengis.net/gml"`
		for format, document := range map[string]string{
			"RSS":  `<rss version="2.0" ` + spaces + `><channel><title>City</title><item><guid>1</guid><title>Bridge</title>` + test.elements + `</item></channel></rss>`,
			"Atom": `<feed xmlns="http://www.w3.org/2005/Atom" ` + spaces + `><title>City</title><entry><id>tag:city.example,2026:1</id><title>Bridge</title>` + test.elements + `</entry></feed>`,
		} {
			f, err := Parse([]byte(document), parse.Options{})
			if err != nil || len(f.Articles) != 1 {
				t.Fatalf("%s: %v", format, err)
			}
			if got := f.Articles[0].Point; got != test.want {
				t.Errorf("%s, %s: %v, want %v", test.remark, format, got, test.want)
			}
		}
	}
}

func TestAPageElsewhere(t *testing.T) {
	for _, test := range []struct{ item, link, want string }{
		{`"url":"https://city.example/1","external_url":"https://museum.example/"`, "https://city.example/1", "https://museum.example/"},
		{`"external_url":"https://museum.example/"`, "https://museum.example/", ""},
		{`"url":"https://city.example/1","external_url":"https://city.example/1"`, "https://city.example/1", ""},
		{`"url":"https://city.example/1","external_url":"javascript:alert(1)"`, "https://city.example/1", ""},
	} {
		f, err := Parse([]byte(`{"version":"https://jsonfeed.org/version/1.1","title":"City","items":[{"id":"1","title":"Museum","content_text":"Open.",`+test.item+`}]}`), parse.Options{})
		if err != nil || len(f.Articles) != 1 {
			t.Fatal(err)
		}
		if a := f.Articles[0]; a.Link != test.link || a.External != test.want {
			t.Errorf("%s: link %q and %q, want %q and %q", test.item, a.Link, a.External, test.link, test.want)
		}
	}
}

func TestTheFeedThatAnEntryIsOf(t *testing.T) {
	rss := func(source string) string {
		return `<rss version="2.0"><channel><title>Region</title><item><guid>1</guid><title>Bridge</title>` + source + `</item></channel></rss>`
	}
	for _, test := range []struct {
		document, remark string
		want             feeds.SourceFeed
	}{
		{rss(`<source url="https://city.example/feed.xml">City &amp; Port</source>`), "RSS", feeds.SourceFeed{Title: "City & Port", URL: "https://city.example/feed.xml"}},
		{rss(`<source url="http://10.0.0.1/feed.xml">City</source>`), "a private one", feeds.SourceFeed{}},
		{rss(`<source>City</source>`), "without an address", feeds.SourceFeed{}},
		{rss(``), "none", feeds.SourceFeed{}},
		{`<feed xmlns="http://www.w3.org/2005/Atom"><title>Region</title><entry><id>tag:city.example,2026:1</id><title>Bridge</title><source><id>tag:city.example,2026:feed</id><title>City</title><link rel="self" href="https://city.example/feed.xml"/><link href="https://city.example/"/></source></entry></feed>`,
			"Atom", feeds.SourceFeed{ID: "tag:city.example,2026:feed", Title: "City", URL: "https://city.example/feed.xml", Link: "https://city.example/"}},
	} {
		f, err := Parse([]byte(test.document), parse.Options{})
		if err != nil || len(f.Articles) != 1 {
			t.Fatal(err)
		}
		if got := f.Articles[0].Feed; got != test.want {
			t.Errorf("%s: %+v, want %+v", test.remark, got, test.want)
		}
	}
}
