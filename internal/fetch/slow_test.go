package fetch

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Slow servers are met in a bubble whose clock jumps, with the bounds of the default
// configuration.
func TestSlowServers(t *testing.T) {
	trickle := func(conn net.Conn, text string, every time.Duration) {
		for i := range len(text) {
			time.Sleep(every)
			if _, err := io.WriteString(conn, text[i:i+1]); err != nil {
				return
			}
		}
	}
	for _, s := range []struct {
		what   string
		server func(net.Conn)
		config Config
		kind   Kind
		after  time.Duration
		body   string
	}{
		{what: "never answers", server: func(net.Conn) {}, kind: KindTimeout, after: 10 * time.Second},
		{what: "sends its header byte by byte", server: func(c net.Conn) {
			trickle(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<?xml", time.Second)
		}, kind: KindTimeout, after: 10 * time.Second},
		{what: "sends its body byte by byte", server: func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
			time.Sleep(500 * time.Millisecond)
			trickle(c, feed, time.Second)
		}, kind: KindTimeout, after: 30 * time.Second, body: feed[:29]},
		{what: "stops within its body", server: func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<?xml")
		}, kind: KindTimeout, after: 30 * time.Second, body: "<?xml"},
		{what: "is slow, but not too slow", server: func(c net.Conn) {
			time.Sleep(9 * time.Second)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
			trickle(c, "<?xml", 4*time.Second)
		}, after: 29 * time.Second, body: "<?xml"},
		{what: "stalls within the page of a 404", server: func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 404 Not Found\r\nContent-Length: 500\r\n\r\n<html>")
		}, kind: KindHTTPStatus, after: 10 * time.Second},
		{what: "never answers who has time", server: func(net.Conn) {}, config: Config{Timeout: time.Hour, FirstByteTimeout: -1}, kind: KindTimeout, after: time.Hour},
	} {
		t.Run(s.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := piped(t, s.config, s.server)
				began := time.Now()
				r, err := c.Get(t.Context(), Request{URL: "http://city.example/feed"})
				if took := time.Since(began); took != s.after {
					t.Errorf("it took %v, want %v", took, s.after)
				}
				var typed *Error
				switch errors.As(err, &typed); {
				case s.kind == "" && err != nil:
					t.Fatal(err)
				case s.kind != "" && (typed == nil || typed.Kind != s.kind):
					t.Fatalf("the error is %v, want %s", err, s.kind)
				}
				if s.body != "" && string(r.Body) != s.body {
					t.Errorf("the body is %q, want %q", r.Body, s.body)
				}
				if s.kind == KindTimeout && r != nil && !r.Truncated {
					t.Error("the response is not marked as truncated")
				}
			})
		})
	}
}

// The caller's own end is not the source's fault.
func TestCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := piped(t, Config{}, func(net.Conn) {})
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := c.Get(ctx, Request{URL: "http://city.example/feed"})
		var typed *Error
		if !errors.As(err, &typed) || typed.Kind != KindCanceled || !errors.Is(err, context.DeadlineExceeded) || typed.MayBeOurs() {
			t.Errorf("the error is %v", err)
		}
	})
}

// Waiting for a host's turn is not counted as the source's slowness.
func TestWaitingForTheGateIsNotTheSourcesTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := NewHostGate()
		c := piped(t, Config{Gate: gate}, func(c net.Conn) {
			time.Sleep(time.Second)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<?xml")
		})
		leave, err := gate.Enter(t.Context(), "http://city.example/", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		leave()
		began := time.Now()
		r, err := c.Get(t.Context(), Request{URL: "http://city.example/feed"})
		if err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(began); waited != 61*time.Second || r.Took != time.Second {
			t.Errorf("it took %v, of which %v are the source's; want 61s and 1s", waited, r.Took)
		}
	})
}

// piped returns a client whose connections end in a function that has read the
// request.
func piped(t *testing.T, config Config, server func(net.Conn)) *Client {
	t.Helper()
	c := New(config)
	var servers sync.WaitGroup
	t.Cleanup(servers.Wait) // a bubble has to be empty when it ends
	c.public = &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			servers.Go(func() {
				defer there.Close()
				if _, err := http.ReadRequest(bufio.NewReader(there)); err == nil {
					server(there)
				}
				_, _ = io.Copy(io.Discard, there) // until the client has closed it
			})
			return here, nil
		},
	}
	return c
}
