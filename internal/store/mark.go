package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Mark says that a channel changed since its revision was raised.
type Mark struct {
	Channel feeds.Channel
	// Counter counts the channel's changes. Read it before the log is read, and
	// give it to [DB.Raise].
	Counter int64
	// FirstChanged and Changed are the oldest and the newest change that is not
	// published; Published is when the revision was raised last, zero if never.
	FirstChanged, Changed, Published time.Time
	Marking
}

// Marked returns the channels that are to be published, the urgent ones first,
// then in the order of their first changes.
func (r Reader) Marked(ctx context.Context) ([]Mark, error) {
	var marks []Mark
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var m Mark
		var first, changed, published, urgent, past int64
		err := rows.Scan(channelName{&m.Channel}, &m.Counter, &first, &changed, &published, &urgent, &past)
		m.FirstChanged, m.Changed, m.Published = ledger.FromMillis(first), ledger.FromMillis(changed), ledger.FromMillis(published)
		m.Urgent, m.Past = urgent != 0, past != 0
		marks = append(marks, m)
		return err
	}, `SELECT channel, counter, first_changed_ms, changed_ms, published_ms, urgent, past FROM marks WHERE counter <> published`)
	if err != nil {
		return nil, fmt.Errorf("read the marked channels: %w", err)
	}
	slices.SortFunc(marks, func(a, b Mark) int {
		return cmp.Or(-cmp.Compare(flag(a.Urgent), flag(b.Urgent)), a.FirstChanged.Compare(b.FirstChanged), a.Channel.Compare(b.Channel))
	})
	return marks, nil
}

// Counter returns the counter of a channel, 0 if it was never marked. A publisher
// reads it before it reads the log.
func (r Reader) Counter(ctx context.Context, channel feeds.Channel) (counter int64, err error) {
	_, err = r.s.one(ctx, []any{&counter}, `SELECT counter FROM marks WHERE channel = $1`, channel.String())
	if err != nil {
		return 0, fmt.Errorf("read the counter of channel %s: %w", channel, err)
	}
	return counter, nil
}

// Marking says how channels changed.
type Marking struct {
	// Urgent changes are to be published at once.
	Urgent bool
	// Past changes are such that archives show them too, which else stay as they are.
	Past bool
}

// markings are how channels changed.
type markings map[feeds.Channel]Marking

func (m markings) add(c feeds.Channel, how Marking) {
	before := m[c]
	m[c] = Marking{Urgent: before.Urgent || how.Urgent, Past: before.Past || how.Past}
}

// Mark marks channels as changed, such as all of them after a change of the
// configuration.
func (db *DB) Mark(ctx context.Context, channels []feeds.Channel, how Marking, now time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.mark(ctx, marksOf(channels, how), "", now)
	})
	if err != nil {
		return fmt.Errorf("mark %d channels: %w", len(channels), err)
	}
	return nil
}

func marksOf(channels []feeds.Channel, how Marking) markings {
	marks := markings{}
	for _, c := range channels {
		marks[c] = how
	}
	return marks
}

// mostVisits bounds what a mark keeps of the visits that it came by, in bytes: the first
// eight, which tell whoever looks for a slow one.
const mostVisits = 400

// mark raises the counters of channels, for a visit that is named in logs and traces so; ""
// for none.
func (s session) mark(ctx context.Context, channels markings, visit string, now time.Time) error {
	rows := make([][]any, 0, len(channels))
	for channel, how := range channels {
		rows = append(rows, []any{channel.String(), int64(1), int64(0), ledger.Millis(now), ledger.Millis(now), int64(0), flag(how.Urgent), flag(how.Past), visit})
	}
	// One order for all, so that two transactions can't wait for one another.
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(a[0].(string), b[0].(string)) })
	return s.insert(ctx, `INSERT INTO marks (channel, counter, published, changed_ms, first_changed_ms, published_ms, urgent, past, visits)`, rows,
		`ON CONFLICT (channel) DO UPDATE SET
			counter = marks.counter + 1,
			changed_ms = excluded.changed_ms,
			first_changed_ms = CASE WHEN marks.counter = marks.published THEN excluded.first_changed_ms ELSE marks.first_changed_ms END,
			urgent = CASE WHEN marks.counter <> marks.published AND marks.urgent = 1 THEN 1 ELSE excluded.urgent END,
			past = CASE WHEN marks.past = 1 THEN 1 ELSE excluded.past END,
			visits = CASE
				WHEN excluded.visits = '' OR marks.visits LIKE '%' || excluded.visits OR length(marks.visits) > `+strconv.Itoa(mostVisits)+` THEN marks.visits
				WHEN marks.visits = '' THEN excluded.visits
				ELSE marks.visits || ' ' || excluded.visits END`, nil)
}
