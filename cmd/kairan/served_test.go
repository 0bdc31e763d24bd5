package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestHowLongAfterItWasStoredANoticeCanBeReadIsCounted(t *testing.T) {
	now := time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	var asked [2]int64
	failing := false
	m := newServedMetrics(func(_ context.Context, after, last int64) ([]time.Time, error) {
		if failing {
			return nil, errors.New("the database is away")
		}
		asked = [2]int64{after, last}
		return []time.Time{now.Add(-2500 * time.Millisecond), now.Add(-40 * time.Second), now.Add(time.Second)}, nil
	})
	m.now = func() time.Time { return now }
	m.reached(t.Context(), 5, 8)
	failing = true
	m.reached(t.Context(), 8, 9)
	if asked != [2]int64{5, 8} {
		t.Errorf("asked was for %v", asked)
	}
	want := `
# HELP kairan_served_delay_seconds How long after a record of the log was stored this process could serve a feed that goes as far.
# TYPE kairan_served_delay_seconds histogram
kairan_served_delay_seconds_bucket{le="1"} 1
kairan_served_delay_seconds_bucket{le="2"} 1
kairan_served_delay_seconds_bucket{le="3"} 2
kairan_served_delay_seconds_bucket{le="5"} 2
kairan_served_delay_seconds_bucket{le="10"} 2
kairan_served_delay_seconds_bucket{le="30"} 2
kairan_served_delay_seconds_bucket{le="60"} 3
kairan_served_delay_seconds_bucket{le="120"} 3
kairan_served_delay_seconds_bucket{le="300"} 3
kairan_served_delay_seconds_bucket{le="900"} 3
kairan_served_delay_seconds_bucket{le="3600"} 3
kairan_served_delay_seconds_bucket{le="+Inf"} 3
kairan_served_delay_seconds_sum 42.5
kairan_served_delay_seconds_count 3
`
	if err := testutil.CollectAndCompare(m.delay, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}
