package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
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
	Closed  int // archives
	// Name names the publication in logs and traces, as a W3C traceparent, and Visits are
	// those that the channel was marked by; see [feeds.Raised].
	Name   string
	Visits []string
	// Revision is the channel's new one, 0 if there is more to be closed first; Seq is the end
	// of the log as of which it is, and Entries how many entries the live document has, or
	// nearly.
	Revision, Seq int64
	Entries       int
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
		began := e.Now()
		name, res, err := e.publish(ctx, plan, channel, counter, began)
		if err != nil {
			return err
		}
		for _, fault := range res.Faults {
			e.Log.Error("a document has a fault; readers get the last good one, or this one without the texts that fail", "channel", channel, "fault", fault)
		}
		if e.Published != nil {
			e.Published(Publication{
				Channel: channel, Took: e.Now().Sub(began), Closed: res.Closed, Faults: res.Faults,
				Name: name, Visits: res.Visits, Revision: res.Revision, Seq: res.Seq, Entries: res.Entries,
			})
		}
		if res.Cleared || e.isStopping() {
			return nil
		}
	}
	return nil
}

// publish publishes a channel under a name of its own, as a step that is linked with the
// visits that brought what is new.
func (e *Engine) publish(ctx context.Context, plan *Plan, channel feeds.Channel, counter int64, now time.Time) (name string, res publish.Result, err error) {
	ctx, span := e.Tracer.Start(ctx, "publish", slog.String("channel", channel.String()))
	defer func() { span.End(err) }()
	name = span.Name()
	res, err = plan.Publisher.PublishAs(ctx, name, channel, counter, now)
	span.Link(res.Visits...)
	span.Set(slog.Int64("revision", res.Revision), slog.Int64("seq", res.Seq))
	return name, res, err
}
