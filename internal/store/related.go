package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// relatedKey is where the store keeps up to which record articles were related.
const relatedKey = "related.seq"

// RelatedUntil returns the sequence number of the newest record whose article was
// related; 0 if none was.
func (r Reader) RelatedUntil(ctx context.Context) (int64, error) {
	seq, err := relatedUntil(ctx, r.s)
	if err != nil {
		return 0, fmt.Errorf("read up to which record articles were related: %w", err)
	}
	return seq, nil
}

func relatedUntil(ctx context.Context, s session) (int64, error) {
	var value string
	if ok, err := s.one(ctx, []any{&value}, `SELECT value FROM meta WHERE key = $1`, relatedKey); err != nil || !ok {
		return 0, err
	}
	return strconv.ParseInt(value, 10, 64)
}

// PutRelated stores the stories that are recommended with each of these articles, by
// their IDs, as found of the records from one sequence number (exclusive) to another
// (inclusive). What was stored before stays. Where another process was quicker, it
// stores nothing and returns false.
func (db *DB) PutRelated(ctx context.Context, from, until int64, stories map[string][]string) (stored bool, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) error {
		if err := s.lock(ctx, lockRelated, ""); err != nil {
			return err
		}
		now, err := relatedUntil(ctx, s)
		if err != nil {
			return err
		}
		if stored = now == from; !stored {
			return nil
		}
		slugs := make([]string, 0, len(stories))
		ids := make(map[string]string, len(stories)) // by slug
		for id := range stories {
			slug := feeds.Slug(id)
			ids[slug] = id
			slugs = append(slugs, slug)
		}
		rows := make([][]any, 0, len(stories))
		var turned [][]any
		if err := s.each(ctx, func(r *sql.Rows) error {
			var article int64
			var slug string
			err := r.Scan(&article, &slug)
			related := stories[ids[slug]]
			if len(related) > 0 { // none is what is taken for what is not there
				rows = append(rows, []any{article, ledger.List(related)})
			}
			for _, story := range related {
				turned = append(turned, []any{story, article})
			}
			return err
		}, `SELECT id, slug FROM articles WHERE slug = ANY($1)`, slugs); err != nil {
			return err
		}
		if err := s.insert(ctx, `INSERT INTO related (article, stories)`, rows, `ON CONFLICT (article) DO NOTHING`, nil); err != nil {
			return err
		}
		if err := s.insert(ctx, `INSERT INTO recommended (story, article)`, turned, `ON CONFLICT (story, article) DO NOTHING`, nil); err != nil {
			return err
		}
		return s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{relatedKey, strconv.FormatInt(until, 10)}},
			`ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
	})
	if err != nil {
		return false, fmt.Errorf("store what is related of records %d to %d: %w", from+1, until, err)
	}
	return stored, nil
}

// Related returns the stories that are recommended with these articles, the best
// first, by the articles' IDs. It leaves out what has none.
func (r Reader) Related(ctx context.Context, articles []string) (map[string][]string, error) {
	slugs := make([]string, len(articles))
	for i, id := range articles {
		slugs[i] = feeds.Slug(id)
	}
	found := make(map[string][]string, len(articles))
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var id, stories string
		if err := rows.Scan(&id, &stories); err != nil {
			return err
		}
		l, err := ledger.Unlist[string](stories)
		if len(l) > 0 {
			found[id] = l
		}
		return err
	}, `SELECT a.uid, r.stories FROM articles a JOIN related r ON r.article = a.id WHERE a.slug = ANY($1)`, slugs)
	if err != nil {
		return nil, fmt.Errorf("read what is related to %d articles: %w", len(articles), err)
	}
	return found, nil
}

// Languages returns the languages of the log, sorted.
func (r Reader) Languages(ctx context.Context) ([]string, error) {
	languages, err := r.distinct(ctx, `log`, ``)
	if err != nil {
		return nil, fmt.Errorf("read the languages of the log: %w", err)
	}
	return languages, nil
}

// Words returns these states of articles with what they are compared by: ID, Story,
// Revision, Publisher, Language, Title, Summary, the beginning of Content, Categories,
// Published and Related. What does not exist is left out.
func (r Reader) Words(ctx context.Context, revisions []ArticleRevision) (map[ArticleRevision]feeds.Article, error) {
	slugs := make([]string, len(revisions))
	wanted := make(map[ArticleRevision]bool, len(revisions))
	for i, r := range revisions {
		slugs[i] = feeds.Slug(r.ID)
		wanted[r] = true
	}
	found := make(map[ArticleRevision]feeds.Article, len(revisions))
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var a feeds.Article
		var categories, parts sql.RawBytes
		var published int64
		if err := rows.Scan(&a.ID, &a.Story, &a.Publisher, &a.Language, &categories, &a.Revision, &a.Title, &a.Summary, &a.Content, &published, &parts); err != nil {
			return err
		}
		key := ArticleRevision{ID: a.ID, Revision: a.Revision}
		if !wanted[key] {
			return nil
		}
		var err error
		if a.Categories, err = ledger.Unlist[string](string(categories)); err != nil {
			return fmt.Errorf("the categories of %s: %w", a.ID, err)
		}
		if a.Related, err = relatedOf(parts); err != nil {
			return fmt.Errorf("the lists of %s: %w", a.ID, err)
		}
		a.Published = ledger.FromMillis(published)
		found[key] = a
		return nil
	}, `SELECT a.uid, a.story, a.publisher, a.language, a.categories, r.n, r.title, r.summary,
			CASE WHEN r.summary = '' THEN substr(r.content, 1, 2000) ELSE '' END, r.published_ms, r.lists
		FROM articles a JOIN revisions r ON r.article = a.id WHERE a.slug = ANY($1)`, slugs)
	if err != nil {
		return nil, fmt.Errorf("read the words of %d articles: %w", len(revisions), err)
	}
	return found, nil
}

// relatedOf returns a revision's own links, of its lists. Most have none.
func relatedOf(parts []byte) ([]feeds.Related, error) {
	if !bytes.Contains(parts, []byte(`"related"`)) {
		return nil, nil
	}
	var l struct {
		Related []feeds.Related `json:"related"`
	}
	err := json.Unmarshal(parts, &l)
	return l.Related, err
}

// VersionsAt returns the versions of stories that were live after a record of the
// log, as they were then, in the order in which they came: ID, Slug, Story, Revision,
// Publisher, Language, Title, Link, Published. What was erased since is left out.
func (r Reader) VersionsAt(ctx context.Context, stories []string, until int64) (map[string][]feeds.Article, error) {
	versions, changed, err := r.versionsUnlessChanged(ctx, stories, until)
	if err == nil && len(changed) > 0 {
		err = r.versionsThen(ctx, changed, until, versions)
	}
	if err != nil {
		return nil, fmt.Errorf("read the versions of %d stories at record %d: %w", len(stories), until, err)
	}
	return versions, nil
}

// versionsUnlessChanged returns the present versions of those stories to which nothing
// happened after a record, and which the others are. These are few, and their past is in
// the log and among the texts, which costs ten times as much to read.
func (r Reader) versionsUnlessChanged(ctx context.Context, stories []string, until int64) (versions map[string][]feeds.Article, changed []string, err error) {
	later, err := r.changedAfter(ctx, stories, until)
	if err != nil {
		return nil, nil, err
	}
	versions = make(map[string][]feeds.Article, len(stories))
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var a feeds.Article
		var published int64
		err := rows.Scan(&a.ID, &a.Slug, &a.Story, &a.Revision, &a.Publisher, &a.Language, &a.Title, &a.Link, &published)
		if !later[a.Story] {
			a.Published = ledger.FromMillis(published)
			versions[a.Story] = append(versions[a.Story], a)
		}
		return err
	}, `SELECT uid, slug, story, revision, publisher, language, title, link, published_ms
		FROM articles WHERE story = ANY($1) AND withdrawn_ms = 0 ORDER BY id`, stories) // what was erased is withdrawn
	return versions, slices.Collect(maps.Keys(later)), err
}

// fewRecords is how many records of the log are looked through rather than asked for story
// by story.
const fewRecords = 500

// changedAfter returns which of these stories have records after one of the log.
func (r Reader) changedAfter(ctx context.Context, stories []string, until int64) (map[string]bool, error) {
	last, err := r.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	query, args := `SELECT a.story FROM articles a WHERE a.story = ANY($1) AND (SELECT max(l.seq) FROM log l WHERE l.article = a.id) > $2`, []any{stories, until}
	if last-until <= fewRecords {
		query, args = `SELECT a.story FROM log l JOIN articles a ON a.id = l.article WHERE l.seq > $1`, []any{until}
	}
	asked := make(map[string]bool, len(stories))
	for _, story := range stories {
		asked[story] = true
	}
	changed := map[string]bool{}
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var story string
		err := rows.Scan(&story)
		if asked[story] {
			changed[story] = true
		}
		return err
	}, query, args...)
	return changed, err
}

// versionsThen adds the versions of stories as the log has them at a record.
func (r Reader) versionsThen(ctx context.Context, stories []string, until int64, versions map[string][]feeds.Article) error {
	type state struct {
		feeds.Article
		live bool
	}
	states := make(map[string][]state, len(stories))
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var s state
		var reason feeds.Reason
		var published int64
		err := rows.Scan(&s.Story, &reason, &s.Revision, &s.ID, &s.Slug, &s.Publisher, &s.Language, &s.Title, &s.Link, &published)
		s.live, s.Published = reason != feeds.ReasonWithdrawal, ledger.FromMillis(published)
		of := states[s.Story]
		if i := slices.IndexFunc(of, func(o state) bool { return o.ID == s.ID }); i >= 0 {
			of[i] = s
		} else {
			states[s.Story] = append(of, s)
		}
		return err
	}, `SELECT a.story, l.reason, l.revision, a.uid, a.slug, a.publisher, l.language, r.title, r.link, r.published_ms
		FROM log l JOIN articles a ON a.id = l.article JOIN revisions r ON r.article = l.article AND r.n = l.revision
		WHERE a.story = ANY($1) AND l.seq <= $2 AND `+notFiling+` AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.uid = a.uid)
		ORDER BY l.seq`, stories, until)
	for story, of := range states {
		for _, s := range of {
			if s.live {
				versions[story] = append(versions[story], s.Article)
			}
		}
	}
	return err
}

// recommending returns the stories of the articles with which one of these stories is
// recommended.
func (s session) recommending(ctx context.Context, stories []string) (others []string, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var story string
		err := rows.Scan(&story)
		others = append(others, story)
		return err
	}, `SELECT DISTINCT a.story FROM recommended r JOIN articles a ON a.id = r.article WHERE r.story = ANY($1)`, stories)
	return others, err
}

// storiesShowing returns an article's story and those with which it is recommended.
func (db *DB) storiesShowing(ctx context.Context, id string) (stories []string, err error) {
	var story string
	if _, err := db.read().one(ctx, []any{&story}, `SELECT story FROM articles WHERE slug = $1`, feeds.Slug(id)); err != nil || story == "" {
		return nil, err
	}
	stories, err = db.read().recommending(ctx, []string{story})
	return append(stories, story), err
}
