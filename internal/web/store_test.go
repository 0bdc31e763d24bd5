package web

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
)

var postgres = pgtest.Template{Prepare: func(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}}

// On either engine a change is served within a second, by whatever process it was
// made; and when the database is closed behind the site, its last state stands.
func TestFeedsOfARealStore(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "kairan.db") },
		"postgres": postgres.URL,
	} {
		t.Run(engine, func(t *testing.T) {
			open := func(url string) *store.DB {
				t.Helper()
				db, err := store.Open(t.Context(), url)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { db.Close() }) // once more where it was closed
				if err := db.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
				return db
			}
			url := address(t)
			publisher, reader := open(url), open(url)
			put := func(n int) feeds.Document {
				t.Helper()
				d := feeds.Document{
					DocumentKey: feeds.DocumentKey{Channel: "en/all", Format: feeds.RSS},
					Body:        []byte(strings.Repeat(fmt.Sprintf("<rss>State %d</rss>\n", n), 100)), ETag: fmt.Sprintf(`"%d-x"`, n),
					Modified: anyTime.Add(time.Duration(n) * time.Hour), LastSeq: int64(n), Entries: 1,
				}
				if _, err := publisher.PutDocuments(t.Context(), d.Channel, []feeds.Document{d}, 0, anyTime); err != nil {
					t.Fatal(err)
				}
				return d
			}
			put(1)
			c := newCity(t)
			shelf := NewShelf(ShelfConfig{Documents: reader, Log: discard()})
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() { _ = shelf.Run(ctx); close(done) }()
			defer func() { cancel(); <-done }()
			until(t, func() bool { return shelf.Ready() == nil })
			h := Public(Config{Settings: func() Settings { return c.settings }, Shelf: shelf, Channels: c, Articles: c, Log: discard()})

			second := put(2)
			until(t, func() bool { return get(h, "/en/all.rss").Header.Get("ETag") == second.ETag })

			if err := reader.Close(); err != nil {
				t.Fatal(err)
			}
			until(t, func() bool { return shelf.State().Behind != nil })
			put(3)
			for _, accept := range []string{"", "gzip", "zstd"} {
				r := get(h, "/en/all.rss", "Accept-Encoding", accept)
				if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("ETag"), `"2-x`) {
					t.Errorf("without a database, %q: status %d, ETag %s", accept, r.StatusCode, r.Header.Get("ETag"))
				}
			}
			if r := get(h, "/en/all.rss", "If-None-Match", second.ETag); r.StatusCode != http.StatusNotModified {
				t.Errorf("without a database: status %d", r.StatusCode)
			}
		})
	}
}
