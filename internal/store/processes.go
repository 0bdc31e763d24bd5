package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ledger"
)

const processColumns = `id, role, host, pid, version, plan, started_ms, beat_ms, stopped_ms, facts`

// Beat stores that a process lives, or that it ends.
func (db *DB) Beat(ctx context.Context, p flow.Process) error {
	facts, err := json.Marshal(p.Facts)
	if err != nil {
		return fmt.Errorf("store that process %s lives: %w", p.ID, err)
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO processes (`+processColumns+`)`,
			[][]any{{p.ID, p.Role, ledger.Clean(p.Host), int64(p.PID), p.Version, p.Plan, ledger.Millis(p.Started), ledger.Millis(p.Beat), ledger.Millis(p.Stopped), ledger.Clean(string(facts))}},
			`ON CONFLICT (id) DO UPDATE SET version = excluded.version, plan = excluded.plan, beat_ms = excluded.beat_ms,
				stopped_ms = excluded.stopped_ms, facts = excluded.facts`, nil)
	})
	if err != nil {
		return fmt.Errorf("store that process %s lives: %w", p.ID, err)
	}
	return nil
}

// Processes returns the processes that wrote of themselves since a time, the oldest first.
func (db *DB) Processes(ctx context.Context, since time.Time) ([]flow.Process, error) {
	var all []flow.Process
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var p flow.Process
		var started, beat, stopped int64
		var facts string
		if err := rows.Scan(&p.ID, &p.Role, &p.Host, &p.PID, &p.Version, &p.Plan, &started, &beat, &stopped, &facts); err != nil {
			return err
		}
		p.Started, p.Beat, p.Stopped = ledger.FromMillis(started), ledger.FromMillis(beat), ledger.FromMillis(stopped)
		if err := json.Unmarshal([]byte(facts), &p.Facts); err != nil {
			return fmt.Errorf("facts of process %s: %w", p.ID, err)
		}
		all = append(all, p)
		return nil
	}, `SELECT `+processColumns+` FROM processes WHERE beat_ms >= $1 ORDER BY started_ms, id`, ledger.Millis(since))
	if err != nil {
		return nil, fmt.Errorf("read the processes: %w", err)
	}
	return all, nil
}

// PruneProcesses deletes processes that wrote of themselves last before a time.
func (db *DB) PruneProcesses(ctx context.Context, before time.Time) error {
	return db.change(ctx, "delete processes that are gone", `DELETE FROM processes WHERE beat_ms < $1`, ledger.Millis(before))
}

// Hold takes, or renews, the term of something that one process at a time does for all, and
// tells whether it is the holder's now. A term that would end much later than one that began
// now was taken by a clock that was ahead, and is over.
func (db *DB) Hold(ctx context.Context, name, holder string, now time.Time, term time.Duration) (held bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `UPDATE terms SET holder = $2, until_ms = $3 WHERE name = $1 AND (holder = $2 OR until_ms < $4 OR until_ms > $5)`,
			name, holder, ledger.Millis(now.Add(term)), ledger.Millis(now), ledger.Millis(now.Add(max(2*term, time.Minute))))
		if held = n > 0; held || err != nil {
			return err
		}
		if err := s.insert(ctx, `INSERT INTO terms (name, holder, until_ms)`, [][]any{{name, holder, ledger.Millis(now.Add(term))}},
			`ON CONFLICT (name) DO NOTHING`, nil); err != nil {
			return err
		}
		var by string
		_, err = s.one(ctx, []any{&by}, `SELECT holder FROM terms WHERE name = $1`, name)
		held = by == holder
		return err
	})
	if err != nil {
		return false, fmt.Errorf("hold the term of %s: %w", name, err)
	}
	return held, nil
}

// Holder returns who has the term of something, and until when; "" if nobody ever had.
func (db *DB) Holder(ctx context.Context, name string) (holder string, until time.Time, err error) {
	var ms int64
	if _, err := db.read().one(ctx, []any{&holder, &ms}, `SELECT holder, until_ms FROM terms WHERE name = $1`, name); err != nil {
		return "", time.Time{}, fmt.Errorf("read who has the term of %s: %w", name, err)
	}
	return holder, ledger.FromMillis(ms), nil
}

// Drop ends a term before its time, if it is the holder's.
func (db *DB) Drop(ctx context.Context, name, holder string) error {
	return db.change(ctx, "end the term of "+name, `DELETE FROM terms WHERE name = $1 AND holder = $2`, name, holder)
}

// change runs one statement that writes; what is said of it where it fails.
func (db *DB) change(ctx context.Context, what, text string, args ...any) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		_, err := s.exec(ctx, text, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
