package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// HoldWithdrawals is the kind of a hold on a run that would withdraw too much.
const HoldWithdrawals = "withdrawals"

// Hold is a part of a source's runs that waits until a person releases it. It
// stays until the source's state makes it moot, or a run after the release does
// what was held.
type Hold struct {
	Source string
	Kind   string
	// Reason says in a sentence what the run would do.
	Reason string
	// Since is when it was held first; Released is zero while it waits.
	Since, Released time.Time
	// Articles are some of those that it is about, by title.
	Articles []string
}

// Holds returns all holds, the oldest first.
func (db *DB) Holds(ctx context.Context) ([]Hold, error) {
	var holds []Hold
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		h, err := scanHold(rows)
		holds = append(holds, h)
		return err
	}, `SELECT source, kind, reason, since_ms, released_ms, articles FROM holds ORDER BY since_ms, source, kind`)
	if err != nil {
		return nil, fmt.Errorf("read the holds: %w", err)
	}
	return holds, nil
}

func scanHold(rows *sql.Rows) (h Hold, err error) {
	var since, released int64
	var articles string
	if err := rows.Scan(&h.Source, &h.Kind, &h.Reason, &since, &released, &articles); err != nil {
		return h, err
	}
	h.Since, h.Released = fromMillis(since), fromMillis(released)
	h.Articles, err = unlist[string](articles)
	return h, err
}

// Release lets the source's next run do what is held, and makes the source due. It
// tells whether anything was held.
func (db *DB) Release(ctx context.Context, source string, now time.Time) (held bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `UPDATE holds SET released_ms = $2 WHERE source = $1`, source, millis(now))
		if held = n > 0; !held || err != nil {
			return err
		}
		// A folder that did not change since is to be read all the same.
		_, err = s.exec(ctx, `UPDATE source_states SET next_due_ms = $2, etag = '', last_modified = '', digest = '' WHERE id = $1`,
			source, millis(now))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("release source %s: %w", source, err)
	}
	return held, nil
}

// hold returns the source's hold of a kind, and false if there is none.
func (s session) hold(ctx context.Context, source, kind string) (h Hold, ok bool, err error) {
	err = s.each(ctx, func(rows *sql.Rows) (err error) {
		ok = true
		h, err = scanHold(rows)
		return err
	}, `SELECT source, kind, reason, since_ms, released_ms, articles FROM holds WHERE source = $1 AND kind = $2`, source, kind)
	return h, ok, err
}

// putHold stores a hold; one that is there already keeps its beginning.
func (s session) putHold(ctx context.Context, h Hold) error {
	return s.insert(ctx, `INSERT INTO holds (source, kind, reason, since_ms, released_ms, articles)`,
		[][]any{{h.Source, h.Kind, clean(h.Reason), millis(h.Since), int64(0), list(h.Articles)}},
		`ON CONFLICT (source, kind) DO UPDATE SET reason = excluded.reason, articles = excluded.articles, released_ms = 0`, nil)
}

func (s session) dropHold(ctx context.Context, source, kind string) error {
	_, err := s.exec(ctx, `DELETE FROM holds WHERE source = $1 AND kind = $2`, source, kind)
	return err
}
