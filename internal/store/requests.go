package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

// Request is what one process asks of all.
type Request struct {
	ID   int64 // the store's
	Time time.Time
	Who  string
	What string // "reload" or "remap"
	// Answers are those of the processes that have seen it, by their ids. It is filled by
	// [DB.Requests] alone.
	Answers []Answer
}

// Answer is what became of a request in a process.
type Answer struct {
	Process string
	Time    time.Time
	// Failure is why it could not be done; "" where it was.
	Failure string
}

// requestsKept is how long requests are kept.
const requestsKept = 30 * 24 * time.Hour

// PutRequest asks something of all processes, and forgets what was asked long ago.
func (db *DB) PutRequest(ctx context.Context, r Request) (id int64, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		old := ledger.Millis(r.Time.Add(-requestsKept))
		for _, text := range []string{
			`DELETE FROM answers WHERE request IN (SELECT id FROM requests WHERE time_ms < $1)`,
			`DELETE FROM requests WHERE time_ms < $1`,
		} {
			if _, err := s.exec(ctx, text, old); err != nil {
				return err
			}
		}
		return s.insert(ctx, `INSERT INTO requests (time_ms, who, what)`, [][]any{{ledger.Millis(r.Time), ledger.Clean(r.Who), r.What}}, `RETURNING id`,
			func(rows *sql.Rows) error { return rows.Scan(&id) })
	})
	if err != nil {
		return 0, fmt.Errorf("ask all processes to %s: %w", r.What, err)
	}
	return id, nil
}

// PutAnswer stores what became of a request in a process.
func (db *DB) PutAnswer(ctx context.Context, request int64, a Answer) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO answers (request, process, time_ms, failure)`,
			[][]any{{request, a.Process, ledger.Millis(a.Time), ledger.Clean(a.Failure)}},
			`ON CONFLICT (request, process) DO UPDATE SET time_ms = excluded.time_ms, failure = excluded.failure`, nil)
	})
	if err != nil {
		return fmt.Errorf("answer request %d: %w", request, err)
	}
	return nil
}

// Unanswered returns the requests since a time that a process has not answered, the oldest
// first.
func (db *DB) Unanswered(ctx context.Context, process string, since time.Time) ([]Request, error) {
	var all []Request
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var r Request
		var at int64
		err := rows.Scan(&r.ID, &at, &r.Who, &r.What)
		r.Time = ledger.FromMillis(at)
		all = append(all, r)
		return err
	}, `SELECT id, time_ms, who, what FROM requests WHERE time_ms >= $2
		AND NOT EXISTS (SELECT 1 FROM answers WHERE answers.request = requests.id AND answers.process = $1) ORDER BY id`, process, ledger.Millis(since))
	if err != nil {
		return nil, fmt.Errorf("read what is asked of process %s: %w", process, err)
	}
	return all, nil
}

// Requests returns so many of the newest requests, the newest first, with their answers.
func (db *DB) Requests(ctx context.Context, limit int) ([]Request, error) {
	var all []Request
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var id, asked, answered int64
		var who, what, process, failure string
		if err := rows.Scan(&id, &asked, &who, &what, &process, &answered, &failure); err != nil {
			return err
		}
		if n := len(all); n == 0 || all[n-1].ID != id {
			all = append(all, Request{ID: id, Time: ledger.FromMillis(asked), Who: who, What: what})
		}
		if process != "" {
			r := &all[len(all)-1]
			r.Answers = append(r.Answers, Answer{process, ledger.FromMillis(answered), failure})
		}
		return nil
	}, `SELECT r.id, r.time_ms, r.who, r.what, coalesce(a.process, ''), coalesce(a.time_ms, 0), coalesce(a.failure, '')
		FROM (SELECT id, time_ms, who, what FROM requests ORDER BY id DESC LIMIT $1) r LEFT JOIN answers a ON a.request = r.id
		ORDER BY r.id DESC, a.process`, limit)
	if err != nil {
		return nil, fmt.Errorf("read what was asked of all processes: %w", err)
	}
	return all, nil
}
