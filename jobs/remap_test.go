package jobs

import (
	"fmt"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// TestTheRulesFileAStoryByAllItsVersions proves that the default of one version's source
// counts only as long as the rules place no version, as they are when articles come and when
// all are filed anew.
func TestTheRulesFileAStoryByAllItsVersions(t *testing.T) {
	h := newHouse(t)
	const english, japanese = "https://city.example/feed", "https://city.example/ja/feed"
	item := func(title, link, language, category, otherLanguage, other string) string {
		return fmt.Sprintf(`<item><title>%s</title><link>%s</link><guid>%[2]s</guid><dc:language xmlns:dc="http://purl.org/dc/elements/1.1/">%s</dc:language>`+
			`<category>%s</category><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="alternate" hreflang="%s" href="%s"/></item>`, title, link, language, category, otherLanguage, other)
	}
	en, ja := "https://city.example/n/1", "https://city.example/ja/1"
	h.serve(english, body(rss(item("The river rises", en, "en", "Misc", "ja", ja))))
	h.serve(japanese, body(rss(item("川の水位", ja, "ja", "その他", "en", en))))
	h.add("en", english, "@hourly", func(s *feeds.Source) { s.DefaultCategories = []string{"culture"} })
	h.add("ja", japanese, "@hourly", func(s *feeds.Source) { s.DefaultCategories = []string{"culture"} })
	h.collect("en")
	h.collect("ja")
	slugs := []string{feeds.Slug(feeds.MintID("city", en, "en")), feeds.Slug(feeds.MintID("city", ja, "ja"))}
	wantStory := func(remark, want string) {
		t.Helper()
		for _, slug := range slugs {
			a, ok, err := h.Store.ArticleBySlug(t.Context(), slug)
			if err != nil || !ok {
				t.Fatalf("%s: found %v, %v", remark, ok, err)
			}
			if got := fmt.Sprint(a.StoryCategories); got != want || a.Revision != 1 || !a.Updated.IsZero() {
				t.Errorf("%s: the story of %q is in %s, want %s", remark, a.Title, got, want)
			}
		}
		for term, holds := range map[string]bool{"culture": want == "[culture]" || want == "[culture environment]", "environment": want != "[culture]"} {
			records, err := h.Store.StoryRecords(t.Context(), term, []string{storyOf(t, h.Store, slugs[0])})
			if err != nil {
				t.Fatal(err)
			}
			stands := false
			for _, all := range records {
				for _, step := range feeds.View(feeds.Accepted{Chain: feeds.Chain{"en"}}, all) {
					stands = step.Article != ""
				}
			}
			if stands != holds {
				t.Errorf("%s: it stands in %s: %v", remark, term, stands)
			}
		}
	}
	wantStory("nothing places it", "[culture]")

	h.planned[1].Source.Rules = map[string]string{"その他": "environment"}
	h.remap()
	wantStory("the rules place the translation", "[environment]")

	h.planned[0].Source.Rules = map[string]string{"Misc": "culture"}
	h.remap()
	wantStory("the rules place both", "[culture environment]")

	h.planned[0].Source.Rules, h.planned[1].Source.Rules = nil, nil
	h.remap()
	wantStory("the rules place none", "[culture]")
}

func storyOf(t *testing.T, db *store.DB, slug string) string {
	t.Helper()
	a, _, err := db.ArticleBySlug(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return a.Story
}
