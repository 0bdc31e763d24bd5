package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/internal/ledger"
)

// SourceState is what was learned about a source: how to ask it again, and when.
type SourceState struct {
	// ID is the source's id in the configuration.
	ID string
	// Address is the URL or path that the state was learned for. Where the
	// configuration names another one by now, the validators mean nothing.
	Address string
	// ETag and LastModified are the validators exactly as the server gave them;
	// Digest is that of the body, FinalURL where redirects led.
	ETag, LastModified, FinalURL, Digest string
	// NextDue is when to collect the source next; zero means at once. LastRun and
	// LastSuccess are zero if there was none.
	NextDue, LastRun, LastSuccess time.Time
	// Failures counts the failures since the last success.
	Failures int
	// Outcome is the last run's.
	Outcome string
	// Extra is the collector's own, opaque to the store; nil if there is none.
	Extra json.RawMessage
	// Seen is what its last visits showed, for who watches, opaque to the store; nil if there
	// is none.
	Seen json.RawMessage
	// LastNew is when a run last brought something new; zero if none did. It is the store's
	// own and never written from here.
	LastNew time.Time
	// Missing is how many of the source's articles have pages to be asked; see
	// [DB.Suspects]. It is the store's own and never written from here.
	Missing int
}

const stateColumns = `id, address, etag, last_modified, final_url, digest,
	next_due_ms, last_run_ms, last_success_ms, failures, outcome, extra, seen`

func scanState(rows *sql.Rows) (s SourceState, err error) {
	var due, run, success, arrived int64
	var extra, seen string
	err = rows.Scan(&s.ID, &s.Address, &s.ETag, &s.LastModified, &s.FinalURL, &s.Digest,
		&due, &run, &success, &s.Failures, &s.Outcome, &extra, &seen, &s.Missing, &arrived)
	s.NextDue, s.LastRun, s.LastSuccess = ledger.FromMillis(due), ledger.FromMillis(run), ledger.FromMillis(success)
	s.LastNew = ledger.FromMillis(arrived)
	if extra != "" {
		s.Extra = json.RawMessage(extra)
	}
	if seen != "" {
		s.Seen = json.RawMessage(seen)
	}
	return s, err
}

// SourceStates returns the state of every source that was ever collected, by id.
func (db *DB) SourceStates(ctx context.Context) (map[string]SourceState, error) {
	states := map[string]SourceState{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		s, err := scanState(rows)
		states[s.ID] = s
		return err
	}, `SELECT `+stateColumns+`, missing, last_new_ms FROM source_states`)
	if err != nil {
		return nil, fmt.Errorf("read the sources' states: %w", err)
	}
	return states, nil
}

// SourceState returns the state of one source, and false if it has none yet.
func (db *DB) SourceState(ctx context.Context, id string) (state SourceState, ok bool, err error) {
	err = db.read().each(ctx, func(rows *sql.Rows) (err error) {
		ok = true
		state, err = scanState(rows)
		return err
	}, `SELECT `+stateColumns+`, missing, last_new_ms FROM source_states WHERE id = $1`, id)
	if err != nil {
		return SourceState{}, false, fmt.Errorf("read the state of source %s: %w", id, err)
	}
	return state, ok, nil
}

