package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/tracing"
	"github.com/kairan-news/kairan/jobs"
)

// journal writes down what a service does: a line for each run and for each publication.
//
// The line of a run has its visit, and the records that it added to the log. The line of a
// publication has the visits that the channel was marked by, its own name, the channel's
// revision and the end of the log. The line of a request has channel and revision. So a
// visit leads to the answers in which its notices stand.
type journal struct {
	log   *slog.Logger
	setup func() *setup
	quiet quiet
}

// quiet counts the visits and the publications of which only who debugs has a line.
type quiet struct {
	mu                            sync.Mutex
	unchanged, skipped, unvisited int
}

// visited writes a run down. Runs that found nothing new are thousands an hour: who reads
// the log for what goes on has their number each minute.
func (j *journal) visited(r store.Run) {
	level := slog.LevelInfo
	switch r.Outcome {
	case store.RunUnchanged, store.RunSkipped:
		level = slog.LevelDebug
		if r.Outcome == store.RunSkipped {
			j.quiet.add(&j.quiet.skipped)
		} else {
			j.quiet.add(&j.quiet.unchanged)
		}
	case store.RunFailed, store.RunHeld:
		level = slog.LevelWarn
	}
	ctx := context.Background()
	if !j.log.Enabled(ctx, level) {
		return
	}
	about := []slog.Attr{slog.String("source", r.Source)}
	if source, ok := j.setup().config.Source(r.Source); ok {
		about = append(about, slog.String("publisher", source.Publisher))
	}
	about = append(about,
		slog.String("outcome", r.Outcome), slog.Int("status", r.Status), slog.Int64("bytes", r.Bytes),
		slog.Int("new", r.New), slog.Int("changed", r.Changed), slog.Int("withdrawn", r.Withdrawn))
	if r.LastSeq > 0 {
		about = append(about, slog.Int64("first_seq", r.FirstSeq), slog.Int64("last_seq", r.LastSeq))
	}
	about = append(about, slog.Float64("took_ms", ms(r.Took)))
	if visit := tracing.ID(r.Visit); visit != "" {
		about = append(about, slog.String("visit", visit))
	}
	if len(r.Problems) > 0 {
		about = append(about, slog.Int("problems", len(r.Problems)), slog.String("problem", firstOf(r.Problems)))
	}
	if r.Error != "" {
		about = append(about, slog.String("error", r.Error))
	}
	j.log.LogAttrs(ctx, level, "visited", about...)
}

// published writes a publication down. One that no visit was the cause of is by the
// configuration or by the program's words, which change all channels at once: of those too
// there is a number each minute.
func (j *journal) published(p jobs.Publication) {
	level := slog.LevelInfo
	if len(p.Visits) == 0 {
		level = slog.LevelDebug
		j.quiet.add(&j.quiet.unvisited)
	}
	about := []slog.Attr{
		slog.String("channel", p.Channel.String()), slog.Int64("revision", p.Revision), slog.Int64("seq", p.Seq),
		slog.Int("entries", p.Entries), slog.Int("closed", p.Closed), slog.Float64("took_ms", ms(p.Took)),
		slog.String("publication", tracing.ID(p.Name)),
	}
	visits := make([]string, 0, len(p.Visits))
	for _, name := range p.Visits {
		visits = append(visits, tracing.ID(name))
	}
	if len(visits) > 0 {
		about = append(about, slog.Any("visits", visits))
	}
	j.log.LogAttrs(context.Background(), level, "published", about...)
}

// eachMinute writes down how many visits and publications were made that have no line of
// their own, until the context ends. A minute without any has no line.
func (j *journal) eachMinute(ctx context.Context) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			j.sum()
		}
	}
}

func (j *journal) sum() {
	unchanged, skipped, unvisited := j.quiet.take()
	if unchanged+skipped > 0 {
		j.log.Info("visits without news in the last minute", "unchanged", unchanged, "skipped", skipped)
	}
	if unvisited > 0 {
		j.log.Info("channels published anew without a visit in the last minute", "channels", unvisited)
	}
}

func (q *quiet) add(to *int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	*to++
}

func (q *quiet) take() (unchanged, skipped, unvisited int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	unchanged, skipped, unvisited = q.unchanged, q.skipped, q.unvisited
	q.unchanged, q.skipped, q.unvisited = 0, 0, 0
	return unchanged, skipped, unvisited
}
