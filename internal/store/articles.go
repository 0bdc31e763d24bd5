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

// ArticleRevision names a state of an article.
type ArticleRevision = feeds.ArticleRevision

// Stored is an article as it is read back.
type Stored = feeds.StoredArticle

// lists are the parts of a revision that are lists, the feed that it came from, and when its
// publisher made it; see [feeds.StoredArticle].
type lists struct {
	Authors    []feeds.Person    `json:"authors,omitempty"`
	Images     []feeds.Image     `json:"images,omitempty"`
	Enclosures []feeds.Enclosure `json:"enclosures,omitempty"`
	Episode    feeds.Episode     `json:"episode,omitzero"`
	Related    []feeds.Related   `json:"related,omitempty"`
	Alternates []feeds.Alternate `json:"alternates,omitempty"`
	Feed       feeds.SourceFeed  `json:"feed,omitzero"`
	Point      feeds.Point       `json:"point,omitzero"`
	External   string            `json:"external,omitempty"`
	Modified   int64             `json:"modified,omitempty"` // in milliseconds; 0 where an earlier release stored it
	// PublishedDay is not there where an earlier release stored it.
	PublishedDay bool `json:"published_day,omitempty"`
}

// modified returns when the revision of an article was made that they are of.
func (l *lists) modified(a *Stored) time.Time {
	if l.Modified == 0 {
		return ledger.Modified(a)
	}
	return ledger.FromMillis(l.Modified)
}

// Articles returns revisions of articles; what does not exist is left out.
// Categories and terms are the current ones whatever the revision.
func (r Reader) Articles(ctx context.Context, revisions []ArticleRevision) (map[ArticleRevision]Stored, error) {
	slugs := make([]string, len(revisions))
	wanted := make(map[ArticleRevision]bool, len(revisions))
	for i, r := range revisions {
		slugs[i] = feeds.Slug(r.ID)
		wanted[r] = true
	}
	found, err := r.articles(ctx, func(a feeds.Article) bool {
		return wanted[ArticleRevision{ID: a.ID, Revision: a.Revision}]
	}, `a.slug = ANY($1)`, slugs)
	if err != nil {
		return nil, fmt.Errorf("read %d articles: %w", len(revisions), err)
	}
	articles := make(map[ArticleRevision]Stored, len(found))
	for _, a := range found {
		articles[ArticleRevision{ID: a.ID, Revision: a.Revision}] = a
	}
	return articles, nil
}

// Modified returns those of these revisions that were made after a time: ID, Story, Revision,
// StoryCategories and Modified. Their texts are not read.
func (r Reader) Modified(ctx context.Context, revisions []ArticleRevision, since time.Time) (found []Stored, err error) {
	slugs := make([]string, len(revisions))
	wanted := make(map[ArticleRevision]bool, len(revisions))
	for i, r := range revisions {
		slugs[i] = feeds.Slug(r.ID)
		wanted[r] = true
	}
	var stories []string
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var a Stored
		var changed, published, updated, corrected int64
		var parts sql.RawBytes
		err := rows.Scan(&a.ID, &a.Story, &a.Revision, &changed, &published, &updated, &corrected, &parts)
		if err != nil || !wanted[ArticleRevision{ID: a.ID, Revision: a.Revision}] {
			return err
		}
		a.Changed, a.Published = ledger.FromMillis(changed), ledger.FromMillis(published)
		a.Updated, a.Corrected = ledger.FromMillis(updated), ledger.FromMillis(corrected)
		var l lists
		if err := json.Unmarshal(parts, &l); err != nil {
			return fmt.Errorf("the lists of %s: %w", a.ID, err)
		}
		made := l.modified(&a)
		if !made.After(since) {
			return nil
		}
		found = append(found, Stored{Article: feeds.Article{ID: a.ID, Story: a.Story, Revision: a.Revision}, Modified: made})
		stories = append(stories, a.Story)
		return nil
	}, `SELECT a.uid, a.story, r.n, r.time_ms, r.published_ms, r.updated_ms, r.corrected_ms, r.lists
		FROM articles a JOIN revisions r ON r.article = a.id WHERE a.slug = ANY($1) AND r.time_ms > $2`, slugs, ledger.Millis(since))
	if err != nil {
		return nil, fmt.Errorf("read when %d articles were modified: %w", len(revisions), err)
	}
	united, err := r.storyCategories(ctx, stories)
	for i := range found {
		found[i].StoryCategories = united[found[i].Story].All()
	}
	return found, err
}

// ArticleBySlug returns the newest revision of an article; false if there is none.
func (r Reader) ArticleBySlug(ctx context.Context, slug string) (Stored, bool, error) {
	found, err := r.articles(ctx, nil, `a.slug = $1 AND r.n = a.revision`, slug)
	if err != nil {
		return Stored{}, false, fmt.Errorf("read article %s: %w", slug, err)
	}
	if len(found) == 0 {
		return Stored{}, false, nil
	}
	return found[0], true, nil
}

