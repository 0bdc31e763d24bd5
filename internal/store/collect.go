package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
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
	Memory  *Memory
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
	Listing *Listing
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

// Listing is what a listing or a sitemap names; see window.go.
type Listing struct {
	// Items is how many pages are listed.
	Items int
	// Newest says that these are so many of the newest, as of a page that lists: what was
	// listed before leaves it as others come.
	Newest bool
	// Links are the addresses of what is listed, LeftOut those of articles that are
	// missing between others.
	Links, LeftOut []string
}

// Outcome is what a run came to.
type Outcome struct {
	// New are articles that were stored first, Returned were withdrawn before,
	// Changed have a new revision, Refiled have other categories or terms and
	// nothing else new.
	New, Returned, Changed, Refiled, Withdrawn, Unchanged int
	// Held is what waits; nil if nothing.
	Held *Hold
	// Passed says in a sentence that notices may have been missed; "" if not. See passed.go.
	Passed string
	// Problems are for operators: duplicates, contested ids.
	Problems []string
	// Run is the run as it was stored, but for its ID.
	Run Run
}

// chunk is the number of articles of one transaction, in which they are added or
// withdrawn: a tenth to a third of the 100 ms that a write on SQLite may last.
const chunk = 100

// Collect stores what a run brought: articles, revisions, records, marks on the
// channels that they touch, the source's validators and the run itself, in one
// transaction. Where there are more than 100 articles it takes several; the
// validators and the run go with the last, so that a crash in between means that
// the source is read again. A run that changes nothing writes only state and run.
//
// On an error nothing of the last transaction is stored, and the validators are
// the old ones.
func (db *DB) Collect(ctx context.Context, c Collected) (Outcome, error) {
	out, err := db.collect(ctx, &c)
	if err != nil {
		return Outcome{}, fmt.Errorf("store what source %s brought: %w", c.Run.Source, err)
	}
	return out, nil
}

func (db *DB) collect(ctx context.Context, c *Collected) (Outcome, error) {
	incoming, problems, err := prepare(c)
	if err != nil {
		return Outcome{}, err
	}
	total := Outcome{Problems: problems, Unchanged: len(c.Known)}
	seen := map[int64]bool{} // what the source still has, by the store's number, beside what was left out
	facts, err := db.read().facts(ctx, c.Run.Source)
	if err != nil {
		return Outcome{}, err
	}
	looked, err := db.look(ctx, c, facts, incoming)
	if err != nil {
		return Outcome{}, err
	}
	var memory []packed
	if looked != nil {
		total.Passed = looked.passed
		incoming = looked.settle(incoming, seen, &total)
		memory = looked.memory
		if len(incoming) == 0 && looked.idle {
			total.Run = c.finished(total)
			return total, db.runs.record(ctx, db, &pendingRun{run: total.Run, state: c.State})
		}
	}

	for part := incoming; ; {
		n := min(chunk, len(part))
		last := n == len(part)
		var w *work
		err := db.write(ctx, func(ctx context.Context, s session) error {
			w = newWork(c, s)
			w.before, w.facts, w.memory = facts, facts, slices.Clip(memory)
			if looked != nil {
				w.facts, w.verdict, w.window = looked.facts, looked.verdict, looked.window
			}
			maps.Copy(w.seen, seen)
			return w.do(ctx, part[:n], last, total)
		})
		if err != nil {
			return Outcome{}, err
		}
		db.checkpoints.stored(n)
		total.add(w.out)
		seen, memory = w.seen, w.memory
		part = part[n:]
		switch {
		case w.more:
			c.Release = true // as was decided about the first part
		case last:
			total.Run = c.finished(total)
			return total, nil
		}
	}
}

func (o *Outcome) add(p Outcome) {
	o.New += p.New
	o.Returned += p.Returned
	o.Changed += p.Changed
	o.Refiled += p.Refiled
	o.Withdrawn += p.Withdrawn
	o.Unchanged += p.Unchanged
	o.Problems = append(o.Problems, p.Problems...)
	if p.Held != nil {
		o.Held = p.Held
	}
}

// finished returns the run with its counts.
func (c *Collected) finished(o Outcome) Run {
	r := c.Run
	r.New, r.Changed, r.Withdrawn = o.New+o.Returned, o.Changed, o.Withdrawn
	r.Unchanged = o.Unchanged + o.Refiled
	r.Problems = append(r.Problems[:len(r.Problems):len(r.Problems)], o.Problems...)
	if o.Passed != "" {
		r.Outcome = RunPartial
		r.Problems = append(r.Problems, o.Passed)
	}
	if o.Held != nil {
		r.Outcome = RunHeld
		r.Problems = append(r.Problems, o.Held.Reason)
	}
	return r
}

