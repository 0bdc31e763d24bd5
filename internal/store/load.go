package store

import (
	"context"
	"database/sql"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// What the ledger asks, and in which order, it says itself: see questions.go there. Here is
// how it is answered.

// look answers what a look asks.
func (s session) look(ctx context.Context, source string, l *ledger.Look) error {
	if err := s.resolve(ctx, l.Snapshot, l.Batch()); err != nil {
		return err
	}
	if n := l.FormerLinks(l.Batch()); n > 0 {
		links, err := s.newestLinks(ctx, source, n)
		if err != nil {
			return err
		}
		if err := s.loadKeys(ctx, l.Snapshot, l.Batch().Publisher, l.FormerKeys(l.Batch(), links)); err != nil {
			return err
		}
	}
	if l.Overlaps() {
		return ledger.ErrOverlap
	}
	if err := s.loadRecent(ctx, l.Snapshot, source, l.RecentForTwins(l.Batch())); err != nil {
		return err
	}
	var holds map[string]ledger.Hold
	if l.Survey() {
		var err error
		if holds, err = s.holds(ctx, source); err != nil {
			return err
		}
	}
	l.Judge(holds)
	if err := s.lookThrough(ctx, source, l); err != nil {
		return err
	}
	if err := s.lookWhetherPassed(ctx, source, l); err != nil {
		return err
	}
	if !l.AsksWithdrawals() {
		l.End(nil, nil, false)
		return nil
	}
	live, unread, hold, err := s.complete(ctx, source, l.UnreadKeys())
	if err != nil {
		return err
	}
	l.End(live, unread, hold != nil)
	return nil
}

// lookThrough answers what was left out.
func (s session) lookThrough(ctx context.Context, source string, l *ledger.Look) error {
	q, says := l.AskWindow()
	if !says {
		return nil
	}
	before := map[int64]int64{}
	if q.Missing {
		var err error
		if before, err = s.missedBefore(ctx, source); err != nil {
			return err
		}
	}
	if q.Newest > 0 {
		newest, err := s.newestLive(ctx, source, q.Newest)
		l.LookThrough(newest, before)
		return err
	}
	var versions []ledger.Linked
	if len(q.LeftOut) > 0 {
		found, err := s.byKeys(ctx, source, l.Batch(), q.LeftOut)
		if err != nil {
			return err
		}
		if versions, err = s.ofStories(ctx, source, l.MissingStories(q, found)); err != nil {
			return err
		}
	}
	l.LookThroughListing(versions, before)
	return nil
}

// lookWhetherPassed answers whether the source's window has moved past all that was known.
func (s session) lookWhetherPassed(ctx context.Context, source string, l *ledger.Look) error {
	q, asks := l.AskPassed()
	if !asks {
		return nil
	}
	found, err := s.byKeys(ctx, source, l.Batch(), q.Links)
	if err != nil || !l.HasPassed(q, found) {
		return err
	}
	if err := s.loadRecent(ctx, l.Snapshot, source, q.Recent); err != nil {
		return err
	}
	l.Pass()
	return nil
}

// ask answers what a part asks, and returns what it does.
func (s session) ask(ctx context.Context, source string, p *ledger.Part) (d ledger.Decision, err error) {
	if err := s.resolve(ctx, p.Snapshot, p.Batch()); err != nil {
		return d, err
	}
	p.Match()
	stored, err := s.newestRevisions(ctx, p.MetAnew())
	if err != nil {
		return d, err
	}
	p.Compare(stored)
	if p.Last {
		if err := s.askWithdrawals(ctx, source, p); err != nil {
			return d, err
		}
	}
	if err := s.askStories(ctx, p); err != nil {
		return d, err
	}
	if err := s.name(ctx, p); err != nil {
		return d, err
	}
	texts, err := s.texts(ctx, p.Rewritten())
	if err != nil {
		return d, err
	}
	p.Correct(texts)
	spoken, err := s.aliasesOf(ctx, p.Batch().Publisher, p.Spoken())
	if err != nil {
		return d, err
	}
	return p.Decide(spoken), nil
}

// askWithdrawals answers what is no longer there.
func (s session) askWithdrawals(ctx context.Context, source string, p *ledger.Part) error {
	if err := s.askExcluded(ctx, source, p); err != nil {
		return err
	}
	if p.AsksMissing() {
		live, unread, hold, err := s.complete(ctx, source, p.UnreadKeys())
		if err != nil {
			return err
		}
		p.Missing(live, unread, hold)
	}
	if p.AsksGone() {
		if err := s.askGone(ctx, source, p); err != nil {
			return err
		}
	}
	if p.AsksDeclared() {
		if err := s.askDeclared(ctx, source, p); err != nil {
			return err
		}
	}
	elsewhere, err := s.heldElsewhere(ctx, source, p.Unfiled())
	if err != nil {
		return err
	}
	p.Withdraw(elsewhere)
	return nil
}

// askExcluded answers which live articles are excluded.
func (s session) askExcluded(ctx context.Context, source string, p *ledger.Part) error {
	keys := p.ExcludedKeys()
	if len(keys) == 0 {
		return nil
	}
	found, err := s.byKeys(ctx, source, p.Batch(), keys)
	if err != nil {
		return err
	}
	slugs := p.ExcludedSlugs(found)
	if len(slugs) == 0 {
		return nil
	}
	live, err := s.liveBySlugs(ctx, source, slugs)
	if err != nil {
		return err
	}
	p.Exclude(live)
	return nil
}

// askGone answers which articles a run knows to be gone.
func (s session) askGone(ctx context.Context, source string, p *ledger.Part) error {
	found, err := s.byKeys(ctx, source, p.Batch(), p.GoneLinks())
	if err != nil {
		return err
	}
	named, err := s.liveBySlugs(ctx, source, p.Named(found))
	if err != nil {
		return err
	}
	var before map[int64]int64
	if p.AsksMissedBefore() {
		if before, err = s.missedBefore(ctx, source); err != nil {
			return err
		}
	}
	versions, err := s.ofStories(ctx, source, p.Take(named, before))
	if err != nil {
		return err
	}
	p.Beside(versions)
	return nil
}

// askDeclared answers which articles a run declares to be withdrawn.
func (s session) askDeclared(ctx context.Context, source string, p *ledger.Part) error {
	found, err := s.liveByKeys(ctx, source, p.Batch(), p.DeclaredKeys())
	if err != nil || !p.Declare(found) {
		return err
	}
	var live int64
	if _, err := s.one(ctx, []any{&live}, `SELECT count(*) FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.gone_ms = 0 AND a.withdrawn_ms = 0`, source); err != nil {
		return err
	}
	h, ok, err := s.hold(ctx, source, ledger.HoldWithdrawals)
	if err != nil {
		return err
	}
	var before *ledger.Hold
	if ok {
		before = &h
	}
	p.Weigh(int(live), before)
	return nil
}

// liveByKeys returns the live articles of the source's publisher that alone have one of
// these keys.
func (s session) liveByKeys(ctx context.Context, source string, b ledger.Batch, keys []string) (found []ledger.Declared, err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	publisher, err := s.publisher(ctx, source, b)
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		d := ledger.Declared{Known: &ledger.Known{}}
		k := d.Known
		var updated, published int64
		var from string
		err := rows.Scan(&k.ID, &k.UID, &k.Story, &k.Publisher, &k.Language, &k.Title, &k.Revision, &d.Key, &updated, &published, &from)
		if d.Changed = ledger.FromMillis(updated); updated == 0 && feeds.DateOrigin(from) == feeds.DateDeclared {
			d.Changed = ledger.FromMillis(published)
		}
		found = append(found, d)
		return err
	}, `SELECT `+liveColumns+`, k.key, r.updated_ms, r.published_ms, r.published_from
		FROM aliases k JOIN articles a ON a.id = k.article JOIN revisions r ON r.article = a.id AND r.n = a.revision
		WHERE k.publisher = $1 AND k.key = ANY($2) AND k.shared = 0 AND a.withdrawn_ms = 0 ORDER BY a.published_ms, a.id`, publisher, keys)
	return found, err
}

