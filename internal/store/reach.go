package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// HasGap reports whether a source has articles, and none of these is one of them: what its
// document shows now and what was known of it do not meet. It does not where a part of the
// source is held, or where they have the titles and the dates of known ones, whose site was
// made anew.
func (db *DB) HasGap(ctx context.Context, source, publisher string, articles []feeds.Article) (bool, error) {
	gap, err := db.read().hasGap(ctx, source, publisher, articles)
	if err != nil {
		return false, fmt.Errorf("find out what source %s had: %w", source, err)
	}
	return gap, nil
}

func (s session) hasGap(ctx context.Context, source, publisher string, articles []feeds.Article) (bool, error) {
	facts, err := s.facts(ctx, source)
	if err != nil || !facts.Visited || facts.Items == 0 || facts.Holds > 0 {
		return false, err
	}
	if knows, err := s.knows(ctx, source, publisher, articles); err != nil || knows {
		return false, err
	}
	had, met := false, false
	err = s.each(ctx, func(rows *sql.Rows) error {
		var title string
		var published int64
		err := rows.Scan(&title, &published)
		had = true
		met = met || ledger.HasNamesake(articles, title, published)
		return err
	}, `SELECT a.title, a.published_ms FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY s.article DESC LIMIT $2`, source, 2*len(articles)+50)
	return had && !met, err
}

// Knows reports whether the source has one of these articles, or had it.
func (db *DB) Knows(ctx context.Context, source, publisher string, articles []feeds.Article) (bool, error) {
	knows, err := db.read().knows(ctx, source, publisher, articles)
	if err != nil {
		return false, fmt.Errorf("find out what source %s had: %w", source, err)
	}
	return knows, nil
}

func (s session) knows(ctx context.Context, source, publisher string, articles []feeds.Article) (bool, error) {
	keys := ledger.KeysOf(articles)
	if len(keys) == 0 {
		return false, nil
	}
	var id int64
	return s.one(ctx, []any{&id}, `SELECT k.article FROM aliases k JOIN article_sources s ON s.article = k.article
		WHERE k.publisher = $1 AND k.key = ANY($2) AND s.source = $3 LIMIT 1`, publisher, keys, source)
}
