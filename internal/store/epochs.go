package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// epochLeap is to the next multiple of what the numbers of the log leap in a new epoch:
// beyond what the lost day can have given out.
const epochLeap = 1_000_000

// Epoch returns the life of the log; the zero value is the first.
func (r Reader) Epoch(ctx context.Context) (e feeds.Epoch, err error) {
	if _, err = r.s.one(ctx, []any{&e.Name, &e.Former, &e.From, &e.Since},
		`SELECT name, former, from_seq, since_seq FROM epochs ORDER BY name DESC LIMIT 1`); err != nil {
		return feeds.Epoch{}, fmt.Errorf("read the epoch of the log: %w", err)
	}
	return e, nil
}

// OpenedEpoch is an epoch with what people want to know of it.
type OpenedEpoch struct {
	feeds.Epoch
	Opened time.Time
	// Who opened it, and why.
	Who, Reason string
}

// Epochs returns all but the first, the newest first.
func (r Reader) Epochs(ctx context.Context) (all []OpenedEpoch, err error) {
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var e OpenedEpoch
		var opened int64
		err := rows.Scan(&e.Name, &e.Former, &e.From, &e.Since, &opened, &e.Who, &e.Reason)
		e.Opened = ledger.FromMillis(opened)
		all = append(all, e)
		return err
	}, `SELECT name, former, from_seq, since_seq, opened_ms, who, reason FROM epochs ORDER BY name DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the epochs of the log: %w", err)
	}
	return all, nil
}

// lastNumber returns the number after which the next record of the log stands.
func (s session) lastNumber(ctx context.Context) (last int64, err error) {
	_, err = s.one(ctx, []any{&last}, `SELECT coalesce(max(ends.n), 0) FROM (SELECT max(seq) AS n FROM log UNION ALL SELECT max(since_seq) FROM epochs) ends`)
	return last, err
}

// EpochOpening is what there is to say of an epoch that is to be opened.
type EpochOpening struct {
	// Who opens it, and why: a reason must be given.
	Who, Reason string
	// From is the last record that was there before the database was restored, where the log
	// has gone on since; [WholeLog] for the end of the log, or what [DB.NoteRestore] noted.
	From int64
	// Seen is the furthest that anybody saw of the log; zero if that is not known.
	Seen LogEnd
	Now  time.Time
}

// WholeLog says that all of a log still stands.
const WholeLog = -1

// OpenEpoch opens a new life of the log, as a database needs that was restored: numbers leap,
// and every channel has a new state in it.
func (db *DB) OpenEpoch(ctx context.Context, o EpochOpening) (e feeds.Epoch, err error) {
	if strings.TrimSpace(o.Reason) == "" {
		return e, errors.New("open an epoch: no reason is given")
	}
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		e, err = s.openEpoch(ctx, o)
		return err
	})
	if err != nil {
		return feeds.Epoch{}, fmt.Errorf("open an epoch: %w", err)
	}
	return e, nil
}

func (s session) openEpoch(ctx context.Context, o EpochOpening) (feeds.Epoch, error) {
	if err := s.lock(ctx, lockLog, ""); err != nil {
		return feeds.Epoch{}, err
	}
	former, err := Reader{s}.Epoch(ctx)
	if err != nil {
		return feeds.Epoch{}, err
	}
	end, err := Reader{s}.LastSeq(ctx)
	if err != nil {
		return feeds.Epoch{}, err
	}
	last, err := s.lastNumber(ctx)
	if err != nil {
		return feeds.Epoch{}, err
	}
	found, restored, err := Reader{s}.RestoreFound(ctx)
	if err != nil {
		return feeds.Epoch{}, err
	}
	from := end
	if restored {
		from = min(from, found.End)
		o.Seen = o.Seen.Further(found.Seen)
	}
	if o.From >= 0 {
		from = min(end, o.From)
	}
	e := feeds.Epoch{
		Name: max(o.Now.Unix(), former.Name+1, o.Seen.Epoch+1), Former: former.Name, From: from,
		Since: (max(last, o.Seen.Seq)/epochLeap + 1) * epochLeap,
	}
	if err := s.insert(ctx, `INSERT INTO epochs (name, former, from_seq, since_seq, opened_ms, who, reason)`,
		[][]any{{e.Name, e.Former, e.From, e.Since, ledger.Millis(o.Now), ledger.Clean(o.Who), ledger.Clean(o.Reason)}}, ``, nil); err != nil {
		return feeds.Epoch{}, err
	}
	if _, err := s.exec(ctx, `DELETE FROM meta WHERE key = $1`, restoreKey); err != nil {
		return feeds.Epoch{}, err
	}
	return e, s.renew(ctx, o.Now)
}

// renew gives every channel a new state, and every document a new date.
func (s session) renew(ctx context.Context, now time.Time) error {
	if err := s.lock(ctx, lockRevisions, ""); err != nil {
		return err
	}
	words, err := s.adopted(ctx)
	if err != nil {
		return err
	}
	if words.Adopted != 0 {
		if err := s.adopt(ctx, words.Digest, now); err != nil {
			return err
		}
	}
	states, err := Reader{s}.Channels(ctx)
	if err != nil {
		return err
	}
	for channel, state := range states {
		if _, err := s.raise(ctx, raise{channel: channel, seq: state.Seq, past: true, entries: -1, now: now}); err != nil {
			return err
		}
	}
	return nil
}

// restoreKey is where the store keeps that it was restored, until an epoch is opened.
const restoreKey = "restore.found"

// Restore is what was found out of a database that was restored, which nobody told.
type Restore struct {
	Found time.Time `json:"found"`
	// End is where the log ended when that was found: what stood there before the restore is
	// below it.
	End int64 `json:"end"`
	// Seen is what was seen of the log before.
	Seen LogEnd `json:"seen"`
}

// RestoreFound returns what [DB.NoteRestore] noted, and false if that is nothing, or if an
// epoch was opened since.
func (r Reader) RestoreFound(ctx context.Context) (found Restore, ok bool, err error) {
	text, err := r.Meta(ctx, restoreKey)
	if err != nil || text == "" {
		return Restore{}, false, err
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return Restore{}, false, fmt.Errorf("read what was found of a restore: %w", err)
	}
	return found, true, nil
}

// NoteRestore keeps that the database was found to have been restored. What was found first
// stays, but for what was seen further.
func (db *DB) NoteRestore(ctx context.Context, found Restore) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		before, ok, err := Reader{s}.RestoreFound(ctx)
		if err != nil {
			return err
		}
		if ok {
			found.Found, found.End, found.Seen = before.Found, min(before.End, found.End), before.Seen.Further(found.Seen)
		}
		text, err := json.Marshal(found)
		if err != nil {
			return err
		}
		return s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{restoreKey, string(text)}},
			`ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
	})
	if err != nil {
		return fmt.Errorf("note that the database was restored: %w", err)
	}
	return nil
}
