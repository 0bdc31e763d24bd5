package config

import "testing"

func TestASourceMayBeUnderFeed(t *testing.T) {
	for given, want := range map[string]string{
		"https://port.example/news":        "https://port.example/news",
		"feed://port.example/news":         "https://port.example/news",
		"feed:http://port.example/news":    "http://port.example/news",
		"FEED:https://port.example/news":   "https://port.example/news",
		"feed:news":                        "",
		"feed:https://u:p@port.example/":   "",
		"feed:ftp://port.example/news.rss": "",
		"feedburner://port.example/news":   "",
	} {
		c, err := Read("kairan.yaml", []byte(`site: {id: port, url: "https://news.example"}
publishers: [{key: port, time_zone: UTC, language: en}]
sources: [{id: news, publisher: port, kind: feed, url: "`+given+`"}]
`), nil).Check(nil)
		switch {
		case want == "" && err == nil:
			t.Errorf("%s is taken for %s", given, c.Sources[0].URL)
		case want != "" && err != nil:
			t.Errorf("%s: %v", given, err)
		case want != "" && c.Sources[0].URL != want:
			t.Errorf("%s becomes %s, want %s", given, c.Sources[0].URL, want)
		}
	}
}
