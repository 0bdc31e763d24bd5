package store

import (
	"context"
	"fmt"
)

// SQLite's index of searches is of segments. Each transaction adds one, those of a size are
// made into a larger one now and then, and a search goes through all that there are. What was
// taken out is passed over, and stays in the file until its segment is written anew. So all
// segments are made into one, in small steps, where there are many, or something was erased.

const (
	// fewSegments is how many segments do no harm.
	fewSegments = 4
	// tidyPages is how much one step writes, in pages of 4 KB.
	tidyPages = 64
	// tidyKey is where the store keeps how far this has come: whether it is under way, and how
	// many articles had been erased when it began last.
	tidyKey = "search.tidied"
)

// tidied is how far segments were made into one.
type tidied struct {
	underWay int
	erasures int64
}

// TidySearch makes one step towards an index of searches in one segment, in a short
// transaction, if it has a point, and reports whether there is more to be done. It may be
// stopped and called again at any time. PostgreSQL's own upkeep does for its index what is
// needed.
func (db *DB) TidySearch(ctx context.Context) (more bool, err error) {
	if db.engine == PostgreSQL {
		return false, nil
	}
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		more, err = s.tidy(ctx)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("tidy the index of searches: %w", err)
	}
	return more, nil
}

func (s session) tidy(ctx context.Context) (more bool, err error) {
	var value string
	if _, err := s.one(ctx, []any{&value}, `SELECT coalesce((SELECT value FROM meta WHERE key = $1), '0 0')`, tidyKey); err != nil {
		return false, err
	}
	var t tidied
	if _, err := fmt.Sscan(value, &t.underWay, &t.erasures); err != nil {
		return false, fmt.Errorf("how far it is tidied reads %q: %w", value, err)
	}
	pages := tidyPages
	if t.underWay == 0 {
		var segments, erasures int64
		if _, err := s.one(ctx, []any{&segments, &erasures}, `SELECT (SELECT count(DISTINCT segid) FROM search_index_idx), (SELECT count(*) FROM erasures)`); err != nil {
			return false, err
		}
		if segments <= fewSegments && erasures == t.erasures {
			return false, nil
		}
		pages = -tidyPages // begins with all segments that there are (https://sqlite.org/fts5.html §6.7)
		t.erasures = erasures
	}
	if more, err = s.merge(ctx, pages); err != nil {
		return false, err
	}
	if t.underWay = 0; more {
		t.underWay = 1
	}
	return more, s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{tidyKey, fmt.Sprint(t.underWay, " ", t.erasures)}},
		`ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
}

// merge writes so many pages of segments that become one, and reports whether there is more to
// be done.
func (s session) merge(ctx context.Context, pages int) (more bool, err error) {
	before, err := s.changes(ctx)
	if err != nil {
		return false, err
	}
	if _, err := s.exec(ctx, `INSERT INTO search_index (search_index, rank) VALUES ('merge', $1)`, pages); err != nil {
		return false, err
	}
	after, err := s.changes(ctx)
	return after-before >= 2, err // fewer say that nothing was left to do (§6.7)
}

// changes returns how many rows the connection has changed.
func (s session) changes(ctx context.Context) (n int64, err error) {
	_, err = s.one(ctx, []any{&n}, `SELECT total_changes()`)
	return n, err
}

// mergeSearch makes larger segments of small ones, as much as so many new articles ask for, in
// short transactions: SQLite would do so within those that store them, which took up to 150 ms
// then. What it fails to do the next one does.
func (db *DB) mergeSearch(ctx context.Context, articles int) {
	if db.engine == PostgreSQL {
		return
	}
	for range 1 + articles/2 {
		more := false
		if err := db.write(ctx, func(ctx context.Context, s session) (err error) {
			more, err = s.merge(ctx, tidyPages)
			return err
		}); err != nil || !more {
			return
		}
	}
}
