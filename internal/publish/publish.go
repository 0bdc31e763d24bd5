package publish

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Store keeps what is published: no documents, but the states by which they are made.
type Store interface {
	// Raise closes archives and raises the revision of a channel, and clears the channel's
	// mark if its counter still is the one that was read before.
	Raise(ctx context.Context, r feeds.Raise) (feeds.Raised, error)
}

// Publisher publishes channels: it relates what is new, closes archives and raises
// revisions. It may be used by many goroutines at once.
type Publisher struct {
	Composer *Composer
	Store    Store
	// Relate relates the articles of the log up to a record at least, so that what is
	// recommended with them is known when they are first shown; nil relates none.
	Relate func(ctx context.Context, until int64) error

	checks    checks
	published atomic.Int64
}

// lookEvery is at how many publications one document is looked at.
const lookEvery = 10

// Result is what became of a publication.
type Result struct {
	// Entries is the number of entries that the live document has, or nearly.
	Entries int
	// Closed is the number of archives that were closed.
	Closed int
	// Cleared tells whether the channel's mark was cleared; it was raised again
	// meanwhile if not, and the channel is to be published once more.
	Cleared bool
	// Faults are what is wrong with the document that was looked at. Readers get the last
	// good one, or this one without the texts that fail.
	Faults []string
	// Revision is the channel's new one; 0 where it was not raised, since there is more to
	// close first. Seq is the end of the log as of which it is.
	Revision, Seq int64
	// Visits are those that the channel was marked by; see [feeds.Raised].
	Visits []string
}

// Publish publishes the channel up to the end of the log. The counter of the channel's
// mark was read before.
//
// At one publication in ten it makes a document of what was published, so that a fault is
// known before a reader meets it.
func (p *Publisher) Publish(ctx context.Context, channel feeds.Channel, counter int64, now time.Time) (Result, error) {
	return p.PublishAs(ctx, "", channel, counter, now)
}

// PublishAs publishes the channel as a publication that is named so ([feeds.Raise]).
func (p *Publisher) PublishAs(ctx context.Context, name string, channel feeds.Channel, counter int64, now time.Time) (Result, error) {
	res, err := p.publish(ctx, feeds.Raise{Channel: channel, Counter: counter, Now: now, Publication: name})
	if err != nil {
		return res, fmt.Errorf("publish %s: %w", channel, err)
	}
	if res.Revision == 0 {
		return res, nil
	}
	if n := p.published.Add(1) - 1; n%lookEvery == 0 {
		formats := feeds.Formats()
		if res.Faults, err = p.look(ctx, channel, formats[n/lookEvery%int64(len(formats))]); err != nil {
			return res, fmt.Errorf("look at what was published: %w", err)
		}
	}
	return res, nil
}

func (p *Publisher) publish(ctx context.Context, r feeds.Raise) (res Result, err error) {
	if !p.Composer.Site.HasChannel(r.Channel) {
		return res, errNoChannel
	}
	if err := p.end(ctx, &r); err != nil {
		return res, err
	}
	var check finding
	err = p.Composer.at(ctx, func(m moment) (err error) {
		if r.PastChanges, err = m.log.PastChanges(ctx); err != nil {
			return err
		}
		if check, err = m.check(ctx, r.Channel, p.checks.last(r.Channel), r.Seq); err != nil {
			return err
		}
		r.Until, err = m.until(ctx, r.Channel, r.Now)
		return err
	})
	if err != nil {
		return res, err
	}
	r.Cuts, r.More, r.Entries = check.cuts, check.more, check.entries
	raised, err := p.Store.Raise(ctx, r)
	if err != nil {
		return res, err
	}
	if !raised.Stored { // the past changed in between: the next publication closes them
		p.checks.forget(r.Channel)
		return res, nil
	}
	p.checks.keep(r.Channel, check)
	res.Entries, res.Closed, res.Cleared = r.Entries, len(r.Cuts), raised.Cleared
	res.Revision, res.Seq, res.Visits = raised.Revision, r.Seq, raised.Visits
	return res, nil
}

// end reads where the log ends, and relates its articles up to there.
func (p *Publisher) end(ctx context.Context, r *feeds.Raise) error {
	err := p.Composer.at(ctx, func(m moment) (err error) {
		r.Seq, err = m.log.LastSeq(ctx)
		return err
	})
	if err != nil || p.Relate == nil {
		return err
	}
	return p.Relate(ctx, r.Seq)
}

// look makes a document of a channel and returns what is wrong with it.
func (p *Publisher) look(ctx context.Context, channel feeds.Channel, format feeds.Format) (faults []string, err error) {
	made, err := p.Composer.Make(ctx, channel, 0, format)
	if err != nil {
		return nil, err
	}
	faults = made.Left
	for _, d := range made.Documents {
		if d.Fault != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", d.Path(), d.Fault))
		}
	}
	return faults, nil
}