// articles reads revisions by a condition. keep, if it is not nil, sees only the
// ID and the revision, before the costly parts are decoded.
func (r Reader) articles(ctx context.Context, keep func(feeds.Article) bool, condition string, args ...any) ([]Stored, error) {
	var found []Stored
	var stories []string
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var a Stored
		var firstSeen, withdrawn, changed, published, updated, corrected, erased, byDefault int64
		var terms, categories, parts, recommended sql.RawBytes
		err := rows.Scan(&a.ID, &a.Slug, &a.Story, &a.Publisher, &a.Source, &a.Key, &a.Language, &a.GUID,
			&terms, &categories, &byDefault, &firstSeen, &withdrawn,
			&a.Revision, &changed, &a.Title, &a.Summary, &a.Content, &a.Link, &a.Rights,
			&published, &a.PublishedFrom, &updated, &corrected, &parts, &erased, &recommended)
		if err != nil || keep != nil && !keep(a.Article) {
			return err
		}
		a.FirstSeen, a.Withdrawn, a.Changed = ledger.FromMillis(firstSeen), ledger.FromMillis(withdrawn), ledger.FromMillis(changed)
		a.Published, a.Updated, a.Corrected, a.Erased = ledger.FromMillis(published), ledger.FromMillis(updated), ledger.FromMillis(corrected), ledger.FromMillis(erased)
		a.ByDefault = byDefault != 0
		if a.Recommended, err = ledger.Unlist[string](string(recommended)); err != nil {
			return fmt.Errorf("what is recommended with %s: %w", a.ID, err)
		}
		if a.Terms, err = ledger.Unlist[feeds.Term](string(terms)); err != nil {
			return fmt.Errorf("the terms of %s: %w", a.ID, err)
		}
		if a.Categories, err = ledger.Unlist[string](string(categories)); err != nil {
			return fmt.Errorf("the categories of %s: %w", a.ID, err)
		}
		var l lists
		if err := json.Unmarshal(parts, &l); err != nil {
			return fmt.Errorf("the lists of %s: %w", a.ID, err)
		}
		a.Authors, a.Images, a.Enclosures, a.Related, a.Alternates = l.Authors, l.Images, l.Enclosures, l.Related, l.Alternates
		a.Feed, a.Point, a.External, a.Episode, a.PublishedDay = l.Feed, l.Point, l.External, l.Episode, l.PublishedDay
		a.Modified = l.modified(&a)
		found = append(found, a)
		stories = append(stories, a.Story)
		return nil
	}, `SELECT a.uid, a.slug, a.story, a.publisher, a.source, a.key, a.language, a.guid,
			a.terms, a.categories, a.by_default, a.first_seen_ms, a.withdrawn_ms,
			r.n, r.time_ms, r.title, r.summary, r.content, r.link, r.rights,
			r.published_ms, r.published_from, r.updated_ms, r.corrected_ms, r.lists,
			CASE WHEN a.hash = '`+ledger.ErasedHash+`' THEN coalesce((SELECT e.time_ms FROM erasures e WHERE e.uid = a.uid), 0) ELSE 0 END,
			coalesce((SELECT s.stories FROM related s WHERE s.article = a.id), '')
		FROM articles a JOIN revisions r ON r.article = a.id WHERE `+condition, args...)
	if err != nil {
		return nil, err
	}
	united, err := r.storyCategories(ctx, stories)
	for i := range found {
		found[i].StoryCategories = united[found[i].Story].All()
	}
	return found, err
}

func (r Reader) storyCategories(ctx context.Context, stories []string) (map[string]ledger.Categories, error) {
	united := make(map[string]ledger.Categories, len(stories))
	if len(stories) == 0 {
		return united, nil
	}
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var story, categories string
		var byDefault int64
		if err := rows.Scan(&story, &categories, &byDefault); err != nil {
			return err
		}
		l, err := ledger.Unlist[string](categories)
		all := united[story]
		all.Add(l, byDefault != 0)
		united[story] = all
		return err
	}, `SELECT story, categories, by_default FROM articles WHERE story = ANY($1) ORDER BY id`, stories)
	return united, err
}

// Versions returns the live versions of stories, in the order in which they came:
// ID, Slug, Story, Revision, Publisher, Source, Language, Title, Link, Published.
func (r Reader) Versions(ctx context.Context, stories []string) (map[string][]feeds.Article, error) {
	versions := make(map[string][]feeds.Article, len(stories))
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var a feeds.Article
		var published int64
		err := rows.Scan(&a.ID, &a.Slug, &a.Story, &a.Revision, &a.Publisher, &a.Source, &a.Language, &a.Title, &a.Link, &published)
		a.Published = ledger.FromMillis(published)
		versions[a.Story] = append(versions[a.Story], a)
		return err
	}, `SELECT uid, slug, story, revision, publisher, source, language, title, link, published_ms
		FROM articles WHERE story = ANY($1) AND withdrawn_ms = 0 ORDER BY id`, stories)
	if err != nil {
		return nil, fmt.Errorf("read the versions of %d stories: %w", len(stories), err)
	}
	return versions, nil
}

// Sizes returns about how long entries of these states of articles are in a document, in
// bytes, without reading their texts.
func (r Reader) Sizes(ctx context.Context, revisions []ArticleRevision) (map[ArticleRevision]int, error) {
	slugs := make([]string, len(revisions))
	for i, revision := range revisions {
		slugs[i] = feeds.Slug(revision.ID)
	}
	sizes := make(map[ArticleRevision]int, len(revisions))
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var key ArticleRevision
		var content, summary, lists int
		err := rows.Scan(&key.ID, &key.Revision, &content, &summary, &lists)
		sizes[key] = feeds.EntrySize(content, summary, lists)
		return err
	}, `SELECT a.uid, r.n, octet_length(r.content), octet_length(r.summary), octet_length(r.lists)
		FROM articles a JOIN revisions r ON r.article = a.id WHERE a.slug = ANY($1)`, slugs)
	if err != nil {
		return nil, fmt.Errorf("read the sizes of %d articles: %w", len(revisions), err)
	}
	return sizes, nil
}
