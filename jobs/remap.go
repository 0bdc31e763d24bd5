package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// RemapArgs files all stored articles anew, after the rules or the taxonomy changed.
type RemapArgs struct{}

// Kind names the job to River.
func (RemapArgs) Kind() string { return "remap" }

// InsertOpts makes the job the only one of its kind.
func (RemapArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: unique()}
}

// rulesKey is where the store keeps by which rules its articles are filed.
const rulesKey = "remap.fingerprint"

// enqueueRemap enqueues the job where the plan files articles otherwise than they
// are filed.
func (e *Engine) enqueueRemap(ctx context.Context) error {
	if e.CollectOnly {
		return nil
	}
	filed, err := e.Store.Meta(ctx, rulesKey)
	if err != nil {
		return fmt.Errorf("file the articles anew: %w", err)
	}
	if filed == e.plan.Load().RulesFingerprint {
		return nil
	}
	return e.enqueue(ctx, []river.InsertManyParams{{Args: RemapArgs{}}})
}

// ForgetRules forgets by which rules articles are filed, so that the next engine that looks
// ([Engine.Refile], or at its start) has all of them filed anew.
func ForgetRules(ctx context.Context, db *store.DB) error {
	if err := db.SetMeta(ctx, rulesKey, ""); err != nil {
		return fmt.Errorf("have the articles filed anew: %w", err)
	}
	return nil
}

// Refile looks whether articles are filed by other rules than the plan's, and has them filed
// anew then.
func (e *Engine) Refile(ctx context.Context) error { return e.enqueueRemap(ctx) }

type remapWorker struct {
	river.WorkerDefaults[RemapArgs]
	engine *Engine
}

// Timeout is long, since all articles are read. It may run twice without harm.
func (*remapWorker) Timeout(*river.Job[RemapArgs]) time.Duration { return time.Hour }

// Work maps what sources wrote by the rules of the plan. A change of the rules is no
// change of an article: it has no new date, and only the channels that it comes into
// hold it anew.
func (w *remapWorker) Work(ctx context.Context, _ *river.Job[RemapArgs]) error {
	e := w.engine
	plan := e.plan.Load()
	sources := make(map[string]*feeds.Source, len(plan.all))
	for _, s := range plan.all {
		sources[s.ID] = s
	}
	changed, err := e.Store.Remap(ctx, store.Remapping{
		Map: func(a feeds.Article) (categories []string, byDefault bool) {
			source, configured := sources[a.Source]
			if !configured {
				categories = slices.DeleteFunc(a.Categories, func(term string) bool { _, ok := plan.Site.Category(term); return !ok })
				return categories, a.ByDefault
			}
			p := plan.Mapper.Place(a, *source)
			return p.Categories, p.ByDefault
		},
		Touched: plan.Site.Touched,
		Now:     e.Now(),
	})
	if err != nil {
		return err
	}
	if changed > 0 {
		e.Log.Info("articles were filed anew", "articles", changed)
	}
	return e.Store.SetMeta(ctx, rulesKey, plan.RulesFingerprint)
}
