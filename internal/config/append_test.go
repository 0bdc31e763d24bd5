package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestAppendSources(t *testing.T) {
	more := []feeds.Source{
		{ID: "no-news", Publisher: "tokyo", Kind: feeds.KindFeed, URL: "https://b.example/?a=1&b=2#", Language: "no", Schedule: "@every 30m", Comment: `Asia: "Japan" # 東京`},
		{ID: "page", Publisher: "tokyo", Kind: feeds.KindPage, URL: "https://c.example/news/", Schedule: "@hourly"},
	}
	more[0].URL = strings.TrimSuffix(more[0].URL, "#")
	const head = "# the city's own file\nsite: {id: tokyo, url: https://news.example} # never change it\npublishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}\n"
	for _, test := range []struct{ name, before, after string }{
		{"at the end of the file", "sources: # all of them\n    # the first\n    - id: a\n      publisher: tokyo\n      kind: feed\n      url: https://a.example/\n", ""},
		{"without a line end at the end", "sources:\n- {id: a, publisher: tokyo, kind: feed, url: https://a.example/}", ""},
		{"before another section and its comment", "sources:\n  - {id: a, publisher: tokyo, kind: feed, url: https://a.example/}\n", "\n# how we behave\nfetch: {host_pause: 2s}\n"},
		{"a comment after the last word", "sources:\n  - id: a\n    publisher: tokyo\n    kind: feed\n    url: https://a.example/ # at its end\n", "\n\n    # below it\n# and more\n"},
		{"a list in one line at the end of a source", "sources:\n  - id: a\n    publisher: tokyo\n    kind: feed\n    categories: {default: [\n      living, # and\n      # also\n      culture ] }\n    url: https://a.example/\n", "fetch: {}\n"},
		{"what looks like a comment", "sources:\n  - id: a\n    publisher: tokyo\n    kind: feed\n    url: https://a.example/\n    comment: |\n      one\n\n      # two\n", "# three\nfetch: {}\n"},
		{"a text over lines", "sources:\n  - id: a\n    publisher: tokyo\n    kind: feed\n    url: https://a.example/\n    comment: it goes on\n      and on\n\n      and ends\n", ""},
		{"a quoted text over lines", "sources:\n  - id: a\n    publisher: tokyo\n    kind: feed\n    url: https://a.example/\n    comment: \"it goes on\n      # and on\n      and ends\"\n", "storage: sqlite:a.db\n"},
		{"the end of the document", "sources:\n  - {id: a, publisher: tokyo, kind: feed, url: https://a.example/}\n", "...\n"},
		{"lines that end for Windows", "sources:\r\n  - id: a\r\n    publisher: tokyo\r\n    kind: feed\r\n    url: https://a.example/\r\n", "\r\n# how we behave\r\nfetch: {}\r\n"},
		{"a comment of several lines in a source", "sources:\n  - id: a\n    publisher: tokyo\n    kind: feed\n    url: https://a.example/\n    comment: |\n      not the end\n      - neither: this\n", "storage: sqlite:a.db\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := head + test.before + test.after
			out, err := AppendSources("kairan.yaml", []byte(before), more, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(out), head+test.before) || !strings.HasSuffix(string(out), test.after) {
				t.Errorf("what was there has changed:\n%s", out)
			}
			c, err := Parse("kairan.yaml", out, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range more {
				got := c.Sources[len(c.Sources)-len(more)+i]
				if got.ID != want.ID || got.URL != want.URL || got.Language != want.Language || got.Comment != want.Comment || got.Schedule != want.Schedule {
					t.Errorf("%+v\nwant %+v", got, want)
				}
			}
		})
	}
	for name, text := range map[string]string{
		"a list in one line": head + "sources: [{id: a, publisher: tokyo, kind: feed, url: https://a.example/}]\n",
	} {
		if _, err := AppendSources("kairan.yaml", []byte(text), more, nil, nil); !errors.Is(err, ErrNoPlace) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var faults Problems
	if _, err := AppendSources("kairan.yaml", []byte("site: {}\n"), more, nil, nil); !errors.As(err, &faults) {
		t.Errorf("a file with faults: %v", err)
	}
	more[1].Publisher = "kyoto"
	if _, err := AppendSources("kairan.yaml", []byte(valid+"  - {id: z, publisher: tokyo, kind: feed, url: https://z.example/}\n"), more, nil, nil); err == nil || !strings.Contains(err.Error(), "kyoto") {
		t.Errorf("sources that do not fit: %v", err)
	}
}
