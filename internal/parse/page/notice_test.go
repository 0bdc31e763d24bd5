package page

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
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
			for _, short := range shortOf(mustPage(t, string(source), parse.Options{}).Article, string(want)) {
				t.Error(short)
			}
		})
	}
}

// shortOf returns in what an article falls short of what is wanted of it.
func shortOf(a feeds.Article, want string) (short []string) {
	text := html.Text(a.Content)
	for line := range strings.Lines(want) {
		kind, part, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		has := strings.Contains(text, part) || strings.Contains(a.Content, part)
		switch {
		case kind == "=" && a.Title != part:
			short = append(short, fmt.Sprintf("the title is %q, want %q", a.Title, part))
		case kind == "+" && !has:
			short = append(short, fmt.Sprintf("the text lacks %q: %s", part, a.Content))
		case kind == "-" && (has || strings.Contains(a.Summary, part)):
			short = append(short, fmt.Sprintf("the text has %q: %s", part, a.Content))
		}
	}
	return short
}
