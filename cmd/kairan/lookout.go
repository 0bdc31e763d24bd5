package main

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// awaitSchema tries each second to give the database this version's schema, while there is
// no room for it. Why there is none is told by [store.DB.Writable].
func (s *service) awaitSchema(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for s.db.Behind() {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if s.db.TryWriting(ctx) == nil {
				s.log.Info("the database has this version's schema now")
			}
		}
	}
	return nil
}

// watchLogEvery is how often a process that runs no jobs looks how far the log goes.
const watchLogEvery = 5 * time.Second

// watchLog finds out, for those who publish, if the database was restored and nobody told.
func (s *service) watchLog(ctx context.Context) error {
	seen := store.NewHighWater(s.db, "")
	tick := time.NewTicker(watchLogEvery)
	defer tick.Stop()
	told := false
	for {
		found, restored, err := seen.Look(ctx, time.Now())
		switch {
		case restored && !told:
			s.log.Error("the database was restored from a copy, and nobody told; nothing is published until \"kairan epoch\" is run",
				"found", found.Found, "log-ends-at", found.End, "was-seen-to", found.Seen.Seq)
			told = true
		case !restored && err == nil: // else the database is away, which others tell
			told = false
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
