package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/tracing"
	"github.com/kairan-news/kairan/internal/trouble"
)

// Config configures an [Engine].
type Config struct {
	Store *store.DB
	Log   *slog.Logger
	// ID names the process to the job engine, so that its leader can be told; of at most 100
	// bytes, and no other's. Default: one that the engine makes.
	ID string
	// Now is the clock, and Random gives numbers in [0, 1) for the jitter of
	// back-off. Both default to the real ones.
	Now    func() time.Time
	Random func() float64
	// Collectors is how many hosts are collected at once, at most. Default 64.
	Collectors int
	// Readers is how many documents are parsed and stored at once, at most. Default:
	// twice the processors, since they also wait for the database.
	Readers int
	// Publishers is how many channels are published at once, at most. Default: four
	// times the processors, since they also wait for the database.
	Publishers int
	// Patient engines wait while the database can't be written, from their start on, and
	// go on by themselves. Others end then what a person waits for.
	Patient bool
	// CollectOnly leaves publishing to others.
	CollectOnly bool
	// Only, where it is set, are the sources that this process collects, and their
	// hosts' jobs go before all others. What else is due it leaves to other processes.
	Only []string
	// Visited, where it is set, is told each run of a source that this process
	// made. It must not block.
	Visited func(store.Run)
	// Published, where it is set, is told each publication that this process made.
	Published func(Publication)
	// Export, where it is set, copies the site to ExportTarget after publications. It
	// is called again until it succeeds, and by one process of the cluster at a time.
	Export       func(context.Context) error
	ExportTarget string
	// HighWater tells whether the database was restored and nobody told: then nothing is
	// published until somebody does. Default: what this process sees of the log.
	HighWater *store.HighWater
	// Tracer, where it is set, is told how long each step of a job took.
	Tracer *tracing.Tracer
}

// Engine runs jobs in one process.
type Engine struct {
	Config
	queue    queue
	plan     atomic.Pointer[Plan]
	stopping chan struct{}
	stopOnce sync.Once
	sweeping sync.WaitGroup
	endSweep context.CancelFunc
	network  network
	begun    bool            // the queue works; see begin
	doubt    atomic.Bool     // see writable
	failing  trouble.Trouble // of the sweep
	unheard  complaints
	alive    atomic.Int64 // see Alive, Unix milliseconds
	swept    atomic.Int64 // when the last sweep was, by the clock on the wall, in Unix milliseconds; see watchClock
	exports  exports
	restored atomic.Bool   // see watchLog
	indexing atomic.Bool   // this process fills the index of searches, and has said so
	probed   atomic.Int64  // when this process last had the public address probed, in Unix milliseconds
	turns    chan struct{} // see [turn]

	watching sync.Mutex
	watchers []*watcher
}

// New returns an engine that works by the plan. It does nothing until [Engine.Start].
func New(c Config, plan *Plan) (*Engine, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Float64
	}
	if c.Collectors == 0 {
		c.Collectors = 64
	}
	if c.Readers == 0 {
		c.Readers = 2 * runtime.NumCPU()
	}
	if c.Publishers == 0 {
		c.Publishers = 4 * runtime.NumCPU()
	}
	if c.HighWater == nil {
		c.HighWater = store.NewHighWater(c.Store, "")
	}
	e := &Engine{Config: c, stopping: make(chan struct{}), turns: make(chan struct{}, c.Readers)}
	e.failing.Began, e.failing.Ended = "the sweep fails; due sources and changed channels wait", "the sweep works again"
	e.failing.Now = c.Now
	e.plan.Store(plan)

	collectors := c.Collectors
	if len(c.Only) > 0 {
		// No more than have work: each of them takes other hosts' jobs to no end.
		collectors = min(collectors, max(1, len(e.collectJobs(c.Only))))
	}
	workers := river.NewWorkers()
	queues := map[string]river.QueueConfig{collectQueue: {MaxWorkers: collectors, FetchCooldown: 20 * time.Millisecond}}
	if err := errors.Join(
		river.AddWorkerSafely(workers, &collectWorker{engine: e}),
		river.AddWorkerSafely(workers, &publishWorker{engine: e}),
		river.AddWorkerSafely(workers, &maintainWorker{engine: e}),
		river.AddWorkerSafely(workers, &learnWorker{engine: e}),
		river.AddWorkerSafely(workers, &remapWorker{engine: e}),
		river.AddWorkerSafely(workers, &indexWorker{engine: e}),
	); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	if c.Export != nil {
		if err := river.AddWorkerSafely(workers, &exportWorker{engine: e}); err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
		queues[exportQueue] = river.QueueConfig{MaxWorkers: 1, FetchCooldown: time.Second}
	}
	var periodic []*river.PeriodicJob
	if !c.CollectOnly {
		queues[publishQueue] = river.QueueConfig{MaxWorkers: c.Publishers, FetchCooldown: 20 * time.Millisecond}
		queues[river.QueueDefault] = river.QueueConfig{MaxWorkers: 1}
		daily, err := maintenance()
		if err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
		hourly, err := learning()
		if err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
		periodic = append(periodic, daily, hourly)
		if c.Patient {
			if err := river.AddWorkerSafely(workers, &probeWorker{engine: e}); err != nil {
				return nil, fmt.Errorf("jobs: %w", err)
			}
			queues[probeQueue] = river.QueueConfig{MaxWorkers: 1, FetchCooldown: time.Second, FetchPollInterval: probePoll}
			periodic = append(periodic, e.probing())
		}
	}
	var err error
	if e.queue, err = openQueue(c.Store, e.riverConfig(workers, queues, periodic)); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return e, nil
}

