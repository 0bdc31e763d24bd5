package main

import (
	"context"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

// notices are the store's articles as their pages show them.
type notices struct{ db *store.DB }

func (n notices) Notice(ctx context.Context, slug string) (web.Notice, bool, error) {
	a, ok, err := n.db.ArticleBySlug(ctx, slug)
	if err != nil || !ok {
		return web.Notice{}, false, err
	}
	versions, err := n.db.Versions(ctx, []string{a.Story})
	if err != nil {
		return web.Notice{}, false, err
	}
	related, err := recommended(ctx, n.db, a.ID)
	if err != nil {
		return web.Notice{}, false, err
	}
	a.Categories = a.StoryCategories
	return web.Notice{Article: a.Article, Modified: a.Modified, Withdrawn: a.Withdrawn, Versions: versions[a.Story], Related: related}, true, nil
}
