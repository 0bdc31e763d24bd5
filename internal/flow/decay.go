package flow

import (
	"math"
	"slices"
	"time"
)

const (
	weekDays = 7
	// A comparison needs so many weeks of before, and so many days of the last week that are
	// not quiet.
	leastWeeks = 4
	leastDays  = 4
	// slowShare of what is usual is too little, if it is also less than slowOfLeast of the
	// least of the weeks before, and so many standard deviations below the usual.
	slowShare   = 0.5
	slowOfLeast = 0.8
	slowSigmas  = 3.5
)

// slowing compares a source's last seven whole days with the same days of the weeks before.
// It returns what came and what usually does, and whether that is a decay. The usual is the
// median of these weeks, which a week of a festival or of an outage doesn't move. Their
// spread is the median of the deviations from it, and at least what counts have by chance
// (the square root). Days that are quiet are left out, of the last week together with the
// same weekdays of those before; and weeks of before in which one of these is quiet.
func (r Rhythm) slowing(quiet []Span, now time.Time) (came, usual int, slow bool) {
	if len(r.Days) == 0 {
		return 0, 0, false
	}
	first, today := r.Days[0].Day, dayOf(now)
	var days []int64 // of the last week that count
	for d := today - weekDays; d < today; d++ {
		if n, visited := r.on(d); visited && !isQuiet(d, quiet) {
			days = append(days, d)
			came += n
		}
	}
	if len(days) < leastDays {
		return 0, 0, false
	}
	var weeks []float64
	for back := int64(weekDays); today-weekDays-back >= first; back += weekDays {
		sum, whole := 0, true
		for _, d := range days {
			whole = whole && !isQuiet(d-back, quiet)
			n, _ := r.on(d - back)
			sum += n
		}
		if whole {
			weeks = append(weeks, float64(sum))
		}
	}
	if len(weeks) < leastWeeks {
		return 0, 0, false
	}
	slices.Sort(weeks)
	median := quantile(weeks, 0.5)
	deviations := make([]float64, len(weeks))
	for i, w := range weeks {
		deviations[i] = math.Abs(w - median)
	}
	slices.Sort(deviations)
	spread := max(math.Sqrt(median), 1.48*quantile(deviations, 0.5))
	n := float64(came)
	slow = n <= slowShare*median && n <= slowOfLeast*weeks[0] && median-n >= slowSigmas*spread
	return came, int(math.Round(median)), slow
}

// on is what came on a day, and whether the source was visited on it.
func (r Rhythm) on(d int64) (n int, visited bool) {
	i, visited := slices.BinarySearchFunc(r.Days, d, func(a Day, d int64) int { return int(a.Day - d) })
	if !visited {
		return 0, false
	}
	return r.Days[i].New, true
}

// isQuiet tells whether half a UTC day or more is quiet.
func isQuiet(d int64, quiet []Span) bool {
	from := time.Unix(d*86400, 0)
	var sum time.Duration
	for _, q := range quiet {
		sum += q.elapsed(from, from.Add(day))
	}
	return sum >= day/2
}
