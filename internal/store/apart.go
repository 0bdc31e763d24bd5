package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// Sources give several items one GUID, or no GUID and one link: the page of all alerts,
// a front page, a name that is always "latest". Such items are told apart by title, date
// and text:
//
//   - In one document, by title and text. An item that is there again with another date
//     alone is the same one, and so is one under the same GUID, title and date that
//     merely says that it was updated at another time (RFC 4287 §4.1.1).
//   - From visit to visit, where a GUID or link was one item's alone: one that comes with
//     another title, and with another date or text, is another item. A GUID says more
//     than a link: there it takes another date and another text, since either confirms
//     it where it stays; and one that is an IRI stays what it is (RFC 4287 §4.2.6),
//     unless that is a front page. In a folder, a listing and a sitemap a file or page is
//     one article, whatever it says.
//   - Once a key is shared it stays so: each item is the article that said just the same;
//     else the one that said so before; else the only one that it agrees with in title and
//     date, or in date and text, where no other item of the document does so too.
//
// What is none of these is new, and its key is its text's. An article that had the shared
// key alone keeps its id. Of an erased article nothing is left but its key and its date:
// what has both is not brought back, nor what has the key and no date.
//
// Items of one date, or none, were one article before there were these rules, and items
// with other dates had their titles for keys; by these they are found still.

// mostOfADate is how many articles of one date are looked through for a text.
const mostOfADate = 10

// namesakes are the articles of a batch by their keys, in the order of the source.
type namesakes map[aliasKey][]*incoming

// add enters an article under a key of its own: its link, where those before it have
// another one; else it is to be told apart by what it says. It tells whether it did: an
// article that is there already is not entered twice, nor one that may lack a part.
func (n namesakes) add(in *incoming) bool {
	for {
		key := aliasKey{in.key, in.article.Language}
		others := n[key]
		if len(others) == 0 {
			n[key] = []*incoming{in}
			return true
		}
		if in.article.Link == "" || slices.ContainsFunc(others, func(o *incoming) bool { return o.link == in.link }) {
			return n.tellApart(key, in)
		}
		others[0].shared, in.shared = true, true
		if in.key = in.link; in.key == "" || in.key == key.key {
			in.key = in.article.Link // a front page
		}
	}
}

// tellApart enters an article under a key that others have with the same link.
func (n namesakes) tellApart(key aliasKey, in *incoming) bool {
	for _, o := range n[key] {
		if in.repeats(o) {
			if in.article.Updated.After(o.article.Updated) {
				in.apart, in.shared = o.apart, o.shared
				*o = *in
			}
			o.repeated = true
			return false
		}
	}
	if in.cutOff {
		return false
	}
	for _, o := range n[key] {
		o.apart = true
	}
	in.apart = true
	n[key] = append(n[key], in)
	return true
}

// repeats tells whether an article with the same key is the same one once more.
func (in *incoming) repeats(o *incoming) bool {
	a, b := &in.article, &o.article
	if in.folded() != o.folded() {
		return false
	}
	updated := a.GUID != "" && a.Published.Equal(b.Published) && in.dated() &&
		!a.Updated.IsZero() && !b.Updated.IsZero() && !a.Updated.Equal(b.Updated)
	return updated || in.text() == o.text()
}

// settle notes which of the articles that are told apart have title and date, or date
// and text, for themselves, and returns how many are told apart.
func (n namesakes) settle() (apart int) {
	type trait struct {
		what      string
		published int64
	}
	for _, all := range n {
		count := map[trait]int{}
		traits := func(in *incoming) (title, text trait) {
			date := millis(in.article.Published)
			return trait{"title " + in.folded(), date}, trait{"text " + in.text(), date}
		}
		for _, in := range all {
			if in.apart {
				apart++
				title, text := traits(in)
				count[title]++
				count[text]++
			}
		}
		for _, in := range all {
			if in.apart {
				title, text := traits(in)
				in.titled, in.worded = count[title] == 1, count[text] == 1
			}
		}
	}
	return apart
}

// folded is the title as it is compared.
func (in *incoming) folded() string {
	if in.foldedTitle == "" {
		in.foldedTitle = strings.ToLower(strings.Join(strings.Fields(in.article.Title), " "))
	}
	return in.foldedTitle
}

// text is a digest of what the article says below its title.
func (in *incoming) text() string {
	if in.textHash == "" {
		a := in.article
		a.Title, a.Link = "", ""
		in.textHash = contentHash(&a)
	}
	return in.textHash
}

// textKey is the key of an article that neither GUID nor link tells from others.
func (in *incoming) textKey() string { return "text:" + in.hash }

// titleKey is what that was before.
func (in *incoming) titleKey() string { return "title:" + in.article.Title }

// isAnother tells whether an article has a key of a known one and is another item all
// the same.
func (w *work) isAnother(in *incoming, k *known) bool {
	a := &in.article
	switch {
	case w.c.Complete || w.c.Crawled || in.cutOff || k.hash == erasedHash || sameTitle(k.title, a.Title):
		return false
	case !k.filed && in.link != "": // sources tell one article in other words
		return false
	case a.GUID != "" && isIRI(a.GUID) && !isFrontPage(a.GUID):
		return false
	}
	otherDate, otherText := in.dated() && millis(a.Published) != k.published, !in.saysAs(k)
	if a.GUID == "" || isFrontPage(a.GUID) {
		return otherDate || otherText
	}
	// A date or a text that stays confirms a GUID.
	return (otherDate || !in.dated()) && (otherText || a.Content+a.Summary == "")
}

