package feeds

import "testing"

// FuzzCheck looks for a document at which the check does not end well.
func FuzzCheck(f *testing.F) {
	for _, format := range Formats() {
		feed := sampleFeed()
		feed.Entries = feed.Entries[1:2] // short documents are searched faster
		doc, err := Render(feed, format)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(doc))
	}
	for _, doc := range []string{"<?>", "<?xml encoding=?>", "<!-->", "<![CDATA[", "</>", "<a b", `{"`, `{"a":`, `[[`, `"\u`} {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		for _, format := range Formats() {
			_ = Check(format, []byte(doc))
		}
	})
}
