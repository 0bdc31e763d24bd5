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

func TestThePublicAddressIsInASCII(t *testing.T) {
	for given, want := range map[string]string{
		"https://News.Example/":          "https://News.Example",
		"https://news.example/a%20b/":    "https://news.example/a%20b",
		"https://münchen.example":        "https://xn--mnchen-3ya.example",
		"https://お知らせ.example:8443/街/":   "https://xn--t8j8aziv630a.example:8443/%E8%A1%97",
		"https://news.example/münchen/x": "https://news.example/m%C3%BCnchen/x",
		"http://127.0.0.1:8080":          "http://127.0.0.1:8080",
		"http://[::1]:8080/":             "http://[::1]:8080",
		"https://\u2488com.example":      "", // a digit and a dot in one
		"https://اa.example":             "", // of two directions
	} {
		c, err := Read("kairan.yaml", []byte(`site: {id: port, url: "`+given+`"}
publishers: [{key: port, time_zone: UTC, language: en}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), nil).Check(nil)
		switch {
		case want == "" && err == nil:
			t.Errorf("%s is taken for %s", given, c.Site.BaseURL)
		case want != "" && err != nil:
			t.Errorf("%s: %v", given, err)
		case want != "" && c.Site.BaseURL != want:
			t.Errorf("%s becomes %s, want %s", given, c.Site.BaseURL, want)
		}
	}
}
