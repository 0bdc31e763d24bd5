package store_test

import (
	"reflect"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var relatedBullets = []bullet{
	{"what is related is stored once, with the record up to which it was found", func(t *testing.T, h *house) {
		h.run("news", []feeds.Article{notice(1), notice(2), notice(3, of("tokyo"), language("en"))})
		records, err := h.ChannelRecordsAfter(t.Context(), store.RecordFilter{}, 0, 10)
		if err != nil || len(records) != 3 {
			t.Fatalf("%d records, %v", len(records), err)
		}
		first, second := records[0], records[1]
		expect := func(want map[string][]string) {
			t.Helper()
			got, err := h.Related(t.Context(), []string{first.Article, second.Article, "urn:uuid:none"})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("related is %v, %v; want %v", got, err, want)
			}
		}
		put := func(from, until int64, want bool, stories map[string][]string) {
			t.Helper()
			if stored, err := h.PutRelated(t.Context(), from, until, stories); err != nil || stored != want {
				t.Errorf("from %d to %d: stored %v, %v", from, until, stored, err)
			}
		}
		expect(map[string][]string{})
		put(0, 2, true, map[string][]string{first.Article: nil, second.Article: {first.Story, "other"}})
		expect(map[string][]string{second.Article: {first.Story, "other"}})
		put(0, 2, false, map[string][]string{first.Article: {"late"}})
		put(2, 3, true, map[string][]string{second.Article: {"again"}})
		expect(map[string][]string{second.Article: {first.Story, "other"}})
		if until, err := h.RelatedUntil(t.Context()); until != 3 || err != nil {
			t.Errorf("related until %d, %v", until, err)
		}
	}},
	{"an article's words are those of the revision that is asked for", func(t *testing.T, h *house) {
		own := func(a *feeds.Article) { a.Related = []feeds.Related{{Title: "Another notice"}} }
		h.run("news", []feeds.Article{notice(1, own)})
		h.run("news", []feeds.Article{notice(1, own, title("Corrected"), func(a *feeds.Article) { a.Summary = "In short." })})
		records, err := h.ChannelRecordsAfter(t.Context(), store.RecordFilter{}, 0, 10)
		if err != nil || len(records) != 2 {
			t.Fatalf("%d records, %v", len(records), err)
		}
		id := records[0].Article
		words, err := h.Words(t.Context(), []store.ArticleRevision{{ID: id, Revision: 1}, {ID: id, Revision: 2}, {ID: id, Revision: 3}})
		if err != nil || len(words) != 2 {
			t.Fatalf("%d words, %v", len(words), err)
		}
		first, second := words[store.ArticleRevision{ID: id, Revision: 1}], words[store.ArticleRevision{ID: id, Revision: 2}]
		if first.Title != "Notice 1" || first.Content == "" || len(first.Related) != 1 || first.Language != "ja" || first.Categories[0] != "culture" || first.Published.IsZero() {
			t.Errorf("the first is %+v", first)
		}
		if second.Title != "Corrected" || second.Summary != "In short." || second.Content != "" {
			t.Errorf("the second is %+v", second)
		}
		languages, err := h.Languages(t.Context())
		if err != nil || !reflect.DeepEqual(languages, []string{"ja"}) {
			t.Errorf("languages %v, %v", languages, err)
		}
	}},
}
