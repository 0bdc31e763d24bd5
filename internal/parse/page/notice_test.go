package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/html"
)

// The pages of testdata/notices are each of a kind of its own: a template, a place for the
// notice, and what stands beside it. Beside each is what is wanted of it: "= title", "+" what
// the text has, "-" what it lacks.
func TestNoticesOfPages(t *testing.T) {
	files, err := filepath.Glob("testdata/notices/*.html")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".html"), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			a := mustPage(t, string(source), parse.Options{}).Article
			text := html.Text(a.Content)
			for line := range strings.Lines(string(want)) {
				line = strings.TrimSuffix(line, "\n")
				kind, part := line[:2], line[2:]
				has := strings.Contains(text, part) || strings.Contains(a.Content, part)
				switch {
				case kind == "= " && a.Title != part:
					t.Errorf("the title is %q, want %q", a.Title, part)
				case kind == "+ " && !has:
					t.Errorf("the text lacks %q", part)
				case kind == "- " && (has || strings.Contains(a.Summary, part)):
					t.Errorf("the text has %q", part)
				}
			}
			if t.Failed() {
				t.Log(a.Content)
			}
		})
	}
}
