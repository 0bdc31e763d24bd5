package ops

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// desk is what pages look at, each answer kept for a while.
type desk struct {
	sources       kept[[]SourceStatus]
	incidents     kept[[]flow.Incident] // those that are open
	mutes         kept[[]flow.Mute]
	processes     kept[[]flow.Process]
	queue         kept[[]Job]
	channels      kept[[]ChannelStatus]
	locales       kept[[]LocaleStatus]
	figures       kept[Figures]
	configuration kept[Configuration]
}

func newDesk(s Status, now func() time.Time) *desk {
	open := func(ctx context.Context) ([]flow.Incident, error) { return s.Incidents(ctx, now()) }
	return &desk{
		sources:       keep(s.Sources, now, 3*time.Second, 15*time.Second),
		incidents:     keep(open, now, 2*time.Second, 5*time.Second),
		mutes:         keep(s.Mutes, now, 2*time.Second, 5*time.Second),
		processes:     keep(s.Processes, now, 2*time.Second, 5*time.Second),
		queue:         keep(s.Queue, now, time.Second, 5*time.Second),
		channels:      keep(s.Channels, now, 5*time.Second, time.Minute),
		locales:       keep(s.Locales, now, time.Minute, time.Hour),
		figures:       keep(s.Figures, now, 5*time.Second, time.Minute),
		configuration: keep(s.Configuration, now, 5*time.Second, time.Minute),
	}
}

func keep[T any](ask func(context.Context) (T, error), now func() time.Time, fresh, stale time.Duration) kept[T] {
	return kept[T]{fresh: fresh, stale: stale, ask: ask, now: now}
}

// forget has everything be looked at anew that an action may have changed.
func (d *desk) forget() {
	d.sources.forget()
	d.incidents.forget()
	d.mutes.forget()
	d.queue.forget()
	d.channels.forget()
	d.configuration.forget()
}
