package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// LastCut returns where the newest archive of a channel begins and ends; the zero
// value if none is closed.
func (db *DB) LastCut(ctx context.Context, channel string) (c feeds.Cut, err error) {
	_, err = db.read().one(ctx, []any{&c.Archive, &c.Since, &c.Until},
		`SELECT n, since_seq, until_seq FROM archives WHERE channel = $1 ORDER BY n DESC LIMIT 1`, channel)
	if err != nil {
		return feeds.Cut{}, fmt.Errorf("read the last cut of channel %s: %w", channel, err)
	}
	return c, nil
}

// Cut returns where an archive of a channel begins and ends, and false if it is not
// closed.
func (db *DB) Cut(ctx context.Context, channel string, archive int) (c feeds.Cut, ok bool, err error) {
	c.Archive = archive
	ok, err = db.read().one(ctx, []any{&c.Since, &c.Until},
		`SELECT since_seq, until_seq FROM archives WHERE channel = $1 AND n = $2`, channel, int64(archive))
	if err != nil {
		return feeds.Cut{}, false, fmt.Errorf("read where archive %d of channel %s is cut: %w", archive, channel, err)
	}
	return c, ok, nil
}

// CloseArchive stores a new archive of a channel with its documents, and tells
// whether it did: it does not if the archive is closed already, if it is not the
// next one, or if something changed behind in the log since pastChanges was read
// ([DB.PastChanges]), which the documents might not show.
func (db *DB) CloseArchive(ctx context.Context, channel string, cut feeds.Cut, documents []feeds.Document, pastChanges int64, now time.Time) (closed bool, err error) {
	rows := make([][]any, len(documents))
	for i, d := range documents {
		if d.Channel != channel || d.Archive != cut.Archive {
			return false, fmt.Errorf("close archive %d of channel %s: a document is of archive %d of %s", cut.Archive, channel, d.Archive, d.Channel)
		}
		rows[i] = []any{d.Channel, string(d.Format), int64(d.Archive), millis(now), d.Body, d.ETag,
			millis(d.Modified), d.LastSeq, int64(d.Entries)}
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		if err := s.lock(ctx, lockLog, ""); err != nil { // so that nobody files behind this
			return err
		}
		if n, err := s.pastChanges(ctx); err != nil || n != pastChanges {
			return err
		}
		n, err := s.exec(ctx, `INSERT INTO archives (channel, n, since_seq, until_seq, closed_ms)
			SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT)
			WHERE (SELECT coalesce(max(n), 0) FROM archives WHERE channel = $1) = $2 - 1
				AND (SELECT coalesce(max(until_seq), 0) FROM archives WHERE channel = $1) = $3`,
			channel, int64(cut.Archive), cut.Since, cut.Until, millis(now))
		if closed = n > 0; err != nil || !closed {
			return err
		}
		return s.insert(ctx, `INSERT INTO documents (channel, format, archive, revision, body, etag, modified_ms, last_seq, entries)`, rows, ``, nil)
	})
	if err != nil {
		return false, fmt.Errorf("close archive %d of channel %s: %w", cut.Archive, channel, err)
	}
	return closed, nil
}

// ChannelRecordsAfter returns at most limit records with a sequence number above after,
// the oldest first.
func (db *DB) ChannelRecordsAfter(ctx context.Context, f RecordFilter, after int64, limit int) ([]feeds.Record, error) {
	return db.channelRecords(ctx, f, oldestAbove, after, limit, cmp.Compare[int64])
}

// ArchivesOf returns the closed archives in whose part of the log the story of an
// article has a record, or one that recommends it: of whatever channel, whether it
// shows the story or not.
func (db *DB) ArchivesOf(ctx context.Context, id string) (keys []feeds.DocumentKey, err error) {
	others, err := db.recommendingStories(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("find the archives of article %s: %w", id, err)
	}
	err = db.read().each(ctx, func(rows *sql.Rows) error {
		var k feeds.DocumentKey
		err := rows.Scan(&k.Channel, &k.Format, &k.Archive)
		keys = append(keys, k)
		return err
	}, `SELECT channel, format, archive FROM documents d WHERE archive > 0 AND EXISTS (
			SELECT 1 FROM archives c JOIN log l ON l.seq > c.since_seq AND l.seq <= c.until_seq
			WHERE c.channel = d.channel AND c.n = d.archive
				AND (l.story = (SELECT story FROM articles WHERE slug = $1) OR l.story = ANY($2)))
		ORDER BY channel, archive, format`, feeds.Slug(id), others)
	if err != nil {
		return nil, fmt.Errorf("find the archives of article %s: %w", id, err)
	}
	return keys, nil
}
