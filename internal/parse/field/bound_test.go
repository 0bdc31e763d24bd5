package field

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestBound(t *testing.T) {
	long := feeds.Article{
		Title: strings.Repeat("題", 2000), Link: "https://city.example/1?a&b", Content: strings.Repeat("<p>A line.</p>", 40_000),
		Authors: []feeds.Person{{Name: strings.Repeat("a", 300)}}, Terms: []feeds.Term{{Term: strings.Repeat("b", 300)}},
	}
	Bound(&long)
	if n := len([]rune(long.Title)); n != 1000 {
		t.Errorf("the title has %d characters", n)
	}
	if a, b := len([]rune(long.Authors[0].Name)), len([]rune(long.Terms[0].Term)); a != 200 || b != 200 {
		t.Errorf("author and term have %d and %d characters", a, b)
	}
	if want := `A line.</p><p>… <a href="https://city.example/1?a&amp;b">https://city.example/1?a&amp;b</a></p>`; !strings.HasSuffix(long.Content, want) || len(long.Content) > 256<<10+200 {
		t.Errorf("the content has %d bytes, and ends in %q", len(long.Content), long.Content[len(long.Content)-120:])
	}
	short := feeds.Article{Title: "A", Content: "<p>A line.</p>"}
	if Bound(&short); short.Content != "<p>A line.</p>" || short.Title != "A" {
		t.Errorf("a short one becomes %+v", short)
	}
}
