package publish_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/storetest"
)

// byDefault files a notice under its source's default.
func byDefault(a feeds.Article, categories ...string) feeds.Article {
	a.Categories, a.ByDefault = categories, true
	return a
}

// TestATranslationTakesAStoryOutOfTheDefault proves that a story which was filed by default
// leaves that category's channels in every language once a translation is placed, whether
// archives were closed behind it or not, and that no entry names a category in which it
// does not stand.
func TestATranslationTakesAStoryOutOfTheDefault(t *testing.T) {
	for _, archived := range []bool{false, true} {
		t.Run(fmt.Sprint("archived ", archived), func(t *testing.T) {
			h := newHouse(t, storetest.SQLite(t))
			h.site.Locales = slices.DeleteFunc(h.site.Locales, func(l feeds.Locale) bool { return l.Tag != "en" && l.Tag != "ja" })
			if archived {
				h.written(0, 240)
			}
			h.now = h.now.Add(time.Hour)
			h.collect(false, byDefault(notice("flood", "en", "River level"), "government"))
			h.publishMarked()
			en, ja := feeds.MintID("sample-city", "flood", "en"), feeds.MintID("sample-city", "flood", "ja")
			before := map[string]walked{}
			for _, path := range []string{"en/all", "ja/all", "en/government", "ja/government", "en/only/government"} {
				before[path] = h.walk(path)
				if _, stands := before[path].entries[en]; !stands {
					t.Fatalf("%s lacks the notice", path)
				}
			}

			h.now = h.now.Add(72 * time.Hour)
			h.collect(false, in(notice("flood", "ja", "洪水"), "culture"))
			h.publishMarked()
			for path, was := range before {
				w := h.walk(path)
				w.once(t, path)
				w.keeps(t, path, was)
				_, inEnglish := w.entries[en]
				_, inJapanese := w.entries[ja]
				if want := path == "en/all"; inEnglish != want {
					t.Errorf("%s has the original: %v", path, inEnglish)
				}
				if want := path == "ja/all"; inJapanese != want {
					t.Errorf("%s has the translation: %v", path, inJapanese)
				}
				if path == "en/all" && w.entries[en] != was.entries[en] {
					t.Errorf("%s says otherwise of the original: %+v, %+v before", path, w.entries[en], was.entries[en])
				}
			}
			for path, id := range map[string]string{"en/culture": en, "en/only/culture": en, "ja/culture": ja, "ja/only/culture": ja} {
				if _, stands := h.walk(path).entries[id]; !stands {
					t.Errorf("%s lacks the notice", path)
				}
			}
			for _, path := range []string{"en/all.json", "en/culture.json", "ja/all.json"} {
				key, _ := feeds.ParseDocumentPath(path)
				body := string(h.document(key).Body)
				entry := body[strings.Index(body, `"id": "`+map[bool]string{true: ja, false: en}[strings.HasPrefix(path, "ja")]):]
				entry, _, _ = strings.Cut(entry[6:], `"id": "urn`)
				if !strings.Contains(entry, "culture") || strings.Contains(entry, "government") {
					t.Errorf("the entry of %s names other categories:\n%s", path, entry)
				}
			}
		})
	}
}
