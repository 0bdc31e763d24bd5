package ledger

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// The rules of identity.
//
//   - An article is (publisher, identity key, language). Another publisher's article
//     is never even looked at.
//   - Every key that an article was seen under stays its alias: its key, its GUID,
//     its link. The first that is found wins, in this order. A GUID that is an address
//     is the same with http and with https.
//   - What was read otherwise by an earlier release is found by the key that it had then.
//   - A link alone finds an article only with care, since sources give several
//     notices one link: of another source, if no second article has the link; of
//     the same source (whose GUIDs then changed), if title and date are the same, or
//     title and text, where it leaves the document as the other one comes. A front page
//     finds nothing. Where the link says nothing, an article under an unknown GUID is
//     the one that the source had with its title, date and link.
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
//   - An article whose keys are unknown is the one that leaves the document with its
//     title and its exact date, or without a date with its text: see successor.go.
//     GUIDs that differ in the fragment alone may be of one article: see fragment.go.
//   - An identifier of the source's own (atom:id) is kept by the first article that
//     claims it, unless versions in several languages come with it, at once or one after
//     the other: then it names a notice, and each of them gets an id that is minted. An
//     id that was given stays what it is, whoever claims it later.
//   - A key that several articles were seen with finds only the one whose link is
//     the same; for the others the link becomes the key. So it is with a key that
//     another source has for an article with another link and another title, or that
//     the same source had for one (a GUID that is a place in a list). Where the link is
//     the same too, title, date and text tell articles apart: see apart.go. A GUID or a
//     link that is one item's alone stays its key, whatever its title becomes.
//   - A version whose language was not determined is the article that has its key in
//     the only other language, if link or title is the same; and when a source says of
//     an article with the same link and title that it is in another language than it
//     said before, it is the same article, which changes its language and keeps its
//     id: the log takes it out of the one and puts it into the other. Where it was read by
//     an older grammar, its title may be another as well, and so may its text; or its link,
//     under its own GUID and with its date. Where the language has merely another tag,
//     such as "pt-BR" for "pt", nothing is told to anybody.
//   - An article in two sources is revised by the one that brought it first, so
//     that a full text in one and a summary in the other do not correct each other
//     for ever. The other takes over when the first no longer has it, or has not
//     been collected for three days.

// survey matches a whole batch. Where it shows that most GUIDs or the host have
// changed, it does so again with that in mind.
func (w *matcher) survey(b Batch) []*match {
	all := w.match(b)
	others, moved := 0, 0
	for _, m := range all {
		if m.found == renamed {
			others++
		}
		if m.known != nil && m.former != "" {
			moved++
		}
	}
	w.verdict.links, w.verdict.hosts = b.mostly(others), b.mostly(moved)
	if !w.verdict.links && !w.verdict.hosts {
		return all
	}
	clear(w.seen)
	return w.match(b)
}

// match finds for each article the one that it is, and what that asks for.
func (w *matcher) match(b Batch) []*match {
	matches := make([]match, b.listed())
	all := make([]*match, b.listed())
	for i, in := range slices.Concat(b.stubs, b.items) {
		all[i] = &matches[i]
		all[i].item = in
	}
	stubs, read := all[:len(b.stubs)], all[len(b.stubs):]
	for _, m := range stubs {
		w.is(m, m.stub.known(w.run.Source.ID), underItsKey)
	}
	for _, m := range read {
		m.key = w.firstKey(m.item)
		if m.sharedKey != unshared {
			m.keyed = byLink
		}
	}
	w.matchKeys(read)
	w.tellApart(read)
	w.matchOtherKeys(read)
	w.matchLanguages(read)
	all = withoutEchoes(all)
	read = all[len(stubs):]
	for _, m := range read {
		w.weigh(m)
	}
	return all
}

// matchKeys finds articles by their own keys.
func (w *matcher) matchKeys(all []*match) {
	w.reused = 0
	for _, m := range all {
		k, ok := w.byKey(m)
		if !ok {
			continue
		}
		if w.seen[k.ID] {
			m.fate = duplicate
			w.problems = append(w.problems, m.twice())
		}
		w.is(m, k, underItsKey)
	}
}

// matchOtherKeys finds the others by what else they may be known by.
func (w *matcher) matchOtherKeys(all []*match) {
	others := 0
	for _, m := range all {
		if m.known != nil {
			continue
		}
		if k, how := w.byOther(m); k != nil && !w.seen[k.ID] {
			w.is(m, k, how)
			if how == renamed {
				others++
			}
		}
	}
	if w.reused > 0 {
		w.report("%d articles have GUIDs that other articles had before; their links are their keys", w.reused)
	}
	if others > 0 && !w.Facts.LinkKeys {
		w.report("%d articles have other GUIDs than before, and were known by their links", others)
	}
}

