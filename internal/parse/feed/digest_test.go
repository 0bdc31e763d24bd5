package feed

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
)

// checkLeftOut reads a document again without every second of its entries, and holds
// that the others are read as they were beside them.
func checkLeftOut(t *testing.T, data []byte, o parse.Options, whole *Feed) int {
	t.Helper()
	known := map[uint64]bool{}
	var left []uint64
	rest := Feed{}
	for i, digest := range whole.Digests {
		if digest != 0 && i%2 == 0 {
			if known[digest] {
				t.Fatalf("two entries have the digest %x", digest)
			}
			known[digest] = true
			left = append(left, digest)
			continue
		}
		rest.Articles, rest.Digests = append(rest.Articles, whole.Articles[i]), append(rest.Digests, digest)
	}
	o.Known = known
	again, err := Parse(data, o)
	if err != nil {
		t.Fatalf("without %d entries: %v", len(known), err)
	}
	if len(again.Articles)+len(rest.Articles) > 0 && !reflect.DeepEqual(again.Articles, rest.Articles) {
		t.Errorf("the rest was read otherwise:\n%+v\ninstead of\n%+v", again.Articles, rest.Articles)
	}
	if want := append(left, rest.Digests...); fmt.Sprint(again.Digests, again.Problems) != fmt.Sprint(want, whole.Problems) {
		t.Errorf("digests %x, problems %q\ninstead of %x, %q", again.Digests, again.Problems, want, whole.Problems)
	}
	return len(left)
}

func TestKnownEntriesAreLeftOut(t *testing.T) {
	names, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			o := parse.Options{BaseURL: "https://city.example/feed", Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
			if whole, err := Parse(data, o); err == nil {
				left += checkLeftOut(t, data, o, whole)
			}
		})
	}
	if left < 8 {
		t.Errorf("only %d entries were left out of %d documents", left, len(names))
	}
}

// An entry's digest changes with all that it is read by, and with nothing else.
func TestDigests(t *testing.T) {
	const (
		rss = `<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><language>en</language><lastBuildDate>Mon, 02 Nov 2026 12:00:00 GMT</lastBuildDate>
<item><title>Bridge</title><guid>1</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Park</title><guid>2</guid><pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item>
</channel></rss><!-- made in 0.2 s -->`
		rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://city.example/"><title>News</title><dc:date>2026-11-02T12:00:00Z</dc:date><items><rdf:Seq><rdf:li rdf:resource="https://city.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://city.example/1"><title>Bridge</title><dc:date>2026-11-02T10:00:00Z</dc:date></item></rdf:RDF>`
		atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title><updated>2026-11-02T12:00:00Z</updated>
<entry><id>tag:city.example,2026:1</id><title>Bridge</title><updated>2026-11-02T10:00:00Z</updated></entry></feed>`
	)
	for _, test := range []struct {
		name, document, before, after string
		options                       parse.Options
		same                          bool
	}{
		{name: "nothing", document: rss, same: true},
		{name: "when the feed was built", document: rss, before: "02 Nov 2026 12:00:00", after: "03 Nov 2026 08:30:00", same: true},
		{name: "how long that took", document: rss, before: "0.2 s", after: "0.3 s", same: true},
		{name: "space between items", document: rss, before: "</item>\n", after: "</item>\n\n\t", same: true},
		{name: "another item", document: rss, before: `<item><title>Park`, after: `<item><title>Pool</title></item><item><title>Park`, same: true},
		{name: "the item", document: rss, before: "Bridge", after: "Bridges"},
		{name: "the language", document: rss, before: "<language>en", after: "<language>de"},
		{name: "a namespace", document: rss, before: "dc/elements/1.1", after: "dc/elements/1.0"},
		{name: "where the feed is", document: rss, options: parse.Options{BaseURL: "https://city.example/other"}},
		{name: "the zone of dates", document: rss, options: parse.Options{BaseURL: "https://city.example/feed", Location: time.FixedZone("JST", 9*3600)}},
		{name: "the configured language", document: rss, options: parse.Options{BaseURL: "https://city.example/feed", Language: "fr"}},
		{name: "the day first", document: rss, options: parse.Options{BaseURL: "https://city.example/feed", DayFirst: true}},
		{name: "RDF's date", document: rdf, before: "12:00:00Z", after: "13:00:00Z", same: true},
		{name: "RDF's list", document: rdf, before: `<rdf:li`, after: `<rdf:li rdf:resource="https://city.example/2"/><rdf:li`, same: true},
		{name: "RDF's item", document: rdf, before: "10:00:00Z", after: "11:00:00Z"},
		{name: "Atom's date", document: atom, before: "12:00:00Z", after: "13:00:00Z", same: true},
		{name: "Atom's language", document: atom, before: `xml:lang="en"`, after: `xml:lang="de"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := parse.Options{BaseURL: "https://city.example/feed"}
			before, err := Parse([]byte(test.document), o)
			if err != nil {
				t.Fatal(err)
			}
			if test.options.BaseURL != "" {
				o = test.options
			}
			after, err := Parse([]byte(strings.ReplaceAll(test.document, test.before, test.after)), o)
			if err != nil {
				t.Fatal(err)
			}
			if before.Digests[0] == 0 || after.Digests[0] == 0 {
				t.Fatalf("an entry has no digest: %x, %x", before.Digests, after.Digests)
			}
			if same := before.Digests[0] == after.Digests[0]; same != test.same {
				t.Errorf("the digest is the same: %v; want %v", same, test.same)
			}
		})
	}
}

// What has to be said each time, or is there twice, has to be read each time.
func TestEntriesWithoutDigests(t *testing.T) {
	for name, items := range map[string]string{
		"a date that can't be read": `<item><title>a</title><pubDate>the day after</pubDate></item>`,
		"a date still to come":      `<item><title>a</title><pubDate>Thu, 02 Apr 2026 00:00:00 GMT</pubDate><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2026-03-31T00:00:00Z</dc:date></item>`,
		"a foreign script":          `<item><title>公園の木を植え替えます。みなさんの参加をおまちしています。くわしくは市のページをごらんください</title></item>`,
		"twice":                     `<item><title>a</title></item><item><title>a</title></item>`,
	} {
		t.Run(name, func(t *testing.T) {
			feed, err := Parse([]byte(`<rss version="2.0"><channel><language>ru</language>`+items+`</channel></rss>`), parse.Options{Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			for i, digest := range feed.Digests {
				if digest != 0 && (name != "twice" || i == 0) {
					t.Errorf("item %d has the digest %x", i, digest)
				}
			}
		})
	}
}
