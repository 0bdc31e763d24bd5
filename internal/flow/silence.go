package flow

import (
	"math"
	"slices"
	"time"
)

// Silence is how long a source may bring nothing, and by which clock that is measured.
//
// # The clock
//
// A source that is written in an office brings something each hour of a working day and
// nothing from Friday evening until Monday morning. By the clock on the wall its longest gap
// is a weekend, and a day of silence on a Tuesday would be nothing. So gaps are also measured
// by a clock that runs as fast as things usually come: an hour counts as much as its weekday
// times its time of day, in the publisher's zone, brings compared with the average. Over a
// whole week both clocks run alike. Which one is used is learned: the one by which the gaps
// are the more regular, that is, by which the limit is the shorter one. Quiet days stop both.
//
// # The limit
//
// It is the 99th percentile of the source's gaps. But one gap of a hundred is longer than
// that, and with fifty sources that would be some false alarm each day. So the limit moves on
// from there until chance alone passes it once in [chancePeriod]. How far that is, the long
// gaps show: those longer than half of the 95th percentile. What they have beyond that is
// taken to be gamma distributed, by its mean and its coefficient of variation: that is the
// exponential of a source that brings things at random, whose limit lies some way out, and a
// narrow bell where a source is punctual, whose limit is hardly more than its longest gap.
// The quantile of the gamma distribution is Wilson and Hilferty's (1931).
//
// A gap that is more than twice as long as what the others allow is a fault that was, and
// not learned.
//
// Whatever the limit, nothing is told before a day has passed on the wall's clock.
type Silence struct {
	// Limit and Usual are in hours, Limit by the source's clock and Usual, within which
	// nineteen of twenty gaps end, by the wall's. 0 is not known.
	Limit float64 `json:"limit,omitempty"`
	Usual float64 `json:"usual,omitempty"`
	// Week and Hours are how fast the source's clock runs on a day of the week (Sunday is 0)
	// and in an hour of the day; nil where it is the wall's.
	Week  []float64 `json:"week,omitempty"`
	Hours []float64 `json:"hours,omitempty"`
}

const (
	// chancePeriod is how seldom chance alone may make a silence of one source. With fifty
	// sources, some third of which bring things at random, that is about one in three months.
	chancePeriod = 1500 * 24 // hours
	// leastGaps is how many gaps say something, leastTrimmed how many are so many that one
	// of them may be left out as a fault.
	leastGaps    = 3
	leastTrimmed = 8
	// leastSilence is what is never told, in hours.
	leastSilence = 24
	// What a coefficient of variation may be at least, and at most: 1 is that of chance.
	leastVariation = 0.1
	mostVariation  = 1.1
	// wallFactor is by how much shorter the limit by the source's clock has to be than by the
	// wall's, since it was made from the same gaps.
	wallFactor = 0.85
)

// silenceOf learns it from hours in which something came.
func silenceOf(hours []int64, zone *time.Location, quiet []Span) Silence {
	if len(hours) <= leastGaps {
		return Silence{}
	}
	wall := clock{}
	own := clockOf(hours, zone)
	measured := make([]float64, 0, len(hours))
	weighted := make([]float64, 0, len(hours))
	for i := 1; i < len(hours); i++ {
		from, until := time.Unix(hours[i-1]*3600, 0), time.Unix(hours[i]*3600, 0)
		measured = append(measured, wall.between(from, until, quiet))
		weighted = append(weighted, own.between(from, until, quiet))
	}
	span := wall.between(time.Unix(hours[0]*3600, 0), time.Unix(hours[len(hours)-1]*3600, 0), quiet)
	slices.Sort(measured)
	slices.Sort(weighted)
	s := Silence{Limit: limit(measured, span), Usual: max(1, quantile(measured, 0.95))}
	if other := limit(weighted, span); other < s.Limit*wallFactor {
		s.Limit, s.Week, s.Hours = other, own.week[:], own.hours[:]
	}
	return s
}

// limit is how long a gap may be; they are sorted, of so many hours in all.
func limit(gaps []float64, span float64) float64 {
	for range 2 {
		n := len(gaps)
		if n <= leastTrimmed || gaps[n-1] < 2*max(leastSilence, reach(gaps[:n-1], span)) {
			break
		}
		gaps = gaps[:n-1]
	}
	return reach(gaps, span)
}

