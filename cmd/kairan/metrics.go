package main

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// jobMetrics count what this process's jobs did.
type jobMetrics struct {
	runs         *prometheus.CounterVec
	runSeconds   prometheus.Histogram
	articles     *prometheus.CounterVec
	received     prometheus.Counter
	publications prometheus.Counter
	documents    prometheus.Counter
	rejections   atomic.Int64

	delay  prometheus.Histogram
	waited prometheus.Histogram
	// publisher returns the key of a source's publisher, and delays how long after their
	// dates articles were stored; nil where no job is counted.
	publisher func(source string) string
	delays    func(ctx context.Context, first, last int64) ([]time.Duration, error)
}

func newJobMetrics() *jobMetrics {
	return &jobMetrics{
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kairan_runs_total", Help: "Visits to sources, by publisher and outcome.",
		}, []string{"publisher", "outcome"}),
		runSeconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kairan_run_duration_seconds", Help: "How long visits to sources took.",
			Buckets: []float64{.01, .03, .1, .3, 1, 3, 10, 30},
		}),
		articles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kairan_articles_collected_total", Help: "Articles that visits brought, by what they were: new, changed or withdrawn.",
		}, []string{"change"}),
		delay: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kairan_article_delay_seconds", Help: "How long after its own date a new article was stored, where it has a date with a time.",
			Buckets: []float64{60, 300, 900, 1800, 3600, 2 * 3600, 6 * 3600, 24 * 3600, 3 * 24 * 3600},
		}),
		waited: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kairan_publication_delay_seconds", Help: "How long the first change of a channel had waited when the channel was published.",
			Buckets: []float64{.5, 1, 3, 5, 10, 30, 60, 120, 300, 900, 3600},
		}),
		received: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kairan_received_bytes_total", Help: "Bytes that sources sent.",
		}),
		publications: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kairan_publications_total", Help: "Publications of channels.",
		}),
		documents: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kairan_documents_changed_total", Help: "Documents that publications changed: a channel's live ones, and those of the archives that were closed.",
		}),
	}
}

func (m *jobMetrics) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.runs, m.runSeconds, m.articles, m.received, m.publications, m.documents, m.delay, m.waited}
}

func (m *jobMetrics) visited(r store.Run) {
	publisher := ""
	if m.publisher != nil {
		publisher = m.publisher(r.Source)
	}
	m.runs.WithLabelValues(publisher, r.Outcome).Inc()
	m.runSeconds.Observe(r.Took.Seconds())
	m.articles.WithLabelValues("new").Add(float64(r.New))
	m.articles.WithLabelValues("changed").Add(float64(r.Changed))
	m.articles.WithLabelValues("withdrawn").Add(float64(r.Withdrawn))
	m.received.Add(float64(r.Bytes))
	if r.New > 0 && r.FirstSeq > 0 && m.delays != nil {
		m.observeDelays(r)
	}
}

// delaysPatience bounds how long a run's delays are looked up.
const delaysPatience = 2 * time.Second

// observeDelays counts how long after their dates a run's articles came. What can't be read
// now is not counted: whoever reads articles next says why.
func (m *jobMetrics) observeDelays(r store.Run) {
	ctx, cancel := context.WithTimeout(context.Background(), delaysPatience)
	defer cancel()
	delays, err := m.delays(ctx, r.FirstSeq, r.LastSeq)
	if err != nil {
		return
	}
	for _, d := range delays {
		m.delay.Observe(d.Seconds())
	}
}

func (m *jobMetrics) published(p jobs.Publication) {
	m.publications.Inc()
	if p.Waited > 0 {
		m.waited.Observe(p.Waited.Seconds())
	}
	m.documents.Add(float64(len(feeds.Formats()) * (1 + p.Closed)))
	m.rejections.Add(int64(len(p.Faults)))
}
