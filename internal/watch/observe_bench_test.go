//go:build unix

package watch_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
	"github.com/kairan-news/kairan/internal/watch"
)

// BenchmarkObserve is what a look costs, and what it costs to judge it, with so many sources
// that were visited each half hour for so many days.
func BenchmarkObserve(b *testing.B) {
	for _, engine := range []struct {
		name    string
		address func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", pgtest.URL}} {
		for _, c := range []struct{ sources, days int }{{1000, 1}, {5000, 6}} {
			b.Run(fmt.Sprintf("%s/sources=%d/runs=%d", engine.name, c.sources, c.sources*c.days*48), func(b *testing.B) {
				db, plan := filled(b, engine.address(b), c.sources, c.days)
				service := &watch.Service{Store: db, Plan: func() watch.Plan { return plan }, Self: func(time.Time) flow.Process { return flow.Process{ID: "a", Role: "work"} }}
				if _, err := service.Observe(b.Context()); err != nil { // the rhythms are read once
					b.Fatal(err)
				}
				b.Run("observe", func(b *testing.B) {
					before := processorTime()
					for b.Loop() {
						if _, err := service.Observe(b.Context()); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric((processorTime()-before).Seconds()*1000/float64(b.N), "cpu-ms/op")
				})
				b.Run("judge", func(b *testing.B) {
					seen, err := service.Observe(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					before := processorTime()
					for b.Loop() {
						flow.Judge(seen)
					}
					b.ReportMetric((processorTime()-before).Seconds()*1000/float64(b.N), "cpu-ms/op")
				})
			})
		}
	}
}

// processorTime is how long this process had a processor, which others on the machine do not
// lengthen as they do the time on the wall.
func processorTime() time.Duration {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// filled is a store with sources, their runs, and what was learned of them.
func filled(b *testing.B, address string, sources, days int) (*store.DB, watch.Plan) {
	b.Helper()
	db, err := store.Open(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	var plan watch.Plan
	visited := make([]store.Visited, 0, sources)
	for n := range sources {
		id, url := fmt.Sprintf("source-%04d", n), fmt.Sprintf("https://city-%d.example/feed", n)
		plan.Sources = append(plan.Sources, watch.Source{ID: id, Publisher: fmt.Sprint("city-", n/5), Host: fmt.Sprintf("city-%d.example:443", n), Address: url,
			Interval: func(time.Time) time.Duration { return 30 * time.Minute }})
		visited = append(visited, store.Visited{
			Run: store.Run{Source: id, Started: now, Outcome: store.RunOK, New: 1},
			State: store.SourceState{ID: id, Address: url, NextDue: now.Add(20 * time.Minute), LastRun: now, LastSuccess: now, Outcome: store.RunOK,
				Extra: []byte(`{"kind":{"pages":"` + fmt.Sprintf("%01000d", n) + `"}}`), Seen: []byte(`{"status":200,"certificate":"2027-03-01T00:00:00Z","languages":{"ja":{"n":20,"of":30,"since":"2026-11-01T00:00:00Z"},"en":{"n":10,"of":30,"since":"2026-11-01T00:00:00Z"}}}`)},
		})
		rhythm := flow.Rhythm{}
		var arrivals []time.Time
		for day := range 40 {
			arrivals = append(arrivals, now.AddDate(0, 0, -day), now.AddDate(0, 0, -day).Add(-3*time.Hour))
		}
		if err := db.PutRhythm(b.Context(), id, rhythm.Learn(arrivals, nil, nil, nil, now.Add(time.Duration(n)*time.Millisecond))); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.RecordRuns(b.Context(), visited); err != nil {
		b.Fatal(err)
	}
	runsOf(b, db, sources, days, now)
	return db, plan
}

// runsOf adds runs of each half hour.
func runsOf(b *testing.B, db *store.DB, sources, days int, now time.Time) {
	b.Helper()
	const head = `INSERT INTO runs (source, started_ms, took_ms, outcome, status, bytes, added, changed, withdrawn, unchanged, error, problems) `
	for at := range days * 48 {
		text := head + `SELECT id, $1, 20, 'unchanged', 304, 0, 0, 0, 0, 0, '', '[]' FROM source_states ORDER BY id`
		if at%24 == 0 {
			text = head + `SELECT id, $1, 20, 'ok', 200, 9000, 1, 0, 0, 0, '', '[]' FROM source_states ORDER BY id`
		}
		if _, err := db.Writer().ExecContext(context.Background(), text, now.Add(-time.Duration(at)*30*time.Minute).UnixMilli()); err != nil {
			b.Fatal(err)
		}
	}
}
