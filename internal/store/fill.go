package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"github.com/kairan-news/kairan/internal/search"
)

// filledKey is where the store keeps how far what was stored before is in the index of
// searches: by which version of its tokens, and below which article there may be some that
// are not, 0 if there are none. Articles that come or change meanwhile are in it at once.
const filledKey = "search.filled"

// fillBatch is how many articles one transaction brings into the index.
const fillBatch = 24

// filled is how far the index is filled.
type filled struct{ version, below int64 }

// isWhole reports whether all live articles are in the index. By tokens of a newer program,
// which is at work too, most are found.
func (f filled) isWhole() bool { return f.version >= search.Version && f.below == 0 }

func (s session) filled(ctx context.Context) (f filled, err error) {
	var value string
	if ok, err := s.one(ctx, []any{&value}, `SELECT value FROM meta WHERE key = $1`, filledKey); err != nil || !ok {
		return f, err
	}
	if _, err := fmt.Sscan(value, &f.version, &f.below); err != nil {
		return f, fmt.Errorf("how far the index is filled reads %q: %w", value, err)
	}
	return f, nil
}

func (s session) putFilled(ctx context.Context, f filled) error {
	value := strconv.FormatInt(f.version, 10) + " " + strconv.FormatInt(f.below, 10)
	return s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{filledKey, value}}, `ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
}

// fillAnew has the index be filled from its beginning.
func (s session) fillAnew(ctx context.Context) error {
	last, err := s.lastArticle(ctx)
	if err != nil {
		return err
	}
	return s.putFilled(ctx, filled{search.Version, last + 1})
}

// SearchFilled reports whether all live articles are found by searches.
func (r Reader) SearchFilled(ctx context.Context) (bool, error) {
	f, err := r.s.filled(ctx)
	if err != nil {
		return false, fmt.Errorf("ask how far the index of searches is filled: %w", err)
	}
	return f.isWhole(), nil
}

// FillSearch brings some articles into the index of searches that were stored before there was
// one, or when it was made of other tokens: the newest of those that are left, in one short
// transaction. It returns how many it looked at, 0 if none is left. It may be stopped and
// called again at any time, also by several processes at once.
func (db *DB) FillSearch(ctx context.Context) (looked int, err error) {
	if whole, err := db.SearchFilled(ctx); err != nil || whole {
		return 0, err
	}
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		looked, err = s.fill(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("fill the index of searches: %w", err)
	}
	db.mergeSearch(ctx, looked)
	return looked, nil
}

func (s session) fill(ctx context.Context) (looked int, err error) {
	if err := s.lock(ctx, lockSearch, ""); err != nil {
		return 0, err
	}
	f, err := s.filled(ctx)
	if err != nil {
		return 0, err
	}
	switch {
	case f.version > search.Version: // a newer program fills it with other tokens
		return 0, nil
	case f.version < search.Version:
		last, err := s.lastArticle(ctx)
		if err != nil {
			return 0, err
		}
		f = filled{search.Version, last + 1}
	}
	var ids []int64
	var publishers []string
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var publisher string
		err := rows.Scan(&id, &publisher)
		ids, publishers = append(ids, id), append(publishers, publisher)
		return err
	}, `SELECT id, publisher FROM articles WHERE id < $1 ORDER BY id DESC LIMIT $2`, f.below, fillBatch); err != nil {
		return 0, err
	}
	slices.Sort(publishers) // one order for all, so that two can't wait for one another
	for _, p := range slices.Compact(publishers) {
		if err := s.lock(ctx, lockPublisher, p); err != nil { // so that none of its articles changes meanwhile
			return 0, err
		}
	}
	if err := s.index(ctx, ids); err != nil {
		return 0, err
	}
	if f.below = 0; len(ids) == fillBatch {
		f.below = ids[fillBatch-1]
	}
	return len(ids), s.putFilled(ctx, f)
}
