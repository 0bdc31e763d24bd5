package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// The rules of identity.
//
//   - An article is (publisher, identity key, language). Another publisher's article
//     is never even looked at.
//   - Every key that an article was seen under stays its alias: its key, its GUID,
//     its link. The first that is found wins, in this order. A GUID that is an address
//     is the same with http and with https.
//   - A link alone finds an article only with care, since sources give several
//     notices one link: of another source, if no second article has the link; of
//     the same source (whose GUIDs then changed), if title and date are the same.
//     A front page finds nothing. Where the link says nothing, an article under an
//     unknown GUID is the one that the source had with its title, date and link.
//   - A host is the same with "www." before it and without. Where the link is all that
//     identifies an article, it is the same article under the other name.
//   - Where more than half of a document came under other GUIDs with old titles and
//     links, the link is the source's key from then on, and finds articles whatever
//     their titles have become.
//   - Where most of a document is unknown and at another host, and most of that has the
//     titles and paths of articles of the old host, the source has moved: the paths
//     find its articles. Another host, or https, is no correction: the newest revision
//     gets the new link.
//   - Where most of a document is unknown, and most of that has titles and dates of
//     articles that are no longer in it, the source's site was made anew: these are
//     its articles.
//   - An identifier of the source's own (atom:id) is kept by the first article that
//     claims it, unless versions in several languages come with it, at once or one after
//     the other: then it names a notice, and each of them gets an id that is minted. An
//     id that was given stays what it is, whoever claims it later.
//   - A key that several articles were seen with finds only the one whose link is
//     the same; for the others the link becomes the key, or the title where the link
//     is the same too. So it is with a key that
//     another source has for an article with another link and another title, or that
//     the same source had for one (a GUID that is a place in a list).
//   - A version whose language was not determined is the article that has its key in
//     the only other language, if link or title is the same; and when a source says of
//     an article with the same link and title that it is in another language than it
//     said before, it is the same article, which changes its language and keeps its
//     id: the log takes it out of the one and puts it into the other.
//   - An article in two sources is revised by the one that brought it first, so
//     that a full text in one and a summary in the other do not correct each other
//     for ever. The other takes over when the first no longer has it, or has not
//     been collected for three days.

type aliasKey struct{ key, language string }

type alias struct {
	article int64
	shared  bool
}

// known is an article that the store holds.
type known struct {
	id                                                                int64
	uid, story, publisher, source, language, link, title, hash, joins string
	terms, categories                                                 string
	revision                                                          int
	published, withdrawn                                              int64

	filing  filing // by the source of this run, if filed
	filed   bool
	filings []filing // by other sources
}

// filing is how a source files an article.
type filing struct {
	source, terms, categories string
	gone                      bool
}

