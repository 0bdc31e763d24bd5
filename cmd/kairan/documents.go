package main

import (
	"context"
	"errors"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

// documents are made from the store by the setup in force.
type documents struct {
	db    *store.DB
	setup func() *setup
}

// Published implements [web.Documents].
func (d documents) Published(ctx context.Context) (feeds.Published, error) {
	return d.db.Published(ctx)
}

// Make implements [web.Documents].
func (d documents) Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (web.Made, error) {
	made, err := d.setup().composer(d.db).Make(ctx, c, archive, formats...)
	if errors.Is(err, publish.ErrNotPublished) {
		return web.Made{}, web.ErrNotPublished
	}
	if err != nil {
		return web.Made{}, err
	}
	found := web.Made{State: made.State, Left: made.Left, Withdrawn: made.Withdrawn}
	for _, m := range made.Documents {
		found.Documents = append(found.Documents, web.MadeDocument(m))
	}
	return found, nil
}

// Compose implements [web.Channels].
func (d documents) Compose(ctx context.Context, c feeds.Channel) (feeds.Feed, error) {
	return d.setup().composer(d.db).Compose(ctx, c)
}