// SetDue sets when sources are due, and nothing else of their states.
func (db *DB) SetDue(ctx context.Context, due map[string]time.Time) error {
	rows := make([][]any, 0, len(due))
	for _, id := range slices.Sorted(maps.Keys(due)) {
		rows = append(rows, stateRow(SourceState{ID: id, NextDue: due[id]}))
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO source_states (`+stateColumns+`)`, rows,
			`ON CONFLICT (id) DO UPDATE SET next_due_ms = excluded.next_due_ms`, nil)
	})
	if err != nil {
		return fmt.Errorf("set when %d sources are due: %w", len(due), err)
	}
	return nil
}

// MakeDue sets one time at which sources are due, as [DB.SetDue] does, but for sources that
// have no state.
func (db *DB) MakeDue(ctx context.Context, ids []string, at time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		_, err := s.exec(ctx, `UPDATE source_states SET next_due_ms = $2 WHERE id = ANY($1) AND next_due_ms <> $2`, ids, ledger.Millis(at))
		return err
	})
	if err != nil {
		return fmt.Errorf("set when %d sources are due: %w", len(ids), err)
	}
	return nil
}

// Delay moves the time when sources are due to a later one, and returns those that
// are due already.
func (db *DB) Delay(ctx context.Context, ids []string, until, now time.Time) (due []string, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		due = nil
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			due = append(due, id)
			return err
		}, `SELECT id FROM source_states WHERE id = ANY($1) AND next_due_ms <= $2 ORDER BY id`, ids, ledger.Millis(now)); err != nil {
			return err
		}
		_, err := s.exec(ctx, `UPDATE source_states SET next_due_ms = $2 WHERE id = ANY($1) AND next_due_ms < $2`, ids, ledger.Millis(until))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("delay %d sources: %w", len(ids), err)
	}
	return due, nil
}

// Forgive takes back one failure of each of these sources, which were not to blame,
// and sets when they are due.
func (db *DB) Forgive(ctx context.Context, ids []string, due time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		_, err := s.exec(ctx, `UPDATE source_states SET failures = failures - 1, next_due_ms = $2 WHERE id = ANY($1) AND failures > 0`, ids, ledger.Millis(due))
		return err
	})
	if err != nil {
		return fmt.Errorf("forgive %d sources: %w", len(ids), err)
	}
	return nil
}

// Resume forgets the failures of a source and makes it due, and tells whether it has
// a state.
func (db *DB) Resume(ctx context.Context, id string, now time.Time) (known bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `UPDATE source_states SET failures = 0, next_due_ms = $2 WHERE id = $1`, id, ledger.Millis(now))
		known = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("resume source %s: %w", id, err)
	}
	return known, nil
}

// unlessPaused is what must hold of a source that is due, at the time that follows it: it is
// not paused, or a person wants it visited all the same, which makes it due before all time;
// see [DB.MakeDue].
const unlessPaused = `(next_due_ms = 0 OR id NOT IN (SELECT source FROM pauses WHERE until_ms > `

// Due returns those of the sources that are due at a time, in the order in which
// they became so; a source without a state is due at once. No ids mean all sources
// that have a state, but for paused ones.
func (db *DB) Due(ctx context.Context, now time.Time, ids ...string) ([]string, error) {
	type source struct {
		id  string
		due int64
	}
	unknown := make(map[string]bool, len(ids))
	for _, id := range ids {
		unknown[id] = true
	}
	var due []source
	scan := func(rows *sql.Rows) error {
		var s source
		err := rows.Scan(&s.id, &s.due)
		delete(unknown, s.id)
		if s.due <= ledger.Millis(now) {
			due = append(due, s)
		}
		return err
	}
	var err error
	if len(ids) > 0 {
		err = db.read().each(ctx, scan, `SELECT id, next_due_ms FROM source_states WHERE id = ANY($1)`, ids)
	} else {
		err = db.read().each(ctx, scan, `SELECT id, next_due_ms FROM source_states WHERE next_due_ms <= $1 AND `+unlessPaused+`$1))`, ledger.Millis(now))
	}
	if err != nil {
		return nil, fmt.Errorf("read which sources are due: %w", err)
	}
	for id := range unknown {
		due = append(due, source{id: id})
	}
	slices.SortFunc(due, func(a, b source) int {
		if a.due != b.due {
			return int(min(max(a.due-b.due, -1), 1))
		}
		if a.id < b.id {
			return -1
		}
		return 1
	})
	sorted := make([]string, len(due))
	for i, s := range due {
		sorted[i] = s.id
	}
	return sorted, nil
}

// DueStates returns the states of those of the sources that are due at a time, in the order
// of [DB.Due]. Sources without a state are left out, and so are paused ones, unless they were made due
// before all time.
func (db *DB) DueStates(ctx context.Context, now time.Time, ids []string) ([]SourceState, error) {
	var due []SourceState
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		s, err := scanState(rows)
		due = append(due, s)
		return err
	}, `SELECT `+stateColumns+`, missing, last_new_ms FROM source_states WHERE id = ANY($1) AND next_due_ms <= $2 AND `+unlessPaused+`$2))`, ids, ledger.Millis(now))
	if err != nil {
		return nil, fmt.Errorf("read the states of the sources that are due: %w", err)
	}
	slices.SortFunc(due, func(a, b SourceState) int {
		return cmp.Or(a.NextDue.Compare(b.NextDue), strings.Compare(a.ID, b.ID))
	})
	return due, nil
}

func stateRow(s SourceState) []any {
	return []any{
		s.ID, ledger.Clean(s.Address), validator(s.ETag), validator(s.LastModified), ledger.Clean(s.FinalURL), s.Digest,
		ledger.Millis(s.NextDue), ledger.Millis(s.LastRun), ledger.Millis(s.LastSuccess), int64(s.Failures), s.Outcome, ledger.Clean(string(s.Extra)), ledger.Clean(string(s.Seen)),
	}
}

// validator drops a validator that could not be given back byte by byte; without
// one the next request is merely not conditional.
func validator(s string) string {
	if utf8.ValidString(s) && ledger.Clean(s) == s {
		return s
	}
	return ""
}

const replaceState = `ON CONFLICT (id) DO UPDATE SET address = excluded.address, etag = excluded.etag,
	last_modified = excluded.last_modified, final_url = excluded.final_url, digest = excluded.digest,
	next_due_ms = excluded.next_due_ms, last_run_ms = excluded.last_run_ms, last_success_ms = excluded.last_success_ms,
	failures = excluded.failures, outcome = excluded.outcome, extra = excluded.extra, seen = excluded.seen`

func (s session) putStates(ctx context.Context, states []SourceState) error {
	rows := make([][]any, 0, len(states))
	for _, state := range states {
		if state.ID != "" {
			rows = append(rows, stateRow(state))
		}
	}
	return s.insert(ctx, `INSERT INTO source_states (`+stateColumns+`)`, rows, replaceState, nil)
}

// putArrivals stores of the runs that brought something new when they did.
func (s session) putArrivals(ctx context.Context, runs []Run) error {
	for _, r := range runs {
		if r.New == 0 {
			continue
		}
		if _, err := s.exec(ctx, `UPDATE source_states SET last_new_ms = $2 WHERE id = $1 AND last_new_ms < $2`, r.Source, ledger.Millis(r.Started)); err != nil {
			return err
		}
	}
	return nil
}
