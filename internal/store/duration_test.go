package store_test

import (
	"sync/atomic"
	"testing"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// While a large folder comes in on SQLite, and goes again, another writer has its
// turns between: no transaction takes all of it. What a turn costs is for
// [BenchmarkChunk] to tell.
func TestAnotherWriterHasItsTurnsOnSQLite(t *testing.T) {
	const articles, least = 3000, 15 // of some thirty transactions
	h := &house{T: t, DB: open(t, storetest.SQLite(t)), now: noon}
	var turns atomic.Int64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
			}
			if err := h.RecordRun(t.Context(), store.Run{Source: "b"}, store.SourceState{ID: "b"}); err != nil {
				t.Error(err)
				return
			}
			turns.Add(1)
		}
	}()
	h.run("a", notices(1, articles), complete)
	if n := turns.Load(); n < least {
		t.Errorf("another writer had %d turns while %d articles were stored; want %d at least", n, articles, least)
	}
	before := turns.Load()
	h.run("a", nil, complete, func(c *store.Collected) { c.Release = true })
	if n := turns.Load() - before; n < least {
		t.Errorf("another writer had %d turns while %d articles were withdrawn; want %d at least", n, articles, least)
	}
	close(stop)
	<-stopped
}
