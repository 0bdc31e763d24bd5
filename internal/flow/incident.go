package flow

import (
	"cmp"
	"slices"
	"time"
)

// Incident is what is remembered of a finding while it lasts, and for a while after.
type Incident struct {
	// ID is the store's; 0 before it is stored.
	ID int64 `json:"id"`
	// Finding is the newest one; its Since stays the incident's first.
	Finding
	// Opened is when it was first found, Seen when it was last.
	Opened time.Time `json:"opened"`
	Seen   time.Time `json:"seen"`
	// Resolved is when it was found no more; zero while it lasts.
	Resolved time.Time `json:"resolved,omitzero"`
	// Under is the incident that it follows from and that is told in its place; nil while it
	// is one of its own.
	Under *Key `json:"under,omitempty"`
	// Flaps is how often it came back after it was not found for a while.
	Flaps int `json:"flaps,omitempty"`
	// Taken is the word of a person who has taken it on; nil while nobody has.
	Taken *Taken `json:"taken,omitempty"`
}

// Taken is a person's word that they have taken an incident on.
type Taken struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"`
}

// Mute is a person's word that nobody is to be told of something until a time, whether it
// lasts or comes back.
type Mute struct {
	Key
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
}

// Reconcile returns what has become of incidents by the findings of now: those that are new,
// those that are found again and changed, or were last seen a while ago, and those that are
// resolved. The others need not be stored anew. Incidents that are resolved already are left
// alone, and of each key one at most is open afterwards.
//
// What is found no more is resolved after its rule's Calm, so that what comes and goes is one
// incident; the more often it has come back, the longer that takes. What follows from a larger one stays open under that, whether it is still found
// or nothing can be known of it meanwhile; it is its own again, or over, when the larger one
// is.
func Reconcile(open []Incident, found []Finding, now time.Time) []Incident {
	now = now.Round(0)
	var changed []Incident
	known := map[Key]bool{}
	byKey := map[Key]Finding{}
	for _, f := range found {
		byKey[f.Key()] = f
	}
	for _, i := range open {
		if !i.Resolved.IsZero() || known[i.Key()] {
			continue
		}
		known[i.Key()] = true
		next, store := i.missed(found, now)
		if f, again := byKey[i.Key()]; again {
			next, store = i.again(f, now)
		}
		if store {
			changed = append(changed, next)
		}
	}
	for _, f := range found {
		if !known[f.Key()] {
			known[f.Key()] = true
			changed = append(changed, Incident{Finding: f, Opened: now, Seen: now})
		}
	}
	slices.SortStableFunc(changed, func(a, b Incident) int {
		return cmp.Or(cmp.Compare(rank(a.Urgency), rank(b.Urgency)), compareKeys(a.Key(), b.Key()))
	})
	return changed
}

// again is an incident that is found again, and whether that has to be stored.
func (i Incident) again(f Finding, now time.Time) (Incident, bool) {
	before := i
	i.Finding = f
	i.Since = before.Since
	if f.Since.Before(i.Since) && !f.Since.IsZero() {
		i.Since = f.Since
	}
	i.Under = nil
	if rule, _ := RuleOf(i.Kind); now.Sub(before.Seen) > rule.Calm/2+LookEvery {
		i.Flaps++
	}
	store := before.Under != nil || before.What != i.What || before.Do != i.Do || before.Urgency != i.Urgency || before.stale(now)
	i.see(now)
	return i, store
}

// missed is an incident that is not found, and whether that has to be stored.
func (i Incident) missed(found []Finding, now time.Time) (Incident, bool) {
	if cause := causeOf(i.Key(), found); cause != nil {
		store := i.Under == nil || *i.Under != *cause || i.stale(now)
		i.Under = cause
		i.see(now)
		return i, store
	}
	if now.Sub(i.Seen) < i.calm() {
		return i, false
	}
	i.Under = nil
	i.Resolved = now
	return i, true
}

func (i *Incident) see(now time.Time) {
	if now.After(i.Seen) {
		i.Seen = now
	}
}

// mostCalm is how long an incident that flaps has not to be found at most, if its rule wants
// no more.
const mostCalm = 30 * minute

// calm is how long an incident has not to be found to be over.
func (i Incident) calm() time.Duration {
	rule, _ := RuleOf(i.Kind)
	return max(rule.Calm, min(rule.Calm*time.Duration(1+2*i.Flaps), mostCalm))
}

// stale tells whether when it was seen has to be stored, for the next look to go by.
func (i Incident) stale(now time.Time) bool { return now.Sub(i.Seen) >= i.calm()/3 }

// causeOf is the finding that a key follows from, or that leaves nothing to be known of it;
// nil for none.
func causeOf(key Key, found []Finding) *Key {
	for _, f := range found {
		if f.Key() != key && (slices.Contains(f.Covers, key) || slices.Contains(causes[f.Kind], key.Kind) && f.rules()) {
			k := f.Key()
			return &k
		}
	}
	return nil
}

// rules tells whether a finding is of the whole, as those are that have other kinds under
// them: an overdue source is no reason for another.
func (f Finding) rules() bool { return f.Subject.Of == OfService || f.Subject.Of == OfDatabase }
