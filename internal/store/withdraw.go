package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// A run that would withdraw more than heldOver articles and more than one in
// heldShare of its source's is held: it is more likely that the source broke than
// that a city took so much back.
const (
	heldOver  = 3
	heldShare = 5
)

// withdrawals returns the articles that this run takes back: those that it knows
// to be gone, and those that a complete source no longer holds, unless they are so
// many that a person has to say yes. What another source still holds stays, and is
// only no longer filed under this one.
func (w *work) withdrawals(ctx context.Context) ([]*known, error) {
	var gone []*known
	if w.c.Complete {
		missing, total, err := w.missing(ctx)
		if err != nil {
			return nil, err
		}
		held, err := w.held(ctx, missing, total)
		if err != nil {
			return nil, err
		}
		if !held {
			gone = missing
		}
	}
	if len(w.c.Gone)+len(w.c.GoneLinks) > 0 && !w.verdict.held {
		named, err := w.named(ctx)
		if err == nil && w.c.Crawled {
			named, err = w.seenBefore(ctx, named)
		}
		if err != nil {
			return nil, err
		}
		gone = append(gone, named...)
	}
	if len(gone) > chunk {
		gone, w.more = gone[:chunk], true
	}
	return w.unfile(ctx, gone)
}

// missing returns the live articles of the source that the run did not bring, but
// for those that are there and could not be read, and how many live articles the
// source had.
func (w *work) missing(ctx context.Context) (missing []*known, total int, err error) {
	unread := map[string]bool{} // by story
	if len(w.c.Unread) > 0 {
		keys := make([]string, len(w.c.Unread))
		for i, hint := range w.c.Unread {
			keys[i] = "h:" + hint
		}
		if err := w.s.each(ctx, func(rows *sql.Rows) error {
			var story string
			err := rows.Scan(&story)
			unread[story] = true
			return err
		}, `SELECT DISTINCT k.story FROM story_keys k JOIN articles a ON a.story = k.story AND a.publisher = k.publisher
			JOIN article_sources s ON s.article = a.id
			WHERE s.source = $1 AND k.key = ANY($2)`, w.c.Run.Source, keys); err != nil {
			return nil, 0, err
		}
	}
	err = w.s.each(ctx, func(rows *sql.Rows) error {
		var k known
		err := rows.Scan(&k.id, &k.uid, &k.story, &k.publisher, &k.language, &k.title, &k.revision)
		total++
		if !w.seen[k.id] && !unread[k.story] {
			missing = append(missing, &k)
		}
		return err
	}, `SELECT a.id, a.uid, a.story, a.publisher, a.language, a.title, a.revision
		FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY a.published_ms, a.id`, w.c.Run.Source)
	return missing, total, err
}

// held tells whether the withdrawals have to wait, and stores or removes the hold.
func (w *work) held(ctx context.Context, missing []*known, total int) (bool, error) {
	source := w.c.Run.Source
	before, exists, err := w.s.hold(ctx, source, HoldWithdrawals)
	if err != nil {
		return false, err
	}
	released := w.c.Release || exists && !before.Released.IsZero()
	// What is held stays held when new articles make it a smaller share.
	if len(missing) <= heldOver || !exists && len(missing)*heldShare <= total || released {
		if exists && len(missing) <= chunk { // else the release holds for the next part
			return false, w.s.dropHold(ctx, source, HoldWithdrawals)
		}
		return false, nil
	}
	h := Hold{
		Source: source,
		Kind:   HoldWithdrawals,
		Reason: fmt.Sprintf("the run would withdraw %d of %d articles; release it with: kairan sources release %s", len(missing), total, source),
		Since:  w.c.Now,
	}
	if exists {
		h.Since = before.Since
	}
	for _, k := range missing[:min(20, len(missing))] {
		h.Articles = append(h.Articles, k.title)
	}
	w.out.Held = &h
	return true, w.s.putHold(ctx, h)
}

// named returns the live articles of this source that it knows to be gone.
func (w *work) named(ctx context.Context) (named []*known, err error) {
	slugs := make([]string, len(w.c.Gone))
	for i, id := range w.c.Gone {
		slugs[i] = feeds.Slug(id)
	}
	met := map[string]bool{} // by slug
	if len(w.c.GoneLinks) > 0 {
		articles, err := w.byLinks(ctx, w.c.GoneLinks)
		if err != nil {
			return nil, err
		}
		for _, a := range articles {
			met[a.slug] = true
			slugs = append(slugs, a.slug)
		}
	}
	err = w.s.each(ctx, func(rows *sql.Rows) error {
		var k known
		err := rows.Scan(&k.id, &k.uid, &k.story, &k.publisher, &k.language, &k.title, &k.revision)
		if !w.seen[k.id] && (w.window.inside == nil || w.window.inside[k.id] || met[feeds.Slug(k.uid)]) {
			w.seen[k.id] = true
			named = append(named, &k)
		}
		return err
	}, `SELECT a.id, a.uid, a.story, a.publisher, a.language, a.title, a.revision
		FROM articles a JOIN article_sources s ON s.article = a.id
		WHERE a.slug = ANY($1) AND s.source = $2 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY a.published_ms, a.id`, slugs, w.c.Run.Source)
	return named, err
}

// unfile removes articles from the source, and returns those that no source holds
// any longer.
func (w *work) unfile(ctx context.Context, gone []*known) ([]*known, error) {
	if len(gone) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(gone))
	for i, k := range gone {
		ids[i] = k.id
	}
	if _, err := w.s.exec(ctx, `UPDATE article_sources SET gone_ms = $3 WHERE source = $1 AND article = ANY($2)`,
		w.c.Run.Source, ids, millis(w.c.Now)); err != nil {
		return nil, err
	}
	if w.facts.missing > 0 {
		n, err := w.s.exec(ctx, `DELETE FROM missing WHERE source = $1 AND article = ANY($2)`, w.c.Run.Source, ids)
		if err != nil {
			return nil, err
		}
		noted := slices.DeleteFunc(slices.Clone(w.window.put), func(id int64) bool { return slices.Contains(ids, id) })
		w.facts.missing -= int(n) + len(w.window.put) - len(noted)
		w.window.put = noted
	}
	elsewhere := map[int64]bool{}
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		elsewhere[id] = true
		return err
	}, `SELECT DISTINCT article FROM article_sources WHERE article = ANY($1) AND gone_ms = 0`, ids); err != nil {
		return nil, err
	}
	var left []*known
	for _, k := range gone {
		if !elsewhere[k.id] {
			left = append(left, k)
		}
	}
	return left, nil
}

// withdraw takes an article out of its story.
func (w *work) withdraw(k *known) {
	st := w.stories[k.story]
	m := st.member(k.id)
	m.withdrawn = true
	st.touched, st.withdrawn = true, true
	w.out.Withdrawn++
	w.records = append(w.records, &record{story: st, member: m, revision: k.revision, reason: feeds.ReasonWithdrawal, language: m.language})
}

func (w *work) withdrawArticles(ctx context.Context, gone []*known) error {
	if len(gone) == 0 {
		return nil
	}
	ids := make([]int64, len(gone))
	for i, k := range gone {
		ids[i] = k.id
	}
	_, err := w.s.exec(ctx, `UPDATE articles SET withdrawn_ms = $2 WHERE id = ANY($1)`, ids, millis(w.c.Now))
	return err
}
