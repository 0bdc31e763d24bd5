package publish

import (
	"context"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
)

// archiveSize is how many records of a channel's view an archive holds.
const archiveSize = 50

// block finds the next archive behind a cut: the records that it holds, if the last
// of them comes before below. It reads no more of the log than these.
func (c *Composer) block(ctx context.Context, channel feeds.Channel, after feeds.Cut, below int64) (v *view, cut feeds.Cut, ok bool, err error) {
	filter := c.filter(channel)
	cut = feeds.Cut{Archive: after.Archive + 1, Since: after.Until, Until: after.Until}
	var found []feeds.Record
	for {
		records, err := c.Log.ChannelRecordsAfter(ctx, filter, cut.Until, batch)
		if err != nil {
			return nil, cut, false, err
		}
		if len(records) > 0 {
			cut.Until = records[len(records)-1].Seq
		}
		found = append(found, records...)
		// Which step is the last of the archive is only known with all records up to
		// it; and what the stories became later is not to be seen.
		v = newView(filter, cut.Since, cut.Until)
		if err := v.take(ctx, c.Log, found); err != nil {
			return nil, cut, false, err
		}
		if len(v.seqs) >= archiveSize {
			cut.Until = v.seqs[archiveSize-1]
			break
		}
		if len(records) < batch || cut.Until >= below {
			return nil, cut, false, nil
		}
	}
	if cut.Until >= below {
		return nil, cut, false, nil
	}
	v, err = c.between(ctx, filter, cut, found)
	return v, cut, err == nil, err
}

// between returns the view of an archive, of the channel's records in its part of the
// log.
func (c *Composer) between(ctx context.Context, filter feeds.RecordFilter, cut feeds.Cut, records []feeds.Record) (*view, error) {
	v := newView(filter, cut.Since, cut.Until)
	for len(records) > 0 && records[len(records)-1].Seq > cut.Until {
		records = records[:len(records)-1]
	}
	return v, v.take(ctx, c.Log, records)
}

// reread returns the view of an archive that was closed before.
func (c *Composer) reread(ctx context.Context, channel feeds.Channel, cut feeds.Cut) (*view, error) {
	filter := c.filter(channel)
	var all []feeds.Record
	for after := cut.Since; after < cut.Until; {
		records, err := c.Log.ChannelRecordsAfter(ctx, filter, after, batch)
		if err != nil {
			return nil, err
		}
		all = append(all, records...)
		if len(records) < batch {
			break
		}
		after = records[len(records)-1].Seq
	}
	return c.between(ctx, filter, cut, all)
}

// archive returns the feed of an archive: a function of the log up to its cut alone,
// whatever happened since.
func (c *Composer) archive(ctx context.Context, channel feeds.Channel, v *view, cut feeds.Cut) (feeds.Feed, []string, error) {
	if err := v.bury(ctx, c.Log); err != nil {
		return feeds.Feed{}, nil, err
	}
	if err := v.load(ctx, c.Log, v.places); err != nil {
		return feeds.Feed{}, nil, err
	}
	if err := c.versionsThen(ctx, v); err != nil {
		return feeds.Feed{}, nil, err
	}
	var err error
	if v.recommended, err = c.recommend(ctx, channel, v.places, v.until); err != nil {
		return feeds.Feed{}, nil, err
	}
	w := c.words(channel)
	f := w.feed()
	f.Archive = cut.Archive
	f.Self = archiveURLs(c.Site, channel, cut.Archive)
	f.Previous = archiveURLs(c.Site, channel, cut.Archive-1)
	f.Next = archiveURLs(c.Site, channel, cut.Archive+1)
	left, err := w.fill(&f, v)
	f.LastSeq = cut.Until
	return f, left, err
}

// versionsThen finds the versions of the stories as they were at the view's end.
func (c *Composer) versionsThen(ctx context.Context, v *view) error {
	if len(v.places) == 0 {
		return nil
	}
	records, err := c.Log.StoryRecords(ctx, "", v.stories())
	if err != nil {
		return err
	}
	var order []feeds.ArticleRevision
	var ids []string
	for _, story := range v.stories() {
		last := map[string]feeds.Record{}
		var articles []string
		for _, r := range records[story] {
			if r.Seq > v.until {
				break
			}
			if _, ok := last[r.Article]; !ok {
				articles = append(articles, r.Article)
			}
			last[r.Article] = r
		}
		if len(articles) == 1 {
			continue // itself
		}
		for _, a := range articles {
			if r := last[a]; r.Reason != feeds.ReasonWithdrawal {
				order = append(order, feeds.ArticleRevision{ID: a, Revision: r.Revision})
				ids = append(ids, a)
			}
		}
	}
	if len(order) == 0 {
		return nil
	}
	erased, err := c.Log.Erased(ctx, ids)
	if err != nil {
		return err
	}
	articles, err := c.Log.Articles(ctx, order)
	if err != nil {
		return err
	}
	v.versions = map[string][]feeds.Article{}
	for _, r := range order {
		if _, gone := erased[r.ID]; gone {
			continue
		}
		a, ok := articles[r]
		if !ok {
			return fmt.Errorf("the log names revision %d of %s, which the store does not have; has it been deleted by hand?", r.Revision, r.ID)
		}
		v.versions[a.Story] = append(v.versions[a.Story], a.Article)
	}
	return nil
}
