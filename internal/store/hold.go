package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

const holdColumns = `source, kind, reason, since_ms, released_ms, articles, digest, agreed`

// Holds returns all holds, the oldest first.
func (db *DB) Holds(ctx context.Context) ([]ledger.Hold, error) {
	var holds []ledger.Hold
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		h, err := scanHold(rows)
		holds = append(holds, h)
		return err
	}, `SELECT `+holdColumns+` FROM holds ORDER BY since_ms, source, kind`)
	if err != nil {
		return nil, fmt.Errorf("read the holds: %w", err)
	}
	return holds, nil
}

func scanHold(rows *sql.Rows) (h ledger.Hold, err error) {
	var since, released int64
	var articles string
	if err := rows.Scan(&h.Source, &h.Kind, &h.Reason, &since, &released, &articles, &h.Digest, &h.Agreed); err != nil {
		return h, err
	}
	h.Since, h.Released = ledger.FromMillis(since), ledger.FromMillis(released)
	h.Articles, err = ledger.Unlist[string](articles)
	return h, err
}

// Release lets the source's next run do what is held, and makes the source due. It
// tells whether anything was held.
func (db *DB) Release(ctx context.Context, source string, now time.Time) (held bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `UPDATE holds SET released_ms = $2 WHERE source = $1`, source, ledger.Millis(now))
		if held = n > 0; !held || err != nil {
			return err
		}
		// A folder that did not change since is to be read all the same.
		_, err = s.exec(ctx, `UPDATE source_states SET next_due_ms = $2, etag = '', last_modified = '', digest = '' WHERE id = $1`,
			source, ledger.Millis(now))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("release source %s: %w", source, err)
	}
	return held, nil
}

// hold returns the source's hold of a kind, and false if there is none.
func (s session) hold(ctx context.Context, source, kind string) (h ledger.Hold, ok bool, err error) {
	err = s.each(ctx, func(rows *sql.Rows) (err error) {
		ok = true
		h, err = scanHold(rows)
		return err
	}, `SELECT `+holdColumns+` FROM holds WHERE source = $1 AND kind = $2`, source, kind)
	return h, ok, err
}

// putHold stores a hold; one that is there already keeps its beginning.
func (s session) putHold(ctx context.Context, h ledger.Hold) error {
	return s.insert(ctx, `INSERT INTO holds (`+holdColumns+`)`,
		[][]any{{h.Source, h.Kind, ledger.Clean(h.Reason), ledger.Millis(h.Since), int64(0), ledger.List(h.Articles), h.Digest, int64(h.Agreed)}},
		`ON CONFLICT (source, kind) DO UPDATE SET reason = excluded.reason, articles = excluded.articles,
			released_ms = 0, digest = excluded.digest, agreed = excluded.agreed`, nil)
}

func (s session) dropHold(ctx context.Context, source, kind string) error {
	_, err := s.exec(ctx, `DELETE FROM holds WHERE source = $1 AND kind = $2`, source, kind)
	return err
}
