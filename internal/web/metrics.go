package web

import (
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
		served: map[served]observation{},
	}
	m.Registry.MustRegister(
		m.requests, m.seconds,
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
