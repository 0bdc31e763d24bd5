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
	// Map returns the categories of an article as one source files it, and whether that is
	// by default. It is given Publisher, Source (that source), Language, Title, Summary,
	// Link, Terms, Categories and ByDefault.
	Map func(feeds.Article) (categories []string, byDefault bool)
	// Touched and Now are as in [Collected].
	Touched func(publisher string, languages, categories []string) []feeds.Channel
	Now     time.Time
}

// remapBatch is how many articles a transaction goes through. What belongs to their stories
// is mapped with them, so that no story moves by one half of its versions, and back by the
// other.
const remapBatch = 40

// Remap maps the raw terms of all stored articles and returns how many have other
// categories than before, be it as versions of their story. No article has a new revision; see filing.go for how a story
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

// batch maps the stories that begin after a number; last is the number to go
// on from, the same if there are none.
func (r Remapping) batch(ctx context.Context, s session, after int64) (changed int, last int64, err error) {
	if err := s.lockPublishersAfter(ctx, after); err != nil {
		return 0, 0, err
	}
	ids, last, err := s.storiesFrom(ctx, after)
	if err != nil || len(ids) == 0 {
		return 0, last, err
	}
	articles, err := s.filed(ctx, ids)
	if err != nil {
		return 0, 0, err
	}
	summaries, err := s.summaries(ctx, ids)
	if err != nil {
		return 0, 0, err
	}
	var refiled []*ledger.Known
	for _, k := range articles {
		moved, err := k.MapAnew(summaries[k.ID], r.Map)
		if err != nil {
			return 0, 0, err
		}
		if moved {
			refiled = append(refiled, k)
		}
	}
	if len(refiled) == 0 {
		return 0, last, nil
	}
	changed, err = r.refile(ctx, s, refiled)
	return changed, last, err
}

// refile stores how articles are filed now, and returns how many have other categories, as
// their own or as those of their stories.
func (r Remapping) refile(ctx context.Context, s session, refiled []*ledger.Known) (changed int, err error) {
	var rows [][]any
	var ids []string
	for _, k := range refiled {
		ids = append(ids, k.Story)
		for _, f := range k.Elsewhere {
			rows = append(rows, []any{f.Source, k.ID, f.Terms, f.Categories, flag(f.ByDefault), flag(f.Gone)})
		}
	}
	if err := s.insert(ctx, `INSERT INTO article_sources (source, article, terms, categories, by_default, gone_ms)`, rows,
		`ON CONFLICT (source, article) DO UPDATE SET categories = excluded.categories, by_default = excluded.by_default`, nil); err != nil {
		return 0, err
	}
	if err := s.lockStories(ctx); err != nil {
		return 0, err
	}
	stories := ledger.NewStories()
	if err := s.loadStories(ctx, stories, "", nil, ids); err != nil {
		return 0, err
	}
	before := make([]string, len(refiled))
	for i, k := range refiled {
		before[i] = k.Categories
	}
	moved := stories.Refile(refiled)
	for i, k := range refiled {
		if k.Categories != before[i] || moved[k.Story] {
			changed++
		}
		if _, err := s.exec(ctx, `UPDATE articles SET categories = $2, by_default = $3 WHERE id = $1`, k.ID, k.Categories, flag(k.ByDefault)); err != nil {
			return 0, err
		}
	}
	_, err = s.log(ctx, stories, marker{touched: r.Touched}, r.Now)
	return changed, err
}

func (s session) lockPublishersAfter(ctx context.Context, after int64) error {
	var publishers []string
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var p string
		err := rows.Scan(&p)
		publishers = append(publishers, p)
		return err
	}, `SELECT DISTINCT publisher FROM articles
		WHERE story IN (SELECT story FROM (SELECT story FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a)`, after, remapBatch); err != nil {
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

// storiesFrom returns the stories that begin with one of the articles after a number, and
// the number of the last of these articles; the same if there are none. The other stories
// were mapped with their first articles.
func (s session) storiesFrom(ctx context.Context, after int64) (ids []string, last int64, err error) {
	last = after
	err = s.each(ctx, func(rows *sql.Rows) error {
		var story string
		var earlier int64
		err := rows.Scan(&last, &story, &earlier)
		if earlier == 0 {
			ids = append(ids, story)
		}
		return err
	}, `SELECT a.id, a.story, (SELECT count(*) FROM articles b WHERE b.story = a.story AND b.id < a.id)
		FROM (SELECT id, story FROM articles WHERE id > $1 ORDER BY id LIMIT $2) a ORDER BY a.id`, after, remapBatch)
	return ids, last, err
}

// filed returns the articles of stories, with how all their sources file them.
func (s session) filed(ctx context.Context, stories []string) (articles []*ledger.Known, err error) {
	err = s.eachKnown(ctx, func(k ledger.Known, f ledger.Filing) {
		if n := len(articles); n == 0 || articles[n-1].ID != k.ID {
			articles = append(articles, &k)
		}
		last := articles[len(articles)-1]
		last.Elsewhere = append(last.Elsewhere, f)
	}, `SELECT `+knownColumns+` FROM articles a JOIN article_sources s ON s.article = a.id
		WHERE a.story = ANY($1) ORDER BY a.id, s.source`, stories)
	return articles, err
}

func (s session) summaries(ctx context.Context, stories []string) (map[int64]string, error) {
	summaries := map[int64]string{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var summary string
		err := rows.Scan(&id, &summary)
		summaries[id] = summary
		return err
	}, `SELECT a.id, r.summary FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revision WHERE a.story = ANY($1)`, stories)
	return summaries, err
}