// resolve answers what is known of a batch's keys.
func (s session) resolve(ctx context.Context, snap *ledger.Snapshot, b ledger.Batch) error {
	for _, keys := range []func(ledger.Batch) []string{snap.Keys, snap.MoreKeys} {
		if err := s.loadKeys(ctx, snap, b.Publisher, keys(b)); err != nil {
			return err
		}
	}
	if err := s.loadKnown(ctx, snap, snap.Twins(b)); err != nil {
		return err
	}
	if n := snap.Recent(b); n > 0 {
		return s.loadRecent(ctx, snap, snap.Source(), n)
	}
	return nil
}

func (s session) loadKeys(ctx context.Context, snap *ledger.Snapshot, publisher string, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	ids := make([]int64, 0, len(keys))
	err := s.each(ctx, func(rows *sql.Rows) error {
		var k ledger.Key
		var a ledger.Alias
		var shared int64
		err := rows.Scan(&k.Key, &k.Language, &a.Article, &shared)
		a.Shared = shared != 0
		snap.AddAlias(k, a)
		ids = append(ids, a.Article)
		return err
	}, `SELECT key, language, article, shared FROM aliases WHERE publisher = $1 AND key = ANY($2)`, publisher, keys)
	if err != nil {
		return err
	}
	return s.loadKnown(ctx, snap, snap.Unread(ids))
}

