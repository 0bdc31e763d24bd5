package store

import (
	"fmt"
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
//     the same; for the others the link becomes the key. So it is with a key that
//     another source has for an article with another link and another title, or that
//     the same source had for one (a GUID that is a place in a list). Where the link is
//     the same too, title, date and text tell articles apart: see apart.go. A GUID or a
//     link that is one item's alone stays its key, whatever its title becomes.
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

// survey matches a whole batch. Where it shows that most GUIDs or the host have
// changed, it does so again with that in mind.
func (w *work) survey(batch []*incoming) {
	w.match(batch)
	renamed, moved := 0, 0
	for _, in := range batch {
		renamed += int(flag(in.renamed))
		moved += int(flag(in.known != nil && in.former != ""))
	}
	w.verdict.links = renamed >= fewest && 2*renamed > w.listed(batch)
	w.verdict.hosts = moved >= fewest && 2*moved > w.listed(batch)
	if w.verdict.links || w.verdict.hosts {
		clear(w.seen)
		for _, e := range w.c.leftOut() {
			w.seen[e.article] = true
		}
		w.match(batch)
	}
}

// listed returns how many articles the document of a batch has.
func (w *work) listed(batch []*incoming) int { return len(batch) + len(w.c.Known) }

// match finds for each incoming article the one that it is, and what that asks for.
func (w *work) match(part []*incoming) {
	for _, in := range part { // the store may be asked again: begin anew
		in.known, in.member, in.id = nil, nil, ""
		in.duplicate, in.newKey, in.renamed, in.revise, in.moved, in.returns, in.speaks = false, false, false, false, false, false, false
		in.shared, in.reused, in.byText = in.several, false, false
		in.key = w.firstKey(in)
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
	w.tellApart(part)
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

// firstKey is the key by which an article is looked for first.
func (w *work) firstKey(in *incoming) string {
	if w.facts.linkKeys && in.link != "" && in.oneLink {
		return in.link
	}
	return in.given
}

// byKey finds an article by its own key. A key that several articles share may
// give way to the link, or to what the article says.
func (w *work) byKey(in *incoming) (*known, bool) {
	if in.apart {
		return w.byText(in)
	}
	a, ok := w.aliases[aliasKey{in.key, in.article.Language}]
	if !ok {
		return nil, false
	}
	k := w.known[a.article]
	if k == nil {
		return nil, false
	}
	link, linked := w.aliases[aliasKey{in.link, in.article.Language}]
	if in.link == "" || in.key == in.link || sameLink(linkKey(k.link), in.link) {
		own := in.link != "" && in.key != in.link && !link.shared
		if a.shared && !own || w.isAnother(in, k) {
			return w.byText(in)
		}
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
	// A link without its fragment may be that of several.
	if in.article.GUID == "" && (linked && link.article != a.article || !linked && w.isAnother(in, k)) {
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
	return w.seen[k.id] || !isIRI(in.article.GUID) && in.dated() && millis(in.article.Published) != k.published
}

// isIRI tells whether a GUID looks like an IRI, which who writes it means to keep.
func isIRI(guid string) bool { return strings.Contains(guid, ":") }

// byAlias finds an article by its GUID or link where its own key is not known.
func (w *work) byAlias(in *incoming) (k *known, sameSource bool) {
	language := in.article.Language
	if in.byText {
		return w.known[in.twin], true
	}
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
		return pick(found, title || link && !w.isAnother(in, found))
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
