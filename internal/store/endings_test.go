package store_test

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var endingBullets = []bullet{
	{"an ended channel keeps its day, and then only the names of its documents", func(t *testing.T, h *house) {
		ctx := t.Context()
		key := feeds.DocumentKey{Channel: "en/sports", Format: feeds.RSS}
		if _, err := h.PutDocuments(ctx, key.Channel, []feeds.Document{{DocumentKey: key, Body: []byte("<rss/>"), ETag: `"1-a"`, Modified: noon, Entries: 2}}, 0, noon); err != nil {
			t.Fatal(err)
		}
		for _, day := range []time.Time{noon, noon.AddDate(0, 0, 7)} {
			if err := h.EndChannels(ctx, []store.Ending{{Channel: key.Channel, Title: "Sports", Ended: day}}); err != nil {
				t.Fatal(err)
			}
		}
		endings, err := h.Endings(ctx)
		if e := endings[key.Channel]; err != nil || len(endings) != 1 || !e.Ended.Equal(noon) || e.Title != "Sports" || !e.Gone.IsZero() {
			t.Errorf("endings %+v, %v", endings, err)
		}
		later := noon.AddDate(0, 0, 90)
		if err := h.BuryChannel(ctx, key.Channel, later); err != nil {
			t.Fatal(err)
		}
		d, ok, err := h.Document(ctx, key)
		if err != nil || !ok || len(d.Body) != 0 || d.Revision != noon.UnixMilli()+1 || d.Entries != 0 {
			t.Errorf("document %+v, %v, %v", d, ok, err)
		}
		if endings, err = h.Endings(ctx); err != nil || !endings[key.Channel].Gone.Equal(later) {
			t.Errorf("endings %+v, %v", endings, err)
		}
		if err := h.ReviveChannel(ctx, endings[key.Channel]); err != nil {
			t.Fatal(err)
		}
		if _, ok, _ := h.Document(ctx, key); ok {
			t.Error("a channel that comes back after it was gone has its old documents")
		}
		if endings, err = h.Endings(ctx); err != nil || len(endings) != 0 {
			t.Errorf("endings %+v, %v", endings, err)
		}
	}},
	{"a publisher that is renamed keeps its articles, under their ids", func(t *testing.T, h *house) {
		h.run("news", []feeds.Article{notice(1), notice(2), notice(3, hint("s")), notice(4, of("tokyo"), language("en"), hint("s"))})
		before, err := h.ChannelRecords(t.Context(), store.RecordFilter{Publisher: "tokyo"}, 0, 10)
		if err != nil || len(before) != 4 {
			t.Fatalf("%d records, %v", len(before), err)
		}
		for _, want := range []bool{true, false} {
			if renamed, err := h.RenamePublisher(t.Context(), "tokyo", "edo"); err != nil || renamed != want {
				t.Fatalf("renamed %v, %v; want %v", renamed, err, want)
			}
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
