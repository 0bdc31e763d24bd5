package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// The kinds of hold.
const (
	// HoldWithdrawals is on a run that would withdraw too much of a complete source.
	// It waits for a person.
	HoldWithdrawals = "withdrawals"
	// The others are on a source that has suddenly changed; see quarantine.go. They
	// end by themselves.
	HoldGUIDs    = "guids"    // it gives all its articles other GUIDs
	HoldItems    = "items"    // it has less than half of its items
	HoldLanguage = "language" // it says that its articles are in another language
	HoldDates    = "dates"    // it has shifted its dates by hours
)

// Hold is a part of a source's runs that waits. It stays until the source's state
// makes it moot, or a run after the release does what was held.
type Hold struct {
	Source string
	Kind   string
	// Reason says in a sentence what the run would do.
	Reason string
	// Since is when it was held first; Released is zero while it waits.
	Since, Released time.Time
	// Articles are some of those that it is about, by title, or by link where a listing
	// left them out.
	Articles []string

	digest string // of what the run would do
	agreed int    // runs that would do the same since
}

const holdColumns = `source, kind, reason, since_ms, released_ms, articles, digest, agreed`

// Holds returns all holds, the oldest first.
func (db *DB) Holds(ctx context.Context) ([]Hold, error) {
	var holds []Hold
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

func scanHold(rows *sql.Rows) (h Hold, err error) {
	var since, released int64
	var articles string
	if err := rows.Scan(&h.Source, &h.Kind, &h.Reason, &since, &released, &articles, &h.digest, &h.agreed); err != nil {
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
	}, `SELECT `+holdColumns+` FROM holds WHERE source = $1 AND kind = $2`, source, kind)
	return h, ok, err
}

// putHold stores a hold; one that is there already keeps its beginning.
func (s session) putHold(ctx context.Context, h Hold) error {
	return s.insert(ctx, `INSERT INTO holds (`+holdColumns+`)`,
		[][]any{{h.Source, h.Kind, clean(h.Reason), millis(h.Since), int64(0), list(h.Articles), h.digest, int64(h.agreed)}},
		`ON CONFLICT (source, kind) DO UPDATE SET reason = excluded.reason, articles = excluded.articles,
			released_ms = 0, digest = excluded.digest, agreed = excluded.agreed`, nil)
}

func (s session) dropHold(ctx context.Context, source, kind string) error {
	_, err := s.exec(ctx, `DELETE FROM holds WHERE source = $1 AND kind = $2`, source, kind)
	return err
}
