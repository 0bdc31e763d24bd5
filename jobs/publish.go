package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
)

// PublishArgs is the publication of one channel; see [feeds.Channel.String].
type PublishArgs struct {
	Channel string `json:"channel"`
}

// Kind names the job to River.
func (PublishArgs) Kind() string { return "publish" }

// InsertOpts makes the job unique by its channel.
func (PublishArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: publishQueue, UniqueOpts: unique()}
}

// Publication is what a publication of a channel came to.
type Publication struct {
	Channel string
	Took    time.Duration
	Changed int // documents that changed
	// Rejected are the reasons for which documents stayed out.
	Rejected []string
}

type publishWorker struct {
	river.WorkerDefaults[PublishArgs]
	engine *Engine
}

// maxRounds bounds how often a job goes round for a channel that changes while it
// is published; what is left keeps its mark, and the sweep comes back to it.
const maxRounds = 3

// Work publishes the channel, and once more while its mark was raised meanwhile.
func (w *publishWorker) Work(ctx context.Context, job *river.Job[PublishArgs]) error {
	e := w.engine
	channel, ok := feeds.ParseChannel(job.Args.Channel)
	for range maxRounds {
		plan := e.plan.Load()
		if _, published := e.publishes(plan.Site, job.Args.Channel); !ok || !published {
			return nil // taken out of the configuration long since
		}
		counter, err := e.Store.Counter(ctx, job.Args.Channel) // before the log is read
		if err != nil {
			return fmt.Errorf("publish %s: %w", job.Args.Channel, err)
		}
		began := e.Now()
		res, err := e.publish(ctx, plan, channel, counter, began)
		if err != nil {
			return err
		}
		for _, reason := range res.Rejected {
			e.Log.Error("a document was not published; the last good one stays", "channel", job.Args.Channel, "reason", reason)
		}
		if e.Published != nil {
			e.Published(Publication{Channel: job.Args.Channel, Took: e.Now().Sub(began), Changed: res.Changed, Rejected: res.Rejected})
		}
		if res.Cleared || e.isStopping() {
			return nil
		}
	}
	return nil
}
