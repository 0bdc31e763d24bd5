package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// IndexArgs brings articles into the index of searches that were stored before there was one,
// or when it was made otherwise, and tidies it.
type IndexArgs struct{}

// Kind names the job to River.
func (IndexArgs) Kind() string { return "index" }

// InsertOpts makes the job the only one of its kind.
func (IndexArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: unique()}
}

// enqueueIndex enqueues the job where articles are stored that searches don't find.
func (e *Engine) enqueueIndex(ctx context.Context) error {
	if e.CollectOnly {
		return nil
	}
	if filled, err := e.Store.SearchFilled(ctx); err != nil || filled {
		return err
	}
	return e.enqueue(ctx, []river.InsertManyParams{{Args: IndexArgs{}}})
}

type indexWorker struct {
	river.WorkerDefaults[IndexArgs]
	engine *Engine
}

// Work fills the index for a while, and tidies it then, in short transactions, and lets other
// jobs in between.
func (w *indexWorker) Work(ctx context.Context, _ *river.Job[IndexArgs]) error {
	for began := w.engine.Now(); ; {
		more, err := w.step(ctx)
		if err != nil || !more {
			return err
		}
		if w.engine.isStopping() || w.engine.Now().Sub(began) >= SliceTime {
			return river.JobSnooze(0)
		}
	}
}

// step does a bit of the work, and reports whether there is more.
func (w *indexWorker) step(ctx context.Context) (more bool, err error) {
	e := w.engine
	looked, err := e.Store.FillSearch(ctx)
	if err != nil {
		return false, err
	}
	if looked > 0 {
		if !e.indexing.Swap(true) {
			e.Log.Info("articles come into the index of searches; until all are there, searches find the newest")
		}
		return true, nil
	}
	if e.indexing.Load() {
		if err := e.renewSearches(ctx); err != nil {
			return false, err
		}
		e.indexing.Store(false)
		e.Log.Info("the index of searches holds all articles")
	}
	return e.Store.TidySearch(ctx)
}

// renewSearches has searches be made anew that were made before the index was whole: they are
// held under the revisions of the channels of everything.
func (e *Engine) renewSearches(ctx context.Context) error {
	var everything []feeds.Channel
	for _, l := range e.plan.Load().Site.Locales {
		everything = append(everything, feeds.Channel{Locale: l.Tag, Kind: feeds.ChannelEverything})
	}
	return e.Store.Mark(ctx, everything, store.Marking{}, e.Now())
}
