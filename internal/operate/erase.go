package operate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// articles is what erasing needs of the database.
type articles interface {
	ArticleBySlug(ctx context.Context, slug string) (store.Stored, bool, error)
	ArchivesOf(ctx context.Context, id string) ([]store.Archive, error)
	Erase(ctx context.Context, e store.Erasure) (store.Erased, error)
}

// Composer makes documents of channels, as they are published.
type Composer interface {
	Make(ctx context.Context, channel feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error)
}

// Erase removes every text of an article, for ever, for a reason that is kept with its id.
// The article is named by its id, or by the last part of its page's address. Feeds and
// archives go without it at once; of what caches may still hold, [Done.Purge] has the
// addresses. It may be done again, as after it was broken off.
func (o *Operator) Erase(ctx context.Context, who Who, article, reason string) (Done, error) {
	return o.do(ctx, who, Erase, "article "+article, reason, func(ctx context.Context) (Done, error) {
		reason, err := reasoned(reason, "court order 12/2026")
		if err != nil {
			return Done{}, err
		}
		purge, err := o.archives(ctx, article) // which nobody can tell afterwards
		if err != nil {
			return Done{}, err
		}
		erased, err := o.Store.Erase(ctx, store.Erasure{ID: article, Reason: reason, Touched: o.Known().Site.Touched, Now: o.Now()})
		switch {
		case errors.Is(err, store.ErrNoArticle):
			return Done{}, refuse(Unknown, "%v; the last part of the address of its page is the id to give", err)
		case err != nil:
			return Done{}, err
		}
		was := "is erased"
		if erased.Again {
			was = "had been erased before"
		}
		return Done{
			Said:    fmt.Sprintf("%s %s, in %d revisions. Feeds and archives are served without it within two seconds.", erased.ID, was, erased.Revisions),
			Changed: !erased.Again,
			Purge:   append(purge, o.buried(erased.Buried)...),
		}, nil
	})
}

// archives returns the addresses of the archives that show the article, name it or link
// it.
func (o *Operator) archives(ctx context.Context, id string) (addresses []string, err error) {
	article, ok, err := o.Store.ArticleBySlug(ctx, feeds.Slug(id))
	if err == nil && !ok {
		article, ok, err = o.Store.ArticleBySlug(ctx, id)
	}
	if err != nil || !ok {
		return nil, err
	}
	held, err := o.Store.ArchivesOf(ctx, article.ID)
	if err != nil {
		return nil, err
	}
	composer, site := o.Composer(), o.Known().Site
	for _, archive := range held {
		made, err := composer.Make(ctx, archive.Channel, archive.N, feeds.JSONFeed)
		switch {
		case errors.Is(err, feeds.ErrNotPublished):
			continue
		case err != nil:
			return nil, err
		}
		if !shows(made.Documents[0].Body, article) {
			continue
		}
		for _, format := range feeds.Formats() {
			addresses = append(addresses, site.URL(feeds.DocumentKey{Channel: archive.Channel, Format: format, Archive: archive.N}.Path()))
		}
	}
	return addresses, nil
}

// shows reports whether a document has an article, names it, or links it. One that can't
// be rendered is taken to.
func shows(body []byte, article store.Stored) bool {
	if body == nil {
		return true
	}
	return slices.ContainsFunc([]string{article.ID, article.Slug, article.Link}, func(s string) bool {
		return s != "" && bytes.Contains(body, []byte(s))
	})
}

// buried returns the addresses of channels that are gone.
func (o *Operator) buried(gone []store.Buried) (addresses []string) {
	site := o.Known().Site
	for _, state := range gone {
		for _, format := range feeds.Formats() {
			for _, n := range append([]int{0}, state.Numbers...) { // 0 is the live one
				addresses = append(addresses, site.URL(feeds.DocumentKey{Channel: state.Channel, Format: format, Archive: n}.Path()))
			}
		}
	}
	return addresses
}
