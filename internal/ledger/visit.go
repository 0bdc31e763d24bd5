package ledger

import (
	"maps"
	"slices"
)

// Visit is a run of a source, from what it brought to what it came to. First a [Look] finds
// out what it changes; then one [Part] after the other is carried out, each in a transaction
// of its own.
type Visit struct {
	// Tally is what it came to so far.
	Tally Tally

	run     *Brought
	before  Facts
	facts   Facts
	rest    Batch // what has to be carried out
	verdict Verdict
	sight   Sight
	seen    map[int64]bool
	counted [][]place // what differs in numbers alone, of what was carried out
	memory  []packed  // what is to be remembered of what is stored
	idle    bool
	over    bool
}

// Begin prepares what a run brought, of a source of which these facts are known.
func Begin(b Brought, facts Facts) (*Visit, error) {
	batch, problems, err := prepare(&b)
	if err != nil {
		return nil, err
	}
	return &Visit{Tally: Tally{Problems: problems}, run: &b, before: facts, facts: facts, rest: batch, seen: map[int64]bool{}}, nil
}

// IsWorthALook reports whether it is to be found out, before a transaction, what the run
// changes: of a first visit most will be new.
func (v *Visit) IsWorthALook() bool {
	return v.before.Visited || len(v.rest.items) == 0 || len(v.rest.stubs) > 0
}

// IsIdle reports whether, after a look, nothing is to be carried out.
func (v *Visit) IsIdle() bool { return v.idle && len(v.rest.items) == 0 }

// IsOver reports whether all was carried out.
func (v *Visit) IsOver() bool { return v.over }

// Next returns the next part. What comes of it counts once it is [Visit.Done]: until then
// it may be had again.
func (v *Visit) Next() *Part {
	n := min(Chunk, len(v.rest.items))
	verdict := v.verdict
	return &Part{
		matcher: &matcher{Snapshot: newSnapshot(v.run, v.facts), verdict: &verdict, seen: maps.Clone(v.seen), counted: slices.Clip(v.counted)},
		batch:   Batch{Publisher: v.rest.Publisher, items: v.rest.items[:n]},
		Last:    n == len(v.rest.items), Stories: NewStories(),
		before: v.before, sight: v.sight, tally: v.Tally, memory: slices.Clip(v.memory),
	}
}

// Done takes over a part that was carried out.
func (v *Visit) Done(p *Part) {
	v.Tally, v.seen, v.memory, v.counted = p.Tally(), p.seen, p.memory, p.counted
	v.rest.items = v.rest.items[len(p.batch.items):]
	if p.more && !p.kept {
		v.run.Release = true // as was decided about the first part
	}
	v.over = p.Last && !p.more
}
