package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// servedMetrics count how long after it was stored readers can have a notice: until a feed of
// all notices that this process serves goes as far in the log. What a cache in front does then
// the probe sees.
type servedMetrics struct {
	delay    prometheus.Histogram
	storedAt func(ctx context.Context, after, last int64) ([]time.Time, error)
	now      func() time.Time
}

func newServedMetrics(storedAt func(ctx context.Context, after, last int64) ([]time.Time, error)) *servedMetrics {
	return &servedMetrics{
		delay: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kairan_served_delay_seconds", Help: "How long after a record of the log was stored this process could serve a feed that goes as far.",
			Buckets: []float64{1, 2, 3, 5, 10, 30, 60, 120, 300, 900, 3600},
		}),
		storedAt: storedAt, now: time.Now,
	}
}

// reached counts the records of the log from one, that excluded, to another. What can't be
// read now is not counted: whoever reads articles next says why.
func (m *servedMetrics) reached(ctx context.Context, after, last int64) {
	now := m.now()
	ctx, cancel := context.WithTimeout(ctx, delaysPatience)
	defer cancel()
	times, err := m.storedAt(ctx, after, last)
	if err != nil {
		return
	}
	for _, at := range times {
		m.delay.Observe(max(0, now.Sub(at).Seconds()))
	}
}
