package feed

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// TestOurOwnFeedsAreReadAsTheyWereMeant: an entry whose summary would be its whole text has
// none, and its text is followed by lines of ours; its language is said at the entry alone.
func TestOurOwnFeedsAreReadAsTheyWereMeant(t *testing.T) {
	const text = "プールは本日休業します。"
	channel := feeds.Channel{Locale: "en", Kind: feeds.ChannelEverything}
	f := feeds.Feed{
		Channel: channel, ID: feeds.ChannelID("sample", channel), Language: "en", Direction: "ltr", Title: "All", RelatedTitle: "Recommended for You", HomeURL: "https://news.example/en/everything",
		URL: map[feeds.Format]string{}, Updated: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Entries: []feeds.Entry{{
			Article: feeds.Article{ID: feeds.MintID("city", "1", "ja"), Language: "ja", Title: "プール", Summary: text, Content: "<p>" + text + "</p>"},
			Record:  feeds.Record{Seq: 1, Time: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}, Title: "プール", Direction: "ltr", URL: "https://news.example/en/n/1", PublisherName: "City",
			Related:     []feeds.RelatedLink{{Title: "The Wind Puppets of the Harbour Are Back on Stage", Language: "en"}},
			Attribution: "Source: City, all of it under the Creative Commons Attribution licence",
		}},
	}
	for _, format := range feeds.Formats() {
		f.URL[format] = "https://news.example/en/everything." + string(format)
	}
	for _, format := range feeds.Formats() {
		doc, err := feeds.Render(f, format)
		if err != nil {
			t.Fatal(err)
		}
		read, err := Parse(doc, parse.Options{BaseURL: f.URL[format]})
		if err != nil || len(read.Articles) != 1 || len(read.Problems) > 0 {
			t.Fatalf("%s: %v, %+v", format, err, read)
		}
		if a := read.Articles[0]; a.Language != "ja" || a.Summary != text || a.Title != "プール" {
			t.Errorf("%s is read as of the language %q, with the title %q and the summary %q", format, a.Language, a.Title, a.Summary)
		}
	}
}
