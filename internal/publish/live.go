package publish

import (
	"context"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What a live document holds at least: the newest entries, and beyond them all of
// the last hours until there are too many or they are too long.
const (
	newest      = 50             // entries, always
	recent      = 48 * time.Hour // counted back from the newest record
	mostEntries = 300
	mostBytes   = 1 << 20
	// Tombstones are shown for a year.
	goneFor = 365 * 24 * time.Hour
)

// tail is the end of a channel, read backwards from the newest record.
type tail struct {
	*view
	log    Log
	filter feeds.RecordFilter
	before int64 // the log was read down to here
	more   bool  // and there may be more, above the cut
	// needed is the sequence number of the oldest place that a live document has to
	// hold; the cut where it has to hold all.
	needed int64
}

// tail reads the end of the log until it has what a live document has to hold. No
// record up to the cut is looked at.
func (c *Composer) tail(ctx context.Context, channel feeds.Channel, cut int64) (*tail, error) {
	filter := c.filter(channel)
	t := &tail{view: newView(filter, cut, endless), log: c.Log, filter: filter, more: true}
	for t.more && !t.enough() {
		if err := t.readOn(ctx); err != nil {
			return nil, err
		}
	}
	return t, t.need(ctx)
}

// readOn reads the batch of records below those that were read.
func (t *tail) readOn(ctx context.Context) error {
	records, err := t.log.ChannelRecords(ctx, t.filter, t.before, batch)
	if err != nil {
		return err
	}
	t.more = len(records) == batch
	for i, r := range records {
		if r.Seq <= t.since {
			records, t.more = records[:i], false
			break
		}
		t.before = r.Seq
	}
	return t.take(ctx, t.log, records)
}

// readDown reads until nothing is left above the cut.
func (t *tail) readDown(ctx context.Context) error {
	for t.more {
		if err := t.readOn(ctx); err != nil {
			return err
		}
	}
	return nil
}

// enough tells whether all that the document has to hold was found, once the log was
// read down to a sequence number. A story that is found further down can only stand
// below it.
func (t *tail) enough() bool {
	sure := 0
	for sure < len(t.places) && t.places[sure].seq() >= t.before {
		sure++
	}
	return sure > newest && (sure >= mostEntries || t.places[sure-1].step.Record.Time.Before(t.horizon()))
}

// need finds the oldest place that the document has to hold.
func (t *tail) need(ctx context.Context) error {
	horizon := t.horizon()
	n := min(len(t.places), newest)
	for n < min(len(t.places), mostEntries) && !t.places[n].step.Record.Time.Before(horizon) {
		n++
	}
	if err := t.load(ctx, t.log, t.places[:n]); err != nil {
		return err
	}
	size := 0
	for i, p := range t.places[:n] {
		e := feeds.Entry{Article: t.articles[p.shows()].Article}
		if size += e.Size(); i >= newest && size > mostBytes {
			n = i
			break
		}
	}
	t.needed = t.since
	if n >= newest {
		t.needed = t.places[n-1].seq()
	}
	return nil
}

// closable tells whether an archive can be closed: whether that many records come
// before the oldest place that the document has to hold.
func (t *tail) closable() bool {
	before, _ := slices.BinarySearch(t.seqs, t.needed)
	return before >= archiveSize
}

// readOut reads until it is known whether an archive can be closed: down to the cut,
// or until there are enough records for one.
func (t *tail) readOut(ctx context.Context) error {
	for t.more && !t.closable() {
		if err := t.readOn(ctx); err != nil {
			return err
		}
	}
	return nil
}

// cutAt moves the beginning of the tail to a later cut.
func (t *tail) cutAt(seq int64) {
	t.narrow(seq)
	t.more = t.more && t.before > seq
}

// forget leaves the tombstones of a year.
func (v *view) forget() {
	since := v.end().Add(-goneFor)
	v.gone = slices.DeleteFunc(v.gone, func(t feeds.Tombstone) bool { return t.When.Before(since) })
}
