package jobs

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
)

// River's informational lines are about its own machinery. Of its complaints most say that
// the database is away or can't be written, which each of its parts finds out by itself and
// says once a second. So they wait for the end of the sweep that begins next: where that
// fails too, or works again for the first time, it says so once for all, and they are for
// who debugs. Else they are heard.

// mostUnheard is how many complaints wait at most; more come only of what is away.
const mostUnheard = 20

// complaints are what River says at level warn and above, until a sweep has ended.
type complaints struct {
	mu    sync.Mutex
	waits []complaint
}

type complaint struct {
	to     slog.Handler
	record slog.Record
}

func (c *complaints) add(to slog.Handler, r slog.Record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waits) < mostUnheard {
		c.waits = append(c.waits, complaint{to, r.Clone()})
	}
}

func (c *complaints) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.waits)
}

func (c *complaints) take(n int) []complaint {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := c.waits[:n:n]
	c.waits = c.waits[n:]
	return taken
}

// hearQueue writes what River complained of before a sweep began: as it did where the sweep
// has not told it, and for who debugs where it has.
func (e *Engine) hearQueue(n int, untold bool) {
	ctx := context.Background()
	for _, c := range e.unheard.take(n) {
		if !untold {
			c.record.Level = slog.LevelDebug
		}
		if c.to.Enabled(ctx, c.record.Level) {
			_ = c.to.Handle(ctx, c.record) // there is nobody to tell
		}
	}
}

// quietHandler takes River's complaints, and has the next sweep find out about the database:
// of what fails for River the store knows nothing.
type quietHandler struct {
	slog.Handler
	engine *Engine
}

// Enabled implements [slog.Handler].
func (h quietHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn
}

// canceled tells whether a complaint is of what was called off, as when the program ends.
func canceled(r slog.Record) (off bool) {
	r.Attrs(func(a slog.Attr) bool {
		err, ok := a.Value.Any().(error)
		off = ok && errors.Is(err, context.Canceled) || a.Value.Kind() == slog.KindString && strings.HasSuffix(a.Value.String(), context.Canceled.Error())
		return !off
	})
	return off
}

// Handle implements [slog.Handler].
func (h quietHandler) Handle(_ context.Context, r slog.Record) error {
	if canceled(r) {
		return nil
	}
	r.Message = "the job queue complains: " + r.Message
	h.engine.doubt.Store(true)
	h.engine.unheard.add(h.Handler, r)
	return nil
}

// WithAttrs implements [slog.Handler].
func (h quietHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return quietHandler{h.Handler.WithAttrs(attrs), h.engine}
}

// WithGroup implements [slog.Handler].
func (h quietHandler) WithGroup(name string) slog.Handler {
	return quietHandler{h.Handler.WithGroup(name), h.engine}
}
