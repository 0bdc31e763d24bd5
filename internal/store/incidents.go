package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ledger"
)

// subjectText is a subject as a column holds it.
func subjectText(s flow.Subject) string { return string(s.Of) + " " + s.ID }

func subjectOf(text string) flow.Subject {
	of, id, _ := strings.Cut(text, " ")
	return flow.Subject{Of: flow.Part(of), ID: id}
}

// incidentBody is what is kept of an incident beside what is asked for by columns.
type incidentBody struct {
	flow.Finding
	Under *flow.Key `json:"under,omitempty"`
	Flaps int       `json:"flaps,omitempty"`
}

// Incidents returns those that are open, and those that were resolved since a time, the
// newest first.
func (db *DB) Incidents(ctx context.Context, resolvedSince time.Time) ([]flow.Incident, error) {
	return db.incidents(ctx, `WHERE resolved_ms = 0 OR resolved_ms >= $1 ORDER BY opened_ms DESC, id DESC`, ledger.Millis(resolvedSince))
}

// OpenIncidents returns those that are open, the newest first.
func (db *DB) OpenIncidents(ctx context.Context) ([]flow.Incident, error) {
	return db.incidents(ctx, `WHERE resolved_ms = 0 ORDER BY opened_ms DESC, id DESC`)
}

func (db *DB) incidents(ctx context.Context, which string, args ...any) ([]flow.Incident, error) {
	var all []flow.Incident
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var i flow.Incident
		var opened, seen, resolved int64
		var text, taken string
		if err := rows.Scan(&i.ID, &opened, &seen, &resolved, &text, &taken); err != nil {
			return err
		}
		var body incidentBody
		if err := json.Unmarshal([]byte(text), &body); err != nil {
			return fmt.Errorf("incident %d: %w", i.ID, err)
		}
		i.Finding, i.Under, i.Flaps = body.Finding, body.Under, body.Flaps
		if taken != "" {
			if err := json.Unmarshal([]byte(taken), &i.Taken); err != nil {
				return fmt.Errorf("incident %d: %w", i.ID, err)
			}
		}
		i.Opened, i.Seen, i.Resolved = ledger.FromMillis(opened), ledger.FromMillis(seen), ledger.FromMillis(resolved)
		all = append(all, i)
		return nil
	}, `SELECT id, opened_ms, seen_ms, resolved_ms, body, taken FROM incidents `+which, args...)
	if err != nil {
		return nil, fmt.Errorf("read the incidents: %w", err)
	}
	return all, nil
}

// PutIncidents stores what has become of incidents: those without an ID are new, of the
// others the finding, and when they were seen and resolved. What people said of them stays.
// An incident that another process has opened meanwhile is not opened again.
func (db *DB) PutIncidents(ctx context.Context, incidents []flow.Incident) error {
	if len(incidents) == 0 {
		return nil
	}
	var added [][]any
	bodies := make([]string, len(incidents))
	for n, i := range incidents {
		body, err := json.Marshal(incidentBody{i.Finding, i.Under, i.Flaps})
		if err != nil {
			return fmt.Errorf("store %s: %w", i.Kind, err)
		}
		bodies[n] = ledger.Clean(string(body))
		if i.ID == 0 {
			added = append(added, []any{string(i.Kind), subjectText(i.Subject), ledger.Millis(i.Opened), ledger.Millis(i.Seen), ledger.Millis(i.Resolved), bodies[n], ""})
		}
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		for n, i := range incidents {
			if i.ID == 0 {
				continue
			}
			if _, err := s.exec(ctx, `UPDATE incidents SET seen_ms = $2, resolved_ms = $3, body = $4 WHERE id = $1 AND resolved_ms = 0`,
				i.ID, ledger.Millis(i.Seen), ledger.Millis(i.Resolved), bodies[n]); err != nil {
				return err
			}
		}
		return s.insert(ctx, `INSERT INTO incidents (kind, subject, opened_ms, seen_ms, resolved_ms, body, taken)`, added,
			`ON CONFLICT (kind, subject) WHERE resolved_ms = 0 DO NOTHING`, nil)
	})
	if err != nil {
		return fmt.Errorf("store %d incidents: %w", len(incidents), err)
	}
	return nil
}

// TakeIncident stores that a person has taken an incident on, nil that nobody has, and tells
// whether it is open.
func (db *DB) TakeIncident(ctx context.Context, id int64, taken *flow.Taken) (open bool, err error) {
	text := ""
	if taken != nil {
		body, err := json.Marshal(taken)
		if err != nil {
			return false, fmt.Errorf("take incident %d: %w", id, err)
		}
		text = ledger.Clean(string(body))
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `UPDATE incidents SET taken = $2 WHERE id = $1 AND resolved_ms = 0`, id, text)
		open = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("take incident %d: %w", id, err)
	}
	return open, nil
}

