package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

// The outcomes of a run.
const (
	RunOK        = "ok"
	RunUnchanged = "unchanged" // the source said or showed that nothing is new
	RunFailed    = "failed"
	RunPartial   = "partial" // what could be read was stored, and is not all: it failed, or notices may have been missed
	RunHeld      = "held"    // a part of it waits for a person; see [Hold]
	RunSkipped   = "skipped" // nobody asked, or nobody could: the source is not to blame
)

// Run is one visit to a source.
type Run struct {
	// ID counts runs; the store sets it.
	ID      int64
	Source  string
	Started time.Time
	// Took is stored in milliseconds.
	Took    time.Duration
	Outcome string
	// Status is the HTTP status, 0 if there was none; Bytes is what went over the
	// wire.
	Status int
	Bytes  int64
	// New counts articles that were stored or came back, Changed new revisions.
	New, Changed, Withdrawn, Unchanged int
	Error                              string
	// Problems are what was wrong with the document, for operators.
	Problems []string

	// Visit names the visit in logs and traces, as a W3C traceparent; "" for none. It is
	// stored with the channels that the run marks ([feeds.Raised]), and not with the run.
	Visit string
	// FirstSeq and LastSeq are the first and the last record that the run added to the
	// log; 0 if it added none. Where it took several transactions, records of others may
	// stand between. They are not stored with the run.
	FirstSeq, LastSeq int64
}

const runColumns = `source, started_ms, took_ms, outcome, status, bytes, added, changed, withdrawn, unchanged, error, problems`

func runRow(r Run) []any {
	return []any{r.Source, ledger.Millis(r.Started), r.Took.Milliseconds(), r.Outcome, int64(r.Status), r.Bytes,
		int64(r.New), int64(r.Changed), int64(r.Withdrawn), int64(r.Unchanged), ledger.Clean(r.Error), ledger.List(r.Problems)}
}

func scanRun(rows *sql.Rows) (r Run, err error) {
	var started, took int64
	var problems string
	if err := rows.Scan(&r.ID, &r.Source, &started, &took, &r.Outcome, &r.Status, &r.Bytes,
		&r.New, &r.Changed, &r.Withdrawn, &r.Unchanged, &r.Error, &problems); err != nil {
		return r, err
	}
	r.Started, r.Took = ledger.FromMillis(started), time.Duration(took)*time.Millisecond
	r.Problems, err = ledger.Unlist[string](problems)
	return r, err
}

func (s session) putRuns(ctx context.Context, runs []Run) error {
	rows := make([][]any, len(runs))
	for i, r := range runs {
		rows[i] = runRow(r)
	}
	return s.insert(ctx, `INSERT INTO runs (`+runColumns+`)`, rows, ``, nil)
}

// Visited is a run that brought no articles, and the source's state after it. A state
// without an ID leaves the state as it was.
type Visited struct {
	Run   Run
	State SourceState
}

// RecordRun stores a run that brought no articles, and the source's state after it; see
// [DB.RecordRuns].
func (db *DB) RecordRun(ctx context.Context, run Run, state SourceState) error {
	return db.RecordRuns(ctx, []Visited{{run, state}})
}

// RecordRuns stores runs that brought no articles, and the sources' states after them, all
// or none. Runs that are recorded at the same time share a transaction.
func (db *DB) RecordRuns(ctx context.Context, visited []Visited) error {
	if len(visited) == 0 {
		return nil
	}
	if err := db.runs.record(ctx, db, visited); err != nil {
		return fmt.Errorf("record a run of source %s: %w", visited[0].Run.Source, err)
	}
	return nil
}

// runQueue gathers the runs that wait for a transaction. Who finds none under way
// leads: it stores what waits, then hands the lead to the first that came meanwhile.
type runQueue struct {
	mu      sync.Mutex
	leading bool
	waiting []*pendingRuns
}

type pendingRuns struct {
	visited []Visited
	done    chan error    // the outcome
	lead    chan struct{} // closed when this one has to lead
}

func (q *runQueue) record(ctx context.Context, db *DB, visited []Visited) error {
	p := &pendingRuns{visited, make(chan error, 1), make(chan struct{})}
	q.mu.Lock()
	q.waiting = append(q.waiting, p)
	if !q.leading {
		q.leading = true
		close(p.lead)
	}
	q.mu.Unlock()

	select {
	case err := <-p.done:
		return err
	case <-p.lead:
	}
	q.mu.Lock()
	batch := q.waiting
	q.waiting = nil
	q.mu.Unlock()

	db.recordRuns(ctx, batch)

	q.mu.Lock()
	if len(q.waiting) > 0 {
		close(q.waiting[0].lead)
	} else {
		q.leading = false
	}
	q.mu.Unlock()
	return <-p.done
}

