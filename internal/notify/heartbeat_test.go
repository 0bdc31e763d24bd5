package notify

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTheHeartbeatBeatsEachMinuteWhileTheProcessWatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		var watching, failing atomic.Bool
		watching.Store(true)
		var log strings.Builder
		h := &Heartbeat{
			Client: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				asked.Add(1)
				if r.URL.String() != "https://beat.example/SECRET" || r.Method != http.MethodGet {
					t.Errorf("%s %s is asked for", r.Method, r.URL)
				}
				if failing.Load() {
					return nil, errors.New("nobody is there")
				}
				return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("ok"))}, nil
			})},
			URL: known("https://beat.example/SECRET"), Watching: watching.Load, Log: slog.New(slog.NewTextHandler(&log, nil)),
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- h.Run(ctx) }()
		after := func(d time.Duration, want int32) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if got := asked.Load(); got != want {
				t.Errorf("it was asked for %d times, want %d", got, want)
			}
		}
		after(time.Second, 1)
		after(2*time.Minute, 3)
		watching.Store(false)
		after(5*time.Minute, 3)
		watching.Store(true)
		failing.Store(true)
		after(5*time.Second, 4) // it does not wait for a minute to be full
		after(2*time.Minute, 6)
		failing.Store(false)
		after(time.Minute, 7)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if text := log.String(); strings.Count(text, "did not come through") != 1 || strings.Count(text, "comes through again") != 1 || strings.Contains(text, "SECRET") {
			t.Errorf("the log says\n%s", text)
		}
	})
}
