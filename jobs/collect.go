package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
)

// CollectArgs is a slice of time on one host; see [Host].
type CollectArgs struct {
	Host string `json:"host"`
}

// Kind names the job to River.
func (CollectArgs) Kind() string { return "collect" }

// InsertOpts makes the job unique by its host.
func (CollectArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: collectQueue, UniqueOpts: unique()}
}

type collectWorker struct {
	river.WorkerDefaults[CollectArgs]
	engine *Engine
}

// Work collects what is due on the host, one source after the other.
func (w *collectWorker) Work(ctx context.Context, job *river.Job[CollectArgs]) error {
	e := w.engine
	began := e.Now()
	for first := true; ; first = false {
		plan := e.plan.Load() // a reload counts from the next source on
		next, err := e.nextDue(ctx, plan, job.Args.Host)
		if err != nil {
			return err
		}
		if next == "" {
			return nil
		}
		if e.isStopping() || e.Now().Sub(began) >= SliceTime {
			return river.JobSnooze(0)
		}
		if !first && !e.pause(ctx, plan.Pause) {
			return river.JobSnooze(0)
		}
		throttled, err := e.visit(ctx, plan, plan.visits[next])
		switch {
		case err != nil && ctx.Err() != nil:
			return river.JobSnooze(0)
		case err != nil:
			return err
		case throttled:
			return river.JobSnooze(throttledRest)
		}
	}
}

// throttledRest is how long a host is left alone that asked for less.
const throttledRest = time.Minute

// nextDue returns the source of the host that has been due for longest; "" if none
// is.
func (e *Engine) nextDue(ctx context.Context, plan *Plan, host string) (string, error) {
	ids := plan.hosts[host]
	if len(ids) == 0 {
		return "", nil
	}
	due, err := e.Store.Due(ctx, e.Now(), ids...)
	if err != nil {
		return "", fmt.Errorf("collect from %s: %w", host, err)
	}
	if len(due) == 0 {
		return "", nil
	}
	return due[0], nil
}

// pause waits between two requests to a host. It returns false where the work is
// to end.
func (e *Engine) pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	case <-e.stopping:
		return false
	}
}

// visit collects one source and stores what came of it, with the run. It tells
// whether the host asked for less, and returns an error only where the store fails
// or the context ends.
func (e *Engine) visit(ctx context.Context, plan *Plan, v visit) (throttled bool, err error) {
	state, known, err := e.Store.SourceState(ctx, v.source.ID)
	if err != nil {
		return false, fmt.Errorf("collect %s: %w", v.source.ID, err)
	}
	if known && state.Address != address(v.source) {
		state = store.SourceState{ID: v.source.ID, NextDue: state.NextDue} // learned of another address
	}
	state.ID, state.Address = v.source.ID, address(v.source)

	began := e.Now()
	in := source.Input{Source: v.source, Publisher: v.publisher, Now: began, State: sourceState(state)}
	res, err := plan.Collector.Collect(ctx, in)
	if ctx.Err() != nil {
		return false, ctx.Err() // handed back: the run was ended, the source is not to blame
	}
	var failed *fetch.Error
	throttled = errors.As(err, &failed) && failed.Throttled()
	run := store.Run{Source: v.source.ID, Started: began, Took: e.Now().Sub(began), Status: res.Status, Bytes: res.Bytes}
	for _, p := range res.Problems {
		run.Problems = append(run.Problems, p.Code+": "+p.Detail)
	}
	after := remember(state, res, v)
	after.LastRun = began
	switch {
	case err != nil:
		run.Outcome, run.Error = store.RunFailed, err.Error()
		if len(res.Articles) > 0 {
			run.Outcome = store.RunPartial
		}
		after.Failures++
	case res.Unchanged:
		run.Outcome = store.RunUnchanged
	default:
		run.Outcome = store.RunOK
	}
	if err == nil {
		after.Failures, after.LastSuccess = 0, began
	}
	after.Outcome = run.Outcome
	after.NextDue = e.nextVisit(v, res, after.Failures, err, began)
	if res.Unchanged || run.Outcome == store.RunFailed {
		if err := e.Store.RecordRun(ctx, run, after); err != nil {
			return false, fmt.Errorf("record the run of %s: %w", v.source.ID, err)
		}
		e.visited(run)
		return throttled, nil
	}

	articles := normalize.Articles(res.Articles, normalize.Context{Source: v.source, Publisher: v.publisher, Format: res.Format, Mapper: plan.Mapper})
	for _, term := range slices.Sorted(maps.Keys(articles.Unmapped)) {
		run.Problems = append(run.Problems, fmt.Sprintf("unmapped-term: %q, %d×", term, articles.Unmapped[term]))
	}
	out, err := e.Store.Collect(ctx, store.Collected{
		Run: run, State: after, Articles: articles.Articles,
		Complete: res.Complete, Unread: res.Unread,
		Touched: plan.Site.Touched, Urgent: plan.urgent, Now: e.Now(),
	})
	if err != nil {
		return false, fmt.Errorf("store what was collected from %s: %w", v.source.ID, err)
	}
	e.visited(out.Run)
	return throttled, nil
}

func (e *Engine) visited(run store.Run) {
	if e.Visited != nil {
		e.Visited(run)
	}
}

// urgent tells whether one of these categories is to be published at once.
func (p *Plan) urgent(categories []string) bool {
	return slices.ContainsFunc(categories, func(term string) bool {
		c, _ := p.Site.Category(term)
		return c.Urgent
	})
}

// nextVisit returns when a source is due next: by its schedule, never earlier than
// it asks for, later the more often it failed; or soon where a file has to settle.
func (e *Engine) nextVisit(v visit, res source.Result, failures int, err error, now time.Time) time.Time {
	if res.Again > 0 {
		return now.Add(res.Again)
	}
	scheduled := v.next(now)
	var failed *fetch.Error
	return fetch.NextVisit(fetch.Visit{
		Now:       now,
		Scheduled: scheduled,
		Interval:  v.next(scheduled).Sub(scheduled),
		Failures:  failures,
		Gone:      errors.As(err, &failed) && failed.Gone(),
		NotBefore: res.NotBefore,
		Chance:    e.Random(),
	})
}

// address is what a source's state was learned of.
func address(s feeds.Source) string {
	if s.Kind == feeds.KindFolder {
		return s.Path
	}
	return s.URL
}

// memory is what jobs keep with a source's state.
type memory struct {
	// Schedule is the specification that NextDue was computed by.
	Schedule string          `json:"schedule,omitempty"`
	Kind     json.RawMessage `json:"kind,omitempty"`
}

// readMemory returns what was kept; what can't be read counts as nothing, since
// all of it can be learned anew.
func readMemory(data json.RawMessage) memory {
	var m memory
	if len(data) > 0 && json.Unmarshal(data, &m) != nil {
		return memory{}
	}
	return m
}

func sourceState(s store.SourceState) source.State {
	return source.State{ETag: s.ETag, LastModified: s.LastModified, FinalURL: s.FinalURL, Digest: s.Digest, Memory: readMemory(s.Extra).Kind}
}

// remember returns the state of a source after a run.
func remember(s store.SourceState, res source.Result, v visit) store.SourceState {
	s.ETag, s.LastModified, s.FinalURL, s.Digest = res.State.ETag, res.State.LastModified, res.State.FinalURL, res.State.Digest
	extra, err := json.Marshal(memory{Schedule: v.source.Schedule, Kind: res.State.Memory})
	if err == nil {
		s.Extra = extra
	}
	return s
}
