package trouble

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// mostKinds bounds how many kinds of record are remembered.
const mostKinds = 1000

// passing are attributes that tell one time from another, and not what is wrong with what.
// Some are River's.
var passing = map[string]bool{"error": true, "err": true, "path": true, "stack": true, "sleep_duration": true}

// kindOf returns the message with what it is about: the attributes that are texts or names,
// but for those that tell how it failed this time.
func kindOf(r slog.Record) string {
	kind := r.Message
	r.Attrs(func(a slog.Attr) bool {
		v := a.Value.Resolve()
		if _, failed := v.Any().(error); !failed && !passing[a.Key] && (v.Kind() == slog.KindString || v.Kind() == slog.KindAny) {
			kind += "\x00" + v.String()
		}
		return true
	})
	return kind
}

// Damp returns a handler that passes on few of the records of level warn and above that
// say the same of the same, whatever error and path they name: the first; one two minutes later at the earliest, then four, eight, and
// so on to an hour, with "times", how many there were since the last. A record the like of
// which was not there for as long as that is a first one again. Records below warn pass as they are.
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
	times, say := d.kinds.take(kindOf(r))
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

// kinds are the kinds of record that came of late.
type kinds struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string]*spell
}

// take counts a record, and tells whether it is to be said, and for how many.
func (k *kinds) take(kind string) (times int, say bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	s := k.seen[kind]
	if s == nil || now.Sub(s.next) > s.pause {
		untold := 0
		if s != nil {
			untold = s.untold
		} else if len(k.seen) >= mostKinds {
			clear(k.seen)
		}
		s = &spell{untold: untold}
		k.seen[kind] = s
	}
	if !s.fail(now) {
		return 0, false
	}
	times, s.untold = s.untold, 0
	return times, true
}