// matchLanguages finds the rest among those that have another tag of their language, with
// their titles or without, and then among those that were taken for others in another one.
func (w *matcher) matchLanguages(all []*match) {
	titled := func(m *match) *Known { return w.byTag(m, true) }
	untitled := func(m *match) *Known { return w.byTag(m, false) }
	for _, by := range []func(*match) *Known{titled, untitled, w.byLanguage} {
		for _, m := range all {
			if m.known != nil {
				continue
			}
			if k := by(m); k != nil {
				w.is(m, k, underItsKey)
			}
		}
	}
}

// byKey finds an article by its own key. A key that several articles share may
// give way to the link, or to what the article says.
func (w *matcher) byKey(m *match) (*Known, bool) {
	if m.sharedKey == sameLinks {
		return w.byText(m)
	}
	a, _ := w.alias(m.item, m.key)
	k := w.known[a.Article]
	switch {
	case k == nil:
		return nil, false
	case m.link == "" || m.key == m.link || sameLink(k.linkKey(), m.link):
		if w.isShared(m, a) || w.isAnother(m.item, k) {
			return w.byText(m)
		}
	case w.givesWay(m, a, k):
		m.key = m.link
		return w.byKey(m)
	}
	return k, true
}

// isShared reports whether neither the key of an article nor its link is one article's.
func (w *matcher) isShared(m *match, a Alias) bool {
	link, _ := w.alias(m.item, m.link)
	return a.Shared && (m.link == "" || m.key == m.link || link.Shared)
}

// givesWay reports whether the key of an article gives way to its link, which the known
// article does not have.
func (w *matcher) givesWay(m *match, a Alias, k *Known) bool {
	// Sources number their articles: 7 of the one is not 7 of the other.
	foreign := !k.isFiled() && k.Link != "" && !sameTitle(k.Title, m.article.Title)
	reused := w.isReused(m, k)
	if reused {
		w.reused++
	}
	if foreign || reused {
		m.keyed = byLink
	}
	if a.Shared || m.keyed != byKey {
		return true
	}
	// A link without its fragment may be that of several.
	link, linked := w.alias(m.item, m.link)
	return m.article.GUID == "" && (linked && link.Article != a.Article || !linked && w.isAnother(m.item, k))
}

// isReused reports whether a GUID that this source had for one article now names
// another one, which has another link and another title: as where GUIDs are the places
// in a list, or always "latest". The other article is known by its link, or the one
// that had the GUID is here under its own. Where nothing shows it, another date does,
// unless the GUID is an IRI, which who writes it means to keep.
func (w *matcher) isReused(m *match, k *Known) bool {
	if m.key != m.article.GUID || k.Link == "" || sameTitle(k.Title, m.article.Title) || samePath(k.linkKey(), m.link) {
		return false
	}
	if other := w.holder(m.item, m.link); other != nil && other != k && !m.sharedLink &&
		other.isFiled() && sameTitle(other.Title, m.article.Title) {
		return true
	}
	return w.seen[k.ID] || !isIRI(m.article.GUID) && m.dated() && m.published() != k.Published
}

// byOther finds an article by its GUID or link where its own key is not known.
func (w *matcher) byOther(m *match) (*Known, finding) {
	if m.keyed == byText {
		return w.known[m.twin], renamed
	}
	if _, taken := w.alias(m.item, m.key); taken {
		return nil, underAnother
	}
	if k := w.byGUID(m); k != nil {
		return k, underAnother
	}
	if k := w.byAlias(m); k != nil {
		return k, underAnother
	}
	if k := w.known[m.twin]; k != nil {
		if m.varies {
			return k, varied
		}
		return k, renamed
	}
	if w.needsText(m.item) {
		if id, ok := w.texts[textKey{m.article.Language, m.link, unspaced(m.article.Title), m.published()}]; ok {
			return w.known[id], renamed
		}
	}
	if m.link == "" || m.sharedLink {
		return nil, underAnother
	}
	if k := w.holder(m.item, m.former); m.former != "" && k != nil && k.isFiled() {
		return pick(k, w.verdict.hosts || sameTitle(k.Title, m.article.Title)), underAnother
	}
	return w.byLink(m)
}

