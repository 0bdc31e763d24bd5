package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Rhythms returns what was learned of when sources bring something new, by source.
func (db *DB) Rhythms(ctx context.Context) (map[string]flow.Rhythm, error) {
	return db.RhythmsSince(ctx, time.Time{})
}

// RhythmsSince returns what was learned since a time, that included.
func (db *DB) RhythmsSince(ctx context.Context, since time.Time) (map[string]flow.Rhythm, error) {
	all := map[string]flow.Rhythm{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var source, body string
		if err := rows.Scan(&source, &body); err != nil {
			return err
		}
		var r flow.Rhythm
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			return fmt.Errorf("rhythm of source %s: %w", source, err)
		}
		all[source] = r
		return nil
	}, `SELECT source, body FROM rhythms WHERE learned_ms >= $1`, ledger.Millis(since))
	if err != nil {
		return nil, fmt.Errorf("read the rhythms of sources: %w", err)
	}
	return all, nil
}

// PutRhythm stores what was learned of a source.
func (db *DB) PutRhythm(ctx context.Context, source string, r flow.Rhythm) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("store the rhythm of source %s: %w", source, err)
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO rhythms (source, learned_ms, body)`, [][]any{{source, ledger.Millis(r.Learned), string(body)}},
			`ON CONFLICT (source) DO UPDATE SET learned_ms = excluded.learned_ms, body = excluded.body`, nil)
	})
	if err != nil {
		return fmt.Errorf("store the rhythm of source %s: %w", source, err)
	}
	return nil
}

// Arrivals returns when a source's runs since a time brought something new, the oldest first.
func (db *DB) Arrivals(ctx context.Context, source string, since time.Time) ([]time.Time, error) {
	var all []time.Time
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var started int64
		err := rows.Scan(&started)
		all = append(all, ledger.FromMillis(started))
		return err
	}, `SELECT started_ms FROM runs WHERE source = $1 AND added > 0 AND started_ms >= $2 ORDER BY started_ms`, source, ledger.Millis(since))
	if err != nil {
		return nil, fmt.Errorf("read when source %s brought something new: %w", source, err)
	}
	return all, nil
}

// LastNew returns when each source last brought something new, as far as its runs are kept.
func (db *DB) LastNew(ctx context.Context) (map[string]time.Time, error) {
	all := map[string]time.Time{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var source string
		var started int64
		err := rows.Scan(&source, &started)
		all[source] = ledger.FromMillis(started)
		return err
	}, `SELECT source, max(started_ms) FROM runs WHERE added > 0 GROUP BY source`)
	if err != nil {
		return nil, fmt.Errorf("read when sources last brought something new: %w", err)
	}
	return all, nil
}

// SourceDay is what a source brought on a UTC day.
type SourceDay struct {
	Source       string
	Day          int64 // since 1970
	Runs, Failed int
	New          int
	Bytes        int64
}

// msPerDay divides milliseconds of Unix time into UTC days.
const msPerDay = 24 * 60 * 60 * 1000

// CountDays counts the runs of each UTC day from one up to another, of all sources, and
// stores the sums in the place of older ones.
func (db *DB) CountDays(ctx context.Context, from, until int64) error {
	for day := from; day < until; day++ {
		err := db.change(ctx, "count the runs of a day", `INSERT INTO source_days (source, day, runs, failed, added, bytes)
			SELECT source, CAST($1 AS BIGINT), count(*), count(*) FILTER (WHERE outcome = $4), sum(added), sum(bytes)
			FROM runs WHERE started_ms >= $2 AND started_ms < $3 GROUP BY source
			ON CONFLICT (source, day) DO UPDATE SET runs = excluded.runs, failed = excluded.failed, added = excluded.added, bytes = excluded.bytes`,
			day, day*msPerDay, (day+1)*msPerDay, RunFailed)
		if err != nil {
			return err
		}
	}
	return nil
}

// Days returns what a source brought on each day since one, the oldest first; of all sources
// where it is "".
func (db *DB) Days(ctx context.Context, source string, since int64) ([]SourceDay, error) {
	var all []SourceDay
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var d SourceDay
		err := rows.Scan(&d.Source, &d.Day, &d.Runs, &d.Failed, &d.New, &d.Bytes)
		all = append(all, d)
		return err
	}, `SELECT source, day, runs, failed, added, bytes FROM source_days WHERE (CAST($1 AS TEXT) = '' OR source = $1) AND day >= $2 ORDER BY day, source`, source, since)
	if err != nil {
		return nil, fmt.Errorf("read the days of source %q: %w", source, err)
	}
	return all, nil
}
