package flow

import (
	"fmt"
	"time"
)

// paceKept is for how long what was learned of a pace holds: it is learned each day.
const paceKept = 2 * day

// lateness is by how much whoever publishes each morning may come later than ever before;
// where fewArrivals or more are known they show that themselves.
const (
	lateness    = 4 * hour
	fewArrivals = 100
)

// rhythm is whether a source that is read brings what it usually does.
func (j *judge) rhythm(s Source) {
	if s.LastNew.IsZero() {
		if !s.Success.IsZero() && s.Expect > 0 {
			j.source(s, Finding{Kind: SourceEmpty,
				What:    fmt.Sprintf("Source %s has been read and has brought nothing yet; something is expected every %s.", s.ID, Lasting(s.Expect)),
				Readers: "Readers get nothing of it.",
				Do:      fmt.Sprintf("\"kairan preview ADDRESS\" shows what is found there; mend source %s in kairan.yaml.", s.ID)})
		}
		return
	}
	if silent, limit, usually := s.silent(j.At); silent > 0 {
		j.source(s, Finding{Kind: SourceSilent, Since: s.LastNew,
			What:    fmt.Sprintf("Source %s has brought nothing new for %s; %s.", s.ID, Lasting(silent), usually),
			Readers: "Readers get nothing new of it, though it can be read.",
			Do: fmt.Sprintf("Open its address and look whether something new is there (\"kairan preview ADDRESS\"). If so, mend source %s in kairan.yaml; if not, ask publisher %s, or say expect: if it rests (now told after %s).",
				s.ID, s.Publisher, Lasting(limit))})
	}
	if p := s.Rhythm.Pace; p.Slow && j.age(s.Rhythm.Learned) < paceKept {
		j.source(s, Finding{Kind: SourceSlowing, Since: j.At.Add(-weekDays * day),
			What:    fmt.Sprintf("Source %s has brought %s in the last 7 days; in the weeks before it was about %d.", s.ID, count(p.Came, "new notice"), p.Usual),
			Readers: "Readers get less of it than there may be.",
			Do:      fmt.Sprintf("Compare the publisher's site with what \"kairan preview ADDRESS\" finds: a part of it may have moved. Else ask publisher %s.", s.Publisher)})
	}
}

// silent is how long a source has brought nothing, where that is too long, with the limit and
// what it usually does in words; 0 where it is not. What passes while it can't be read is no
// silence of its own.
func (s Source) silent(now time.Time) (silent, limit time.Duration, usually string) {
	until := now
	if seen := s.Success.Add(max(2*s.Interval, hour)); seen.Before(until) {
		until = s.Success
	}
	wall := clock{}.between(s.LastNew, until, s.Quiet)
	hours := func(h float64) time.Duration { return time.Duration(h * float64(hour)) }
	if s.Expect > 0 && hours(wall) > s.Expect {
		return until.Sub(s.LastNew), s.Expect, fmt.Sprintf("something is expected every %s", Lasting(s.Expect))
	}
	r := s.Rhythm
	late := either(len(r.Arrivals) < fewArrivals, lateness, 0)
	if !r.Known() || wall <= leastSilence || r.Silence.clock(s.Zone).between(s.LastNew, until.Add(-late), s.Quiet) <= r.Silence.Limit {
		return 0, 0, ""
	}
	return until.Sub(s.LastNew), hours(r.Silence.Limit), "it usually does within " + Lasting(r.Usual())
}

// SilentAfter is when a source will be told to be silent if it brings nothing, as far as is
// known; zero where that is not known.
func (s Source) SilentAfter() time.Time {
	if s.LastNew.IsZero() || s.Expect == 0 && !s.Rhythm.Known() {
		return time.Time{}
	}
	until := s.LastNew
	for range 90 * 24 {
		until = until.Add(hour)
		at := s
		at.Success = until
		if silent, _, _ := at.silent(until); silent > 0 {
			return until
		}
	}
	return time.Time{}
}
