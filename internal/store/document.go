package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// PutDocuments stores what a channel's documents became, and tells whether the
// channel's mark is cleared: it is unless a change came after counter was read, in
// which case the publisher has to go round again. Documents may be nil where
// nothing changed. A document with the ETag of the stored one keeps its revision
// and the time of its change.
//
// A revision is the time at which it was stored, or one more than the last: so a
// database that was restored, or a channel that was dropped, does not give the same
// number again to something else.
func (db *DB) PutDocuments(ctx context.Context, channel string, documents []feeds.Document, counter int64, now time.Time) (cleared bool, err error) {
	rows := make([][]any, len(documents))
	for i, d := range documents {
		if d.Channel != channel {
			return false, fmt.Errorf("store the documents of channel %s: one is of channel %s", channel, d.Channel)
		}
		rows[i] = []any{d.Channel, string(d.Format), int64(d.Archive), millis(now), d.Body, d.ETag,
			millis(d.Modified), d.LastSeq, int64(d.Entries)}
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		err := s.insert(ctx, `INSERT INTO documents (channel, format, archive, revision, body, etag, modified_ms, last_seq, entries)`, rows,
			`ON CONFLICT (channel, format, archive) DO UPDATE SET
				revision = CASE WHEN documents.etag = excluded.etag THEN documents.revision
					WHEN documents.revision < excluded.revision THEN excluded.revision ELSE documents.revision + 1 END,
				modified_ms = CASE WHEN documents.etag = excluded.etag THEN documents.modified_ms ELSE excluded.modified_ms END,
				body = excluded.body, etag = excluded.etag, last_seq = excluded.last_seq, entries = excluded.entries
			WHERE documents.etag <> excluded.etag OR documents.last_seq <> excluded.last_seq OR documents.entries <> excluded.entries`, nil)
		if err != nil {
			return err
		}
		n, err := s.exec(ctx, `UPDATE marks SET published = counter, published_ms = $3, urgent = 0 WHERE channel = $1 AND counter = $2`,
			channel, counter, millis(now))
		if err != nil {
			return err
		}
		if cleared = n > 0; cleared {
			return nil
		}
		n, err = s.exec(ctx, `UPDATE marks SET published_ms = $2 WHERE channel = $1`, channel, millis(now))
		cleared = n == 0 // never marked, so there is nothing to go round for
		return err
	})
	if err != nil {
		return false, fmt.Errorf("store the documents of channel %s: %w", channel, err)
	}
	return cleared, nil
}

// DropChannel deletes a channel's documents, its archives and its mark.
func (db *DB) DropChannel(ctx context.Context, channel string) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		if _, err := s.exec(ctx, `DELETE FROM documents WHERE channel = $1`, channel); err != nil {
			return err
		}
		if _, err := s.exec(ctx, `DELETE FROM archives WHERE channel = $1`, channel); err != nil {
			return err
		}
		_, err := s.exec(ctx, `DELETE FROM marks WHERE channel = $1`, channel)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop channel %s: %w", channel, err)
	}
	return nil
}

// DocumentRevisions returns the revision of every document. A web process compares
// it with what it holds: a document that is missing, or has another revision, is to
// be read again.
func (db *DB) DocumentRevisions(ctx context.Context) (map[feeds.DocumentKey]int64, error) {
	revisions := map[feeds.DocumentKey]int64{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var k feeds.DocumentKey
		var revision int64
		err := rows.Scan(&k.Channel, &k.Format, &k.Archive, &revision)
		revisions[k] = revision
		return err
	}, `SELECT channel, format, archive, revision FROM documents`)
	if err != nil {
		return nil, fmt.Errorf("read the documents' revisions: %w", err)
	}
	return revisions, nil
}

// Document returns a document, and false if there is none.
func (db *DB) Document(ctx context.Context, key feeds.DocumentKey) (d feeds.Document, ok bool, err error) {
	var modified int64
	d.DocumentKey = key
	ok, err = db.read().one(ctx, []any{&d.Revision, &d.Body, &d.ETag, &modified, &d.LastSeq, &d.Entries},
		`SELECT revision, body, etag, modified_ms, last_seq, entries FROM documents WHERE channel = $1 AND format = $2 AND archive = $3`,
		key.Channel, string(key.Format), int64(key.Archive))
	if err != nil {
		return feeds.Document{}, false, fmt.Errorf("read document %s.%s: %w", key.Channel, key.Format, err)
	}
	d.Modified = fromMillis(modified)
	return d, ok, nil
}

// Documents returns those of the documents that exist, without an order.
func (db *DB) Documents(ctx context.Context, keys ...feeds.DocumentKey) ([]feeds.Document, error) {
	wanted := make(map[feeds.DocumentKey]bool, len(keys))
	channels := make([]string, 0, len(keys))
	for _, k := range keys {
		wanted[k] = true
		channels = append(channels, k.Channel)
	}
	found := map[feeds.DocumentKey]bool{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var k feeds.DocumentKey
		err := rows.Scan(&k.Channel, &k.Format, &k.Archive)
		found[k] = wanted[k]
		return err
	}, `SELECT channel, format, archive FROM documents WHERE channel = ANY($1)`, channels)
	if err != nil {
		return nil, fmt.Errorf("read %d documents: %w", len(keys), err)
	}
	var documents []feeds.Document
	for k, ok := range found {
		if !ok {
			continue
		}
		d, ok, err := db.Document(ctx, k)
		if err != nil {
			return nil, err
		}
		if ok {
			documents = append(documents, d)
		}
	}
	return documents, nil
}
