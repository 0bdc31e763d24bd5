package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Scans returns the statements about stories that were run on SQLite and look through
// the whole log, or through all articles, each with its plan.
func (db *DB) Scans(ctx context.Context) (scans []string, err error) {
	if db.engine != SQLite {
		return nil, nil
	}
	texts := map[string]bool{}
	for _, p := range []*pool{db.reader, db.writer} {
		p.texts.Load().known.Range(func(key, _ any) bool {
			text := key.(string)
			texts[text] = strings.Contains(text, "story = ANY") || strings.Contains(text, "FROM permalinks")
			return true
		})
	}
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		if !texts[text] {
			continue
		}
		rows, err := db.reader.QueryContext(ctx, "EXPLAIN QUERY PLAN "+dialect(SQLite, text), arguments(text)...)
		if err != nil {
			return nil, fmt.Errorf("explain %s: %w", text, err)
		}
		scans = append(scans, scansOf(text, rows)...)
	}
	return scans, nil
}

// arguments returns as many arguments as a statement takes.
func arguments(text string) []any {
	n := 0
	for strings.Contains(text, fmt.Sprintf("$%d", n+1)) {
		n++
	}
	return slices.Repeat([]any{"[]"}, n)
}

func scansOf(text string, rows *sql.Rows) (scans []string) {
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return append(scans, err.Error())
		}
		if table, ok := strings.CutPrefix(detail, "SCAN "); ok && slices.Contains([]string{"log", "l", "articles", "a", "permalinks", "p"}, strings.Fields(table)[0]) {
			scans = append(scans, detail+": "+text)
		}
	}
	return scans
}

// MigrateTo brings the store's tables to a version, be it an older one.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	provider, err := db.provider(db.writer.DB)
	if err != nil {
		return err
	}
	if now, err := provider.GetDBVersion(ctx); err == nil && now > version {
		_, err = provider.DownTo(ctx, version)
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// ReadRecommending returns the numbers of the articles with which a story is recommended.
func (db *DB) ReadRecommending(ctx context.Context, story string) (articles []int64, err error) {
	err = db.read().each(ctx, func(rows *sql.Rows) error {
		var article int64
		err := rows.Scan(&article)
		articles = append(articles, article)
		return err
	}, `SELECT article FROM recommended WHERE story = $1`, story)
	return articles, err
}

// Columns returns the columns of the store's own tables, by their tables.
func (db *DB) Columns(ctx context.Context) (columns map[string][]string, err error) {
	text := `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`
	if db.engine == PostgreSQL {
		text = `SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name AND t.schemaname = c.table_schema WHERE c.table_schema = current_schema()`
	}
	columns = map[string][]string{}
	err = db.read().each(ctx, func(rows *sql.Rows) error {
		var table, column string
		err := rows.Scan(&table, &column)
		if !strings.HasPrefix(table, "river_") && !strings.HasPrefix(table, "sqlite_") && !strings.HasPrefix(table, "search_index_") { // FTS5's own
			columns[table] = append(columns[table], column)
		}
		return err
	}, text)
	return columns, err
}

// ReadColumns reads columns of a table, as all readings of the store do.
func (db *DB) ReadColumns(ctx context.Context, table string, columns []string) error {
	return db.read().each(ctx, func(*sql.Rows) error { return nil }, `SELECT `+strings.Join(columns, ", ")+` FROM `+table)
}

// ForSearch is an article to be searched for, under a number.
type ForSearch struct {
	feeds.Article
	Number int64
}

// PutForSearch stores articles as far as searches need them, in one transaction, and returns
// how long it took to bring them into the index.
func (db *DB) PutForSearch(ctx context.Context, articles []ForSearch) (took time.Duration, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		var rows, revisions [][]any
		var ids []int64
		for _, a := range articles {
			ids = append(ids, a.Number)
			rows = append(rows, []any{a.Number, a.GUID, a.GUID, "story-" + a.GUID, a.Publisher, "s", a.Key, a.Language, a.GUID, a.Link, a.Title, int64(1), "", "", "[]", ledger.List(a.Categories), int64(0), ledger.Millis(a.Published), int64(0), int64(0), int64(0)})
			revisions = append(revisions, []any{a.Number, int64(1), "", int64(0), a.Title, a.Summary, a.Content, a.Link, "", ledger.Millis(a.Published), "", int64(0), int64(0), "{}"})
		}
		head := `INSERT INTO articles (id, uid, slug, story, publisher, source, key, language, guid, link, title,
			revision, hash, joins, terms, categories, by_default, published_ms, first_seen_ms, withdrawn_ms, grammar)`
		if db.engine == PostgreSQL {
			head += ` OVERRIDING SYSTEM VALUE`
		}
		if err := s.insert(ctx, head, rows, ``, nil); err != nil {
			return err
		}
		if err := s.insert(ctx, `INSERT INTO revisions (article, n, hash, time_ms, title, summary, content, link, rights,
			published_ms, published_from, updated_ms, corrected_ms, lists)`, revisions, ``, nil); err != nil {
			return err
		}
		began := time.Now()
		err := s.index(ctx, ids)
		took = time.Since(began)
		return err
	})
	db.mergeSearch(ctx, len(articles))
	return took, err
}

// FillSearchAndFail fills the index a bit further, and fails at the end of the transaction.
func (db *DB) FillSearchAndFail(ctx context.Context) error {
	return db.write(ctx, func(ctx context.Context, s session) error {
		if _, err := s.fill(ctx); err != nil {
			return err
		}
		return errors.New("the process dies")
	})
}

// Articled returns how many articles there are.
func (db *DB) Articled(ctx context.Context) (n int, err error) {
	_, err = db.read().one(ctx, []any{&n}, `SELECT count(*) FROM articles`)
	return n, err
}

// SearchBytes returns how many bytes the index of searches takes.
func (db *DB) SearchBytes(ctx context.Context) (n int64, err error) {
	query := `SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE 'search_%'`
	if db.engine == PostgreSQL {
		query = `SELECT pg_total_relation_size('search_index') + pg_total_relation_size('search_categories')`
	}
	_, err = db.read().one(ctx, []any{&n}, query)
	return n, err
}
