package store

import (
	"context"
	"database/sql"
	"fmt"
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
		return s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{key, clean(value)}},
			`ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
	})
	if err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	return nil
}

// Counts are numbers for operators.
type Counts struct {
	Articles  int64 // live
	Withdrawn int64
	Stories   int64
	Records   int64
	Sources   int64 // that have a state
	Failing   int64 // of these
	Holds     int64 // that wait for a person
	Marked    int64 // channels that wait to be published
	Documents int64 // that can be asked for: in three formats each channel's live one and its archives
}

// Counts counts. It reads whole tables: call it once a minute, not once a request.
func (db *DB) Counts(ctx context.Context) (c Counts, err error) {
	err = db.read().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&c.Articles, &c.Withdrawn, &c.Stories, &c.Records, &c.Sources, &c.Failing, &c.Holds, &c.Marked, &c.Documents)
	}, `SELECT (SELECT count(*) FROM articles WHERE withdrawn_ms = 0),
			(SELECT count(*) FROM articles WHERE withdrawn_ms > 0),
			(SELECT count(DISTINCT story) FROM articles),
			(SELECT coalesce(max(seq), 0) FROM log),
			(SELECT count(*) FROM source_states),
			(SELECT count(*) FROM source_states WHERE failures > 0),
			(SELECT count(*) FROM holds WHERE released_ms = 0),
			(SELECT count(*) FROM marks WHERE counter <> published),
			(SELECT coalesce(sum(3 + 3 * archives), 0) FROM channels WHERE status <> 'gone')`)
	if err != nil {
		return Counts{}, fmt.Errorf("count: %w", err)
	}
	return c, nil
}

// Live are the numbers of live articles.
type Live struct {
	Languages map[string]int
	Sources   map[string]int
}

// Live counts the live articles by language, and by the sources that hold them. It
// reads whole tables, as [DB.Counts] does.
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
