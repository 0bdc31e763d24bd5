package watch

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Every is how often a process looks, and Term how long it has the watch unless it renews it.
const (
	Every = 10 * time.Second
	Term  = 2 * Every
)

// TermName is the name of what one process at a time does, as the store has it.
const TermName = "watch"

// roundPatience is how long one round may take.
const roundPatience = Every

// Store is where the watch is held and incidents are remembered.
type Store interface {
	Hold(ctx context.Context, name, holder string, now time.Time, term time.Duration) (bool, error)
	Drop(ctx context.Context, name, holder string) error
	OpenIncidents(ctx context.Context) ([]flow.Incident, error)
	PutIncidents(ctx context.Context, incidents []flow.Incident) error
}

// Observer gathers what is judged.
type Observer interface {
	// Observe returns all that can be seen by the database.
	Observe(ctx context.Context) (flow.Observation, error)
	// Own returns what this process knows by itself while the database gives that error.
	Own(err error) flow.Observation
}

// State is what is wrong, as this process knows it.
type State struct {
	// At is when that was found; zero before the first round.
	At time.Time
	// Incidents are those that are open, and in the round that found it those that were
	// resolved by it.
	Incidents []flow.Incident
	// FromDatabase says that they are everybody's, and stored. Else the database is away or
	// can't be written, and they are what this process found by itself.
	FromDatabase bool
	// Watching says that this process has the watch, and judged by itself.
	Watching bool
	// Err is why the database could not be asked; nil where it could.
	Err error
}

// Watch looks every [Every] what is wrong.
type Watch struct {
	Store Store
	// ID is the process's.
	ID       string
	Observer Observer
	// Tell, where it is set, is given the state after each round, also where another process
	// watches: who watched last tells while the database is away. Rounds wait for it, for
	// [Every] at most.
	Tell func(ctx context.Context, s State)
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	Log *slog.Logger

	current  atomic.Pointer[State]
	own      []flow.Incident // found while the database can't be written
	failing  bool
	hindered flow.Hindrance
	last     time.Time // the last round, with its monotonic clock
	known    bool      // a round was not alone, ever
	held     bool      // and in the last of those this process had the watch
	yields   int       // how many rounds it leaves the watch to who had it
}

// yieldRounds is how many rounds, after the database was away, the watch is left to who had it
// last: what was told meanwhile that one alone knows, has it stored, and tells when it is over.
const yieldRounds = 2

// Current returns what is wrong as of the last round. It is safe for concurrent use.
func (w *Watch) Current() State {
	if s := w.current.Load(); s != nil {
		return *s
	}
	return State{}
}

// Run looks until the context ends, and then gives the watch back. Its error is always nil.
func (w *Watch) Run(ctx context.Context) error {
	if w.Now == nil {
		w.Now = time.Now
	}
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		w.round(ctx)
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), beatPatience)
			defer cancel()
			_ = w.Store.Drop(last, TermName, w.ID) // it ends by itself
			return nil
		case <-tick.C:
		}
	}
}

// round looks once, and has what was found told.
func (w *Watch) round(ctx context.Context) {
	now := w.Now()
	settling := w.stepped(now) || w.failing
	looking, cancel := context.WithTimeout(ctx, roundPatience)
	defer cancel()
	state, err := w.look(looking, now, settling)
	if ctx.Err() != nil {
		return
	}
	w.report(err)
	if err != nil {
		if w.known && !w.held {
			w.yields = yieldRounds
		}
		state = w.alone(looking, now, err)
	} else {
		w.own = nil
	}
	open := state
	open.Incidents = unresolved(state.Incidents)
	w.current.Store(&open)
	if w.Tell != nil {
		telling, cancel := context.WithTimeout(ctx, Every)
		defer cancel()
		w.Tell(telling, state)
	}
}

