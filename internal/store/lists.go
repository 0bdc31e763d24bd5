package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// ListPart is a part of the list of all articles: so many of them, also such as are withdrawn,
// so that each stays in its part.
type ListPart struct {
	N int // counted from 1
	// Modified is when anything of its articles was recorded last.
	Modified time.Time
}

// ListParts returns the parts that have a live article in one of these languages, in their
// order. A part has so many articles; of each little more than indexes are read.
func (r Reader) ListParts(ctx context.Context, size int, languages []string) (parts []ListPart, err error) {
	var last int64
	if _, err := r.s.one(ctx, []any{&last}, `SELECT coalesce(max(id), 0) FROM articles`); err != nil {
		return nil, fmt.Errorf("list the parts of the articles: %w", err)
	}
	for n := 1; int64(n-1)*int64(size) < last; n++ {
		after, until := partOf(n, size)
		var modified int64
		// With "+ 0" the newest record is not looked for from the log's end, but among those of
		// the part.
		ok, err := r.s.one(ctx, []any{&modified}, `SELECT time_ms FROM log
			WHERE seq = (SELECT max(seq + 0) FROM log WHERE article > $1 AND article <= $2)
				AND EXISTS (SELECT 1 FROM articles WHERE id > $1 AND id <= $2 AND withdrawn_ms = 0 AND language = ANY($3))`,
			after, until, languages)
		if err != nil {
			return nil, fmt.Errorf("look at part %d of the articles: %w", n, err)
		}
		if ok {
			parts = append(parts, ListPart{n, ledger.FromMillis(modified)})
		}
	}
	return parts, nil
}

// partOf are the numbers of articles between which a part lies: behind the first, up to the
// second.
func partOf(n, size int) (after, until int64) {
	return int64(n-1) * int64(size), int64(n) * int64(size)
}

// Listed is an article of the list of all articles.
type Listed struct {
	// Article has its ID, Slug, Story, Publisher, Language, Title, Published and PublishedDay.
	Article feeds.Article
	// Modified is when its newest revision was stored.
	Modified time.Time
	// Versions are the live articles of its story, itself among them, in the order in which
	// they came: Slug, Story and Language.
	Versions []feeds.Article
}

// ListPart returns the live articles of a part, counted from 1, in the order in which they
// came, without when they were published; see [Reader.ListParts].
func (r Reader) ListPart(ctx context.Context, size, n int) ([]Listed, error) {
	after, until := partOf(n, size)
	// When they were published stands behind their texts.
	listed, err := r.listed(ctx, `0, '{}'`, `a.id > $1 AND a.id <= $2 AND a.withdrawn_ms = 0 ORDER BY a.id`, after, until)
	if err != nil {
		return nil, fmt.Errorf("read part %d of the articles: %w", n, err)
	}
	return listed, nil
}

// mostRecent is how many of the newest records are looked through for what is recent.
const mostRecent = 5000

// ListRecent returns the live articles that were published within a time before the newest
// record of the log, and not after it, as far as they are among its newest 5,000 records: the
// newest first, and as many at most.
func (r Reader) ListRecent(ctx context.Context, within time.Duration, most int) ([]Listed, error) {
	var last, at int64
	ok, err := r.s.one(ctx, []any{&last, &at}, `SELECT seq, time_ms FROM log ORDER BY seq DESC LIMIT 1`)
	if err != nil {
		return nil, fmt.Errorf("read the newest record: %w", err)
	}
	if !ok {
		return nil, nil
	}
	listed, err := r.listed(ctx, `r.published_ms, r.lists`, `a.id IN (SELECT article FROM log WHERE seq > $1) AND a.withdrawn_ms = 0
			AND a.published_ms > $2 AND a.published_ms <= $3
		ORDER BY a.published_ms DESC, a.id DESC LIMIT $4`, last-mostRecent, at-within.Milliseconds(), at, most)
	if err != nil {
		return nil, fmt.Errorf("read the newest articles: %w", err)
	}
	return listed, nil
}

// listed reads articles by a condition, without their texts; published is what says when they
// were published.
func (r Reader) listed(ctx context.Context, published, condition string, args ...any) (all []Listed, err error) {
	var stories []string
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var l Listed
		var modified, at int64
		var parts []byte
		a := &l.Article
		if err := rows.Scan(&a.ID, &a.Slug, &a.Story, &a.Publisher, &a.Language, &a.Title, &modified, &at, &parts); err != nil {
			return err
		}
		var day struct {
			PublishedDay bool `json:"published_day"`
		}
		if err := json.Unmarshal(parts, &day); err != nil {
			return fmt.Errorf("the lists of %s: %w", a.ID, err)
		}
		a.Published, a.PublishedDay, l.Modified = ledger.FromMillis(at), day.PublishedDay, ledger.FromMillis(modified)
		all, stories = append(all, l), append(stories, a.Story)
		return nil
	}, `SELECT a.uid, a.slug, a.story, a.publisher, a.language, a.title, r.time_ms, `+published+`
		FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revision WHERE `+condition, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	versions := make(map[string][]feeds.Article, len(stories))
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var v feeds.Article
		err := rows.Scan(&v.Story, &v.Slug, &v.Language)
		versions[v.Story] = append(versions[v.Story], v)
		return err
	}, `SELECT story, slug, language FROM articles WHERE story = ANY($1) AND withdrawn_ms = 0 ORDER BY id`, stories)
	for i := range all {
		all[i].Versions = versions[all[i].Article.Story]
	}
	return all, err
}

// newestOf is how many of a publisher's newest records are looked through for its newest
// notice that is live.
const newestOf = 100

// NewestOf returns when the newest live notice of each of these publishers was published, as
// far as it is among the publisher's newest 100 records; none of a publisher without any.
func (r Reader) NewestOf(ctx context.Context, publishers []string) (map[string]time.Time, error) {
	newest := make(map[string]time.Time, len(publishers))
	for _, publisher := range publishers {
		var published int64
		_, err := r.s.one(ctx, []any{&published}, `SELECT coalesce(max(published_ms), 0) FROM articles
			WHERE withdrawn_ms = 0 AND id IN (SELECT article FROM log WHERE publisher = $1 ORDER BY seq DESC LIMIT $2)`, publisher, newestOf)
		if err != nil {
			return nil, fmt.Errorf("read the newest notice of %s: %w", publisher, err)
		}
		if published != 0 {
			newest[publisher] = ledger.FromMillis(published)
		}
	}
	return newest, nil
}
