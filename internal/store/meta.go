package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"github.com/kairan-news/kairan/internal/ledger"
)

// Meta returns a value that was stored by [DB.SetMeta], "" if there is none.
func (r Reader) Meta(ctx context.Context, key string) (value string, err error) {
	if _, err = r.s.one(ctx, []any{&value}, `SELECT value FROM meta WHERE key = $1`, key); err != nil {
		return "", fmt.Errorf("read %s: %w", key, err)
	}
	return value, nil
}

// SetMeta stores a value for the whole service, such as a digest of the
// configuration that the documents were made with.
func (db *DB) SetMeta(ctx context.Context, key, value string) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{key, ledger.Clean(value)}},
			`ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
	})
	if err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	return nil
}

// Live are the numbers of live articles.
type Live struct {
	Languages map[string]int
	Sources   map[string]int
}

// Live counts the live articles by language, and by the sources that hold them. It
// reads whole tables: call it once a minute, not once a request.
func (db *DB) Live(ctx context.Context) (Live, error) {
	live := Live{Languages: map[string]int{}, Sources: map[string]int{}}
	for counts, query := range map[*map[string]int]string{
		&live.Languages: `SELECT language, count(*) FROM articles WHERE withdrawn_ms = 0 GROUP BY language`,
		&live.Sources: `SELECT s.source, count(*) FROM article_sources s JOIN articles a ON a.id = s.article
			WHERE s.gone_ms = 0 AND a.withdrawn_ms = 0 GROUP BY s.source`,
	} {
		err := db.read().each(ctx, func(rows *sql.Rows) error {
			var name string
			var n int
			err := rows.Scan(&name, &n)
			(*counts)[name] = n
			return err
		}, query)
		if err != nil {
			return Live{}, fmt.Errorf("count the live articles: %w", err)
		}
	}
	return live, nil
}

// NarrowUntil returns the sequence number of the last record that was stored when locales
// accepted fewer languages; see [feeds.Site]. It is the end of the log where the database
// could not be migrated since.
func (r Reader) NarrowUntil(ctx context.Context) (int64, error) {
	value, err := r.Meta(ctx, "chains.narrow")
	if err != nil {
		return 0, err
	}
	if value == "" {
		return r.LastSeq(ctx)
	}
	seq, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read which records were stored for narrower chains: %w", err)
	}
	return seq, nil
}
