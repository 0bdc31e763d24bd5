package config

import (
	"strings"
	"testing"
)

func TestDefaultChain(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en *", "en-GB": "en-GB *", "ja": "ja en *", "ja-simple": "ja-simple en *", "pt-BR": "pt-BR en *",
		"zh-Hans": "zh-Hans zh-Hant en *", "zh-Hant": "zh-Hant zh-Hans en *", "zh-HK": "zh-HK zh-Hans en *",
	} {
		if got := strings.Join(DefaultChain(tag), " "); got != want {
			t.Errorf("%s accepts %q, want %q", tag, got, want)
		}
	}
}

// What somebody writes stays as it is written.
func TestWrittenChains(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(`
site: {id: tokyo, url: https://news.example, locales: {en: [], ja: [en, "*"], zh-Hant: [ja]}}
publishers: [{key: tokyo, name: Tokyo, time_zone: Asia/Tokyo, language: ja}]
sources: [{id: a, publisher: tokyo, kind: feed, url: https://tokyo.example/feed}]
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"en": "en *", "ja": "ja en *", "zh-Hant": "zh-Hant ja"}
	for _, l := range c.Site.Locales {
		if got := strings.Join(l.Chain, " "); got != want[l.Tag] {
			t.Errorf("%s accepts %q, want %q", l.Tag, got, want[l.Tag])
		}
		if isDefault := l.Tag == "en"; (l.Narrow != nil) != isDefault {
			t.Errorf("%s accepted %q of old", l.Tag, l.Narrow)
		}
	}
}
