package feeds_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares each format with a file that a person has read. It proves
// the table in the package's documentation: each field that is added to what
// gorilla/feeds knows stands there.
func TestGolden(t *testing.T) {
	for _, format := range feeds.Formats() {
		for name, feed := range map[string]feeds.Feed{"full": sample.Feed(), "empty": sample.Empty(), "archive": sample.Archive()} {
			t.Run(name+"."+string(format), func(t *testing.T) {
				got, err := feeds.Render(feed, format)
				if err != nil {
					t.Fatal(err)
				}
				path := filepath.Join("testdata", name+"."+string(format))
				if *update {
					if err := os.WriteFile(path, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("the document differs from %s at byte %d; if that is meant, run the test with -update and read what changed", path, firstDifference(got, want))
				}
			})
		}
	}
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

func BenchmarkRender(b *testing.B) {
	f := sample.Long(50, 1200)
	for _, format := range feeds.Formats() {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				doc, err := feeds.Render(f, format)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(doc)))
			}
		})
	}
}

var _ = fmt.Sprint

// TestTheSiteIsNoAuthorOfNotices: readers add the authors of a JSON Feed to those of each
// item, so that only items have authors.
func TestTheSiteIsNoAuthorOfNotices(t *testing.T) {
	document, err := feeds.Render(sample.Feed(), feeds.JSONFeed)
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Authors []any
		Items   []struct {
			ID      string
			Authors []any
		}
	}
	if err := json.Unmarshal(document, &said); err != nil {
		t.Fatal(err)
	}
	if len(said.Authors) > 0 || len(said.Items) == 0 {
		t.Errorf("%d items in a feed with the authors %v; want items, and no such authors", len(said.Items), said.Authors)
	}
	for _, i := range said.Items {
		if len(i.Authors) == 0 {
			t.Errorf("%s has no author", i.ID)
		}
	}
}
