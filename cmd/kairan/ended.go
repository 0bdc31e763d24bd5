package main

import (
	"context"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
)

// buryEnded takes away the channels that have ended and still hold the article: no log
// of theirs is left from which they could be written anew. It returns the addresses of
// what was taken away.
func (e *eraser) buryEnded(ctx context.Context, erased store.Erased) (purge []string, err error) {
	site := &e.setup.config.Site
	revisions, err := e.db.DocumentRevisions(ctx)
	if err != nil {
		return nil, err
	}
	buried := map[string]bool{}
	for key := range revisions {
		channel, ok := feeds.ParseChannel(key.Channel)
		if !ok || site.HasChannel(channel) || buried[key.Channel] {
			continue
		}
		d, _, err := e.db.Document(ctx, key)
		if err != nil {
			return purge, err
		}
		if len(d.Body) == 0 || !e.holds(d.Body, erased) {
			continue
		}
		if err := e.db.BuryChannel(ctx, key.Channel, e.now); err != nil {
			return purge, err
		}
		buried[key.Channel] = true
	}
	for key := range revisions {
		if !buried[key.Channel] {
			continue
		}
		channel, _ := feeds.ParseChannel(key.Channel)
		if key.Archive > 0 {
			purge = append(purge, publish.ArchiveURL(site, channel, key.Archive, key.Format))
		} else {
			purge = append(purge, publish.FeedURL(site, channel, key.Format))
		}
	}
	return purge, nil
}
