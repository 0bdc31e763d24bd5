package html_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse/html"
)

func TestCut(t *testing.T) {
	for _, test := range []struct {
		remark, in string
		limit      int
		want       string
	}{
		{"what fits stays", "<p>one</p>", 10, "<p>one</p>"},
		{"behind the last block that fits", "<p>one</p><p>two</p><p>three</p>", 25, "<p>one</p><p>two</p>"},
		{"within what is around all", "<div><p>one</p><p>two</p></div>", 20, "<div><p>one</p></div>"},
		{"in a list", "<ul><li>one</li><li>two and more</li></ul>", 30, "<ul><li>one</li></ul>"},
		{"at a line's end", `<p>one<br>two <a href="https://city.example/">three</a></p>`, 30, "<p>one<br></p>"},
		{"between words where there is no block", "one two three four", 10, "one two"},
		{"before a tag that does not fit", "one <em>two three</em>", 6, "one"},
		{"within an element of a line", "<em>one two three</em>", 12, "<em>one two</em>"},
		{"between characters where there are no words", "東京都港区", 7, "東京"},
		{"within no reference", "a&#34;b", 4, "a"},
	} {
		if got := html.Cut(test.in, test.limit); got != test.want {
			t.Errorf("%s: Cut(%q, %d) = %q, want %q", test.remark, test.in, test.limit, got, test.want)
		}
	}
}

// What is cut is as clean as it was.
func TestCutIsClean(t *testing.T) {
	source := strings.Repeat(`<div><p>Line <b>one</b></p><table><tr><td>a &amp; b</td></tr></table><img src="https://city.example/p.jpg" alt="A view"></div>`, 3)
	clean, _, _ := html.Clean(source, "")
	for limit := range len(clean) {
		cut := html.Cut(clean, limit)
		if again, _, _ := html.Clean(cut, ""); again != cut {
			t.Fatalf("at %d it is %q, which is cleaned to %q", limit, cut, again)
		}
	}
}
