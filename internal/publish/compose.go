package publish

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// Log is what is composed from.
type Log interface {
	// ChannelRecords returns at most limit records, the newest first, of those with
	// a sequence number below before; 0 begins at the newest.
	ChannelRecords(ctx context.Context, f feeds.RecordFilter, before int64, limit int) ([]feeds.Record, error)
	// ChannelRecordsAfter returns at most limit records, the oldest first, of those with a
	// sequence number above after.
	ChannelRecordsAfter(ctx context.Context, f feeds.RecordFilter, after int64, limit int) ([]feeds.Record, error)
	// StoryRecords returns all records of these stories in the order of the log, by
	// story. With a category they tell where the stories belonged to it, and those are
	// among them that merely say so; "" is none.
	StoryRecords(ctx context.Context, category string, stories []string) (map[string][]feeds.Record, error)
	// Articles returns these states of articles; what does not exist is left out.
	Articles(ctx context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]feeds.StoredArticle, error)
	// Versions returns the articles of these stories that are not withdrawn, in
	// their newest revision, by story. Their texts may be left out.
	Versions(ctx context.Context, stories []string) (map[string][]feeds.Article, error)
	// Erased returns when these articles were erased; those that were not are left
	// out.
	Erased(ctx context.Context, ids []string) (map[string]time.Time, error)
	// LastCut returns where the newest archive of a channel begins and ends; the zero
	// value if none is closed.
	LastCut(ctx context.Context, channel string) (feeds.Cut, error)
}

// Composer composes channels from the log. Its fields don't change while it is
// used, and it may be used by many goroutines at once.
type Composer struct {
	Site   *feeds.Site
	Bundle *locales.Bundle
	Log    Log
	// Sources tell where an article was collected; without them entries name no
	// source feed.
	Sources []feeds.Source
	// TTL is how long readers may keep a live document; 0 leaves it out.
	TTL time.Duration
	// Recommendations tell what is recommended with an article; nil tells nothing.
	Recommendations Recommendations
}

// Compose returns the channel as the log has it now: what its live document holds.
// Where archives could be closed that are not yet, it returns no more than the live
// document will hold then.
func (c *Composer) Compose(ctx context.Context, channel feeds.Channel) (feeds.Feed, error) {
	f, err := c.compose(ctx, channel)
	if err != nil {
		return feeds.Feed{}, fmt.Errorf("compose %s: %w", channel, err)
	}
	return f, nil
}

func (c *Composer) compose(ctx context.Context, channel feeds.Channel) (feeds.Feed, error) {
	if !c.Site.HasChannel(channel) {
		return feeds.Feed{}, errNoChannel
	}
	cut, err := c.Log.LastCut(ctx, channel.String())
	if err != nil {
		return feeds.Feed{}, err
	}
	t, err := c.tail(ctx, channel, cut.Until)
	if err != nil {
		return feeds.Feed{}, err
	}
	if err := t.readOut(ctx); err != nil {
		return feeds.Feed{}, err
	}
	if t.closable() {
		t.cutAt(t.needed - 1)
	}
	f, _, err := c.live(ctx, channel, t, cut)
	return f, err
}

// errNoChannel says that a channel is none of the site's.
var errNoChannel = errors.New("the site has no such channel")

// live returns the feed of a channel's tail, behind a cut. It also returns why texts
// of entries were left out.
func (c *Composer) live(ctx context.Context, channel feeds.Channel, t *tail, cut feeds.Cut) (feeds.Feed, []string, error) {
	if err := t.readDown(ctx); err != nil {
		return feeds.Feed{}, nil, err
	}
	t.forget()
	if err := t.bury(ctx, c.Log); err != nil {
		return feeds.Feed{}, nil, err
	}
	if err := t.load(ctx, c.Log, t.places); err != nil {
		return feeds.Feed{}, nil, err
	}
	if len(t.places) > 0 {
		var err error
		if t.versions, err = c.Log.Versions(ctx, t.stories()); err != nil {
			return feeds.Feed{}, nil, err
		}
	}
	var err error
	if t.recommended, err = c.recommend(ctx, channel, t.places, t.until); err != nil {
		return feeds.Feed{}, nil, err
	}
	w := c.words(channel)
	f := w.feed()
	f.TTL = c.TTL
	f.Previous = archiveURLs(c.Site, channel, cut.Archive)
	left, err := w.fill(&f, t.view)
	return f, left, err
}

// filter says of which records the channel is made.
func (c *Composer) filter(channel feeds.Channel) feeds.RecordFilter {
	f := feeds.RecordFilter{Languages: c.Site.Languages(channel)}
	switch channel.Kind {
	case feeds.ChannelCategory, feeds.ChannelOnly:
		f.Category = channel.Name
	case feeds.ChannelPublisher:
		f.Publisher = channel.Name
	}
	return f
}

// fill puts into a feed what a view holds. It returns why texts of entries were left
// out.
func (w *words) fill(f *feeds.Feed, v *view) (left []string, err error) {
	f.Since, f.LastSeq = v.since, v.last()
	for _, p := range v.places {
		e, err := w.entry(v, p)
		if err != nil {
			return nil, err
		}
		if err := feeds.CheckContent(e.Article.Content); err != nil {
			e.Article.Content = ""
			left = append(left, fmt.Sprintf("%s: the text of %s was left out: %v", w.channel, e.Article.ID, err))
		}
		f.Entries = append(f.Entries, e)
		if e.Changed.After(f.Updated) {
			f.Updated = e.Changed
		}
	}
	for _, t := range v.gone {
		f.Gone = append(f.Gone, t)
		if t.When.After(f.Updated) {
			f.Updated = t.When
		}
	}
	return left, nil
}
