package publish

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// archiveSize is how many records of a channel's view an archive holds.
const archiveSize = 50

// mostCuts is how many archives are closed in one transaction.
const mostCuts = 500

// closing is what is to be closed of a channel.
type closing struct {
	cuts []feeds.Cut
	// more tells that there is more to close than one transaction should.
	more bool
	// entries are how many entries are left for the live document, or nearly.
	entries int
	// end is the time of the channel's newest record.
	end time.Time
}

// closing finds the archives that can be closed behind a cut, of the log up to a record.
func (m moment) closing(ctx context.Context, channel feeds.Channel, last feeds.Cut, until int64) (c closing, err error) {
	filter := m.filter(channel)
	t, err := m.tail(ctx, filter, last.Until, until)
	if err != nil {
		return closing{}, err
	}
	epoch, err := m.log.Epoch(ctx)
	if err != nil {
		return closing{}, err
	}
	if t.closable() {
		if c.cuts, c.more, err = m.cuts(ctx, filter, epoch, last, t); err != nil {
			return closing{}, err
		}
	}
	c.end = t.end()
	since := last.Until
	if len(c.cuts) > 0 {
		since = c.cuts[len(c.cuts)-1].Until
	}
	for _, p := range t.places {
		if p.seq() > since {
			c.entries++
		}
	}
	return c, nil
}

// cuts counts off the records of a channel's view in fifties, from the last cut to the
// oldest place that the live document has to hold. A step of the view is the same
// whatever the story became later, so that the log is read once, and no article is.
func (m moment) cuts(ctx context.Context, filter feeds.RecordFilter, epoch feeds.Epoch, last feeds.Cut, t *tail) (cuts []feeds.Cut, more bool, err error) {
	v := t.view
	if t.more { // else it was read down to the cut
		var records []feeds.Record
		if records, more, err = m.records(ctx, filter, last.Until, t.needed-1, mostCuts*archiveSize); err != nil {
			return nil, false, err
		}
		until := t.needed - 1
		if more { // what lies further on was not looked at
			until = records[len(records)-1].Seq
		}
		v = newView(filter, last.Until, until)
		if err := v.take(ctx, m.log, records); err != nil {
			return nil, false, err
		}
	}
	count := 0
	for _, seq := range v.seqs {
		if seq >= t.needed {
			break
		}
		if count++; count%archiveSize == 0 {
			last = feeds.Cut{Archive: epoch.NextArchive(last.Archive), Since: last.Until, Until: seq, Languages: filter.Languages.Chain}
			cuts = append(cuts, last)
		}
	}
	return cuts, more && len(cuts) > 0, nil
}