// look finds out, before a transaction, what a run changes; nil if it is not worth
// it. What it sees may be old by the time the run is stored, which then merely
// looks as if the run had come a moment earlier: an article that this source holds
// can't be withdrawn by another.
func (db *DB) look(ctx context.Context, c *Collected, facts facts, incoming []*incoming) (*work, error) {
	if !facts.visited && len(incoming) > 0 && len(c.Known) == 0 {
		return nil, nil // the first visit: most of it will be new
	}
	w := newWork(c, db.read())
	w.before, w.facts = facts, facts
	if err := w.resolve(ctx, incoming); err != nil {
		return nil, err
	}
	if err := w.resolveMove(ctx, incoming); err != nil {
		return nil, err
	}
	if w.overlaps() {
		return nil, ErrOverlap
	}
	if err := w.resolveRelaunch(ctx, incoming); err != nil {
		return nil, err
	}
	w.survey(incoming)
	if err := w.judge(ctx, incoming); err != nil {
		return nil, err
	}
	if err := w.lookThrough(ctx, incoming); err != nil {
		return nil, err
	}
	var err error
	if w.passed, err = w.passedBy(ctx, incoming); err != nil {
		return nil, err
	}
	w.rememberSettled(incoming)
	_, other := w.pack()
	w.idle = len(c.Gone)+len(c.GoneLinks) == 0 && !c.Release && !other && w.learned() == facts &&
		len(w.verdict.put)+len(w.verdict.drop)+len(w.window.put)+len(w.window.drop) == 0
	if c.Complete && w.idle {
		missing, _, err := w.missing(ctx)
		if err != nil {
			return nil, err
		}
		_, held, err := w.s.hold(ctx, c.Run.Source, HoldWithdrawals)
		if err != nil {
			return nil, err
		}
		w.idle = len(missing) == 0 && !held
	}
	return w, nil
}

// settle counts the articles that ask for nothing, and returns the others.
func (w *work) settle(incoming []*incoming, seen map[int64]bool, total *Outcome) (rest []*incoming) {
	for _, in := range incoming {
		if in.action() != nothing {
			rest = append(rest, in)
			continue
		}
		total.Unchanged++
		switch {
		case !in.duplicate:
			seen[in.known.id] = true
		case in.known.hash != erasedHash && !in.cutOff: // of an erased one nothing is said, its title least of all
			total.Problems = append(total.Problems, in.twice())
		}
	}
	return rest
}

// work is one transaction of a run.
type work struct {
	c   *Collected
	s   session
	out Outcome

	before, facts facts // before the run, and after it
	verdict       verdict
	window        window

	aliases map[aliasKey]alias
	tongues map[string][]string // the languages in which a key is known
	known   map[int64]*known
	recent  []int64             // what the source had of late; nil where nothing asked for it
	texts   map[textKey]int64   // likewise, by what it says
	titles  map[textKey][]int64 // likewise, whatever the link
	alive   map[string]bool     // sources that still collect
	seen    map[int64]bool
	passed  string   // that notices may have been missed; see passed.go
	idle    bool     // nothing is to be withdrawn or held; see look
	more    bool     // more is to be withdrawn than one transaction should
	memory  []packed // what is to be remembered of the parts so far

	stories map[string]*story
	joins   map[string]string // story key → story, as stored and as added
	records []*record
}

func newWork(c *Collected, s session) *work {
	w := &work{
		c: c, s: s,
		aliases: map[aliasKey]alias{}, tongues: map[string][]string{}, known: map[int64]*known{}, alive: map[string]bool{}, seen: map[int64]bool{},
		stories: map[string]*story{}, joins: map[string]string{},
	}
	for _, e := range c.leftOut() {
		w.seen[e.article] = true
	}
	return w
}

// do stores a part of the run; the last part brings withdrawals, state and run.
func (w *work) do(ctx context.Context, part []*incoming, last bool, before Outcome) error {
	if err := w.lockPublisher(ctx); err != nil {
		return err
	}
	if err := w.resolve(ctx, part); err != nil {
		return err
	}
	w.match(part)

	var gone []*known
	if last {
		if err := w.settleHolds(ctx); err != nil {
			return err
		}
		var err error
		if gone, err = w.withdrawals(ctx); err != nil {
			return err
		}
	}
	if err := w.loadStories(ctx, part, gone); err != nil {
		return err
	}
	for _, k := range gone {
		w.withdraw(k)
	}
	if err := w.name(ctx, part); err != nil {
		return err
	}
	if err := w.dateCorrections(ctx, part); err != nil {
		return err
	}
	for _, in := range part {
		w.decide(in)
	}
	if err := w.store(ctx, part, gone); err != nil {
		return err
	}
	for _, in := range part {
		if in.known == nil {
			w.seen[in.member.id] = true // or a later part would take it for missing
		}
	}
	w.remember(part)
	if err := w.log(ctx); err != nil {
		return err
	}
	if !last || w.more {
		return nil
	}
	before.add(w.out)
	if err := w.s.putRuns(ctx, []Run{w.c.finished(before)}); err != nil {
		return err
	}
	state := w.c.State
	if w.verdict.held { // it has to be read again
		state.ETag, state.LastModified, state.Digest = "", "", ""
	}
	if err := w.s.putStates(ctx, []SourceState{state}); err != nil {
		return err
	}
	if err := w.noteMissing(ctx); err != nil {
		return err
	}
	if err := w.storeMemory(ctx); err != nil {
		return err
	}
	return w.storeFacts(ctx, w.before)
}

// lockPublisher keeps other sources of the publisher from changing the same
// articles meanwhile.
func (w *work) lockPublisher(ctx context.Context) error {
	if w.s.pool.engine == SQLite {
		return nil // has one writer
	}
	publisher, err := w.publisher(ctx)
	if err != nil {
		return err
	}
	return w.s.lock(ctx, lockPublisher, publisher)
}

// publisher returns the publisher of the source; "" where nothing was ever stored of it.
func (w *work) publisher(ctx context.Context) (publisher string, err error) {
	if len(w.c.Articles) > 0 {
		return clean(w.c.Articles[0].Publisher), nil
	}
	_, err = w.s.one(ctx, []any{&publisher},
		`SELECT a.publisher FROM article_sources s JOIN articles a ON a.id = s.article WHERE s.source = $1 LIMIT 1`, w.c.Run.Source)
	return publisher, err
}
