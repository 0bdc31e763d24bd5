package main

import (
	"context"
	"sync"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
)

// recommender is made once for a setup: it keeps in memory what it compares with.
type recommender struct {
	once sync.Once
	made *publish.Recommender
}

func (r *recommender) of(db *store.DB) *publish.Recommender {
	r.once.Do(func() { r.made = publish.NewRecommender(db) })
	return r.made
}

// pageComposer composes for pages that list a channel, which show no more of its
// entries than their beginning.
func (s *setup) pageComposer(db *store.DB) *publish.Composer {
	c := s.composer(db)
	c.Recommendations = nil
	return c
}

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
