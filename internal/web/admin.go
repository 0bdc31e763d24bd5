package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// AdminConfig is what the operators' pages need.
type AdminConfig struct {
	// Status answers questions about sources and the database.
	Status Status
	// Shelf is the public site's; nil where the process serves none.
	Shelf *Shelf
	// Metrics are the process's; nil makes some.
	Metrics *Metrics
	// Collectors are further metrics, such as those of the jobs.
	Collectors []prometheus.Collector
	// Checks are further conditions of readiness, such as running jobs.
	Checks []Check
	// Version of the program, for the pages.
	Version string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger
}

// Check is a condition that must hold before a process is sent work.
type Check struct {
	Name string
	// Ready returns nil, or what is missing.
	Ready func(context.Context) error
}

// Admin returns the operators' pages. They are for an address that the public
// can't reach: they ask nobody who he is.
//
//	/              every source, its state and its last run
//	/source/{id}   a source's last 50 runs
//	/healthz       200 while the process lives
//	/readyz        200 while it can do its duty, else 503 with the reasons; see
//	               [Readiness]
//	/metrics       for Prometheus
func Admin(c AdminConfig) http.Handler {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Metrics == nil {
		c.Metrics = NewMetrics()
	}
	registry := c.Metrics.Registry
	registry.MustRegister(newStatusCollector(c.Status, c.Shelf, c.Now))
	registry.MustRegister(c.Collectors...)

	a := &admin{AdminConfig: c, style: asset("admin.css", "text/css; charset=utf-8"), icon: asset("favicon.svg", "image/svg+xml"), oldIcon: asset("favicon.ico", oldIconType)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", a.serveSources)
	mux.HandleFunc("GET /source/{id}", a.serveSource)
	mux.HandleFunc("GET /admin.css", a.serveStyle)
	mux.HandleFunc("GET /favicon.svg", a.serveIcon)
	mux.HandleFunc("GET /favicon.ico", a.serveOldIcon)
	mux.HandleFunc("GET /healthz", a.serveHealth)
	mux.HandleFunc("GET /readyz", a.serveReady)
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurity(w.Header())
		w.Header()["Cache-Control"] = noStore
		mux.ServeHTTP(w, r)
	})
}

// admin is the operators' pages at work.
type admin struct {
	AdminConfig
	style, icon, oldIcon *content
}

func (a *admin) serveHealth(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintln(w, "ok")
}

func (a *admin) serveReady(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	missing, wrong := a.ready(r.Context())
	if missing != nil {
		w.Header().Set("Retry-After", retryAfter)
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintln(w, errors.Join(missing, wrong))
		return
	}
	_, _ = fmt.Fprintln(w, "ready")
	if wrong != nil {
		_, _ = fmt.Fprintln(w, wrong)
	}
}

// ready returns everything that is missing, a line each, and what is wrong although the
// process does its duty.
func (a *admin) ready(ctx context.Context) (missing, wrong error) {
	return Readiness{Database: a.Status, Shelf: a.Shelf, Checks: a.Checks}.Look(ctx)
}
