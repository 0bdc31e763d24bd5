package check

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// FuzzCheck looks for a document at which the check does not end well.
func FuzzCheck(f *testing.F) {
	for _, format := range feeds.Formats() {
		feed := sample.Feed()
		feed.Entries = feed.Entries[1:2] // short documents are searched faster
		doc, err := feeds.Render(feed, format)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(doc))
	}
	for _, doc := range []string{"<?>", "<?xml encoding=?>", "<!-->", "<![CDATA[", "</>", "<a b", `{"`, `{"a":`, `[[`, `"\u`} {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		for _, format := range feeds.Formats() {
			_ = Document(format, []byte(doc))
		}
	})
}
