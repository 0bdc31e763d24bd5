package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Erasure removes what an article said, for ever: in all its revisions.
type Erasure struct {
	// ID is the article's ID or its slug.
	ID string
	// Reason is kept with the id; it must say something.
	Reason string
	// Touched and Now are as in [Collected].
	Touched func(publisher string, languages, categories []string) []feeds.Channel
	Now     time.Time
}

// Erased is what an erasure came to.
type Erased struct {
	ID, Story string
	// Revisions is how many states of the article were emptied.
	Revisions int
	// Links are the addresses that the article had at its publisher, none if it had
	// been erased before.
	Links []string
	// Again says that the article had been erased before; its reason and time stay
	// as they were.
	Again bool
	// Buried are the channels that had ended, and whose last documents held the article:
	// their addresses answer 410 from now on.
	Buried []Buried
}

// Buried is a channel of which nothing is left.
type Buried struct {
	feeds.ChannelState
	// Numbers are those of the archives that it had.
	Numbers []int
}

// ErrNoArticle says that the store does not know an article.
var ErrNoArticle = errors.New("no such article")

// Erase removes every text of an article: titles, summaries, contents, links,
// authors, files and terms, of all its revisions. What stays is its id with the
// reason and the time, the keys by which it is known, so that its source can't bring
// it back, and the records of the log. An article that is live is withdrawn, and the
// channels that it touches are marked urgently, whether it was or not.
//
// Both revisions of these channels are raised in the same transaction, so that whoever
// holds documents of before makes them anew. Of archives, [DB.ArchivesOf] tells which
// held the article. An article may be erased again.
func (db *DB) Erase(ctx context.Context, e Erasure) (out Erased, err error) {
	if strings.TrimSpace(e.Reason) == "" {
		return Erased{}, fmt.Errorf("erase article %s: no reason is given", e.ID)
	}
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		out, err = s.erase(ctx, e)
		return err
	})
	if err != nil {
		return Erased{}, fmt.Errorf("erase article %s: %w", e.ID, err)
	}
	return out, nil
}

func (s session) erase(ctx context.Context, e Erasure) (out Erased, err error) {
	k, ok, err := s.articleToErase(ctx, e.ID)
	if err != nil {
		return out, err
	}
	if !ok {
		return out, ErrNoArticle
	}
	if err := s.lock(ctx, lockPublisher, k.Publisher); err != nil {
		return out, err
	}
	if k, _, err = s.articleToErase(ctx, k.UID); err != nil { // as it is under the lock
		return out, err
	}
	if out, err = s.empty(ctx, k, e); err != nil {
		return out, err
	}
	if err := s.lockStories(ctx); err != nil {
		return out, err
	}
	stories, err := s.storiesShowing(ctx, k.Story)
	if err != nil {
		return out, err
	}
	if k.Withdrawn == 0 {
		stories.Withdraw(k)
		if err := s.withdrawArticles(ctx, []int64{k.ID}, e.Now); err != nil {
			return out, err
		}
	}
	if err := s.index(ctx, []int64{k.ID}); err != nil {
		return out, err
	}
	m := marker{touched: e.Touched}
	if _, err := s.log(ctx, stories, m, e.Now); err != nil {
		return out, err
	}
	if err := s.raisePast(ctx, slices.Collect(maps.Keys(m.touchedBy(stories))), e.Now); err != nil {
		return out, err
	}
	out.Buried, err = s.buryHolding(ctx, append(slices.Clone(out.Links), out.ID, feeds.Slug(out.ID)), e.Now)
	return out, err
}

// empty removes every text of an article, and returns what it was.
func (s session) empty(ctx context.Context, k *ledger.Known, e Erasure) (out Erased, err error) {
	out = Erased{ID: k.UID, Story: k.Story, Again: k.Hash == ledger.ErasedHash}
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var link string
		err := rows.Scan(&link)
		out.Links = append(out.Links, link)
		return err
	}, `SELECT DISTINCT link FROM revisions WHERE article = $1 AND link <> '' ORDER BY link`, k.ID); err != nil {
		return out, err
	}
	n, err := s.exec(ctx, `UPDATE revisions SET hash = $2, title = '', summary = '', content = '', link = '', rights = '', lists = '{}' WHERE article = $1`, k.ID, ledger.ErasedHash)
	if err != nil {
		return out, err
	}
	out.Revisions = int(n)
	if _, err := s.exec(ctx, `UPDATE articles SET hash = $2, title = '', link = '', terms = '[]' WHERE id = $1`, k.ID, ledger.ErasedHash); err != nil {
		return out, err
	}
	if _, err := s.exec(ctx, `UPDATE article_sources SET terms = '[]' WHERE article = $1`, k.ID); err != nil {
		return out, err
	}
	if err := s.eraseFiles(ctx, k.ID); err != nil {
		return out, err
	}
	return out, s.insert(ctx, `INSERT INTO erasures (uid, reason, time_ms)`, [][]any{{k.UID, ledger.Clean(e.Reason), ledger.Millis(e.Now)}},
		`ON CONFLICT (uid) DO NOTHING`, nil)
}

// storiesShowing returns the story of an erased article, and those with which it is
// recommended: their entries show its title.
func (s session) storiesShowing(ctx context.Context, story string) (*ledger.Stories, error) {
	others, err := s.recommending(ctx, []string{story})
	if err != nil {
		return nil, err
	}
	ids := []string{story}
	for _, other := range others {
		if other != story {
			ids = append(ids, other)
		}
	}
	stories := ledger.NewStories()
	if err := s.loadStories(ctx, stories, "", nil, ids); err != nil {
		return nil, err
	}
	for _, id := range ids {
		stories.Erase(id)
	}
	return stories, nil
}

// articleToErase finds an article by its ID or its slug.
func (s session) articleToErase(ctx context.Context, id string) (*ledger.Known, bool, error) {
	var k ledger.Known
	ok, err := s.one(ctx, []any{&k.ID, &k.UID, &k.Story, &k.Publisher, &k.Language, &k.Hash, &k.Revision, &k.Withdrawn},
		`SELECT id, uid, story, publisher, language, hash, revision, withdrawn_ms FROM articles WHERE slug = $1 OR slug = $2`, feeds.Slug(id), id)
	return &k, ok, err
}

// PastChanges returns how often something changed that lies behind in the log: an
// article that was erased, a story that brought its past into a category. A publisher
// reads it before it reads what an archive holds; see [feeds.Raise].
func (r Reader) PastChanges(ctx context.Context) (n int64, err error) {
	if n, err = r.s.pastChanges(ctx); err != nil {
		return 0, fmt.Errorf("count what changed in the past: %w", err)
	}
	return n, nil
}

func (s session) pastChanges(ctx context.Context) (n int64, err error) {
	if _, err = s.one(ctx, []any{&n}, `SELECT count(*) FROM erasures`); err != nil {
		return 0, err
	}
	filed, err := s.pastFilings(ctx)
	return n + filed, err
}