// loadKnown loads articles, and when the other sources that hold them were collected.
func (s session) loadKnown(ctx context.Context, snap *ledger.Snapshot, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if err := s.eachKnown(ctx, snap.AddKnown,
		`SELECT `+knownColumns+` FROM articles a JOIN article_sources s ON s.article = a.id WHERE a.id = ANY($1)`, ids); err != nil {
		return err
	}
	owners := snap.Owners()
	if len(owners) == 0 {
		return nil
	}
	return s.each(ctx, func(rows *sql.Rows) error {
		var source string
		var success int64
		err := rows.Scan(&source, &success)
		snap.AddOwner(source, success)
		return err
	}, `SELECT id, last_success_ms FROM source_states WHERE id = ANY($1)`, owners)
}

const knownColumns = `a.id, a.uid, a.story, a.publisher, a.source, a.language, a.link, a.title, a.hash, a.joins,
	a.terms, a.categories, a.by_default, a.revision, a.published_ms, a.withdrawn_ms, a.grammar,
	s.source, s.terms, s.categories, s.by_default, s.gone_ms`

// eachKnown calls add with the articles of a query for the columns, once for each source
// that holds them.
func (s session) eachKnown(ctx context.Context, add func(ledger.Known, ledger.Filing), text string, args ...any) error {
	return s.each(ctx, func(rows *sql.Rows) error {
		var k ledger.Known
		var f ledger.Filing
		var gone, articleByDefault, byDefault int64
		if err := rows.Scan(&k.ID, &k.UID, &k.Story, &k.Publisher, &k.Source, &k.Language, &k.Link, &k.Title, &k.Hash, &k.Joins,
			&k.Terms, &k.Categories, &articleByDefault, &k.Revision, &k.Published, &k.Withdrawn, &k.Grammar,
			&f.Source, &f.Terms, &f.Categories, &byDefault, &gone); err != nil {
			return err
		}
		k.ByDefault, f.ByDefault, f.Gone = articleByDefault != 0, byDefault != 0, gone != 0
		add(k, f)
		return nil
	}, text, args...)
}

// loadRecent loads what the source had of late, so many articles; none for 0.
func (s session) loadRecent(ctx context.Context, snap *ledger.Snapshot, source string, n int) error {
	if n == 0 {
		return nil
	}
	var recent []int64
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		recent = append(recent, id)
		return err
	}, `SELECT article FROM article_sources WHERE source = $1 ORDER BY article DESC LIMIT $2`, source, n); err != nil {
		return err
	}
	if err := s.loadKnown(ctx, snap, snap.Unread(recent)); err != nil {
		return err
	}
	snap.AddRecent(recent)
	return nil
}

func (s session) newestLinks(ctx context.Context, source string, n int) (links []string, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var link string
		err := rows.Scan(&link)
		links = append(links, link)
		return err
	}, `SELECT a.link FROM article_sources s JOIN articles a ON a.id = s.article WHERE s.source = $1 ORDER BY s.article DESC LIMIT $2`, source, n)
	return links, err
}

// holds returns the quarantines of a source by kind.
func (s session) holds(ctx context.Context, source string) (map[string]ledger.Hold, error) {
	holds := map[string]ledger.Hold{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		h, err := scanHold(rows)
		if h.Kind != ledger.HoldWithdrawals {
			holds[h.Kind] = h
		}
		return err
	}, `SELECT `+holdColumns+` FROM holds WHERE source = $1`, source)
	return holds, err
}

// newestLive returns the newest live articles of a source.
func (s session) newestLive(ctx context.Context, source string, n int) (newest []ledger.Dated, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var a ledger.Dated
		err := rows.Scan(&a.ID, &a.Published)
		newest = append(newest, a)
		return err
	}, `SELECT a.id, a.published_ms FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY s.article DESC LIMIT $2`, source, n)
	return newest, err
}

