package publish

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/related"
)

// RelatedStore keeps what is related.
type RelatedStore interface {
	ChannelRecords(ctx context.Context, f feeds.RecordFilter, before int64, limit int) ([]feeds.Record, error)
	// ChannelRecordsAfter returns at most limit records with a sequence number above after,
	// the oldest first.
	ChannelRecordsAfter(ctx context.Context, f feeds.RecordFilter, after int64, limit int) ([]feeds.Record, error)
	// Languages returns the languages of the log.
	Languages(ctx context.Context) ([]string, error)
	// Words returns these states of articles with what they are compared by.
	Words(ctx context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]feeds.Article, error)
	// RelatedUntil returns up to which record articles were related.
	RelatedUntil(ctx context.Context) (int64, error)
	// PutRelated stores what was found of the records from one sequence number
	// (exclusive) to another (inclusive), unless another process did before.
	PutRelated(ctx context.Context, from, until int64, stories map[string][]string) (stored bool, err error)
}

// Recommender relates each article to others once, in the order of the log, and
// stores what it found. It follows the log when it is asked, and not where articles
// are stored, so that collecting never waits for it.
//
// Any number of processes may do so at once: what they find is a function of the log,
// and who is late stores nothing. It may be used by many goroutines at once.
type Recommender struct {
	store RelatedStore
	turn  chan struct{}
	index *related.Index // nil before the first time, and after an error
	at    int64          // the record that the index was told of last
}

// NewRecommender returns a recommender that has read nothing yet.
func NewRecommender(store RelatedStore) *Recommender {
	return &Recommender{store: store, turn: make(chan struct{}, 1)}
}

// Relate relates the articles of the log up to a record at least, and stores what it
// found. Where there is nothing to do it does not ask the store.
func (r *Recommender) Relate(ctx context.Context, until int64) error {
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-r.turn }()
	if err := r.follow(ctx, until); err != nil {
		return fmt.Errorf("relate articles to one another: %w", err)
	}
	return nil
}

// relateBatch is how many records are related in one transaction.
const relateBatch = 200

// follow relates the articles of the log, at least up to a record.
func (r *Recommender) follow(ctx context.Context, until int64) error {
	if r.index != nil && r.at > until {
		// Another call was quicker; or the database was restored, and knows of less.
		stored, err := r.store.RelatedUntil(ctx)
		if err != nil {
			return err
		}
		if stored < r.at {
			r.index = nil
		}
	}
	for r.index == nil || r.at < until {
		if r.index == nil {
			if err := r.build(ctx); err != nil {
				return err
			}
			continue
		}
		more, err := r.relate(ctx)
		if err != nil {
			r.index = nil // it may know of more than was stored
			return err
		}
		if !more {
			return nil // what is left files stories and shows no article
		}
	}
	return nil
}

// relate relates the articles of the next records, and tells whether there were any.
func (r *Recommender) relate(ctx context.Context) (more bool, err error) {
	records, err := r.store.ChannelRecordsAfter(ctx, feeds.RecordFilter{}, r.at, relateBatch)
	if err != nil || len(records) == 0 {
		return false, err
	}
	found := map[string][]string{}
	if err := r.tell(ctx, records, func(record feeds.Record, a feeds.Article) {
		if _, ok := found[a.ID]; !ok && (record.Reason == feeds.ReasonNew || record.Reason == feeds.ReasonTranslation) {
			found[a.ID] = r.index.Related(a)
		}
	}); err != nil {
		return false, err
	}
	last := records[len(records)-1].Seq
	stored, err := r.store.PutRelated(ctx, r.at, last, found)
	if err != nil {
		return false, err
	}
	r.at = last
	if !stored {
		r.index = nil // another process was quicker; go on from where it is
	}
	return true, nil
}

// tell tells the index of records, after before was called with the article of each
// that shows one.
func (r *Recommender) tell(ctx context.Context, records []feeds.Record, before func(feeds.Record, feeds.Article)) error {
	var shown []feeds.ArticleRevision
	for _, record := range records {
		if record.Reason != feeds.ReasonWithdrawal {
			shown = append(shown, feeds.ArticleRevision{ID: record.Article, Revision: record.Revision})
		}
	}
	articles, err := r.store.Words(ctx, shown)
	if err != nil {
		return err
	}
	for _, record := range records {
		a, ok := articles[feeds.ArticleRevision{ID: record.Article, Revision: record.Revision}]
		if !ok || record.Reason == feeds.ReasonWithdrawal { // or erased since
			r.index.Withdraw(record.Article, record.Language)
			continue
		}
		a.Language = record.Language
		before(record, a)
		r.index.Put(a)
	}
	return nil
}

