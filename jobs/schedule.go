package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// scheduleSources gives a time to each source that has none, and a new one where
// its schedule or its address is another than when it was set. What is due later than it
// may be was put off by a clock that was ahead, and is due now.
func (e *Engine) scheduleSources(ctx context.Context, plan *Plan) error {
	states, err := e.Store.SourceStates(ctx)
	if err != nil {
		return fmt.Errorf("schedule the sources: %w", err)
	}
	now := e.Now()
	bounds := dueBounds{plan: plan, states: states, now: now, hosts: map[string]time.Time{}}
	due := map[string]time.Time{}
	wasAhead := false
	for id, v := range plan.targets {
		state, known := states[id]
		if !known || state.Address != Address(*v.source) {
			due[id] = now
			continue
		}
		// Of most sources the time is as ever, and tells that without their memory.
		if next := v.next(state.LastRun); !state.LastRun.IsZero() && next.Before(state.NextDue) && readExtra(state.Extra).Schedule != v.source.Schedule {
			due[id] = next
		}
		if state.NextDue.After(v.next(now)) && state.NextDue.After(bounds.latest(v, state)) {
			due[id], wasAhead = now, true
		}
	}
	if wasAhead {
		if err := e.dropWaiting(ctx); err != nil {
			return err
		}
	}
	if len(due) == 0 {
		return nil
	}
	if err := e.Store.SetDue(ctx, due); err != nil {
		return fmt.Errorf("schedule the sources: %w", err)
	}
	return nil
}

// dropWaiting deletes the jobs that wait for a time which a clock told that was ahead. They
// would bar others like them until it has come. The next sweep enqueues what there is to do.
func (e *Engine) dropWaiting(ctx context.Context) error {
	waiting := river.NewJobDeleteManyParams().
		Kinds(CollectArgs{}.Kind(), PublishArgs{}.Kind(), ExportArgs{}.Kind()).
		States(rivertype.JobStateAvailable, rivertype.JobStateScheduled, rivertype.JobStateRetryable).
		First(mostReplaced)
	for {
		deleted, err := e.queue.JobDeleteMany(ctx, waiting)
		if err != nil {
			return fmt.Errorf("delete jobs that wait for too long: %w", e.Store.Noted(err))
		}
		if len(deleted.Jobs) < mostReplaced {
			return nil
		}
	}
}

// watchClock looks at all sources where the clock was put back since the last sweep: it may
// have been ahead for long, and what was visited meanwhile would wait for that time to come.
func (e *Engine) watchClock(ctx context.Context, now time.Time) error {
	last := e.swept.Swap(now.UnixMilli())
	if now.UnixMilli() >= last-clockSlack.Milliseconds() {
		return nil
	}
	e.Log.Warn("the clock was put back; sources that would be due too late are due now", "by", time.Duration(last-now.UnixMilli())*time.Millisecond)
	if err := e.scheduleSources(ctx, e.plan.Load()); err != nil {
		e.swept.Store(last) // to be tried again
		return err
	}
	return nil
}

// clockSlack is by how much a clock may be set without a word, and how much later than it
// should a source may be due: what rests of a host or of our own network is shorter.
const clockSlack = 2 * time.Minute

// dueBounds tells how late sources may be due.
type dueBounds struct {
	plan   *Plan
	states map[string]store.SourceState
	now    time.Time
	hosts  map[string]time.Time // until when hosts asked to be left alone, as far as it was asked for
}

// latest returns the latest time at which a source may be due: by its schedule, by what its
// server and its feed wish, by how often it failed, and by what another source was told of
// its host.
func (b *dueBounds) latest(v target, state store.SourceState) time.Time {
	m := readExtra(state.Extra)
	scheduled := v.next(b.now)
	latest := fetch.NextVisit(fetch.VisitEnd{
		Now:       b.now,
		Scheduled: scheduled,
		Interval:  v.next(scheduled).Sub(scheduled),
		Failures:  state.Failures,
		Gone:      state.Failures > 0 && !m.Gone.IsZero(),
		NotBefore: b.wish(state, m),
		Chance:    1,
	})
	if host := b.host(v.host); host.After(latest) {
		latest = host
	}
	if rest := b.now.Add(clockSlack); rest.After(latest) {
		latest = rest
	}
	return latest
}

// wish returns when a source wishes to be asked next; the zero time where that was learned
// by a clock that was ahead.
func (b *dueBounds) wish(state store.SourceState, m extra) time.Time {
	if state.LastRun.After(b.now.Add(clockSlack)) {
		return time.Time{}
	}
	return m.NotBefore
}

// host returns until when a source that speaks for its host was told to leave it alone; the
// zero time if none was.
func (b *dueBounds) host(host string) time.Time {
	until, known := b.hosts[host]
	if known {
		return until
	}
	for _, id := range b.plan.hosts[host] {
		if state := b.states[id]; b.plan.targets[id].source.RetryAfterHost {
			if wish := b.wish(state, readExtra(state.Extra)); wish.After(until) {
				until = wish
			}
		}
	}
	b.hosts[host] = until
	return until
}
