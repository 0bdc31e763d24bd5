package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// A database that can't be written may well be read: the site is served then, and
// what writes waits. This is the one place that knows such an error of either engine,
// and the one that remembers it: see [DB.Noted], [DB.Writable] and [DB.TryWriting].

// Cause is why a database can't be written.
type Cause string

// The causes.
const (
	DiskFull  Cause = "disk-full"
	ReadOnly  Cause = "read-only"  // by permissions, by its mount, or since it is a standby
	DiskFails Cause = "disk-fails" // the disk, a quota, or something else that the system refuses
)

// Unwritable is the error of a write that the database could not make, and of every
// one that it is spared since. Nothing that was stored is lost by it, and nothing of
// its transaction is stored.
type Unwritable struct {
	Cause Cause
	// File is the SQLite file; "" for PostgreSQL.
	File string
	Err  error
}

// Error says where and what to do, in one line.
func (u *Unwritable) Error() string {
	return u.what() + "; nothing that was stored is lost (" + u.Err.Error() + ")"
}

// Unwrap returns the engine's own error.
func (u *Unwritable) Unwrap() error { return u.Err }

func (u *Unwritable) what() string {
	if u.File == "" {
		switch u.Cause {
		case DiskFull:
			return "PostgreSQL's disk is full: free some space there"
		case ReadOnly:
			return "PostgreSQL takes no writes, as a standby does: name the primary as the storage, or see who set default_transaction_read_only"
		}
		return "PostgreSQL can't write its files: look at its disk and into its log"
	}
	switch u.Cause {
	case DiskFull:
		return "the disk of " + u.File + " is full: free some space there"
	case ReadOnly:
		return u.File + " can't be written: see that its disk is mounted for writing, and that this user may write the file and its folder"
	}
	return u.File + " can't be written: see that its disk is not full, of data or of inodes, and is mounted for writing, that no quota or limit is reached, and that this user may write the file and its folder"
}

// cause returns why an error says that the database can't be written; "" for an error
// of any other kind.
func cause(err error) Cause {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		// https://www.postgresql.org/docs/current/errcodes-appendix.html
		switch pg.Code {
		case "53100": // disk_full
			return DiskFull
		case "25006": // read_only_sql_transaction
			return ReadOnly
		case "58030": // io_error
			return DiskFails
		}
		return ""
	}
	lite, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return ""
	}
	// https://www.sqlite.org/rescode.html: the low byte is the kind.
	switch code := lite.Code(); {
	case code&0xff == sqlite3.SQLITE_FULL, code == sqlite3.SQLITE_IOERR_SHMSIZE: // the index of the log could not grow
		return DiskFull
	case code&0xff == sqlite3.SQLITE_READONLY, code&0xff == sqlite3.SQLITE_PERM:
		return ReadOnly
	case code&0xff == sqlite3.SQLITE_IOERR, code&0xff == sqlite3.SQLITE_CANTOPEN:
		return DiskFails
	}
	return ""
}

// Noted takes note of the error of a write, and returns it as [Unwritable] where that
// is what it says. Other errors it returns as they are. The store's own writes come
// through here by themselves; the job engine's have to be told.
func (db *DB) Noted(err error) error {
	if err == nil {
		return nil
	}
	err = db.explained(err)
	if u, ok := errors.AsType[*Unwritable](err); ok {
		db.trouble.began(u, time.Now())
	}
	return err
}

// explained returns an error as [Unwritable] where that is what it says.
func (db *DB) explained(err error) error {
	if _, already := errors.AsType[*Unwritable](err); already {
		return err
	}
	if c := cause(err); c != "" {
		return &Unwritable{Cause: c, File: db.file, Err: err}
	}
	return err
}

// Writable returns nil while the database can be written, as far as is known, and an
// [Unwritable] from a write that failed to an attempt of [DB.TryWriting] that didn't.
func (db *DB) Writable() error {
	if u := db.trouble.state(); u != nil {
		return u
	}
	return nil
}

// TryWriting finds out whether the database can be written, by writing: first its schema,
// where there was no room for that ([DB.Behind]). Where that is
// known to be impossible it is tried once a second; or less and less often, down to
// once in a minute, if attempts succeed and what follows them does not.
func (db *DB) TryWriting(ctx context.Context) error {
	if !db.trouble.due(time.Now()) {
		return db.Writable()
	}
	size, known := 1, db.trouble.state()
	if known != nil {
		size = much
		if known.Cause == ReadOnly {
			db.reconnect()
		}
		// What the log holds may fit into the file as that is, which leaves room in the log.
		db.checkpoints.make(ctx)
	}
	if err := db.catchUp(ctx); err != nil {
		return err
	}
	if err := db.putAndRemove(ctx, size); err != nil {
		if u, ok := errors.AsType[*Unwritable](err); ok {
			return u
		}
		return fmt.Errorf("try to write: %w", err)
	}
	if known != nil {
		db.trouble.ended(time.Now())
	}
	return nil
}

// reconnect has writes made by connections that are new: one that was opened to a file
// that it might only read, or to a server that was a standby, stays so.
func (db *DB) reconnect() {
	if db.pgx != nil {
		db.pgx.Reset()
		return
	}
	db.writer.SetMaxIdleConns(0) // closes it
	db.writer.SetMaxIdleConns(1)
}

// much is how many bytes must find room before the database counts as written again: about
// as many as the largest transactions write, or a disk that has room for a row, and for no
// document, would do.
const much = 1 << 20

// tryKey is where attempts write. Nothing is left there.
const tryKey = "store.try"

func (db *DB) putAndRemove(ctx context.Context, size int) error {
	random := make([]byte, (size+1)/2) // or a file system may compress it to nothing
	_, _ = rand.Read(random)           // it never fails
	if err := db.SetMeta(ctx, tryKey, hex.EncodeToString(random)); err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, s session) error {
		_, err := s.exec(ctx, `DELETE FROM meta WHERE key = $1`, tryKey)
		return err
	})
}

// How long lies between two attempts to write. Trouble that is back within calm gets
// twice the rest.
const (
	leastRest = time.Second
	mostRest  = time.Minute
	calm      = 2 * mostRest
)

// trouble is what is known of whether the database can be written.
type trouble struct {
	mu     sync.Mutex
	now    *Unwritable // nil while it can be written
	tried  time.Time   // the last attempt, or the beginning
	rest   time.Duration
	overAt time.Time // when the last trouble ended
}

func (t *trouble) state() *Unwritable {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}

func (t *trouble) began(u *Unwritable, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now == nil {
		t.tried = now
		if now.Sub(t.overAt) < calm {
			t.rest = min(2*t.rest, mostRest)
		} else {
			t.rest = leastRest
		}
	}
	t.now = u
}

// due reports whether to try again, and counts that as an attempt.
func (t *trouble) due(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now != nil && now.Sub(t.tried) < t.rest {
		return false
	}
	t.tried = now
	return true
}

func (t *trouble) ended(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now, t.overAt = nil, now
}
