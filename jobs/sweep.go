package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// The times that bound how often a channel is published.
const (
	// quietTime is how long a channel must have been left alone before it is
	// published, so that the sources of one morning make one document.
	quietTime = 2 * time.Second
	// patience is how long a channel that is never left alone waits at most.
	patience = 10 * time.Second
	// restTime lies at least between two publications of a channel, but for what
	// is urgent.
	restTime = 30 * time.Second
)

// sweepPatience is how long one sweep may take: a database that hangs is one that is away.
const sweepPatience = 30 * time.Second

// sweepEachSecond enqueues what is due and what is marked until the context ends.
func (e *Engine) sweepEachSecond(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		complaints := e.unheard.count()
		err := e.round(ctx)
		if ctx.Err() != nil {
			e.hearQueue(e.unheard.count(), true)
			return
		}
		e.tell(ctx, complaints, err)
		if err == nil || isUnwritable(err) {
			e.alive.Store(e.Now().UnixMilli())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tell says how a sweep ended, before which the queue had complained so often.
func (e *Engine) tell(ctx context.Context, complaints int, err error) {
	e.hearQueue(complaints, err == nil && !e.failing.Lasts())
	e.failing.Report(ctx, e.Log, err)
}

// round sweeps, if the database can be written, and begins to work if that was put off.
func (e *Engine) round(ctx context.Context) error {
	if err := e.writable(ctx); err != nil {
		return err
	}
	if err := e.begin(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sweepPatience)
	defer cancel()
	return e.sweep(ctx)
}

// sweep enqueues a job for each host with a source that is due and for each channel
// whose time to be published has come.
func (e *Engine) sweep(ctx context.Context) error {
	now := e.Now()
	if err := e.watchClock(ctx, now); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	due, err := e.Store.Due(ctx, now, e.Only...)
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := e.enqueueCollecting(ctx, due); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if e.CollectOnly {
		return nil
	}
	if publishes, err := e.watchLog(ctx); err != nil || !publishes {
		if err != nil {
			err = fmt.Errorf("sweep: %w", err)
		}
		return err
	}
	if err := e.markLapsed(ctx, now); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	marks, err := e.Store.Marked(ctx)
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	exports, err := e.exportJobs(ctx, now)
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return e.enqueue(ctx, append(e.publishJobs(marks, now), exports...))
}

// enqueueCollecting enqueues a job for each host of these sources.
func (e *Engine) enqueueCollecting(ctx context.Context, sources []string) error {
	params := e.collectJobs(sources)
	if len(e.Only) > 0 {
		return e.enqueueFirst(ctx, params)
	}
	return e.enqueue(ctx, params)
}

func (e *Engine) enqueue(ctx context.Context, params []river.InsertManyParams) error {
	if len(params) == 0 {
		return nil
	}
	if _, err := e.queue.InsertMany(ctx, params); err != nil {
		return fmt.Errorf("enqueue %d jobs: %w", len(params), e.Store.Noted(err))
	}
	return nil
}

// collectJobs returns one job for each host of these sources.
func (e *Engine) collectJobs(sources []string) []river.InsertManyParams {
	plan := e.plan.Load()
	var opts *river.InsertOpts
	if len(e.Only) > 0 {
		opts = &river.InsertOpts{Priority: namedPriority}
	}
	var params []river.InsertManyParams
	seen := map[string]bool{}
	for _, id := range sources {
		v, ok := plan.targets[id]
		if !ok || seen[v.host] {
			continue
		}
		seen[v.host] = true
		params = append(params, river.InsertManyParams{Args: CollectArgs{Host: v.host}, InsertOpts: opts})
	}
	return params
}

// publishJobs returns one job for each mark whose time has come.
func (e *Engine) publishJobs(marks []store.Mark, now time.Time) []river.InsertManyParams {
	site := e.plan.Load().Site
	var params []river.InsertManyParams
	for _, m := range marks {
		if !site.HasChannel(m.Channel) || !ready(m, now) {
			continue
		}
		priority := 2
		switch {
		case m.Urgent || m.Channel.Kind == feeds.ChannelAll:
			priority = 1
		case m.Counter <= 1:
			priority = 3 // marked once, most likely by a new plan: it may well be empty
		}
		params = append(params, river.InsertManyParams{Args: PublishArgs{Channel: m.Channel}, InsertOpts: &river.InsertOpts{Priority: priority}})
	}
	return params
}

// ready reports whether a marked channel's time to be published has come.
func ready(m store.Mark, now time.Time) bool {
	if m.Urgent {
		return true
	}
	if !m.Published.IsZero() && now.Sub(m.Published) < restTime {
		return false
	}
	return now.Sub(m.Changed) >= quietTime || now.Sub(m.FirstChanged) >= patience
}
