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
		"active.nl-BE.toml": {Data: []byte("[\"page.home\"]\nother = \"Voorpagina\"\n")},
		"active.zh-HK.toml": {Data: []byte("[\"page.home\"]\nother = \"主頁\"\n")},
		"active.en-GB.toml": {Data: []byte("[\"page.home\"]\nother = \"Front page\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{Locales: []feeds.Locale{
		{Tag: "nl-BE", Chain: feeds.Chain{"nl-BE", "en", "*"}}, {Tag: "ja", Chain: feeds.Chain{"ja", "en"}},
		{Tag: "zh-HK", Chain: feeds.Chain{"zh-HK", "zh-Hans", "en", "*"}}, {Tag: "en-GB", Chain: feeds.Chain{"en-GB", "*"}}, {Tag: "en", Chain: feeds.Chain{"en", "*"}},
	}}
	for _, test := range []struct{ locale, home, back string }{
		{"nl-BE", "Voorpagina", "Naar de inhoud"}, {"ja", "ホーム", "本文へ移動"}, {"zh-HK", "主頁", "跳至主要內容"}, {"en-GB", "Front page", "Skip to content"}, {"en", "Home", "Skip to content"},
	} {
		s := In(test.locale, site, bundle)
		if home, back := s.Text("page.home", nil), s.Text("page.skip", nil); home != test.home || back != test.back {
			t.Errorf("in %s: %q and %q, want %q and %q", test.locale, home, back, test.home, test.back)
		}
	}
}
