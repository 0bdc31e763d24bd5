package store

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// Newer says that a database has the schema of a newer program, which this one can't know: to
// write by an older one might lose what the newer one keeps.
type Newer struct {
	// Part is whose schema it is: "the store" or "the job engine".
	Part string
	// Has is the database's schema, and Knows the newest one that this program knows.
	Has, Knows int64
}

func (e *Newer) Error() string {
	return fmt.Sprintf("the database has schema %d of %s, and this program knows schema %d: it was made by a newer version of Kairan; "+
		"run that version, or restore a backup from before the upgrade (\"kairan restore FILE\", or pg_restore into an empty database)", e.Has, e.Part, e.Knows)
}

// checkNewer returns a [Newer] where the database has a schema that this program does not know.
func (db *DB) checkNewer(ctx context.Context) error {
	known, err := newestKnown(db.engine)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		of, table, newest string
		knows             int64
	}{
		{"the store", "goose_db_version", `SELECT coalesce(max(version_id), 0) FROM goose_db_version`, known},
		{"the job engine", "river_migration", `SELECT coalesce(max(version), 0) FROM river_migration WHERE line = 'main'`, newestOfRiver()},
	} {
		there, err := db.hasTable(ctx, part.table)
		if err != nil || !there {
			return err
		}
		var has int64
		if _, err := db.read().one(ctx, []any{&has}, part.newest); err != nil {
			return fmt.Errorf("read which schema the database has: %w", err)
		}
		if has > part.knows {
			return &Newer{Part: part.of, Has: has, Knows: part.knows}
		}
	}
	return nil
}

func (db *DB) hasTable(ctx context.Context, name string) (there bool, err error) {
	query := `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1`
	if db.engine == PostgreSQL {
		query = `SELECT 1 WHERE to_regclass($1) IS NOT NULL`
	}
	var one int64
	if there, err = db.read().one(ctx, []any{&one}, query, name); err != nil {
		return false, fmt.Errorf("read which schema the database has: %w", db.explained(err))
	}
	return there, nil
}

// newestKnown returns the newest schema that this program has migrations for.
func newestKnown(e Engine) (newest int64, err error) {
	files, err := fs.Glob(migrations, path.Join("migrations", string(e), "*.sql"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		digits, _, _ := strings.Cut(path.Base(file), "_")
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("the name of migration %s begins with no number: %w", file, err)
		}
		newest = max(newest, n)
	}
	return newest, nil
}

// newestOfRiver returns the newest schema of the job engine that this program knows. It is
// the same for either database.
func newestOfRiver() (newest int64) {
	migrator, err := rivermigrate.New(riversqlite.New(nil), riverConfig())
	if err != nil {
		panic("store: the job engine has no migrations: " + err.Error())
	}
	for _, m := range migrator.AllVersions() {
		newest = max(newest, int64(m.Version))
	}
	return newest
}
