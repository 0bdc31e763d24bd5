package jobs

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
)

const (
	// mostProbes is how many articles' pages a run of a source asks at most.
	mostProbes = 3
	// probeTime bounds one of them, waiting for its host's turn included.
	probeTime = 10 * time.Second
	// probeReserve is what must be left of a job's time to begin one.
	probeReserve = 20 * time.Second
)

// probe asks the pages of articles that the source left out in an earlier run and leaves
// out now, or that an earlier run saw gone, and returns the ids of those that are gone.
// What the host does not tell today it is asked in another run.
func (e *Engine) probe(ctx context.Context, plan *Plan, v target, res source.Result, known []ledger.Entry) (gone []string, err error) {
	suspects, err := e.Store.Suspects(ctx, v.source.ID, e.Now(), 10*mostProbes)
	if err != nil {
		return nil, err
	}
	listed := listedIn(res, known)
	var there, silent []string
	probes := 0
	for _, s := range suspects {
		if listed[linkKey(s.Link)].clears(s) {
			continue
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < probeReserve || probes == mostProbes || e.isStopping() {
			break
		}
		probes++
		isGone, err := isGone(ctx, plan.Collector, *v.source, s.Link, res.ReadAt[s.Link])
		var failed *fetch.Error
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case isGone:
			gone = append(gone, s.ID)
		case errors.As(err, &failed) && failed.Throttled():
			probes = mostProbes
		case err != nil:
			silent = append(silent, s.ID)
		default:
			there = append(there, s.ID)
		}
	}
	return gone, e.Store.Probed(ctx, v.source.ID, there, silent, e.Now())
}

// sight is what a run shows of an article before its page is asked.
type sight int

const (
	unseen sight = iota
	named        // it is listed again
	met          // its page was asked in this run
)

// clears reports whether the page of a suspect need not be asked. That an article is
// listed says nothing where its page was seen gone while it was.
func (s sight) clears(suspect store.Suspect) bool {
	return s == met || s == named && !suspect.Gone
}

// listedIn returns what a run shows of articles, by their links' keys. The known ones
// were left out of the result.
func listedIn(res source.Result, known []ledger.Entry) map[string]sight {
	listed := make(map[string]sight, len(res.Articles)+len(known))
	for _, e := range known {
		listed[linkKey(e.Link)] = met
	}
	if res.Listed != nil {
		for _, link := range res.Listed.Links {
			listed[linkKey(link)] = named
		}
	}
	for _, a := range res.Articles {
		listed[linkKey(a.Link)] = met
	}
	for _, link := range res.Gone {
		listed[linkKey(link)] = met
	}
	return listed
}

// linkKey is what an article's link is told from others by.
func linkKey(address string) string { return cmp.Or(feeds.LinkKey(address), address) }

// isGone tells whether an article is gone from its own address, and from the one at
// which it was read where that is another.
func isGone(ctx context.Context, c *source.Collector, s feeds.Source, link, readAt string) (gone bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	gone, err = c.IsGone(ctx, s, link)
	if gone && readAt != "" {
		gone, err = c.IsGone(ctx, s, readAt)
	}
	return gone, err
}
