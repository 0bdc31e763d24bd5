package main

import (
	"context"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// recommended returns the live versions of the stories that are recommended with an
// article, the best story first.
func recommended(ctx context.Context, db *store.DB, article string) ([]feeds.Article, error) {
	found, err := db.Related(ctx, []string{article})
	if err != nil || len(found[article]) == 0 {
		return nil, err
	}
	versions, err := db.Versions(ctx, found[article])
	if err != nil {
		return nil, err
	}
	var all []feeds.Article
	for _, story := range found[article] {
		all = append(all, versions[story]...)
	}
	return all, nil
}
