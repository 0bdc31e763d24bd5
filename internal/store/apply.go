package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"

	"github.com/kairan-news/kairan/feeds"
)

// store writes what was decided about articles; the log comes after it.
func (w *work) store(ctx context.Context, part []*incoming, gone []*known) error {
	for _, step := range []func(context.Context, []*incoming) error{
		w.addArticles, w.updateArticles, w.moveAliases, w.addAliases, w.addStoryKeys, w.addRevisions, w.fileArticles,
	} {
		if err := step(ctx, part); err != nil {
			return err
		}
	}
	return w.withdrawArticles(ctx, gone)
}

func (w *work) addArticles(ctx context.Context, part []*incoming) error {
	var rows [][]any
	bySlug := map[string]*incoming{}
	now := millis(w.c.Now)
	stories := w.storiesByMember()
	for _, in := range part {
		if in.known != nil {
			continue
		}
		a := &in.article
		slug := feeds.Slug(in.id)
		bySlug[slug] = in
		rows = append(rows, []any{in.id, slug, stories[in.member], a.Publisher, w.c.Run.Source, in.key, a.Language, a.GUID, a.Link, a.Title,
			int64(1), in.hash, in.joins, in.terms, list(in.member.categories), millis(a.Published), now, int64(0)})
	}
	return w.s.insert(ctx, `INSERT INTO articles (uid, slug, story, publisher, source, key, language, guid, link, title,
		revision, hash, joins, terms, categories, published_ms, first_seen_ms, withdrawn_ms)`, rows, `RETURNING id, slug`,
		func(rows *sql.Rows) error {
			var id int64
			var slug string
			err := rows.Scan(&id, &slug)
			bySlug[slug].member.id = id
			return err
		})
}

func (w *work) storiesByMember() map[*member]string {
	ids := make(map[*member]string, len(w.stories))
	for _, st := range w.stories {
		for _, m := range st.members {
			ids[m] = st.id
		}
	}
	return ids
}

func (w *work) updateArticles(ctx context.Context, part []*incoming) error {
	for _, in := range part {
		k := in.known
		act := nothing
		if k != nil {
			act = in.action()
		}
		if act == nothing {
			continue
		}
		next := *k
		if act >= refile {
			next.categories = list(in.member.categories)
		}
		if in.returns || in.revise || in.speaks {
			next.source, next.withdrawn = w.c.Run.Source, 0
		}
		if in.speaks {
			next.language = in.article.Language
		}
		if in.redate {
			next.published = k.published + w.verdict.redated.Milliseconds()
		}
		if in.moved {
			next.link, next.hash = in.article.Link, in.hash
			if err := w.moveRevision(ctx, in); err != nil {
				return err
			}
		}
		if in.revise {
			next.link, next.title, next.hash, next.revision = in.article.Link, in.article.Title, in.hash, k.revision+1
			if in.article.PublishedFrom == feeds.DateFirstSeen && k.published != 0 {
				in.article.Published = fromMillis(k.published) // when we saw it first, not when it changed
			}
			next.published = millis(in.article.Published)
		}
		if next.source == w.c.Run.Source {
			next.terms, next.joins = in.terms, in.joins
		}
		if _, err := w.s.exec(ctx, `UPDATE articles SET source = $2, link = $3, title = $4, revision = $5, hash = $6, joins = $7,
			terms = $8, categories = $9, published_ms = $10, withdrawn_ms = $11, language = $12 WHERE id = $1`,
			k.id, next.source, next.link, next.title, next.revision, next.hash, next.joins,
			next.terms, next.categories, next.published, next.withdrawn, next.language); err != nil {
			return err
		}
	}
	return nil
}

// moveRevision gives the newest revision of an article its addresses at another host.
func (w *work) moveRevision(ctx context.Context, in *incoming) error {
	a := &in.article
	parts, err := json.Marshal(lists{a.Authors, a.Images, a.Enclosures, a.Related, a.Alternates, a.Feed})
	if err != nil {
		return err
	}
	_, err = w.s.exec(ctx, `UPDATE revisions SET link = $3, hash = $4, content = $5, lists = $6 WHERE article = $1 AND n = $2`,
		in.known.id, in.known.revision, a.Link, in.hash, a.Content, string(parts))
	return err
}

// addAliases makes the articles findable under the keys that they came with.
func (w *work) addAliases(ctx context.Context, part []*incoming) error {
	var rows [][]any
	at := map[aliasKey]int{} // a row can't be replaced twice by one statement
	var shared []int64       // articles that had one of the keys
	add := func(in *incoming, key string, id int64, isShared bool) {
		k := aliasKey{key, in.language()}
		if have, ok := w.aliases[k]; ok {
			if have == (alias{id, isShared}) {
				return
			}
			shared = append(shared, have.article)
		}
		if i, ok := at[k]; ok {
			rows[i][3], rows[i][4] = id, int64(1)
			return
		}
		at[k] = len(rows)
		rows = append(rows, []any{in.article.Publisher, key, k.language, id, flag(isShared)})
	}
	for _, in := range part {
		switch k := in.known; {
		case in.byText:
			w.addShared(in, add)
		case k == nil:
			for _, key := range in.keys() {
				add(in, key, in.member.id, in.shared && key == in.article.GUID)
			}
		case in.held:
		case in.newKey && w.facts.linkKeys && in.key == in.article.GUID:
			// It will be another one next time.
		case in.newKey:
			add(in, in.key, k.id, false)
			if (in.former != "" || in.moved || in.twin != 0) && in.link != "" && in.key != in.link {
				add(in, in.link, k.id, false)
			}
		case (in.revise || in.moved) && in.link != "" && in.link != linkKey(k.link):
			add(in, in.link, k.id, false)
		}
	}
	if err := w.forget(ctx, shared); err != nil {
		return err
	}
	return w.s.insert(ctx, `INSERT INTO aliases (publisher, key, language, article, shared)`, rows,
		`ON CONFLICT (publisher, key, language) DO UPDATE SET
			shared = CASE WHEN aliases.article = excluded.article THEN excluded.shared ELSE 1 END, article = excluded.article`, nil)
}

