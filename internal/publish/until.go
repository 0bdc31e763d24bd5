package publish

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// until returns when the page of all that a locale has shows something else although nothing
// changes: when the first of the notices that stand before all others has stood there long
// enough ([feeds.Site.UrgentUntil]). It is the zero time where there is none, and of the other
// channels, which are in one order always.
//
// A notice is changed by its publisher no later than it comes into the log, so that the
// records of that time are all that have to be looked at.
func (m moment) until(ctx context.Context, channel feeds.Channel, now time.Time) (first time.Time, err error) {
	if channel.Kind != feeds.ChannelAll {
		return time.Time{}, nil
	}
	var recent []feeds.ArticleRevision
	for _, c := range m.Site.Categories {
		if !c.Urgent {
			continue
		}
		filter := m.filter(feeds.Channel{Locale: channel.Locale, Kind: feeds.ChannelCategory, Name: c.Term})
		of, err := m.recent(ctx, filter, now.Add(-feeds.UrgentFor))
		if err != nil {
			return time.Time{}, err
		}
		recent = append(recent, of...)
	}
	if len(recent) == 0 {
		return time.Time{}, nil
	}
	articles, err := m.log.Articles(ctx, recent)
	if err != nil {
		return time.Time{}, err
	}
	for _, a := range articles {
		if until := m.Site.UrgentUntil(a.StoryCategories, a.Modified); until.After(now) && (first.IsZero() || until.Before(first)) {
			first = until
		}
	}
	return first, nil
}

// recent names the revisions that a channel's records of after a time brought.
func (m moment) recent(ctx context.Context, filter feeds.RecordFilter, since time.Time) (revisions []feeds.ArticleRevision, err error) {
	for before := int64(0); ; {
		records, err := m.log.ChannelRecords(ctx, filter, before, batch)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if !r.Time.After(since) {
				return revisions, nil
			}
			revisions = append(revisions, feeds.ArticleRevision{ID: r.Article, Revision: r.Revision})
		}
		if len(records) < batch {
			return revisions, nil
		}
		before = records[len(records)-1].Seq
	}
}
