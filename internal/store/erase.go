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
	Buried []feeds.ChannelState
}

// ErrNoArticle says that the store does not know an article.
var ErrNoArticle = errors.New("no such article")

// erasedHash stands for the content of an article that was erased. Nothing that a
// source brings has it, and what it brings for such an article is left aside.
const erasedHash = "erased"

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
	err = db.write(ctx, func(ctx context.Context, s session) error {
		k, ok, err := s.articleToErase(ctx, e.ID)
		if err != nil {
			return err
		}
		if !ok {
			return ErrNoArticle
		}
		if err := s.lock(ctx, lockPublisher, k.publisher); err != nil {
			return err
		}
		if k, _, err = s.articleToErase(ctx, k.uid); err != nil { // as it is under the lock
			return err
		}
		out = Erased{ID: k.uid, Story: k.story, Again: k.hash == erasedHash}
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var link string
			err := rows.Scan(&link)
			out.Links = append(out.Links, link)
			return err
		}, `SELECT DISTINCT link FROM revisions WHERE article = $1 AND link <> '' ORDER BY link`, k.id); err != nil {
			return err
		}
		n, err := s.exec(ctx, `UPDATE revisions SET hash = $2, title = '', summary = '', content = '', link = '', rights = '', lists = '{}' WHERE article = $1`, k.id, erasedHash)
		if err != nil {
			return err
		}
		out.Revisions = int(n)
		if _, err := s.exec(ctx, `UPDATE articles SET hash = $2, title = '', link = '', terms = '[]' WHERE id = $1`, k.id, erasedHash); err != nil {
			return err
		}
		if _, err := s.exec(ctx, `UPDATE article_sources SET terms = '[]' WHERE article = $1`, k.id); err != nil {
			return err
		}
		if err := s.insert(ctx, `INSERT INTO erasures (uid, reason, time_ms)`, [][]any{{k.uid, clean(e.Reason), millis(e.Now)}},
			`ON CONFLICT (uid) DO NOTHING`, nil); err != nil {
			return err
		}
		w := newWork(&Collected{Touched: e.Touched, Now: e.Now}, s)
		others, err := s.recommending(ctx, []string{k.story})
		if err != nil {
			return err
		}
		touched := []*known{k}
		for _, story := range others { // their entries show its title
			if story != k.story {
				touched = append(touched, &known{story: story})
			}
		}
		if err := w.loadStories(ctx, nil, touched); err != nil {
			return err
		}
		for _, other := range touched {
			st := w.stories[other.story]
			st.touched, st.withdrawn, st.past = true, true, true
		}
		if k.withdrawn == 0 {
			w.withdraw(k)
			if err := w.withdrawArticles(ctx, []*known{k}); err != nil {
				return err
			}
		}
		if err := w.log(ctx); err != nil {
			return err
		}
		channels := slices.Collect(maps.Keys(w.channels()))
		if err := s.raisePast(ctx, channels, e.Now); err != nil {
			return err
		}
		out.Buried, err = s.buryHolding(ctx, append(slices.Clone(out.Links), out.ID, feeds.Slug(out.ID)), e.Now)
		return err
	})
	if err != nil {
		return Erased{}, fmt.Errorf("erase article %s: %w", e.ID, err)
	}
	return out, nil
}

// articleToErase finds an article by its ID or its slug.
func (s session) articleToErase(ctx context.Context, id string) (*known, bool, error) {
	var k known
	ok, err := s.one(ctx, []any{&k.id, &k.uid, &k.story, &k.publisher, &k.language, &k.hash, &k.revision, &k.withdrawn},
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