// reach is how long the longest of the gaps of [chancePeriod] would be.
func reach(gaps []float64, span float64) float64 {
	if len(gaps) == 0 || span <= 0 {
		return 0
	}
	from := quantile(gaps, 0.95) / 2
	first, _ := slices.BinarySearch(gaps, from)
	return max(quantile(gaps, 0.99), tail(gaps, 0, span), tail(gaps[first:], from, span))
}

// tail is how long the longest gap of [chancePeriod] would be, by those of the gaps of a span
// that are longer than from.
func tail(gaps []float64, from, span float64) float64 {
	n := float64(len(gaps))
	mean, square := 0.0, 0.0
	for _, g := range gaps {
		mean += (g - from) / n
		square += (g - from) * (g - from) / n
	}
	if mean <= 0 {
		return gaps[len(gaps)-1]
	}
	// A few gaps show less variation than there is.
	variation := math.Sqrt(max(0, square-mean*mean)) / mean
	variation = min(mostVariation, max(leastVariation, variation)*(1+0.5/math.Sqrt(n)))
	chance := min(0.01, span/(n*chancePeriod)) // of such a gap, to be one too many
	z := math.Sqrt2 * math.Erfinv(1-2*chance)
	root := 1 - variation*variation/9 + z*variation/3
	return from + mean*root*root*root
}

// quantile of sorted values, between them where it falls between.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + (at-float64(low))*(sorted[low+1]-sorted[low])
}

// clock runs as fast as things usually come; the zero value is the one on the wall.
type clock struct {
	zone  *time.Location
	week  *[7]float64
	hours *[24]float64
}

// nearHours is how an arrival counts for the hours about it.
var nearHours = [...]float64{1. / 16, 2. / 16, 3. / 16, 4. / 16, 3. / 16, 2. / 16, 1. / 16}

// clockOf learns a clock: how often something came on each weekday and in each hour of the
// day, these with their neighbours, and both with so much of the average that nothing stands
// still.
func clockOf(arrivals []int64, zone *time.Location) clock {
	c := clock{zone, new([7]float64), new([24]float64)}
	n := float64(len(arrivals))
	for i := range c.week {
		c.week[i] = 0.5 + 0.005*n
	}
	for i := range c.hours {
		c.hours[i] = 0.5 + 0.01*n
	}
	for _, h := range arrivals {
		t := c.local(time.Unix(h*3600, 0))
		c.week[t.Weekday()]++
		for off, part := range nearHours {
			c.hours[(t.Hour()+off+24-len(nearHours)/2)%24] += part
		}
	}
	average(c.week[:])
	average(c.hours[:])
	return c
}

// average divides values by their mean.
func average(values []float64) {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	for i := range values {
		values[i] *= float64(len(values)) / sum
	}
}

func (c clock) local(t time.Time) time.Time {
	if c.zone == nil {
		return t.UTC()
	}
	return t.In(c.zone)
}

// between is how many hours of the clock lie between two times, without those that are
// quiet.
func (c clock) between(from, until time.Time, quiet []Span) float64 {
	all := c.hoursOf(from, until)
	for _, q := range quiet {
		if q.elapsed(from, until) > 0 {
			all -= c.hoursOf(latest(from, q.From), earliest(until, q.Until))
		}
	}
	return max(0, all)
}

// hoursOf takes whole weeks at once. A change of summer time is an hour that it does not
// notice.
func (c clock) hoursOf(from, until time.Time) float64 {
	left := until.Sub(from).Hours()
	if c.week == nil || left <= 0 {
		return max(0, left)
	}
	const week = 7 * 24
	sum := math.Floor(left/week) * week
	left = math.Mod(left, week)
	t := c.local(from)
	weekday, hour := int(t.Weekday()), t.Hour()
	part := 1 - float64(t.Minute()*60+t.Second())/3600 // what is left of the first hour
	for left > 0 {
		step := min(part, left)
		sum += step * c.week[weekday] * c.hours[hour]
		left -= step
		part = 1
		if hour++; hour == 24 {
			hour, weekday = 0, (weekday+1)%7
		}
	}
	return sum
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// clock is the one by which the limit is measured.
func (s Silence) clock(zone *time.Location) clock {
	if len(s.Week) != 7 || len(s.Hours) != 24 {
		return clock{}
	}
	return clock{zone, (*[7]float64)(s.Week), (*[24]float64)(s.Hours)}
}
