package fetch

import (
	"math"
	"time"
)

// Of failures in a row.
const (
	// DegradedAfter is how many make a source degraded.
	DegradedAfter = 10
	// BackoffGrowth is by what the interval grows with each.
	BackoffGrowth = 1.8
	// BackoffJitter is the largest share that chance adds.
	BackoffJitter = 0.25
	// MaxBackoff is the longest interval that they lead to: nothing is ever given up.
	MaxBackoff = 24 * time.Hour
	// GoneInterval is the interval of a source whose server says that it is gone.
	GoneInterval = 7 * 24 * time.Hour
)

// Backoff returns how long to leave a source alone after its nth failure in a row:
// interval × 1.8ⁿ, and a share of 0 to 25 % for chance (from 0 to below 1), at most
// [MaxBackoff]. A source that is visited less often than that by its own schedule
// keeps its interval. Without failures it is the interval.
func Backoff(interval time.Duration, failures int, chance float64) time.Duration {
	interval = max(interval, 0)
	if failures <= 0 {
		return interval
	}
	wait := float64(interval) * math.Pow(BackoffGrowth, float64(min(failures, 100))) * (1 + BackoffJitter*min(max(chance, 0), 1))
	if wait >= float64(MaxBackoff) {
		return max(interval, MaxBackoff)
	}
	return time.Duration(wait)
}

// Degraded reports whether a source has failed so often in a row that a person should
// look at it. It is probed all the same, at least daily.
func Degraded(failures int) bool { return failures >= DegradedAfter }

// VisitEnd is what is known of a source at the end of a visit, to tell when the next
// one is due.
type VisitEnd struct {
	Now time.Time
	// Scheduled is the next time of its schedule.
	Scheduled time.Time
	// Interval is the usual time between two visits.
	Interval time.Duration
	// Failures counts those in a row, this one included; 0 after a success.
	Failures int
	// Gone says that the server answered 410.
	Gone bool
	// NotBefore is the server's wish: [Response.NotBefore], and what a feed says of
	// itself; zero if there is none.
	NotBefore time.Time
	// Chance is from 0 to below 1.
	Chance float64
}

// NextVisit returns when a source is due: never before its schedule, and later where
// the server wishes it, failures are many, or it is gone.
func NextVisit(v VisitEnd) time.Time {
	next := v.Scheduled
	later := func(t time.Time) {
		if t.After(next) {
			next = t
		}
	}
	later(v.NotBefore)
	switch {
	case v.Gone:
		later(v.Now.Add(GoneInterval))
	case v.Failures > 0:
		later(v.Now.Add(Backoff(v.Interval, v.Failures, v.Chance)))
	}
	return next
}
