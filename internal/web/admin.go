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

// readyPatience is how long all checks of readiness may take.
const readyPatience = 3 * time.Second

// Admin returns the operators' pages. They are for an address that the public
// can't reach: they ask nobody who he is.
//
//	/              every source, its state and its last run
//	/source/{id}   a source's last 50 runs
//	/healthz       200 while the process lives
//	/readyz        200 while it can do its work, else 503 with the reasons; a process
//	               that serves readers can while the database can't be written, and
//	               says so
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
	ctx, cancel := context.WithTimeout(r.Context(), readyPatience)
	defer cancel()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	missing, wrong := a.ready(ctx)
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

// ready returns everything that is missing, a line each, and what is wrong although
// readers are served: a balancer that took the process away for that would take the
// site away, and another process would serve no more.
func (a *admin) ready(ctx context.Context) (missingAll, wrong error) {
	var missing []error
	if err := a.Status.Ping(ctx); err != nil {
		missing = append(missing, fmt.Errorf("database: %w", err))
	} else if err := a.Status.Writable(ctx); err != nil {
		const waits = "; collecting and publishing wait, and go on by themselves when it can be written"
		if a.Shelf != nil {
			wrong = fmt.Errorf("database: readers are served what it holds: %w"+waits, err)
		} else {
			missing = append(missing, fmt.Errorf("database: %w"+waits, err))
		}
	}
	if a.Shelf != nil {
		if err := a.Shelf.Ready(); err != nil {
			missing = append(missing, fmt.Errorf("documents: %w", err))
		}
		if since := a.Shelf.State().OldWords; !since.IsZero() {
			wrong = errors.Join(wrong, fmt.Errorf("words: since %s feeds are made with other words than this process's: give it the newest configuration (SIGHUP) or program; until then its feeds have no Last-Modified",
				since.UTC().Format(time.RFC3339)))
		}
	}
	for _, c := range a.Checks {
		if err := c.Ready(ctx); err != nil {
			missing = append(missing, fmt.Errorf("%s: %w", c.Name, err))
		}
	}
	return errors.Join(missing...), wrong
}