// look asks for the watch, and judges if this process has it. Where all that was written
// before looks older than it is, since the clock was set or nobody could write, it waits for
// one round of beats.
func (w *Watch) look(ctx context.Context, now time.Time, settling bool) (State, error) {
	state := State{At: now, FromDatabase: true}
	held, err := w.hold(ctx, now)
	if err != nil {
		return state, err
	}
	// What was found while the database was away is over now, and is to be seen as that, whoever
	// watches.
	if err := w.Store.PutIncidents(ctx, unstored(w.own)); err != nil {
		return state, err
	}
	open, err := w.Store.OpenIncidents(ctx)
	if err != nil {
		return state, err
	}
	w.known, w.held = true, held
	if state.Incidents = open; !held || settling {
		return state, nil
	}
	state.Watching = true
	seen, err := w.Observer.Observe(ctx)
	if err != nil {
		return state, fmt.Errorf("observe: %w", err)
	}
	changed := flow.Reconcile(open, w.judge(seen), seen.At)
	if err := w.Store.PutIncidents(ctx, changed); err != nil {
		return state, err
	}
	if state.Incidents, err = w.Store.OpenIncidents(ctx); err != nil { // those that are new have their numbers now
		return state, err
	}
	state.Incidents = append(state.Incidents, resolved(changed)...)
	return state, nil
}

// hold takes or renews the watch, unless it is left to another.
func (w *Watch) hold(ctx context.Context, now time.Time) (held bool, err error) {
	if w.yields > 0 {
		w.yields--
		return false, nil
	}
	return w.Store.Hold(ctx, TermName, w.ID, now, Term)
}

// judge says what is wrong, and remembers what keeps jobs from running.
func (w *Watch) judge(seen flow.Observation) []flow.Finding {
	seen.Hindered = w.hindered
	found := flow.Judge(seen)
	w.hindered = w.hindered.After(found, seen.At)
	return found
}

// alone judges without a database that can be written: all there is to be read of it, or what
// the process knows by itself.
func (w *Watch) alone(ctx context.Context, now time.Time, cause error) State {
	state := State{At: now, Err: cause}
	seen, err := w.Observer.Observe(ctx)
	if err != nil {
		seen = w.Observer.Own(cause)
	} else if open, err := w.Store.OpenIncidents(ctx); err == nil {
		w.own = merged(open, w.own)
	}
	changed := flow.Reconcile(w.own, w.judge(seen), seen.At)
	w.own = changedTo(w.own, changed)
	state.Incidents = slices.Concat(w.own, resolved(changed))
	return state
}

// report says once that the database can't be used, and once that it can again.
func (w *Watch) report(err error) {
	switch {
	case err != nil && !w.failing:
		w.Log.Warn("incidents can't be kept in the database; this process watches by itself", "error", err)
	case err == nil && w.failing:
		w.Log.Info("incidents are kept in the database again")
	}
	w.failing = err != nil
}

// stepped tells whether the clock was set since the last round.
func (w *Watch) stepped(now time.Time) bool {
	last := w.last
	w.last = now
	if last.IsZero() {
		return false
	}
	step := now.Round(0).Sub(last.Round(0)) - now.Sub(last)
	return step.Abs() >= clockSlack
}

// clockSlack is by how much a clock may be set without a word: less makes nobody look dead.
const clockSlack = 5 * time.Second

// merged returns the stored incidents with those that were found since and could not be.
func merged(stored, own []flow.Incident) []flow.Incident {
	known := map[flow.Key]bool{}
	for _, i := range stored {
		known[i.Key()] = true
	}
	for _, i := range own {
		if i.ID == 0 && !known[i.Key()] {
			stored = append(stored, i)
		}
	}
	return stored
}

// changedTo returns what is open when these incidents have changed, or are new.
func changedTo(open, changed []flow.Incident) []flow.Incident {
	became := map[flow.Key]flow.Incident{}
	for _, i := range changed {
		became[i.Key()] = i
	}
	var now []flow.Incident
	for _, i := range open {
		if next, ok := became[i.Key()]; ok {
			i = next
			delete(became, i.Key())
		}
		now = append(now, i)
	}
	for _, i := range changed {
		if _, isNew := became[i.Key()]; isNew {
			now = append(now, i)
		}
	}
	return unresolved(now)
}

func unstored(all []flow.Incident) []flow.Incident {
	return slices.DeleteFunc(slices.Clone(all), func(i flow.Incident) bool { return i.ID != 0 })
}

func resolved(all []flow.Incident) []flow.Incident {
	return slices.DeleteFunc(slices.Clone(all), func(i flow.Incident) bool { return i.Resolved.IsZero() })
}

func unresolved(all []flow.Incident) []flow.Incident {
	return slices.DeleteFunc(slices.Clone(all), func(i flow.Incident) bool { return !i.Resolved.IsZero() })
}
