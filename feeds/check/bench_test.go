package check

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// BenchmarkDocuments is what a publication costs without the store: 50 entries, in
// three formats, rendered and checked.
func BenchmarkDocuments(b *testing.B) {
	f := sample.Long(50, 1200)
	for b.Loop() {
		for _, format := range feeds.Formats() {
			doc, err := feeds.Render(f, format)
			if err != nil {
				b.Fatal(err)
			}
			if err := Document(format, doc); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	f := sample.Long(50, 1200)
	for _, format := range feeds.Formats() {
		doc, err := feeds.Render(f, format)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if err := Document(format, doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
