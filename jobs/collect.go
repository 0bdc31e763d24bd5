package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/parse"
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
		state = store.SourceState{ID: v.source.ID, NextDue: state.NextDue, Missing: state.Missing} // learned of another address
	}
	state.ID, state.Address = v.source.ID, address(v.source)
	memory := readMemory(state.Extra)
	if by := reading(v); by != memory.Reading {
		memory.Reading = by // what did not change is read all the same
		state.ETag, state.LastModified, state.Digest = "", "", ""
	}

	began := e.Now()
	in := source.Input{Source: v.source, Publisher: v.publisher, Now: began, State: sourceState(state, memory)}
	res, collectErr := plan.Collector.Collect(ctx, in)
	if ctx.Err() != nil {
		return false, ctx.Err() // handed back: the run was ended, the source is not to blame
	}
	var failed *fetch.Error
	errors.As(collectErr, &failed)
	ours, err := e.see(ctx, v, failed, began)
	if err != nil {
		return false, fmt.Errorf("collect %s: %w", v.source.ID, err)
	}
	var gone []string
	if collectErr == nil {
		if gone, err = e.probe(ctx, plan, v, state, res); err != nil {
			if ctx.Err() != nil {
				return false, ctx.Err()
			}
			return false, fmt.Errorf("collect %s: %w", v.source.ID, err)
		}
	}

	run := store.Run{Source: v.source.ID, Started: began, Took: e.Now().Sub(began), Status: res.Status, Bytes: res.Bytes}
	for _, p := range res.Problems {
		run.Problems = append(run.Problems, p.Code+": "+p.Detail)
	}
	after := state
	after.ETag, after.LastModified, after.FinalURL, after.Digest = res.State.ETag, res.State.LastModified, res.State.FinalURL, res.State.Digest
	after.LastRun = began
	run.Outcome = outcome(res, collectErr, ours)
	after.Outcome = run.Outcome
	switch {
	case collectErr == nil:
		after.Failures, after.LastSuccess = 0, began
		memory.Gone = time.Time{}
	case run.Outcome == store.RunSkipped:
		run.Error = "our own network is down, and no source is blamed: " + collectErr.Error()
	default:
		run.Error = collectErr.Error()
		if state.Failures == 0 {
			memory.Gone = time.Time{} // a person resumed it
		}
		if failed != nil && failed.Gone() && res.Again == 0 && memory.Gone.IsZero() {
			memory.Gone = began
		}
		after.Failures++
	}
	memory.Schedule, memory.Kind, memory.NotBefore = v.source.Schedule, res.State.Memory, time.Time{}
	if res.NotBefore.After(began) {
		memory.NotBefore = res.NotBefore
	}
	after.NextDue = e.nextVisit(v, res, after, memory, began)
	throttled = failed != nil && failed.Throttled()
	if throttled && v.source.RetryAfterHost {
		if err := e.delayHost(ctx, plan, v, failed, began); err != nil {
			return false, err
		}
	}

	nothing := res.Unchanged && len(gone) == 0
	if nothing || run.Outcome == store.RunFailed || run.Outcome == store.RunSkipped {
		memory.keep(&after)
		if err := e.Store.RecordRun(ctx, run, after); err != nil {
			return false, fmt.Errorf("record the run of %s: %w", v.source.ID, err)
		}
		e.visited(run)
		return throttled, nil
	}

	articles := normalize.Articles(res.Articles, normalize.Context{
		Source: v.source, Publisher: v.publisher, Format: res.Format, Mapper: plan.Mapper, Edition: plan.editions[v.source.ID],
	})
	if !res.Unchanged {
		memory.Unmapped = mostFrequent(articles.Unmapped)
	}
	for _, u := range mostFrequent(articles.Unmapped) {
		run.Problems = append(run.Problems, fmt.Sprintf("unmapped-term: %q, %d×", u.Term, u.Count))
	}
	if articles.Undetermined > 0 {
		run.Problems = append(run.Problems, fmt.Sprintf("language-unknown: of %d articles nothing tells the language, and no locale's channels hold them; set \"language\" for the source, or name a file notice.en.txt", articles.Undetermined))
	}
	memory.keep(&after)
	isFeed, whole := v.source.Kind == feeds.KindFeed, collectErr == nil && isWhole(res)
	out, err := e.Store.Collect(ctx, store.Collected{
		Run: run, State: after, Articles: articles.Articles,
		Complete: res.Complete, Unread: res.Unread, Gone: gone,
		Window: isFeed && whole && !res.Unchanged, CutOff: isFeed && !whole,
		Volatile: v.source.Volatile, ChangesCorrect: v.source.ChangesCorrect, Language: v.source.Language,
		Touched: plan.Site.Touched, Urgent: plan.urgent, Now: e.Now(),
	})
	if err != nil {
		return false, fmt.Errorf("store what was collected from %s: %w", v.source.ID, err)
	}
	e.visited(out.Run)
	return throttled, nil
}

// isWhole tells whether a document was read to its end.
func isWhole(res source.Result) bool {
	return !slices.ContainsFunc(res.Problems, func(p parse.Problem) bool { return p.Code == "truncated" })
}

// outcome says what came of a visit.
func outcome(res source.Result, err error, ours bool) string {
	switch {
	case err != nil && len(res.Articles) > 0:
		return store.RunPartial
	case err != nil && ours:
		return store.RunSkipped
	case err != nil:
		return store.RunFailed
	case res.Unchanged:
		return store.RunUnchanged
	default:
		return store.RunOK
	}
}

// delayHost leaves all other sources of a host alone, since one of them was told to
// come back later and speaks for the host. Those that are due have a run that says so.
func (e *Engine) delayHost(ctx context.Context, plan *Plan, v visit, failed *fetch.Error, now time.Time) error {
	until := failed.RetryAfter
	if !until.After(now) {
		until = now.Add(throttledRest)
	}
	others := slices.DeleteFunc(slices.Clone(plan.hosts[v.host]), func(id string) bool { return id == v.source.ID })
	due, err := e.Store.Delay(ctx, others, until, now)
	if err != nil {
		return fmt.Errorf("leave the host of %s alone: %w", v.source.ID, err)
	}
	for _, id := range due {
		run := store.Run{
			Source: id, Started: now, Outcome: store.RunSkipped,
			Error: fmt.Sprintf("its host wants to be left alone until %s, as it told %s", until.UTC().Format(time.RFC3339), v.source.ID),
		}
		if err := e.Store.RecordRun(ctx, run, store.SourceState{}); err != nil {
			return fmt.Errorf("record that %s was left alone: %w", id, err)
		}
		e.visited(run)
	}
	return nil
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
// it asks for, later the more often it failed; or soon where a file has to settle, or
// our own network was down.
func (e *Engine) nextVisit(v visit, res source.Result, after store.SourceState, m memory, now time.Time) time.Time {
	switch {
	case res.Again > 0:
		return now.Add(res.Again)
	case after.Outcome == store.RunSkipped:
		return now.Add(outageRest + time.Duration(e.Random()*float64(outageRest)/4))
	}
	scheduled := v.next(now)
	return fetch.NextVisit(fetch.Visit{
		Now:       now,
		Scheduled: scheduled,
		Interval:  v.next(scheduled).Sub(scheduled),
		Failures:  after.Failures,
		Gone:      after.Failures > 0 && !m.Gone.IsZero(),
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
