package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// resolve reads what the store knows of the articles' keys.
func (w *work) resolve(ctx context.Context, part []*incoming) error {
	if len(part) == 0 {
		return nil
	}
	keys := make([]string, 0, 2*len(part))
	for _, in := range part {
		keys = append(keys, in.lookups()...)
	}
	publisher := part[0].article.Publisher
	if err := w.resolveKeys(ctx, publisher, keys); err != nil {
		return err
	}
	keys = keys[:0]
	for _, in := range part {
		if in.link != "" && w.isUnknown(in) {
			keys = append(keys, otherName(in.link))
		}
		if w.maySayMore(in) {
			keys = append(keys, in.textKey(), in.titleKey())
		}
	}
	if len(keys) > 0 {
		if err := w.resolveKeys(ctx, publisher, keys); err != nil {
			return err
		}
	}
	var twins []int64
	for _, in := range part {
		if in.twin != 0 && w.known[in.twin] == nil {
			twins = append(twins, in.twin)
		}
	}
	if err := w.readKnown(ctx, twins); err != nil {
		return err
	}
	if !slices.ContainsFunc(part, w.needsText) && !slices.ContainsFunc(part, w.needsRecent) {
		return nil
	}
	return w.resolveTexts(ctx)
}

// textKey is what an article is known by where neither GUID nor link tells.
type textKey struct {
	language, link, title string
	published             int64
}

// needsText tells whether neither GUID nor link can find an article, though the source
// may have had it under another GUID.
func (w *work) needsText(in *incoming) bool {
	if !w.facts.visited || in.article.GUID == "" || in.article.PublishedFrom == feeds.DateFirstSeen {
		return false
	}
	if _, ok := w.aliases[aliasKey{w.firstKey(in), in.article.Language}]; ok {
		return false
	}
	return in.link == "" || !in.oneLink || w.aliases[aliasKey{in.link, in.article.Language}].shared
}

// resolveTexts reads what the source had of late.
func (w *work) resolveTexts(ctx context.Context) error {
	if w.texts != nil {
		return nil
	}
	w.texts = map[textKey]int64{}
	var ids []int64
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		w.recent = append(w.recent, id)
		if w.known[id] == nil {
			ids = append(ids, id)
		}
		return err
	}, `SELECT article FROM article_sources WHERE source = $1 ORDER BY article DESC LIMIT $2`, w.c.Run.Source, 2*(len(w.c.Articles)+len(w.c.Known))+50); err != nil {
		return err
	}
	if err := w.readKnown(ctx, ids); err != nil {
		return err
	}
	w.titles = map[textKey][]int64{}
	for _, id := range w.recent {
		if k := w.known[id]; k != nil {
			w.texts[textKey{k.language, linkKey(k.link), k.title, k.published}] = id
			key := textKey{language: k.language, title: k.title, published: k.published}
			w.titles[key] = append(w.titles[key], id)
		}
	}
	return nil
}

// resolveRelaunch looks for articles of a source whose site was made anew, so that
// neither GUIDs nor links are what they were: where most of the batch is unknown, by
// title and date.
func (w *work) resolveRelaunch(ctx context.Context, batch []*incoming) error {
	if !w.facts.visited {
		return nil
	}
	var unknown []*incoming
	for _, in := range batch {
		in.twin = 0
		if w.isUnknown(in) && len(w.tongues[otherName(in.link)]) == 0 && in.article.PublishedFrom != feeds.DateFirstSeen {
			unknown = append(unknown, in)
		}
	}
	if len(unknown) < fewest || 2*len(unknown) <= w.listed(batch) {
		return nil
	}
	listed := map[int64]bool{}
	for _, e := range w.c.leftOut() {
		listed[e.article] = true
	}
	for _, in := range batch {
		for _, key := range in.lookups() {
			listed[w.aliases[aliasKey{key, in.article.Language}].article] = true
		}
	}
	if err := w.resolveTexts(ctx); err != nil {
		return err
	}
	twins := map[*incoming]int64{}
	for _, in := range unknown {
		ids := w.titles[textKey{language: in.article.Language, title: in.article.Title, published: millis(in.article.Published)}]
		if len(ids) == 1 && !listed[ids[0]] {
			twins[in] = ids[0]
			listed[ids[0]] = true
		}
	}
	if len(twins) < fewest || 2*len(twins) <= w.listed(batch) {
		return nil
	}
	for in, id := range twins {
		in.twin = id
	}
	return nil
}

// isUnknown tells whether the store has none of the article's keys.
func (w *work) isUnknown(in *incoming) bool {
	return !slices.ContainsFunc(in.lookups(), func(key string) bool { return len(w.tongues[key]) > 0 })
}

