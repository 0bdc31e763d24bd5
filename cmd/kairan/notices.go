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
	shown := web.Notice{Article: a.Article, Modified: a.Modified, Withdrawn: a.Withdrawn, Versions: versions[a.Story], Related: related}
	shown.Article.Categories = a.StoryCategories
	if !a.Corrected.IsZero() && a.Erased.IsZero() {
		if shown.Revisions, err = n.revisions(ctx, slug); err != nil {
			return web.Notice{}, false, err
		}
	}
	return shown, true, nil
}

// revisions are the states of an article by which it is told what was corrected.
func (n notices) revisions(ctx context.Context, slug string) (all []web.Revision, err error) {
	stored, err := n.db.Revisions(ctx, slug)
	for _, r := range stored {
		all = append(all, web.Revision{Title: r.Title, Summary: r.Summary, Content: r.Content, Corrected: r.Corrected})
	}
	return all, err
}