// missedBefore returns what was missing before, each with when its page was seen gone.
func (s session) missedBefore(ctx context.Context, source string) (map[int64]int64, error) {
	before := map[int64]int64{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id, gone int64
		err := rows.Scan(&id, &gone)
		before[id] = gone
		return err
	}, `SELECT article, gone_ms FROM missing WHERE source = $1`, source)
	return before, err
}

const linkedColumns = `a.id, a.slug, a.story, a.link`

func (s session) eachLinked(ctx context.Context, text string, args ...any) (articles []ledger.Linked, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var a ledger.Linked
		err := rows.Scan(&a.ID, &a.Slug, &a.Story, &a.Link)
		articles = append(articles, a)
		return err
	}, text, args...)
	return articles, err
}

// byKeys returns the source's articles that have, or had, these keys, also withdrawn ones.
func (s session) byKeys(ctx context.Context, source string, b ledger.Batch, keys []string) ([]ledger.Linked, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	publisher, err := s.publisher(ctx, source, b)
	if err != nil {
		return nil, err
	}
	return s.eachLinked(ctx, `SELECT DISTINCT `+linkedColumns+` FROM aliases k JOIN articles a ON a.id = k.article JOIN article_sources s ON s.article = a.id
		WHERE k.publisher = $1 AND k.key = ANY($2) AND s.source = $3 ORDER BY 1`, publisher, keys, source)
}

// publisher returns the publisher of the source; "" where nothing was ever stored of it.
func (s session) publisher(ctx context.Context, source string, b ledger.Batch) (publisher string, err error) {
	if b.Publisher != "" {
		return b.Publisher, nil
	}
	_, err = s.one(ctx, []any{&publisher},
		`SELECT a.publisher FROM article_sources s JOIN articles a ON a.id = s.article WHERE s.source = $1 LIMIT 1`, source)
	return publisher, err
}

// ofStories returns the source's live articles of these stories.
func (s session) ofStories(ctx context.Context, source string, stories []string) ([]ledger.Linked, error) {
	if len(stories) == 0 {
		return nil, nil
	}
	return s.eachLinked(ctx, `SELECT `+linkedColumns+` FROM articles a JOIN article_sources s ON s.article = a.id
		WHERE a.story = ANY($1) AND s.source = $2 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY a.id`, stories, source)
}

// complete returns what a complete source had: its live articles, the stories that have one
// of these keys, and the hold on its withdrawals; nil for none.
func (s session) complete(ctx context.Context, source string, keys []string) (live ledger.Standing, unread map[string]bool, hold *ledger.Hold, err error) {
	unread = map[string]bool{}
	if len(keys) > 0 {
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var story string
			err := rows.Scan(&story)
			unread[story] = true
			return err
		}, `SELECT DISTINCT k.story FROM story_keys k JOIN articles a ON a.story = k.story AND a.publisher = k.publisher
			JOIN article_sources s ON s.article = a.id
			WHERE s.source = $1 AND k.key = ANY($2)`, source, keys); err != nil {
			return nil, nil, nil, err
		}
	}
	if live, err = s.live(ctx, `SELECT `+liveColumns+` FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY a.published_ms, a.id`, source); err != nil {
		return nil, nil, nil, err
	}
	h, ok, err := s.hold(ctx, source, ledger.HoldWithdrawals)
	if ok {
		hold = &h
	}
	return live, unread, hold, err
}

const liveColumns = `a.id, a.uid, a.story, a.publisher, a.language, a.title, a.revision`

func (s session) live(ctx context.Context, text string, args ...any) (live ledger.Standing, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var k ledger.Known
		err := rows.Scan(&k.ID, &k.UID, &k.Story, &k.Publisher, &k.Language, &k.Title, &k.Revision)
		live = append(live, &k)
		return err
	}, text, args...)
	return live, err
}

func (s session) liveBySlugs(ctx context.Context, source string, slugs []string) (ledger.Standing, error) {
	return s.live(ctx, `SELECT `+liveColumns+` FROM articles a JOIN article_sources s ON s.article = a.id
		WHERE a.slug = ANY($1) AND s.source = $2 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY a.published_ms, a.id`, slugs, source)
}

