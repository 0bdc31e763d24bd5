package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

// RunQuery says which runs are asked for.
type RunQuery struct {
	// Sources are those whose runs are meant; nil is all.
	Sources []string
	Outcome string // "" is any
	// Since is when they started at the earliest.
	Since time.Time
	// Before is a run, by its start and its ID, behind which those that are returned come;
	// the zero value begins with the newest.
	Before Run
	Limit  int
}

// History returns runs, the newest first.
func (db *DB) History(ctx context.Context, q RunQuery) ([]Run, error) {
	var runs []Run
	var before, id int64 = 1<<62 - 1, 0
	if !q.Before.Started.IsZero() {
		before, id = ledger.Millis(q.Before.Started), q.Before.ID
	}
	text := `SELECT id, ` + runColumns + ` FROM runs WHERE started_ms >= $1 AND started_ms <= $2 AND (started_ms < $2 OR id < $3)`
	args := []any{ledger.Millis(q.Since), before, id}
	and := func(condition string, value any) {
		args = append(args, value)
		text += fmt.Sprintf(condition, len(args))
	}
	switch {
	case len(q.Sources) == 1: // its own runs are fewer than all since then
		and(` AND source = $%d`, q.Sources[0])
	case q.Sources != nil:
		and(` AND source = ANY($%d)`, q.Sources)
	}
	if q.Outcome != "" {
		and(` AND outcome = $%d`, q.Outcome)
	}
	and(` ORDER BY started_ms DESC, id DESC LIMIT $%d`, q.Limit)
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		r, err := scanRun(rows)
		runs = append(runs, r)
		return err
	}, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the history of runs: %w", err)
	}
	return runs, nil
}

// CountSince sums up a source's runs since a time; the day is not set.
func (db *DB) CountSince(ctx context.Context, source string, since time.Time) (SourceDay, error) {
	d := SourceDay{Source: source}
	_, err := db.read().one(ctx, []any{&d.Runs, &d.Failed, &d.New, &d.Bytes},
		`SELECT count(*), count(*) FILTER (WHERE outcome = $3), CAST(coalesce(sum(added), 0) AS BIGINT), CAST(coalesce(sum(bytes), 0) AS BIGINT)
		FROM (SELECT started_ms, outcome, added, bytes FROM runs WHERE source = $1 ORDER BY id DESC LIMIT 2000) latest WHERE started_ms >= $2`, source, ledger.Millis(since), RunFailed)
	if err != nil {
		return d, fmt.Errorf("count the runs of source %s: %w", source, err)
	}
	return d, nil
}

// QueuedJob is a job that runs, or waits to.
type QueuedJob struct {
	ID   int64
	Kind string
	// About is the host or the channel; "" where there is one of its kind.
	About string
	// State is "running", "available" (it could run), "scheduled" or "retryable" (not yet).
	State string
	// Scheduled is since when it could run, or when it can; Attempted is when it began last,
	// zero if it never did.
	Scheduled, Attempted time.Time
	Attempt              int
}

// QueuedJobs returns jobs that run or wait to, at most so many: those that run first, then
// those that have waited longest.
func (db *DB) QueuedJobs(ctx context.Context, limit int) ([]QueuedJob, error) {
	var all []QueuedJob
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var j QueuedJob
		var scheduled, attempted sql.NullTime
		err := rows.Scan(&j.ID, &j.Kind, &j.About, &j.State, &scheduled, &attempted, &j.Attempt)
		j.Scheduled, j.Attempted = scheduled.Time, attempted.Time
		all = append(all, j)
		return err
	}, `SELECT id, kind, coalesce(args ->> 'host', args ->> 'channel', ''), state, scheduled_at, attempted_at, attempt FROM river_job
		WHERE state IN ('running', 'available', 'scheduled', 'retryable', 'pending')
		ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'available' THEN 1 ELSE 2 END, scheduled_at, id LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("read the jobs that run or wait: %w", err)
	}
	return all, nil
}

// FirstSeen is a version of a story that was first seen lately.
type FirstSeen struct {
	Story, Language string
	Seen            time.Time
}

// FirstSeenSince returns the published articles that were first seen since a time. It reads
// a whole table: call it once a minute, not once a request.
func (db *DB) FirstSeenSince(ctx context.Context, since time.Time) ([]FirstSeen, error) {
	var all []FirstSeen
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var f FirstSeen
		var seen int64
		err := rows.Scan(&f.Story, &f.Language, &seen)
		f.Seen = ledger.FromMillis(seen)
		all = append(all, f)
		return err
	}, `SELECT story, language, first_seen_ms FROM articles WHERE first_seen_ms >= $1 AND withdrawn_ms = 0 ORDER BY id`, ledger.Millis(since))
	if err != nil {
		return nil, fmt.Errorf("read what was first seen lately: %w", err)
	}
	return all, nil
}
