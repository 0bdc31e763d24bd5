package web

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"
)

// The public address tells a balancer whether to send readers here, and nobody anything else.
func TestReadinessAtThePublicAddress(t *testing.T) {
	for _, c := range []struct {
		name   string
		away   error
		full   error
		check  error
		ends   error
		empty  bool // the shelf does not know what is published
		status int
		body   string
	}{
		{name: "all is well", status: http.StatusOK, body: "ready\n"},
		{name: "the database is away, and there are documents", away: errAway, status: http.StatusOK, body: "ready\n"},
		{name: "the database is away, and there are none", away: errAway, empty: true, status: http.StatusServiceUnavailable, body: "not ready\n"},
		{name: "the database can't be written", full: errors.New("the disk of /data is full"), status: http.StatusOK, body: "ready\n"},
		{name: "the process ends", ends: errors.New("secret"), status: http.StatusServiceUnavailable, body: "not ready\n"},
		{name: "the process ends while the database is away", away: errors.New("secret"), check: errors.New("secret"), ends: errors.New("secret"), status: http.StatusServiceUnavailable, body: "not ready\n"},
		{name: "jobs stand still while the database is away", away: errors.New("secret"), check: errors.New("secret"), status: http.StatusOK, body: "ready\n"},
		{name: "jobs stand still", check: errors.New("secret"), status: http.StatusServiceUnavailable, body: "not ready\n"},
	} {
		city := newCity(t)
		db := reachable{c.away, c.full}
		shelf := city.shelf(time.Hour)
		if c.empty {
			shelf = NewShelf(ShelfConfig{Documents: city, Settings: city.now, Log: discard()})
		}
		metrics := NewMetrics()
		site := Public(Config{
			Settings: func() Settings { return city.settings }, Shelf: shelf, Channels: city, Articles: city, Metrics: metrics, Log: discard(),
			Ready: &Readiness{Database: db, Shelf: shelf, Checks: []Check{
				{Name: "jobs", Ready: func(context.Context) error { return c.check }},
				{Name: "process", Alone: true, Ready: func(context.Context) error { return c.ends }},
			}},
		})
		r := get(site, "/readyz")
		if got := body(t, r); r.StatusCode != c.status || got != c.body {
			t.Errorf("%s: status %d, %q", c.name, r.StatusCode, got)
		}
		if h := r.Header; h.Get("Cache-Control") != "no-store" || h.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: header %v", c.name, h)
		}
		if r := get(site, "/healthz"); r.StatusCode != http.StatusOK || body(t, r) != "ok\n" {
			t.Errorf("%s: a process that answers lives: %d", c.name, r.StatusCode)
		}
		families, err := metrics.Registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			if f.GetName() != "kairan_http_requests_total" {
				continue
			}
			for _, m := range f.GetMetric() {
				if n := m.GetCounter().GetValue(); n > 0 {
					t.Errorf("%s: it is counted as a reader's: %v", c.name, m)
				}
			}
		}
	}
}

// reachable is a database that may be away or full.
type reachable struct{ away, full error }

func (r reachable) Ping(context.Context) error     { return r.away }
func (r reachable) Writable(context.Context) error { return r.full }

// Whoever asks all the time does not have the database asked all the time.
func TestReadinessIsLookedAtOnceASecond(t *testing.T) {
	city := newCity(t)
	shelf := city.shelf(time.Hour)
	looks := 0
	ready := Readiness{Database: reachable{}, Shelf: shelf, Checks: []Check{{Name: "jobs", Ready: func(context.Context) error { looks++; return nil }}}}
	h := ready.beside(http.NotFoundHandler())
	for range 100 {
		get(h, "/readyz")
	}
	if looks > 50 {
		t.Errorf("for 100 questions it looked %d times", looks)
	}
	if r := get(h, "/en/"); r.StatusCode != http.StatusNotFound {
		t.Errorf("what is not its own it answers by %d", r.StatusCode)
	}
}