// ownerLease is how long a source that is no longer collected keeps others from
// revising its articles.
const ownerLease = 72 * time.Hour

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
	if !slices.ContainsFunc(part, w.needsText) {
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
	if _, ok := w.aliases[aliasKey{in.key, in.article.Language}]; ok {
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
	var recent, ids []int64
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		recent = append(recent, id)
		if w.known[id] == nil {
			ids = append(ids, id)
		}
		return err
	}, `SELECT article FROM article_sources WHERE source = $1 ORDER BY article DESC LIMIT $2`, w.c.Run.Source, 2*len(w.c.Articles)+50); err != nil {
		return err
	}
	if err := w.readKnown(ctx, ids); err != nil {
		return err
	}
	w.titles = map[textKey][]int64{}
	for _, id := range recent {
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
	if len(unknown) < fewest || 2*len(unknown) <= len(batch) {
		return nil
	}
	listed := map[int64]bool{}
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
	if len(twins) < fewest || 2*len(twins) <= len(batch) {
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
	if len(unknown) < fewest || 2*len(unknown) <= len(batch) {
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

// survey matches a whole batch. Where it shows that most GUIDs or the host have
// changed, it does so again with that in mind.
func (w *work) survey(batch []*incoming) {
	w.match(batch)
	renamed, moved := 0, 0
	for _, in := range batch {
		renamed += int(flag(in.renamed))
		moved += int(flag(in.known != nil && in.former != ""))
	}
	w.verdict.links = renamed >= fewest && 2*renamed > len(batch)
	w.verdict.hosts = moved >= fewest && 2*moved > len(batch)
	if w.verdict.links || w.verdict.hosts {
		clear(w.seen)
		w.match(batch)
	}
}

// match finds for each incoming article the one that it is, and what that asks for.
func (w *work) match(part []*incoming) {
	for _, in := range part { // the store may be asked again: begin anew
		in.known, in.member, in.id = nil, nil, ""
		in.duplicate, in.newKey, in.renamed, in.revise, in.moved, in.returns, in.speaks = false, false, false, false, false, false, false
		if w.facts.linkKeys && in.link != "" && in.oneLink {
			in.key = in.link
		}
	}
	for _, in := range part {
		if k, ok := w.byKey(in); ok {
			in.known, in.duplicate = k, w.seen[k.id]
			w.seen[k.id] = true
			if in.duplicate {
				w.out.Problems = append(w.out.Problems, in.twice())
			}
		}
	}
	reused, renamed := 0, 0
	for _, in := range part {
		reused += int(flag(in.reused))
		if in.known != nil {
			continue
		}
		if k, sameSource := w.byAlias(in); k != nil && !w.seen[k.id] {
			in.known, in.newKey, in.renamed = k, true, sameSource
			w.seen[k.id] = true
			renamed += int(flag(sameSource))
		}
	}
	for _, in := range part {
		if in.known != nil {
			continue
		}
		if k := w.byLanguage(in); k != nil {
			in.known = k
			w.seen[k.id] = true
		}
	}
	if reused > 0 {
		w.out.Problems = append(w.out.Problems, fmt.Sprintf("%d articles have GUIDs that other articles had before; their links are their keys", reused))
	}
	if renamed > 0 && !w.facts.linkKeys {
		w.out.Problems = append(w.out.Problems, fmt.Sprintf("%d articles have other GUIDs than before, and were known by their links", renamed))
	}
	for _, in := range part {
		if k := in.known; k != nil {
			in.duplicate = in.duplicate || k.hash == erasedHash // it never comes back
			in.returns = k.withdrawn != 0 && !in.duplicate
			in.moved = in.isMove(k) && !in.duplicate && !in.cutOff && !in.returns && w.mayRevise(k)
			in.revise = in.hash != k.hash && !in.moved && !in.duplicate && !in.cutOff && (in.returns || w.mayRevise(k))
			in.speaks = in.article.Language != k.language && in.article.Language != undetermined && !in.duplicate &&
				(k.language == undetermined || w.mayRevise(k))
		}
		w.submit(in)
		if in.known != nil && in.action() <= note {
			w.out.Unchanged++
		}
	}
}

func (in *incoming) twice() string {
	return fmt.Sprintf("%q is here twice, under keys that are known as one article", in.article.Title)
}

// byKey finds an article by its own key. A key that several articles share may
// give way to the link.
func (w *work) byKey(in *incoming) (*known, bool) {
	a, ok := w.aliases[aliasKey{in.key, in.article.Language}]
	if !ok {
		return nil, false
	}
	k := w.known[a.article]
	if k == nil {
		return nil, false
	}
	if a.shared && in.key == in.article.GUID && !sameTitle(k.title, in.article.Title) &&
		(in.link == "" || w.aliases[aliasKey{in.link, in.article.Language}].shared) {
		in.shared, in.key = true, in.titleKey()
		return w.byKey(in)
	}
	if in.link == "" || in.key == in.link || sameLink(linkKey(k.link), in.link) {
		return k, true
	}
	// Sources number their articles: 7 of the one is not 7 of the other.
	foreign := !k.filed && k.link != "" && !sameTitle(k.title, in.article.Title)
	in.reused = w.isReused(in, k)
	if a.shared || in.shared || foreign || in.reused {
		in.shared = in.shared || foreign || in.reused
		in.key = in.link
		return w.byKey(in)
	}
	return k, true
}

// isReused tells whether a GUID that this source had for one article now names
// another one, which has another link and another title: as where GUIDs are the places
// in a list, or always "latest". The other article is known by its link, or the one
// that had the GUID is here under its own. Where nothing shows it, another date does,
// unless the GUID is an IRI, which who writes it means to keep.
func (w *work) isReused(in *incoming, k *known) bool {
	if in.key != in.article.GUID || k.link == "" || sameTitle(k.title, in.article.Title) || samePath(linkKey(k.link), in.link) {
		return false
	}
	if a, ok := w.aliases[aliasKey{in.link, in.article.Language}]; ok && a.article != k.id && in.oneLink {
		if other := w.known[a.article]; other != nil && other.filed && sameTitle(other.title, in.article.Title) {
			return true
		}
	}
	return w.seen[k.id] ||
		!strings.Contains(in.article.GUID, ":") && in.article.PublishedFrom != feeds.DateFirstSeen && millis(in.article.Published) != k.published
}

// byAlias finds an article by its GUID or link where its own key is not known.
func (w *work) byAlias(in *incoming) (k *known, sameSource bool) {
	language := in.article.Language
	if _, taken := w.aliases[aliasKey{in.key, language}]; taken {
		return nil, false
	}
	for _, guid := range []string{in.article.GUID, otherScheme(in.article.GUID)} {
		if guid != "" && guid != in.key && !in.shared {
			if a, ok := w.aliases[aliasKey{guid, language}]; ok && !a.shared && w.known[a.article] != nil {
				return w.known[a.article], false
			}
		}
	}
	if k := w.known[in.twin]; k != nil {
		return k, true
	}
	if w.needsText(in) {
		if id, ok := w.texts[textKey{language, in.link, in.article.Title, millis(in.article.Published)}]; ok {
			return w.known[id], true
		}
	}
	if in.link == "" || !in.oneLink {
		return nil, false
	}
	if a, ok := w.aliases[aliasKey{in.former, language}]; ok && in.former != "" {
		if k = w.known[a.article]; k != nil && k.filed {
			return pick(k, w.verdict.hosts || sameTitle(k.title, in.article.Title)), false
		}
	}
	a, ok := w.aliases[aliasKey{in.link, language}]
	if !ok {
		if a, ok = w.aliases[aliasKey{otherName(in.link), language}]; ok && !a.shared && in.isPermalink() {
			return w.known[a.article], false
		}
	}
	k = w.known[a.article]
	if !ok || k == nil {
		return nil, false
	}
	same := sameTitle(k.title, in.article.Title) && (k.published == millis(in.article.Published) || in.article.PublishedFrom == feeds.DateFirstSeen)
	if !k.filed { // another source's
		return pick(k, same || !a.shared), false
	}
	return pick(k, same || w.verdict.links), true
}

// undetermined is the language of an article of which nothing tells it (BCP 47).
const undetermined = "und"

// byLanguage finds an article that was taken for one in another language.
func (w *work) byLanguage(in *incoming) (found *known) {
	for _, key := range in.keys() {
		for _, language := range w.tongues[key] {
			a := w.aliases[aliasKey{key, language}]
			k := w.known[a.article]
			switch {
			case language == in.article.Language || k == nil || k == found:
			case w.seen[k.id] || a.shared || found != nil:
				return nil
			default:
				found = k
			}
		}
	}
	if found == nil {
		return nil
	}
	title := sameTitle(found.title, in.article.Title)
	link := in.link != "" && in.oneLink && sameLink(in.link, linkKey(found.link))
	if in.article.Language == undetermined || found.language == undetermined {
		return pick(found, title || link)
	}
	return pick(found, found.filed && title && (link || in.link == ""))
}

func pick(k *known, ok bool) *known {
	if ok {
		return k
	}
	return nil
}

func sameTitle(a, b string) bool {
	return a == b || strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// mayRevise tells whether this source may change what the article says.
func (w *work) mayRevise(k *known) bool {
	if k.source == w.c.Run.Source || !w.alive[k.source] {
		return true
	}
	for _, f := range k.filings {
		if f.source == k.source && !f.gone {
			return false
		}
	}
	return true
}

// name gives the new articles their ids: the source's own on its first claim, else
// one that is minted.
func (w *work) name(ctx context.Context, part []*incoming) error {
	slugs := make([]string, 0, len(part))
	for _, in := range part {
		if in.known != nil {
			continue
		}
		if in.article.ID != "" {
			slugs = append(slugs, feeds.Slug(in.article.ID))
		}
		slugs = append(slugs, feeds.Slug(w.mint(in)))
	}
	if len(slugs) == 0 {
		return nil
	}
	taken := map[string]bool{}
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var slug string
		err := rows.Scan(&slug)
		taken[slug] = true
		return err
	}, `SELECT slug FROM articles WHERE slug = ANY($1)`, slugs); err != nil {
		return err
	}
	for _, in := range part {
		if in.known != nil {
			continue
		}
		a := &in.article
		claimed := a.ID
		if why := w.contest(in, taken); why != "" {
			w.out.Problems = append(w.out.Problems, fmt.Sprintf("contested id %q: %s, so one was minted for %q", claimed, why, a.Title))
			claimed = ""
		}
		if claimed == "" {
			claimed = w.mint(in)
			for n := 2; taken[feeds.Slug(claimed)]; n++ { // somebody's atom:id is what we would mint
				claimed = feeds.MintID(a.Publisher, fmt.Sprintf("%s\x00%d", in.key, n), a.Language)
				if err := w.checkTaken(ctx, feeds.Slug(claimed), taken); err != nil {
					return err
				}
			}
		}
		in.id = claimed
		taken[feeds.Slug(claimed)] = true
	}
	return nil
}

// contest says why a new article can't keep the identifier that its source gives it;
// "" where it can, or where it has none.
func (w *work) contest(in *incoming, taken map[string]bool) string {
	id := in.article.ID
	switch {
	case id == "":
		return ""
	case taken[feeds.Slug(id)]:
		return "another article has it"
	case in.tongues, slices.ContainsFunc(w.tongues[id], func(l string) bool { return l != in.article.Language }):
		return "versions in several languages have it"
	}
	return ""
}

func (w *work) mint(in *incoming) string {
	return feeds.MintID(in.article.Publisher, in.key, in.article.Language)
}

func (w *work) checkTaken(ctx context.Context, slug string, taken map[string]bool) error {
	var n int64
	if _, err := w.s.one(ctx, []any{&n}, `SELECT count(*) FROM articles WHERE slug = $1`, slug); err != nil {
		return err
	}
	if n > 0 {
		taken[slug] = true
	}
	return nil
}
