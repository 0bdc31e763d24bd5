package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
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
	before := map[int64]bool{}
	for _, step := range q.Steps() {
		if step.Rank < q.After.Rank {
			continue
		}
		if q.After.Rank == 0 {
			step.Without = nil // all hits of better ranks are known
		}
		l := look{r, q, step, before, limit - len(found.Hits)}
		hits, more, bounded, err := l.through(ctx)
		if err != nil {
			return found, err
		}
		for _, h := range hits {
			before[h.Row] = true
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
	before  map[int64]bool // hits of better ranks, by their rows
	wanted  int            // 0 asks whether there is one
}

// through returns the wanted hits, whether there are more, and whether there may be more among
// the matches that were not looked through.
func (l look) through(ctx context.Context) (hits []search.Hit, more, bounded bool, err error) {
	below := int64(math.MaxInt64)
	if l.request.After.Row > 0 && l.step.Rank == l.request.After.Rank {
		below = l.request.After.Row
	}
	chunk := l.wanted + len(l.before) + 1
	if l.isNarrowed() {
		chunk = max(chunk, firstLooked)
	}
	for looked := 0; ; chunk *= 4 {
		if l.isNarrowed() {
			chunk = min(chunk, mostLooked-looked)
		}
		found, err := l.matches(ctx, below, chunk)
		if err != nil {
			return nil, false, false, err
		}
		for _, hit := range found.hits {
			if l.before[hit.Row] {
				continue
			}
			if len(hits) == l.wanted {
				return hits, true, false, nil
			}
			hits = append(hits, hit)
		}
		if found.looked < chunk {
			return hits, false, false, nil
		}
		if looked += found.looked; looked >= mostLooked {
			return hits, false, true, nil
		}
		below = found.last
	}
}

// isNarrowed reports whether what fulfils the query has to be looked at.
func (l look) isNarrowed() bool {
	return l.request.Categories != nil || !l.request.Since.IsZero() || !l.request.Until.IsZero()
}

// matches are articles that fulfil a query.
type matches struct {
	hits   []search.Hit // that fulfil all that is asked for
	looked int          // how many fulfil the query
	last   int64        // the row of the last of these
}

// matches looks at at most so many articles below a row that fulfil the query, the newest first.
func (l look) matches(ctx context.Context, below int64, most int) (matches, error) {
	switch {
	case l.step.IsImpossible():
		return matches{}, nil
	case len(l.step.Query) == 0:
		return l.ask(ctx, `SELECT id FROM articles WHERE $1 = '' AND withdrawn_ms = 0 AND id < $2 ORDER BY id DESC LIMIT $3`, "", below, most)
	case l.s.pool.engine == SQLite:
		return l.ask(ctx, `SELECT rowid FROM search_index WHERE search_index MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`, fts5(l.step), below, most)
	}
	return l.newestFirst(ctx, below, most)
}

// newestFirst is for PostgreSQL, whose index knows no order: it gives all that match, and they
// are sorted. So the newest stretches are asked first, and the others where these have too
// little: then there can't be many.
func (l look) newestFirst(ctx context.Context, below int64, most int) (matches, error) {
	const rows = `SELECT * FROM search_rows($1::tsquery, $2, $3)`
	last, err := l.s.lastArticle(ctx)
	if err != nil {
		return matches{}, err
	}
	top := stretchOf(min(below-1, last))
	newest := search.Alternatives{{Tokens: []string{stretchToken(top)}}, {Tokens: []string{stretchToken(top - 1)}}}
	step := l.step
	step.Query = append(search.Query{newest}, step.Query...)
	found, err := l.ask(ctx, rows, tsquery(step), below, most)
	if err != nil || found.looked == most || top <= 1 {
		return found, err
	}
	others, err := l.ask(ctx, rows, tsquery(l.step), min(below, (top-1)*stretchLength), most-found.looked)
	return matches{append(found.hits, others.hits...), found.looked + others.looked, others.last}, err
}

// ask returns the articles that a statement finds, the newest first, as far as they have one of
// the categories and were published in time. The statement is given a query, the row below
// which they are, and how many at most.
func (l look) ask(ctx context.Context, statement, query string, below int64, most int) (found matches, err error) {
	args := []any{query, below, most}
	var conditions strings.Builder
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
	err = l.s.each(ctx, func(rows *sql.Rows) error {
		h := search.Hit{Place: search.Place{Rank: l.step.Rank}}
		var published int64
		var looked int
		if err := rows.Scan(&h.Row, &h.Article, &h.Story, &h.Language, &h.Publisher, &published, &looked); err != nil {
			return err
		}
		h.Published = ledger.FromMillis(published)
		if h.Article == "" {
			found.last, found.looked = h.Row, looked
		} else {
			found.hits = append(found.hits, h)
		}
		return nil
	}, `WITH m (id) AS MATERIALIZED (`+statement+`)
		SELECT a.id AS id, a.uid, a.story, a.language, a.publisher, a.published_ms, 0 FROM m CROSS JOIN articles a WHERE a.id = m.id`+conditions.String()+`
		UNION ALL SELECT coalesce(min(id), 0), '', '', '', '', 0, count(*) FROM m ORDER BY 1 DESC`, args...)
	return found, err
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
