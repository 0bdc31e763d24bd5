package store

import (
	"context"
	"fmt"
	"time"
)

// Before, finished documents stood in the database. Migrating renames their table, which
// takes no time however large it is; its rows are then deleted little by little, beside
// what else is written, and go on to be deleted at the next start where the program ended.

// The measures of deleting.
const (
	// clearFor is about how long one transaction takes; see the package on SQLite's one
	// writer.
	clearFor = 40 * time.Millisecond
	// clearMost is how many documents it deletes at most, and clearAtOnce how many one
	// statement does.
	clearMost, clearAtOnce = 64, 4
)

// ClearFormer deletes a part of what earlier programs stored and this one has no use for,
// in a transaction of at most 100 ms, and tells whether there may be more.
func (db *DB) ClearFormer(ctx context.Context) (more bool, err error) {
	if db.engine == PostgreSQL {
		return false, nil // dropped at once by the migration
	}
	var there int64
	if _, err := db.read().one(ctx, []any{&there}, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'former_documents'`); err != nil {
		return false, fmt.Errorf("look for documents of an earlier program: %w", err)
	}
	if there == 0 {
		return false, nil
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		more = false
		began := time.Now()
		for n := 0; n < clearMost && time.Since(began) < clearFor; n += clearAtOnce {
			deleted, err := s.exec(ctx, `DELETE FROM former_documents WHERE rowid IN (SELECT rowid FROM former_documents LIMIT $1)`, int64(clearAtOnce))
			if err != nil {
				return err
			}
			if deleted == 0 {
				_, err := s.exec(ctx, `DROP TABLE former_documents`)
				return err
			}
		}
		more = true
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("delete documents of an earlier program: %w", err)
	}
	return more, nil
}
