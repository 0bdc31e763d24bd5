package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Mark says that a channel changed since its documents were stored.
type Mark struct {
	Channel string // [feeds.Channel.String]
	// Counter counts the channel's changes. Read it before the log is read, and
	// give it to [DB.PutDocuments].
	Counter int64
	// FirstChanged and Changed are the oldest and the newest change that is not
	// published; Published is when documents were stored last, zero if never.
	FirstChanged, Changed, Published time.Time
	// Urgent changes are to be published at once.
	Urgent bool
}

// Marked returns the channels that are to be published, the urgent ones first,
// then in the order of their first changes.
func (db *DB) Marked(ctx context.Context) ([]Mark, error) {
	var marks []Mark
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var m Mark
		var first, changed, published, urgent int64
		err := rows.Scan(&m.Channel, &m.Counter, &first, &changed, &published, &urgent)
		m.FirstChanged, m.Changed, m.Published, m.Urgent = fromMillis(first), fromMillis(changed), fromMillis(published), urgent != 0
		marks = append(marks, m)
		return err
	}, `SELECT channel, counter, first_changed_ms, changed_ms, published_ms, urgent FROM marks WHERE counter <> published`)
	if err != nil {
		return nil, fmt.Errorf("read the marked channels: %w", err)
	}
	slices.SortFunc(marks, func(a, b Mark) int {
		return cmp.Or(-cmp.Compare(flag(a.Urgent), flag(b.Urgent)), a.FirstChanged.Compare(b.FirstChanged), cmp.Compare(a.Channel, b.Channel))
	})
	return marks, nil
}

// Counter returns the counter of a channel, 0 if it was never marked. A publisher
// reads it before it reads the log.
func (db *DB) Counter(ctx context.Context, channel string) (counter int64, err error) {
	_, err = db.read().one(ctx, []any{&counter}, `SELECT counter FROM marks WHERE channel = $1`, channel)
	if err != nil {
		return 0, fmt.Errorf("read the counter of channel %s: %w", channel, err)
	}
	return counter, nil
}

// Mark marks channels as changed, such as all of them after a change of the
// configuration.
func (db *DB) Mark(ctx context.Context, channels []feeds.Channel, urgent bool, now time.Time) error {
	marks := map[string]bool{}
	for _, c := range channels {
		marks[c.String()] = urgent
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.mark(ctx, marks, now)
	})
	if err != nil {
		return fmt.Errorf("mark %d channels: %w", len(channels), err)
	}
	return nil
}

// mark raises the counters of channels; the values tell which are urgent.
func (s session) mark(ctx context.Context, channels map[string]bool, now time.Time) error {
	rows := make([][]any, 0, len(channels))
	for channel, urgent := range channels {
		rows = append(rows, []any{channel, int64(1), int64(0), millis(now), millis(now), int64(0), flag(urgent)})
	}
	// One order for all, so that two transactions can't wait for one another.
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(a[0].(string), b[0].(string)) })
	return s.insert(ctx, `INSERT INTO marks (channel, counter, published, changed_ms, first_changed_ms, published_ms, urgent)`, rows,
		`ON CONFLICT (channel) DO UPDATE SET
			counter = marks.counter + 1,
			changed_ms = excluded.changed_ms,
			first_changed_ms = CASE WHEN marks.counter = marks.published THEN excluded.first_changed_ms ELSE marks.first_changed_ms END,
			urgent = CASE WHEN marks.counter <> marks.published AND marks.urgent = 1 THEN 1 ELSE excluded.urgent END`, nil)
}