// Start begins to work. The context bounds the start, not the work; see
// [Engine.Stop]. Where the database can't be written a patient engine begins later.
func (e *Engine) Start(ctx context.Context) error {
	if err := e.begin(ctx); err != nil && !(e.Patient && isUnwritable(err)) {
		return err
	}
	sweep, end := context.WithCancel(context.WithoutCancel(ctx))
	e.endSweep = end
	e.sweeping.Go(func() { e.sweepEachSecond(sweep) })
	if e.Patient && !e.CollectOnly {
		e.sweeping.Go(func() { e.clearFormer(sweep) })
	}
	return nil
}

// begin makes the store fit the plan and has the queue work, unless it does already.
func (e *Engine) begin(ctx context.Context) error {
	if e.begun {
		return nil
	}
	if err := e.adopt(ctx, e.plan.Load()); err != nil {
		return err
	}
	if err := e.enqueueRemap(ctx); err != nil {
		return err
	}
	if err := e.enqueueIndex(ctx); err != nil {
		return err
	}
	if err := e.forgetProbe(ctx, e.plan.Load()); err != nil {
		return err
	}
	if err := e.queue.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the jobs: %w", e.Store.Noted(err))
	}
	e.begun = true
	return nil
}

// Stop ends the work: nothing new begins, what runs may finish until the context
// ends, and is then handed back. Where the database can't be written nothing can be
// handed back: it is taken up as what a dead process held.
func (e *Engine) Stop(ctx context.Context) error {
	e.stopOnce.Do(func() { close(e.stopping) })
	if e.endSweep == nil {
		return nil
	}
	e.endSweep()
	e.sweeping.Wait()
	if e.Store.Writable() != nil {
		return e.abandon(ctx)
	}
	err := e.queue.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = e.queue.StopAndCancel(last)
	}
	if err != nil {
		return fmt.Errorf("stop the jobs: %w", err)
	}
	return nil
}

// abandonTime is how long the queue is waited for that can't write that it ends. It
// would go on trying for a quarter of a minute.
const abandonTime = time.Second

func (e *Engine) abandon(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, abandonTime)
	defer cancel()
	if err := e.queue.StopAndCancel(ctx); err != nil && ctx.Err() == nil {
		return fmt.Errorf("stop the jobs: %w", err)
	}
	return nil
}

// Adopt puts another plan in the place of the one that is worked by.
func (e *Engine) Adopt(ctx context.Context, plan *Plan) error {
	if err := e.adopt(ctx, plan); err != nil {
		return err
	}
	e.plan.Store(plan)
	if err := e.forgetProbe(ctx, plan); err != nil {
		return err
	}
	if err := e.enqueueIndex(ctx); err != nil {
		return err
	}
	return e.enqueueRemap(ctx)
}

// Alive returns when the sweep last ended well, or found that it can do nothing since the
// database can't be written; the zero time if it never did.
func (e *Engine) Alive() time.Time {
	if ms := e.alive.Load(); ms != 0 {
		return time.UnixMilli(ms)
	}
	return time.Time{}
}

// collects reports whether this process collects a source.
func (e *Engine) collects(id string) bool {
	return len(e.Only) == 0 || slices.Contains(e.Only, id)
}

// isStopping reports whether nothing new may begin.
func (e *Engine) isStopping() bool {
	select {
	case <-e.stopping:
		return true
	default:
		return false
	}
}
