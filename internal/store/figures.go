package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// mostDelay is how long after its date an article may be stored for the difference to say how
// quick we are: what is older was there before its source was ours.
const mostDelay = 7 * 24 * time.Hour

// Delays returns how long after their own dates articles were stored that came as new with
// the records from one to another. Left out are dates that are none of a moment: what has
// none was first seen when it was stored, and a full half hour is mostly a midnight somewhere,
// that is a day.
func (db *DB) Delays(ctx context.Context, first, last int64) ([]time.Duration, error) {
	var all []time.Duration
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var ms int64
		err := rows.Scan(&ms)
		all = append(all, time.Duration(ms)*time.Millisecond)
		return err
	}, `SELECT a.first_seen_ms - a.published_ms FROM log l JOIN articles a ON a.id = l.article
		WHERE l.seq BETWEEN $1 AND $2 AND l.reason = 'new' AND a.published_ms % 1800000 <> 0
		AND a.first_seen_ms > a.published_ms AND a.first_seen_ms - a.published_ms <= $3`, first, last, mostDelay.Milliseconds())
	if err != nil {
		return nil, fmt.Errorf("read how old what is new was: %w", err)
	}
	return all, nil
}

// mostStored bounds how many records [DB.StoredAt] looks at.
const mostStored = 1000

// StoredAt returns when the records of the log were stored from one, that excluded, to
// another: of a thousand at most, the newest.
func (db *DB) StoredAt(ctx context.Context, after, last int64) ([]time.Time, error) {
	var all []time.Time
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var ms int64
		err := rows.Scan(&ms)
		all = append(all, ledger.FromMillis(ms))
		return err
	}, `SELECT time_ms FROM log WHERE seq > $1 AND seq <= $2 ORDER BY seq DESC LIMIT $3`, after, last, int64(mostStored))
	if err != nil {
		return nil, fmt.Errorf("read when records were stored: %w", err)
	}
	return all, nil
}

// ChangedSince returns since when a channel has had a change that is not published; zero for
// none.
func (db *DB) ChangedSince(ctx context.Context, channel feeds.Channel) (time.Time, error) {
	var ms int64
	if _, err := db.read().one(ctx, []any{&ms}, `SELECT first_changed_ms FROM marks WHERE channel = $1 AND counter <> published`, channel.String()); err != nil {
		return time.Time{}, fmt.Errorf("read since when channel %s waits: %w", channel, err)
	}
	return ledger.FromMillis(ms), nil
}
