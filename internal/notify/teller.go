package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

// Store is where incidents are remembered, and who was told of them.
type Store interface {
	Incidents(ctx context.Context, resolvedSince time.Time) ([]flow.Incident, error)
	Mutes(ctx context.Context, now time.Time) ([]flow.Mute, error)
	Pauses(ctx context.Context, now time.Time) (map[string]flow.Pause, error)
	Tellings(ctx context.Context, incidents []int64) ([]store.Telling, error)
	ClaimTellings(ctx context.Context, wanted []store.Telling, now, stale time.Time) ([]store.Telling, error)
	PutTold(ctx context.Context, done []store.Telling, told time.Time) error
}

// Round is what a process knows after it has looked.
type Round struct {
	At time.Time
	// Watching says that this process looks for all, and that the store has what it found.
	Watching bool
	// Alone says that the store could not be asked or written, and Incidents is then what
	// the process found by itself: those that are open, and those that were resolved just now.
	Alone     bool
	Incidents []flow.Incident
}

// Teller tells the receivers. Its methods may be called from several goroutines.
type Teller struct {
	store Store
	log   *slog.Logger

	sending sync.WaitGroup

	turn  sync.Mutex // one round at a time, which may wait for the store
	words Words
	alone alone

	mu   sync.Mutex // never held while somebody is waited for
	all  []*receiver
	done []func() // what became of what was sent, for the next round
}

// receiver is a receiver at work.
type receiver struct {
	Receiver
	busy    bool
	failing flow.Failure
	next    time.Time                   // not before
	unnoted map[store.Telling]time.Time // told, and not noted yet; by what has no times
}

// New returns a teller that signs its messages by these words.
func New(s Store, words Words, log *slog.Logger, receivers ...Receiver) *Teller {
	t := &Teller{store: s, log: log}
	t.Adopt(words, receivers)
	return t
}

// Adopt puts other receivers in the place of those there are. Who keeps its name keeps its
// failures.
func (t *Teller) Adopt(words Words, receivers []Receiver) {
	t.turn.Lock()
	defer t.turn.Unlock()
	t.takeUp()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.words = words
	before := t.all
	t.all = nil
	for _, r := range receivers {
		at := slices.IndexFunc(before, func(b *receiver) bool { return b.Name == r.Name })
		if at < 0 {
			t.all = append(t.all, &receiver{Receiver: r, unnoted: map[store.Telling]time.Time{}})
			continue
		}
		before[at].Receiver, before[at].next = r, time.Time{}
		t.all = append(t.all, before[at])
	}
}

// Failures returns the receivers that could not be told of something, by name.
func (t *Teller) Failures() map[string]flow.Failure {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all map[string]flow.Failure
	for _, r := range t.all {
		if r.failing.Count > 0 {
			if all == nil {
				all = map[string]flow.Failure{}
			}
			all[r.Name] = r.failing
		}
	}
	return all
}

// Tell is called after each look. It claims what is to be told and returns; sending goes on
// behind it, for [SendTimeout] at most.
func (t *Teller) Tell(ctx context.Context, round Round) {
	t.turn.Lock()
	defer t.turn.Unlock()
	t.takeUp()
	if len(t.all) == 0 {
		return
	}
	if ours := t.alone.begin(round); round.Alone {
		if ours {
			t.tellAlone(ctx, round)
		}
		return
	}
	tell := t.tellStored
	if !round.Watching {
		tell = t.handOver
	}
	if err := tell(ctx, round.At); err != nil {
		t.log.Error("incidents can't be told now; it is tried again with the next look", "error", err)
	}
}

// Wait waits until all that is being sent has been.
func (t *Teller) Wait() { t.sending.Wait() }

// takeUp takes up what became of what was sent since the last round.
func (t *Teller) takeUp() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, done := range t.done {
		done()
	}
	t.done = nil
}

// tellStored tells what the store has.
func (t *Teller) tellStored(ctx context.Context, at time.Time) error {
	s, whole, err := t.load(ctx, at)
	if err != nil {
		return err
	}
	var failed []error
	for _, r := range t.all {
		mine := s
		mine.told = whole[r.Name]
		if mine.told == nil {
			mine.told = told{}
		}
		failed = append(failed, t.tellReceiver(ctx, r, mine))
	}
	t.endAlone(ctx, s)
	return errors.Join(failed...)
}

// load reads what there is to be told, and what was, by receiver.
func (t *Teller) load(ctx context.Context, at time.Time) (s standing, whole map[string]told, err error) {
	s.at = at
	if s.incidents, err = t.store.Incidents(ctx, at.Add(-remembered)); err != nil || len(s.incidents) == 0 {
		return s, nil, err
	}
	mutes, err := t.store.Mutes(ctx, at)
	if err != nil {
		return s, nil, err
	}
	paused, err := t.store.Pauses(ctx, at)
	if err != nil {
		return s, nil, err
	}
	s.quiet = silenced(mutes, paused, at)
	t.alone.quiet = s.quiet
	ids := make([]int64, len(s.incidents))
	for n, i := range s.incidents {
		ids[n] = i.ID
	}
	tellings, err := t.store.Tellings(ctx, ids)
	if err != nil {
		return s, nil, err
	}
	whole = map[string]told{}
	for _, telling := range tellings {
		if whole[telling.Receiver] == nil {
			whole[telling.Receiver] = told{}
		}
		if !telling.Told.IsZero() {
			whole[telling.Receiver].note(telling.Incident, telling.What, telling.Told)
		}
	}
	return s, whole, nil
}

