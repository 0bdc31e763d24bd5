package ops

import (
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// fewArrivals are too few to speak of a rhythm.
const fewArrivals = 8

// rhythmWords says when a source brings something new, as was learned of its past weeks.
func rhythmWords(r flow.Rhythm, zone *time.Location, now time.Time) string {
	if zone == nil {
		zone = time.UTC
	}
	if len(r.Arrivals) < fewArrivals {
		return fmt.Sprintf("Not learned yet: something new came in %s of the last eight weeks.", counted(len(r.Arrivals), "hour", "hours"))
	}
	var gaps []time.Duration
	var hours [24]int
	work := 0
	for i, hour := range r.Arrivals {
		at := time.Unix(hour*3600, 0).In(zone)
		if i > 0 {
			gaps = append(gaps, time.Duration(hour-r.Arrivals[i-1])*time.Hour)
		}
		hours[at.Hour()]++
		if day := at.Weekday(); day != time.Saturday && day != time.Sunday {
			work++
		}
	}
	slices.Sort(gaps)
	words := fmt.Sprintf("Something new comes about every %s", roughly(max(time.Hour, gaps[len(gaps)/2])))
	if work*20 >= len(r.Arrivals)*19 {
		words += ", on working days"
	}
	if from, until, ok := usualHours(hours, len(r.Arrivals)); ok {
		words += fmt.Sprintf(", mostly between %02d:00 and %02d:00 (%s)", from, until, zone)
	}
	return words + fmt.Sprintf(". The longest silence of eight weeks was %s.", roughly(gaps[len(gaps)-1]))
}

// usualHours finds the fewest hours of the day in a row in which nine tenths of what is new
// comes; false where that is no news, since it is most of the day.
func usualHours(hours [24]int, all int) (from, until int, ok bool) {
	for width := 1; width <= 14; width++ {
		for start := range 24 {
			sum := 0
			for h := range width {
				sum += hours[(start+h)%24]
			}
			if sum*10 >= all*9 {
				return start, (start + width) % 24, true
			}
		}
	}
	return 0, 0, false
}
