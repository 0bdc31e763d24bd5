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
	if !w.mayHaveGap() {
		return nil
	}
	gap, err := w.engine.Store.HasGap(ctx, w.target.source.ID, w.target.publisher.Key, w.result.Articles)
	if err != nil || !gap {
		return err
	}
	w.turn.end() // pages may take their time
	met := newMeeting(w.result.Articles)
	for _, d := range w.result.Deleted { // an archive may hold what was withdrawn since
		met[d.ID] = true
	}
	asked := map[string]bool{}
	for next := w.result.Next; next != "" && !asked[next] && len(asked) < mostOlder && w.hasTimeForOlder(ctx); {
		asked[next] = true
		if next, err = w.readOlder(ctx, next, met); err != nil {
			return err
		}
	}
	return w.turn.begin(ctx)
}

// mayHaveGap reports whether something may have left the feed before this visit that can be
// had, as far as its document tells.
func (w *visitor) mayHaveGap() bool {
	return w.result.Next != "" && len(w.leftOut) == 0 && len(w.result.Articles) > 0 && !w.state.LastSuccess.IsZero() &&
		w.extent() == ledger.Windowed && !w.target.source.Volatile
}

// gap returns how a collector finds out whether something may have left a listing before this
// visit, and notes why the store could not be asked; nil where there is no question. The
// collector itself reaches back, since it waits for the pages of a listing as for all others.
func (w *visitor) gap(unasked *error) func(context.Context, []feeds.Article) (bool, error) {
	if w.state.LastSuccess.IsZero() || w.target.source.Volatile {
		return nil
	}
	return func(ctx context.Context, listed []feeds.Article) (gap bool, err error) {
		gap, *unasked = w.engine.Store.HasGap(ctx, w.target.source.ID, w.target.publisher.Key, listed)
		return gap, *unasked
	}
}

// readOlder fetches the older part of the feed at that address, takes over what it has
// fresh, and returns the address of the next; "" where there is an end to it: something was
// known, nothing was fresh, or it can't be had today.
func (w *visitor) readOlder(ctx context.Context, address string, met meeting) (next string, err error) {
	page, err := w.plan.Collector.Older(ctx, source.Input{Source: *w.target.source, Publisher: *w.target.publisher, Now: w.began}, address)
	if err != nil {
		return "", ctx.Err()
	}
	fresh := met.fresh(page.Articles)
	if len(fresh) == 0 {
		return "", nil
	}
	w.older = append(w.older, fresh...)
	knows, err := w.engine.Store.Knows(ctx, w.target.source.ID, w.target.publisher.Key, fresh)
	if err != nil || knows {
		return "", err
	}
	return page.Next, nil
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