// tellReceiver tells one receiver what is due, if that is this process's to tell.
func (t *Teller) tellReceiver(ctx context.Context, r *receiver, s standing) error {
	if r.busy || s.at.Before(r.next) {
		return nil
	}
	if err := t.noteLate(ctx, r, s.told); err != nil {
		return err
	}
	due := s.due(r.Receiver)
	if len(due) == 0 {
		return nil
	}
	wanted := make([]store.Telling, len(due))
	for n, d := range due {
		wanted[n] = store.Telling{Receiver: r.Name, Incident: d.incident.ID, What: d.what}
	}
	claimed, err := t.store.ClaimTellings(ctx, wanted, s.at, s.at.Add(-StaleAfter))
	if err != nil {
		return fmt.Errorf("tell %s: %w", r.Name, err)
	}
	var ours []news
	var known []store.Telling
	claimed = slices.DeleteFunc(claimed, func(c store.Telling) bool {
		n := slices.IndexFunc(due, func(d news) bool { return d.incident.ID == c.Incident && d.what == c.What })
		if t.alone.knows(r.Name, due[n]) { // it was told while the store was away
			known = append(known, c)
			return true
		}
		ours = append(ours, due[n])
		return false
	})
	if len(known) > 0 {
		if err := t.store.PutTold(ctx, known, s.at); err != nil {
			return fmt.Errorf("tell %s: %w", r.Name, err)
		}
		t.alone.forget(r.Name, due)
	}
	if len(ours) == 0 {
		return nil
	}
	t.send(ctx, r, ours, s.at,
		func(ctx context.Context, sent bool) error { return t.settle(ctx, claimed, s.at, sent) },
		func(sent bool, err error) { t.remember(r, claimed, s.at, sent, err) })
	return nil
}

// noteLate notes what was told and could not be noted, and has it count as told.
func (t *Teller) noteLate(ctx context.Context, r *receiver, was told) error {
	for telling, at := range r.unnoted {
		was.note(telling.Incident, telling.What, at)
		if err := t.store.PutTold(ctx, []store.Telling{telling}, at); err != nil {
			return fmt.Errorf("note that %s was told: %w", r.Name, err)
		}
		delete(r.unnoted, telling)
	}
	return nil
}

// send sends a message behind who asks for it. What becomes of it is stored by one, and taken
// up with the next round by the other.
func (t *Teller) send(ctx context.Context, r *receiver, all []news, at time.Time, store func(ctx context.Context, sent bool) error, takeUp func(sent bool, err error)) {
	m := t.words.message(r.Name, all, at)
	sender := r.Sender
	r.busy = true
	ctx = context.WithoutCancel(ctx) // what has begun is ended, within its time
	t.sending.Go(func() {
		sending, cancel := context.WithTimeout(ctx, SendTimeout)
		failed := sender.Send(sending, m)
		cancel()
		storing, cancel := context.WithTimeout(ctx, SendTimeout)
		defer cancel()
		err := store(storing, failed == nil)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.done = append(t.done, func() {
			takeUp(failed == nil, err)
			t.report(r, m, at, failed)
			r.busy = false
		})
	})
}

// settle notes that a receiver was told, or gives back what was claimed.
func (t *Teller) settle(ctx context.Context, claimed []store.Telling, at time.Time, sent bool) error {
	if !sent {
		at = time.Time{}
	}
	return t.store.PutTold(ctx, claimed, at)
}

// remember keeps in memory what was told and could not be noted. A claim ends by itself.
func (t *Teller) remember(r *receiver, claimed []store.Telling, at time.Time, sent bool, err error) {
	if err == nil {
		return
	}
	t.log.Error("what a receiver was told could not be noted; it is tried again", "receiver", r.Name, "error", err)
	if !sent {
		return
	}
	for _, c := range claimed {
		c.Claimed, c.Told = time.Time{}, time.Time{}
		r.unnoted[c] = at
	}
}

// report remembers how a receiver was told, and says in the log that it fails and that it
// does no more.
func (t *Teller) report(r *receiver, m Message, at time.Time, err error) {
	if err == nil {
		if r.failing.Count > 0 {
			t.log.Info("a receiver can be told again", "receiver", r.Name, "after", r.failing.Count)
		}
		r.failing, r.next = flow.Failure{}, time.Time{}
		t.log.Info("told a receiver", "receiver", r.Name, "subject", m.Subject())
		return
	}
	r.failing.Count++
	r.failing.At, r.failing.Error = at, err.Error()
	r.failing.Since = cmp.Or(r.failing.Since, at)
	r.next = at.Add(waitAfter(r.failing.Count))
	if r.failing.Count == 1 {
		t.log.Error("a receiver could not be told; it is tried again", "receiver", r.Name, "error", err)
	}
}
