package publish

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/locales"
)

// Composer composes channels from the log. Its fields don't change while it is
// used, and it may be used by many goroutines at once.
type Composer struct {
	Site   *feeds.Site
	Bundle *locales.Bundle
	Read   Snapshots
	// Sources tell where an article was collected; without them entries name no
	// source feed.
	Sources []feeds.Source
	// TTL is how long readers may keep a live document; 0 leaves it out.
	TTL time.Duration
	// Step, where it is set, is told of each step of making documents when it begins, and
	// ended when it has ended: "compose", and for each format "render" and "check".
	Step func(ctx context.Context, name string) (ended func())
}

// step begins a step of making documents.
func (c *Composer) step(ctx context.Context, name string) (ended func()) {
	if c.Step == nil {
		return func() {}
	}
	return c.Step(ctx, name)
}

// errNoChannel says that a channel is none of the site's.
var errNoChannel = errors.New("the site has no such channel")

// Compose returns what a channel's live document holds; nothing but its words while it
// was never published.
func (c *Composer) Compose(ctx context.Context, channel feeds.Channel) (f feeds.Feed, err error) {
	err = c.at(ctx, func(m moment) error {
		if !c.Site.HasChannel(channel) {
			return errNoChannel
		}
		state, _, err := m.log.Channel(ctx, channel)
		if err != nil {
			return err
		}
		composed, err := m.live(ctx, channel, state)
		f = composed.feed
		return err
	})
	if err != nil {
		return feeds.Feed{}, fmt.Errorf("compose %s: %w", channel, err)
	}
	return f, nil
}

// moment is a composer with the log as it was at one moment.
type moment struct {
	*Composer
	log Log
}

func (c *Composer) at(ctx context.Context, do func(moment) error) error {
	return c.Read(ctx, func(log Log) error { return do(moment{c, log}) })
}

// composed is a feed, with what is to be told of it.
type composed struct {
	feed feeds.Feed
	left []string // why texts of entries were left out
	// records is how many records of the channel's view its live document is made of.
	records int
}

// live returns a channel as of a state.
func (m moment) live(ctx context.Context, channel feeds.Channel, state feeds.ChannelState) (composed, error) {
	v, err := m.part(ctx, m.filter(channel), state.Since, state.Seq)
	if err != nil {
		return composed{}, err
	}
	v.forget()
	w := m.words(channel)
	f := w.feed()
	f.TTL = m.TTL
	f.Previous = m.archiveURLs(channel, state.Archives)
	c, err := m.fill(ctx, w, f, v)
	c.records = len(v.seqs)
	if c.feed.Updated.IsZero() && state.Revision != 0 {
		c.feed.Updated = time.UnixMilli(state.Revision)
	}
	return c, err
}

// archive returns an archive: the entries that the log up to its cut makes, whatever
// happened since, but for what was erased; with the words, labels and categories of today.
func (m moment) archive(ctx context.Context, channel feeds.Channel, cut feeds.Cut) (composed, error) {
	filter := m.filter(channel)
	filter.Languages = filter.Languages.AsOf(cut)
	v, err := m.part(ctx, filter, cut.Since, cut.Until)
	if err != nil {
		return composed{}, err
	}
	w := m.words(channel)
	f := w.feed()
	before, after, err := m.log.ArchivesBeside(ctx, channel, cut.Archive)
	if err != nil {
		return composed{}, err
	}
	if after == 0 { // it will be closed next
		epoch, err := m.log.Epoch(ctx)
		if err != nil {
			return composed{}, err
		}
		after = epoch.NextArchive(cut.Archive)
	}
	f.Archive = cut.Archive
	f.Self = m.archiveURLs(channel, cut.Archive)
	f.Previous = m.archiveURLs(channel, before)
	f.Next = m.archiveURLs(channel, after)
	c, err := m.fill(ctx, w, f, v)
	c.feed.LastSeq = cut.Until
	return c, err
}

// archiveURLs are the addresses of an archive; nil for the one before the first.
func (c *Composer) archiveURLs(channel feeds.Channel, archive int) map[feeds.Format]string {
	if archive < 1 {
		return nil
	}
	return c.Site.DocumentURLs(channel, archive)
}

// part returns what a channel makes of a part of the log.
func (m moment) part(ctx context.Context, filter feeds.RecordFilter, since, until int64) (*view, error) {
	records, _, err := m.records(ctx, filter, since, until, endless)
	if err != nil {
		return nil, err
	}
	v := newView(filter, since, until)
	return v, v.take(ctx, m.log, records)
}

// batch is how many records are asked of the log at once.
const batch = 500

// records reads a channel's records after one sequence number, up to another, until there
// are as many as wanted; more tells that there may be more.
func (m moment) records(ctx context.Context, filter feeds.RecordFilter, since, until int64, most int) (all []feeds.Record, more bool, err error) {
	for more = since < until; more && len(all) < most; {
		records, err := m.log.ChannelRecordsAfter(ctx, filter, since, batch)
		if err != nil {
			return nil, false, err
		}
		more = len(records) == batch
		for len(records) > 0 && records[len(records)-1].Seq > until {
			records, more = records[:len(records)-1], false
		}
		if all = append(all, records...); more {
			since = records[len(records)-1].Seq
		}
	}
	return all, more, nil
}

// filter says of which records the channel is made.
func (c *Composer) filter(channel feeds.Channel) feeds.RecordFilter {
	f := feeds.RecordFilter{Languages: c.Site.Accepted(channel)}
	switch channel.Kind {
	case feeds.ChannelCategory, feeds.ChannelOnly:
		f.Category = channel.Name
	case feeds.ChannelPublisher:
		f.Publisher = channel.Name
	}
	return f
}

// fill puts into a feed what a view holds, as it was at the view's end.
func (m moment) fill(ctx context.Context, w *words, f feeds.Feed, v *view) (c composed, err error) {
	if err := v.load(ctx, m.log); err != nil {
		return composed{}, err
	}
	v.bury()
	if stories := v.stories(); len(stories) > 0 {
		if v.versions, err = m.log.VersionsAt(ctx, stories, v.until); err != nil {
			return composed{}, err
		}
	}
	v.recommended = m.recommend(w.channel, v)
	f.Since, f.LastSeq = v.since, v.last()
	if f.Epoch, err = m.log.Epoch(ctx); err != nil {
		return composed{}, err
	}
	for _, p := range v.places {
		e, err := w.entry(v, p)
		if err != nil {
			return composed{}, err
		}
		if err := check.Content(e.Article.Content); err != nil {
			e.Article.Content = ""
			c.left = append(c.left, fmt.Sprintf("%s: the text of %s was left out: %v", w.channel, e.Article.ID, err))
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
	c.feed = f
	return c, nil
}

// endless is a sequence number that no record reaches.
const endless = math.MaxInt64
