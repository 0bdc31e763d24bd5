package flow

import (
	"cmp"
	"slices"
	"time"
)

// Judge returns what is wrong, the most urgent first, then by kind and subject. What follows
// from something else that is found is covered by that and is not among them.
func Judge(o Observation) []Finding {
	j := &judge{Observation: o}
	j.processes()
	j.machines()
	j.database()
	j.jobs()
	j.channels()
	j.site()
	j.locales()
	j.sources()
	j.together()
	found := cover(unique(j.found), o)
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(rank(a.Urgency), rank(b.Urgency)), compareKeys(a.Key(), b.Key()))
	})
	return found
}

// judge is one look.
type judge struct {
	Observation
	found []Finding
}

// rank sorts urgencies, the most urgent first.
func rank(u Urgency) int {
	switch u {
	case Page:
		return 0
	case Ticket:
		return 1
	}
	return 2
}

// add adds a finding. Where it says none its urgency is its rule's, and it began now.
func (j *judge) add(f Finding) {
	if f.Urgency == "" {
		rule, _ := RuleOf(f.Kind)
		f.Urgency = rule.Urgency
	}
	if f.Since.IsZero() || f.Since.After(j.At) {
		f.Since = j.At
	}
	j.found = append(j.found, f)
}

// age is how long ago something was; 0 for what lies ahead.
func (j *judge) age(t time.Time) time.Duration { return max(0, j.At.Sub(t)) }

// unique leaves the most urgent of findings that have the same key: two processes of a
// machine see the same disk.
func unique(found []Finding) []Finding {
	at := map[Key]int{}
	var all []Finding
	for _, f := range found {
		i, known := at[f.Key()]
		switch {
		case !known:
			at[f.Key()] = len(all)
			all = append(all, f)
		case rank(f.Urgency) < rank(all[i].Urgency):
			all[i] = f
		}
	}
	return all
}

// either is a if that is so, else b.
func either[T any](so bool, a, b T) T {
	if so {
		return a
	}
	return b
}
