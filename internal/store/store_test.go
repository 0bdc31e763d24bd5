package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// open returns a fresh store with its tables.
func open(t testing.TB, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func sqlite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "kairan.db") }

func notice(n int) feeds.Article {
	return feeds.Article{
		Publisher: "tokyo", GUID: fmt.Sprintf("guid-%d", n), Key: fmt.Sprintf("guid-%d", n),
		Link: fmt.Sprintf("https://city.example/%d", n), Language: "ja", Title: fmt.Sprintf("Notice %d", n),
		Content: "<p>Text.</p>", Published: noon.Add(time.Duration(n) * time.Minute), PublishedFrom: feeds.DateDeclared,
		Categories: []string{"culture"},
	}
}

func TestSmoke(t *testing.T) {
	db := open(t, sqlite(t))
	ctx := context.Background()
	for range 2 {
		out, err := db.Collect(ctx, store.Collected{
			Run: store.Run{Source: "a", Started: noon, Outcome: store.RunOK}, State: store.SourceState{ID: "a", ETag: `"x"`, LastSuccess: noon},
			Articles: []feeds.Article{notice(1), notice(2)}, Now: noon,
			Touched: func(string, []string, []string) []feeds.Channel {
				return []feeds.Channel{{Locale: "ja", Kind: feeds.ChannelAll}}
			},
		})
		t.Log(out, err)
	}
	r, err := db.ChannelRecords(ctx, store.RecordFilter{Category: "culture"}, 0, 10)
	t.Log(r, err)
	m, err := db.Marked(ctx)
	t.Log(m, err)
	runs, err := db.LastRuns(ctx)
	t.Log(runs, err)
	a, _, err := db.ArticleBySlug(ctx, feeds.Slug(r[0].Article))
	t.Logf("%+v %v", a, err)
}
