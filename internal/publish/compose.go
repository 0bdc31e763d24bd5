package publish

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// What a document holds: the newest entries, and beyond them all of the last hours
// until there are too many or they are too long.
const (
	newest      = 50             // entries, always
	recent      = 48 * time.Hour // counted back from the newest record
	mostEntries = 300
	mostBytes   = 1 << 20
	// Tombstones are shown for a year, at most so many.
	mostGone = 50
	goneFor  = 365 * 24 * time.Hour
)

// batch is how many records are asked of the log at once.
const batch = 100

// Log is what is composed from.
type Log interface {
	// ChannelRecords returns at most limit records, the newest first, of those with
	// a sequence number below before; 0 begins at the newest.
	ChannelRecords(ctx context.Context, f feeds.RecordFilter, before int64, limit int) ([]feeds.Record, error)
	// StoryRecords returns all records of these stories in the order of the log, by
	// story.
	StoryRecords(ctx context.Context, stories []string) (map[string][]feeds.Record, error)
	// Articles returns these states of articles; what does not exist is left out.
	Articles(ctx context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]feeds.StoredArticle, error)
	// Versions returns the articles of these stories that are not withdrawn, in
	// their newest revision, by story. Their texts may be left out.
	Versions(ctx context.Context, stories []string) (map[string][]feeds.Article, error)
}

// Composer composes channels from the log. Its fields don't change while it is
// used, and it may be used by many goroutines at once.
type Composer struct {
	Site   *feeds.Site
	Bundle *locales.Bundle
	Log    Log
	// Sources tell where an article was collected; without them entries name no
	// source feed.
	Sources []feeds.Source
	// TTL is how long readers may keep a document; 0 leaves it out.
	TTL time.Duration
}

// Compose returns the channel as the log has it now.
func (c *Composer) Compose(ctx context.Context, channel feeds.Channel) (feeds.Feed, error) {
	f, _, err := c.compose(ctx, channel)
	return f, err
}

// compose also returns why texts of entries were left out.
func (c *Composer) compose(ctx context.Context, channel feeds.Channel) (f feeds.Feed, left []string, err error) {
	if !c.Site.HasChannel(channel) {
		return feeds.Feed{}, nil, fmt.Errorf("compose %s: the site has no such channel", channel)
	}
	v, err := c.read(ctx, channel)
	if err != nil {
		return feeds.Feed{}, nil, fmt.Errorf("compose %s: %w", channel, err)
	}
	w := c.words(channel)
	f = w.feed()
	for _, p := range v.places {
		e, err := w.entry(v, p)
		if err != nil {
			return feeds.Feed{}, nil, fmt.Errorf("compose %s: %w", channel, err)
		}
		if err := feeds.CheckContent(e.Article.Content); err != nil {
			e.Article.Content = ""
			left = append(left, fmt.Sprintf("%s: the text of %s was left out: %v", channel, e.Article.ID, err))
		}
		f.Entries = append(f.Entries, e)
		f.LastSeq = max(f.LastSeq, e.Record.Seq)
		if e.Changed.After(f.Updated) {
			f.Updated = e.Changed
		}
	}
	for _, t := range v.gone {
		f.Gone = append(f.Gone, t)
		f.LastSeq = max(f.LastSeq, t.Seq)
		if t.When.After(f.Updated) {
			f.Updated = t.When
		}
	}
	return f, left, nil
}

