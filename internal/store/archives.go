package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
)

// LastCut returns where the newest archive of a channel begins and ends; the zero
// value if none is closed.
func (r Reader) LastCut(ctx context.Context, channel feeds.Channel) (c feeds.Cut, err error) {
	var languages string
	_, err = r.s.one(ctx, []any{&c.Archive, &c.Since, &c.Until, &languages},
		`SELECT n, since_seq, until_seq, languages FROM archives WHERE channel = $1 ORDER BY n DESC LIMIT 1`, channel.String())
	if err != nil {
		return feeds.Cut{}, fmt.Errorf("read the last cut of channel %s: %w", channel, err)
	}
	c.Languages = unpackLanguages(languages)
	return c, nil
}

// Cut returns where an archive of a channel begins and ends, and false if it is not
// closed.
func (r Reader) Cut(ctx context.Context, channel feeds.Channel, archive int) (c feeds.Cut, ok bool, err error) {
	c.Archive = archive
	var languages string
	ok, err = r.s.one(ctx, []any{&c.Since, &c.Until, &languages},
		`SELECT since_seq, until_seq, languages FROM archives WHERE channel = $1 AND n = $2`, channel.String(), int64(archive))
	if err != nil {
		return feeds.Cut{}, false, fmt.Errorf("read where archive %d of channel %s is cut: %w", archive, channel, err)
	}
	c.Languages = unpackLanguages(languages)
	return c, ok, nil
}

// ArchivesBeside returns the numbers of the closed archives of a channel next to one, which
// need not be closed itself; 0 where there is none.
func (r Reader) ArchivesBeside(ctx context.Context, channel feeds.Channel, archive int) (before, after int, err error) {
	if _, err = r.s.one(ctx, []any{&before, &after}, `SELECT coalesce((SELECT max(n) FROM archives WHERE channel = $1 AND n < $2), 0),
		coalesce((SELECT min(n) FROM archives WHERE channel = $1 AND n > $2), 0)`, channel.String(), int64(archive)); err != nil {
		return 0, 0, fmt.Errorf("read which archives stand beside archive %d of channel %s: %w", archive, channel, err)
	}
	return before, after, nil
}

// ClosedArchives returns the closed archives of each channel in their order: a database that
// was restored, and given no new epoch, may hold others under the same numbers, but none that
// was closed at the same time.
func (r Reader) ClosedArchives(ctx context.Context) (map[feeds.Channel][]feeds.ClosedArchive, error) {
	closed := map[feeds.Channel][]feeds.ClosedArchive{}
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var channel feeds.Channel
		var a feeds.ClosedArchive
		err := rows.Scan(channelName{&channel}, &a.N, &a.Closed)
		closed[channel] = append(closed[channel], a)
		return err
	}, `SELECT channel, n, closed_ms FROM archives ORDER BY channel, n`)
	if err != nil {
		return nil, fmt.Errorf("read when archives were closed: %w", err)
	}
	return closed, nil
}

// ChannelRecordsAfter returns at most limit records with a sequence number above after,
// the oldest first.
func (r Reader) ChannelRecordsAfter(ctx context.Context, f RecordFilter, after int64, limit int) ([]feeds.Record, error) {
	return r.channelRecords(ctx, f, oldestAbove, after, limit, cmp.Compare[int64])
}

// Archive names an archive of a channel.
type Archive struct {
	Channel feeds.Channel
	N       int // from 1
}

// ArchivesOf returns the closed archives in whose part of the log the story of an
// article has a record, or one that recommends it: of whatever channel, whether it
// shows the story or not.
func (db *DB) ArchivesOf(ctx context.Context, id string) (archives []Archive, err error) {
	stories, err := db.storiesShowing(ctx, id)
	if err == nil {
		err = db.read().each(ctx, func(rows *sql.Rows) error {
			var a Archive
			err := rows.Scan(channelName{&a.Channel}, &a.N)
			archives = append(archives, a)
			return err
		}, `SELECT c.channel, c.n FROM archives c WHERE EXISTS (
				SELECT 1 FROM articles a JOIN log l ON l.article = a.id
				WHERE a.story = ANY($1) AND l.seq > c.since_seq AND l.seq <= c.until_seq)
			ORDER BY c.channel, c.n`, stories)
	}
	if err != nil {
		return nil, fmt.Errorf("find the archives of article %s: %w", id, err)
	}
	return archives, nil
}
