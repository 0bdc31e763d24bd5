package ops

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Config is what the operators' pages need.
type Config struct {
	// Status answers questions about sources and the database.
	Status Status
	// Documents are the public site's; nil where the process serves none.
	Documents Documents
	// Registry holds the process's metrics, for /metrics; nil makes one.
	Registry *prometheus.Registry
	// Collectors are further metrics, such as those of the jobs.
	Collectors []prometheus.Collector
	// Readiness tells whether the process can do its duty.
	Readiness Readiness
	// Version of the program, for the pages.
	Version string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger
}

// Handler returns the operators' pages. They are for an address that the public
// can't reach: they ask nobody who he is.
//
//	/              every source, its state and its last run
//	/source/{id}   a source's last 50 runs
//	/healthz       200 while the process lives
//	/readyz        200 while it can do its work, else 503 with the reasons; a process
//	               that serves readers can while the database can't be written, and
//	               says so
//	/metrics       for Prometheus
func Handler(c Config) http.Handler {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Registry == nil {
		c.Registry = prometheus.NewRegistry()
	}
	c.Registry.MustRegister(newStatusCollector(c.Status, c.Documents, c.Now))
	c.Registry.MustRegister(c.Collectors...)

	o := &pages{Config: c}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", o.serveSources)
	mux.HandleFunc("GET /source/{id}", o.serveSource)
	mux.Handle("GET /ops.css", asset("ops.css", "text/css; charset=utf-8"))
	mux.Handle("GET /favicon.svg", asset("favicon.svg", "image/svg+xml"))
	mux.Handle("GET /favicon.ico", asset("favicon.ico", "image/x-icon"))
	mux.HandleFunc("GET /healthz", o.serveHealth)
	mux.HandleFunc("GET /readyz", o.serveReady)
	mux.Handle("GET /metrics", promhttp.HandlerFor(c.Registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurity(w.Header())
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// security lets a page take its style sheet and its icon from this address, and nothing
// else, and no script.
const security = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// setSecurity sets what every answer carries.
func setSecurity(h http.Header) {
	h.Set("Content-Security-Policy", security)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
}

// pages are the operators' pages at work.
type pages struct{ Config }
