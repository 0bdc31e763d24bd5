package ledger

import (
	"bytes"

	"github.com/kairan-news/kairan/feeds"
)

// overlaps reports whether an article that came has a key of one that was not read, in any
// language.
func (s *Snapshot) overlaps(b Batch) bool {
	if len(b.stubs) == 0 {
		return false
	}
	left := make(map[int64]bool, len(b.stubs))
	for _, in := range b.stubs {
		left[in.stub.article] = true
	}
	for _, a := range s.aliases {
		if left[a.Article] {
			return true
		}
	}
	return false
}

// remembered returns what of these articles is to be remembered, once they are stored.
func (w *matcher) remembered(all []*match) (entries []packed) {
	for _, m := range all {
		switch {
		case m.stub != nil:
			entries = append(entries, packed{m.digest, m.stub.article, m.stub.state})
		case w.isAsItStood(m):
			entries = append(entries, packed{m.digest, m.number(), m.state(w.run.Source.ID)})
		}
	}
	return entries
}

// listed returns what is to be remembered of the others of these articles: that the document
// had them.
func (w *matcher) listed(all []*match) (entries []packed) {
	for _, m := range all {
		if m.stub == nil && m.digest != 0 && m.fate != duplicate && !w.isAsItStood(m) {
			entries = append(entries, packed{article: m.number()})
		}
	}
	return entries
}

// isAsItStood reports whether an article is stored just as it stands in the document and
// nothing else has its keys.
func (w *matcher) isAsItStood(m *match) bool {
	if !m.isPlain() || m.keyed != byKey {
		return false
	}
	k := m.known
	for _, key := range m.keys(m.key) {
		a, ok := w.alias(m.item, key)
		if k == nil && ok || k != nil && a != (Alias{Article: k.ID}) {
			return false
		}
	}
	return k == nil || m.fate == same && m.found != renamed && k.isFiled() && m.says(k, w.run.Source.ID)
}

// isPlain reports whether an entry is an article of its own, whatever is known, of which
// nothing has to be said each time, as it has where nothing tells its language.
func (in *item) isPlain() bool {
	return in.digest != 0 && !in.cutOff && !in.sharedID && !in.repeated && !in.sharedLink && in.twin == 0 &&
		in.article.PublishedFrom == feeds.DateDeclared && in.article.Language != feeds.Undetermined
}

// says reports whether an article of a source says just what a known one does.
func (in *item) says(k *Known, source string) bool {
	a := &in.article
	return k.Source == source && k.Hash == in.hash && k.Language == a.Language && k.Title == a.Title && k.Link == a.Link &&
		k.Published == in.published()
}

// state is the state of an article that is just as it came from its owner.
func (in *item) state(owner string) uint64 {
	a := &in.article
	return stateOf(owner, a.Language, a.Link, in.hash, in.joins, in.terms, in.categories, in.published())
}

// remember returns what is to be stored of a document, and false where that is nothing
// else than before.
func (b *Brought) remember(all []packed, v *Verdict) (entries []byte, other bool) {
	if b.Extent != Windowed {
		return nil, false // the document before is still the last one
	}
	if v.held || v.links || v.hosts || v.redated != 0 || b.Release {
		all = withoutStates(all)
	}
	entries = pack(all)
	before := b.Document.Memory
	if before == nil {
		before = &Memory{}
	}
	return entries, !bytes.Equal(entries, before.Packed) || len(entries) > 0 && before.Reading != b.Document.Reading
}

// withoutStates leaves of what is to be remembered that the document had the articles.
func withoutStates(all []packed) (had []packed) {
	for _, e := range all {
		had = append(had, packed{article: e.article})
	}
	return had
}
