package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// ErrNoCopy says that a database is copied by other means.
var ErrNoCopy = errors.New("PostgreSQL has a backup of its own: pg_dump (docs/operators.md says how to restore it, too)")

// progressEvery is how often it is told how much of a copy is written.
const progressEvery = 200 * time.Millisecond

// CopyTo writes the database as it is at one moment to a file, which must be empty or not
// there, while it is read and written: nobody waits for it. What the file holds is checked,
// and on the disk. written, where it is not nil, is told now and then how many bytes are.
//
// While it runs SQLite's write-ahead log can't be cut, so that it grows by what is written
// meanwhile.
func (db *DB) CopyTo(ctx context.Context, path string, written func(bytes int64)) error {
	if db.engine != SQLite {
		return ErrNoCopy
	}
	if err := db.copyTo(ctx, path, written); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}

func (db *DB) copyTo(ctx context.Context, path string, written func(int64)) error {
	// A connection of its own: neither the one that writes nor those that answer readers.
	by, err := sql.Open("sqlite", fileName(db.file)+"?_pragma=busy_timeout(5000)&_pragma=cache_size(-2000)")
	if err != nil {
		return err
	}
	defer by.Close()
	done := make(chan struct{})
	told := make(chan struct{})
	go func() {
		defer close(told)
		tell(path, written, done)
	}()
	_, err = by.ExecContext(ctx, `VACUUM INTO '`+quoted(path)+`'`)
	close(done)
	<-told
	if err != nil {
		return err
	}
	if err := CheckFile(ctx, path); err != nil {
		return err
	}
	return syncFile(path)
}

// tell tells how large a file has become until that is enough.
func tell(path string, written func(int64), done <-chan struct{}) {
	if written == nil {
		return
	}
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			if info, err := os.Stat(path); err == nil {
				written(info.Size())
			}
		}
	}
}

// syncFile waits until a file is on the disk.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// fileName names a file for SQLite.
func fileName(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// CheckFile tells what is wrong with a file that is to be a whole database of this program,
// at rest: it may be read, and nothing is written.
func CheckFile(ctx context.Context, path string) error {
	if err := checkFile(ctx, path); err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	return nil
}

func checkFile(ctx context.Context, path string) error {
	by, err := sql.Open("sqlite", fileName(path)+"?immutable=1&mode=ro&_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer by.Close()
	rows, err := by.QueryContext(ctx, `PRAGMA integrity_check(5)`)
	if err != nil {
		return fmt.Errorf("it is no database, or a damaged one: %w", err)
	}
	defer rows.Close()
	var faults []string
	for rows.Next() {
		var fault string
		if err := rows.Scan(&fault); err != nil {
			return err
		}
		if fault != "ok" {
			faults = append(faults, fault)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("it is no database, or a damaged one: %w", err)
	}
	if len(faults) > 0 {
		return fmt.Errorf("it is damaged: %s", strings.Join(faults, "; "))
	}
	var tables int
	if err := by.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('goose_db_version', 'log', 'articles')`).Scan(&tables); err != nil {
		return err
	}
	if tables < 3 {
		return errors.New("it is a database, but none of Kairan's")
	}
	return nil
}

// Alone makes one file of a database that nobody uses, with what stands in its write-ahead
// log. It is an error, and nothing has changed, while a process uses it.
func Alone(ctx context.Context, path string) error {
	by, err := sql.Open("sqlite", fileName(path)+"?_pragma=busy_timeout(0)")
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer by.Close()
	conn, err := by.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	defer conn.Close()
	if err := leaveLog(ctx, conn); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// IsInUse reports whether an error says that another process uses a database.
func IsInUse(err error) bool { return errors.Is(err, errInUse) }

// SyncFolder waits until the names in a folder are on the disk.
func SyncFolder(path string) error {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// backupsKey is where the store keeps when it was copied.
const backupsKey = "backup.times"

// NoteBackup keeps when the database was copied, beside the last times before.
func (db *DB) NoteBackup(ctx context.Context, at time.Time) error {
	times, err := db.Backups(ctx)
	if err != nil {
		return err
	}
	times = append(times, at)
	ms := make([]int64, 0, flow.BackupsKept)
	for _, t := range times[max(0, len(times)-flow.BackupsKept):] {
		ms = append(ms, t.UnixMilli())
	}
	text, err := json.Marshal(ms)
	if err != nil {
		return fmt.Errorf("keep when the database was copied: %w", err)
	}
	return db.SetMeta(ctx, backupsKey, string(text))
}

// Backups returns when the database was copied last, the oldest first: as often as
// [flow.BackupsKept] at most, and none if that is not known.
func (r Reader) Backups(ctx context.Context) ([]time.Time, error) {
	value, err := r.Meta(ctx, backupsKey)
	if err != nil || value == "" {
		return nil, err
	}
	var all []int64
	if err := json.Unmarshal([]byte(value), &all); err != nil {
		return nil, fmt.Errorf("read when the database was copied: %w", err)
	}
	times := make([]time.Time, len(all))
	for n, ms := range all {
		times[n] = time.UnixMilli(ms)
	}
	return times, nil
}