func (w *work) resolveKeys(ctx context.Context, publisher string, keys []string) error {
	ids := make([]int64, 0, len(keys))
	wanted := make(map[int64]bool, len(keys))
	err := w.s.each(ctx, func(rows *sql.Rows) error {
		var k aliasKey
		var a alias
		var shared int64
		err := rows.Scan(&k.key, &k.language, &a.article, &shared)
		a.shared = shared != 0
		if _, ok := w.aliases[k]; !ok {
			w.tongues[k.key] = append(w.tongues[k.key], k.language)
		}
		w.aliases[k] = a
		if !wanted[a.article] && w.known[a.article] == nil {
			wanted[a.article] = true
			ids = append(ids, a.article)
		}
		return err
	}, `SELECT key, language, article, shared FROM aliases WHERE publisher = $1 AND key = ANY($2)`, publisher, keys)
	if err != nil {
		return err
	}
	return w.readKnown(ctx, ids)
}

// readKnown reads articles that were not read yet.
func (w *work) readKnown(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if err := w.s.each(ctx, w.scanKnown,
		`SELECT `+knownColumns+` FROM articles a JOIN article_sources s ON s.article = a.id WHERE a.id = ANY($1)`, ids); err != nil {
		return err
	}
	return w.resolveOwners(ctx)
}

const knownColumns = `a.id, a.uid, a.story, a.publisher, a.source, a.language, a.link, a.title, a.hash, a.joins,
	a.terms, a.categories, a.revision, a.published_ms, a.withdrawn_ms, s.source, s.terms, s.categories, s.gone_ms`

// scanKnown adds the article of a row to w.known. There is a row for each source
// that holds it.
func (w *work) scanKnown(rows *sql.Rows) error {
	var k known
	var f filing
	var gone int64
	if err := rows.Scan(&k.id, &k.uid, &k.story, &k.publisher, &k.source, &k.language, &k.link, &k.title, &k.hash, &k.joins,
		&k.terms, &k.categories, &k.revision, &k.published, &k.withdrawn, &f.source, &f.terms, &f.categories, &gone); err != nil {
		return err
	}
	f.gone = gone != 0
	have, ok := w.known[k.id]
	if !ok {
		have = &k
		w.known[k.id] = have
	}
	if f.source == w.c.Run.Source {
		have.filing, have.filed = f, true
	} else {
		have.filings = append(have.filings, f)
	}
	return nil
}

// fewest is the least number of articles that prove a change of a whole source.
const fewest = 3

// resolveMove looks for articles of a source that has moved to another host: where
// most of the batch is unknown, by their paths at the host where most were before.
func (w *work) resolveMove(ctx context.Context, batch []*incoming) error {
	if !w.facts.visited {
		return nil
	}
	var unknown []*incoming
	for _, in := range batch {
		if in.link != "" && w.isUnknown(in) && len(w.tongues[otherName(in.link)]) == 0 {
			unknown = append(unknown, in)
		}
	}
	if len(unknown) < fewest || 2*len(unknown) <= w.listed(batch) {
		return nil
	}
	hosts := map[string]int{}
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var link string
		err := rows.Scan(&link)
		host, _, _ := strings.Cut(linkKey(link), "/")
		hosts[host]++
		return err
	}, `SELECT a.link FROM article_sources s JOIN articles a ON a.id = s.article WHERE s.source = $1 ORDER BY s.article DESC LIMIT 50`, w.c.Run.Source); err != nil {
		return err
	}
	before, most := "", 0
	for host, n := range hosts {
		if host != "" && (n > most || n == most && host < before) {
			before, most = host, n
		}
	}
	var keys []string
	for _, in := range unknown {
		if host, rest, ok := strings.Cut(in.link, "/"); ok && before != "" && host != before {
			in.former = before + "/" + rest
			keys = append(keys, in.former)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return w.resolveKeys(ctx, unknown[0].article.Publisher, keys)
}

// resolveOwners finds out which of the other sources are still collected.
func (w *work) resolveOwners(ctx context.Context) error {
	var owners []string
	for _, k := range w.known {
		if k.source == w.c.Run.Source {
			continue
		}
		if _, asked := w.alive[k.source]; !asked {
			w.alive[k.source] = false
			owners = append(owners, k.source)
		}
	}
	if len(owners) == 0 {
		return nil
	}
	return w.s.each(ctx, func(rows *sql.Rows) error {
		var source string
		var success int64
		err := rows.Scan(&source, &success)
		w.alive[source] = w.c.Now.Sub(fromMillis(success)) < ownerLease
		return err
	}, `SELECT id, last_success_ms FROM source_states WHERE id = ANY($1)`, owners)
}
