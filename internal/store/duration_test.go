package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// What a reader of the log and a writer beside it may count on while a large
// folder comes in on SQLite: its transactions are short. The bound here is wide,
// since test machines are busy; [BenchmarkChunk] measures.
func TestWritesAreShortOnSQLite(t *testing.T) {
	h := &house{T: t, DB: open(t, sqliteAddress(t)), now: noon}
	stop := make(chan struct{})
	waits := make(chan []time.Duration)
	go func() {
		var all []time.Duration
		for {
			select {
			case <-stop:
				waits <- all
				return
			default:
			}
			began := time.Now()
			if err := h.RecordRun(t.Context(), store.Run{Source: "b"}, store.SourceState{ID: "b"}); err != nil {
				t.Error(err)
			}
			all = append(all, time.Since(began))
		}
	}()
	h.run("a", notices(1, 3000), complete)
	h.run("a", nil, complete, func(c *store.Collected) { c.Release = true })
	close(stop)
	all := <-waits
	slices.Sort(all)
	if median, longest := all[len(all)/2], all[len(all)-1]; longest > time.Second {
		t.Errorf("another writer waited %v (median %v)", longest, median)
	} else {
		t.Logf("another writer waited %v at most, %v in the median of %d times", longest, median, len(all))
	}
}
