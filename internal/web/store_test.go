package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

var postgres = pgtest.Template{Prepare: func(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}}

// composed are the documents of a real store, as the program makes them.
type composed struct {
	*publish.Composer
	db *store.DB
}

func (c composed) Published(ctx context.Context) (feeds.Published, error) { return c.db.Published(ctx) }

// On either engine a change is served within a second, by whatever process it was
// made; and when the database is closed behind the site, its last state stands.
func TestFeedsOfARealStore(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{
		"sqlite":   storetest.SQLite,
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
			writer, reader := open(url), open(url)
			c := newCity(t)
			composer := func(db *store.DB) *publish.Composer {
				return &publish.Composer{Site: c.settings.Site, Bundle: c.settings.Bundle, Read: publish.At(db.Snapshot)}
			}
			publisher := &publish.Publisher{Composer: composer(writer), Store: writer}
			all := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}
			put := func(n int) {
				t.Helper()
				now := anyTime.Add(time.Duration(n) * time.Hour)
				a := feeds.Article{
					Publisher: "sample-city", Source: "news", Key: fmt.Sprint(n), GUID: fmt.Sprint(n), Language: "en", Title: fmt.Sprint("Notice ", n),
					Content: "<p>" + strings.Repeat("What it says. ", 100) + "</p>", Published: now, PublishedFrom: feeds.DateDeclared,
				}
				if _, err := writer.Collect(t.Context(), store.Collected{
					Run: store.Run{Source: "news", Started: now}, Touched: c.settings.Site.Touched,
					Brought: ledger.Brought{Articles: []feeds.Article{a}, Now: now},
				}); err != nil {
					t.Fatal(err)
				}
				counter, err := writer.Counter(t.Context(), all)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := publisher.Publish(t.Context(), all, counter, now); err != nil {
					t.Fatal(err)
				}
			}
			put(1)
			shelf := NewShelf(ShelfConfig{Documents: composed{composer(reader), reader}, Settings: c.now, Log: discard()})
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() { _ = shelf.Run(ctx); close(done) }()
			defer func() { cancel(); <-done }()
			until(t, func() bool { return shelf.Ready() == nil })
			h := Public(Config{Settings: c.now, Shelf: shelf, Channels: c, Articles: c, Log: discard()})

			put(2)
			until(t, func() bool { return strings.HasPrefix(get(h, "/en/all.rss").Header.Get("ETag"), `"2-`) })
			second := get(h, "/en/all.rss")

			if err := reader.Close(); err != nil {
				t.Fatal(err)
			}
			until(t, func() bool { return shelf.State().Behind != nil })
			put(3)
			for _, accept := range []string{"", "gzip", "zstd"} {
				r := get(h, "/en/all.rss", "Accept-Encoding", accept)
				if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("ETag"), `"2-`) {
					t.Errorf("without a database, %q: status %d, ETag %s", accept, r.StatusCode, r.Header.Get("ETag"))
				}
			}
			if r := get(h, "/en/all.rss", "If-None-Match", second.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
				t.Errorf("without a database: status %d", r.StatusCode)
			}
			r := get(h, "/en/all.atom")
			if r.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("what was never asked for, without a database: status %d", r.StatusCode)
			}
			fields(t, r, map[string]string{"Cache-Control": "no-store", "Retry-After": retryAfter})
		})
	}
}
