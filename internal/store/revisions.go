package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kairan-news/kairan/internal/ledger"
)

// mostRevisions is how many states of an article are read for its page.
const mostRevisions = 20

// Revisions returns the newest states of an article, the newest first, at most twenty: the
// Revision, Title, Summary, Content, Corrected and Changed of each.
func (r Reader) Revisions(ctx context.Context, slug string) (all []Stored, err error) {
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var a Stored
		var changed, corrected int64
		err := rows.Scan(&a.Revision, &changed, &corrected, &a.Title, &a.Summary, &a.Content)
		a.Changed, a.Corrected = ledger.FromMillis(changed), ledger.FromMillis(corrected)
		all = append(all, a)
		return err
	}, `SELECT r.n, r.time_ms, r.corrected_ms, r.title, r.summary, r.content
		FROM articles a JOIN revisions r ON r.article = a.id WHERE a.slug = $1 ORDER BY r.n DESC LIMIT $2`, slug, int64(mostRevisions))
	if err != nil {
		return nil, fmt.Errorf("read the revisions of article %s: %w", slug, err)
	}
	return all, nil
}
