package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/pressly/goose/v3"

	"github.com/kairan-news/kairan/internal/ledger"
)

// addPermalinks makes articles findable by their links for those of other publishers.
func (s session) addPermalinks(ctx context.Context, permalinks []ledger.Permalink) error {
	rows := make([][]any, len(permalinks))
	for i, p := range permalinks {
		rows[i] = []any{p.Digest, p.Of.ID}
	}
	return s.insert(ctx, `INSERT INTO permalinks (digest, article)`, rows, `ON CONFLICT (digest, article) DO NOTHING`, nil)
}

// askCopublished answers which new articles of a part other publishers have too.
func (s session) askCopublished(ctx context.Context, p *ledger.Part) error {
	digests := p.PermalinkDigests()
	if len(digests) == 0 {
		return nil
	}
	var found []ledger.Copublished
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var c ledger.Copublished
		err := rows.Scan(&c.Story, &c.Publisher, &c.Language, &c.Link, &c.Title)
		found = append(found, c)
		return err
	}, `SELECT a.story, a.publisher, a.language, a.link, a.title FROM permalinks p JOIN articles a ON a.id = p.article
		WHERE p.digest = ANY($1) AND a.publisher <> $2 AND a.withdrawn_ms = 0 ORDER BY a.id`, digests, p.Batch().Publisher); err != nil {
		return err
	}
	shared := map[string]map[ledger.Key]bool{}
	for publisher, links := range p.Copublished(found) {
		shared[publisher] = map[ledger.Key]bool{}
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var k ledger.Key
			err := rows.Scan(&k.Key, &k.Language)
			shared[publisher][k] = true
			return err
		}, `SELECT key, language FROM aliases WHERE publisher = $1 AND key = ANY($2) AND shared = 1`, publisher, links); err != nil {
			return err
		}
	}
	p.Apart(shared)
	return nil
}

// filePermalinks is the migration that enters the links of what was stored before there was
// a table for them.
func (db *DB) filePermalinks() *goose.Migration {
	return goose.NewGoMigration(15, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		s := session{pool: db.writer, tx: tx}
		type permalink struct{ digest, article int64 }
		var all []permalink
		type place struct {
			publisher, language string
			digest              int64
		}
		filed := map[place]bool{}
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var id int64
			var in place
			var link string
			if err := rows.Scan(&id, &in.publisher, &in.language, &link); err != nil {
				return err
			}
			var ok bool
			if in.digest, ok = ledger.LinkDigest(link); ok && !filed[in] {
				filed[in] = true
				all = append(all, permalink{in.digest, id})
			}
			return nil
		}, `SELECT id, publisher, language, link FROM articles WHERE link <> '' ORDER BY id`); err != nil {
			return err
		}
		slices.SortFunc(all, func(a, b permalink) int { return cmp.Compare(a.digest, b.digest) }) // the table's order
		for chunk := range slices.Chunk(all, 10_000) {
			rows := make([][]any, len(chunk))
			for i, p := range chunk {
				rows[i] = []any{p.digest, p.article}
			}
			if err := s.insert(ctx, `INSERT INTO permalinks (digest, article)`, rows, `ON CONFLICT (digest, article) DO NOTHING`, nil); err != nil {
				return err
			}
		}
		return nil
	}}, &goose.GoFunc{RunTx: func(context.Context, *sql.Tx) error { return nil }})
}
