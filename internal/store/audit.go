package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Deed is something that a person did, or tried to.
type Deed struct {
	ID   int64 // the store's
	Time time.Time
	// Who did it, by which way ("page", "api", "command", "queue"), and from which address.
	Who, Way, Origin string
	// Action is what was done, such as "pause", to what, and with what.
	Action, Subject, Detail string
	// Failure is why it could not be done; "" if it was.
	Failure string
}

// PutDeed adds a deed to the audit log.
func (db *DB) PutDeed(ctx context.Context, d Deed) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO audit (time_ms, who, way, origin, action, subject, detail, failure)`,
			[][]any{{ledger.Millis(d.Time), ledger.Clean(d.Who), d.Way, ledger.Clean(d.Origin), d.Action, ledger.Clean(d.Subject), ledger.Clean(d.Detail), ledger.Clean(d.Failure)}}, ``, nil)
	})
	if err != nil {
		return fmt.Errorf("record in the audit log that %s did %s: %w", d.Who, d.Action, err)
	}
	return nil
}

// Deeds returns so many of the deeds before one, the newest first; 0 is no bound from above.
func (db *DB) Deeds(ctx context.Context, before int64, limit int) ([]Deed, error) {
	var all []Deed
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var d Deed
		var at int64
		err := rows.Scan(&d.ID, &at, &d.Who, &d.Way, &d.Origin, &d.Action, &d.Subject, &d.Detail, &d.Failure)
		d.Time = ledger.FromMillis(at)
		all = append(all, d)
		return err
	}, `SELECT id, time_ms, who, way, origin, action, subject, detail, failure FROM audit WHERE CAST($1 AS BIGINT) = 0 OR id < CAST($1 AS BIGINT) ORDER BY id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	return all, nil
}

// PruneDeeds deletes deeds before a time.
func (db *DB) PruneDeeds(ctx context.Context, before time.Time) error {
	return db.change(ctx, "delete old deeds", `DELETE FROM audit WHERE time_ms < $1`, ledger.Millis(before))
}

// Pauses returns the pauses that are in force at a time, by source.
func (db *DB) Pauses(ctx context.Context, now time.Time) (map[string]flow.Pause, error) {
	all := map[string]flow.Pause{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var p flow.Pause
		var source string
		var since, until int64
		err := rows.Scan(&source, &p.By, &p.Reason, &since, &until)
		p.Since, p.Until = ledger.FromMillis(since), ledger.FromMillis(until)
		all[source] = p
		return err
	}, `SELECT source, who, reason, since_ms, until_ms FROM pauses WHERE until_ms > $1`, ledger.Millis(now))
	if err != nil {
		return nil, fmt.Errorf("read which sources are paused: %w", err)
	}
	return all, nil
}

// PutPause pauses a source, in the place of another pause.
func (db *DB) PutPause(ctx context.Context, source string, p flow.Pause) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO pauses (source, who, reason, since_ms, until_ms)`,
			[][]any{{source, ledger.Clean(p.By), ledger.Clean(p.Reason), ledger.Millis(p.Since), ledger.Millis(p.Until)}},
			`ON CONFLICT (source) DO UPDATE SET who = excluded.who, reason = excluded.reason, since_ms = excluded.since_ms, until_ms = excluded.until_ms`, nil)
	})
	if err != nil {
		return fmt.Errorf("pause source %s: %w", source, err)
	}
	return nil
}

// DropPause ends a pause, which makes the source due, and tells whether there was one.
func (db *DB) DropPause(ctx context.Context, source string) (paused bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `DELETE FROM pauses WHERE source = $1`, source)
		if paused = n > 0; !paused || err != nil {
			return err
		}
		_, err = s.exec(ctx, `UPDATE source_states SET next_due_ms = $2 WHERE id = $1 AND next_due_ms > $2`, source, ledger.Millis(time.Now()))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("end the pause of source %s: %w", source, err)
	}
	return paused, nil
}
