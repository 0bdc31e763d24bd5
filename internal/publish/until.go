package publish

import (
	"context"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// until returns when the page of all that a locale has shows something else although nothing
// changes: when the first of the notices that stand before all others has stood there long
// enough ([feeds.Site.UrgentUntil]). It is the zero time where there is none, and of the other
// channels, which are in one order always.
//
// A notice is changed by its publisher no later than it comes into the log, so that the
// records of that time are all that have to be looked at. What was collected for the first
// time, or filed anew, may be old for all that: of each category no more than the newest
// records are looked at. A notice behind them that is recent all the same goes down with
// whatever is published next.
func (m moment) until(ctx context.Context, channel feeds.Channel, now time.Time) (first time.Time, err error) {
	if channel.Kind != feeds.ChannelAll {
		return time.Time{}, nil
	}
	for _, c := range m.Site.Categories {
		if !c.Urgent {
			continue
		}
		filter := m.filter(feeds.Channel{Locale: channel.Locale, Kind: feeds.ChannelCategory, Name: c.Term})
		recent, err := m.recent(ctx, filter, now.Add(-feeds.UrgentFor))
		if err != nil {
			return time.Time{}, err
		}
		for _, a := range recent {
			if until := m.Site.UrgentUntil(a.StoryCategories, a.Modified); until.After(now) && (first.IsZero() || until.Before(first)) {
				first = until
			}
		}
	}
	return first, nil
}

// mostRecent is how many records of an urgent category are looked at.
const mostRecent = 2 * batch

// recent returns what a channel's records of after a time brought, as far as it was modified
// after that time; see [Log.Modified].
func (m moment) recent(ctx context.Context, filter feeds.RecordFilter, since time.Time) (articles []feeds.StoredArticle, err error) {
	before := int64(0)
	for range mostRecent / batch {
		records, err := m.log.ChannelRecords(ctx, filter, before, batch)
		if err != nil {
			return nil, err
		}
		end := slices.IndexFunc(records, func(r feeds.Record) bool { return !r.Time.After(since) })
		isLast := end >= 0 || len(records) < batch
		if end >= 0 {
			records = records[:end]
		}
		if len(records) == 0 {
			break
		}
		revisions := make([]feeds.ArticleRevision, len(records))
		for i, r := range records {
			revisions[i] = feeds.ArticleRevision{ID: r.Article, Revision: r.Revision}
		}
		modified, err := m.log.Modified(ctx, revisions, since)
		if err != nil {
			return nil, err
		}
		if articles = append(articles, modified...); isLast {
			break
		}
		before = records[len(records)-1].Seq
	}
	return articles, nil
}
