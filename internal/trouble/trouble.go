package trouble

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// How long lies between two lines about the same trouble: the first pause, which then
// doubles, and the longest.
const (
	firstPause = 2 * time.Minute
	mostPause  = time.Hour
)

// spell is one time of trouble. The zero value has not begun.
type spell struct {
	since    time.Time
	next     time.Time // when it is said again
	pause    time.Duration
	failures int // in all
	untold   int // since it was said last
}

// fail counts a failure, and tells whether it is to be said.
func (s *spell) fail(now time.Time) (say bool) {
	s.failures++
	s.untold++
	switch {
	case s.failures == 1:
		s.since, s.pause = now, firstPause
	case now.Before(s.next):
		return false
	default:
		s.pause = min(2*s.pause, mostPause)
	}
	s.next = now.Add(s.pause)
	return true
}

// Trouble is something that fails for a while and then works again. It may be used by many
// goroutines at once.
type Trouble struct {
	// Began says what fails and what to do, at level error; Ended that it works again, at
	// level info.
	Began, Ended string
	// Now is the clock; nil means time.Now.
	Now func() time.Time

	mu    sync.Mutex
	spell spell
}

// Report takes the outcome of an attempt, and says what there is to say of it: the
// beginning with the error and these attributes; that it lasts, with "for" and "failures";
// and the end with "after" and "failures".
func (t *Trouble) Report(ctx context.Context, log *slog.Logger, err error, about ...any) {
	now := time.Now
	if t.Now != nil {
		now = t.Now
	}
	t.mu.Lock()
	var say bool
	if err != nil {
		say = t.spell.fail(now())
	}
	s := t.spell
	if err == nil {
		t.spell = spell{}
	}
	t.mu.Unlock()

	lasted := now().Sub(s.since).Round(time.Second)
	switch {
	case err != nil && say && s.failures == 1:
		log.ErrorContext(ctx, t.Began, append(about, "error", err)...)
	case err != nil && say:
		log.ErrorContext(ctx, t.Began, append(about, "for", lasted.String(), "failures", s.failures, "error", err)...)
	case err == nil && s.failures > 0:
		log.InfoContext(ctx, t.Ended, "after", lasted.String(), "failures", s.failures)
	}
}

// Lasts reports whether the last attempt failed.
func (t *Trouble) Lasts() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.spell.failures > 0
}
