package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Store keeps finished documents.
type Store interface {
	// Document returns the document of that key; false if there is none.
	Document(ctx context.Context, key feeds.DocumentKey) (feeds.Document, bool, error)
	// PutDocuments stores documents of a channel and clears the channel's mark if
	// its counter still is the one that was read before composing. It tells whether
	// the mark was cleared. The store counts the revisions.
	PutDocuments(ctx context.Context, channel string, docs []feeds.Document, counter int64, now time.Time) (cleared bool, err error)
	// CloseArchive stores a new archive with its documents. It tells whether it did:
	// not if the archive is closed already or is not the next one, nor if something
	// changed behind in the log since pastChanges was read.
	CloseArchive(ctx context.Context, channel string, cut feeds.Cut, docs []feeds.Document, pastChanges int64, now time.Time) (closed bool, err error)
	// Cut returns where an archive begins and ends, and false if it is not closed.
	Cut(ctx context.Context, channel string, archive int) (cut feeds.Cut, ok bool, err error)
	// PastChanges returns how often something changed that lies behind in the log: an
	// article that was erased, a story that brought its past into a category.
	PastChanges(ctx context.Context) (int64, error)
}

// Publisher composes, renders, checks and keeps channels. It may be used by many
// goroutines at once.
type Publisher struct {
	Composer *Composer
	Store    Store
}

// Result is what became of a publication.
type Result struct {
	// Changed is the number of documents that changed.
	Changed int
	// Entries is the number of entries that the live document has.
	Entries int
	// Closed is the number of archives that were closed.
	Closed int
	// Cleared tells whether the channel's mark was cleared; it was raised again
	// meanwhile if not, and the channel is to be published once more.
	Cleared bool
	// Rejected are the reasons for which documents, or texts of entries, stayed out:
	// the last good document stays up.
	Rejected []string
}

// Publish publishes the channel: it closes the archives that can be closed, composes,
// renders and checks the live documents, and stores those that changed, with the
// counter of the channel's mark that was read before. Now becomes the Last-Modified
// of what changed.
//
// A document that the checker does not pass is no error: see [Result].Rejected.
func (p *Publisher) Publish(ctx context.Context, channel feeds.Channel, counter int64, now time.Time) (Result, error) {
	res, err := p.publish(ctx, channel, counter, now)
	if err != nil {
		return res, fmt.Errorf("publish %s: %w", channel, err)
	}
	return res, nil
}

func (p *Publisher) publish(ctx context.Context, channel feeds.Channel, counter int64, now time.Time) (res Result, err error) {
	if !p.Composer.Site.HasChannel(channel) {
		return res, errNoChannel
	}
	cut, err := p.Composer.Log.LastCut(ctx, channel.String())
	if err != nil {
		return res, err
	}
	t, err := p.Composer.tail(ctx, channel, cut.Until)
	if err != nil {
		return res, err
	}
	if cut, err = p.closeArchives(ctx, channel, t, cut, now, &res); err != nil {
		return res, err
	}
	f, left, err := p.Composer.live(ctx, channel, t, cut)
	if err != nil {
		return res, err
	}
	res.Entries = len(f.Entries)
	res.Rejected = append(res.Rejected, left...)
	changed, err := p.render(ctx, channel, f, now, &res)
	if err != nil {
		return res, err
	}
	res.Changed += len(changed)
	if res.Cleared, err = p.Store.PutDocuments(ctx, channel.String(), changed, counter, now); err != nil {
		return res, fmt.Errorf("store %d documents: %w", len(changed), err)
	}
	return res, nil
}

