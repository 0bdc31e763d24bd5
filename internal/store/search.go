package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/search"
)

// mostLooked is how many matches are looked through at most for categories and dates, which
// are no part of the index.
const mostLooked = 2000

// firstLooked is how many are looked through at first; then four times as many.
const firstLooked = 125

// Search finds live articles by their words.
//
// Where categories or dates are asked for, the newest 2,000 matches of each rank are looked
// through, of which as many are returned as fulfil that; [search.Found.Bounded] tells where
// there were more. Places are stable: whoever goes on behind one finds none twice, and what is
// stored meanwhile stands before the first.
func (r Reader) Search(ctx context.Context, q search.Request) (found search.Found, err error) {
	if found, err = r.search(ctx, q); err != nil {
		return search.Found{}, fmt.Errorf("search for %q: %w", q.Terms, err)
	}
	return found, nil
}

func (r Reader) search(ctx context.Context, q search.Request) (found search.Found, err error) {
	if r.s.pool.lacks("search_index") {
		return search.Found{Building: true}, nil
	}
	whole, err := r.SearchFilled(ctx)
	if err != nil {
		return found, err
	}
	found.Building = !whole
	limit := q.Limit
	if limit <= 0 {
		limit = search.DefaultLimit
	}
	for _, step := range q.Steps() {
		if step.Rank < q.After.Rank {
			continue
		}
		l := look{r, q, step, limit - len(found.Hits)}
		hits, more, bounded, err := l.through(ctx)
		if err != nil {
			return found, err
		}
		found.Hits = append(found.Hits, hits...)
		found.Bounded = found.Bounded || bounded
		if found.More = more; more {
			break
		}
	}
	return found, nil
}

// look is the search for hits of one rank.
type look struct {
	Reader
	request search.Request
	step    search.Step
	wanted  int // 0 asks whether there is one
}

// through returns the wanted hits, whether there are more, and whether there may be more among
// the matches that were not looked through.
func (l look) through(ctx context.Context) (hits []search.Hit, more, bounded bool, err error) {
	below := int64(math.MaxInt64)
	if l.request.After.Row > 0 && l.step.Rank == l.request.After.Rank {
		below = l.request.After.Row
	}
	chunk := l.wanted + 1
	if l.isNarrowed() {
		chunk = max(chunk, firstLooked)
	}
	for looked := 0; ; chunk *= 4 {
		chunk = min(chunk, mostLooked-looked)
		matches, err := l.matches(ctx, below, chunk)
		if err != nil {
			return nil, false, false, err
		}
		seen := len(matches)
		if seen > 0 {
			below = matches[seen-1].Row
		}
		fit, err := l.fitting(ctx, matches)
		if err != nil {
			return nil, false, false, err
		}
		for _, hit := range fit {
			if len(hits) == l.wanted {
				return hits, true, false, nil
			}
			hits = append(hits, hit)
		}
		if seen < chunk {
			return hits, false, false, nil
		}
		if looked += seen; looked >= mostLooked {
			return hits, false, true, nil
		}
	}
}

// isNarrowed reports whether matches have to be looked at.
func (l look) isNarrowed() bool {
	return l.request.Categories != nil || !l.request.Since.IsZero() || !l.request.Until.IsZero()
}

// fitting returns the matches that have one of the categories and were published in time.
func (l look) fitting(ctx context.Context, matches []search.Hit) ([]search.Hit, error) {
	if !l.isNarrowed() || len(matches) == 0 {
		return matches, nil
	}
	rows := make([]int64, len(matches))
	for i, m := range matches {
		rows[i] = m.Row
	}
	var conditions strings.Builder
	args := []any{rows}
	with := func(condition string, arg any) {
		args = append(args, arg)
		fmt.Fprintf(&conditions, condition, len(args))
	}
	if l.request.Categories != nil {
		with(` AND EXISTS (SELECT 1 FROM search_categories c WHERE c.article = a.id AND c.category = ANY($%d))`, l.request.Categories)
	}
	if !l.request.Since.IsZero() {
		with(` AND a.published_ms >= $%d`, ledger.Millis(l.request.Since))
	}
	if !l.request.Until.IsZero() {
		with(` AND a.published_ms < $%d`, ledger.Millis(l.request.Until))
	}
	fits := map[int64]bool{}
	if err := l.s.each(ctx, func(rows *sql.Rows) error {
		var row int64
		err := rows.Scan(&row)
		fits[row] = true
		return err
	}, `SELECT a.id FROM articles a WHERE a.id = ANY($1)`+conditions.String(), args...); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(matches, func(m search.Hit) bool { return !fits[m.Row] }), nil
}

