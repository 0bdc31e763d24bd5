package notify

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTheHeartbeatBeatsEachMinuteWhileTheProcessWatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, watching, failing := 0, true, false
		var log strings.Builder
		h := &Heartbeat{
			Client: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				asked++
				if r.URL.String() != "https://beat.example/SECRET" || r.Method != http.MethodGet {
					t.Errorf("%s %s is asked for", r.Method, r.URL)
				}
				if failing {
					return nil, errors.New("nobody is there")
				}
				return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("ok"))}, nil
			})},
			URL: known("https://beat.example/SECRET"), Watching: func() bool { return watching }, Log: slog.New(slog.NewTextHandler(&log, nil)),
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- h.Run(ctx) }()
		after := func(d time.Duration, want int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if asked != want {
				t.Errorf("it was asked for %d times, want %d", asked, want)
			}
		}
		after(time.Second, 1)
		after(2*time.Minute, 3)
		watching = false
		after(5*time.Minute, 3)
		watching, failing = true, true
		after(3*time.Minute, 6)
		failing = false
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
