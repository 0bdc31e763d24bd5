package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
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
	return river.InsertOpts{Queue: collectQueue, Priority: collectPriority, UniqueOpts: unique()}
}

// Sources that a person named are collected before those that are due.
const (
	namedPriority   = 1
	collectPriority = 2
)

type collectWorker struct {
	river.WorkerDefaults[CollectArgs]
	engine *Engine
}

// Work collects what is due on the host, one source after the other.
func (w *collectWorker) Work(ctx context.Context, job *river.Job[CollectArgs]) error {
	s := &slice{engine: w.engine, host: job.Args.Host, began: w.engine.Now()}
	err := s.work(ctx)
	if lost := s.record(ctx); lost != nil {
		return lost
	}
	return err
}

// delayHost leaves all other sources of a host alone, since one of them was told to
// come back later and speaks for the host. Those that are due have a run that says so.
func (e *Engine) delayHost(ctx context.Context, plan *Plan, v target, failed *fetch.Error, now time.Time) error {
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

// urgent reports whether one of these categories is to be published at once.
func (p *Plan) urgent(categories []string) bool {
	return slices.ContainsFunc(categories, func(term string) bool {
		c, _ := p.Site.Category(term)
		return c.Urgent
	})
}

// nextVisit returns when a source is due next: by its schedule, never earlier than
// it asks for, later the more often it failed; or soon where a file has to settle, or
// our own network was down.
func (e *Engine) nextVisit(v target, res source.Result, after store.SourceState, m extra, now time.Time) time.Time {
	switch {
	case res.Again > 0:
		return now.Add(res.Again)
	case after.Outcome == store.RunSkipped:
		return now.Add(outageRest + time.Duration(e.Random()*float64(outageRest)/4))
	}
	scheduled := v.next(now)
	return fetch.NextVisit(fetch.VisitEnd{
		Now:       now,
		Scheduled: scheduled,
		Interval:  v.next(scheduled).Sub(scheduled),
		Failures:  after.Failures,
		Gone:      after.Failures > 0 && !m.Gone.IsZero(),
		NotBefore: res.NotBefore,
		Chance:    e.Random(),
	})
}

// Address is what a source's state was learned of.
func Address(s feeds.Source) string {
	if s.Kind == feeds.KindFolder {
		return s.Path
	}
	return s.URL
}
