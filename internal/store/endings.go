package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Ending is a channel that was taken out of the configuration.
type Ending struct {
	Channel string // [feeds.Channel.String]
	// Title is what its feed was called.
	Title string
	// Ended is when it was taken out. Gone is since when its addresses answer 410;
	// zero while its last entry is up.
	Ended, Gone time.Time
}

// Endings returns the channels that have ended, by their names.
func (db *DB) Endings(ctx context.Context) (map[string]Ending, error) {
	endings := map[string]Ending{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var e Ending
		var ended, gone int64
		err := rows.Scan(&e.Channel, &e.Title, &ended, &gone)
		e.Ended, e.Gone = fromMillis(ended), fromMillis(gone)
		endings[e.Channel] = e
		return err
	}, `SELECT channel, title, ended_ms, gone_ms FROM endings`)
	if err != nil {
		return nil, fmt.Errorf("read the channels that have ended: %w", err)
	}
	return endings, nil
}

// EndChannels notes channels as ended. Those that are noted already keep their day.
func (db *DB) EndChannels(ctx context.Context, endings []Ending) error {
	rows := make([][]any, len(endings))
	for i, e := range endings {
		rows[i] = []any{e.Channel, clean(e.Title), millis(e.Ended), int64(0)}
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO endings (channel, title, ended_ms, gone_ms)`, rows, `ON CONFLICT (channel) DO NOTHING`, nil)
	})
	if err != nil {
		return fmt.Errorf("end %d channels: %w", len(endings), err)
	}
	return nil
}

// ReviveChannel forgets that a channel has ended. One whose last entry was up goes on
// where it was; of one that was gone everything is made anew.
func (db *DB) ReviveChannel(ctx context.Context, e Ending) error {
	if !e.Gone.IsZero() {
		if err := db.DropChannel(ctx, e.Channel); err != nil {
			return fmt.Errorf("revive channel %s: %w", e.Channel, err)
		}
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		_, err := s.exec(ctx, `DELETE FROM endings WHERE channel = $1`, e.Channel)
		return err
	})
	if err != nil {
		return fmt.Errorf("revive channel %s: %w", e.Channel, err)
	}
	return nil
}

// BuryChannel takes an ended channel's documents away for good. What is left of each,
// live or archive, is its name with no body, by which a web process knows that
// there was one.
func (db *DB) BuryChannel(ctx context.Context, channel string, now time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		if _, err := s.exec(ctx, `UPDATE documents SET body = $2, etag = '"gone"', revision = revision + 1, modified_ms = $3, entries = 0
			WHERE channel = $1`, channel, []byte{}, millis(now)); err != nil {
			return err
		}
		for _, text := range []string{`DELETE FROM marks WHERE channel = $1`, `DELETE FROM archives WHERE channel = $1`} {
			if _, err := s.exec(ctx, text, channel); err != nil {
				return err
			}
		}
		_, err := s.exec(ctx, `UPDATE endings SET gone_ms = $2 WHERE channel = $1`, channel, millis(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("bury channel %s: %w", channel, err)
	}
	return nil
}
