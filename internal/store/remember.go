package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kairan-news/kairan/internal/ledger"
)

// Memory returns what is remembered of a source's last document, if it was read in the
// same way: reading tells ways of reading apart. Articles that are not any more what they
// were then are not in it.
func (db *DB) Memory(ctx context.Context, source, reading string) (*ledger.Memory, error) {
	m, err := db.read().memory(ctx, source, reading)
	if err != nil {
		return nil, fmt.Errorf("read what is remembered of source %s: %w", source, err)
	}
	return m, nil
}

func (s session) memory(ctx context.Context, source, reading string) (m *ledger.Memory, err error) {
	m = &ledger.Memory{}
	if m.Stored, err = s.one(ctx, []any{&m.Packed, &m.Reading}, `SELECT entries, reading FROM remembered WHERE source = $1`, source); err != nil {
		return nil, err
	}
	if m.Reading != reading {
		return m, nil
	}
	var now []ledger.Known
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var k ledger.Known
		err := rows.Scan(&k.ID, &k.Source, &k.Language, &k.Link, &k.Hash, &k.Joins, &k.Published, &k.Here.Terms, &k.Here.Categories)
		now = append(now, k)
		return err
	}, `SELECT a.id, a.source, a.language, a.link, a.hash, a.joins, a.published_ms, s.terms, s.categories
		FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.article = ANY($2) AND s.gone_ms = 0 AND a.withdrawn_ms = 0`, source, m.Articles()); err != nil {
		return nil, err
	}
	return m, m.Recall(now)
}

// putMemory stores what is to be remembered, unless it was forgotten meanwhile.
func (s session) putMemory(ctx context.Context, source string, d ledger.Document, entries []byte) error {
	if d.Memory != nil && d.Memory.Stored {
		_, err := s.exec(ctx, `UPDATE remembered SET reading = $2, entries = $3 WHERE source = $1`, source, d.Reading, entries)
		return err
	}
	return s.insert(ctx, `INSERT INTO remembered (source, reading, entries)`, [][]any{{source, d.Reading, entries}},
		`ON CONFLICT (source) DO UPDATE SET reading = excluded.reading, entries = excluded.entries`, nil)
}

// forget has the documents read whole that hold one of these articles: one of its keys
// has become another's too, so that its entry has to be compared anew.
func (s session) forget(ctx context.Context, articles []int64) error {
	if len(articles) == 0 {
		return nil
	}
	_, err := s.exec(ctx, `DELETE FROM remembered WHERE source IN (SELECT source FROM article_sources WHERE article = ANY($1))`, articles)
	return err
}
