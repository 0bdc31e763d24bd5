package publish

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Tombstones are shown for a year.
const goneFor = 365 * 24 * time.Hour

// view is what a channel makes of a part of the log: of the records after one
// sequence number, up to another.
type view struct {
	since, until int64
	category     string // the channel's; "" if none
	publisher    string // likewise
	accepted     feeds.Accepted

	seqs   []int64 // of the records that belong to the view, in order
	places []place // the newest first
	gone   []feeds.Tombstone

	articles map[feeds.ArticleRevision]feeds.StoredArticle
	versions map[string][]feeds.Article // by story, also of those that are recommended
	// recommended are stories, by the articles with which they are.
	recommended map[string]recommended
}

// place is where a story stands in a channel, or an article in one that holds every
// version.
type place struct {
	step     feeds.Step
	replaces string
}

func (p place) seq() int64 { return p.step.Record.Seq }

// shows names what stands there.
func (p place) shows() feeds.ArticleRevision {
	return feeds.ArticleRevision{ID: p.step.Article, Revision: p.step.Revision}
}

func newView(filter feeds.RecordFilter, since, until int64) *view {
	return &view{since: since, until: until, category: filter.Category, publisher: filter.Publisher, accepted: filter.Languages}
}

// take makes the view of the channel's records in its part of the log, in their order.
//
// Of most stories these are all that matters. All records are asked for of a story that
// has some before, since what they showed is replaced, and of one that has ever left the
// category, since that may be told where it is not read. Of these a publisher's channel
// takes what is the publisher's own.
func (v *view) take(ctx context.Context, log Log, records []feeds.Record) error {
	var order, ask, fresh []string
	stories := map[string][]feeds.Record{}
	for _, r := range records {
		if stories[r.Story] == nil {
			order = append(order, r.Story)
			if r.Reason == feeds.ReasonNew { // it begins there, or begins again
				fresh = append(fresh, r.Story)
			} else {
				ask = append(ask, r.Story)
			}
		}
		stories[r.Story] = append(stories[r.Story], r)
	}
	if v.category != "" && len(fresh) > 0 {
		left, err := log.Left(ctx, v.category, fresh)
		if err != nil {
			return err
		}
		ask = append(ask, left...)
	}
	if len(ask) > 0 {
		whole, err := log.StoryRecords(ctx, v.category, ask)
		if err != nil {
			return err
		}
		maps.Copy(stories, whole)
	}
	v.sort(order, stories)
	return nil
}

// takeWhole makes the view of all records of the stories that these are of, whatever the
// records themselves tell of them.
func (v *view) takeWhole(ctx context.Context, log Log, records []feeds.Record) error {
	var order []string
	for _, r := range records {
		if !slices.Contains(order, r.Story) {
			order = append(order, r.Story)
		}
	}
	if len(order) == 0 {
		return nil
	}
	stories, err := log.StoryRecords(ctx, v.category, order)
	if err != nil {
		return err
	}
	v.sort(order, stories)
	return nil
}

// sort puts stories in their places.
func (v *view) sort(order []string, stories map[string][]feeds.Record) {
	for _, story := range order {
		records := stories[story]
		if v.publisher != "" {
			records = ownRecords(v.publisher, records)
		}
		v.story(records)
	}
	slices.Sort(v.seqs)
	v.seqs = slices.Compact(v.seqs) // a record may have several articles take a place
	slices.SortStableFunc(v.places, func(a, b place) int { return cmp.Compare(b.seq(), a.seq()) })
	slices.SortFunc(v.gone, func(a, b feeds.Tombstone) int { return cmp.Compare(b.Seq, a.Seq) })
}

// ownRecords returns a publisher's records of a story. A version beside which only others
// have any is new there, and no translation.
func ownRecords(publisher string, records []feeds.Record) (own []feeds.Record) {
	live := map[string]bool{}
	for _, r := range records {
		if r.Publisher != publisher {
			continue
		}
		if r.Reason == feeds.ReasonTranslation && len(live) == 0 {
			r.Reason = feeds.ReasonNew
		}
		if own = append(own, r); r.Reason == feeds.ReasonWithdrawal {
			delete(live, r.Article)
		} else {
			live[r.Article] = true
		}
	}
	return own
}

