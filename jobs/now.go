package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/internal/store"
)

// How often the store is asked: lookInterval for what is left to publish and whether it
// can be written, lookElsewhere for the runs that another process made, while this one
// makes none.
const (
	lookInterval  = 100 * time.Millisecond
	lookElsewhere = time.Second
)

// CollectNow has these sources collected at once, by the same unique jobs as ever,
// and waits until each has had a run. It returns their runs by source, and calls
// done after each. Where another process works on the same store, either may do it.
// With [Config.Only] they must be among those. Where the database can't be written it
// ends at once, with the runs that were stored before.
// Runs of this process come without their number.
func (e *Engine) CollectNow(ctx context.Context, sources []string, done func(store.Run)) (map[string]*store.Run, error) {
	before, err := e.Store.LastRunIDs(ctx, sources)
	if err != nil {
		return nil, fmt.Errorf("collect now: %w", err)
	}
	watch, end := e.watch(sources)
	defer end()
	// Before all else on their hosts, by every clock.
	if err := e.Store.MakeDue(ctx, sources, time.Time{}); err != nil {
		return nil, fmt.Errorf("collect now: %w", err)
	}
	if err := e.enqueueCollecting(ctx, sources); err != nil {
		return nil, fmt.Errorf("collect now: %w", err)
	}

	runs := map[string]*store.Run{}
	count := func(run *store.Run) {
		if _, counted := runs[run.Source]; counted {
			return
		}
		runs[run.Source] = run
		if done != nil {
			done(*run)
		}
	}
	elsewhere, trouble := time.NewTicker(lookElsewhere), time.NewTicker(lookInterval)
	defer elsewhere.Stop()
	defer trouble.Stop()
	wanted := distinct(sources)
	for busy := false; len(runs) < wanted; {
		select {
		case run := <-watch:
			count(run)
			busy = true
		case <-elsewhere.C:
			if busy { // what another process made meanwhile is soon enough told at the end
				busy = false
				continue
			}
			made, err := e.runsSince(ctx, before, slices.DeleteFunc(slices.Clone(sources), func(id string) bool { _, counted := runs[id]; return counted }))
			if err != nil {
				return runs, fmt.Errorf("collect now: %w", err)
			}
			for _, run := range made {
				count(&run)
			}
		case <-trouble.C:
			if err := e.Store.Writable(); err != nil {
				return runs, fmt.Errorf("collect now: %w", err)
			}
		case <-ctx.Done():
			return runs, fmt.Errorf("collect now: %w", ctx.Err())
		}
	}
	return runs, nil
}

// distinct counts the different ones of these ids.
func distinct(ids []string) int {
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		seen[id] = true
	}
	return len(seen)
}

// enqueueFirst enqueues jobs, also in the place of such as wait for their turn behind
// others. It leaves alone what runs, and what waits since its host asked for that.
func (e *Engine) enqueueFirst(ctx context.Context, params []river.InsertManyParams) error {
	if len(params) == 0 {
		return nil
	}
	there, err := e.queue.InsertMany(ctx, params)
	if err != nil {
		return fmt.Errorf("enqueue %d jobs: %w", len(params), e.Store.Noted(err))
	}
	var behind []int64
	for _, r := range there {
		if r.UniqueSkippedAsDuplicate && r.Job.State == rivertype.JobStateAvailable && r.Job.Priority > namedPriority {
			behind = append(behind, r.Job.ID)
		}
	}
	if len(behind) == 0 {
		return nil
	}
	for some := range slices.Chunk(behind, mostReplaced) {
		which := river.NewJobDeleteManyParams().IDs(some...).States(rivertype.JobStateAvailable).First(mostReplaced)
		if _, err := e.queue.JobDeleteMany(ctx, which); err != nil {
			return fmt.Errorf("put %d jobs before others: %w", len(some), e.Store.Noted(err))
		}
	}
	return e.enqueue(ctx, params)
}

// mostReplaced is how many waiting jobs are replaced in one transaction.
const mostReplaced = 100

// runsSince returns the newest runs of those of the sources that have another than
// before.
func (e *Engine) runsSince(ctx context.Context, before map[string]int64, sources []string) (runs []store.Run, err error) {
	last, err := e.Store.LastRunIDs(ctx, sources)
	if err != nil {
		return nil, err
	}
	for _, id := range sources {
		if last[id] == before[id] {
			continue
		}
		newest, err := e.Store.Runs(ctx, id, 1)
		if err != nil {
			return nil, err
		}
		runs = append(runs, newest...)
	}
	return runs, nil
}

// watch tells the first run of each of these sources that this process makes from
// now on. The channel has room for all of them, so that no visit waits for who
// watches.
func (e *Engine) watch(sources []string) (runs <-chan *store.Run, end func()) {
	left := make(map[string]bool, len(sources))
	for _, id := range sources {
		left[id] = true
	}
	told := make(chan *store.Run, len(sources))
	w := &watcher{left: left, runs: told}
	e.watching.Lock()
	defer e.watching.Unlock()
	e.watchers = append(e.watchers, w)
	return told, func() {
		e.watching.Lock()
		defer e.watching.Unlock()
		e.watchers = slices.DeleteFunc(e.watchers, func(other *watcher) bool { return other == w })
	}
}

// watcher waits for a run of each of some sources.
type watcher struct {
	left map[string]bool
	runs chan<- *store.Run
}

// visited tells a run to who wants to know.
func (e *Engine) visited(run store.Run) {
	if e.Visited != nil {
		e.Visited(run)
	}
	e.watching.Lock()
	defer e.watching.Unlock()
	for _, w := range e.watchers {
		if w.left[run.Source] {
			delete(w.left, run.Source)
			w.runs <- &run
		}
	}
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
			return !site.HasChannel(m.Channel)
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

// wait looks until done says that all is done, or the database can't be written.
func (e *Engine) wait(ctx context.Context, done func() (bool, error)) error {
	tick := time.NewTicker(lookInterval)
	defer tick.Stop()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		if err := e.Store.Writable(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
