package flow_test

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// shape is when a kind of source brings something.
type shape struct {
	name string
	// day adds what comes on a local day, in hours of it. The weekday is 0 on Sunday.
	day func(r *rand.Rand, n int, weekday time.Weekday) []float64
	// works says that it rests on the days that are quiet.
	works bool
}

// atRandom is hours from one until another, with so many on average between two.
func atRandom(r *rand.Rand, from, until, mean float64) (hours []float64) {
	for h := from + mean*r.ExpFloat64(); h < until; h += mean * r.ExpFloat64() {
		hours = append(hours, h)
	}
	return hours
}

func weekday(d time.Weekday) bool { return d != time.Saturday && d != time.Sunday }

// The shapes, as often as they are met.
var shapes = []shape{
	{"hourly", func(r *rand.Rand, _ int, _ time.Weekday) []float64 { return atRandom(r, 0, 24, 1.5) }, false},
	{"office", officeHours, true},
	{"morning", mornings, true},
	{"weekly", func(r *rand.Rand, _ int, d time.Weekday) []float64 {
		if d != time.Wednesday {
			return nil
		}
		return []float64{10 + 3*r.Float64()}
	}, false},
	{"daytime", func(r *rand.Rand, _ int, _ time.Weekday) []float64 { return atRandom(r, 7, 21, 1.5) }, false},
	{"office", officeHours, true},
	{"twice", func(r *rand.Rand, _ int, d time.Weekday) []float64 {
		if d != time.Tuesday && d != time.Thursday {
			return nil
		}
		return []float64{11 + 4*r.Float64()}
	}, false},
	{"morning", mornings, true},
	{"bursts", func(r *rand.Rand, n int, _ time.Weekday) []float64 {
		if n%3 != 1 {
			return nil
		}
		return atRandom(r, 12*r.Float64(), 24, 2)
	}, false},
	{"daily", func(r *rand.Rand, _ int, _ time.Weekday) []float64 { return []float64{6 + 2*r.Float64()} }, false},
	{"office", officeHours, true},
	{"chance", func(r *rand.Rand, _ int, _ time.Weekday) []float64 { return atRandom(r, 0, 24, 12) }, false},
	{"busy", func(r *rand.Rand, _ int, d time.Weekday) []float64 {
		if !weekday(d) {
			return atRandom(r, 8, 20, 4)
		}
		return atRandom(r, 8, 20, 0.7)
	}, false},
}

func officeHours(r *rand.Rand, _ int, d time.Weekday) []float64 {
	if !weekday(d) {
		return nil
	}
	return atRandom(r, 9, 17, 2)
}

func mornings(r *rand.Rand, _ int, d time.Weekday) []float64 {
	if !weekday(d) {
		return nil
	}
	return []float64{9 + r.Float64()}
}

// times are when it brings something from a time on, for so many days.
func (s shape) times(r *rand.Rand, from time.Time, days int, zone *time.Location, quiet []flow.Span) (all []time.Time) {
	for n := range days {
		midnight := time.Date(from.Year(), from.Month(), from.Day()+n, 0, 0, 0, 0, zone)
		rests := s.works && slices.ContainsFunc(quiet, func(q flow.Span) bool { return !midnight.Before(q.From) && midnight.Before(q.Until) })
		for _, h := range s.day(r, n, midnight.Weekday()) {
			if !rests {
				all = append(all, midnight.Add(time.Duration(h*float64(time.Hour))))
			}
		}
	}
	return all
}

// longGap is the 99th percentile of its gaps, over years.
func (s shape) longGap(zone *time.Location) time.Duration {
	times := s.times(rand.New(rand.NewPCG(7, 7)), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), 2000, zone, nil)
	var gaps []time.Duration
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, times[i].Sub(times[i-1]))
	}
	slices.Sort(gaps)
	return gaps[len(gaps)*99/100]
}