// byGUID finds an article by a GUID that is not its key, or that has another scheme.
func (w *matcher) byGUID(m *match) *Known {
	for _, guid := range []string{m.article.GUID, otherScheme(m.article.GUID)} {
		if guid == "" || guid == m.key || m.keyed != byKey {
			continue
		}
		if a, _ := w.alias(m.item, guid); !a.Shared && w.known[a.Article] != nil {
			return w.known[a.Article]
		}
	}
	return nil
}

// byAlias finds an article by a key that it had as an earlier release read it.
func (w *matcher) byAlias(m *match) *Known {
	for _, key := range m.article.Aliases {
		if a, _ := w.alias(m.item, key); m.keyed == byKey && !a.Shared && w.known[a.Article] != nil {
			return w.known[a.Article]
		}
	}
	return nil
}

// byLink finds an article by its link, with care.
func (w *matcher) byLink(m *match) (*Known, finding) {
	a, ok := w.alias(m.item, m.link)
	if !ok {
		if a, ok = w.alias(m.item, otherName(m.link)); ok && !a.Shared && m.isPermalink() {
			return w.known[a.Article], underAnother
		}
	}
	k := w.known[a.Article]
	if k == nil {
		return nil, underAnother
	}
	alike := sameTitle(k.Title, m.article.Title) && (k.Published == m.published() || !m.dated())
	if !k.isFiled() { // another source's
		return pick(k, alike || !a.Shared), underAnother
	}
	return pick(k, alike || w.verdict.links || w.isReissued(m, k)), renamed
}

// isReissued reports whether an article with a known one's link, which left the source's
// document as this one came, is the same with another GUID and another date: where title
// and text agree, and there is a text.
func (w *matcher) isReissued(m *match, k *Known) bool {
	return w.run.Extent == Windowed && !m.cutOff && m.article.Content+m.article.Summary != "" && k.Withdrawn == 0 &&
		sameTitle(k.Title, m.article.Title) && m.saysAs(k) && w.run.Document.Memory.had(k.ID)
}

// byLanguage finds an article that was taken for one in another language.
func (w *matcher) byLanguage(m *match) *Known {
	found := w.inOtherLanguage(m)
	if found == nil {
		return nil
	}
	title := sameTitle(found.Title, m.article.Title)
	link := m.link != "" && !m.sharedLink && sameLink(m.link, found.linkKey())
	if m.article.Language == feeds.Undetermined || found.Language == feeds.Undetermined {
		return pick(found, title || link && !w.isAnother(m.item, found))
	}
	return pick(found, found.isFiled() && w.saysAnotherLanguage(m, found, title, link))
}

// byTag finds an article that has another tag of the same language: under its own key, or
// with the same title under any. Beside it there may be versions in other languages.
func (w *matcher) byTag(m *match, titled bool) *Known {
	for _, key := range m.keys(m.key) {
		for _, language := range w.languages[key] {
			a := w.aliases[Key{key, language}]
			k := w.known[a.Article]
			isTag := language != m.article.Language && feeds.FitOf(language, m.article.Language) != feeds.FitNone
			if !isTag || k == nil || w.seen[k.ID] || a.Shared || !k.isFiled() {
				continue
			}
			if isTitled := sameTitle(k.Title, m.article.Title); isTitled || !titled && key == m.key {
				return k
			}
		}
	}
	return nil
}

// saysAnotherLanguage reports whether a source says of a known article that it is in another
// language than before, given whether title and link are the same.
func (w *matcher) saysAnotherLanguage(m *match, k *Known, title, link bool) bool {
	if k.Grammar < w.run.Grammar { // it may be read to have another title or another link, too
		ownGUID := m.article.GUID != "" && m.key == m.article.GUID && m.keyed == byKey
		title, link = title || link && !w.isAnother(m.item, k), link || title && ownGUID && m.dated() && m.published() == k.Published
	}
	// A GUID of its own needs no link of its own.
	link = link || m.link == "" || m.article.GUID != "" && m.keyed == byKey && sameLink(m.link, k.linkKey())
	return title && link
}

// inOtherLanguage returns the only article that has a key of another in another language;
// nil where there are several.
func (w *matcher) inOtherLanguage(m *match) (found *Known) {
	for _, key := range m.keys(m.key) {
		for _, language := range w.languages[key] {
			a := w.aliases[Key{key, language}]
			k := w.known[a.Article]
			switch {
			case language == m.article.Language || k == nil || k == found, a.Shared && found != nil:
			case w.seen[k.ID] || a.Shared || found != nil:
				return nil
			default:
				found = k
			}
		}
	}
	return found
}

func pick(k *Known, ok bool) *Known {
	if ok {
		return k
	}
	return nil
}