// dated tells whether the source gives the article a date.
func (in *incoming) dated() bool { return in.article.PublishedFrom != feeds.DateFirstSeen }

// saysAs tells whether the article says below its title what a known one says.
func (in *incoming) saysAs(k *known) bool {
	a := in.article
	a.Title, a.Link = k.title, k.link
	return contentHash(&a) == k.hash
}

// isFrontPage tells whether an address says nothing about which article it is of.
func isFrontPage(address string) bool {
	return (strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")) && linkKey(address) == ""
}

// maySayMore tells whether the key of an article may not be its own, so that what it says
// has to be looked for too.
func (w *work) maySayMore(in *incoming) bool {
	if in.apart {
		return true
	}
	a, ok := w.aliases[aliasKey{w.firstKey(in), in.article.Language}]
	k := w.known[a.article]
	return ok && k != nil && (a.shared || !sameTitle(k.title, in.article.Title))
}

// needsRecent tells whether an article has to be looked for among those that the source
// had of late, by what it says.
func (w *work) needsRecent(in *incoming) bool {
	if !w.facts.visited || !w.maySayMore(in) {
		return false
	}
	language := in.article.Language
	if a, ok := w.aliases[aliasKey{in.textKey(), language}]; ok && w.known[a.article] != nil && w.known[a.article].hash == in.hash {
		return false
	}
	a := w.aliases[aliasKey{w.firstKey(in), language}]
	k := w.known[a.article]
	return in.apart || a.shared || k != nil && w.isAnother(in, k) || w.aliases[aliasKey{in.link, language}].shared
}

// byText finds an article by what it says: one that says just the same. Where there is
// none, [work.tellApart] looks further.
func (w *work) byText(in *incoming) (*known, bool) {
	in.byText, in.shared, in.key = true, true, in.textKey()
	language := in.article.Language
	if a, ok := w.aliases[aliasKey{in.key, language}]; ok {
		if k := w.known[a.article]; k != nil && (k.hash == in.hash || k.hash == erasedHash) {
			return k, true
		}
	}
	if k := w.known[w.aliases[aliasKey{in.given, language}].article]; k != nil && k.hash == erasedHash &&
		(!in.dated() || millis(in.article.Published) == k.published) {
		return k, true
	}
	return nil, false
}

// tellApart finds the articles whose keys are shared, and which say something else than
// any known one, or were not known as told apart.
func (w *work) tellApart(part []*incoming) {
	part = slices.DeleteFunc(slices.Clone(part), func(in *incoming) bool { return !in.byText || in.known != nil })
	if len(part) == 0 {
		return
	}
	for _, are := range []func(*incoming, []*known) []*known{w.same, w.sameBefore, w.reworded, w.retitled} {
		for _, in := range part {
			if in.known != nil {
				continue
			}
			if found := are(in, w.mayBe(in)); len(found) == 1 {
				in.known, in.newKey = found[0], true
				w.seen[found[0].id] = true
			}
		}
	}
	others := 0
	for _, in := range part {
		switch {
		case in.known != nil:
		case in.cutOff: // what it lacks may be what tells it apart
			in.known = w.known[w.aliases[aliasKey{in.given, in.article.Language}].article]
			in.duplicate = in.known != nil
		case !in.apart:
			others++
		}
	}
	if others > 0 {
		w.out.Problems = append(w.out.Problems, fmt.Sprintf("%d new articles have GUIDs or links that others had before, and are told apart by title, date and text", others))
	}
}

// mayBe returns the articles that an article may be whose key is shared: those under its
// keys, and what the source had of late at the same place, be it of another host.
func (w *work) mayBe(in *incoming) (all []*known) {
	ids := slices.Clone(w.recent)
	for _, key := range append(in.keys(), in.given, in.titleKey()) {
		if a, ok := w.aliases[aliasKey{key, in.article.Language}]; ok {
			ids = append(ids, a.article)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		k := w.known[id]
		if k != nil && !w.seen[id] && k.hash != erasedHash && k.language == in.article.Language && samePath(linkKey(k.link), in.link) {
			all = append(all, k)
		}
	}
	return all
}

// same returns the known article that says just what an article says, or the first that
// does.
func (w *work) same(in *incoming, of []*known) []*known {
	of = slices.DeleteFunc(of, func(k *known) bool { return !sameTitle(k.title, in.article.Title) || !in.saysAs(k) })
	return of[:min(1, len(of))]
}

// sameBefore returns the one that said so before.
func (w *work) sameBefore(in *incoming, of []*known) []*known {
	a, ok := w.aliases[aliasKey{in.key, in.article.Language}]
	return slices.DeleteFunc(of, func(k *known) bool { return !ok || a.article != k.id })
}

// reworded returns those that have an article's title and date, unless another item of
// its document has both too.
func (w *work) reworded(in *incoming, of []*known) []*known {
	if in.apart && !in.titled {
		return nil
	}
	return slices.DeleteFunc(of, func(k *known) bool {
		return !sameTitle(k.title, in.article.Title) || in.dated() && millis(in.article.Published) != k.published
	})
}

// retitled returns those that have an article's date and text, unless another item of its
// document has both too. A date of many says nothing.
func (w *work) retitled(in *incoming, of []*known) []*known {
	a := &in.article
	if in.apart && !in.worded || !in.dated() || a.Content+a.Summary == "" {
		return nil
	}
	of = slices.DeleteFunc(of, func(k *known) bool { return !k.filed || k.published != millis(a.Published) })
	if len(of) > mostOfADate {
		return nil
	}
	return slices.DeleteFunc(of, func(k *known) bool { return !in.saysAs(k) })
}
