package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
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

// Rhythm returns what was learned of a source; the zero value if nothing was.
func (db *DB) Rhythm(ctx context.Context, source string) (r flow.Rhythm, err error) {
	var body string
	ok, err := db.read().one(ctx, []any{&body}, `SELECT body FROM rhythms WHERE source = $1`, source)
	if ok && err == nil {
		err = json.Unmarshal([]byte(body), &r)
	}
	if err != nil {
		return flow.Rhythm{}, fmt.Errorf("read the rhythm of source %s: %w", source, err)
	}
	return r, nil
}

// RhythmTimes returns when the rhythm of each source was learned.
func (db *DB) RhythmTimes(ctx context.Context) (map[string]time.Time, error) {
	all := map[string]time.Time{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var source string
		var learned int64
		err := rows.Scan(&source, &learned)
		all[source] = ledger.FromMillis(learned)
		return err
	}, `SELECT source, learned_ms FROM rhythms`)
	if err != nil {
		return nil, fmt.Errorf("read when rhythms were learned: %w", err)
	}
	return all, nil
}

// PruneRhythms deletes what was learned of all other sources than these.
func (db *DB) PruneRhythms(ctx context.Context, sources []string) error {
	return db.change(ctx, "forget the rhythms of other sources", `DELETE FROM rhythms WHERE NOT (source = ANY($1))`, sources)
}

// PruneDays deletes what sources brought before a day.
func (db *DB) PruneDays(ctx context.Context, before int64) error {
	return db.change(ctx, "forget what sources brought long ago", `DELETE FROM source_days WHERE day < $1`, before)
}

// PrunePauses deletes pauses that have ended.
func (db *DB) PrunePauses(ctx context.Context, now time.Time) error {
	return db.change(ctx, "delete pauses that have ended", `DELETE FROM pauses WHERE until_ms <= $1`, ledger.Millis(now))
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

// countBatch is how many sources' sums of a day one transaction stores.
const countBatch = 500

// CountDays counts the runs of each UTC day from one up to another, of all sources, and
// stores the sums in the place of older ones. It counts beside the writer.
func (db *DB) CountDays(ctx context.Context, from, until int64) error {
	for day := from; day < until; day++ {
		if err := db.countDay(ctx, day); err != nil {
			return fmt.Errorf("count the runs of a day: %w", err)
		}
	}
	return nil
}

func (db *DB) countDay(ctx context.Context, day int64) error {
	var sums [][]any
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var source string
		var runs, failed, added, bytes int64
		err := rows.Scan(&source, &runs, &failed, &added, &bytes)
		sums = append(sums, []any{source, day, runs, failed, added, bytes})
		return err
	}, `SELECT source, count(*), count(*) FILTER (WHERE outcome = $3), CAST(sum(added) AS BIGINT), CAST(sum(bytes) AS BIGINT)
		FROM runs WHERE started_ms >= $1 AND started_ms < $2 GROUP BY source ORDER BY source`, day*msPerDay, (day+1)*msPerDay, RunFailed)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(sums, countBatch) {
		err := db.write(ctx, func(ctx context.Context, s session) error {
			return s.insert(ctx, `INSERT INTO source_days (source, day, runs, failed, added, bytes)`, batch,
				`ON CONFLICT (source, day) DO UPDATE SET runs = excluded.runs, failed = excluded.failed, added = excluded.added, bytes = excluded.bytes`, nil)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Days returns what a source brought on each day since one, the oldest first; of all sources
// where it is "".
func (db *DB) Days(ctx context.Context, source string, since int64) ([]SourceDay, error) {
	// Apart, since no index serves both.
	text, args := `SELECT source, day, runs, failed, added, bytes FROM source_days WHERE day >= $1 ORDER BY day, source`, []any{since}
	if source != "" {
		text, args = `SELECT source, day, runs, failed, added, bytes FROM source_days WHERE source = $1 AND day >= $2 ORDER BY day`, []any{source, since}
	}
	var all []SourceDay
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var d SourceDay
		err := rows.Scan(&d.Source, &d.Day, &d.Runs, &d.Failed, &d.New, &d.Bytes)
		all = append(all, d)
		return err
	}, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the days of source %q: %w", source, err)
	}
	return all, nil
}
