package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Remapping files stored articles anew, after the rules or the taxonomy changed.
type Remapping struct {
	// Map returns the categories of an article as one source files it. It is given
	// Publisher, Source (that source), Language, Title, Summary, Link, Terms and
	// Categories.
	Map func(feeds.Article) []string
	// Touched and Now are as in [Collected].
	Touched func(publisher string, languages, categories []string) []feeds.Channel
	Now     time.Time
}

// remapBatch is the number of articles of one transaction.
const remapBatch = 100

// Remap maps the raw terms of all stored articles and returns how many have other
// categories than before. No article has a new revision; see filing.go for how a story
// comes into a category and leaves it. It marks the channels that change.
// It may be stopped and run again at any time.
func (db *DB) Remap(ctx context.Context, r Remapping) (changed int, err error) {
	for after, more := int64(0), true; more; {
		var n int
		var last int64
		err := db.write(ctx, func(ctx context.Context, s session) (err error) {
			n, last, err = r.batch(ctx, s, after)
			return err
		})
		if err != nil {
			return changed, fmt.Errorf("map the stored articles anew: %w", err)
		}
		changed += n
		after, more = last, last > after
	}
	return changed, nil
}

// batch maps the articles that come after a number; last is the number to go on
// from, the same if there are none.
func (r Remapping) batch(ctx context.Context, s session, after int64) (changed int, last int64, err error) {
	w := newWork(&Collected{Touched: r.Touched, Now: r.Now}, s)
	last = after
	var publishers []string
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var p string
		err := rows.Scan(&p)
		publishers = append(publishers, p)
		return err
	}, `SELECT DISTINCT publisher FROM (SELECT publisher FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a`, after, remapBatch); err != nil {
		return 0, 0, err
	}
	slices.Sort(publishers) // one order for all, so that two can't wait for one another
	for _, p := range publishers {
		if err := s.lock(ctx, lockPublisher, p); err != nil {
			return 0, 0, err
		}
	}
	if err := s.each(ctx, w.scanKnown,
		`SELECT `+knownColumns+` FROM (SELECT * FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a
			JOIN article_sources s ON s.article = a.id ORDER BY a.id, s.source`, after, remapBatch); err != nil {
		return 0, 0, err
	}
	summaries := map[int64]string{}
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var summary string
		err := rows.Scan(&id, &summary)
		summaries[id] = summary
		return err
	}, `SELECT a.id, r.summary FROM (SELECT * FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a
		JOIN revisions r ON r.article = a.id AND r.n = a.revision`, after, remapBatch); err != nil {
		return 0, 0, err
	}
	refiled := map[int64][]filing{}
	for id, k := range w.known {
		last = max(last, id)
		moved := false
		for i, f := range k.filings {
			terms, err := unlist[feeds.Term](f.terms)
			if err != nil {
				return 0, 0, err
			}
			old, err := unlist[string](f.categories)
			if err != nil {
				return 0, 0, err
			}
			categories := r.Map(feeds.Article{Publisher: k.publisher, Source: f.source, Language: k.language, Title: k.title,
				Summary: summaries[id], Link: k.link, Terms: terms, Categories: old})
			k.filings[i].categories = list(categories)
			moved = moved || k.filings[i].categories != f.categories
		}
		if moved {
			refiled[id] = k.filings
		}
	}
	var rows [][]any
	var stories []*known
	for id, filings := range refiled {
		stories = append(stories, w.known[id])
		for _, f := range filings {
			rows = append(rows, []any{f.source, id, f.terms, f.categories, flag(f.gone)})
		}
	}
	if len(rows) == 0 {
		return 0, last, nil
	}
	if err := s.insert(ctx, `INSERT INTO article_sources (source, article, terms, categories, gone_ms)`, rows,
		`ON CONFLICT (source, article) DO UPDATE SET categories = excluded.categories`, nil); err != nil {
		return 0, 0, err
	}
	slices.SortFunc(stories, func(a, b *known) int { return int(a.id - b.id) })
	if err := w.loadStories(ctx, nil, stories); err != nil {
		return 0, 0, err
	}
	for _, k := range stories {
		st := w.stories[k.story]
		m := st.member(k.id)
		m.categories = k.united()
		st.touched, st.past = true, true
		if _, err := s.exec(ctx, `UPDATE articles SET categories = $2 WHERE id = $1`, k.id, list(m.categories)); err != nil {
			return 0, 0, err
		}
	}
	return len(stories), last, w.log(ctx)
}

// united returns the categories of all sources that hold the article, its owner's
// first; those of all that held it where none does.
func (k *known) united() (all []string) {
	live := slices.ContainsFunc(k.filings, func(f filing) bool { return !f.gone })
	for _, owner := range []bool{true, false} {
		for _, f := range k.filings {
			if (f.source == k.source) != owner || live && f.gone {
				continue
			}
			if theirs, err := unlist[string](f.categories); err == nil { // our own JSON
				all = union(all, theirs)
			}
		}
	}
	return all
}
