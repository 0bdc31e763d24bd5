package wording

import (
	"testing"
	"testing/fstest"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// What a bundle does not say is said in the nearest that readers accept.
func TestHalfABundle(t *testing.T) {
	bundle, err := locales.Load(fstest.MapFS{
		"active.ja-simple.toml": {Data: []byte("[\"page.home\"]\nother = \"はじめのページ\"\n")},
		"active.zh-HK.toml":     {Data: []byte("[\"page.home\"]\nother = \"主頁\"\n")},
		"active.ja.toml":        {Data: []byte("[\"category.harbour\"]\nother = \"港\"\n")},
		"active.zh-Hant.toml":   {Data: []byte("[\"category.harbour\"]\nother = \"港口\"\n")},
		"active.en.toml":        {Data: []byte("[\"category.harbour\"]\nother = \"Harbour\"\n")},
		"active.en-GB.toml":     {Data: []byte("[\"page.home\"]\nother = \"Front page\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{Locales: []feeds.Locale{
		{Tag: "ja-simple", Chain: feeds.Chain{"ja-simple", "en", "*"}}, {Tag: "ja", Chain: feeds.Chain{"ja", "en"}},
		{Tag: "zh-HK", Chain: feeds.Chain{"zh-HK", "zh-Hans", "en", "*"}}, {Tag: "en-GB", Chain: feeds.Chain{"en-GB", "*"}}, {Tag: "en", Chain: feeds.Chain{"en", "*"}},
	}}
	for _, test := range []struct{ locale, home, harbour string }{
		{"ja-simple", "はじめのページ", "港"}, {"ja", "ホーム", "港"}, {"zh-HK", "主頁", "港口"}, {"en-GB", "Front page", "Harbour"}, {"en", "Home", "Harbour"},
	} {
		s := In(test.locale, site, bundle)
		if home, harbour := s.Text("page.home", nil), s.Text("category.harbour", nil); home != test.home || harbour != test.harbour {
			t.Errorf("in %s: %q and %q, want %q and %q", test.locale, home, harbour, test.home, test.harbour)
		}
	}
}
