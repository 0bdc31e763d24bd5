package feed

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

// Nothing that was seen is missed in silence: what could not be read is counted, and where
// nothing could be read of a document that is not whole and empty, reading it has failed.
func TestWhatWasSeenAndNotReadIsCounted(t *testing.T) {
	const (
		rss  = `<rss version="2.0"><channel><title>Kazemori</title><link>https://city.example/</link>`
		item = `<item><title>a</title><link>https://city.example/a</link></item>`
		atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Kazemori</title><id>urn:feed</id>`
		rdf  = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://city.example/"><title>Kazemori</title></channel>`
		json = `{"version":"https://jsonfeed.org/version/1.1","title":"Kazemori",`
	)
	tests := []struct {
		name, in string
		read     int
		lost     int
		err      error
	}{
		// A whole and empty feed.
		{"RSS that is empty", rss + `</channel></rss>`, 0, 0, nil},
		{"RSS that is empty and broken", strings.Replace(rss, "Kazemori", "Kazemori & Port <br>", 1) + `</channel></rss>`, 0, 0, nil},
		{"Atom that is empty", atom + `</feed>`, 0, 0, nil},
		{"Atom that is empty, with https", strings.Replace(atom, "http:", "https:", 1) + `</feed>`, 0, 0, nil},
		{"RDF that is empty", rdf + `</rdf:RDF>`, 0, 0, nil},
		{"JSON that is empty", json + `"items":[]}`, 0, 0, nil},
		{"JSON whose items are null", json + `"items":null}`, 0, 0, nil},
		{"JSON without items, as gorilla/feeds writes it", json + `"authors":[{"name":"Press"}]}`, 0, 0, nil},
		{"Atom with a foreign element that counts entries", atom + `<x:entry xmlns:x="urn:x" total="0"/></feed>`, 0, 0, nil},

		// Cut off before there is an entry.
		{"RSS cut in the channel's tag", `<rss><chan`, 0, 0, ErrCutOff},
		{"RSS cut behind the root", `<rss version="2.0">`, 0, 0, ErrCutOff},
		{"RSS cut in the title", rss[:strings.Index(rss, "mori")], 0, 0, ErrCutOff},
		{"RSS cut behind the head", rss, 0, 0, ErrCutOff},
		{"RSS cut in an item's tag", rss + `<it`, 0, 0, ErrCutOff},
		{"RSS cut behind the channel", rss + `</channel>`, 0, 0, ErrCutOff},
		{"Atom cut in the root's tag", `<feed xmlns="http://www.w3.org/2005/At`, 0, 0, ErrCutOff},
		{"Atom cut in the head", atom, 0, 0, ErrCutOff},
		{"RDF cut in the head", rdf, 0, 0, ErrCutOff},
		{"RDF cut in the root", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`, 0, 0, ErrCutOff},
		{"JSON cut in the head", json + `"home_page`, 0, 0, ErrCutOff},
		{"JSON cut before the first item", json + `"items":[`, 0, 0, ErrCutOff},

		// Cut off within an entry.
		{"RSS cut in the only item", rss + `<item><title>a</tit`, 0, 1, ErrNoneRead},
		{"RSS cut in the second item", rss + item + `<item><title>b</tit`, 1, 1, nil},
		{"RSS cut in the second item's text", rss + item + `<item><title>b</title><link>https://city.example/b</link><description>x`, 2, 0, nil},
		{"RSS cut behind the first item", rss + item, 1, 0, nil},
		{"Atom cut in the second entry", atom + `<entry><title>a</title><id>urn:a</id></entry><entry><tit`, 1, 1, nil},
		{"JSON cut in the only item", json + `"items":[{"id":"1`, 0, 1, ErrNoneRead},
		{"JSON cut in the second item", json + `"items":[{"id":"1","title":"a"},{"id":"2","tit`, 1, 1, nil},
		{"JSON cut in the second item's first value", json + `"items":[{"id":"1","content_text":"a"},{"id":"2`, 1, 1, nil},
		{"JSON cut behind the items", json + `"items":[{"id":"1","content_text":"a"}],"authors":[{"name":"Pre`, 1, 0, nil},

		{"an entry alone", `<entry xmlns="http://www.w3.org/2005/Atom"><title>a & b</title><id>urn:a</id></entry>`, 1, 0, nil},
		{"an entry alone, cut", `<entry xmlns="http://www.w3.org/2005/Atom"><title>a`, 0, 1, ErrNoneRead},
		{"RSS that goes on behind its end", rss + item + `</channel></rss>` + item, 1, 1, nil},
		{"broken RSS that goes on behind its end", strings.Replace(rss, "Kazemori", "Kazemori & Port", 1) + item + `</channel></rss>` + item, 2, 0, nil},
		{"RSS whose channel alone lacks its end", rss + item + `</rss>`, 1, 0, nil},

		// Entries that say nothing that their format has a word for.
		{"RSS with unknown elements", rss + `<item><headline>Bridge closed</headline></item></channel></rss>`, 0, 1, ErrNoneRead},
		{"RSS with unknown elements in one item", rss + item + `<item><x:headline xmlns:x="urn:x">Bridge closed</x:headline></item></channel></rss>`, 1, 1, nil},
		{"RSS with unknown attributes", rss + item + `<item headline="Bridge closed"/></channel></rss>`, 1, 1, nil},
		{"RSS with a broken and an unknown item", rss + item + `<item><headline>Bridge & road</headline></item></channel></rss>`, 1, 1, nil},
		{"Atom with unknown elements", atom + `<entry><x:headline xmlns:x="urn:x">Bridge closed</x:headline></entry><entry><title>a</title></entry></feed>`, 1, 1, nil},
		{"RDF with unknown elements", rdf + `<item><headline>Bridge closed</headline></item></rdf:RDF>`, 0, 1, ErrNoneRead},
		{"JSON with unknown members", json + `"items":[{"headline":"Bridge closed"},{"headline":"Park open"}]}`, 0, 2, ErrNoneRead},
		{"JSON with an unknown member in one item", json + `"items":[{"id":"1","title":"a"},{"headline":"Bridge closed"}]}`, 1, 1, nil},
		{"JSON with null for an item", json + `"items":[null,{"id":"1","title":"a"}]}`, 1, 1, nil},
		{"JSON with null for each item", json + `"items":[null,null]}`, 0, 2, ErrNoneRead},
		{"JSON with items that are none", json + `"items":["https://city.example/a",5,{"id":"1","title":"a"}]}`, 1, 2, nil},
		{"JSON with items that are none and a comma too many", json + `"items":["https://city.example/a",{"id":"1","title":"a"},]}`, 1, 1, nil},
		{"JSON with a text for items", json + `"items":"none"}`, 0, 1, ErrNoneRead},
		{"JSON with entries of another name", json + `"entries":[{"title":"a"},{"title":"b"}]}`, 0, 2, ErrNoneRead},

		// Forms that nobody filled in.
		{"RSS with an empty item", rss + `<item></item></channel></rss>`, 0, 0, nil},
		{"RSS with an empty item beside another", rss + item + `<item/></channel></rss>`, 1, 0, nil},
		{"RSS with an item of empty elements", rss + `<item><title> </title><link/><guid isPermaLink="false"></guid><description><![CDATA[]]></description></item></channel></rss>`, 0, 0, nil},
		{"Atom with an empty entry", atom + `<entry xml:lang="en"><title type="html"/><link rel="alternate" href=""/></entry></feed>`, 0, 0, nil},
		{"RDF with an empty item", rdf + `<item rdf:about=""><title/></item></rdf:RDF>`, 0, 0, nil},
		{"JSON with an empty item", json + `"items":[{},{"id":"","title":" ","tags":[],"authors":[{"name":""}]}]}`, 0, 0, nil},

		// More than are read.
		{"RSS with too many items", rss + strings.Repeat(`<item><title>a</title></item>`, maxEntries+3) + `</channel></rss>`, maxEntries, 3, nil},
		{"Atom with too many entries", atom + strings.Repeat(`<entry><title>a</title></entry>`, maxEntries+3) + `</feed>`, maxEntries, 3, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			feed, err := Parse([]byte(tt.in), parse.Options{})
			if tt.err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("error %v, want %v", err, tt.err)
				}
				if want := fmt.Sprintf("of its %d entries none", tt.lost); err != nil && tt.lost > 0 && !strings.Contains(err.Error(), want) {
					t.Errorf("error %v does not say %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			isCut := slices.ContainsFunc(feed.Problems, func(p parse.Problem) bool { return p.Code == "truncated" })
			if want := strings.Contains(tt.name, " cut "); isCut != want {
				t.Errorf("cut off: %v, want %v", isCut, want)
			}
			if len(feed.Articles) != tt.read || feed.Lost != tt.lost {
				t.Errorf("read %d, lost %d; want %d, %d; problems %v", len(feed.Articles), feed.Lost, tt.read, tt.lost, feed.Problems)
			}
		})
	}
}

// An entry of which little was read is a notice all the same.
func TestPoorEntriesAreRead(t *testing.T) {
	for _, entry := range []string{
		`<rss><channel><item><guid>1</guid></item></channel></rss>`,
		`<rss><channel><item><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate></item></channel></rss>`,
		`<rss><channel><item><enclosure url="https://city.example/a.mp3" type="audio/mpeg"/></item></channel></rss>`,
		`<rss xmlns:m="http://search.yahoo.com/mrss/"><channel><item><m:content url="https://city.example/a.jpg"/></item></channel></rss>`,
		`<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><dc:title>a</dc:title></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id></entry></feed>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><author><name>Press</name></author></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1}]}`,
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"image":"https://city.example/a.jpg"}]}`,
	} {
		if feed, err := Parse([]byte(entry), parse.Options{}); err != nil || len(feed.Articles) != 1 || feed.Lost != 0 {
			t.Errorf("%s: %+v, %v", entry, feed, err)
		}
	}
}

// What is known of a document counts as read.
func TestKnownEntriesAreRead(t *testing.T) {
	const in = `<rss><channel><title>x</title><item><title>a</title></item><item><headline>b</headline></item></channel></rss>`
	first, err := Parse([]byte(in), parse.Options{})
	if err != nil || len(first.Digests) != 1 || first.Lost != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := Parse([]byte(in), parse.Options{Known: map[uint64]bool{first.Digests[0]: true}})
	if err != nil || len(again.Digests) != 1 || len(again.Articles) != 0 || again.Lost != 1 {
		t.Errorf("%+v, %v", again, err)
	}
}
