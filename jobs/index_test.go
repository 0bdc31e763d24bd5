package jobs

import (
	"database/sql"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/internal/search"
)

// What was stored before there was an index is found by searches once the engine works, and
// where nothing is left to do no job comes.
func TestArticlesOfBeforeComeIntoTheIndex(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@every 30m")
	h.serve(cityFeed, body(news(1, 2)))
	h.collect("a")
	found := func() (n int, building bool) {
		t.Helper()
		f, err := h.Store.Search(t.Context(), search.Request{Publishers: []string{"city"}})
		if err != nil {
			t.Fatal(err)
		}
		return len(f.Hits), f.Building
	}
	waiting := func() int {
		t.Helper()
		left, err := h.queue.(*river.Client[*sql.Tx]).JobList(t.Context(), river.NewJobListParams().Kinds(IndexArgs{}.Kind()).First(10))
		if err != nil {
			t.Fatal(err)
		}
		return len(left.Jobs)
	}
	if err := h.enqueueIndex(t.Context()); err != nil || waiting() != 0 {
		t.Fatalf("%d jobs wait, %v", waiting(), err)
	}
	for _, text := range []string{`DELETE FROM search_index`, `DELETE FROM meta WHERE key = 'search.filled'`} {
		if _, err := h.Store.Writer().ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if n, building := found(); n != 0 || !building {
		t.Fatalf("%d are found without an index, building: %v", n, building)
	}
	for range 2 {
		if err := h.enqueueIndex(t.Context()); err != nil || waiting() != 1 {
			t.Fatalf("%d jobs wait, %v", waiting(), err)
		}
	}
	if err := (&indexWorker{engine: h.Engine}).Work(t.Context(), &river.Job[IndexArgs]{JobRow: &rivertype.JobRow{}}); err != nil {
		t.Fatal(err)
	}
	if n, building := found(); n != 2 || building {
		t.Errorf("%d are found at last, building: %v", n, building)
	}
}
