package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// apply writes what a part does to articles; the log comes after it.
func (s session) apply(ctx context.Context, source string, now time.Time, p *ledger.Part, d ledger.Decision) error {
	for _, step := range []func() error{
		func() error { return s.applyHolds(ctx, source, d) },
		func() error { return s.unfile(ctx, source, now, p, d) },
		func() error { return s.addArticles(ctx, source, now, d.Added) },
		func() error { return s.updateArticles(ctx, d.Updated) },
		func() error { return s.relocate(ctx, d.Relocated) },
		func() error { return s.replace(ctx, d.Reread) },
		func() error { return s.respeak(ctx, p.Batch().Publisher, d) },
		func() error { return s.forget(ctx, d.Forgotten) },
		func() error { return s.addAliases(ctx, p.Batch().Publisher, d.Aliases) },
		func() error { return s.addPermalinks(ctx, d.Permalinks) },
		func() error { return s.addStoryKeys(ctx, p.Batch().Publisher, d.StoryKeys) },
		func() error { return s.addRevisions(ctx, now, d.Revisions) },
		func() error { return s.showFiles(ctx, d.Reread, d.Revisions) },
		func() error { return s.fileArticles(ctx, source, d.Filings) },
		func() error { return s.withdrawArticles(ctx, d.Withdrawn, now) },
		func() error { return s.index(ctx, changedBy(d)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// applyHolds stores the holds that begin or go on, and removes those that are over.
func (s session) applyHolds(ctx context.Context, source string, d ledger.Decision) error {
	for _, kind := range d.Dropped {
		if err := s.dropHold(ctx, source, kind); err != nil {
			return err
		}
	}
	for _, h := range d.Begun {
		if err := s.putHold(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// unfile removes articles from the source.
func (s session) unfile(ctx context.Context, source string, now time.Time, p *ledger.Part, d ledger.Decision) error {
	if len(d.Unfiled) == 0 {
		return nil
	}
	if _, err := s.exec(ctx, `UPDATE article_sources SET gone_ms = $3 WHERE source = $1 AND article = ANY($2)`,
		source, d.Unfiled, ledger.Millis(now)); err != nil || !d.CountsUnfiled {
		return err
	}
	n, err := s.exec(ctx, `DELETE FROM missing WHERE source = $1 AND article = ANY($2)`, source, d.Unfiled)
	p.Found(int(n))
	return err
}

func (s session) addArticles(ctx context.Context, source string, now time.Time, added []ledger.Addition) error {
	rows := make([][]any, len(added))
	bySlug := make(map[string]*ledger.Version, len(added))
	for i, n := range added {
		a := n.Article
		slug := feeds.Slug(n.UID)
		bySlug[slug] = n.Version
		rows[i] = []any{n.UID, slug, n.Story, a.Publisher, source, n.Key, a.Language, a.GUID, a.Link, a.Title,
			int64(1), n.Hash, n.Joins, n.Terms, ledger.List(n.Categories), flag(n.ByDefault), ledger.Millis(a.Published), ledger.Millis(now), int64(0), int64(n.Grammar)}
	}
	return s.insert(ctx, `INSERT INTO articles (uid, slug, story, publisher, source, key, language, guid, link, title,
		revision, hash, joins, terms, categories, by_default, published_ms, first_seen_ms, withdrawn_ms, grammar)`, rows, `RETURNING id, slug`,
		func(rows *sql.Rows) error {
			var id int64
			var slug string
			err := rows.Scan(&id, &slug)
			bySlug[slug].ID = id
			return err
		})
}

func (s session) updateArticles(ctx context.Context, updated []ledger.Known) error {
	for _, k := range updated {
		if _, err := s.exec(ctx, `UPDATE articles SET source = $2, link = $3, title = $4, revision = $5, hash = $6, joins = $7,
			terms = $8, categories = $9, published_ms = $10, withdrawn_ms = $11, language = $12, grammar = $13, by_default = $14 WHERE id = $1`,
			k.ID, k.Source, k.Link, k.Title, k.Revision, k.Hash, k.Joins,
			k.Terms, k.Categories, k.Published, k.Withdrawn, k.Language, k.Grammar, flag(k.ByDefault)); err != nil {
			return err
		}
	}
	return nil
}

// listsOf returns the parts of a revision that are stored in one.
func listsOf(r ledger.Revision) (string, error) {
	a := r.Article
	parts, err := json.Marshal(lists{
		Authors: a.Authors, Images: a.Images, Enclosures: a.Enclosures, Episode: a.Episode, Related: a.Related, Alternates: a.Alternates,
		Feed: a.Feed, Point: a.Point, External: a.External, Modified: ledger.Millis(r.Modified), PublishedDay: a.PublishedDay,
	})
	return string(parts), err
}

// relocate gives the newest revisions of articles, and their files, their new addresses.
func (s session) relocate(ctx context.Context, relocated []ledger.Revision) error {
	for _, r := range relocated {
		parts, err := listsOf(r)
		if err != nil {
			return err
		}
		if _, err := s.exec(ctx, `UPDATE revisions SET link = $3, hash = $4, content = $5, lists = $6 WHERE article = $1 AND n = $2`,
			r.Of.ID, r.N, r.Article.Link, r.Hash, r.Article.Content, parts); err != nil {
			return err
		}
	}
	return nil
}

// replace has the newest revisions of articles say what they are read to say now.
func (s session) replace(ctx context.Context, reread []ledger.Revision) error {
	for _, r := range reread {
		a := r.Article
		parts, err := listsOf(r)
		if err != nil {
			return err
		}
		if _, err := s.exec(ctx, `UPDATE revisions SET hash = $3, title = $4, summary = $5, content = $6, link = $7, rights = $8,
			published_ms = $9, published_from = $10, updated_ms = $11, lists = $12 WHERE article = $1 AND n = $2`,
			r.Of.ID, r.N, r.Hash, a.Title, a.Summary, a.Content, a.Link, a.Rights,
			ledger.Millis(a.Published), string(a.PublishedFrom), ledger.Millis(a.Updated), parts); err != nil {
			return err
		}
	}
	return nil
}

// respeak gives articles that are in another language than before their aliases in it.
func (s session) respeak(ctx context.Context, publisher string, d ledger.Decision) error {
	if len(d.Spoken) == 0 {
		return nil
	}
	if _, err := s.exec(ctx, `DELETE FROM aliases WHERE publisher = $1 AND article = ANY($2)`, publisher, d.Spoken); err != nil {
		return err
	}
	return s.insert(ctx, insertAliases, aliasRows(publisher, d.Respoken), `ON CONFLICT (publisher, key, language) DO NOTHING`, nil)
}

const insertAliases = `INSERT INTO aliases (publisher, key, language, article, shared)`

func aliasRows(publisher string, aliases []ledger.AliasRow) [][]any {
	rows := make([][]any, len(aliases))
	for i, a := range aliases {
		rows[i] = []any{publisher, a.Key.Key, a.Language, a.Of.ID, flag(a.Shared)}
	}
	return rows
}

func (s session) addAliases(ctx context.Context, publisher string, aliases []ledger.AliasRow) error {
	return s.insert(ctx, insertAliases, aliasRows(publisher, aliases),
		`ON CONFLICT (publisher, key, language) DO UPDATE SET
			shared = CASE WHEN aliases.article = excluded.article THEN excluded.shared ELSE 1 END, article = excluded.article`, nil)
}

func (s session) addStoryKeys(ctx context.Context, publisher string, keys []ledger.StoryKey) error {
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{publisher, k.Key, k.Story}
	}
	return s.insert(ctx, `INSERT INTO story_keys (publisher, key, story)`, rows, `ON CONFLICT (publisher, key) DO NOTHING`, nil)
}

func (s session) addRevisions(ctx context.Context, now time.Time, revisions []ledger.Revision) error {
	rows := make([][]any, len(revisions))
	for i, r := range revisions {
		a := r.Article
		parts, err := listsOf(r)
		if err != nil {
			return err
		}
		rows[i] = []any{r.Of.ID, int64(r.N), r.Hash, ledger.Millis(now), a.Title, a.Summary, a.Content, a.Link, a.Rights,
			ledger.Millis(a.Published), string(a.PublishedFrom), ledger.Millis(a.Updated), ledger.Millis(r.Corrected), parts}
	}
	return s.insert(ctx, `INSERT INTO revisions (article, n, hash, time_ms, title, summary, content, link, rights,
		published_ms, published_from, updated_ms, corrected_ms, lists)`, rows, ``, nil)
}

// fileArticles enters which articles the source holds, and under which categories.
func (s session) fileArticles(ctx context.Context, source string, filings []ledger.FilingRow) error {
	rows := make([][]any, len(filings))
	for i, f := range filings {
		rows[i] = []any{source, f.Of.ID, f.Terms, f.Categories, flag(f.ByDefault), int64(0)}
	}
	return s.insert(ctx, `INSERT INTO article_sources (source, article, terms, categories, by_default, gone_ms)`, rows,
		`ON CONFLICT (source, article) DO UPDATE SET terms = excluded.terms, categories = excluded.categories,
			by_default = excluded.by_default, gone_ms = 0`, nil)
}

func (s session) withdrawArticles(ctx context.Context, ids []int64, now time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := s.exec(ctx, `UPDATE articles SET withdrawn_ms = $2 WHERE id = ANY($1)`, ids, ledger.Millis(now))
	return err
}

// end stores what a run leaves of its source as a whole: what is missing, and facts.
func (s session) end(ctx context.Context, source string, now time.Time, e ledger.Upshot) error {
	if err := s.noteMissing(ctx, source, now, e.Sight); err != nil {
		return err
	}
	if e.CountsMissing {
		var n int64
		if _, err := s.one(ctx, []any{&n}, `SELECT count(*) FROM missing WHERE source = $1`, source); err != nil {
			return err
		}
		e.Facts.Missing = int(n)
	}
	if e.Facts == e.Before {
		return nil
	}
	return s.putFacts(ctx, source, e.Facts)
}

// noteMissing stores what is missing within the source's window.
func (s session) noteMissing(ctx context.Context, source string, now time.Time, sight ledger.Sight) error {
	if len(sight.Drop) > 0 {
		if _, err := s.exec(ctx, `DELETE FROM missing WHERE source = $1 AND article = ANY($2)`, source, sight.Drop); err != nil {
			return err
		}
	}
	for _, put := range []struct {
		ids      []int64
		gone     int64
		conflict string
	}{
		{sight.Put, 0, `NOTHING`},
		{sight.Beside, 0, `NOTHING`},
		{sight.Gone, ledger.Millis(now), `UPDATE SET probed_ms = excluded.probed_ms, gone_ms = excluded.gone_ms`},
	} {
		rows := make([][]any, len(put.ids))
		for i, id := range put.ids {
			rows[i] = []any{source, id, ledger.Millis(now), put.gone, put.gone}
		}
		if err := s.insert(ctx, `INSERT INTO missing (source, article, since_ms, probed_ms, gone_ms)`, rows,
			`ON CONFLICT (source, article) DO `+put.conflict, nil); err != nil {
			return err
		}
	}
	return nil
}