// story adds one story. Records after the view's end are left out.
func (v *view) story(records []feeds.Record) {
	if i := slices.IndexFunc(records, func(r feeds.Record) bool { return r.Seq > v.until }); i >= 0 {
		records = records[:i]
	}
	if v.accepted.Chain != nil {
		v.add(feeds.View(v.accepted, records))
		return
	}
	var articles []string
	places := map[string][]feeds.Step{}
	for _, s := range feeds.View(v.accepted, records) {
		of := cmp.Or(s.Article, s.Gone)
		if places[of] == nil {
			articles = append(articles, of)
		}
		places[of] = append(places[of], s)
	}
	for _, a := range articles {
		v.add(places[a])
	}
}

// add takes in what has become of one story, or of one article. Steps before the
// view's part of the log only tell what an entry replaced.
func (v *view) add(steps []feeds.Step) {
	if len(steps) == 0 || steps[len(steps)-1].Record.Seq <= v.since {
		return
	}
	last := steps[len(steps)-1]
	p := place{step: last}
	gone := map[string]feeds.Tombstone{}
	for _, s := range steps {
		if s.Record.Seq > v.since && s.Shows() {
			v.seqs = append(v.seqs, s.Record.Seq)
		}
		if s.Replaces != "" && s.Article == last.Article {
			p.replaces = s.Replaces
		}
		if s.Gone != "" && s.Record.Seq > v.since {
			gone[s.Gone] = feeds.Tombstone{ID: s.Gone, Slug: feeds.Slug(s.Gone), When: s.Record.Time, Seq: s.Record.Seq}
		}
		delete(gone, s.Article) // it came back
	}
	if last.Article != "" {
		v.places = append(v.places, p)
	}
	for _, t := range gone {
		v.gone = append(v.gone, t)
	}
}

// end is the time of the newest record that the view was made of.
func (v *view) end() (t time.Time) {
	if len(v.places) > 0 {
		t = v.places[0].step.Record.Time
	}
	if len(v.gone) > 0 && v.gone[0].When.After(t) {
		t = v.gone[0].When
	}
	return t
}

// last is the sequence number of the newest record that belongs to the view.
func (v *view) last() int64 {
	if n := len(v.seqs); n > 0 {
		return v.seqs[n-1]
	}
	return v.since
}

// load reads the articles that stand in the view's places.
func (v *view) load(ctx context.Context, log Log) (err error) {
	if len(v.places) == 0 {
		return nil
	}
	revisions := make([]feeds.ArticleRevision, len(v.places))
	for i, p := range v.places {
		revisions[i] = p.shows()
	}
	v.articles, err = log.Articles(ctx, revisions)
	return err
}

// forget leaves the tombstones of a year.
func (v *view) forget() {
	since := v.end().Add(-goneFor)
	v.gone = slices.DeleteFunc(v.gone, func(t feeds.Tombstone) bool { return t.When.Before(since) })
}

// bury puts tombstones in the places of what was erased.
func (v *view) bury() {
	v.places = slices.DeleteFunc(v.places, func(p place) bool {
		when := v.articles[p.shows()].Erased
		if when.IsZero() {
			return false
		}
		v.gone = append(v.gone, feeds.Tombstone{ID: p.step.Article, Slug: feeds.Slug(p.step.Article), When: when, Seq: p.seq()})
		return true
	})
	slices.SortFunc(v.gone, func(a, b feeds.Tombstone) int { return cmp.Compare(b.Seq, a.Seq) })
}

// stories are those that stand in the view's places, and those that are recommended there.
func (v *view) stories() (stories []string) {
	for _, p := range v.places {
		stories = append(append(stories, p.step.Record.Story), v.articles[p.shows()].Recommended...)
	}
	slices.Sort(stories)
	return slices.Compact(stories)
}
