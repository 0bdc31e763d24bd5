package store

import (
	"context"
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