// heldElsewhere returns which of these articles other sources hold.
func (s session) heldElsewhere(ctx context.Context, source string, ids []int64) (map[int64]bool, error) {
	elsewhere := map[int64]bool{}
	if len(ids) == 0 {
		return elsewhere, nil
	}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		elsewhere[id] = true
		return err
	}, `SELECT DISTINCT article FROM article_sources WHERE article = ANY($1) AND source <> $2 AND gone_ms = 0`, ids, source)
	return elsewhere, err
}

// askStories answers which stories a part touches.
func (s session) askStories(ctx context.Context, p *ledger.Part) error {
	if !p.TouchesStories() {
		return nil
	}
	if err := s.lockStories(ctx); err != nil {
		return err
	}
	if err := s.askCopublished(ctx, p); err != nil {
		return err
	}
	return s.loadStories(ctx, p.Stories, p.Batch().Publisher, p.StoryKeys(), p.StoryIDs())
}

// lockStories keeps others from changing any story until the transaction ends: one may be of
// several publishers. Who changes stories appends records, and takes the lock of the log in
// any case; taken before stories are looked at, it has nobody decide by what is about to
// change, nor begin a second story of one notice.
func (s session) lockStories(ctx context.Context) error { return s.lock(ctx, lockLog, "") }

// loadStories loads the stories that are found by keys, and others. They are locked.
func (s session) loadStories(ctx context.Context, stories *ledger.Stories, publisher string, keys, ids []string) error {
	if len(keys) > 0 {
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var key, id string
			err := rows.Scan(&key, &id)
			stories.AddKey(key, id)
			ids = append(ids, id)
			return err
		}, `SELECT key, story FROM story_keys WHERE publisher = $1 AND key = ANY($2)`, publisher, keys); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return s.each(ctx, func(rows *sql.Rows) error {
		var v ledger.Version
		var id, categories string
		var byDefault, withdrawn int64
		if err := rows.Scan(&v.ID, &id, &v.Publisher, &v.Language, &v.Revision, &categories, &byDefault, &withdrawn); err != nil {
			return err
		}
		v.ByDefault, v.Withdrawn = byDefault != 0, withdrawn != 0
		var err error
		v.Categories, err = ledger.Unlist[string](categories)
		stories.AddVersion(id, v)
		return err
	}, `SELECT id, story, publisher, language, revision, categories, by_default, withdrawn_ms FROM articles WHERE story = ANY($1) ORDER BY id`, ids)
}

// name answers which slugs are taken, until all new articles have their names.
func (s session) name(ctx context.Context, p *ledger.Part) error {
	taken := map[string]bool{}
	for ask := p.Names(); len(ask) > 0; {
		for _, slug := range ask {
			taken[slug] = false
		}
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var slug string
			err := rows.Scan(&slug)
			taken[slug] = true
			return err
		}, `SELECT slug FROM articles WHERE slug = ANY($1)`, ask); err != nil {
			return err
		}
		ask = p.Name(taken)
	}
	return nil
}

// newestRevisions returns articles as they are stored, by their ids.
func (s session) newestRevisions(ctx context.Context, numbers []int64) (map[string]feeds.StoredArticle, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	found, err := Reader{s}.articles(ctx, nil, `a.id = ANY($1) AND r.n = a.revision`, numbers)
	newest := make(map[string]feeds.StoredArticle, len(found))
	for _, a := range found {
		newest[a.ID] = a
	}
	return newest, err
}

// texts returns what articles say now.
func (s session) texts(ctx context.Context, ids []int64) (texts []ledger.Text, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var t ledger.Text
		err := rows.Scan(&t.Article, &t.FirstSeen, &t.Corrected, &t.Title, &t.Summary, &t.Content)
		texts = append(texts, t)
		return err
	}, `SELECT a.id, a.first_seen_ms, r.corrected_ms, r.title, r.summary, r.content
		FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revision WHERE a.id = ANY($1)`, ids)
	return texts, err
}

// aliasesOf returns the keys of articles.
func (s session) aliasesOf(ctx context.Context, publisher string, ids []int64) (aliases []ledger.KeyAlias, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var a ledger.KeyAlias
		var shared int64
		err := rows.Scan(&a.Key, &a.Article, &shared)
		a.Shared = shared != 0
		aliases = append(aliases, a)
		return err
	}, `SELECT key, article, shared FROM aliases WHERE publisher = $1 AND article = ANY($2)`, publisher, ids)
	return aliases, err
}