const hitColumns = `a.id, a.uid, a.story, a.language, a.publisher`

// matches returns at most so many articles below a row that fulfil the query, the newest first.
func (l look) matches(ctx context.Context, below int64, most int) ([]search.Hit, error) {
	switch {
	case l.step.IsImpossible():
		return nil, nil
	case len(l.step.Query) == 0:
		return l.hits(ctx, `SELECT `+hitColumns+` FROM articles a WHERE a.withdrawn_ms = 0 AND a.id < $1 ORDER BY a.id DESC LIMIT $2`, below, most)
	case l.s.pool.engine == SQLite:
		// CROSS JOIN keeps the order of the index.
		return l.hits(ctx, `SELECT `+hitColumns+` FROM search_index CROSS JOIN articles a
			WHERE search_index MATCH $1 AND search_index.rowid < $2 AND a.id = search_index.rowid ORDER BY search_index.rowid DESC LIMIT $3`,
			fts5(l.step), below, most)
	}
	return l.newestFirst(ctx, below, most)
}

// newestFirst is for PostgreSQL, whose index knows no order: it gives all that match, and they
// are sorted. So the newest stretches are asked first, and the others where these have too
// little: then there can't be many.
func (l look) newestFirst(ctx context.Context, below int64, most int) ([]search.Hit, error) {
	const statement = `SELECT ` + hitColumns + ` FROM search_rows($1::tsquery, $2, $3) s JOIN articles a ON a.id = s ORDER BY a.id DESC`
	last, err := l.s.lastArticle(ctx)
	if err != nil {
		return nil, err
	}
	top := stretchOf(min(below-1, last))
	newest := search.Alternatives{{Tokens: []string{stretchToken(top)}}, {Tokens: []string{stretchToken(top - 1)}}}
	step := l.step
	step.Query = append(search.Query{newest}, step.Query...)
	hits, err := l.hits(ctx, statement, tsquery(step), below, most)
	if err != nil || len(hits) == most || top <= 1 {
		return hits, err
	}
	others, err := l.hits(ctx, statement, tsquery(l.step), min(below, (top-1)*stretchLength), most-len(hits))
	return append(hits, others...), err
}

// hits runs a query for hits.
func (l look) hits(ctx context.Context, query string, args ...any) (hits []search.Hit, err error) {
	err = l.s.each(ctx, func(rows *sql.Rows) error {
		h := search.Hit{Place: search.Place{Rank: l.step.Rank}}
		err := rows.Scan(&h.Row, &h.Article, &h.Story, &h.Language, &h.Publisher)
		hits = append(hits, h)
		return err
	}, query, args...)
	return hits, err
}

// lastArticle returns the number of the article that was stored last; 0 if there is none.
func (s session) lastArticle(ctx context.Context) (last int64, err error) {
	_, err = s.one(ctx, []any{&last}, `SELECT coalesce(max(id), 0) FROM articles`)
	return last, err
}

// fts5 writes a step in SQLite's language (https://sqlite.org/fts5.html §3). In quotes nothing
// has a meaning of its own, and tokens have none.
func fts5(s search.Step) string {
	return write(s, expressions{
		and: " AND ", or: " OR ", without: " NOT ",
		condition: func(c search.Condition) string {
			text := `"` + strings.Join(c.Tokens, " ") + `"`
			if c.Begins {
				text += " *"
			}
			return text
		},
	})
}

// tsquery writes a step in PostgreSQL's language (§8.11.2 of its manual).
func tsquery(s search.Step) string {
	return write(s, expressions{
		and: " & ", or: " | ", without: " & !",
		condition: func(c search.Condition) string {
			text := `'` + strings.Join(c.Tokens, `' <-> '`) + `'`
			if c.Begins {
				text += ":*"
			}
			return "(" + text + ")"
		},
	})
}

// expressions are how a language writes a query.
type expressions struct {
	and, or, without string
	condition        func(search.Condition) string
}

// write writes a step.
func write(s search.Step, in expressions) string {
	text := in.query(s.Query)
	if len(s.Without) == 0 {
		return text
	}
	without := make([]string, len(s.Without))
	for i, q := range s.Without {
		without[i] = "(" + in.query(q) + ")"
	}
	return "(" + text + ")" + in.without + "(" + strings.Join(without, in.or) + ")"
}

func (in expressions) query(q search.Query) string {
	all := make([]string, len(q))
	for i, alternatives := range q {
		any := make([]string, len(alternatives))
		for j, c := range alternatives {
			any[j] = in.condition(c)
		}
		all[i] = "(" + strings.Join(any, in.or) + ")"
	}
	return strings.Join(all, in.and)
}
