package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

// keepReadersEvery is how often it is stored who reads which feed; what was counted since is
// lost with a process that is killed.
const keepReadersEvery = time.Minute

// keepReaders stores who reads which feed, until the context ends, and then once more.
func keepReaders(ctx context.Context, readers *web.Readers, db *store.DB, log *slog.Logger) error {
	tick := time.NewTicker(keepReadersEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			putReaders(ctx, readers, db, log)
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
			defer cancel()
			putReaders(last, readers, db, log)
			return nil
		}
	}
}

// putReaders stores what was counted. Where the database can't be written it is kept for the
// next time; the database's own state tells operators of it.
func putReaders(ctx context.Context, readers *web.Readers, db *store.DB, log *slog.Logger) {
	counted := readers.Take()
	days := make([]store.ReaderDay, len(counted))
	for i, c := range counted {
		days[i] = store.ReaderDay(c)
	}
	if err := db.AddReaderDays(ctx, days); err != nil {
		readers.GiveBack(counted)
		log.Debug("who reads could not be stored yet", "error", err)
	}
}
