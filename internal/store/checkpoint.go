package store

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
)

// A checkpoint moves what stands in SQLite's write-ahead log into its file. SQLite
// makes one inside the commit that fills the log, while everybody who writes waits,
// most of all for the disk. So most of it is done ahead and beside the writer: a
// passive checkpoint waits for nobody, and nobody for it. What the writer's own then
// finds left is little.

// checkpointEvery is after how many stored articles one is made: when the log is filled
// to a third or so. What is written without articles is little.
const checkpointEvery = 3000

// checkpointer makes checkpoints beside the writer; nil makes none.
type checkpointer struct {
	db       *sql.DB
	articles atomic.Int64  // that were stored since the last one
	due      chan struct{} // has room for one
	stop     context.CancelFunc
	stopped  sync.WaitGroup
}

// newCheckpointer begins to make checkpoints by connections that are its own, until it
// is closed.
func newCheckpointer(db *sql.DB) *checkpointer {
	ctx, stop := context.WithCancel(context.Background())
	c := &checkpointer{db: db, due: make(chan struct{}, 1), stop: stop}
	c.stopped.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-c.due:
				c.make(ctx)
			}
		}
	})
	return c
}

// make makes a checkpoint. If it fails the writer's own does it all.
func (c *checkpointer) make(ctx context.Context) {
	if c != nil {
		_, _ = c.db.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`)
	}
}

// stored counts the articles of a transaction.
func (c *checkpointer) stored(articles int) {
	if c == nil || c.articles.Add(int64(articles)) < checkpointEvery {
		return
	}
	c.articles.Store(0)
	select {
	case c.due <- struct{}{}:
	default: // one is being made
	}
}

// close waits for a checkpoint that is being made.
func (c *checkpointer) close() error {
	if c == nil {
		return nil
	}
	c.stop()
	c.stopped.Wait()
	return c.db.Close()
}
