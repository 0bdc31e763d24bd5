package watch

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Beats is where processes write that they live.
type Beats interface {
	Beat(ctx context.Context, p flow.Process) error
	// Clock returns how far its clock is ahead of the process's.
	Clock(ctx context.Context) (ahead time.Duration, err error)
}

// beatPatience is how long one beat may take: a database that hangs is one that is away.
const beatPatience = 5 * time.Second

// Pulse writes every [flow.BeatEvery] that a process lives, until it ends.
type Pulse struct {
	Store Beats
	// Self returns what the process says of itself at a moment, but for the times of its beat.
	// It is called for each.
	Self func(now time.Time) flow.Process
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	Log *slog.Logger

	failing bool
	soon    chan struct{} // has room for one
	once    sync.Once
}

// Soon has the process beat now, since it has something to say.
func (p *Pulse) Soon() {
	p.begin()
	select {
	case p.soon <- struct{}{}:
	default: // it is about to
	}
}

func (p *Pulse) begin() {
	p.once.Do(func() { p.soon = make(chan struct{}, 1) })
}

// Run writes at once and then each [flow.BeatEvery] that the process lives, and that it ends
// when the context does. Where it can't be written it goes on, and says so once. Its error is
// always nil.
func (p *Pulse) Run(ctx context.Context) error {
	if p.Now == nil {
		p.Now = time.Now
	}
	p.begin()
	tick := time.NewTicker(flow.BeatEvery)
	defer tick.Stop()
	for {
		p.beat(ctx, false)
		select {
		case <-ctx.Done():
			p.beat(context.WithoutCancel(ctx), true)
			return nil
		case <-tick.C:
		case <-p.soon:
		}
	}
}

func (p *Pulse) beat(ctx context.Context, last bool) {
	beating, cancel := context.WithTimeout(ctx, beatPatience)
	defer cancel()
	err := p.write(beating, last)
	switch {
	case ctx.Err() != nil:
	case err != nil && !p.failing:
		p.Log.Warn("this process can't write that it lives, and goes on", "error", err)
	case err == nil && p.failing:
		p.Log.Info("this process writes again that it lives")
	}
	p.failing = err != nil
}

func (p *Pulse) write(ctx context.Context, last bool) error {
	ahead, err := p.Store.Clock(ctx)
	if err != nil {
		return err
	}
	now := p.Now()
	self := p.Self(now)
	self.Facts.ClockSkew, self.Beat = ahead, now
	if last {
		self.Stopped = self.Beat
	}
	return p.Store.Beat(ctx, self)
}
