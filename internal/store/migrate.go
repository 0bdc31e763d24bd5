package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the tables of the store and of the job engine to the newest
// version. Any number of processes may call it at once: one migrates, the others
// wait for it and find nothing to do. A database with the schema of a newer program is
// refused ([Newer]). Where there is no room for it the error is an
// [Unwritable], and the database is read as it is if [DB.Behind] says so.
func (db *DB) Migrate(ctx context.Context) error {
	if err := db.checkNewer(ctx); err != nil {
		return err
	}
	if pending, err := db.Pending(ctx); err == nil && !pending {
		db.caughtUp()
		return nil
	}
	err := db.Writable()
	if err != nil {
		err = fmt.Errorf("migrate: the database has not this version's schema, and can't be given it: %w", err)
	} else {
		err = db.migrateTables(ctx)
	}
	if err == nil {
		db.caughtUp()
		return nil
	}
	if _, unwritable := errors.AsType[*Unwritable](err); unwritable {
		db.readBehind(ctx)
	}
	return err
}

func (db *DB) migrateTables(ctx context.Context) error {
	unlock, err := db.lockMigrations(ctx)
	if err != nil {
		return fmt.Errorf("migrate: wait for other processes to finish: %w", db.Noted(err))
	}
	defer unlock()

	provider, err := db.provider(db.writer.DB)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate the store's tables: %w", db.Noted(err))
	}
	if err := db.migrateRiver(ctx); err != nil {
		return fmt.Errorf("migrate the job engine's tables: %w", db.Noted(err))
	}
	return nil
}

// Pending tells whether [DB.Migrate] has something to do.
func (db *DB) Pending(ctx context.Context) (bool, error) {
	from := db.writer.DB
	if db.Writable() != nil {
		from = db.reader.DB // the writer may not even open
	}
	provider, err := db.provider(from)
	if err != nil {
		return false, fmt.Errorf("look for migrations: %w", err)
	}
	if pending, err := provider.HasPending(ctx); err != nil || pending {
		return pending, err
	}
	var result *rivermigrate.ValidateResult
	if db.engine == SQLite {
		migrator, e := rivermigrate.New(riversqlite.New(from), riverConfig())
		if e != nil {
			return false, e
		}
		result, err = migrator.Validate(ctx, nil)
	} else {
		migrator, e := rivermigrate.New(riverpgxv5.New(db.pgx), riverConfig())
		if e != nil {
			return false, e
		}
		result, err = migrator.Validate(ctx, nil)
	}
	if err != nil {
		return false, fmt.Errorf("look for the job engine's migrations: %w", err)
	}
	return !result.OK, nil
}

func (db *DB) provider(by *sql.DB) (*goose.Provider, error) {
	name := goose.DialectSQLite3
	if db.engine == PostgreSQL {
		name = goose.DialectPostgres
	}
	files, err := fs.Sub(migrations, "migrations/"+string(db.engine))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(name, by, files, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(db.filePermalinks()))
}

func (db *DB) migrateRiver(ctx context.Context) error {
	if db.engine == SQLite {
		migrator, err := rivermigrate.New(riversqlite.New(db.writer.DB), riverConfig())
		if err != nil {
			return err
		}
		_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(db.pgx), riverConfig())
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// riverConfig keeps the migrator from writing to standard output by itself.
func riverConfig() *rivermigrate.Config {
	return &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)}
}

// lockMigrations waits until no other process migrates. On PostgreSQL it holds an
// advisory lock on a connection of its own; on SQLite an exclusive transaction on
// a file beside the database, since goose needs the writing connection itself.
func (db *DB) lockMigrations(ctx context.Context) (unlock func(), err error) {
	if db.engine == SQLite {
		beside, err := sql.Open("sqlite", db.migrate)
		if err != nil {
			return nil, err
		}
		tx, err := beside.BeginTx(ctx, nil)
		if err != nil {
			beside.Close()
			return nil, err
		}
		return func() {
			tx.Rollback()
			beside.Close()
		}, nil
	}
	conn, err := db.pgx.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1::bigint)`, int64(lockMigrate)); err != nil {
		conn.Release()
		return nil, err
	}
	return func() {
		// Closing the connection frees the lock, whatever state ctx left it in.
		conn.Hijack().Close(context.WithoutCancel(ctx))
	}, nil
}