// addShared makes an article findable by what it says, and has its other keys shared:
// they stay with the article that had them first.
func (w *work) addShared(in *incoming, add func(in *incoming, key string, id int64, isShared bool)) {
	k := in.known
	if k != nil && (in.held || in.duplicate) {
		return
	}
	var id int64
	if k != nil {
		id = k.id
	} else {
		id = in.member.id
	}
	if k == nil || in.newKey {
		add(in, in.key, id, false)
	}
	for _, key := range []string{in.given, in.article.GUID, in.link} {
		have, ok := w.aliases[aliasKey{key, in.language()}]
		switch {
		case key == "" || key == in.key:
		case !ok:
			add(in, key, id, true)
		case !have.shared:
			add(in, key, have.article, true)
		}
	}
}

// moveAliases makes articles that are in another language than they were taken for
// findable under that alone: their keys are free for a version in the other one.
func (w *work) moveAliases(ctx context.Context, part []*incoming) error {
	spoken := map[int64]string{}
	var ids []int64
	for _, in := range part {
		if in.speaks && !in.held {
			spoken[in.known.id] = in.article.Language
			ids = append(ids, in.known.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	publisher := part[0].article.Publisher
	var rows [][]any
	if err := w.s.each(ctx, func(rs *sql.Rows) error {
		var key string
		var id, shared int64
		err := rs.Scan(&key, &id, &shared)
		rows = append(rows, []any{publisher, key, spoken[id], id, shared})
		return err
	}, `SELECT key, article, shared FROM aliases WHERE publisher = $1 AND article = ANY($2)`, publisher, ids); err != nil {
		return err
	}
	if _, err := w.s.exec(ctx, `DELETE FROM aliases WHERE publisher = $1 AND article = ANY($2)`, publisher, ids); err != nil {
		return err
	}
	return w.s.insert(ctx, `INSERT INTO aliases (publisher, key, language, article, shared)`, rows, `ON CONFLICT (publisher, key, language) DO NOTHING`, nil)
}

// addStoryKeys lets later articles join the stories of these; the first that has a
// key keeps it.
func (w *work) addStoryKeys(ctx context.Context, part []*incoming) error {
	var rows [][]any
	added := map[string]bool{}
	stories := w.storiesByMember()
	for _, in := range part {
		var id string
		switch k := in.known; {
		case k == nil:
			id = stories[in.member]
		case !in.duplicate && !in.held && (k.joins != in.joins || in.link != linkKey(k.link)) && (k.source == w.c.Run.Source || in.revise || in.returns):
			id = k.story
		default:
			continue
		}
		for _, key := range in.storyKeys() {
			if !added[key] {
				added[key] = true
				rows = append(rows, []any{in.article.Publisher, key, id})
			}
		}
	}
	return w.s.insert(ctx, `INSERT INTO story_keys (publisher, key, story)`, rows, `ON CONFLICT (publisher, key) DO NOTHING`, nil)
}

func (w *work) addRevisions(ctx context.Context, part []*incoming) error {
	var rows [][]any
	now := millis(w.c.Now)
	for _, in := range part {
		k := in.known
		if k != nil && (!in.revise || in.held) {
			continue
		}
		a := &in.article
		id, n := in.member.id, int64(1)
		if k != nil {
			id, n = k.id, int64(k.revision+1)
		}
		parts, err := json.Marshal(lists{a.Authors, a.Images, a.Enclosures, a.Related, a.Alternates, a.Feed})
		if err != nil {
			return err
		}
		rows = append(rows, []any{id, n, in.hash, now, a.Title, a.Summary, a.Content, a.Link, a.Rights,
			millis(a.Published), string(a.PublishedFrom), millis(a.Updated), millis(cmp.Or(a.Corrected, in.corrected)), string(parts)})
	}
	return w.s.insert(ctx, `INSERT INTO revisions (article, n, hash, time_ms, title, summary, content, link, rights,
		published_ms, published_from, updated_ms, corrected_ms, lists)`, rows, ``, nil)
}

// fileArticles enters which articles the source holds, and under which categories.
func (w *work) fileArticles(ctx context.Context, part []*incoming) error {
	var rows [][]any
	for _, in := range part {
		k := in.known
		if k != nil && (in.duplicate || in.held || k.filed && !k.filing.gone && k.filing.terms == in.terms && k.filing.categories == in.categories) {
			continue
		}
		var id int64
		if k != nil {
			id = k.id
		} else {
			id = in.member.id
		}
		rows = append(rows, []any{w.c.Run.Source, id, in.terms, in.categories, int64(0)})
	}
	return w.s.insert(ctx, `INSERT INTO article_sources (source, article, terms, categories, gone_ms)`, rows,
		`ON CONFLICT (source, article) DO UPDATE SET terms = excluded.terms, categories = excluded.categories, gone_ms = 0`, nil)
}
