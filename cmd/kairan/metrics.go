package main

import (
	"sync/atomic"

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
}

func newJobMetrics() *jobMetrics {
	return &jobMetrics{
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kairan_runs_total", Help: "Visits to sources, by outcome.",
		}, []string{"outcome"}),
		runSeconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kairan_run_seconds", Help: "How long visits to sources took.",
			Buckets: []float64{.01, .03, .1, .3, 1, 3, 10, 30},
		}),
		articles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kairan_articles_collected_total", Help: "Articles that visits brought, by what they were: new, changed or withdrawn.",
		}, []string{"change"}),
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
	return []prometheus.Collector{m.runs, m.runSeconds, m.articles, m.received, m.publications, m.documents}
}

func (m *jobMetrics) visited(r store.Run) {
	m.runs.WithLabelValues(r.Outcome).Inc()
	m.runSeconds.Observe(r.Took.Seconds())
	m.articles.WithLabelValues("new").Add(float64(r.New))
	m.articles.WithLabelValues("changed").Add(float64(r.Changed))
	m.articles.WithLabelValues("withdrawn").Add(float64(r.Withdrawn))
	m.received.Add(float64(r.Bytes))
}

func (m *jobMetrics) published(p jobs.Publication) {
	m.publications.Inc()
	m.documents.Add(float64(len(feeds.Formats()) * (1 + p.Closed)))
	m.rejections.Add(int64(len(p.Faults)))
}
