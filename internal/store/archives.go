package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

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

// CountArchives returns how many archives of a channel are closed.
func (r Reader) CountArchives(ctx context.Context, channel feeds.Channel) (n int, err error) {
	if _, err = r.s.one(ctx, []any{&n}, `SELECT count(*) FROM archives WHERE channel = $1`, channel.String()); err != nil {
		return 0, fmt.Errorf("count the archives of channel %s: %w", channel, err)
	}
	return n, nil
}

// ClosedArchives returns the closed archives of each channel in their order: a database that
// was restored, and given no new epoch, may hold others under the same numbers, but none that
// was closed at the same time.
func (r Reader) ClosedArchives(ctx context.Context) (map[feeds.Channel][]feeds.ClosedArchive, error) {
	closed := map[feeds.Channel][]feeds.ClosedArchive{}
	changes, err := r.changes(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what became of archived stories: %w", err)
	}
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var channel feeds.Channel
		var a feeds.ClosedArchive
		var since, until int64
		err := rows.Scan(channelName{&channel}, &a.N, &a.Closed, &since, &until)
		a.Changed = changes.behind(since, until)
		closed[channel] = append(closed[channel], a)
		return err
	}, `SELECT channel, n, closed_ms, since_seq, until_seq FROM archives ORDER BY channel, n`)
	if err != nil {
		return nil, fmt.Errorf("read when archives were closed: %w", err)
	}
	return closed, nil
}

// change is a record that others of its story follow, of which last is the last one.
type change struct{ seq, last int64 }

// changes are in the order of the log.
type changes []change

func (r Reader) changes(ctx context.Context) (all changes, err error) {
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var c change
		err := rows.Scan(&c.seq, &c.last)
		all = append(all, c)
		return err
	}, `SELECT l.seq, s.last FROM (SELECT story, max(seq) AS last FROM log GROUP BY story HAVING count(*) > 1) s
		JOIN log l ON l.story = s.story WHERE l.seq < s.last ORDER BY l.seq`)
	return all, err
}

// behind returns the newest record of a story that has one in a part of the log, and others
// behind it; 0 if there is none.
func (c changes) behind(since, until int64) (newest int64) {
	at, _ := slices.BinarySearchFunc(c, since+1, func(c change, seq int64) int { return cmp.Compare(c.seq, seq) })
	for _, change := range c[at:] {
		if change.seq > until {
			break
		}
		if change.last > until {
			newest = max(newest, change.last)
		}
	}
	return newest
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
