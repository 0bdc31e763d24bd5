package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/search"
)

// The index of searches holds the live articles as their current revisions are. Whatever
// changes one writes it anew in the same transaction, of what it finds stored; so the index
// can't disagree with what it is of.

// contentIndexed is how much of a text is read for the index, in characters with their markup.
const contentIndexed = 6000

// changedBy returns the articles whose texts, languages or lives a part of a run changes.
func changedBy(d ledger.Decision) (ids []int64) {
	for _, n := range d.Added {
		ids = append(ids, n.ID)
	}
	for _, k := range d.Updated {
		ids = append(ids, k.ID)
	}
	for _, revisions := range [][]ledger.Revision{d.Relocated, d.Reread, d.Revisions} {
		for _, r := range revisions {
			ids = append(ids, r.Of.ID)
		}
	}
	ids = slices.Concat(ids, d.Spoken, d.Withdrawn)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// index has the index hold these articles as they are now, or not at all.
func (s session) index(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	var live []int64
	var stories []string
	var tokens []search.Tokens
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var story string
		var published int64
		var a feeds.Article
		err := rows.Scan(&id, &story, &a.Publisher, &a.Language, &published, &a.Title, &a.Summary, &a.Content)
		a.Published = ledger.FromMillis(published)
		live, stories, tokens = append(live, id), append(stories, story), append(tokens, search.TokensOf(a))
		return err
	}, `SELECT a.id, a.story, a.publisher, a.language, a.published_ms, r.title, r.summary, substr(r.content, 1, $2)
		FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revision WHERE a.id = ANY($1) AND a.withdrawn_ms = 0`, ids, contentIndexed); err != nil {
		return err
	}
	if err := s.indexTokens(ctx, ids, live, tokens); err != nil {
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM search_categories WHERE article = ANY($1)`, ids); err != nil || len(live) == 0 {
		return err
	}
	return s.indexCategories(ctx, stories, live)
}

// indexTokens takes articles out of the index, and puts those that are live into it.
func (s session) indexTokens(ctx context.Context, ids, live []int64, tokens []search.Tokens) error {
	if s.pool.engine == PostgreSQL {
		if _, err := s.exec(ctx, `DELETE FROM search_index WHERE article = ANY($1)`, ids); err != nil || len(live) == 0 {
			return err
		}
		vectors := make([]string, len(live))
		for i, t := range tokens {
			vectors[i] = tsvector(t, live[i])
		}
		_, err := s.exec(ctx, `INSERT INTO search_index (article, tokens) SELECT u.article, u.tokens::tsvector FROM unnest($1::bigint[], $2::text[]) u (article, tokens)`, live, vectors)
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM search_index WHERE rowid = ANY($1)`, ids); err != nil {
		return err
	}
	rows := make([][]any, len(live))
	for i, t := range tokens {
		rows[i] = []any{live[i], t.String()}
	}
	return s.insert(ctx, `INSERT INTO search_index (rowid, tokens)`, rows, ``, nil)
}

// stretchLength is how many articles, by their numbers, share a token on PostgreSQL, by which
// the newest are found first.
const stretchLength = 2048

func stretchOf(article int64) int64 { return article / stretchLength }

func stretchToken(stretch int64) string { return "#" + strconv.FormatInt(stretch, 10) }

// tsvector writes tokens as PostgreSQL reads them (§8.11.1 of its manual). Grams have their
// places; there are far fewer than the 16,383 that it can tell apart.
func tsvector(t search.Tokens, article int64) string {
	var b strings.Builder
	write := func(token string) {
		b.WriteByte('\'')
		b.WriteString(token)
		b.WriteByte('\'')
	}
	for i, gram := range t.Grams {
		write(gram)
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(i + 1))
		b.WriteByte(' ')
	}
	for _, token := range t.Others {
		write(token)
		b.WriteByte(' ')
	}
	write(stretchToken(stretchOf(article)))
	return b.String()
}

// indexMoved has the index hold the categories that stories have now.
func (s session) indexMoved(ctx context.Context, moves ledger.Moves) error {
	if len(moves) == 0 {
		return nil
	}
	stories := moves.Stories()
	if _, err := s.exec(ctx, `DELETE FROM search_categories WHERE article IN (SELECT id FROM articles WHERE story = ANY($1))`, stories); err != nil {
		return err
	}
	return s.indexCategories(ctx, stories, nil)
}

// indexCategories puts the categories of stories into the index, which are those of all their
// versions: for these of them that are live, or for all.
func (s session) indexCategories(ctx context.Context, stories []string, only []int64) error {
	slices.Sort(stories)
	stories = slices.Compact(stories)
	of := make(map[string]*ledger.Categories, len(stories))
	live := make(map[int64]string, len(stories))
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var id, byDefault, withdrawn int64
		var story, packed string
		if err := rows.Scan(&id, &story, &packed, &byDefault, &withdrawn); err != nil {
			return err
		}
		categories, err := ledger.Unlist[string](packed)
		if of[story] == nil {
			of[story] = &ledger.Categories{}
		}
		of[story].Add(categories, byDefault != 0)
		if withdrawn == 0 && (only == nil || slices.Contains(only, id)) {
			live[id] = story
		}
		return err
	}, `SELECT id, story, categories, by_default, withdrawn_ms FROM articles WHERE story = ANY($1) ORDER BY id`, stories); err != nil {
		return err
	}
	var values [][]any
	for id, story := range live {
		for _, category := range of[story].All() {
			values = append(values, []any{id, category})
		}
	}
	return s.insert(ctx, `INSERT INTO search_categories (article, category)`, values, `ON CONFLICT (article, category) DO NOTHING`, nil)
}
