package trouble_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/trouble"
)

// written is a log without times, in lines.
type written struct{ bytes.Buffer }

func (w *written) handler() slog.Handler {
	return slog.NewTextHandler(w, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
}

func (w *written) want(t *testing.T, lines ...string) {
	t.Helper()
	if got, want := w.String(), strings.Join(lines, "\n")+"\n"; got != want {
		t.Errorf("the log says\n%swant\n%s", got, want)
	}
	w.Reset()
}

// clock is a time that the test sets.
type clock struct{ time.Time }

func (c *clock) now() time.Time          { return c.Time }
func (c *clock) pass(took time.Duration) { c.Time = c.Add(took) }

var errAway = errors.New("nobody answers")

func TestATroubleIsSaidSeldom(t *testing.T) {
	var w written
	log, at := slog.New(w.handler()), &clock{time.UnixMilli(0)}
	trouble := trouble.Trouble{Began: "it fails", Ended: "it works again", Now: at.now}
	report := func(err error) { trouble.Report(context.Background(), log, err, "path", "/") }
	report(nil)
	for range 58 { // once a second
		report(errAway)
		at.pass(time.Second)
	}
	if !trouble.Lasts() {
		t.Error("it does not last")
	}
	report(nil)
	report(nil)
	w.want(t,
		`level=ERROR msg="it fails" path=/ error="nobody answers"`,
		`level=INFO msg="it works again" after=58s failures=58`)

	for range 10 * 60 { // ten minutes: after two and six of them
		report(errAway)
		at.pass(time.Second)
	}
	report(nil)
	w.want(t,
		`level=ERROR msg="it fails" path=/ error="nobody answers"`,
		`level=ERROR msg="it fails" path=/ for=2m0s failures=121 error="nobody answers"`,
		`level=ERROR msg="it fails" path=/ for=6m0s failures=361 error="nobody answers"`,
		`level=INFO msg="it works again" after=10m0s failures=600`)

	for range 24 * 60 { // a day, once a minute: never more than an hour apart
		report(errAway)
		at.pass(time.Minute)
	}
	if n := strings.Count(w.String(), "\n"); n < 24 || n > 30 {
		t.Errorf("a day has %d lines", n)
	}
}

func TestDampedMessages(t *testing.T) {
	var w written
	at := &clock{time.UnixMilli(0)}
	log := slog.New(trouble.Damp(w.handler(), at.now))
	queue := log.With("part", "queue")
	for range 180 {
		queue.Warn("it fails", "error", errAway)
		log.Error("something else")
		log.Info("life goes on")
		at.pass(time.Second)
	}
	life := `level=INFO msg="life goes on"`
	text := strings.ReplaceAll(w.String(), life+"\n", "")
	if n := strings.Count(w.String(), life); n != 180 {
		t.Errorf("of 180 lines of information %d came", n)
	}
	w.Reset()
	w.WriteString(text)
	w.want(t,
		`level=WARN msg="it fails" part=queue error="nobody answers"`,
		`level=ERROR msg="something else"`,
		`level=WARN msg="it fails" part=queue error="nobody answers" times=120`,
		`level=ERROR msg="something else" times=120`)

	// What is wrong with one is not wrong with another.
	for _, channel := range []string{"en/all", "ja/all", "en/all"} {
		log.Error("it has a fault", "channel", channel, "path", at.String(), "error", errAway)
		at.pass(time.Second)
	}
	if n := strings.Count(w.String(), "it has a fault"); n != 2 {
		t.Errorf("of two channels %d lines come:\n%s", n, w.String())
	}
	w.Reset()

	// Long after, it is new, and says what went unsaid.
	at.pass(time.Hour)
	queue.Warn("it fails")
	at.pass(time.Second)
	queue.Warn("it fails")
	w.want(t, `level=WARN msg="it fails" part=queue times=60`)
}

// Texts that all differ don't fill the memory: what was said before them is forgotten.
func TestTextsThatAllDifferAreForgotten(t *testing.T) {
	var w written
	at := &clock{time.UnixMilli(0)}
	log := slog.New(trouble.Damp(w.handler(), at.now))
	said := func() (times int) {
		log.Warn("it fails")
		times = strings.Count(w.String(), `"it fails"`)
		w.Reset()
		return times
	}
	if first, again := said(), said(); first != 1 || again != 0 {
		t.Fatalf("it is said %d times, and again %d times", first, again)
	}
	for n := range 2000 {
		log.Warn(strings.Repeat("x", n))
	}
	w.Reset()
	if said() != 1 {
		t.Error("2,000 other messages are remembered beside it")
	}
}
