package main

import (
	"context"
	"slices"
	"time"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

// listing lists the store's articles for sitemaps.
type listing struct{ db *store.DB }

// sitemapPart is how many articles a sitemap has at most. With seventeen versions of each
// that is a tenth of the bytes that a sitemap may have, and with one a hundredth.
const sitemapPart = 2500

// Parts implements [web.Listing].
func (l listing) Parts(ctx context.Context, wanted func(language string) bool) (parts []web.ListPart, err error) {
	languages, err := l.db.Languages(ctx)
	if err != nil {
		return nil, err
	}
	languages = slices.DeleteFunc(languages, func(language string) bool { return !wanted(language) })
	found, err := l.db.ListParts(ctx, sitemapPart, languages)
	for _, p := range found {
		parts = append(parts, web.ListPart(p))
	}
	return parts, err
}

// Part implements [web.Listing].
func (l listing) Part(ctx context.Context, n int) ([]web.Listed, error) {
	return listedOf(l.db.ListPart(ctx, sitemapPart, n))
}

// Recent implements [web.Listing].
func (l listing) Recent(ctx context.Context, within time.Duration, most int) ([]web.Listed, error) {
	return listedOf(l.db.ListRecent(ctx, within, most))
}

func listedOf(found []store.Listed, err error) ([]web.Listed, error) {
	all := make([]web.Listed, len(found))
	for i, l := range found {
		all[i] = web.Listed(l)
	}
	return all, err
}
