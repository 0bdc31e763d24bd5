package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"
	"github.com/riverqueue/rivercontrib/otelriver"

	"github.com/kairan-news/kairan/internal/store"
)

// The bounds of jobs. A slice ends long before its worker's timeout, and that long
// before the job counts as stuck.
const (
	// SliceTime is how long a collect job goes on to begin sources.
	SliceTime = 15 * time.Second
	// JobTimeout is when a job's context ends.
	JobTimeout = 50 * time.Second
	// RescueAfter is when a running job counts as held by a dead worker.
	RescueAfter = 60 * time.Second
	// retryAfter is when a job that failed or was rescued runs again.
	retryAfter = 2 * time.Second
)

// The names of River's queues.
const (
	collectQueue = "collect"
	publishQueue = "publish"
)

// queue is what River's client offers on either engine.
type queue interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
	InsertMany(ctx context.Context, params []river.InsertManyParams) ([]*rivertype.JobInsertResult, error)
	JobDeleteMany(ctx context.Context, params *river.JobDeleteManyParams) (*river.JobDeleteManyResult, error)
}

// openQueue returns River's client for the store's engine.
func openQueue(db *store.DB, config *river.Config) (queue, error) {
	switch db.Engine() {
	case store.SQLite:
		return river.NewClient(unheard{riversqlite.New(db.Writer())}, config)
	case store.PostgreSQL:
		return river.NewClient(riverpgxv5.New(db.Pool()), config)
	default:
		return nil, fmt.Errorf("jobs: no queue for the engine %v", db.Engine())
	}
}

// unheard is River's driver of SQLite without its listener, which asks the database twenty
// times a second whether somebody has said something: half of all that a program at rest
// costs. What this process enqueues wakes its own workers; they look once a second for what
// another has.
type unheard struct{ *riversqlite.Driver }

// SupportsListener implements riverdriver.Driver.
func (unheard) SupportsListener() bool { return false }

// unique bars a second job with the same arguments while one waits or runs, and
// not when one has ended: the default would bar it until the cleaner came.
func unique() river.UniqueOpts {
	return river.UniqueOpts{
		ByArgs: true,
		ByState: []rivertype.JobState{
			rivertype.JobStateAvailable,
			rivertype.JobStatePending,
			rivertype.JobStateRunning,
			rivertype.JobStateScheduled,
			rivertype.JobStateRetryable,
		},
	}
}

// steadyRetry runs a failed job again soon, however often it failed: what makes
// jobs fail is the database or a crash, not the sources.
type steadyRetry struct{ now func() time.Time }

func (r steadyRetry) NextRetry(*rivertype.JobRow) time.Time { return r.now().Add(retryAfter) }

// middleware stands around each job. Of one that is put off nothing is traced.
func (e *Engine) middleware() []rivertype.Middleware {
	all := []rivertype.Middleware{&putOff{engine: e}}
	if e.Tracer != nil {
		all = append(all, otelriver.NewMiddleware(&otelriver.MiddlewareConfig{
			TracerProvider: e.Tracer.Provider(), MeterProvider: e.Tracer.Meters(),
			EnableTracePropagation: true, EnableWorkSpanJobKindSuffix: true,
		}))
	}
	return all
}

func (e *Engine) riverConfig(workers *river.Workers, queues map[string]river.QueueConfig, periodic []*river.PeriodicJob) *river.Config {
	return &river.Config{
		ID:                          e.ID,
		Logger:                      slog.New(quietHandler{e.Log.With("part", "queue").Handler(), e}),
		Middleware:                  e.middleware(),
		Workers:                     workers,
		Queues:                      queues,
		PeriodicJobs:                periodic,
		JobTimeout:                  JobTimeout,
		RescueStuckJobsAfter:        RescueAfter,
		RetryPolicy:                 steadyRetry{e.Now},
		CompletedJobRetentionPeriod: time.Hour,
		DiscardedJobRetentionPeriod: 24 * time.Hour,
	}
}
