package notice

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

// A line that ends before a link or emphasis ends a word as well.
func TestLineEndsInMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"See also\n[Bridge](https://city.example/b).": `See also <a href="https://city.example/b">Bridge</a>.`,
		"first\n**bold** second\n*em*\nthird\n`code`": `first <strong>bold</strong> second <em>em</em> third <code>code</code>`,
		"one\ntwo":                              "one two",
		"橋を\n塗り替えます。":                           "橋を塗り替えます。",
		"橋を\n**塗り**替えます。":                       "橋を<strong>塗り</strong>替えます。",
		"橋を\n[bridge](https://city.example/b)で": `橋を <a href="https://city.example/b">bridge</a>で`,
	} {
		a, _, err := Parse("a.md", []byte("# Title\n\n"+text+"\n"), parse.Options{})
		if got := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(a.Content, "<p>"), "</p>"), "\n", " "); err != nil || got != want {
			t.Errorf("%q becomes %q, %v; want %q", text, got, err, want)
		}
	}
}