// build makes the index as it is after the last record that was related: of the
// newest record of each article, as far as the windows reach.
func (r *Recommender) build(ctx context.Context) error {
	at, err := r.store.RelatedUntil(ctx)
	if err != nil {
		return err
	}
	languages, err := r.store.Languages(ctx)
	if err != nil {
		return err
	}
	r.index, r.at = related.NewIndex(), at
	built := map[string]bool{}
	for _, language := range languages {
		if built[feeds.Writing(language)] {
			continue // with one that it fits
		}
		built[feeds.Writing(language)] = true
		if err := r.buildWindow(ctx, language, at); err != nil {
			r.index = nil
			return err
		}
	}
	return nil
}

func (r *Recommender) buildWindow(ctx context.Context, language string, at int64) error {
	filter := feeds.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{language}}}
	var newest []feeds.Record
	seen := map[string]bool{}
	for before := at + 1; ; {
		records, err := r.store.ChannelRecords(ctx, filter, before, relateBatch)
		if err != nil {
			return err
		}
		for _, record := range records {
			before = record.Seq
			if !seen[record.Article] && len(seen) < related.Window {
				seen[record.Article] = true
				newest = append(newest, record)
			}
		}
		if len(records) < relateBatch || len(seen) == related.Window {
			break
		}
	}
	slices.Reverse(newest)
	for batch := range slices.Chunk(newest, relateBatch) {
		if err := r.tell(ctx, batch, func(feeds.Record, feeds.Article) {}); err != nil {
			return err
		}
	}
	return nil
}

// recommended are the stories that are recommended with an article, each with its
// versions, the best for the channel's readers first.
type recommended [][]feeds.Article

// recommend finds what is recommended with the articles in a view's places, by their
// IDs: the stories as they were at its end. What was not related yet has none.
func (m moment) recommend(channel feeds.Channel, v *view) map[string]recommended {
	chain := m.Site.Accepted(channel).Chain
	if chain == nil {
		locale, _ := m.Site.Locale(channel.Locale)
		chain = locale.Chain
	}
	byArticle := map[string]recommended{}
	for _, p := range v.places {
		id := p.step.Article
		for _, story := range v.articles[p.shows()].Recommended {
			if story == p.step.Record.Story {
				continue // they were joined since
			}
			if best := chain.BestFirst(v.versions[story], p.step.Record.Language); len(best) > 0 {
				byArticle[id] = append(byArticle[id], best)
			}
		}
	}
	return byArticle
}

// related returns the links under an entry: the source's own, which lead to our
// version where we hold the notice, and then what is recommended beside them, until
// there are enough.
func (w *words) related(a feeds.Article, held recommended) []feeds.RelatedLink {
	var links []feeds.RelatedLink
	where := w.location(a.Publisher)
	used := make([]bool, len(held))
	for _, own := range a.Related {
		if i := held.find(own.Title); i >= 0 {
			if !used[i] {
				used[i] = true
				links = append(links, w.heldLink(held[i][0]))
			}
			continue
		}
		link := feeds.RelatedLink{Title: own.Title, URL: own.Link, Language: a.Language, Date: inZone(own.Date, where)}
		if !own.Date.IsZero() {
			link.DateText = w.Date(link.Date)
		}
		links = append(links, link)
	}
	for i, versions := range held {
		if !used[i] && len(links) < related.Most {
			links = append(links, w.heldLink(versions[0]))
		}
	}
	return links
}

// find returns the story of which a version has that title; -1 if none has.
func (held recommended) find(title string) int {
	title = feeds.FoldTitle(title)
	return slices.IndexFunc(held, func(versions []feeds.Article) bool {
		return slices.ContainsFunc(versions, func(a feeds.Article) bool { return feeds.FoldTitle(a.Title) == title })
	})
}

// heldLink leads to an article's page on this site.
func (w *words) heldLink(a feeds.Article) feeds.RelatedLink {
	date := inZone(a.Published, w.location(a.Publisher))
	return feeds.RelatedLink{
		ID: a.ID, Title: a.Title, URL: w.site.URL(feeds.ArticlePath(w.channel.Locale, a.Slug)), Language: a.Language,
		Date: date, DateText: w.Date(date),
	}
}

// location is where a publisher's dates are read.
func (w *words) location(publisher string) *time.Location {
	return w.site.Zone(publisher)
}
