package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
)

// probeQueue is the probe's own: it is to ask also while the maintenance is at work.
const probeQueue = "probe"

// probePoll is how often a process that does not lead looks for a probe that waits.
const probePoll = 5 * time.Second

// ProbeArgs is a round of the probe.
type ProbeArgs struct{}

// Kind names the job to River.
func (ProbeArgs) Kind() string { return "probe" }

// InsertOpts makes the job the only one of its kind.
func (ProbeArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: probeQueue, UniqueOpts: unique()}
}

// probing is the periodic job, by the plan in force: one process of the cluster at a time
// asks.
func (e *Engine) probing() *river.PeriodicJob {
	args := func() (river.JobArgs, *river.InsertOpts) {
		if !e.probeIsDue() {
			return nil, nil
		}
		return ProbeArgs{}, nil
	}
	return river.NewPeriodicJob(probeSchedule{e}, args, nil)
}

// probeSchedule looks once a minute at least, so that a reload is soon heeded.
type probeSchedule struct{ engine *Engine }

// Next implements [river.PeriodicSchedule].
func (s probeSchedule) Next(t time.Time) time.Time {
	every := time.Minute
	if p := s.engine.plan.Load().Probe; p != nil {
		every = min(every, p.Settings.Every)
	}
	return t.Add(every)
}

// probeIsDue reports whether the last round that this process began, as the one that leads,
// is long enough ago.
func (e *Engine) probeIsDue() bool {
	p := e.plan.Load().Probe
	if p == nil {
		return false
	}
	const early = time.Second // the schedule is not as exact as that
	now := e.Now().UnixMilli()
	if last := e.probed.Load(); last <= now && now-last < (p.Settings.Every-early).Milliseconds() {
		return false
	}
	e.probed.Store(now)
	return true
}

type probeWorker struct {
	river.WorkerDefaults[ProbeArgs]
	engine *Engine
}

// Work asks one document. What is wrong with it is an outcome, and no error; where the
// database fails the next round is soon enough.
func (w *probeWorker) Work(ctx context.Context, _ *river.Job[ProbeArgs]) error {
	e := w.engine
	plan := e.plan.Load()
	if plan.Probe == nil || e.Store.Writable() != nil {
		return nil
	}
	before, err := probe.Seen(ctx, e.Store)
	if err != nil {
		return e.missedProbe(ctx, err)
	}
	seen, err := plan.Probe.Round(ctx, plan.Site)
	if err != nil {
		return e.missedProbe(ctx, err)
	}
	e.logProbe(before, seen)
	return nil
}

func (e *Engine) missedProbe(ctx context.Context, err error) error {
	if ctx.Err() == nil && e.Store.Writable() == nil {
		e.Log.Warn("the public address was not probed; it is tried again", "error", e.Store.Noted(err))
	}
	return nil
}

// logProbe has a line when the public address begins to fail, and when it does no more.
func (e *Engine) logProbe(before, seen flow.Probe) {
	switch {
	case before.Failing == nil && seen.Failing != nil:
		e.Log.Warn("the public address is not as readers need it", "reason", seen.Reason, "document", seen.Document, "error", seen.Failing.Error)
	case before.Failing != nil && seen.Failing == nil:
		e.Log.Info("the public address is as readers need it again", "since", before.Failing.Since)
	case before.Unproven == nil && seen.Unproven != nil:
		e.Log.Info("the public address could not be probed from here; set probe.url, or probe.disabled", "reason", seen.Reason, "error", seen.Unproven.Error)
	}
}

// forgetProbe takes away what was seen of a public address that is probed no more.
func (e *Engine) forgetProbe(ctx context.Context, plan *Plan) error {
	if plan.Probe != nil || !e.Patient {
		return nil
	}
	last, err := e.Store.Meta(ctx, probe.SeenKey)
	if err == nil && last != "" {
		err = e.Store.SetMeta(ctx, probe.SeenKey, "")
	}
	if err != nil {
		return fmt.Errorf("forget what was probed: %w", err)
	}
	return nil
}

// PublicLog is our own word, from a store, on what the public address must hold.
type PublicLog struct {
	Store    *store.DB
	Composer *publish.Composer
}

// Channels implements [probe.Log].
func (l PublicLog) Channels(ctx context.Context) (map[feeds.Channel]feeds.ChannelState, error) {
	p, err := l.Store.Published(ctx)
	return p.Channels, err
}

// Compose implements [probe.Log].
func (l PublicLog) Compose(ctx context.Context, c feeds.Channel) (feeds.Feed, error) {
	return l.Composer.Compose(ctx, c)
}
