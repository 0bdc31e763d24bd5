package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// manySources is how many sources the operators' pages are measured with, and manyDays of how
// many days, each with 24 runs of each source.
const (
	manySources = 1000
	manyDays    = 30
)

// BenchmarkOperatorsPages measures how long each page takes of a service with a thousand
// sources and a month of their runs, in a real database: the mean, and the 99th percentile in
// milliseconds, which is to be under 100.
func BenchmarkOperatorsPages(b *testing.B) {
	h := manySourcesSite(b)
	for _, path := range []string{
		"/", "/incidents", "/jobs", "/jobs?outcome=failed&since=30d", "/jobs?publisher=city-7&since=30d", "/sources", "/sources?sort=new&page=5", "/source/source-0500",
		"/channels", "/locales", "/processes", "/configuration", "/audit", "/readyz",
	} {
		b.Run(strings.ReplaceAll(path, "/", "_"), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
				took = append(took, time.Since(start))
				if w.Code != http.StatusOK {
					b.Fatalf("status %d: %.300s", w.Code, w.Body)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

func manySourcesSite(b *testing.B) http.Handler {
	b.Helper()
	var text strings.Builder
	text.WriteString("site: {id: many, url: https://many.example}\npublishers:\n")
	for i := range manySources / 4 {
		fmt.Fprintf(&text, "  - {key: city-%d, name: {en: City %d}, language: ja, time_zone: Asia/Tokyo}\n", i, i)
	}
	text.WriteString("sources:\n")
	for i := range manySources {
		fmt.Fprintf(&text, "  - {id: source-%04d, publisher: city-%d, kind: feed, url: \"https://city-%d.example/%d.xml\", schedule: \"7 * * * *\"}\n", i, i/4, i/4, i)
	}
	c, bundle, faults := checkConfiguration("many.yaml", []byte(text.String()))
	if len(faults) > 0 {
		b.Fatal(faults[0])
	}
	db, err := store.Open(b.Context(), storetest.SQLite(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	fillRuns(b, db)
	loaded := &setup{name: "many.yaml", config: c, bundle: bundle}
	return ops.Handler(ops.Config{
		Status: status{db: db, setup: func() *setup { return loaded }, metrics: newJobMetrics(), counted: &counted{}},
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// fillRuns gives each source its past: every seventh run brought something, every fiftieth
// failed, and one source fails for ever.
func fillRuns(b *testing.B, db *store.DB) {
	b.Helper()
	now := time.Now().UnixMilli()
	for _, text := range []string{
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO runs (source, started_ms, took_ms, outcome, status, bytes, added, changed, withdrawn, unchanged, error, problems)
			SELECT printf('source-%%04d', i %% 1000), %d - (%d - i) * 3600, 300, CASE WHEN (i / 1000 + i) %% 50 = 0 THEN 'failed' WHEN (i / 1000 + i) %% 7 = 0 THEN 'ok' ELSE 'unchanged' END,
			200, 8000, CASE WHEN (i / 1000 + i) %% 50 > 0 AND (i / 1000 + i) %% 7 = 0 THEN 2 ELSE 0 END, 0, 0, 30, CASE WHEN (i / 1000 + i) %% 50 = 0 THEN 'no answer within 30 s' ELSE '' END, '[]' FROM n`,
			manySources*manyDays*24-1, now, manySources*manyDays*24),
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
			INSERT INTO source_states (id, address, etag, last_modified, final_url, digest, next_due_ms, last_run_ms, last_success_ms, failures, outcome, extra, missing)
			SELECT printf('source-%%04d', i), '', '', '', '', '', %[1]d + i * 3000, %[1]d - i * 3000, %[1]d - i * 3000, CASE WHEN i %% 50 = 0 THEN 1 ELSE 0 END, 'unchanged', '', 0 FROM n`, now),
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 364999)
			INSERT INTO source_days (source, day, runs, failed, added, bytes) SELECT printf('source-%%04d', i %% 1000), %d - i / 1000, 24, i %% 3, i %% 5, 90000 FROM n`, now/1000/secondsPerDay),
	} {
		if _, err := db.Writer().ExecContext(context.Background(), text); err != nil {
			b.Fatal(err)
		}
	}
}
