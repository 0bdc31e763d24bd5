package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// ExportArgs is the export of the whole site to where others serve it.
type ExportArgs struct{}

// Kind names the job to River.
func (ExportArgs) Kind() string { return "export" }

// InsertOpts makes the job the only one of its kind in the cluster.
func (ExportArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: exportQueue, UniqueOpts: unique()}
}

// exportQueue is worked by the processes that are told to export, and no others.
const exportQueue = "export"

// The times of exports.
const (
	// exportLook lies between two looks for what was published. A change is exported
	// when nothing further was published between two looks.
	exportLook = 3 * time.Second
	// exportPatience is how long a site that changes all the time waits at most.
	exportPatience = 30 * time.Second
	// exportTimeout ends an export; the next one goes on where it ended. It is also
	// when an export that died with its process is taken up.
	exportTimeout = 5 * time.Minute
	// After a failure the next attempt waits, twice as long each time.
	exportRetryFirst, exportRetryMost = 10 * time.Second, 10 * time.Minute
)

// exportKey is where the store keeps what became of exports.
const exportKey = "export.state"

// ExportState is what became of the exports to a target.
type ExportState struct {
	// Target is where exports go.
	Target string `json:"target"`
	// Published stands for what was published when the last export began that
	// succeeded.
	Published string `json:"published"`
	// Exported is when that was; zero before the first.
	Exported time.Time `json:"exported,omitzero"`
	// Failures is how many exports failed since, Failed when the last one did, and
	// Error why.
	Failures int       `json:"failures,omitempty"`
	Failed   time.Time `json:"failed,omitzero"`
	Error    string    `json:"error,omitempty"`
	// FailingSince is when the first of those did.
	FailingSince time.Time `json:"failing_since,omitzero"`
}

// LastExport returns what became of the exports to whatever target was the last; the zero
// state if there were none.
func LastExport(ctx context.Context, db *store.DB) (state ExportState, err error) {
	text, err := db.Meta(ctx, exportKey)
	if err != nil || text == "" {
		return ExportState{}, err
	}
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		return ExportState{}, fmt.Errorf("read what became of the last export: %w", err)
	}
	return state, nil
}

// mostErrorText bounds the error that is kept, in bytes.
const mostErrorText = 1000

// exports watches for what was published and not exported. Only the sweep uses it.
type exports struct {
	looked  time.Time
	seen    string    // what was published at the last look
	changed time.Time // when a change was first seen that is not exported yet
}

// exportJobs returns the job that exports what was published, once its time has come.
func (e *Engine) exportJobs(ctx context.Context, now time.Time) ([]river.InsertManyParams, error) {
	x := &e.exports
	if e.Export == nil || now.Sub(x.looked) < exportLook {
		return nil, nil
	}
	published, err := e.published(ctx)
	if err != nil {
		return nil, err
	}
	state, err := e.exportState(ctx)
	if err != nil {
		return nil, err
	}
	quiet := x.seen == published
	x.looked, x.seen = now, published
	if state.Published == published {
		x.changed = time.Time{}
		return nil, nil
	}
	if x.changed.IsZero() {
		x.changed = now
	}
	if state.Failures > 0 && now.Sub(state.Failed) < exportRetry(state.Failures) {
		return nil, nil
	}
	if !quiet && now.Sub(x.changed) < exportPatience {
		return nil, nil
	}
	return []river.InsertManyParams{{Args: ExportArgs{}}}, nil
}

// exportRetry is the pause after so many failures.
func exportRetry(failures int) time.Duration {
	return min(exportRetryMost, exportRetryFirst<<min(failures-1, 10))
}

// published stands for everything that is published: it is another when the state of any
// channel, or what documents and pages are made by, is another.
func (e *Engine) published(ctx context.Context) (string, error) {
	published, err := e.Store.Published(ctx)
	if err != nil {
		return "", fmt.Errorf("look what was published: %w", err)
	}
	hash := sha256.New()
	plan := e.plan.Load()
	fmt.Fprintln(hash, plan.Fingerprint, published.Words, plan.Look)
	for _, name := range slices.SortedFunc(maps.Keys(published.Channels), feeds.Channel.Compare) {
		fmt.Fprintln(hash, published.Channels[name])
	}
	return hex.EncodeToString(hash.Sum(nil)[:16]), nil
}

// exportState reads what became of the exports to this process's target; the zero
// state if there were none.
func (e *Engine) exportState(ctx context.Context) (ExportState, error) {
	state := ExportState{Target: e.ExportTarget}
	text, err := e.Store.Meta(ctx, exportKey)
	if err != nil {
		return state, fmt.Errorf("read what became of the last export: %w", err)
	}
	var last ExportState
	if text != "" && json.Unmarshal([]byte(text), &last) == nil && last.Target == e.ExportTarget {
		state = last
	}
	return state, nil
}

type exportWorker struct {
	river.WorkerDefaults[ExportArgs]
	engine *Engine
}

// Timeout is longer than other jobs'.
func (w *exportWorker) Timeout(*river.Job[ExportArgs]) time.Duration { return exportTimeout }

// Work exports the site. What fails is recorded and tried again by the sweep, and
// never an error of the job: publishing goes on, and readers are served as ever.
func (w *exportWorker) Work(ctx context.Context, _ *river.Job[ExportArgs]) error {
	e := w.engine
	state, err := e.exportState(ctx)
	if err != nil {
		return err
	}
	// Read before, so that what is published meanwhile is exported the next time.
	published, err := e.published(ctx)
	if err != nil {
		return err
	}
	work, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-e.stopping:
			cancel()
		case <-done:
		}
	}()
	exportErr := e.Export(work)
	switch before := state.Failures; {
	case exportErr == nil:
		state = ExportState{Target: e.ExportTarget, Published: published, Exported: e.Now().UTC()}
		if before > 0 {
			e.Log.Info("the site is exported again", "target", e.ExportTarget)
		}
	case errors.Is(work.Err(), context.Canceled), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil // the next one goes on where this one ended
	default:
		state.Failures, state.Failed = before+1, e.Now().UTC()
		if before == 0 {
			state.FailingSince = state.Failed
		}
		state.Error = strings.ToValidUTF8(exportErr.Error()[:min(len(exportErr.Error()), mostErrorText)], "")
		if before == 0 {
			e.Log.Error("the site could not be exported; readers are served as ever, and it is tried again", "target", e.ExportTarget, "error", exportErr)
		}
	}
	text, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("record the export: %w", err)
	}
	if err := e.Store.SetMeta(ctx, exportKey, string(text)); err != nil {
		return fmt.Errorf("record the export: %w", err)
	}
	return nil
}
