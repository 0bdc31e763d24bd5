package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/source"
)

const (
	// mostProbes is how many pages of articles a run of a feed asks at most.
	mostProbes = 3
	// probeTime bounds one of them, waiting for its host's turn included.
	probeTime = 10 * time.Second
	// probeReserve is what must be left of a job's time to begin one.
	probeReserve = 20 * time.Second
)

// probe asks the pages of articles that the feed left out in an earlier run and leaves
// out now, and returns the ids of those that are gone. What the host does not tell
// today it is asked in another run.
func (e *Engine) probe(ctx context.Context, plan *Plan, v visit, res source.Result) (gone []string, err error) {
	suspects, err := e.Store.Suspects(ctx, v.source.ID, e.Now(), 10*mostProbes)
	if err != nil {
		return nil, err
	}
	listed := make(map[string]bool, len(res.Articles))
	for _, a := range res.Articles {
		listed[normalize.LinkKey(a.Link)] = true
	}
	var asked []string
	probes := 0
	for _, s := range suspects {
		if listed[normalize.LinkKey(s.Link)] {
			continue
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < probeReserve || probes == mostProbes || e.isStopping() {
			break
		}
		probes++
		isGone, err := isGone(ctx, plan.Collector, *v.source, s.Link)
		var failed *fetch.Error
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case isGone:
			gone = append(gone, s.ID)
			continue
		case errors.As(err, &failed) && failed.Throttled():
			probes = mostProbes
			continue
		}
		asked = append(asked, s.ID)
	}
	return gone, e.Store.Probed(ctx, v.source.ID, asked, e.Now())
}

func isGone(ctx context.Context, c *source.Collector, s feeds.Source, link string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	return c.IsGone(ctx, s, link)
}
