package trouble

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// mostKinds bounds how many messages are remembered. Messages are texts of programs, and
// few; whoever puts a number into one can't have it fill the memory.
const mostKinds = 1000

// Damp returns a handler that passes on few of the records of level warn and above that
// have the same message: the first; one a minute later at the earliest, then two, four, and
// so on to an hour, with "times", how many there were since the last. A message that was
// not there for as long as that is a first one again. Records below warn pass as they are.
// A nil clock means time.Now.
func Damp(to slog.Handler, now func() time.Time) slog.Handler {
	if now == nil {
		now = time.Now
	}
	return damper{to, &kinds{now: now, seen: map[string]*spell{}}}
}

type damper struct {
	slog.Handler
	kinds *kinds // shared with those that have more attributes
}

// Handle implements [slog.Handler].
func (d damper) Handle(ctx context.Context, r slog.Record) error {
	if r.Level < slog.LevelWarn {
		return d.Handler.Handle(ctx, r)
	}
	times, say := d.kinds.take(r.Message)
	if !say {
		return nil
	}
	if times > 1 {
		r = r.Clone()
		r.AddAttrs(slog.Int("times", times))
	}
	return d.Handler.Handle(ctx, r)
}

// WithAttrs implements [slog.Handler].
func (d damper) WithAttrs(attrs []slog.Attr) slog.Handler {
	return damper{d.Handler.WithAttrs(attrs), d.kinds}
}

// WithGroup implements [slog.Handler].
func (d damper) WithGroup(name string) slog.Handler {
	return damper{d.Handler.WithGroup(name), d.kinds}
}

// kinds are the messages that came of late.
type kinds struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string]*spell
}

// take counts a message, and tells whether it is to be said, and for how many.
func (k *kinds) take(message string) (times int, say bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	s := k.seen[message]
	if s == nil || now.Sub(s.next) > s.pause {
		untold := 0
		if s != nil {
			untold = s.untold
		} else if len(k.seen) >= mostKinds {
			clear(k.seen)
		}
		s = &spell{untold: untold}
		k.seen[message] = s
	}
	if !s.fail(now) {
		return 0, false
	}
	times, s.untold = s.untold, 0
	return times, true
}
