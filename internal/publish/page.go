package publish

import (
	"context"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Page returns what a page of a channel shows: the live document's notices, or those of an
// archive, counted from 1, that stand there still.
//
// A document tells what happened within its part of the log, a page what there is today: so
// each notice of a channel stands on one of its pages, in its present state, and one that was
// withdrawn on none. The live page lists what is newest; whatever an archive's notices became
// later stands where that is. It is [feeds.ErrNotPublished] if there is no such archive.
func (c *Composer) Page(ctx context.Context, channel feeds.Channel, archive int) (page feeds.Page, err error) {
	err = c.at(ctx, func(m moment) error {
		if !c.Site.HasChannel(channel) {
			return errNoChannel
		}
		state, _, err := m.log.Channel(ctx, channel)
		if err != nil {
			return err
		}
		if archive == 0 {
			return m.livePage(ctx, channel, state, &page)
		}
		return m.archivePage(ctx, channel, archive, state, &page)
	})
	if err != nil {
		return feeds.Page{}, fmt.Errorf("compose the page %s: %w", channel.ListPath(archive), err)
	}
	return page, nil
}

// livePage is what is newest, and how much the whole channel has.
func (m moment) livePage(ctx context.Context, channel feeds.Channel, state feeds.ChannelState, page *feeds.Page) error {
	live, err := m.live(ctx, channel, state)
	if err != nil {
		return err
	}
	page.Feed = live.feed
	if page.Older, _, err = m.log.ArchivesBeside(ctx, channel, state.Archives+1); err != nil {
		return err
	}
	archives, err := m.log.CountArchives(ctx, channel)
	if err != nil {
		return err
	}
	page.Records = archives*archiveSize + live.records
	first, err := m.log.ChannelRecordsAfter(ctx, m.filter(channel), 0, 1)
	if err == nil && len(first) > 0 {
		page.Began = first[0].Time
	}
	return err
}

// archivePage is what of an archive stands there still.
func (m moment) archivePage(ctx context.Context, channel feeds.Channel, archive int, state feeds.ChannelState, page *feeds.Page) error {
	cut, ok, err := m.log.Cut(ctx, channel, archive)
	if err != nil {
		return err
	}
	if !ok || archive > state.Archives {
		return feeds.ErrNotPublished
	}
	v, err := m.standing(ctx, m.filter(channel), cut, state.Seq)
	if err != nil {
		return err
	}
	w := m.words(channel)
	f := w.feed()
	f.Archive = archive
	composed, err := m.fill(ctx, w, f, v)
	if err != nil {
		return err
	}
	page.Feed = composed.feed
	page.Older, page.Newer, err = m.log.ArchivesBeside(ctx, channel, archive)
	return err
}

// standing is the view of an archive's records as it is at a later record: without the
// places that the records after the cut have taken.
func (m moment) standing(ctx context.Context, filter feeds.RecordFilter, cut feeds.Cut, until int64) (*view, error) {
	records, _, err := m.records(ctx, filter, cut.Since, cut.Until, endless)
	if err != nil {
		return nil, err
	}
	v := newView(filter, cut.Since, until)
	if err := v.takeWhole(ctx, m.log, records); err != nil {
		return nil, err
	}
	v.places = slices.DeleteFunc(v.places, func(p place) bool { return p.seq() > cut.Until })
	v.gone = nil
	return v, nil
}
