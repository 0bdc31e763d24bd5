package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// Engine says which database stands behind a [DB].
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// DB is an open store. It is safe for concurrent use.
type DB struct {
	Reader

	engine  Engine
	writer  *pool
	reader  *pool         // the writer itself on PostgreSQL
	pgx     *pgxpool.Pool // nil on SQLite
	file    string        // SQLite: the database's own; "" on PostgreSQL
	migrate string        // SQLite: the file whose lock serializes migrations
	runs    runQueue
	trouble trouble
	behind  atomic.Bool // see [DB.Behind]

	checkpoints *checkpointer // nil on PostgreSQL
}

// Open opens the store at "sqlite:PATH" or "postgres://…" (or "postgresql://…").
// It creates a SQLite file and its folder where they are missing, but no tables: see [DB.Migrate].
//
// A SQLite file that is there is opened to be read also where it can't be written, as on
// a full disk; [DB.Writable] tells then.
//
// A PostgreSQL URL may set pgx's pool parameters, such as pool_max_conns (here by
// default 4 for each CPU and at least 16).
func Open(ctx context.Context, address string) (*DB, error) {
	var db *DB
	var err error
	switch scheme, rest, _ := strings.Cut(address, ":"); scheme {
	case "sqlite":
		db, err = openSQLite(rest)
	case "postgres", "postgresql":
		db, err = openPostgreSQL(ctx, address)
	default:
		return nil, fmt.Errorf("open store: %q is neither sqlite:PATH nor postgres://…: correct the storage setting", redacted(address))
	}
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", redacted(address), err)
	}
	if err := db.reach(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open store %s: %w", redacted(address), err)
	}
	return db, nil
}

// reachPatience is how long several processes may take to open one SQLite file at once.
const reachPatience = 5 * time.Second

// reach waits until the database answers. Where two connections make a new file one with a
// write-ahead log at the same time, SQLite says to one of them that it is busy, and does not
// wait (https://sqlite.org/c3ref/busy_handler.html).
func (db *DB) reach(ctx context.Context) error {
	for began := time.Now(); ; {
		err := db.Ping(ctx)
		if !isBusy(err) || time.Since(began) > reachPatience {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Exists tells whether there is something at an address to be opened, and makes
// nothing. A PostgreSQL database is there or can't be opened, so that it is taken to
// exist.
func Exists(address string) (bool, error) {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return true, nil
	}
	switch _, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for the store: %w", err)
	}
	return true, nil
}

// sqliteReaders is the number of connections that read beside each other.
const sqliteReaders = 4

func openSQLite(path string) (*DB, error) {
	if path == "" || strings.HasPrefix(path, ":") {
		return nil, errors.New("a file is needed, since several connections share it: give sqlite:PATH")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("make its folder: %w", err)
	}
	// Order does not matter here: the driver sets busy_timeout first. The writer's
	// cache holds the inner pages of every index; all else is left to the system's, since
	// each connection has a cache of its own, and a page of 4 KiB takes 8 in it (the
	// driver's allocator knows powers of two).
	common := "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=temp_store(2)"
	name := "file:" + (&url.URL{Path: path}).EscapedPath()

	// A checkpoint writes each page once however often it changed, and waits for the
	// disk: at every 128 MB rather than at every four, and for the most part beside the
	// writer; see checkpoint.go.
	writing, err := sqlite.NewConnector(name + common + "&_pragma=cache_size(-4000)&_pragma=journal_size_limit(134217728)&_pragma=wal_autocheckpoint(32000)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	writer := sql.OpenDB(keeping{writing})
	writer.SetMaxOpenConns(1)
	connector, err := newReadConnector(path, name, common+"&_pragma=cache_size(-500)&_pragma=query_only(1)")
	if err != nil {
		writer.Close()
		return nil, err
	}
	reader := sql.OpenDB(connector)
	checkpoints, err := sql.Open("sqlite", name+common+"&_pragma=cache_size(-100)")
	if err != nil {
		writer.Close()
		reader.Close()
		return nil, err
	}
	checkpoints.SetMaxOpenConns(1)
	file, err := filepath.Abs(path)
	if err != nil {
		file = path
	}
	reader.SetMaxOpenConns(sqliteReaders)
	reader.SetMaxIdleConns(sqliteReaders)
	readers := newPool(reader, SQLite)
	return &DB{
		Reader:  Reader{session{pool: readers}},
		engine:  SQLite,
		writer:  newPool(writer, SQLite),
		reader:  readers,
		file:    file,
		migrate: name + "-migrate?_pragma=busy_timeout(60000)&_txlock=exclusive",

		checkpoints: newCheckpointer(checkpoints),
	}, nil
}

func openPostgreSQL(ctx context.Context, address string) (*DB, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = int32(max(16, 4*runtime.GOMAXPROCS(0)))
	}
	if !strings.Contains(address, "pool_min_conns") {
		config.MinConns = 2 // so that the first jobs need not wait for a handshake each
	}
	if _, ok := config.ConnConfig.RuntimeParams["application_name"]; !ok {
		config.ConnConfig.RuntimeParams["application_name"] = "kairan"
	}
	shared, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	p := newPool(stdlib.OpenDBFromPool(shared), PostgreSQL)
	return &DB{Reader: Reader{session{pool: p}}, engine: PostgreSQL, writer: p, reader: p, pgx: shared}, nil
}

// Engine returns the database's kind.
func (db *DB) Engine() Engine { return db.engine }

// Writer returns the pool that writes. On SQLite it holds one connection, and it
// is the one that the job engine has to share.
func (db *DB) Writer() *sql.DB { return db.writer.DB }

// Pool returns the pgx pool for the job engine to share; nil on SQLite.
func (db *DB) Pool() *pgxpool.Pool { return db.pgx }

// Ping tells whether the database answers, for reading and for writing. That it can't be
// written is no error of Ping's: see [DB.Writable].
func (db *DB) Ping(ctx context.Context) error {
	if err := db.reader.PingContext(ctx); err != nil {
		return fmt.Errorf("reach the database: %w", db.explained(err))
	}
	// SQLite's one connection for writing is asked where it has nothing to do: one at work is
	// there, and to wait for its turn tells no more. That one hangs is seen by who writes.
	if db.reader != db.writer && db.writer.Stats().InUse == 0 {
		err := db.Noted(db.writer.PingContext(ctx))
		if _, unwritable := errors.AsType[*Unwritable](err); err != nil && !unwritable {
			return fmt.Errorf("reach the database for writing: %w", err)
		}
	}
	return nil
}

// Close waits for running statements and closes the connections.
func (db *DB) Close() error {
	var errs []error
	errs = append(errs, db.checkpoints.close())
	if db.reader != db.writer {
		errs = append(errs, db.reader.Close())
	}
	errs = append(errs, db.writer.Close())
	if db.pgx != nil {
		db.pgx.Close()
	}
	return errors.Join(errs...)
}

// redacted hides the password of an address.
func redacted(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Redacted()
	}
	return strings.SplitN(address, ":", 2)[0] + ":…"
}
