package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Collected is a run of a source, and what it brought.
type Collected struct {
	// Run is stored as it is, but for its counts, its problems (to which the
	// store's own are added), and its outcome where a part is held.
	Run Run
	// State replaces the source's state; without an ID the state is left alone.
	State SourceState
	// SeenPassed takes the place of the state's Seen where notices may have come and gone
	// between two visits, which shows only here.
	SeenPassed json.RawMessage
	// Brought is what the run brought; the ID of its source is the run's, and what is Urgent
	// the same.
	ledger.Brought
	// Pages are what the run changes of what is kept of the source's pages.
	Pages PageChanges
	// Touched returns the channels that an article of the publisher belongs to; see
	// [feeds.Site.Touched]. Nil marks none. It is called inside the transaction,
	// so it must not use the store.
	Touched func(publisher string, languages, categories []string) []feeds.Channel
	// Urgent reports whether a story in these categories is published at once. Nil
	// means never. Withdrawals always are.
	Urgent func(categories []string) bool

	added seqs // the records of what was stored so far
}

// Outcome is what a run came to.
type Outcome struct {
	ledger.Tally
	// Run is the run as it was stored, but for its ID.
	Run Run
}

// Collect stores what a run brought: articles, revisions, records, marks on the
// channels that they touch, the source's validators and the run itself, in one
// transaction. Where there are more than [ledger.Chunk] articles it takes several; the
// validators and the run go with the last, so that a crash in between means that
// the source is read again. A run that changes nothing writes only state and run.
//
// On an error nothing of the last transaction is stored, and the validators are
// the old ones.
func (db *DB) Collect(ctx context.Context, c Collected) (Outcome, error) {
	c.Source.ID, c.Brought.Urgent = c.Run.Source, c.Urgent
	tally, err := db.collect(ctx, &c)
	if err != nil {
		return Outcome{}, fmt.Errorf("store what source %s brought: %w", c.Run.Source, err)
	}
	return Outcome{tally, c.finished(tally)}, nil
}

func (db *DB) collect(ctx context.Context, c *Collected) (ledger.Tally, error) {
	facts, err := db.read().facts(ctx, c.Run.Source)
	if err != nil {
		return ledger.Tally{}, err
	}
	visit, err := ledger.Begin(c.Brought, facts)
	if err != nil {
		return ledger.Tally{}, err
	}
	if visit.IsWorthALook() {
		if err := db.read().look(ctx, c.Run.Source, visit.Look()); err != nil {
			return ledger.Tally{}, err
		}
		if visit.IsIdle() && c.Pages.isEmpty() {
			return visit.Tally, db.runs.record(ctx, db, []Visited{{c.finished(visit.Tally), c.after(visit.Tally)}})
		}
	}
	for !visit.IsOver() {
		var part *ledger.Part
		var added seqs
		if err := db.write(ctx, func(ctx context.Context, s session) (err error) {
			part = visit.Next() // anew, where a transaction is tried again
			added, err = s.carryOut(ctx, c, part)
			return err
		}); err != nil {
			return ledger.Tally{}, err
		}
		c.added = c.added.and(added)
		db.checkpoints.stored(part.Size())
		db.mergeSearch(ctx, part.Size())
		visit.Done(part)
	}
	return visit.Tally, nil
}

// carryOut carries out a part of a run, and returns the records that it added to the log.
func (s session) carryOut(ctx context.Context, c *Collected, p *ledger.Part) (added seqs, err error) {
	source := c.Run.Source
	if err := s.lockPublisherOf(ctx, source, p.Batch()); err != nil {
		return seqs{}, err
	}
	d, err := s.ask(ctx, source, p)
	if err != nil {
		return seqs{}, err
	}
	if err := s.apply(ctx, source, c.Now, p, d); err != nil {
		return seqs{}, err
	}
	p.Stored()
	if added, err = s.log(ctx, p.Stories, marker{c.Touched, c.Urgent, c.Run.Visit}, c.Now); err != nil {
		return seqs{}, err
	}
	return added, s.finish(ctx, c, p)
}

// finish stores the run and what it leaves of its source, with the last part.
func (s session) finish(ctx context.Context, c *Collected, p *ledger.Part) error {
	source := c.Run.Source
	end, last := p.End()
	if !last {
		return nil
	}
	run := []Run{c.finished(p.Tally())}
	if err := s.putRuns(ctx, run); err != nil {
		return err
	}
	state := c.after(p.Tally())
	if end.Reread {
		state.ETag, state.LastModified, state.Digest = "", "", ""
	}
	if err := s.putStates(ctx, []SourceState{state}); err != nil {
		return err
	}
	if err := s.putArrivals(ctx, run); err != nil {
		return err
	}
	if end.Remembers {
		if err := s.putMemory(ctx, source, c.Document, end.Memory); err != nil {
			return err
		}
	}
	if err := s.changePages(ctx, source, c.Pages, end.Reread); err != nil {
		return err
	}
	return s.end(ctx, source, c.Now, end)
}

// after returns the source's state after the run.
func (c *Collected) after(t ledger.Tally) SourceState {
	state := c.State
	if t.Passed != "" && state.ID != "" {
		state.Seen = c.SeenPassed
	}
	return state
}

// lockPublisherOf keeps other sources of the publisher from changing the same
// articles meanwhile.
func (s session) lockPublisherOf(ctx context.Context, source string, b ledger.Batch) error {
	if s.pool.engine == SQLite {
		return nil // has one writer
	}
	publisher, err := s.publisher(ctx, source, b)
	if err != nil {
		return err
	}
	return s.lock(ctx, lockPublisher, publisher)
}

// finished returns the run with its counts.
func (c *Collected) finished(t ledger.Tally) Run {
	r := c.Run
	r.FirstSeq, r.LastSeq = c.added.first, c.added.last
	r.New, r.Changed, r.Withdrawn = t.New+t.Returned, t.Changed, t.Withdrawn
	r.Unchanged = t.Unchanged + t.Refiled
	r.Problems = append(r.Problems[:len(r.Problems):len(r.Problems)], t.Problems...)
	if t.Passed != "" {
		if r.Outcome != RunFailed {
			r.Outcome = RunPartial
		}
		r.Problems = append(r.Problems, t.Passed)
	}
	if t.Held != nil {
		r.Outcome = RunHeld
		r.Problems = append(r.Problems, t.Held.Reason)
	}
	return r
}
