package jobs

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/riverqueue/river"
	"github.com/robfig/cron/v3"

	"github.com/kairan-news/kairan/internal/flow"
)

// LearnArgs is to learn when sources bring something new.
type LearnArgs struct{}

// Kind names the job to River.
func (LearnArgs) Kind() string { return "learn" }

// InsertOpts makes the job the only one of its kind.
func (LearnArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: unique()}
}

// learnAgain is how old what was learned of a source may be. The job comes each hour, so that
// what was missed while nobody worked is made up.
const learnAgain = 23 * time.Hour

// countedKey is where the store keeps up to which UTC day the runs were counted, in days since
// 1970.
const countedKey = "days.counted"

// learning returns the hourly job, at a minute when few others run.
func learning() (*river.PeriodicJob, error) {
	schedule, err := cron.ParseStandard("42 * * * *")
	if err != nil {
		return nil, fmt.Errorf("schedule the learning: %w", err)
	}
	args := func() (river.JobArgs, *river.InsertOpts) { return LearnArgs{}, nil }
	return river.NewPeriodicJob(schedule, args, nil), nil
}

type learnWorker struct {
	river.WorkerDefaults[LearnArgs]
	engine *Engine
}

// Work counts the runs of the days that are over, and learns of each source of which that was
// not done for a day when it brings something new. It reads beside the writer, and writes a
// source at a time.
func (w *learnWorker) Work(ctx context.Context, _ *river.Job[LearnArgs]) error {
	e := w.engine
	now := e.Now()
	if err := e.countDays(ctx, now); err != nil {
		return err
	}
	learned, err := e.Store.RhythmTimes(ctx)
	if err != nil {
		return err
	}
	plan := e.plan.Load()
	for _, id := range plan.order {
		if now.Sub(learned[id]) < learnAgain {
			continue
		}
		if e.isStopping() {
			return nil // the next one goes on
		}
		// Each at a time of its own, so that who reads what is new reads none twice.
		if err := e.learn(ctx, plan, id, e.Now()); err != nil {
			return err
		}
	}
	return nil
}

// learn learns of a source what has come since it was done last.
func (e *Engine) learn(ctx context.Context, plan *Plan, id string, now time.Time) error {
	rhythm, err := e.Store.Rhythm(ctx, id)
	if err != nil {
		return err
	}
	since := now.Add(-flow.RhythmWindow)
	if rhythm.Learned.After(since) {
		since = rhythm.Learned.Add(-24 * time.Hour) // a day that was not over then is by now
	}
	arrivals, err := e.Store.Arrivals(ctx, id, since)
	if err != nil {
		return err
	}
	counted, err := e.Store.Days(ctx, id, dayOf(since))
	if err != nil {
		return err
	}
	days := make([]flow.Day, len(counted))
	for i, d := range counted {
		days[i] = flow.Day{Day: d.Day, New: d.New}
	}
	v := plan.targets[id]
	var quiet []flow.Span
	if plan.Quiet != nil {
		quiet = plan.Quiet(v.source.Publisher, now)
	}
	return e.Store.PutRhythm(ctx, id, rhythm.Learn(arrivals, days, v.publisher.Location, quiet, now))
}

// countDays counts the runs of the days that are over and were not counted yet, a day at a
// time.
func (e *Engine) countDays(ctx context.Context, now time.Time) error {
	text, err := e.Store.Meta(ctx, countedKey)
	if err != nil {
		return fmt.Errorf("ask which days were counted: %w", err)
	}
	today := dayOf(now)
	counted, err := strconv.ParseInt(text, 10, 64)
	if oldest := dayOf(now.Add(-keepRuns)); err != nil || counted < oldest || counted > today {
		counted = oldest
	}
	for day := counted; day < today && !e.isStopping(); day++ {
		if err := e.Store.CountDays(ctx, day, day+1); err != nil {
			return err
		}
		if err := e.Store.SetMeta(ctx, countedKey, strconv.FormatInt(day+1, 10)); err != nil {
			return fmt.Errorf("remember which days were counted: %w", err)
		}
	}
	return nil
}

// dayOf returns the UTC day of a time, in days since 1970.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }
