package notify

import (
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// What a receiver is told of an incident. The store remembers it by these words.
const (
	Opened   = "opened" // as something that can wait
	Paged    = "paged"  // as something that can't
	Resolved = "resolved"
)

// standing is what there is to be told at a moment, and what has been.
type standing struct {
	at        time.Time
	incidents []flow.Incident
	quiet     func(flow.Incident) bool // nobody is to be told that it began
	told      told
}

// told is what one receiver was told, of which incident, when.
type told map[int64]map[string]time.Time

func (t told) note(incident int64, what string, at time.Time) {
	if t[incident] == nil {
		t[incident] = map[string]time.Time{}
	}
	t[incident][what] = at
}

// last is when the receiver was told anything.
func (t told) last() (last time.Time) {
	for _, whats := range t {
		for _, at := range whats {
			if at.After(last) {
				last = at
			}
		}
	}
	return last
}

// news is something to be told of an incident.
type news struct {
	incident flow.Incident
	what     string
}

// due returns all that a receiver is to be told now: nothing, unless some of it can't wait, or
// has waited long enough for more to come.
func (s standing) due(r Receiver) (all []news) {
	if last := s.told.last(); !last.IsZero() && s.at.Sub(last) < Spacing {
		return nil
	}
	ripe := false
	for _, i := range s.incidents {
		what := s.want(r, i)
		if what == "" {
			continue
		}
		all = append(all, news{i, what})
		ripe = ripe || s.ripe(r, i, what)
	}
	if !ripe {
		return nil
	}
	return all
}

// want returns what a receiver is to be told of an incident; "" for nothing.
func (s standing) want(r Receiver, i flow.Incident) string {
	was := s.told[i.ID]
	opened, paged, resolved := was[Opened], was[Paged], was[Resolved]
	switch {
	case !i.Resolved.IsZero():
		if resolved.IsZero() && !(opened.IsZero() && paged.IsZero()) {
			return Resolved
		}
	case i.Taken != nil, i.Under != nil, s.quiet(i):
	case i.Urgency == flow.Page:
		if paged.IsZero() {
			return Paged
		}
	case i.Urgency == flow.Ticket && r.AtLeast != flow.Page:
		if opened.IsZero() && paged.IsZero() {
			return Opened
		}
	}
	return ""
}

// ripe tells whether something has waited for long enough.
func (s standing) ripe(r Receiver, i flow.Incident, what string) bool {
	switch {
	case what == Paged:
		return true
	case what == Opened:
		return s.at.Sub(i.Opened) >= r.Gather
	default:
		return !s.told[i.ID][Paged].IsZero() || s.at.Sub(i.Resolved) >= r.Gather
	}
}

// silenced returns what tells whether nobody is to be told of an incident, since it is muted
// or its source is paused.
func silenced(mutes []flow.Mute, paused map[string]flow.Pause, at time.Time) func(flow.Incident) bool {
	muted := map[flow.Key]bool{}
	for _, m := range mutes {
		muted[m.Key] = m.Until.After(at)
	}
	return func(i flow.Incident) bool {
		if muted[i.Key()] {
			return true
		}
		pause, ok := paused[i.Subject.ID]
		return ok && i.Subject.Of == flow.OfSource && pause.Until.After(at)
	}
}
