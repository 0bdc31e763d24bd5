package publish

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// batch is how many records are asked of the log at once.
const batch = 100

// endless is a sequence number that no record reaches.
const endless = math.MaxInt64

// view is what a channel makes of a part of the log: of the records after one
// sequence number, up to another.
type view struct {
	since, until int64
	category     string          // the channel's; "" if none
	languages    []string        // that the channel accepts; nil if every article stands for itself
	seen         map[string]bool // stories that were added

	seqs   []int64 // of the records that belong to the view, in order
	places []place // the newest first
	gone   []feeds.Tombstone

	articles map[feeds.ArticleRevision]feeds.StoredArticle
	versions map[string][]feeds.Article // by story
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
	return &view{since: since, until: until, category: filter.Category, languages: filter.Languages, seen: map[string]bool{}}
}

// take adds the stories of these records that the view does not have yet.
func (v *view) take(ctx context.Context, log Log, records []feeds.Record) error {
	var stories []string
	for _, r := range records {
		if !v.seen[r.Story] {
			v.seen[r.Story] = true
			stories = append(stories, r.Story)
		}
	}
	if len(stories) == 0 {
		return nil
	}
	all, err := log.StoryRecords(ctx, v.category, stories)
	if err != nil {
		return err
	}
	for _, story := range stories {
		v.story(all[story])
	}
	slices.Sort(v.seqs)
	slices.SortFunc(v.places, func(a, b place) int { return cmp.Compare(b.seq(), a.seq()) })
	slices.SortFunc(v.gone, func(a, b feeds.Tombstone) int { return cmp.Compare(b.Seq, a.Seq) })
	return nil
}

// story adds one story, of which all records are given.
func (v *view) story(records []feeds.Record) {
	if i := slices.IndexFunc(records, func(r feeds.Record) bool { return r.Seq > v.until }); i >= 0 {
		records = records[:i]
	}
	if v.languages != nil {
		v.add(feeds.View(v.languages, records))
		return
	}
	var articles []string
	versions := map[string][]feeds.Record{}
	for _, r := range records {
		if versions[r.Article] == nil {
			articles = append(articles, r.Article)
		}
		versions[r.Article] = append(versions[r.Article], r)
	}
	for _, a := range articles {
		v.add(feeds.View(nil, versions[a]))
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

// narrow leaves what happened after a sequence number.
func (v *view) narrow(since int64) {
	v.since = since
	v.seqs = slices.DeleteFunc(v.seqs, func(seq int64) bool { return seq <= since })
	v.places = slices.DeleteFunc(v.places, func(p place) bool { return p.seq() <= since })
	v.gone = slices.DeleteFunc(v.gone, func(t feeds.Tombstone) bool { return t.Seq <= since })
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

// horizon is the time since when everything is held.
func (v *view) horizon() time.Time { return v.end().Add(-recent) }

// last is the sequence number of the newest record that belongs to the view.
func (v *view) last() int64 {
	if n := len(v.seqs); n > 0 {
		return v.seqs[n-1]
	}
	return v.since
}

// load reads the articles that stand in these places.
func (v *view) load(ctx context.Context, log Log, places []place) error {
	revisions := make([]feeds.ArticleRevision, 0, len(places))
	for _, p := range places {
		if _, ok := v.articles[p.shows()]; !ok {
			revisions = append(revisions, p.shows())
		}
	}
	if len(revisions) == 0 {
		return nil
	}
	articles, err := log.Articles(ctx, revisions)
	if err != nil {
		return err
	}
	if v.articles == nil {
		v.articles = articles
		return nil
	}
	maps.Copy(v.articles, articles)
	return nil
}

// bury puts tombstones in the places of what was erased.
func (v *view) bury(ctx context.Context, log Log) error {
	ids := make([]string, len(v.places))
	for i, p := range v.places {
		ids[i] = p.step.Article
	}
	if len(ids) == 0 {
		return nil
	}
	erased, err := log.Erased(ctx, ids)
	if err != nil || len(erased) == 0 {
		return err
	}
	v.places = slices.DeleteFunc(v.places, func(p place) bool {
		when, ok := erased[p.step.Article]
		if ok {
			v.gone = append(v.gone, feeds.Tombstone{ID: p.step.Article, Slug: feeds.Slug(p.step.Article), When: when, Seq: p.seq()})
		}
		return ok
	})
	slices.SortFunc(v.gone, func(a, b feeds.Tombstone) int { return cmp.Compare(b.Seq, a.Seq) })
	return nil
}

// stories are those that stand in the view's places.
func (v *view) stories() []string {
	stories := make([]string, len(v.places))
	for i, p := range v.places {
		stories[i] = p.step.Record.Story
	}
	slices.Sort(stories)
	return slices.Compact(stories)
}
