package store

import (
	"context"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Collected is what one run of a source brought.
type Collected struct {
	// Run is stored as it is, but for its counts, its problems (to which the
	// store's own are added), and its outcome where a part is held.
	Run Run
	// State replaces the source's state; without an ID the state is left alone.
	State SourceState
	// Articles are all of one publisher. A collector that may keep an article's own
	// identifier (RFC 4287 §4.2.6) has set ID to it; else ID is "" and the store
	// mints one. The order is the source's: the newest first, where it has one.
	Articles []feeds.Article
	// Digests are those of the Articles' entries in the document, or nil; 0 is none.
	// Memory is what [DB.Memory] returned for Reading, nil if it was not asked, and Known
	// are the digests in it of the entries that were left out of Articles. See remember.go.
	Digests []uint64
	Memory  *ledger.Memory
	Reading string
	Known   []uint64
	// Complete says that Articles are the whole source, as of a folder: what is
	// missing was removed, and is withdrawn.
	Complete bool
	// Window says that Articles are what the source lists now, whole but for what was
	// too old for it, as of a feed that was read to its end. It is compared with what
	// the source listed before: see quarantine.go and window.go.
	Window bool
	// Crawled says that Articles are pages that were read one by one, of a listing or a
	// sitemap: only those that are new or have changed. What is listed is in Listing, nil
	// where that was not read. An article of such a source is withdrawn only if two runs
	// saw its page gone.
	Crawled bool
	Listing *ledger.Listing
	// GoneLinks are links of articles whose pages were seen gone, as Gone are ids.
	GoneLinks []string
	// CutOff says that the document ended too early: the last of the Articles may lack
	// a part. It is stored if it is new, and corrects nothing.
	CutOff bool
	// Volatile sources are never held for what they list.
	Volatile bool
	// ChangesCorrect says that a text that changes more than a day after it was stored
	// is a correction, as if the source had declared it; see correct.go.
	ChangesCorrect bool
	// Language is the configured one; "" where the source itself tells.
	Language string
	// Unread are the story hints of what a complete source holds but could not be
	// read: the articles of these stories stay as they are.
	Unread []string
	// Gone are IDs of articles that are known to be gone from their publisher. Of a
	// window only those that are missing within it are withdrawn.
	Gone []string
	// Touched returns the channels that an article of the publisher belongs to; see
	// [feeds.Site.Touched]. Nil marks none. It is called inside the transaction,
	// so it must not use the store.
	Touched func(publisher string, languages, categories []string) []feeds.Channel
	// Urgent tells whether a story in these categories is published at once. Nil
	// means never. Withdrawals always are.
	Urgent func(categories []string) bool
	// Now is the time of all records of the run.
	Now time.Time
	// Release does what would be held.
	Release bool
}

// brought is what the run brought, in the words of the ledger.
func (c *Collected) brought() ledger.Brought {
	b := ledger.Brought{
		Source:   ledger.Source{ID: c.Run.Source, Language: c.Language, Volatile: c.Volatile, ChangesCorrect: c.ChangesCorrect},
		Articles: c.Articles, Listing: c.Listing, Unread: c.Unread, Gone: ledger.Gone{IDs: c.Gone, Links: c.GoneLinks},
		Document: ledger.Document{Digests: c.Digests, Known: c.Known, Memory: c.Memory, Reading: c.Reading},
		Release:  c.Release, Now: c.Now,
	}
	switch {
	case c.Complete:
		b.Extent = ledger.Whole
	case c.Crawled:
		b.Extent = ledger.Crawled
	case c.CutOff:
		b.Extent = ledger.CutOff
	case c.Window:
		b.Extent = ledger.Windowed
	}
	return b
}

// Outcome is what a run came to.
type Outcome struct {
	ledger.Tally
	// Run is the run as it was stored, but for its ID.
	Run Run
}

// Collect stores what a run brought: articles, revisions, records, marks on the
// channels that they touch, the source's validators and the run itself, in one
// transaction. Where there are more than 100 articles it takes several; the
// validators and the run go with the last, so that a crash in between means that
// the source is read again. A run that changes nothing writes only state and run.
//
// On an error nothing of the last transaction is stored, and the validators are
// the old ones.
func (db *DB) Collect(ctx context.Context, c Collected) (Outcome, error) {
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
	visit, err := ledger.Begin(c.brought(), facts)
	if err != nil {
		return ledger.Tally{}, err
	}
	if visit.IsWorthALook() {
		if err := db.read().look(ctx, c.Run.Source, visit.Look()); err != nil {
			return ledger.Tally{}, err
		}
		if visit.IsIdle() {
			return visit.Tally, db.runs.record(ctx, db, &pendingRun{run: c.finished(visit.Tally), state: c.State})
		}
	}
	for !visit.IsOver() {
		var part *ledger.Part
		if err := db.write(ctx, func(ctx context.Context, s session) error {
			part = visit.Next() // anew, where a transaction is tried again
			return s.carryOut(ctx, c, part)
		}); err != nil {
			return ledger.Tally{}, err
		}
		db.checkpoints.stored(part.Size())
		visit.Done(part)
	}
	return visit.Tally, nil
}

// carryOut carries out a part of a run.
func (s session) carryOut(ctx context.Context, c *Collected, p *ledger.Part) error {
	source := c.Run.Source
	if err := s.lockPublisherOf(ctx, source, p.Batch()); err != nil {
		return err
	}
	d, err := s.ask(ctx, source, p)
	if err != nil {
		return err
	}
	if err := s.apply(ctx, source, c.Now, p, d); err != nil {
		return err
	}
	p.Stored()
	if err := s.log(ctx, p.Stories, channels{c.Touched, c.Urgent}, c.Now); err != nil {
		return err
	}
	end, last := p.End()
	if !last {
		return nil
	}
	if err := s.putRuns(ctx, []Run{c.finished(p.Tally())}); err != nil {
		return err
	}
	state := c.State
	if end.Reread {
		state.ETag, state.LastModified, state.Digest = "", "", ""
	}
	if err := s.putStates(ctx, []SourceState{state}); err != nil {
		return err
	}
	if end.Remembers {
		if err := s.putMemory(ctx, source, c.brought().Document, end.Memory); err != nil {
			return err
		}
	}
	return s.end(ctx, source, c.Now, end)
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

// publisher returns the publisher of the source; "" where nothing was ever stored of it.
func (s session) publisher(ctx context.Context, source string, b ledger.Batch) (publisher string, err error) {
	if b.Publisher != "" {
		return b.Publisher, nil
	}
	_, err = s.one(ctx, []any{&publisher},
		`SELECT a.publisher FROM article_sources s JOIN articles a ON a.id = s.article WHERE s.source = $1 LIMIT 1`, source)
	return publisher, err
}

// finished returns the run with its counts.
func (c *Collected) finished(t ledger.Tally) Run {
	r := c.Run
	r.New, r.Changed, r.Withdrawn = t.New+t.Returned, t.Changed, t.Withdrawn
	r.Unchanged = t.Unchanged + t.Refiled
	r.Problems = append(r.Problems[:len(r.Problems):len(r.Problems)], t.Problems...)
	if t.Passed != "" {
		r.Outcome = RunPartial
		r.Problems = append(r.Problems, t.Passed)
	}
	if t.Held != nil {
		r.Outcome = RunHeld
		r.Problems = append(r.Problems, t.Held.Reason)
	}
	return r
}
