package flow

import (
	"cmp"
	"slices"
	"time"
)

// What is what a receiver is told of an incident.
type What string

// In this order, each once at most.
const (
	Opened   What = "opened"
	Worse    What = "worse" // it was no page when it was told
	Resolved What = "resolved"
)

// Told is what a receiver was told of an incident.
type Told struct {
	Incident int64
	What     What
	At       time.Time
}

// Item is what a receiver is to be told of an incident.
type Item struct {
	Incident Incident
	What     What
}

// GatherTickets is how long after it was told of something a receiver is told of tickets
// again, and GatherFirst how long a ticket waits at least: one that is over by then was none.
// A page is told at once, and takes with it what waits.
//
// ResolvedAfter is how long something has been over before that is told. What comes back in
// that time goes on as it was: neither its end nor its new beginning is told.
const (
	GatherTickets = 10 * time.Minute
	GatherFirst   = time.Minute
	ResolvedAfter = 5 * time.Minute
)

// News returns what one receiver is to be told, in one message: of the incidents, which are
// those that are open and those that were resolved in the last day, what it was not told yet;
// none where nothing is due. The most urgent come first, then what is worse, then what is
// resolved.
//
// Notes are never told, nor what is muted, follows from a larger incident, or a person has
// taken on. That something is resolved is told to who was told that it began, unless it is
// muted.
func News(incidents []Incident, mutes []Mute, told []Told, now time.Time) []Item {
	was, last := heard(incidents, told)
	var items []Item
	due := false
	for _, i := range incidents {
		what := i.due(was[i.ID], now)
		if what == "" || muted(i.Key(), mutes, now) {
			continue
		}
		items = append(items, Item{i, what})
		due = due || i.Urgency == Page || now.Sub(last) >= GatherTickets
	}
	if !due {
		return nil
	}
	slices.SortStableFunc(items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(rank(a.Incident.Urgency), rank(b.Incident.Urgency)),
			a.Incident.Opened.Compare(b.Incident.Opened), compareKeys(a.Incident.Key(), b.Incident.Key()))
	})
	return items
}

// heard is what was told of each incident, and when something was told last. An incident
// that comes back before its end was told has the past of the one that it goes on from,
// which is told no more.
func heard(incidents []Incident, told []Told) (was map[int64]map[What]time.Time, last time.Time) {
	was = map[int64]map[What]time.Time{}
	for _, t := range told {
		if was[t.Incident] == nil {
			was[t.Incident] = map[What]time.Time{}
		}
		was[t.Incident][t.What] = t.At
		last = latest(last, t.At)
	}
	before := map[Key]Incident{}
	for _, i := range slices.SortedStableFunc(slices.Values(incidents), func(a, b Incident) int { return a.Opened.Compare(b.Opened) }) {
		past := was[before[i.Key()].ID]
		if _, over := past[Resolved]; len(past) > 0 && !over && len(was[i.ID]) == 0 {
			was[i.ID] = past
			was[before[i.Key()].ID] = nil
		}
		before[i.Key()] = i
	}
	return was, last
}

// due is what is to be told of an incident to who was told this of it; "" for nothing.
func (i Incident) due(was map[What]time.Time, now time.Time) What {
	opened, begun := was[Opened]
	_, worse := was[Worse]
	_, over := was[Resolved]
	switch {
	case i.ID == 0 || over || i.Urgency == Note && !begun:
		return ""
	case !i.Resolved.IsZero():
		return either(begun && now.Sub(i.Resolved) >= ResolvedAfter, Resolved, "")
	case i.Under != nil || i.Taken != nil:
		return ""
	case !begun:
		wait := either(i.Urgency == Page, 0, GatherFirst)
		return either(now.Sub(i.Opened) >= wait, Opened, "")
	case i.Urgency == Page && i.Raised.After(opened) && !worse:
		return Worse
	}
	return ""
}

func (i Item) order() int {
	return slices.Index([]What{Opened, Worse, Resolved}, i.What)
}

func muted(key Key, mutes []Mute, now time.Time) bool {
	return slices.ContainsFunc(mutes, func(m Mute) bool {
		return m.Key == key && !m.Since.After(now) && m.Until.After(now)
	})
}
