package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
)

// sourced is a configuration with more keys of its source.
func sourced(keys string) []byte {
	return []byte(strings.Replace(valid, "url: https://www.tokyo.example/rss}", "url: https://www.tokyo.example/rss, "+keys+"}", 1))
}

func TestWhatASourceAsksOfCollecting(t *testing.T) {
	for _, test := range []struct {
		keys string
		want feeds.Source
	}{
		{`credentials: {user: kairan, password: "${NEWS_PASSWORD}"}`, feeds.Source{Credentials: feeds.Credentials{User: "kairan", Password: "NEWS_PASSWORD"}}},
		{`credentials: {bearer: "${TOKEN_1}"}`, feeds.Source{Credentials: feeds.Credentials{Bearer: "TOKEN_1"}}},
		{`credentials: {header: X-Api-Key, value: "${KEY}"}`, feeds.Source{Credentials: feeds.Credentials{Header: "X-Api-Key", Value: "KEY"}}},
		{`retry_after_scope: host`, feeds.Source{RetryAfterHost: true}},
		{`retry_after_scope: source`, feeds.Source{}},
		{`corrections: text-changed`, feeds.Source{ChangesCorrect: true}},
		{`corrections: declared`, feeds.Source{}},
		{`categories: {keywords: false}`, feeds.Source{NoKeywords: true}},
		{`categories: {keywords: true}`, feeds.Source{}},
		{`editions: {urls: {/en/: en, /tw/: ZH-hant}}`, feeds.Source{EditionURLs: map[string]string{"/en/": "en", "/tw/": "zh-Hant"}}},
	} {
		c, err := Parse("kairan.yaml", sourced(test.keys), bundles{})
		if err != nil {
			t.Errorf("%s: %v", test.keys, err)
			continue
		}
		want := test.want
		want.ID, want.Publisher, want.Kind, want.URL, want.Schedule = "news", "tokyo", feeds.KindFeed, "https://www.tokyo.example/rss", DefaultSchedule
		if d := cmp.Diff(want, c.Sources[0]); d != "" {
			t.Errorf("%s:\n%s", test.keys, d)
		}
	}
}

func TestFaultsOfWhatASourceAsks(t *testing.T) {
	for keys, want := range map[string]string{
		`credentials: {user: kairan, password: hunter2}`:           "a secret does not belong into this file",
		`credentials: {user: kairan}`:                              "lack the user or the password",
		`credentials: {header: X-Key}`:                             "lack the header or its value",
		`credentials: {}`:                                          "the credentials are empty",
		`credentials: {user: a, password: "${A}", bearer: "${B}"}`: "of several sorts",
		`credentials: {tokn: "${B}"}`:                              "tokn",
		`retry_after_scope: hosts`:                                 `did you mean "host"`,
		`corrections: text-change`:                                 `did you mean "text-changed"`,
		`editions: {urls: {/: en}}`:                                "too little",
		`editions: {urls: {/en/: english}}`:                        `did you mean "en"`,
		`editions: {of: nobody}`:                                   `unknown source "nobody"`,
		`editions: {of: news}`:                                     `unknown source "news"`,
	} {
		_, err := Parse("kairan.yaml", sourced(keys), bundles{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", keys, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error shows the secret: %v", err)
		}
	}
}

func TestEditionsAreOfOnePublisher(t *testing.T) {
	const two = `site: {id: tokyo, url: https://news.example}
publishers:
  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}
  - {key: other, time_zone: Asia/Tokyo, language: ja, name: Other}
sources:
  - {id: a, publisher: tokyo, kind: feed, url: https://www.tokyo.example/a, editions: {of: b}}
  - {id: b, publisher: PUBLISHER, kind: feed, url: https://www.tokyo.example/b}
`
	if c, err := Parse("kairan.yaml", []byte(strings.Replace(two, "PUBLISHER", "tokyo", 1)), bundles{}); err != nil || c.Sources[0].EditionsOf != "b" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := Parse("kairan.yaml", []byte(strings.Replace(two, "PUBLISHER", "other", 1)), bundles{}); err == nil || !strings.Contains(err.Error(), "another publisher's") {
		t.Errorf("got %v", err)
	}
}

func TestPrivateNetworksAreNamed(t *testing.T) {
	with := func(entries string) []byte { return []byte(valid + "fetch: {allow_private: [" + entries + "]}\n") }
	c, err := Parse("kairan.yaml", with(`10.1.0.0/16, 192.0.2.7, "fd00::/8", intranet.city.example`), bundles{})
	if err != nil || !cmp.Equal(c.Fetch.AllowPrivate, []string{"10.1.0.0/16", "192.0.2.7", "fd00::/8", "intranet.city.example"}) {
		t.Errorf("%v, %v", c, err)
	}
	for _, entry := range []string{"10.1.0.0/99", `"http://intranet"`, "10.1.0", `"*.city.example"`} {
		if _, err := Parse("kairan.yaml", with(entry), bundles{}); err == nil || !strings.Contains(err.Error(), "neither an address") {
			t.Errorf("%s: %v", entry, err)
		}
	}
}
