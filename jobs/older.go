package jobs

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/source"
)

const (
	// mostOlder is how many older parts of a feed a run fetches at most.
	mostOlder = 10
	// olderReserve is what must be left of a job's time to begin one.
	olderReserve = 20 * time.Second
)

// reachBack fetches what left the feed before it was visited: where its document has
// nothing that was known, and names the one before it, that is read too, and so on until
// one has something that is known. What can't be had the run says itself: see passed.go of
// the ledger. A first visit reaches back for nothing, and so does a source that suddenly
// looks like another.
func (w *visitor) reachBack(ctx context.Context) error {
	next := w.result.Next
	if next == "" || len(w.leftOut) > 0 || len(w.result.Articles) == 0 || w.state.LastSuccess.IsZero() ||
		w.extent() != ledger.Windowed || w.target.source.Volatile {
		return nil
	}
	id, publisher := w.target.source.ID, w.target.publisher.Key
	if gap, err := w.engine.Store.HasGap(ctx, id, publisher, w.result.Articles); err != nil || !gap {
		return err
	}
	w.turn.end() // pages may take their time
	met := newMeeting(w.result.Articles)
	for _, d := range w.result.Deleted { // an archive may hold what was withdrawn since
		met[d.ID] = true
	}
	asked := map[string]bool{}
	for range mostOlder {
		if next == "" || asked[next] || !w.hasTimeForOlder(ctx) {
			break
		}
		asked[next] = true
		page, err := w.plan.Collector.Older(ctx, source.Input{Source: *w.target.source, Publisher: *w.target.publisher, Now: w.began}, next)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			break // it is the end, or nothing that can be had today
		}
		fresh := met.fresh(page.Articles)
		if len(fresh) == 0 {
			break // it repeats what was there
		}
		w.older = append(w.older, fresh...)
		if knows, err := w.engine.Store.Knows(ctx, id, publisher, fresh); err != nil {
			return err
		} else if knows {
			break
		}
		next = page.Next
	}
	return w.turn.begin(ctx)
}

// hasTimeForOlder reports whether the slice and the job have time for another part.
func (w *visitor) hasTimeForOlder(ctx context.Context) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < olderReserve {
		return false
	}
	return !w.engine.isStopping() && w.engine.Now().Sub(w.slice.began) < SliceTime
}

// meeting knows which articles of a feed were met, by their keys.
type meeting map[string]bool

func newMeeting(articles []feeds.Article) meeting {
	m := meeting{}
	m.fresh(articles)
	return m
}

// fresh returns those of the articles that were not met, and meets them.
func (m meeting) fresh(articles []feeds.Article) (fresh []feeds.Article) {
	for i := range articles {
		isMet := false
		keys := ledger.KeysOf(articles[i : i+1])
		for _, key := range keys {
			isMet = isMet || m[key]
		}
		for _, key := range keys {
			m[key] = true
		}
		if !isMet {
			fresh = append(fresh, articles[i])
		}
	}
	return fresh
}
