package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/robfig/cron/v3"
)

// MaintainArgs is the daily maintenance.
type MaintainArgs struct{}

// Kind names the job to River.
func (MaintainArgs) Kind() string { return "maintain" }

// InsertOpts makes the job the only one of its kind.
func (MaintainArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: unique()}
}

// keepRuns is how long the runs of sources are kept.
const keepRuns = 30 * 24 * time.Hour

// keepReaderDays is for how many days it is kept who read which feed.
const keepReaderDays = 35

// pruneBatch is how many rows one transaction deletes, so that none lasts long.
const pruneBatch = 500

// pruneFiles is likewise of files, which are large.
const pruneFiles = 8

// maintenance returns the daily job, at a minute when few others run.
func maintenance() (*river.PeriodicJob, error) {
	schedule, err := cron.ParseStandard("17 3 * * *")
	if err != nil {
		return nil, fmt.Errorf("schedule the maintenance: %w", err)
	}
	args := func() (river.JobArgs, *river.InsertOpts) { return MaintainArgs{}, nil }
	return river.NewPeriodicJob(schedule, args, nil), nil
}

type maintainWorker struct {
	river.WorkerDefaults[MaintainArgs]
	engine *Engine
}

// Work takes away the channels that ended long ago, and prunes what is remembered of
// operations, pages of sources that are configured no more, files that no article shows, who
// read which feed, and runs, in batches until none is left or the work is to end.
func (w *maintainWorker) Work(ctx context.Context, _ *river.Job[MaintainArgs]) error {
	if err := w.engine.buryEnded(ctx); err != nil {
		return fmt.Errorf("take ended channels away: %w", err)
	}
	if err := w.prune(pruneBatch, func() (int64, error) {
		return w.engine.Store.PrunePages(ctx, w.engine.plan.Load().configured(), pruneBatch)
	}); err != nil {
		return err
	}
	if err := w.prune(pruneFiles, func() (int64, error) {
		return w.engine.Store.PruneFiles(ctx, w.engine.Now(), pruneFiles)
	}); err != nil {
		return err
	}
	if err := w.prune(pruneBatch, func() (int64, error) {
		return w.engine.Store.PruneReaderDays(ctx, dayOf(w.engine.Now())-keepReaderDays, pruneBatch)
	}); err != nil {
		return err
	}
	if err := w.forget(ctx); err != nil {
		return err
	}
	if err := w.engine.enqueue(ctx, []river.InsertManyParams{{Args: IndexArgs{}}}); err != nil {
		return err
	}
	before := w.engine.Now().Add(-keepRuns)
	return w.prune(pruneBatch, func() (int64, error) { return w.engine.Store.Prune(ctx, before, pruneBatch) })
}

// What is remembered of operations, and for how long.
const (
	keepProcesses = 7 * 24 * time.Hour
	keepIncidents = 90 * 24 * time.Hour
	keepDeeds     = 365 * 24 * time.Hour
	keepDays      = 366 * 24 * time.Hour
)

// forget deletes what is remembered of operations and is old. Of each there is little.
func (w *maintainWorker) forget(ctx context.Context) error {
	db, now := w.engine.Store, w.engine.Now()
	return errors.Join(
		db.PruneProcesses(ctx, now.Add(-keepProcesses)),
		db.PruneIncidents(ctx, now.Add(-keepIncidents), now),
		db.PruneDeeds(ctx, now.Add(-keepDeeds)),
		db.PruneDays(ctx, dayOf(now.Add(-keepDays))),
		db.PruneRhythms(ctx, w.engine.plan.Load().configured()),
		db.PrunePauses(ctx, now),
	)
}

// prune removes one batch of at most so many after the other.
func (w *maintainWorker) prune(most int64, batch func() (int64, error)) error {
	for {
		n, err := batch()
		if err != nil {
			return fmt.Errorf("prune what is kept no longer: %w", err)
		}
		if n < most || w.engine.isStopping() {
			return nil
		}
	}
}
