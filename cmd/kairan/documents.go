package main

import (
	"context"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
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
func (d documents) Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	s := d.setup()
	if s.tracer != nil {
		return d.traced(ctx, s, c, archive, formats)
	}
	return s.composer(d.db).Make(ctx, c, archive, formats...)
}

// Compose implements [web.Channels].
func (d documents) Compose(ctx context.Context, c feeds.Channel) (feeds.Feed, error) {
	return d.setup().composer(d.db).Compose(ctx, c)
}

// MakeSelection implements [web.Selections].
func (d documents) MakeSelection(ctx context.Context, p feeds.Selection, format feeds.Format) (feeds.MadeSelection, error) {
	return d.setup().composer(d.db).MakeSelection(ctx, p, format)
}

// ComposeSelection implements [web.Selections].
func (d documents) ComposeSelection(ctx context.Context, p feeds.Selection) (feeds.Feed, error) {
	return d.setup().composer(d.db).ComposeSelection(ctx, p)
}

// Find implements [web.Selections].
func (d documents) Find(ctx context.Context, s feeds.Sought) (feeds.Finds, error) {
	return d.setup().composer(d.db).Find(ctx, s)
}

// Page implements [web.Channels].
func (d documents) Page(ctx context.Context, c feeds.Channel, archive int) (feeds.Page, error) {
	return d.setup().composer(d.db).Page(ctx, c, archive)
}
