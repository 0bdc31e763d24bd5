package store_test

import (
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var endingBullets = []bullet{
	{"a publisher that is renamed keeps its articles, under their ids", func(t *testing.T, h *house) {
		h.run("news", []feeds.Article{notice(1), notice(2), notice(3, hint("s")), notice(4, of("tokyo"), language("en"), hint("s"))})
		before, err := h.ChannelRecords(t.Context(), store.RecordFilter{Publisher: "tokyo"}, 0, 10)
		if err != nil || len(before) != 4 {
			t.Fatalf("%d records, %v", len(before), err)
		}
		shown := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}
		for _, want := range []bool{true, false} {
			if renamed, err := h.RenamePublisher(t.Context(), "tokyo", "edo", []feeds.Channel{shown}, h.now); err != nil || renamed != want {
				t.Fatalf("renamed %v, %v; want %v", renamed, err, want)
			}
		}
		marks, err := h.Marked(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(marks, func(m store.Mark) bool { return m.Channel == shown }); i < 0 || !marks[i].Past {
			t.Errorf("marked is %+v, want the past of %s", marks, shown)
		}
		out := h.run("news", []feeds.Article{notice(1, of("edo")), notice(2, of("edo"), title("Corrected")), notice(3, of("edo"), hint("s")), notice(5, of("edo"), hint("s"), language("th"))})
		if out.New != 1 || out.Changed != 1 || out.Unchanged != 2 {
			t.Errorf("the next run: %+v", out)
		}
		after, err := h.ChannelRecords(t.Context(), store.RecordFilter{Publisher: "edo"}, 0, 10)
		if err != nil || len(after) != 6 {
			t.Fatalf("%d records, %v", len(after), err)
		}
		for i := range before {
			if a, b := after[i+2], before[i]; a.Article != b.Article || a.Story != b.Story {
				t.Errorf("record %d is of %s, and was of %s", b.Seq, a.Article, b.Article)
			}
		}
		stories := map[string]string{} // by language
		for _, r := range after {
			stories[r.Language] = r.Story
		}
		if stories["th"] != stories["en"] || stories["th"] == "" {
			t.Errorf("a new version did not join its story: %v", stories)
		}
	}},
}