// view is what a channel holds.
type view struct {
	places   []place // the newest first
	gone     []feeds.Tombstone
	articles map[feeds.ArticleRevision]feeds.StoredArticle
	versions map[string][]feeds.Article // by story
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

// read reads the log backwards until it has what the document holds.
func (c *Composer) read(ctx context.Context, channel feeds.Channel) (*view, error) {
	filter := c.filter(channel)
	v := &view{}
	seen := map[string]bool{}
	before, more := int64(0), true
	for more && !v.enough(before) {
		records, err := c.Log.ChannelRecords(ctx, filter, before, batch)
		if err != nil {
			return nil, err
		}
		var stories []string
		for _, r := range records {
			if !seen[r.Story] {
				seen[r.Story] = true
				stories = append(stories, r.Story)
			}
			before = r.Seq
		}
		if err := c.place(ctx, v, filter.Languages, stories); err != nil {
			return nil, err
		}
		more = len(records) == batch
	}
	found := len(v.places)
	v.cutByTime()
	if err := c.load(ctx, v); err != nil {
		return nil, err
	}
	v.cutBySize()
	v.forget(!more && len(v.places) == found)
	return v, nil
}

// filter says of which records the channel is made.
func (c *Composer) filter(channel feeds.Channel) feeds.RecordFilter {
	f := feeds.RecordFilter{Languages: c.Site.Languages(channel)}
	switch channel.Kind {
	case feeds.ChannelCategory, feeds.ChannelOnly:
		f.Category = channel.Name
	case feeds.ChannelPublisher:
		f.Publisher = channel.Name
	}
	return f
}

// place finds where these stories stand in the view.
func (c *Composer) place(ctx context.Context, v *view, languages, stories []string) error {
	if len(stories) == 0 {
		return nil
	}
	records, err := c.Log.StoryRecords(ctx, stories)
	if err != nil {
		return err
	}
	for _, story := range stories {
		if languages != nil {
			v.add(feeds.View(languages, records[story]))
			continue
		}
		// Every article stands for itself.
		versions := map[string][]feeds.Record{}
		for _, r := range records[story] {
			versions[r.Article] = append(versions[r.Article], r)
		}
		for _, version := range versions {
			v.add(feeds.View(nil, version))
		}
	}
	slices.SortFunc(v.places, func(a, b place) int { return cmp.Compare(b.seq(), a.seq()) })
	slices.SortFunc(v.gone, func(a, b feeds.Tombstone) int { return cmp.Compare(b.Seq, a.Seq) })
	return nil
}

// add takes in what has become of one story.
func (v *view) add(steps []feeds.Step) {
	if len(steps) == 0 {
		return
	}
	last := steps[len(steps)-1]
	p := place{step: last}
	gone := map[string]feeds.Tombstone{}
	for _, s := range steps {
		if s.Replaces != "" && s.Article == last.Article {
			p.replaces = s.Replaces
		}
		if s.Gone != "" {
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

// enough tells whether all that the document can hold was found, once the log was
// read down to a sequence number. A story that is found further down can only stand
// below it.
func (v *view) enough(before int64) bool {
	sure := 0
	for sure < len(v.places) && v.places[sure].seq() >= before {
		sure++
	}
	return sure > newest && (sure >= mostEntries || v.places[sure-1].step.Record.Time.Before(v.horizon()))
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

// cutByTime leaves the newest places, and those of the last hours until there are too
// many.
func (v *view) cutByTime() {
	horizon := v.horizon()
	n := min(len(v.places), newest)
	for n < min(len(v.places), mostEntries) && !v.places[n].step.Record.Time.Before(horizon) {
		n++
	}
	v.places = v.places[:n]
}

// load reads the articles that the places show, and the other versions of their
// stories.
func (c *Composer) load(ctx context.Context, v *view) error {
	if len(v.places) == 0 {
		return nil
	}
	revisions := make([]feeds.ArticleRevision, len(v.places))
	stories := make([]string, len(v.places))
	for i, p := range v.places {
		revisions[i], stories[i] = p.shows(), p.step.Record.Story
	}
	slices.Sort(stories)
	var err error
	if v.articles, err = c.Log.Articles(ctx, revisions); err != nil {
		return err
	}
	v.versions, err = c.Log.Versions(ctx, slices.Compact(stories))
	return err
}

// cutBySize leaves the newest places, and those behind them until they are too long.
func (v *view) cutBySize() {
	size := 0
	for n, p := range v.places {
		e := feeds.Entry{Article: v.articles[p.shows()].Article}
		if size += e.Size(); n >= newest && size > mostBytes {
			v.places = v.places[:n]
			return
		}
	}
}

// forget leaves the tombstones that the document holds: those of a year, and none
// that is older than the oldest entry, unless the document holds the whole log.
func (v *view) forget(complete bool) {
	since := v.end().Add(-goneFor)
	v.gone = slices.DeleteFunc(v.gone, func(t feeds.Tombstone) bool {
		return t.When.Before(since) || !complete && t.Seq < v.places[len(v.places)-1].seq()
	})
	v.gone = v.gone[:min(len(v.gone), mostGone)]
}
