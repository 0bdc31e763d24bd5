package feeds_test

import (
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// What is cut from a document is what would be rendered of the same parts alone.
func TestPartsOfADocument(t *testing.T) {
	whole := sample.Feed()
	whole.Gone = append(whole.Gone, feeds.Tombstone{ID: feeds.MintID("sample-city", "gone too", "en"), When: sample.Day(8)})
	n := len(whole.Gone) + len(whole.Entries)
	for _, format := range feeds.Formats() {
		t.Run(string(format), func(t *testing.T) {
			doc, err := feeds.Render(whole, format)
			if err != nil {
				t.Fatal(err)
			}
			took, err := feeds.TakeApart(format, doc)
			if err != nil {
				t.Fatal(err)
			}
			parts := took.All
			gone := 2
			if format == feeds.RSS {
				gone = 0 // which has no word for what is gone
			}
			if len(parts) != gone+len(whole.Entries) {
				t.Fatalf("%d parts, want %d", len(parts), gone+len(whole.Entries))
			}
			first := parts[gone]
			if first.Gone || first.Seq != 11 || first.ID != "https://city.example/2026/1" || first.Replaces != "urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d01" {
				t.Errorf("the first entry is %+v", first)
			}
			if gone > 0 && (!parts[0].Gone || parts[0].ID != whole.Gone[0].ID) {
				t.Errorf("the first tombstone is %+v", parts[0])
			}

			for set := range 1 << n {
				kept := func(i int) bool { return set>>i&1 == 1 }
				some := whole
				some.Gone, some.Entries = nil, nil
				for i, g := range whole.Gone {
					if kept(i) {
						some.Gone = append(some.Gone, g)
					}
				}
				for i, e := range whole.Entries {
					if kept(len(whole.Gone) + i) {
						some.Entries = append(some.Entries, e)
					}
				}
				got := took.Assemble(doc, func(i int) bool { return kept(i + len(whole.Gone) - gone) })
				if err := check.Document(format, got); err != nil {
					t.Fatalf("of %b: %v\n%s", set, err, got)
				}
				want, err := feeds.Render(some, format)
				if err != nil {
					t.Fatal(err)
				}
				if len(some.Entries) > 0 && (gone == 0 || len(some.Gone) > 0) && string(got) != string(want) {
					t.Fatalf("of %b:\n%s\nwant\n%s", set, got, want)
				}
				again, err := feeds.TakeApart(format, got)
				if err != nil || len(again.All) != min(gone, len(some.Gone))+len(some.Entries) {
					t.Fatalf("of %b: %d parts, %v", set, len(again.All), err)
				}
			}
		})
	}
}

func TestPartsOfAnEmptyDocument(t *testing.T) {
	empty := sample.Feed()
	empty.Gone, empty.Entries = nil, nil
	for _, format := range feeds.Formats() {
		doc, err := feeds.Render(empty, format)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := feeds.TakeApart(format, doc)
		if err != nil || len(parts.All) != 0 || !slices.Equal(parts.Assemble(doc, nil), doc) {
			t.Errorf("%s: %v, %v", format, parts, err)
		}
	}
}

func TestWhatCantBeTakenApart(t *testing.T) {
	for _, test := range []struct {
		format feeds.Format
		doc    string
	}{
		{feeds.RSS, `<rss><item><guid>a</guid></item></rss>`}, // no sequence number
		{feeds.RSS, `<rss><item><guid>a</guid><k:seq>1</k:seq>`},
		{feeds.RSS, `<rss><item><k:seq>x</k:seq></item></rss>`},
		{feeds.RSS, `<rss><item><content:encoded><![CDATA[ `},
		{feeds.RSS, `<rss><item`},
		{feeds.Atom, `<feed><entry><k:seq>1</k:seq></entry></feed>`}, // no id
		{feeds.Atom, `<feed><at:deleted-entry ref="a">`},
		{feeds.JSONFeed, ``},
		{feeds.JSONFeed, `[]`},
		{feeds.JSONFeed, `{"items": [`},
		{feeds.JSONFeed, `{"items": [{"id": "a"`},
		{feeds.JSONFeed, `{"items": [{"id": "a"}]}`},
		{feeds.JSONFeed, `{"items": [1 2]}`},
		{feeds.JSONFeed, `{"items" 1}`},
		{feeds.JSONFeed, `{"_kairan": {"withdrawn": [{"when": "x"}]}}`},
		{"ical", `BEGIN:VCALENDAR`},
	} {
		if parts, err := feeds.TakeApart(test.format, []byte(test.doc)); err == nil {
			t.Errorf("%s %s: %+v, want an error", test.format, test.doc, parts)
		}
	}
}

func BenchmarkTakeApart(b *testing.B) {
	f := sample.Long(50, 1000)
	for _, format := range feeds.Formats() {
		doc, err := feeds.Render(f, format)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if _, err := feeds.TakeApart(format, doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
