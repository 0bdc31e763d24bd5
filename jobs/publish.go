package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
)

// PublishArgs is the publication of one channel.
type PublishArgs struct {
	Channel feeds.Channel `json:"channel"`
}

// Kind names the job to River.
func (PublishArgs) Kind() string { return "publish" }

// InsertOpts makes the job unique by its channel.
func (PublishArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: publishQueue, UniqueOpts: unique()}
}

// Publication is what a publication of a channel came to.
type Publication struct {
	Channel feeds.Channel
	Took    time.Duration
	// Waited is how long its first change had waited when it was published.
	Waited time.Duration
	Closed int // archives
	// Faults are what is wrong with a document that was looked at.
	Faults []string
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
	channel := job.Args.Channel
	for range maxRounds {
		plan := e.plan.Load()
		if !plan.Site.HasChannel(channel) || e.restored.Load() {
			return nil // taken out of the configuration since; or see restored.go
		}
		counter, err := e.Store.Counter(ctx, channel) // before the log is read
		if err != nil {
			return fmt.Errorf("publish %s: %w", channel, err)
		}
		changed, err := e.Store.ChangedSince(ctx, channel)
		if err != nil {
			return fmt.Errorf("publish %s: %w", channel, err)
		}
		began := e.Now()
		res, err := plan.Publisher.Publish(ctx, channel, counter, began)
		if err != nil {
			return err
		}
		for _, fault := range res.Faults {
			e.Log.Error("a document has a fault; readers get the last good one, or this one without the texts that fail", "channel", channel, "fault", fault)
		}
		if e.Published != nil {
			p := Publication{Channel: channel, Took: e.Now().Sub(began), Closed: res.Closed, Faults: res.Faults}
			if !changed.IsZero() {
				p.Waited = e.Now().Sub(changed)
			}
			e.Published(p)
		}
		if res.Cleared || e.isStopping() {
			return nil
		}
	}
	return nil
}
