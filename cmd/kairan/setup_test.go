package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The built-in configuration is published under one address, whichever process
// publishes it.
func TestWhereTheBuiltInSiteIs(t *testing.T) {
	f := flags{data: t.TempDir()}
	address := func(listen string) string {
		t.Helper()
		s, err := f.load(listen)
		if err != nil {
			t.Fatal(err)
		}
		db, err := f.open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		return s.config.Site.BaseURL
	}
	for _, tt := range []struct{ listen, want, remark string }{
		{"", "http://localhost:8080", "nobody has served it yet"},
		{":9000", "http://localhost:9000", "who serves it says where"},
		{"", "http://localhost:9000", "who works beside it, or collects"},
		{"192.0.2.1:80", "http://192.0.2.1:80", "it is served elsewhere"},
		{"", "http://192.0.2.1:80", "and so it is published"},
	} {
		if got := address(tt.listen); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.remark, got, tt.want)
		}
	}
}

// Whatever documents show is another state of their words; what they don't show is not.
func TestWordsThatDocumentsAreMadeWith(t *testing.T) {
	const config = `
site: {id: test, url: "https://news.example", title: News, default_locale: en, locales: [en]}
categories: [{term: culture}]
publishers: [{key: city, name: City, time_zone: UTC, language: en}]
sources:
  - {id: news, publisher: city, kind: feed, url: "https://city.example/feed?key=one", schedule: "@hourly"}
`
	words := func(data string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "kairan.yaml")
		if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		f := flags{config: file}
		s, err := f.load("")
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	before := words(config)
	for _, tt := range []struct {
		was, is, remark string
		same            bool
	}{
		{"@hourly", "@daily", "a schedule", true},
		{"key=one", "key=two", "the address of a source", false},
		{"@hourly\"", "@hourly\", allow_private: true", "whether it may be told", false},
		{"UTC", "Asia/Tokyo", "a publisher's zone", false},
		{"title: News", "title: Notices", "the title", false},
	} {
		if after := words(strings.Replace(config, tt.was, tt.is, 1)); (after == before) != tt.same {
			t.Errorf("%s: the same is %v, want %v", tt.remark, after == before, tt.same)
		}
	}
}
