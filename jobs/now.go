package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// lookInterval is how often the store is asked for what another process did.
const lookInterval = 100 * time.Millisecond

// CollectNow has these sources collected at once, by the same unique jobs as ever,
// and waits until each has had a run. It returns their runs by source, and calls
// done after each. Where another process works on the same store, either may do it.
func (e *Engine) CollectNow(ctx context.Context, sources []string, done func(store.Run)) (map[string]store.Run, error) {
	before, err := e.Store.LastRuns(ctx)
	if err != nil {
		return nil, fmt.Errorf("collect now: %w", err)
	}
	due := map[string]time.Time{}
	now := e.Now()
	for _, id := range sources {
		due[id] = now
	}
	if err := e.Store.SetDue(ctx, due); err != nil {
		return nil, fmt.Errorf("collect now: %w", err)
	}
	if err := e.enqueue(ctx, e.collectJobs(sources)); err != nil {
		return nil, fmt.Errorf("collect now: %w", err)
	}

	runs := map[string]store.Run{}
	err = e.wait(ctx, func() (bool, error) {
		last, err := e.Store.LastRuns(ctx)
		if err != nil {
			return false, err
		}
		for _, id := range sources {
			run, ran := last[id]
			if _, counted := runs[id]; counted || !ran || run.ID == before[id].ID {
				continue
			}
			runs[id] = run
			if done != nil {
				done(run)
			}
		}
		return len(runs) == len(due), nil
	})
	if err != nil {
		return runs, fmt.Errorf("collect now: %w", err)
	}
	return runs, nil
}

// enqueueAgain is how often marked channels are enqueued again while they are
// waited for: one may have been raised after its job had looked.
const enqueueAgain = 2 * time.Second

// PublishNow publishes every channel that is marked, without the usual rest, and
// waits until none is. It tells progress how many are left.
func (e *Engine) PublishNow(ctx context.Context, progress func(left int)) error {
	site := e.plan.Load().Site
	var enqueued time.Time
	err := e.wait(ctx, func() (bool, error) {
		marks, err := e.Store.Marked(ctx)
		if err != nil {
			return false, err
		}
		left := slices.DeleteFunc(marks, func(m store.Mark) bool {
			_, ok := e.publishes(site, m.Channel)
			return !ok
		})
		if progress != nil {
			progress(len(left))
		}
		if now := e.Now(); now.Sub(enqueued) >= enqueueAgain {
			enqueued = now
			for i := range left {
				left[i].Urgent = true
			}
			if err := e.enqueue(ctx, e.publishJobs(left, now)); err != nil {
				return false, err
			}
		}
		return len(left) == 0, nil
	})
	if err != nil {
		return fmt.Errorf("publish now: %w", err)
	}
	return nil
}

// wait looks until done says that all is done.
func (e *Engine) wait(ctx context.Context, done func() (bool, error)) error {
	tick := time.NewTicker(lookInterval)
	defer tick.Stop()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
