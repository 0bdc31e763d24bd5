package flow

import (
	"slices"
	"strings"
	"time"
)

// State is in a word how news flows.
type State string

// The states, the worst last.
const (
	Flowing  State = "flowing"  // nothing but notes
	Strained State = "strained" // news flows; something waits for a working day
	Troubled State = "troubled" // readers notice, or will unless somebody acts
	Stopped  State = "stopped"  // nothing new reaches anybody
)

// Those of which nothing can be said.
const (
	Unwatched State = "unwatched" // no process looks what is wrong
	Unknown   State = "unknown"   // the database does not answer
)

// States returns all of them, as documentation lists them.
func States() []State {
	return []State{Flowing, Strained, Troubled, Stopped, Unwatched, Unknown}
}

// Word is the state as people read it: "Flowing".
func (s State) Word() string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }

// Sentence says what the state means, with how many of the findings make it.
func (s State) Sentence(found []Finding) string {
	count := func(u Urgency) (n int) {
		for _, f := range found {
			if f.Urgency == u {
				n++
			}
		}
		return n
	}
	switch s {
	case Strained:
		return "News flows; " + few(count(Ticket), "thing", "needs", "need") + " somebody on a working day."
	case Troubled:
		return few(count(Page), "thing", "is", "are") + " wrong that readers notice, unless somebody acts."
	case Stopped:
		return "Nothing new reaches any reader; what was published stays."
	case Unwatched:
		return "No process has looked in the last half minute, so nobody knows what is wrong."
	case Unknown:
		return "The database does not answer, so nobody can say whether news flows."
	}
	return "Nothing is known to be wrong that needs somebody."
}

// StateOf is how news flows as a whole.
func StateOf(found []Finding) State {
	return worst(found, func(Finding) bool { return true }, Finding.stops)
}

// StateOfPublisher is how news of a publisher flows.
func StateOfPublisher(found []Finding, publisher string) State {
	about := func(f Finding) bool { return slices.Contains(f.Publishers, publisher) }
	return worst(found, func(f Finding) bool { return f.stops() || about(f) }, func(f Finding) bool {
		return f.stops() || slices.Contains(f.Dark, publisher)
	})
}

// StateOfLocale is how news flows to readers of a locale.
func StateOfLocale(found []Finding, tag string) State {
	return worst(found, func(f Finding) bool {
		switch f.Subject.Of {
		case OfChannel:
			return localeOf(f.Subject.ID) == tag
		case OfLocale:
			return f.Subject.ID == tag
		}
		return f.stops()
	}, Finding.stops)
}

// Hindrance is when something was last found that keeps all jobs from running, all
// publications from being made, or processes from writing that they live; zero for never.
// What waits has waited for that until then, and is no finding of its own at once when it is
// over. Whoever looks keeps it from look to look.
type Hindrance struct{ Jobs, Publishing, Beats time.Time }

// After is the hindrance after what was found at a time.
func (h Hindrance) After(found []Finding, at time.Time) Hindrance {
	for _, f := range found {
		switch f.Kind {
		case DatabaseAway, DatabaseUnwritable:
			h.Beats = at
		}
		switch f.Kind {
		case WorkerGone, LeaderGone, DatabaseAway, DatabaseUnwritable, RestoreFound:
			h.Jobs = at
		case DiskFull:
			if f.Urgency == Page {
				h.Jobs = at
			}
		case PublisherGone:
			h.Publishing = at
		}
	}
	return h
}

// Findings are those of incidents that are open, follow from no other and are not muted.
func Findings(incidents []Incident, mutes []Mute) []Finding {
	var found []Finding
	for _, i := range incidents {
		if i.Resolved.IsZero() && i.Under == nil && !slices.ContainsFunc(mutes, func(m Mute) bool { return m.Key == i.Key() }) {
			found = append(found, i.Finding)
		}
	}
	return found
}

// worst is the state by those of the findings that count and are more than notes.
func worst(found []Finding, counts, stops func(Finding) bool) State {
	state := Flowing
	for _, f := range found {
		switch {
		case f.Urgency == Note || !counts(f):
		case stops(f):
			return Stopped
		case f.Urgency == Page:
			state = Troubled
		case state == Flowing:
			state = Strained
		}
	}
	return state
}

// stops tells whether no news flows at all while it lasts: by its kind, or since it is the
// disk of the database that is full.
func (f Finding) stops() bool {
	rule, _ := RuleOf(f.Kind)
	return f.Urgency == Page && (rule.Stops || f.Kind == DiskFull)
}
