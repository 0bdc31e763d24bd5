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
)

// tail is the end of a channel: as much as it takes to know what its live document has to
// hold. It is the view of a part of the log that ends with the newest record.
type tail struct {
	*view
	// more tells that it begins behind the last cut, so that records lie between.
	more bool
	// needed is the sequence number of the oldest place that a live document has to
	// hold; the last cut where it has to hold all.
	needed int64
}

// firstLook is how many records a tail is looked for in first, and then twice as many each
// time.
const firstLook = 100

// tail reads the end of the log up to a record, backwards, until it has what a live
// document has to hold. No record up to the cut is looked at.
func (m moment) tail(ctx context.Context, filter feeds.RecordFilter, cut, until int64) (*tail, error) {
	t := &tail{more: true}
	var all []feeds.Record // the newest first
	before := until + 1
	for look := firstLook; ; look *= 2 {
		records, err := m.log.ChannelRecords(ctx, filter, before, look-len(all))
		if err != nil {
			return nil, err
		}
		t.more = len(records) == look-len(all)
		if i := slices.IndexFunc(records, func(r feeds.Record) bool { return r.Seq <= cut }); i >= 0 {
			records, t.more = records[:i], false
		}
		all = append(all, records...)
		since := cut
		if t.more {
			before = all[len(all)-1].Seq
			since = before - 1
			if mostPlaces(filter, all) <= newest {
				continue // whatever the view of them is
			}
		}
		ascending := slices.Clone(all)
		slices.Reverse(ascending)
		t.view = newView(filter, since, until)
		if err := t.take(ctx, m.log, ascending); err != nil {
			return nil, err
		}
		if !t.more || t.enough() {
			return t, t.need(ctx, m.log, cut)
		}
	}
}

// mostPlaces returns how many places a view of these records has at most. A story in many
// languages has many records, and one place.
func mostPlaces(filter feeds.RecordFilter, records []feeds.Record) int {
	places := map[string]bool{}
	for _, r := range records {
		if filter.Languages.Chain == nil {
			places[r.Article] = true
		} else {
			places[r.Story] = true
		}
	}
	return len(places)
}

// horizon is the time since when everything is held.
func (t *tail) horizon() time.Time { return t.end().Add(-recent) }

// enough reports whether all that the document has to hold was found: a story that is found
// further back can only stand there.
func (t *tail) enough() bool {
	n := len(t.places)
	return n > newest && (n >= mostEntries || t.places[n-1].step.Record.Time.Before(t.horizon()))
}

// need finds the oldest place that the document has to hold.
func (t *tail) need(ctx context.Context, log Log, cut int64) error {
	horizon := t.horizon()
	n := min(len(t.places), newest)
	for n < min(len(t.places), mostEntries) && !t.places[n].step.Record.Time.Before(horizon) {
		n++
	}
	if n > newest {
		fit, err := t.fitting(ctx, log, t.places[:n])
		if err != nil {
			return err
		}
		n = max(newest, fit)
	}
	t.needed = cut
	if n >= newest {
		t.needed = t.places[n-1].seq()
	}
	return nil
}

// fitting returns how many of these places are no longer than a document should be.
func (t *tail) fitting(ctx context.Context, log Log, places []place) (int, error) {
	revisions := make([]feeds.ArticleRevision, len(places))
	for i, p := range places {
		revisions[i] = p.shows()
	}
	sizes, err := log.Sizes(ctx, revisions)
	if err != nil {
		return 0, err
	}
	size := 0
	for i, r := range revisions {
		if size += sizes[r]; size > mostBytes {
			return i, nil
		}
	}
	return len(places), nil
}

// closable reports whether there may be an archive to close: whether that many records
// come before the oldest place that the document has to hold, or were not looked at.
func (t *tail) closable() bool {
	before, _ := slices.BinarySearch(t.seqs, t.needed)
	return t.more || before >= archiveSize
}
