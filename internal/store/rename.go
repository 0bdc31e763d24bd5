package store

import (
	"context"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// renameBatch is the number of rows of one transaction.
const renameBatch = 500

// RenamePublisher gives everything that is stored of one publisher to another, under
// the same ids, and tells whether there was anything. The channels are marked, with their
// past, since archives show it too. The index of searches is to be filled anew
// ([DB.FillSearch]). It may be stopped and run again at any time, and
// should be while nothing is collected under the old key.
func (db *DB) RenamePublisher(ctx context.Context, from, to string, channels []feeds.Channel, now time.Time) (renamed bool, err error) {
	var there int64
	if _, err := db.read().one(ctx, []any{&there}, `SELECT CASE WHEN EXISTS (SELECT 1 FROM log WHERE publisher = $1)
		OR EXISTS (SELECT 1 FROM aliases WHERE publisher = $1) OR EXISTS (SELECT 1 FROM story_keys WHERE publisher = $1) THEN 1 ELSE 0 END`, from); err != nil {
		return false, fmt.Errorf("rename publisher %s to %s: %w", from, to, err)
	}
	if there == 0 {
		return false, nil
	}
	for _, step := range []struct {
		what, drop, move string
		marks            markings
	}{
		{"articles", ``, `UPDATE articles SET publisher = $2 WHERE id IN (SELECT id FROM articles WHERE publisher = $1 LIMIT $3)`, nil},
		// What the other key is known by already stays with it.
		{"aliases", `DELETE FROM aliases WHERE publisher = $1 AND EXISTS
				(SELECT 1 FROM aliases o WHERE o.publisher = $2 AND o.key = aliases.key AND o.language = aliases.language)`,
			`UPDATE aliases SET publisher = $2 WHERE publisher = $1 AND key IN (SELECT key FROM aliases WHERE publisher = $1 ORDER BY key LIMIT $3)`, nil},
		{"story keys", `DELETE FROM story_keys WHERE publisher = $1 AND EXISTS
				(SELECT 1 FROM story_keys o WHERE o.publisher = $2 AND o.key = story_keys.key)`,
			`UPDATE story_keys SET publisher = $2 WHERE publisher = $1 AND key IN (SELECT key FROM story_keys WHERE publisher = $1 ORDER BY key LIMIT $3)`, nil},
		{"records", ``, `UPDATE log SET publisher = $2 WHERE seq IN (SELECT seq FROM log WHERE publisher = $1 LIMIT $3)`,
			marksOf(channels, Marking{Past: true})},
	} {
		for {
			var n int64
			err := db.write(ctx, func(ctx context.Context, s session) (err error) {
				if step.what == "articles" { // before those of publishers, as who fills the index does
					if err := s.lock(ctx, lockSearch, ""); err != nil {
						return err
					}
				}
				for _, p := range []string{min(from, to), max(from, to)} { // one order for all
					if err := s.lock(ctx, lockPublisher, p); err != nil {
						return err
					}
				}
				if err := s.lockStories(ctx); err != nil { // others' records may be of its versions
					return err
				}
				if step.drop != "" {
					if _, err := s.exec(ctx, step.drop, from, to); err != nil {
						return err
					}
				}
				if n, err = s.exec(ctx, step.move, from, to, renameBatch); err != nil || n == 0 {
					return err
				}
				if step.what == "articles" {
					if err := s.fillAnew(ctx); err != nil {
						return err
					}
				}
				return s.mark(ctx, step.marks, "", now)
			})
			if err != nil {
				return renamed, fmt.Errorf("rename the %s of publisher %s to %s: %w", step.what, from, to, err)
			}
			if n == 0 {
				break
			}
			renamed = true
		}
	}
	return renamed, nil
}
