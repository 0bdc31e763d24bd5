package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Reader reads what documents are composed of. [DB] is one, each of whose answers is of
// its own moment; that of [DB.Snapshot] gives all of one.
type Reader struct{ s session }

// Snapshot calls read with a reader whose answers are all of one moment, whatever is
// written meanwhile. The reader is of no use afterwards.
func (db *DB) Snapshot(ctx context.Context, read func(Reader) error) error {
	var options *sql.TxOptions // SQLite's transactions are snapshots
	if db.engine == PostgreSQL {
		options = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	tx, err := db.reader.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer tx.Rollback() // nothing was written
	return read(Reader{session{pool: db.reader, tx: tx}})
}
