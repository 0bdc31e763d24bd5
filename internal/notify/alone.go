package notify

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// alone is what a process tells, and told, while it has no store to remember that.
type alone struct {
	now      bool // the last round was alone
	known    bool // a round was not, ever
	watching bool // and in the last of those this process watched
	ours     bool // so that it is the one to tell
	others   int  // how many rounds since were neither alone nor this process's
	told     map[flow.Key]*single
	quiet    func(flow.Incident) bool // as the store had it last; nil if it was never asked
}

// single is an incident that was told alone.
type single struct {
	incident flow.Incident
	to       map[string]map[string]time.Time // receiver, what
}

// begin takes up what a round says, and tells whether this process is the one that tells
// while there is no store: it watched last, or has never seen who does.
func (a *alone) begin(round Round) (ours bool) {
	if !round.Alone {
		a.now, a.known, a.watching = false, true, round.Watching
		if a.others++; round.Watching {
			a.others = 0
		}
		return false
	}
	a.others = 0
	if !a.now {
		a.now, a.ours = true, !a.known || a.watching
	}
	return a.ours
}

// knows tells whether a receiver was told something while there was no store.
func (a *alone) knows(receiver string, n news) bool {
	s := a.told[n.incident.Key()]
	return s != nil && !s.to[receiver][n.what].IsZero()
}

// forget leaves to the store what a receiver was told.
func (a *alone) forget(receiver string, all []news) {
	for _, n := range all {
		if s := a.told[n.incident.Key()]; s != nil {
			delete(s.to, receiver)
		}
	}
}

// tellAlone tells what a process found by itself, once. What the store knows is left for it.
func (t *Teller) tellAlone(ctx context.Context, round Round) {
	var open []flow.Incident
	for _, i := range round.Incidents {
		if i.ID == 0 && i.Resolved.IsZero() {
			open = append(open, i)
		}
	}
	t.tellMemory(ctx, round.At, open, nil)
}

// othersWatch is how many rounds after the store is back another watches, as it seems: who told
// something alone then says by itself when it is over.
const othersWatch = 3

// handOver has what was told alone be told to be over where another has taken the watch.
func (t *Teller) handOver(ctx context.Context, at time.Time) error {
	if len(t.alone.told) == 0 || t.alone.others < othersWatch {
		return nil
	}
	s, _, err := t.load(ctx, at)
	if err == nil {
		t.endAlone(ctx, s)
	}
	return err
}

// endAlone tells that what was told alone is over, once the store is back and has it not.
func (t *Teller) endAlone(ctx context.Context, s standing) {
	if len(t.alone.told) == 0 {
		return
	}
	stored := map[flow.Key]bool{}
	for _, i := range s.incidents {
		if i.Resolved.IsZero() {
			stored[i.Key()] = true
		}
	}
	t.tellMemory(ctx, s.at, nil, stored)
}

// tellMemory tells of incidents that this process alone knows: those that are open, and those
// that it knew and that are not any more, unless the store has them.
func (t *Teller) tellMemory(ctx context.Context, at time.Time, open []flow.Incident, stored map[flow.Key]bool) {
	incidents := t.alone.take(open, stored, at, t.all)
	for _, r := range t.all {
		if r.busy || at.Before(r.next) {
			continue
		}
		s := standing{at: at, incidents: incidents, told: told{}, quiet: t.alone.quiet}
		if s.quiet == nil {
			s.quiet = func(flow.Incident) bool { return false }
		}
		for _, i := range incidents {
			for what, when := range t.alone.told[i.Key()].to[r.Name] {
				s.told.note(i.ID, what, when)
			}
		}
		due := s.due(r.Receiver)
		if len(due) == 0 {
			continue
		}
		t.send(ctx, r, due, at,
			func(context.Context, bool) error { return nil },
			func(sent bool, _ error) {
				if sent {
					t.alone.note(r.Name, due, at)
				}
			})
	}
}

// take remembers what is open, has what is not be over, and returns all that may have to be
// told, with numbers for a moment.
func (a *alone) take(open []flow.Incident, stored map[flow.Key]bool, at time.Time, receivers []*receiver) (all []flow.Incident) {
	if a.told == nil {
		a.told = map[flow.Key]*single{}
	}
	lasts := map[flow.Key]bool{}
	for _, i := range open {
		lasts[i.Key()] = true
		if one := a.told[i.Key()]; one == nil || !one.incident.Resolved.IsZero() {
			a.told[i.Key()] = &single{incident: i, to: map[string]map[string]time.Time{}}
		} else {
			one.incident = i
		}
	}
	for key, one := range a.told {
		switch {
		case lasts[key]:
		case one.settled(receivers):
			delete(a.told, key)
			continue
		case stored[key]: // who was told of it is noted there with what is due
			continue
		case one.incident.Resolved.IsZero():
			one.incident.Resolved = at
		}
		one.incident.ID = int64(len(all) + 1)
		all = append(all, one.incident)
	}
	return all
}

// note remembers that a receiver was told.
func (a *alone) note(receiver string, all []news, at time.Time) {
	for _, d := range all {
		one := a.told[d.incident.Key()]
		if one == nil {
			continue
		}
		if one.to[receiver] == nil {
			one.to[receiver] = map[string]time.Time{}
		}
		one.to[receiver][d.what] = at
	}
}

// settled tells whether nobody has to be told that it is over: everybody knows, or nobody was
// told that it began.
func (one *single) settled(all []*receiver) bool {
	for _, r := range all {
		if to := one.to[r.Name]; len(to) > 0 && to[Resolved].IsZero() {
			return false
		}
	}
	return true
}
