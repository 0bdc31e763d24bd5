package ledger

import "slices"

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

// isAnother reports whether an article has a key of a known one and is another item all
// the same.
func (s *Snapshot) isAnother(in *item, k *Known) bool {
	a := &in.article
	switch {
	case s.run.Extent == Whole || s.run.Extent == Crawled || in.cutOff || k.isErased() || sameTitle(k.Title, a.Title):
		return false
	case !k.isFiled() && in.link != "": // sources tell one article in other words
		return false
	case a.GUID != "" && isIRI(a.GUID) && !isFrontPage(a.GUID):
		return false
	}
	otherDate := in.dated() && in.published() != k.Published
	if k.Grammar < s.run.Grammar {
		return otherDate // a newer grammar reads other words of the same item
	}
	return in.saysAnother(otherDate, !in.saysAs(k))
}

// saysAnother reports whether another date or another text tells an article from the known
// one with its key, and another title.
func (in *item) saysAnother(otherDate, otherText bool) bool {
	if in.article.GUID == "" || isFrontPage(in.article.GUID) {
		return otherDate || otherText
	}
	return in.isUnconfirmed(otherDate, otherText)
}

// isUnconfirmed reports whether neither a date nor a text that stays confirms a GUID.
func (in *item) isUnconfirmed(otherDate, otherText bool) bool {
	return (otherDate || !in.dated()) && (otherText || in.article.Content+in.article.Summary == "")
}

// byText finds an article by what it says: one that says just the same. Where there is
// none, [matcher.tellApart] looks further.
func (w *matcher) byText(m *match) (*Known, bool) {
	m.keyed, m.key = byText, m.textKey()
	if k := w.holder(m.item, m.key); k != nil && (k.Hash == m.hash || k.isErased()) {
		return k, true
	}
	if k := w.holder(m.item, m.given); k != nil && k.isErased() && (!m.dated() || m.published() == k.Published) {
		return k, true
	}
	return nil, false
}

// tellApart finds the articles whose keys are shared, and which say something else than
// any known one, or were not known as told apart.
func (w *matcher) tellApart(all []*match) {
	all = slices.DeleteFunc(slices.Clone(all), func(m *match) bool { return m.keyed != byText || m.known != nil })
	for _, are := range []func(*match, []*Known) []*Known{w.same, w.sameBefore, w.reworded, w.retitled} {
		for _, m := range all {
			if m.known != nil {
				continue
			}
			if found := are(m, w.mayBe(m)); len(found) == 1 {
				w.is(m, found[0], underAnother)
			}
		}
	}
	others := 0
	for _, m := range all {
		switch {
		case m.known != nil:
		case m.cutOff: // what it lacks may be what tells it apart
			if m.known = w.holder(m.item, m.given); m.known != nil {
				m.fate = duplicate
			}
		case m.sharedKey != sameLinks:
			others++
		}
	}
	if others > 0 {
		w.report("%d new articles have GUIDs or links that others had before, and are told apart by title, date and text", others)
	}
}

// mayBe returns the articles that an article may be whose key is shared: those under its
// keys, and what the source had of late at the same place, be it of another host.
func (w *matcher) mayBe(m *match) (all []*Known) {
	ids := slices.Clone(w.recent)
	for _, key := range append(m.keys(m.key), m.given, m.titleKey()) {
		for _, language := range w.languages[key] {
			ids = append(ids, w.aliases[Key{key, language}].Article)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		k := w.known[id]
		if k != nil && !w.seen[id] && !k.isErased() && w.isOfLanguage(k, m) && samePath(k.linkKey(), m.link) {
			all = append(all, k)
		}
	}
	return all
}

// isOfLanguage reports whether an article may be a known one by its language: what was read
// by an older grammar may be in another.
func (w *matcher) isOfLanguage(k *Known, m *match) bool {
	return k.Language == m.article.Language || k.Grammar < w.run.Grammar && k.isFiled()
}

// same returns the known article that says just what an article says, or the first that
// does.
func (w *matcher) same(m *match, of []*Known) []*Known {
	of = slices.DeleteFunc(of, func(k *Known) bool { return !sameTitle(k.Title, m.article.Title) || !m.saysAs(k) })
	return of[:min(1, len(of))]
}

// sameBefore returns the one that said so before.
func (w *matcher) sameBefore(m *match, of []*Known) []*Known {
	a, ok := w.alias(m.item, m.key)
	return slices.DeleteFunc(of, func(k *Known) bool { return !ok || a.Article != k.ID })
}

// reworded returns those that have an article's title and date, unless another item of
// its document has both too.
func (w *matcher) reworded(m *match, of []*Known) []*Known {
	if m.sharedKey == sameLinks && !m.titled {
		return nil
	}
	return slices.DeleteFunc(of, func(k *Known) bool {
		return !sameTitle(k.Title, m.article.Title) || m.dated() && m.published() != k.Published
	})
}

// retitled returns those that have an article's date and text, unless another item of its
// document has both too. A date of many says nothing.
func (w *matcher) retitled(m *match, of []*Known) []*Known {
	if m.sharedKey == sameLinks && !m.worded || !m.dated() || m.article.Content+m.article.Summary == "" {
		return nil
	}
	of = slices.DeleteFunc(of, func(k *Known) bool { return !k.isFiled() || k.Published != m.published() })
	if len(of) > mostOfADate {
		return nil
	}
	return slices.DeleteFunc(of, func(k *Known) bool { return !m.saysAs(k) })
}
