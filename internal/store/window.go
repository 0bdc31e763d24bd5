package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// A feed shows a window of what there is. An article that leaves the window at its
// old end is not withdrawn; one that is missing between older and newer ones which
// are still listed may have been. It is noted; when it is missing in a later run too,
// its page is asked ([DB.Suspects]), and when that answers 404 or 410 the run names it
// in [Collected.Gone].

// probeRest is how long a page that answered is not asked again.
const probeRest = 3 * 24 * time.Hour

// Suspect is an article that its source left out in an earlier run.
type Suspect struct {
	ID, Link, Title string
}

// Suspects returns at most limit articles that are missing within the window of
// their source, and whose pages were not asked of late.
func (db *DB) Suspects(ctx context.Context, source string, now time.Time, limit int) ([]Suspect, error) {
	var suspects []Suspect
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var s Suspect
		err := rows.Scan(&s.ID, &s.Link, &s.Title)
		suspects = append(suspects, s)
		return err
	}, `SELECT a.uid, a.link, a.title FROM missing m JOIN articles a ON a.id = m.article
		WHERE m.source = $1 AND m.probed_ms <= $2 AND a.withdrawn_ms = 0 AND a.link <> ''
		ORDER BY m.probed_ms, m.since_ms, m.article LIMIT $3`, source, millis(now.Add(-probeRest)), limit)
	if err != nil {
		return nil, fmt.Errorf("read what source %s left out: %w", source, err)
	}
	return suspects, nil
}

// Probed notes that the pages of suspects were asked and are there, or did not tell.
func (db *DB) Probed(ctx context.Context, source string, ids []string, now time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	slugs := make([]string, len(ids))
	for i, id := range ids {
		slugs[i] = feeds.Slug(id)
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		_, err := s.exec(ctx, `UPDATE missing SET probed_ms = $3 WHERE source = $1
			AND article IN (SELECT id FROM articles WHERE slug = ANY($2))`, source, slugs, millis(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("note which pages of source %s are there: %w", source, err)
	}
	return nil
}

// window is what a run shows of its source's window.
type window struct {
	inside map[int64]bool // articles that are missing within it; nil where it says nothing
	put    []int64        // of these those that were not before
	drop   []int64        // those that no longer are
}

// lookThrough finds what is missing within the window of a batch whose known
// articles were found. One in ten of the oldest is overlooked, since a notice that
// is pinned to the top for years would make the window as long.
func (w *work) lookThrough(ctx context.Context, batch []*incoming) error {
	if !w.c.Window || w.verdict.held || len(batch) < 2 {
		return nil
	}
	dates := make([]int64, 0, len(batch))
	for _, in := range batch {
		switch {
		case in.known != nil:
			dates = append(dates, in.known.published)
		case in.article.PublishedFrom != feeds.DateFirstSeen:
			dates = append(dates, millis(in.article.Published))
		}
	}
	if len(dates) < 2 {
		return nil
	}
	slices.Sort(dates)
	oldest, newest := dates[len(dates)/10], dates[len(dates)-1]
	w.window.inside = map[int64]bool{}
	// The newest by far are enough: a window does not reach further than twice itself.
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id, published int64
		err := rows.Scan(&id, &published)
		if !w.seen[id] && oldest < published && published < newest {
			w.window.inside[id] = true
		}
		return err
	}, `SELECT a.id, a.published_ms FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY s.article DESC LIMIT $2`,
		w.c.Run.Source, 2*len(batch)+50); err != nil {
		return err
	}
	before := map[int64]bool{}
	if w.facts.missing > 0 {
		if err := w.s.each(ctx, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			before[id] = true
			return err
		}, `SELECT article FROM missing WHERE source = $1`, w.c.Run.Source); err != nil {
			return err
		}
	}
	for id := range w.window.inside {
		if !before[id] {
			w.window.put = append(w.window.put, id)
		}
	}
	for id := range before {
		if !w.window.inside[id] {
			w.window.drop = append(w.window.drop, id)
		}
	}
	slices.Sort(w.window.put)
	slices.Sort(w.window.drop)
	w.facts.missing = len(w.window.inside)
	return nil
}

// noteMissing stores what is missing within the window.
func (w *work) noteMissing(ctx context.Context) error {
	if len(w.window.drop) > 0 {
		if _, err := w.s.exec(ctx, `DELETE FROM missing WHERE source = $1 AND article = ANY($2)`, w.c.Run.Source, w.window.drop); err != nil {
			return err
		}
	}
	rows := make([][]any, len(w.window.put))
	for i, id := range w.window.put {
		rows[i] = []any{w.c.Run.Source, id, millis(w.c.Now), int64(0)}
	}
	return w.s.insert(ctx, `INSERT INTO missing (source, article, since_ms, probed_ms)`, rows, `ON CONFLICT (source, article) DO NOTHING`, nil)
}