// recordRuns stores a batch at once; if that fails, what each has brought by itself, so
// that one can't take the others with it.
func (db *DB) recordRuns(ctx context.Context, batch []*pendingRuns) {
	ctx = context.WithoutCancel(ctx) // the others' work must not end with the leader's
	var all []Visited
	for _, p := range batch {
		all = append(all, p.visited...)
	}
	err := db.writeRuns(ctx, all)
	for _, p := range batch {
		if err != nil && len(batch) > 1 {
			p.done <- db.writeRuns(ctx, p.visited)
		} else {
			p.done <- err
		}
	}
}

func (db *DB) writeRuns(ctx context.Context, visited []Visited) error {
	runs := make([]Run, 0, len(visited))
	last := make(map[string]int, len(visited)) // a row can't be replaced twice by one statement
	states := make([]SourceState, 0, len(visited))
	for _, v := range visited {
		runs = append(runs, v.Run)
		if i, ok := last[v.State.ID]; ok {
			states[i] = v.State
			continue
		}
		last[v.State.ID] = len(states)
		states = append(states, v.State)
	}
	return db.write(ctx, func(ctx context.Context, s session) error {
		if err := s.putRuns(ctx, runs); err != nil {
			return err
		}
		if err := s.putStates(ctx, states); err != nil {
			return err
		}
		return s.putArrivals(ctx, runs)
	})
}

// Runs returns the newest runs of a source, or of all sources where it is "".
func (db *DB) Runs(ctx context.Context, source string, limit int) ([]Run, error) {
	var runs []Run
	scan := func(rows *sql.Rows) error {
		r, err := scanRun(rows)
		runs = append(runs, r)
		return err
	}
	var err error
	if source == "" {
		err = db.read().each(ctx, scan, `SELECT id, `+runColumns+` FROM runs ORDER BY id DESC LIMIT $1`, limit)
	} else {
		err = db.read().each(ctx, scan, `SELECT id, `+runColumns+` FROM runs WHERE source = $1 ORDER BY id DESC LIMIT $2`, source, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("read the runs of source %q: %w", source, err)
	}
	return runs, nil
}

// LastRuns returns the newest run of each source that has a state, by source.
func (db *DB) LastRuns(ctx context.Context) (map[string]Run, error) {
	runs := map[string]Run{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		r, err := scanRun(rows)
		runs[r.Source] = r
		return err
	}, `SELECT id, `+runColumns+` FROM runs WHERE id IN
		(SELECT (SELECT max(r.id) FROM runs r WHERE r.source = s.id) FROM source_states s)`)
	if err != nil {
		return nil, fmt.Errorf("read the last runs: %w", err)
	}
	return runs, nil
}

// LastRunIDs returns the number of the newest run of each of these sources, by source;
// 0 for one that has a state and no run.
func (db *DB) LastRunIDs(ctx context.Context, sources []string) (map[string]int64, error) {
	ids := make(map[string]int64, len(sources))
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var source string
		var id int64
		err := rows.Scan(&source, &id)
		ids[source] = id
		return err
	}, `SELECT id, COALESCE((SELECT max(r.id) FROM runs r WHERE r.source = s.id), 0) FROM source_states s WHERE id = ANY($1)`, sources)
	if err != nil {
		return nil, fmt.Errorf("read the numbers of the last runs: %w", err)
	}
	return ids, nil
}

// LastReadings returns the newest run of each source that read a document, or that
// says what is wrong with it, by source: where the visits after it found nothing new,
// it still says how the source is.
func (db *DB) LastReadings(ctx context.Context) (map[string]Run, error) {
	runs := map[string]Run{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		r, err := scanRun(rows)
		runs[r.Source] = r
		return err
	}, `SELECT id, `+runColumns+` FROM runs WHERE id IN
		(SELECT (SELECT r.id FROM runs r WHERE r.source = s.id AND (r.outcome IN ($1, $2, $3) OR r.problems <> '[]')
			ORDER BY r.id DESC LIMIT 1) FROM source_states s)`, RunOK, RunPartial, RunHeld)
	if err != nil {
		return nil, fmt.Errorf("read the last runs that read a document: %w", err)
	}
	return runs, nil
}

// Prune deletes runs that started before a time, in transactions of at most batch
// rows (0 means 1,000), and returns how many it deleted.
func (db *DB) Prune(ctx context.Context, before time.Time, batch int) (deleted int64, err error) {
	if batch <= 0 {
		batch = 1000
	}
	for {
		var n int64
		err := db.write(ctx, func(ctx context.Context, s session) (err error) {
			// Runs are stored about in the order in which they start; so the oldest
			// rows tell whether any is left.
			n, err = s.exec(ctx, `DELETE FROM runs WHERE id IN (SELECT id FROM
				(SELECT id, started_ms FROM runs ORDER BY id LIMIT $1) oldest WHERE started_ms < $2)`, batch, ledger.Millis(before))
			return err
		})
		if err != nil {
			return deleted, fmt.Errorf("delete runs before %s: %w", before.UTC().Format(time.DateOnly), err)
		}
		if deleted += n; n == 0 {
			return deleted, nil
		}
	}
}
