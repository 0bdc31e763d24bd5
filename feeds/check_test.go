package feeds

import "testing"

// TestRenderedPasses proves that what is rendered passes, whatever is in it.
func TestRenderedPasses(t *testing.T) {
	for name, feed := range map[string]Feed{"full": sampleFeed(), "empty": emptyFeed(), "long": longFeed(50, 1200)} {
		for _, format := range Formats() {
			doc, err := Render(feed, format)
			if err != nil {
				t.Fatal(err)
			}
			if err := Check(format, doc); err != nil {
				t.Errorf("%s.%s: %v", name, format, err)
			}
		}
	}
}
