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
	// least of the weeks before, and so many standard deviations below the usual: of what
	// counts have by chance, and of what the weeks have.
	slowShare    = 0.5
	slowOfLeast  = 0.8
	chanceSigmas = 4
	slowSigmas   = 2
)

// Pace is how much a source brought in its last seven whole days, by UTC, and what it usually
// does.
type Pace struct {
	Came  int `json:"came,omitempty"`
	Usual int `json:"usual,omitempty"`
	// Slow says that Came is too little; see [SourceSlowing].
	Slow bool `json:"slow,omitempty"`
}

// paceOf compares a source's last seven whole days with the same days of the weeks before.
// The usual is the median of these weeks, which a week of a festival or of an outage doesn't
// move. Their spread is the median of the deviations from it, and what counts have by chance
// is the square root. Days that are quiet are left out, of the last week together
// with the same weekdays of those before; and weeks of before in which one of these is quiet.
func paceOf(all []Day, quiet []Span, now time.Time) Pace {
	if len(all) == 0 {
		return Pace{}
	}
	first, today := all[0].Day, dayOf(now)
	var days []int64 // of the last week that count
	came := 0
	for d := today - weekDays; d < today; d++ {
		if n, visited := on(all, d); visited && !isQuiet(d, quiet) {
			days = append(days, d)
			came += n
		}
	}
	if len(days) < leastDays {
		return Pace{}
	}
	var weeks []float64
	for back := int64(weekDays); today-weekDays-back >= first; back += weekDays {
		sum, whole := 0, true
		for _, d := range days {
			whole = whole && !isQuiet(d-back, quiet)
			n, _ := on(all, d-back)
			sum += n
		}
		if whole {
			weeks = append(weeks, float64(sum))
		}
	}
	if len(weeks) < leastWeeks {
		return Pace{}
	}
	slices.Sort(weeks)
	median := quantile(weeks, 0.5)
	deviations := make([]float64, len(weeks))
	for i, w := range weeks {
		deviations[i] = math.Abs(w - median)
	}
	slices.Sort(deviations)
	spread := max(chanceSigmas*math.Sqrt(median), slowSigmas*1.48*quantile(deviations, 0.5))
	n := float64(came)
	return Pace{came, int(math.Round(median)), n <= slowShare*median && n <= slowOfLeast*weeks[0] && median-n >= spread}
}

// on is what came on a day, and whether the source was visited on it.
func on(days []Day, d int64) (n int, visited bool) {
	i, visited := slices.BinarySearchFunc(days, d, func(a Day, d int64) int { return int(a.Day - d) })
	if !visited {
		return 0, false
	}
	return days[i].New, true
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
