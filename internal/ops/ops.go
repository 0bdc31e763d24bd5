package ops

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/kairan-news/kairan/internal/flow"
)

// Config is what the operators' pages need.
type Config struct {
	// Status answers what the pages ask.
	Status Status
	// Actor does what operators ask for; nil has pages that are read alone.
	Actor Actor
	// Visitor tells who asks for a page; nil has pages say nothing of it.
	Visitor func(*http.Request) Visitor
	// Documents are the public site's; nil where the process serves none.
	Documents Documents
	// Registry holds the process's metrics, for /metrics; nil makes one.
	Registry *prometheus.Registry
	// Collectors are further metrics, such as those of the jobs.
	Collectors []prometheus.Collector
	// Readiness tells whether the process can do its duty.
	Readiness Readiness
	// Links stand beside those of the pages, such as one to the job engine's own pages.
	Links []Link
	// Runbook returns the address of the runbook, of which each kind of fault is a section;
	// nil or "" is that of the program's own, on its site.
	Runbook func() string
	// Address returns where operators reach these pages, without a slash at its end; nil or ""
	// is where who asks for one has asked.
	Address func() string
	// Own are names and paths of ours that errors are shown without, such as the host's name
	// and the data directory.
	Own []string
	// Ending is closed when the process ends, and with it what is sent live; nil is never.
	Ending <-chan struct{}
	// Version of the program, for the pages.
	Version string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger
}

// Link leads to another page.
type Link struct{ Path, Text string }

// runbook is where the program's own runbook is.
const runbook = "https://github.com/kairan-news/kairan/blob/main/docs/runbook.md"

// Handler returns the operators' pages. They are for an address that the public
// can't reach: they ask nobody who he is.
//
//	/                 whether the news flows, and what is wrong
//	/incidents        what was wrong in the last 90 days
//	/jobs             what runs, what waits, what comes next, and what was done
//	/sources          every source; /source/{id} all of one
//	/channels         every channel, and who reads it
//	/locales          every locale, and what it lacks
//	/processes        the processes of the service
//	/configuration    the plan at work
//	/audit            what people did
//	/ops.atom         a feed of incidents, where one began and where it ended
//	/events           tells that a page has changed, as server-sent events
//	/act/{action}     does something (POST), where there is an [Actor]
//	/healthz          200 while the process lives
//	/readyz           200 while it can do its work, else 503 with the reasons; a process
//	                  that serves readers can while the database can't be written, and
//	                  says so
//	/metrics          for Prometheus
func Handler(c Config) http.Handler {
	c = c.withDefaults()
	o := &pages{Config: c, desk: newDesk(c.Status, c.Now), streams: make(chan struct{}, mostStreams)}
	c.Registry.MustRegister(newStatusCollector(c.Status, o.desk, c.Documents, c.Version, c.Now))
	c.Registry.MustRegister(c.Collectors...)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", o.serveOverview)
	mux.HandleFunc("GET /incidents", o.serveIncidents)
	mux.HandleFunc("GET /jobs", o.serveJobs)
	mux.HandleFunc("GET /sources", o.serveSources)
	mux.HandleFunc("GET /source/{id}", o.serveSource)
	mux.HandleFunc("GET /channels", o.serveChannels)
	mux.HandleFunc("GET /locales", o.serveLocales)
	mux.HandleFunc("GET /processes", o.serveProcesses)
	mux.HandleFunc("GET /configuration", o.serveConfiguration)
	mux.HandleFunc("GET /audit", o.serveAudit)
	mux.HandleFunc("GET /events", o.serveEvents)
	mux.HandleFunc("GET /ops.atom", o.serveAtom)
	if c.Actor != nil {
		mux.HandleFunc("POST /act/{action}", o.serveAct)
	}
	mux.Handle("GET /ops.css", asset("ops.css", "text/css; charset=utf-8"))
	mux.Handle("GET /ops.js", asset("ops.js", "text/javascript; charset=utf-8"))
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

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Registry == nil {
		c.Registry = prometheus.NewRegistry()
	}
	return c
}

// security lets a page take its style sheet, its icon and its script from this address and
// send its forms there, and nothing else.
const security = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// setSecurity sets what every answer carries.
func setSecurity(h http.Header) {
	h.Set("Content-Security-Policy", security)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
}

// pages are the operators' pages at work.
type pages struct {
	Config
	desk    *desk
	streams chan struct{} // has room for those that may be open
}

// section is where the runbook explains a kind of fault.
func (o *pages) section(kind flow.Kind) string {
	at := runbook
	if o.Runbook != nil {
		at = cmp.Or(o.Runbook(), at)
	}
	return at + "#" + string(kind)
}

// address is where operators reach these pages, as far as who asks shows it.
func (o *pages) address(r *http.Request) string {
	if o.Address != nil {
		if at := o.Address(); at != "" {
			return at
		}
	}
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// Actor does what operators ask for from a page.
type Actor interface {
	// May tells whether who asks may do anything.
	May(r *http.Request) bool
	// Act does it, and says what was done, in a sentence. The error is a sentence too.
	Act(ctx context.Context, r *http.Request, a Action) (said string, err error)
}
