package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
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
	class  string
	status int
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
			Help: "Answers of the public site, by class of address and by status.",
		}, []string{"class", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kairan_http_request_seconds",
			Help:    "How long the public site took to answer, by class of address.",
			Buckets: []float64{.0001, .0003, .001, .003, .01, .03, .1, .3, 1, 3},
		}, []string{"class"}),
		served: map[served]observation{},
	}
	m.Registry.MustRegister(
		m.requests, m.seconds,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	for _, class := range classes {
		for _, status := range []int{http.StatusOK, http.StatusIMUsed, http.StatusNotModified, http.StatusFound, http.StatusNotFound} {
			m.served[served{class, status}] = m.observation(class, status)
		}
	}
	return m
}

// classes of addresses, as metrics tell them apart.
var classes = []string{"feed", "channel", "article", "page", "asset", "redirect", "unknown"}

func (m *Metrics) observation(class string, status int) observation {
	return observation{m.requests.WithLabelValues(class, strconv.Itoa(status)), m.seconds.WithLabelValues(class)}
}

func (m *Metrics) observe(class string, status int, took time.Duration) {
	o, ok := m.served[served{class, status}]
	if !ok {
		o = m.observation(class, status)
	}
	o.requests.Inc()
	o.seconds.Observe(took.Seconds())
}
