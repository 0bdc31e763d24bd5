package source

import (
	"context"
	"errors"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
)

// acceptFeed prefers feeds and takes anything: servers mislabel them.
const acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"

// collectFeed reads an RSS, RDF, Atom or JSON Feed over HTTP.
func (c *Collector) collectFeed(ctx context.Context, in Input) (Result, error) {
	res := Result{State: in.State}
	got, err := c.Client.Get(ctx, fetch.Request{
		URL:          in.Source.URL,
		ETag:         in.State.ETag,
		LastModified: in.State.LastModified,
		Accept:       acceptFeed,
		AllowPrivate: in.Source.AllowPrivate,
	})
	if got != nil {
		res.Status, res.Bytes = got.Status, got.Bytes
	}
	if err != nil {
		return res, fmt.Errorf("collect %s: %w", in.Source.ID, err)
	}
	res.State.ETag, res.State.LastModified, res.State.FinalURL = got.ETag, got.LastModified, got.URL
	if got.NotModified || got.Digest == in.State.Digest {
		res.Unchanged = true
		return res, nil
	}

	opts := c.options(in)
	opts.ContentType, opts.BaseURL = got.ContentType, got.URL
	feed, err := parse.ParseFeed(got.Body, opts)
	if err != nil {
		// What can't be read is not remembered: the next visit reads it anew.
		res.State = in.State
		return res, fmt.Errorf("collect %s: %w", in.Source.ID, errors.Join(err))
	}
	res.State.Digest = got.Digest
	res.Format, res.Articles, res.Problems = feed.Format, feed.Articles, feed.Problems
	return res, nil
}

var _ Getter = (*fetch.Client)(nil)
var _ = feeds.KindFeed
