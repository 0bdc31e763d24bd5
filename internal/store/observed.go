package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ledger"
)

// What is seen of the database and of the job engine, for who watches. The engine's tables are
// River's own; its columns of time are of another type on each engine, so that these are the
// statements that have two texts.

// millisOf returns an expression for the milliseconds of Unix time of a column of River's.
func (db *DB) millisOf(column string) string {
	if db.engine == SQLite {
		return `CAST(unixepoch(` + column + `, 'subsec') * 1000 AS INTEGER)`
	}
	return `CAST(extract(epoch FROM ` + column + `) * 1000 AS BIGINT)`
}

// Leader returns the process that leads the job engine, and until when unless it goes on to;
// "" if none does.
func (db *DB) Leader(ctx context.Context) (id string, until time.Time, err error) {
	var ms int64
	_, err = db.read().one(ctx, []any{&id, &ms}, `SELECT leader_id, `+db.millisOf("expires_at")+` FROM river_leader`)
	if err != nil {
		return "", time.Time{}, fmt.Errorf("read who leads the jobs: %w", err)
	}
	return id, ledger.FromMillis(ms), nil
}

// Queue returns how the jobs are.
func (db *DB) Queue(ctx context.Context) (q flow.Queue, err error) {
	var oldest int64
	_, err = db.read().one(ctx, []any{&q.Waiting, &oldest, &q.Discarded}, `SELECT count(*) FILTER (WHERE state = 'available'),
		coalesce(min(CASE WHEN state = 'available' THEN `+db.millisOf("scheduled_at")+` END), 0), count(*) FILTER (WHERE state = 'discarded')
		FROM river_job WHERE state IN ('available', 'discarded')`)
	if err != nil {
		return q, fmt.Errorf("read how many jobs wait: %w", err)
	}
	q.Oldest = ledger.FromMillis(oldest)
	return q, nil
}

// Clock returns how far the database's clock is ahead of this process's, to within half of the
// time that it takes to ask; always 0 on SQLite, which has none.
func (db *DB) Clock(ctx context.Context) (ahead time.Duration, err error) {
	if db.engine == SQLite {
		return 0, nil
	}
	var ms int64
	asked := time.Now()
	if _, err = db.read().one(ctx, []any{&ms}, `SELECT `+db.millisOf("clock_timestamp()")); err != nil {
		return 0, fmt.Errorf("ask for the database's time: %w", err)
	}
	took := time.Since(asked)
	return time.UnixMilli(ms).Sub(asked.Add(took / 2).Round(0)), nil
}

// Facts returns how the database is: its sizes, its connections, and whether it can be written
// as far as is known. On PostgreSQL it adds up the sizes of files: call it once a minute.
func (db *DB) Facts(ctx context.Context) (f flow.Database, err error) {
	f.Engine, f.Behind = string(db.engine), db.Behind()
	if db.engine == SQLite {
		f.Size, err = sizeOf(db.file)
		if err == nil {
			f.Log, err = sizeOf(db.file + "-wal")
		}
	} else {
		_, err = db.read().one(ctx, []any{&f.Size, &f.Connections, &f.ConnectionsLimit}, `SELECT pg_database_size(current_database()),
			(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), CAST(current_setting('max_connections') AS BIGINT)`)
	}
	if err != nil {
		return f, fmt.Errorf("read how large the database is: %w", err)
	}
	return f, nil
}

func sizeOf(file string) (int64, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, err
	}
	return info.Size(), nil
}

// Path is where a SQLite database lies; "" for PostgreSQL.
func (db *DB) Path() string { return db.file }

// SourceSeen is what who watches has to know of a source's state.
type SourceSeen struct {
	Address                                string
	NextDue, LastRun, LastSuccess, LastNew time.Time
	Failures                               int
	Outcome                                string
	Seen                                   string // see [SourceState]
}

// SourcesSeen returns what who watches has to know of each source that was ever collected, by
// id. It leaves the large parts of their states where they are.
func (db *DB) SourcesSeen(ctx context.Context) (map[string]SourceSeen, error) {
	all := map[string]SourceSeen{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var id string
		var s SourceSeen
		var due, run, success, arrived int64
		err := rows.Scan(&id, &s.Address, &due, &run, &success, &arrived, &s.Failures, &s.Outcome, &s.Seen)
		s.NextDue, s.LastRun, s.LastSuccess, s.LastNew = ledger.FromMillis(due), ledger.FromMillis(run), ledger.FromMillis(success), ledger.FromMillis(arrived)
		all[id] = s
		return err
	}, `SELECT id, address, next_due_ms, last_run_ms, last_success_ms, last_new_ms, failures, outcome, seen FROM source_states`)
	if err != nil {
		return nil, fmt.Errorf("read how the sources are: %w", err)
	}
	return all, nil
}

// LanguagesOf counts the languages of articles, by their numbers.
func (db *DB) LanguagesOf(ctx context.Context, articles []int64) (map[string]int, error) {
	all := map[string]int{}
	if len(articles) == 0 {
		return all, nil
	}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var language string
		var n int
		err := rows.Scan(&language, &n)
		all[language] = n
		return err
	}, `SELECT language, count(*) FROM articles WHERE id = ANY($1) GROUP BY language`, articles)
	if err != nil {
		return nil, fmt.Errorf("read the languages of %d articles: %w", len(articles), err)
	}
	return all, nil
}

// LastPublished returns when any channel was published last; zero if none was.
func (db *DB) LastPublished(ctx context.Context) (time.Time, error) {
	var at int64
	if _, err := db.read().one(ctx, []any{&at}, `SELECT coalesce(max(published_ms), 0) FROM marks`); err != nil {
		return time.Time{}, fmt.Errorf("read when a channel was published: %w", err)
	}
	return ledger.FromMillis(at), nil
}

// FailingPublications returns the publications that failed and are tried again, by channel.
func (db *DB) FailingPublications(ctx context.Context) (map[string]flow.Failure, error) {
	args, last := `CAST(args AS TEXT)`, `coalesce(errors[array_upper(errors, 1)] ->> 'error', '')`
	if db.engine == SQLite {
		args, last = `json(args)`, `coalesce(json_extract(errors, '$[#-1].error'), '')`
	}
	all := map[string]flow.Failure{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var text, why string
		var attempts int
		var created, attempted int64
		if err := rows.Scan(&text, &attempts, &created, &attempted, &why); err != nil {
			return err
		}
		var job struct {
			Channel string `json:"channel"`
		}
		if err := json.Unmarshal([]byte(text), &job); err != nil {
			return fmt.Errorf("a job to publish: %w", err)
		}
		all[job.Channel] = flow.Failure{At: ledger.FromMillis(attempted), Since: ledger.FromMillis(created), Count: attempts, Error: why}
		return nil
	}, `SELECT `+args+`, attempt, `+db.millisOf("created_at")+`, coalesce(`+db.millisOf("attempted_at")+`, 0), `+last+` FROM river_job
		WHERE state IN ('available', 'retryable', 'running', 'scheduled') AND kind = 'publish'
		AND attempt > CASE WHEN state = 'running' THEN 1 ELSE 0 END AND errors IS NOT NULL`)
	if err != nil {
		return nil, fmt.Errorf("read which publications fail: %w", err)
	}
	return all, nil
}
