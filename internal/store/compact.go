package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Space is what a SQLite file takes.
type Space struct {
	// Bytes is the file's size, Free how much of it holds nothing.
	Bytes, Free int64
}

// ErrNotSQLite says that a database looks after its space by itself.
var ErrNotSQLite = errors.New("PostgreSQL gives space back by itself (autovacuum); run VACUUM FULL there if it must be at once")

// Space returns what the database's file takes; [ErrNotSQLite] on PostgreSQL.
func (db *DB) Space(ctx context.Context) (Space, error) {
	if db.engine != SQLite {
		return Space{}, ErrNotSQLite
	}
	var size, pages, free int64
	if _, err := db.read().one(ctx, []any{&size, &pages, &free},
		`SELECT s.page_size, c.page_count, f.freelist_count FROM pragma_page_size s, pragma_page_count c, pragma_freelist_count f`); err != nil {
		return Space{}, fmt.Errorf("measure the database: %w", err)
	}
	return Space{Bytes: pages * size, Free: free * size}, nil
}

// Compact writes the database's file anew without what holds nothing. It needs twice the
// room of what the file holds, in its folder, and nobody else may use the file: while
// another process does, it is an error and nothing has changed.
func (db *DB) Compact(ctx context.Context) error {
	if db.engine != SQLite {
		return ErrNotSQLite
	}
	if err := db.compact(ctx); err != nil {
		return fmt.Errorf("compact the database: %w", db.Noted(err))
	}
	return nil
}

func (db *DB) compact(ctx context.Context) (err error) {
	if err := db.checkpoints.close(); err != nil {
		return err
	}
	db.checkpoints = nil
	if err := db.reader.Close(); err != nil {
		return err
	}
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// SQLite makes the new file where it keeps what is temporary, which may be a small
	// disk of its own. There is no other way to say where (https://sqlite.org/tempfiles.html).
	for _, text := range []string{
		`PRAGMA temp_store = 1`,
		`PRAGMA temp_store_directory = '` + quoted(filepath.Dir(db.file)) + `'`,
		`PRAGMA busy_timeout = 0`, // who uses the file will not end for us
		`PRAGMA locking_mode = EXCLUSIVE`,
	} {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	var busy, log, done int64
	if err := conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &done); err != nil {
		return inUse(err)
	}
	if busy != 0 {
		return errInUse
	}
	if err := leaveLog(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `VACUUM`); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
	return err
}

// leaveLog has SQLite write without a write-ahead log, which would take as much room
// again. It can only be left by who is alone with the file.
func leaveLog(ctx context.Context, conn *sql.Conn) error {
	var mode string
	if err := conn.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode); err != nil {
		return inUse(err)
	}
	if mode != "delete" {
		return errInUse
	}
	return nil
}

var errInUse = errors.New("another process uses the database; stop it first")

// inUse says of an error that somebody has the file open, if that is what it means.
func inUse(err error) error {
	if isBusy(err) {
		return errInUse
	}
	return err
}

// quoted doubles the quotation marks of a text within a statement.
func quoted(s string) string {
	var b []byte
	for i := range len(s) {
		if s[i] == '\'' {
			b = append(b, '\'')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// isBusy reports whether a file is in use by somebody else.
func isBusy(err error) bool {
	lite, ok := errors.AsType[*sqlite.Error](err)
	return ok && (lite.Code()&0xff == sqlite3.SQLITE_BUSY || lite.Code()&0xff == sqlite3.SQLITE_LOCKED)
}
