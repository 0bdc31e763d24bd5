package web

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestFilesAreListedByName(t *testing.T) {
	for _, test := range []struct{ url, title, want string }{
		{"https://city.example/docs/1.pdf", "Minutes", "Minutes"},
		{"https://city.example/docs/%E8%A8%88%E7%94%BB%20A.pdf?v=2", "", "計画 A.pdf"},
		{"https://city.example/docs/", "", "https://city.example/docs/"},
		{"https://city.example", "", "https://city.example"},
		{"https://city.example/a%0A%E2%80%AEfdp.exe", "", "a fdp.exe"},
	} {
		files := []feeds.Enclosure{{URL: test.url, Title: test.title}}
		if got := named(files)[0].Title; got != test.want {
			t.Errorf("%s is called %q, want %q", test.url, got, test.want)
		}
		if files[0].Title != test.title {
			t.Errorf("%s: the article was changed", test.url)
		}
	}
}
