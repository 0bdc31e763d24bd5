package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Signed calls f with each live article of a publisher, in the order in which they came, until
// f returns an error: with its story, language, title, authors and terms. It reads them all.
func (db *DB) Signed(ctx context.Context, publisher string, f func(feeds.Article) error) error {
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var a feeds.Article
		var terms, parts sql.RawBytes
		if err := rows.Scan(&a.ID, &a.Story, &a.Language, &a.Title, &terms, &parts); err != nil {
			return err
		}
		var l lists
		err := json.Unmarshal(parts, &l)
		if err == nil {
			a.Terms, err = ledger.Unlist[feeds.Term](string(terms))
		}
		if err != nil {
			return fmt.Errorf("the authors and terms of %s: %w", a.ID, err)
		}
		a.Authors = l.Authors
		return f(a)
	}, `SELECT a.uid, a.story, a.language, a.title, a.terms, r.lists FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revision
		WHERE a.publisher = $1 AND a.withdrawn_ms = 0 ORDER BY a.id`, publisher)
	if err != nil {
		return fmt.Errorf("read who signed the articles of %s: %w", publisher, err)
	}
	return nil
}
