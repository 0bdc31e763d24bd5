package publish

import (
	"context"
	"errors"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
)

// Make composes, renders and checks documents of a channel, its live ones or those of an
// archive, counted from 1, in these formats. They are a function of the log up to the
// state's Seq or to the archive's cut, of the site, of the words of the locale and of the
// format. It is [feeds.ErrNotPublished] if there is no such document.
func (c *Composer) Make(ctx context.Context, channel feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	made, err := c.make(ctx, channel, archive, formats)
	if err != nil && !errors.Is(err, feeds.ErrNotPublished) {
		return feeds.Made{}, fmt.Errorf("make %s: %w", feeds.DocumentKey{Channel: channel, Archive: archive, Format: formats[0]}.Path(), err)
	}
	return made, err
}

func (c *Composer) make(ctx context.Context, channel feeds.Channel, archive int, formats []feeds.Format) (made feeds.Made, err error) {
	var found composed
	composing := c.step(ctx, "compose")
	err = c.at(ctx, func(m moment) (err error) {
		var ok bool
		if made.State, ok, err = m.log.Channel(ctx, channel); err != nil {
			return err
		}
		switch {
		case !ok || archive > made.State.Archives:
			return feeds.ErrNotPublished
		case made.State.Status == feeds.ChannelEnded:
			found, err = m.ended(ctx, channel, archive, formats, &made)
		case made.State.Status == feeds.ChannelGone || !c.Site.HasChannel(channel):
			return feeds.ErrNotPublished
		case archive == 0:
			found, err = m.live(ctx, channel, made.State)
		default:
			found, err = m.archiveOf(ctx, channel, archive)
		}
		return err
	})
	composing()
	if err != nil || len(made.Documents) > 0 { // stored ones are as they are
		return made, err
	}
	made.Left = found.left
	for _, t := range found.feed.Gone {
		made.Withdrawn = max(made.Withdrawn, t.Seq)
	}
	for _, format := range formats {
		made.Documents = append(made.Documents, c.render(ctx, found.feed, format))
	}
	return made, nil
}

// archiveOf returns an archive by its number.
func (m moment) archiveOf(ctx context.Context, channel feeds.Channel, archive int) (composed, error) {
	cut, ok, err := m.log.Cut(ctx, channel, archive)
	if err != nil {
		return composed{}, err
	}
	if !ok {
		return composed{}, feeds.ErrNotPublished
	}
	return m.archive(ctx, channel, cut)
}

// render returns a feed in a format, checked.
func (c *Composer) render(ctx context.Context, f feeds.Feed, format feeds.Format) feeds.MadeDocument {
	d := feeds.MadeDocument{Document: feeds.Document{
		DocumentKey: feeds.DocumentKey{Channel: f.Channel, Format: format, Archive: f.Archive},
		LastSeq:     f.LastSeq, Entries: len(f.Entries),
	}}
	if d.Body, d.Fault = c.checked(ctx, f, format); d.Fault != nil {
		f = c.reduced(ctx, f, format)
		d.Body, _ = c.checked(ctx, f, format)
		d.Entries = len(f.Entries)
	}
	if d.Body != nil {
		d.ETag = feeds.ETag(f.Epoch.Name, f.LastSeq, d.Body)
	}
	return d
}

// checked returns a feed in a format if that passes the check.
func (c *Composer) checked(ctx context.Context, f feeds.Feed, format feeds.Format) ([]byte, error) {
	ended := c.step(ctx, "render")
	body, err := feeds.Render(f, format)
	ended()
	if err == nil {
		ended = c.step(ctx, "check")
		err = check.Document(format, body)
		ended()
	}
	if err != nil {
		return nil, err
	}
	return body, nil
}

// reduced returns a feed without the texts of those entries that don't pass the check by
// themselves, and without the entries of which nothing does.
func (c *Composer) reduced(ctx context.Context, f feeds.Feed, format feeds.Format) feeds.Feed {
	entries := f.Entries
	f.Entries = nil
	passes := func(e feeds.Entry) bool {
		alone := f
		alone.Entries, alone.Gone = []feeds.Entry{e}, nil
		_, err := c.checked(ctx, alone, format)
		return err == nil
	}
	var kept []feeds.Entry
	for _, e := range entries {
		for _, less := range []func(*feeds.Entry){
			func(*feeds.Entry) {},
			func(e *feeds.Entry) { e.Article.Content = "" },
			func(e *feeds.Entry) {
				e.Article.Summary, e.Article.Images, e.Article.Enclosures, e.Article.Episode = "", nil, nil, feeds.Episode{}
			},
			func(e *feeds.Entry) {
				e.Article.Authors, e.Article.Terms, e.Related, e.Versions, e.Source = nil, nil, nil, nil, feeds.EntrySource{}
			},
		} {
			if less(&e); passes(e) {
				kept = append(kept, e)
				break
			}
		}
	}
	f.Entries = kept
	return f
}
