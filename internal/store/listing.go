package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

// ListedArticle is what tells an article's page, and whether it changed.
type ListedArticle struct {
	Slug, Story, Language string
	Revision              int
	// Categories are the article's own, as they are stored; ByDefault is as in [feeds.Article].
	Categories string
	ByDefault  bool
	// Withdrawn is when the article was withdrawn; zero if it is live.
	Withdrawn time.Time
}

// ListArticles calls f with each article, also the withdrawn ones, in the order in
// which they came, until f returns an error. It reads the whole table.
func (db *DB) ListArticles(ctx context.Context, f func(ListedArticle) error) error {
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var a ListedArticle
		var withdrawn, byDefault int64
		if err := rows.Scan(&a.Slug, &a.Story, &a.Language, &a.Revision, &a.Categories, &byDefault, &withdrawn); err != nil {
			return err
		}
		a.ByDefault, a.Withdrawn = byDefault != 0, ledger.FromMillis(withdrawn)
		return f(a)
	}, `SELECT slug, story, language, revision, categories, by_default, withdrawn_ms FROM articles ORDER BY id`)
	if err != nil {
		return fmt.Errorf("list the articles: %w", err)
	}
	return nil
}
