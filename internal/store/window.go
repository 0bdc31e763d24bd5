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
//
// So it is with a listing or a sitemap, of which the collector says what was left out:
// see leftout.go for what is different there.

const (
	// probeRest is how long a page that answered is not asked again, and goneRest how
	// long one that was seen gone.
	probeRest = 3 * 24 * time.Hour
	goneRest  = 30 * time.Minute
)

// Suspect is an article that its source left out in an earlier run, or whose page was
// seen gone.
type Suspect struct {
	ID, Link, Title string
	// Gone says that an earlier run saw its page gone.
	Gone bool
}

// Suspects returns at most limit articles that are missing within the window of
// their source, and whose pages were not asked of late.
func (db *DB) Suspects(ctx context.Context, source string, now time.Time, limit int) ([]Suspect, error) {
	var suspects []Suspect
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var s Suspect
		var gone int64
		err := rows.Scan(&s.ID, &s.Link, &s.Title, &gone)
		s.Gone = gone != 0
		suspects = append(suspects, s)
		return err
	}, `SELECT a.uid, a.link, a.title, m.gone_ms FROM missing m JOIN articles a ON a.id = m.article
		WHERE m.source = $1 AND (m.probed_ms <= $2 OR m.gone_ms > 0 AND m.probed_ms <= $3) AND a.withdrawn_ms = 0 AND a.link <> ''
		ORDER BY m.probed_ms, m.since_ms, m.article LIMIT $4`, source, millis(now.Add(-probeRest)), millis(now.Add(-goneRest)), limit)
	if err != nil {
		return nil, fmt.Errorf("read what source %s left out: %w", source, err)
	}
	return suspects, nil
}

// Probed notes that the pages of suspects were asked, by their ids: those that are there,
// and those that did not tell.
func (db *DB) Probed(ctx context.Context, source string, there, silent []string, now time.Time) error {
	if len(there)+len(silent) == 0 {
		return nil
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		for _, part := range []struct {
			ids []string
			set string
		}{{there, `probed_ms = $3, gone_ms = 0`}, {silent, `probed_ms = $3`}} {
			if len(part.ids) == 0 {
				continue
			}
			slugs := make([]string, len(part.ids))
			for i, id := range part.ids {
				slugs[i] = feeds.Slug(id)
			}
			if _, err := s.exec(ctx, `UPDATE missing SET `+part.set+` WHERE source = $1
				AND article IN (SELECT id FROM articles WHERE slug = ANY($2))`, source, slugs, millis(now)); err != nil {
				return err
			}
		}
		return nil
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
	gone   []int64        // articles whose pages this run was the first to see gone
	beside []int64        // articles of the same stories
}

// lookThrough finds what is missing within the window of a batch whose known
// articles were found. One in ten of the oldest is overlooked, since a notice that
// is pinned to the top for years would make the window as long.
func (w *work) lookThrough(ctx context.Context, batch []*incoming) error {
	switch {
	case w.verdict.held:
		return nil
	case w.c.Listing != nil:
		return w.lookThroughListing(ctx)
	case !w.c.Window || w.listed(batch) < 2:
		return nil
	}
	dates := make([]int64, 0, w.listed(batch))
	for _, e := range w.c.leftOut() {
		dates = append(dates, e.published)
	}
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
		w.c.Run.Source, 2*w.listed(batch)+50); err != nil {
		return err
	}
	before := map[int64]int64{}
	if w.facts.missing > 0 {
		var err error
		if before, err = w.missedBefore(ctx); err != nil {
			return err
		}
	}
	w.compareMissing(before)
	return nil
}

// missedBefore returns what was missing before, each with when its page was seen gone.
func (w *work) missedBefore(ctx context.Context) (map[int64]int64, error) {
	before := map[int64]int64{}
	err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id, gone int64
		err := rows.Scan(&id, &gone)
		before[id] = gone
		return err
	}, `SELECT article, gone_ms FROM missing WHERE source = $1`, w.c.Run.Source)
	return before, err
}

// compareMissing finds out what of the window is to be stored.
func (w *work) compareMissing(before map[int64]int64) {
	for id := range w.window.inside {
		if _, ok := before[id]; !ok {
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
}

// noteMissing stores what is missing within the window.
func (w *work) noteMissing(ctx context.Context) error {
	if len(w.window.drop) > 0 {
		if _, err := w.s.exec(ctx, `DELETE FROM missing WHERE source = $1 AND article = ANY($2)`, w.c.Run.Source, w.window.drop); err != nil {
			return err
		}
	}
	put := func(ids []int64, gone int64, conflict string) error {
		rows := make([][]any, len(ids))
		for i, id := range ids {
			rows[i] = []any{w.c.Run.Source, id, millis(w.c.Now), gone, gone}
		}
		return w.s.insert(ctx, `INSERT INTO missing (source, article, since_ms, probed_ms, gone_ms)`, rows, `ON CONFLICT (source, article) DO `+conflict, nil)
	}
	if err := put(w.window.put, 0, `NOTHING`); err != nil {
		return err
	}
	if !w.c.Crawled {
		return nil
	}
	if err := put(w.window.beside, 0, `NOTHING`); err != nil {
		return err
	}
	if err := put(w.window.gone, millis(w.c.Now), `UPDATE SET probed_ms = excluded.probed_ms, gone_ms = excluded.gone_ms`); err != nil {
		return err
	}
	var n int64
	_, err := w.s.one(ctx, []any{&n}, `SELECT count(*) FROM missing WHERE source = $1`, w.c.Run.Source)
	w.facts.missing = int(n)
	return err
}
