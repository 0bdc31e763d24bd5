package web

import (
	"net/http"
	"testing"
)

// What is answered says for whose readers it is, in whatever language that is.
func TestAudience(t *testing.T) {
	c := newCityOfAll(t)
	h := c.public()
	for path, want := range map[string]string{
		"/ja/": "ja", "/zh-Hant/culture": "zh-Hant", "/ko/n/" + c.slug("market", "ar"): "ko", "/en/all.atom": "en", "/ar/everything.json": "ar",
		"/ja/feeds.opml": "ja", "/ja/nothing": "ja", "/favicon.svg": "", "/robots.txt": "", "/sitemap.xml": "", "/sitemap-1.xml": "",
	} {
		r := get(h, path)
		if got := r.Header.Get("Content-Language"); got != want {
			t.Errorf("%s is for readers of %q, want %q", path, got, want)
		}
		if tag := r.Header.Get("ETag"); tag != "" {
			if again := get(h, path, "If-None-Match", tag); again.StatusCode != http.StatusNotModified || again.Header.Get("Content-Language") != "" {
				t.Errorf("%s unchanged: %d, for readers of %q", path, again.StatusCode, again.Header.Get("Content-Language"))
			}
		}
	}
}

func TestOpenGraphLocale(t *testing.T) {
	for tag, want := range map[string]string{
		"ja": "ja_JP", "zh-Hant": "zh_TW", "zh-Hans": "zh_CN", "zh-HK": "zh_HK", "pt-BR": "pt_BR", "pt": "pt_BR", "pt-PT": "pt_PT", "en": "en_US", "en-GB": "en_GB",
		"ja-simple": "ja_JP", "sr-Latn": "sr_RS", "fil": "fil_PH", "nb": "nb_NO", "ne": "ne_NP", "es-419": "", "und": "", "": "", "eo": "",
	} {
		if got := openGraphLocale(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}
