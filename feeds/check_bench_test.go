package feeds

import "testing"

// BenchmarkDocuments is what a publication costs without the store: 50 entries, in
// three formats, rendered and checked.
func BenchmarkDocuments(b *testing.B) {
	f := longFeed(50, 1200)
	for b.Loop() {
		for _, format := range Formats() {
			doc, err := Render(f, format)
			if err != nil {
				b.Fatal(err)
			}
			if err := Check(format, doc); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	f := longFeed(50, 1200)
	for _, format := range Formats() {
		doc, err := Render(f, format)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if err := Check(format, doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
