package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// complaining is an engine whose queue has complained so often.
func complaining(to *bytes.Buffer, n int) *Engine {
	e := &Engine{}
	e.Log = slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: slog.LevelInfo}))
	queue := slog.New(quietHandler{e.Log.With("part", "queue").Handler(), e})
	queue.Info("the leader was elected")
	for range n {
		queue.With("queue", "collect").Error("can't fetch jobs", "err", "nobody answers")
	}
	return e
}

func TestTheQueueIsHeardWhereTheSweepHasNotToldIt(t *testing.T) {
	var log bytes.Buffer
	e := complaining(&log, 2)
	if log.Len() > 0 || !e.doubt.Load() {
		t.Fatalf("before a sweep the log says %q, and the database is in doubt: %v", &log, e.doubt.Load())
	}
	e.hearQueue(1, true)
	if text := log.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, "the job queue complains: can't fetch jobs") ||
		!strings.Contains(text, "part=queue") || !strings.Contains(text, "queue=collect") || !strings.Contains(text, "level=ERROR") {
		t.Errorf("after a sweep that works the log says %q", text)
	}
	if e.unheard.count() != 1 {
		t.Error("what came while it swept does not wait for the next")
	}

	log.Reset()
	e.hearQueue(1, false)
	if log.Len() > 0 || e.unheard.count() != 0 {
		t.Errorf("after a sweep that fails the log says %q", &log)
	}
}

func TestComplaintsAreBounded(t *testing.T) {
	var log bytes.Buffer
	e := complaining(&log, 1000)
	if n := e.unheard.count(); n != mostUnheard {
		t.Errorf("%d complaints wait", n)
	}
}

// A sweep that works again after it failed tells the end of all that was complained of.
func TestWhatIsComplainedOfAtTheEndOfTroubleIsNotHeard(t *testing.T) {
	var log bytes.Buffer
	e := complaining(&log, 1)
	e.failing.Began, e.failing.Ended = "it fails", "it works again"
	e.tell(context.Background(), 1, errors.New("nobody answers"))
	quietHandler{e.Log.Handler(), e}.Handle(context.Background(), slog.Record{Message: "late"})
	e.tell(context.Background(), 1, nil)
	if text := log.String(); strings.Contains(text, "complains") || !strings.Contains(text, "it fails") || !strings.Contains(text, "it works again") {
		t.Errorf("the log says\n%s", text)
	}
}
