package flow

import (
	"math"
	"slices"
	"time"
)

// Rhythm is what was learned of when a source brings something new: its own past weeks, by
// day and hour.
type Rhythm struct {
	// Learned is when; zero if it never was.
	Learned time.Time `json:"learned"`
	// Arrivals are the hours in which something new came, in hours since 1970 UTC, ascending,
	// of [RhythmWindow] at most.
	Arrivals []int64 `json:"arrivals,omitempty"`
	// Days are the new articles of each UTC day that it was visited on, in days since 1970,
	// ascending.
	Days []Day `json:"days,omitempty"`
	// Silence is how long it may bring nothing, as its arrivals show it.
	Silence Silence `json:"silence,omitzero"`
	// Pace is how much it brings, as its days show it.
	Pace Pace `json:"pace,omitzero"`
}

// Day is what came on a UTC day.
type Day struct {
	Day int64 `json:"d"`
	New int   `json:"n"`
}

// RhythmWindow is how far back a rhythm looks.
const RhythmWindow = 8 * 7 * 24 * time.Hour

// RhythmLeast is how much history a rhythm needs before it says when a source is silent.
const RhythmLeast = 4 * 7 * 24 * time.Hour

// Learn returns the rhythm of now: what was known, and since then the times at which
// something new came and the articles of days, each of which goes before what was known of
// the same day. It is to be learned anew each day, soon after midnight UTC. Weekends and nights are those of a zone (nil is UTC); of the days that are
// quiet by its publisher's calendar nothing is learned.
func (r Rhythm) Learn(arrivals []time.Time, days []Day, zone *time.Location, quiet []Span, now time.Time) Rhythm {
	oldest := now.Add(-RhythmWindow)
	hours := slices.Clone(r.Arrivals)
	for _, t := range arrivals {
		hours = append(hours, hourOf(t))
	}
	slices.Sort(hours)
	hours = slices.DeleteFunc(slices.Compact(hours), func(h int64) bool { return h < hourOf(oldest) || h > hourOf(now) })

	merged := map[int64]int{}
	for _, d := range slices.Concat(r.Days, days) {
		if d.Day >= dayOf(oldest) && d.Day <= dayOf(now) {
			merged[d.Day] = d.New
		}
	}
	all := make([]Day, 0, len(merged))
	for d, n := range merged {
		all = append(all, Day{d, n})
	}
	slices.SortFunc(all, func(a, b Day) int { return int(a.Day - b.Day) })
	learned := Rhythm{Learned: now, Arrivals: hours, Days: all}
	learned.Silence = silenceOf(hours, zone, quiet)
	learned.Pace = paceOf(all, quiet, now)
	return learned
}

// Known tells whether there is enough history to say when the source is silent.
func (r Rhythm) Known() bool {
	return r.Silence.Limit > 0 && r.Learned.Sub(r.began()) >= RhythmLeast
}

// began is when its history does.
func (r Rhythm) began() time.Time {
	began := r.Learned
	if len(r.Arrivals) > 0 {
		began = time.Unix(r.Arrivals[0]*3600, 0)
	}
	if len(r.Days) > 0 {
		if t := time.Unix(r.Days[0].Day*86400, 0); t.Before(began) {
			began = t
		}
	}
	return began
}

// Usual is within how long it nearly always brings something new; 0 where that is not known.
func (r Rhythm) Usual() time.Duration {
	if !r.Known() {
		return 0
	}
	return time.Duration(math.Ceil(r.Silence.Usual)) * time.Hour
}

// Usually says it in words, "usually within 22 hours"; "" where it is not known.
func (r Rhythm) Usually() string {
	if d := r.Usual(); d > 0 {
		return "usually within " + Lasting(d)
	}
	return ""
}

func hourOf(t time.Time) int64 { return floorDiv(t.Unix(), 3600) }
func dayOf(t time.Time) int64  { return floorDiv(t.Unix(), 86400) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
