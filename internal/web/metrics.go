package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/kairan-news/kairan/feeds"
)

// Metrics is what Prometheus is told, in a registry of its own. Make one for a
// process, give it to [Public], and its registry to who shows it.
type Metrics struct {
	// Registry takes further collectors, such as those of the jobs.
	Registry *prometheus.Registry

	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	served   map[served]observation
	// Of searches and combinations, by kind and outcome, and by kind.
	searches      map[searched]prometheus.Counter
	searchSeconds map[string]prometheus.Observer
}

// searched is what became of a request for a search or a combination.
type searched struct{ kind, outcome string }

// The outcomes. What is held or made is answered; of what is limited, busy or failed the last
// state is answered if it is held.
const (
	searchHeld    = "held"    // it was in memory
	searchMade    = "made"    // it was looked for
	searchLimited = "limited" // its address had asked for too much
	searchBusy    = "busy"    // too many others were at work
	searchFailed  = "failed"  // the database did not answer, or not in time
)

const (
	kindSearch      = "search"
	kindCombination = "combination"
)

// outcomeOf tells what came of making something.
func outcomeOf(err error) string {
	switch {
	case err == nil, errors.Is(err, errNoSuchPage):
		return searchMade
	case errors.Is(err, errTooOften):
		return searchLimited
	case errors.Is(err, errBusy):
		return searchBusy
	}
	return searchFailed
}

// searched counts a request for a search or a combination, and how long it took to make it.
func (m *Metrics) searched(isSearch bool, outcome string, took time.Duration) {
	if m == nil {
		return
	}
	kind := kindCombination
	if isSearch {
		kind = kindSearch
	}
	m.searches[searched{kind, outcome}].Inc()
	if outcome == searchMade {
		m.searchSeconds[kind].Observe(took.Seconds())
	}
}

// served is a kind of answer that is so frequent that its counters are looked up
// beforehand.
type served struct {
	route  string
	status int
	format string // of a feed
}

type observation struct {
	requests prometheus.Counter
	seconds  prometheus.Observer
}

// NewMetrics returns metrics with the Go runtime's and the process's own.
func NewMetrics() *Metrics {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kairan_http_requests_total",
			Help: "Answers of the public site, by route, by status and, of feeds, by format.",
		}, []string{"route", "status", "format"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kairan_http_request_duration_seconds",
			Help:    "How long the public site took to answer, by route.",
			Buckets: []float64{.0001, .0003, .001, .003, .01, .03, .1, .3, 1, 3},
		}, []string{"route"}),
		served:   map[served]observation{},
		searches: map[searched]prometheus.Counter{}, searchSeconds: map[string]prometheus.Observer{},
	}
	searches := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kairan_searches_total",
		Help: "Requests for searches and for combinations of topics and cities, by kind, and by outcome: held, made, limited, busy or failed.",
	}, []string{"kind", "outcome"})
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "kairan_search_duration_seconds",
		Help:    "How long it took to make a search or a combination that was not held, by kind.",
		Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3},
	}, []string{"kind"})
	for _, kind := range []string{kindSearch, kindCombination} {
		m.searchSeconds[kind] = seconds.WithLabelValues(kind)
		for _, outcome := range []string{searchHeld, searchMade, searchLimited, searchBusy, searchFailed} {
			m.searches[searched{kind, outcome}] = searches.WithLabelValues(kind, outcome)
		}
	}
	m.Registry.MustRegister(
		m.requests, m.seconds, searches, seconds,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	for _, route := range routes {
		formats := []string{""}
		if route == "feed" {
			formats = formatsOfFeeds()
		}
		for _, status := range []int{http.StatusOK, http.StatusIMUsed, http.StatusNotModified, http.StatusFound, http.StatusNotFound} {
			for _, format := range formats {
				s := served{route, status, format}
				m.served[s] = m.observation(s)
			}
		}
	}
	return m
}

func formatsOfFeeds() (all []string) {
	for _, f := range feeds.Formats() {
		all = append(all, string(f))
	}
	return all
}

// routes are the kinds of addresses, as metrics tell them apart.
var routes = []string{"feed", "channel", "article", "page", "asset", "redirect", "unknown"}

func (m *Metrics) observation(s served) observation {
	return observation{m.requests.WithLabelValues(s.route, strconv.Itoa(s.status), s.format), m.seconds.WithLabelValues(s.route)}
}

func (m *Metrics) observe(s served, took time.Duration) {
	o, ok := m.served[s]
	if !ok {
		o = m.observation(s)
	}
	o.requests.Inc()
	o.seconds.Observe(took.Seconds())
}