// closeArchives closes the archives whose records the live document need not hold,
// each in a transaction of its own, and returns the last cut.
func (p *Publisher) closeArchives(ctx context.Context, channel feeds.Channel, t *tail, cut feeds.Cut, now time.Time, res *Result) (feeds.Cut, error) {
	for {
		if err := t.readOut(ctx); err != nil || !t.closable() {
			return cut, err
		}
		past, err := p.Store.PastChanges(ctx) // before an article is read
		if err != nil {
			return cut, err
		}
		v, next, ok, err := p.Composer.block(ctx, channel, cut, t.needed)
		if err != nil || !ok {
			return cut, err
		}
		f, left, err := p.Composer.archive(ctx, channel, v, next)
		if err != nil {
			return cut, fmt.Errorf("archive %d: %w", next.Archive, err)
		}
		rejected := len(res.Rejected)
		docs, err := p.render(ctx, channel, f, now, res)
		if err != nil || len(res.Rejected) > rejected {
			return cut, err // what is doubtful stays where it can still be made good
		}
		closed, err := p.Store.CloseArchive(ctx, channel.String(), next, docs, past, now)
		if err != nil {
			return cut, err
		}
		if !closed {
			if next, err = p.Composer.Log.LastCut(ctx, channel.String()); err != nil || next == cut {
				return cut, err // the past changed in between: the next publication closes it
			}
		} else {
			res.Closed++
			res.Changed += len(docs)
			res.Rejected = append(res.Rejected, left...)
		}
		cut = next
		t.cutAt(cut.Until)
	}
}

// render returns the feed's documents that are not as they are stored. Those that do
// not pass the check are left out, and the result tells why.
func (p *Publisher) render(ctx context.Context, channel feeds.Channel, f feeds.Feed, now time.Time, res *Result) ([]feeds.Document, error) {
	var changed []feeds.Document
	for _, format := range feeds.Formats() {
		key := feeds.DocumentKey{Channel: channel.String(), Format: format, Archive: f.Archive}
		body, err := feeds.Render(f, format)
		if err == nil {
			err = feeds.Check(format, body)
		}
		if err != nil {
			res.Rejected = append(res.Rejected, fmt.Sprintf("%s: %v", key.Path(), err))
			continue
		}
		old, _, err := p.Store.Document(ctx, key)
		if err != nil {
			return nil, fmt.Errorf("read the last %s: %w", key.Path(), err)
		}
		if bytes.Equal(old.Body, body) {
			continue
		}
		changed = append(changed, feeds.Document{
			DocumentKey: key,
			Body:        body,
			ETag:        feeds.ETag(f.LastSeq, body),
			Modified:    modified(old.Modified, now),
			LastSeq:     f.LastSeq,
			Entries:     len(f.Entries),
		})
	}
	return changed, nil
}

// Rewrite renders a closed archive anew, after an article that it held was erased,
// and returns how many of its documents changed. Its cut stays where it is.
func (p *Publisher) Rewrite(ctx context.Context, channel feeds.Channel, archive int, now time.Time) (changed int, err error) {
	changed, err = p.rewrite(ctx, channel, archive, now)
	if err != nil {
		return changed, fmt.Errorf("rewrite archive %d of %s: %w", archive, channel, err)
	}
	return changed, nil
}

func (p *Publisher) rewrite(ctx context.Context, channel feeds.Channel, archive int, now time.Time) (int, error) {
	cut, ok, err := p.Store.Cut(ctx, channel.String(), archive)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, errors.New("it is not closed")
	}
	v, err := p.Composer.reread(ctx, channel, cut)
	if err != nil {
		return 0, err
	}
	f, _, err := p.Composer.archive(ctx, channel, v, cut)
	if err != nil {
		return 0, err
	}
	var res Result
	docs, err := p.render(ctx, channel, f, now, &res)
	if err != nil {
		return 0, err
	}
	if len(res.Rejected) > 0 {
		// The text must go, so there is nothing good to fall back to.
		return 0, fmt.Errorf("it does not pass the check: %s", strings.Join(res.Rejected, "; "))
	}
	const noCounter = -1 // the channel's mark is not for archives
	_, err = p.Store.PutDocuments(ctx, channel.String(), docs, noCounter, now)
	return len(docs), err
}

// modified returns the Last-Modified of a document that changes now. It has a
// precision of a second and always grows, or who asks by date alone would miss the
// second of two changes within one second (RFC 9110 §8.8.2.2), or any after a clock
// that was set back.
func modified(before, now time.Time) time.Time {
	t := now.UTC().Truncate(time.Second)
	if !before.IsZero() && !t.After(before) {
		t = before.UTC().Truncate(time.Second).Add(time.Second)
	}
	return t
}
