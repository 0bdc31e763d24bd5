package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
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
	if err := s.lockPublishersAfter(ctx, after); err != nil {
		return 0, 0, err
	}
	articles, err := s.filedAfter(ctx, after)
	if err != nil {
		return 0, 0, err
	}
	summaries, err := s.summariesAfter(ctx, after)
	if err != nil {
		return 0, 0, err
	}
	last = after
	var rows [][]any
	var refiled []*ledger.Known
	var ids []string
	for _, k := range articles {
		last = k.ID
		moved, err := k.MapAnew(summaries[k.ID], r.Map)
		if err != nil {
			return 0, 0, err
		}
		if !moved {
			continue
		}
		refiled, ids = append(refiled, k), append(ids, k.Story)
		for _, f := range k.Elsewhere {
			rows = append(rows, []any{f.Source, k.ID, f.Terms, f.Categories, flag(f.Gone)})
		}
	}
	if len(rows) == 0 {
		return 0, last, nil
	}
	if err := s.insert(ctx, `INSERT INTO article_sources (source, article, terms, categories, gone_ms)`, rows,
		`ON CONFLICT (source, article) DO UPDATE SET categories = excluded.categories`, nil); err != nil {
		return 0, 0, err
	}
	if err := s.lockStories(ctx); err != nil {
		return 0, 0, err
	}
	stories := ledger.NewStories()
	if err := s.loadStories(ctx, stories, "", nil, ids); err != nil {
		return 0, 0, err
	}
	for _, k := range refiled {
		if _, err := s.exec(ctx, `UPDATE articles SET categories = $2 WHERE id = $1`, k.ID, ledger.List(stories.Refile(k))); err != nil {
			return 0, 0, err
		}
	}
	return len(refiled), last, s.log(ctx, stories, marker{touched: r.Touched}, r.Now)
}

func (s session) lockPublishersAfter(ctx context.Context, after int64) error {
	var publishers []string
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var p string
		err := rows.Scan(&p)
		publishers = append(publishers, p)
		return err
	}, `SELECT DISTINCT publisher FROM (SELECT publisher FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a`, after, remapBatch); err != nil {
		return err
	}
	slices.Sort(publishers) // one order for all, so that two can't wait for one another
	for _, p := range publishers {
		if err := s.lock(ctx, lockPublisher, p); err != nil {
			return err
		}
	}
	return nil
}

// filedAfter returns the articles that come after a number, with how all their sources
// file them.
func (s session) filedAfter(ctx context.Context, after int64) (articles []*ledger.Known, err error) {
	err = s.eachKnown(ctx, func(k ledger.Known, f ledger.Filing) {
		if n := len(articles); n == 0 || articles[n-1].ID != k.ID {
			articles = append(articles, &k)
		}
		last := articles[len(articles)-1]
		last.Elsewhere = append(last.Elsewhere, f)
	}, `SELECT `+knownColumns+` FROM (SELECT * FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a
			JOIN article_sources s ON s.article = a.id ORDER BY a.id, s.source`, after, remapBatch)
	return articles, err
}

func (s session) summariesAfter(ctx context.Context, after int64) (map[int64]string, error) {
	summaries := map[int64]string{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var summary string
		err := rows.Scan(&id, &summary)
		summaries[id] = summary
		return err
	}, `SELECT a.id, r.summary FROM (SELECT * FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a
		JOIN revisions r ON r.article = a.id AND r.n = a.revision`, after, remapBatch)
	return summaries, err
}
