package store

import (
	"context"
	"database/sql"
	"fmt"
)

// ReaderDay is how a reader program asked for a channel's feed.
type ReaderDay struct {
	Channel, Format, Reader string
	Day                     int64 // since 1970 UTC
	Requests                int64
	// Subscribers is the most that the program told that it reads for, 0 for none told.
	Subscribers int64
	// Clients is about how many clients asked of a program that tells no subscribers.
	Clients int64
}

// AddReaderDays adds what was counted since the last time, of requests and clients, and
// keeps the greater number of subscribers. No two may be of one channel, format, reader
// and day.
func (db *DB) AddReaderDays(ctx context.Context, counted []ReaderDay) error {
	if len(counted) == 0 {
		return nil
	}
	rows := make([][]any, len(counted))
	for i, c := range counted {
		rows[i] = []any{c.Channel, c.Format, c.Reader, c.Day, c.Requests, c.Subscribers, c.Clients}
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO channel_days (channel, format, reader, day, requests, subscribers, clients)`, rows,
			`ON CONFLICT (channel, format, reader, day) DO UPDATE SET
				requests = channel_days.requests + excluded.requests, clients = channel_days.clients + excluded.clients,
				subscribers = CASE WHEN excluded.subscribers > channel_days.subscribers THEN excluded.subscribers ELSE channel_days.subscribers END`, nil)
	})
	if err != nil {
		return fmt.Errorf("store who reads %d feeds: %w", len(counted), err)
	}
	return nil
}

// ReaderDays sums up who reads each feed since a UTC day: of requests the sum, of
// subscribers and clients the most of any day. Day is the newest.
func (db *DB) ReaderDays(ctx context.Context, since int64) ([]ReaderDay, error) {
	var all []ReaderDay
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var d ReaderDay
		err := rows.Scan(&d.Channel, &d.Format, &d.Reader, &d.Day, &d.Requests, &d.Subscribers, &d.Clients)
		all = append(all, d)
		return err
	}, `SELECT channel, format, reader, max(day), CAST(sum(requests) AS BIGINT), max(subscribers), max(clients) FROM channel_days
		WHERE day >= $1 GROUP BY channel, format, reader ORDER BY channel, format, reader`, since)
	if err != nil {
		return nil, fmt.Errorf("read who reads the feeds: %w", err)
	}
	return all, nil
}

// PruneReaderDays deletes what was counted before a UTC day, at most so many rows, and
// returns how many.
func (db *DB) PruneReaderDays(ctx context.Context, before int64, limit int) (n int64, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		n, err = s.exec(ctx, `DELETE FROM channel_days WHERE (channel, format, reader, day) IN
			(SELECT channel, format, reader, day FROM channel_days WHERE day < $1 LIMIT $2)`, before, limit)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("delete who read the feeds before: %w", err)
	}
	return n, nil
}