// PruneIncidents deletes incidents that were resolved before a time, with what was told of
// them, and mutes that have ended.
func (db *DB) PruneIncidents(ctx context.Context, before, now time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		for _, text := range []string{
			`DELETE FROM tellings WHERE incident IN (SELECT id FROM incidents WHERE resolved_ms > 0 AND resolved_ms < $1)`,
			`DELETE FROM incidents WHERE resolved_ms > 0 AND resolved_ms < $1`,
		} {
			if _, err := s.exec(ctx, text, ledger.Millis(before)); err != nil {
				return err
			}
		}
		_, err := s.exec(ctx, `DELETE FROM mutes WHERE until_ms < $1`, ledger.Millis(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("delete old incidents: %w", err)
	}
	return nil
}

// Mutes returns the mutes that are in force at a time.
func (db *DB) Mutes(ctx context.Context, now time.Time) ([]flow.Mute, error) {
	var all []flow.Mute
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var m flow.Mute
		var kind, subject string
		var since, until int64
		err := rows.Scan(&kind, &subject, &m.By, &m.Reason, &since, &until)
		m.Key = flow.Key{Kind: flow.Kind(kind), Subject: subjectOf(subject)}
		m.Since, m.Until = ledger.FromMillis(since), ledger.FromMillis(until)
		all = append(all, m)
		return err
	}, `SELECT kind, subject, who, reason, since_ms, until_ms FROM mutes WHERE until_ms > $1 ORDER BY since_ms, kind, subject`, ledger.Millis(now))
	if err != nil {
		return nil, fmt.Errorf("read what is muted: %w", err)
	}
	return all, nil
}

// PutMute stores a mute in the place of one of the same kind and subject.
func (db *DB) PutMute(ctx context.Context, m flow.Mute) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO mutes (kind, subject, who, reason, since_ms, until_ms)`,
			[][]any{{string(m.Kind), subjectText(m.Subject), ledger.Clean(m.By), ledger.Clean(m.Reason), ledger.Millis(m.Since), ledger.Millis(m.Until)}},
			`ON CONFLICT (kind, subject) DO UPDATE SET who = excluded.who, reason = excluded.reason, since_ms = excluded.since_ms, until_ms = excluded.until_ms`, nil)
	})
	if err != nil {
		return fmt.Errorf("mute %s of %s: %w", m.Kind, m.Subject, err)
	}
	return nil
}

// DropMute ends a mute, and tells whether there was one.
func (db *DB) DropMute(ctx context.Context, key flow.Key) (muted bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `DELETE FROM mutes WHERE kind = $1 AND subject = $2`, string(key.Kind), subjectText(key.Subject))
		muted = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("end the mute of %s of %s: %w", key.Kind, key.Subject, err)
	}
	return muted, nil
}

// Telling is what a receiver is told of an incident.
type Telling struct {
	Receiver string
	Incident int64
	What     string // "opened" or "resolved"
	// Claimed is when a process was about to tell, Told when it had; zero if it has not.
	Claimed, Told time.Time
}

// Tellings returns what receivers were told of these incidents, or are about to be.
func (db *DB) Tellings(ctx context.Context, incidents []int64) ([]Telling, error) {
	var all []Telling
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var t Telling
		var claimed, told int64
		err := rows.Scan(&t.Receiver, &t.Incident, &t.What, &claimed, &told)
		t.Claimed, t.Told = ledger.FromMillis(claimed), ledger.FromMillis(told)
		all = append(all, t)
		return err
	}, `SELECT receiver, incident, what, claimed_ms, told_ms FROM tellings WHERE incident = ANY($1)`, incidents)
	if err != nil {
		return nil, fmt.Errorf("read what was told: %w", err)
	}
	return all, nil
}

// ClaimTellings claims what is to be told, and returns those that are this process's to tell:
// nobody has told them, and nobody has claimed them since stale.
func (db *DB) ClaimTellings(ctx context.Context, wanted []Telling, now, stale time.Time) (ours []Telling, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		ours = ours[:0]
		for _, t := range wanted {
			n, err := s.exec(ctx, `UPDATE tellings SET claimed_ms = $4 WHERE receiver = $1 AND incident = $2 AND what = $3 AND told_ms = 0 AND claimed_ms < $5`,
				t.Receiver, t.Incident, t.What, ledger.Millis(now), ledger.Millis(stale))
			if err != nil {
				return err
			}
			if n == 0 {
				if n, err = s.exec(ctx, `INSERT INTO tellings (receiver, incident, what, claimed_ms, told_ms) VALUES ($1, $2, $3, $4, 0)
					ON CONFLICT (receiver, incident, what) DO NOTHING`, t.Receiver, t.Incident, t.What, ledger.Millis(now)); err != nil {
					return err
				}
			}
			if n > 0 {
				t.Claimed = now
				ours = append(ours, t)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claim %d tellings: %w", len(wanted), err)
	}
	return ours, nil
}

// PutTold stores that receivers were told; where told is zero, that they could not be, so that
// it is tried again.
func (db *DB) PutTold(ctx context.Context, done []Telling, told time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		for _, t := range done {
			if _, err := s.exec(ctx, `UPDATE tellings SET told_ms = CAST($4 AS BIGINT), claimed_ms = CASE WHEN CAST($4 AS BIGINT) = 0 THEN 0 ELSE claimed_ms END WHERE receiver = $1 AND incident = $2 AND what = $3`,
				t.Receiver, t.Incident, t.What, ledger.Millis(told)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store what was told: %w", err)
	}
	return nil
}
