package ledger

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// What a feed had the last time it mostly has again. So it is remembered, beside the
// validators, the digests of the entries of a source's last document that are articles of
// ours just as they stood there. A collector that finds such an entry again need neither
// read nor bring it: the run then counts the article as listed and unchanged, in every
// rule that looks at the document as a whole.
//
// Only plain cases are remembered. An entry is not that anything was said of, that shares
// a key with another, whose date was made up, or that differs in the least from what is
// stored. Nor is a document that was held, cut off, or showed that the source had changed
// as a whole. Where one that came has a key of one that was left out, all of them are to
// be read ([ErrOverlap]). And whatever changes an article, or gives a key of its to
// another, has its entries forgotten.

// Entry is an article that its source's last document had just as it is stored.
type Entry struct {
	Link string
	// Terms are the source's own, as it files the article.
	Terms []feeds.Term

	article, published int64
	state              uint64
}

// known is the article, as far as it matters of one that was not read.
func (e *Entry) known(source string) *Known {
	return &Known{ID: e.article, Link: e.Link, Source: source, Published: e.published, Here: Filing{Source: source}}
}

// Memory is what is remembered of a source's last document; nil is nothing.
type Memory struct {
	// Stored says that there is a row of it, which holds:
	Stored  bool
	Packed  []byte
	Reading string

	entries map[uint64]Entry // by digest
}

// Entry returns the article that an entry with this digest is.
func (m *Memory) Entry(digest uint64) (e Entry, ok bool) {
	if m != nil {
		e, ok = m.entries[digest]
	}
	return e, ok
}

// Entries returns the articles that entries with these digests are.
func (m *Memory) Entries(digests []uint64) []Entry {
	entries := make([]Entry, len(digests))
	for i, digest := range digests {
		entries[i], _ = m.Entry(digest)
	}
	return entries
}

// Len returns how many entries are remembered.
func (m *Memory) Len() int {
	if m == nil {
		return 0
	}
	return len(m.entries)
}

// Articles are those that are remembered, which are to be asked for.
func (m *Memory) Articles() []int64 {
	ids := make([]int64, 0, len(m.Packed)/packedSize)
	for _, p := range unpack(m.Packed) {
		ids = append(ids, p.article)
	}
	return ids
}

// Recall has the articles in the memory that are still what they were: as they are known
// now, and filed by their source.
func (m *Memory) Recall(now []Known) error {
	remembered := make(map[int64]packed, len(now))
	for _, p := range unpack(m.Packed) {
		remembered[p.article] = p
	}
	m.entries = make(map[uint64]Entry, len(now))
	for i := range now {
		k := &now[i]
		p := remembered[k.ID]
		if p.state != stateOf(k.Source, k.Language, k.Link, k.Hash, k.Joins, k.Here.Terms, k.Here.Categories, k.Published) {
			continue
		}
		terms, err := Unlist[feeds.Term](k.Here.Terms)
		if err != nil {
			return err
		}
		m.entries[p.digest] = Entry{Link: k.Link, Terms: terms, article: k.ID, published: k.Published, state: p.state}
	}
	return nil
}

// ErrOverlap says that an article which came has a key of one that was left out as known,
// so that only both together tell what they are. Nothing is stored.
var ErrOverlap = errors.New("an article has a key of one that was not read; read all of the document")

// packed is an entry as it is stored: its digest, its article, and the article's state,
// 8 bytes each.
type packed struct {
	digest  uint64
	article int64
	state   uint64
}

const packedSize = 8 + 8 + 8

func pack(all []packed) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b packed) int { return cmp.Compare(a.digest, b.digest) })
	entries := make([]byte, 0, len(all)*packedSize)
	for _, e := range all {
		entries = binary.BigEndian.AppendUint64(entries, e.digest)
		entries = binary.BigEndian.AppendUint64(entries, uint64(e.article))
		entries = binary.BigEndian.AppendUint64(entries, e.state)
	}
	return entries
}

func unpack(entries []byte) []packed {
	all := make([]packed, 0, len(entries)/packedSize)
	for b := entries; len(b) >= packedSize; b = b[packedSize:] {
		all = append(all, packed{binary.BigEndian.Uint64(b), int64(binary.BigEndian.Uint64(b[8:])), binary.BigEndian.Uint64(b[16:])})
	}
	return all
}

// stateOf is a digest of all that a run would compare an entry with: it changes when the
// article does, be it by another source, or by a run that did not come to its end.
func stateOf(owner, language, link, hash, joins, terms, categories string, published int64) uint64 {
	h := fnv.New64a()
	for _, s := range []string{owner, language, link, hash, joins, terms, categories} {
		io.WriteString(h, s)
		h.Write([]byte{0})
	}
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(published)))
	return h.Sum64()
}

// expand returns the entries that were not read.
func (d Document) expand() []*item {
	stubs := make([]*item, len(d.Known))
	for i, digest := range d.Known {
		e, _ := d.Memory.Entry(digest)
		stubs[i] = &item{
			digest: digest, stub: &e,
			article: feeds.Article{Link: e.Link, Published: FromMillis(e.published), PublishedFrom: feeds.DateDeclared},
		}
	}
	return stubs
}

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

// isPlain reports whether an entry is an article of its own, whatever is known.
func (in *item) isPlain() bool {
	return in.digest != 0 && !in.cutOff && !in.sharedID && !in.repeated && !in.sharedLink && in.twin == 0 &&
		in.article.PublishedFrom == feeds.DateDeclared
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
		all = nil
	}
	entries = pack(all)
	before := b.Document.Memory
	if before == nil {
		before = &Memory{}
	}
	return entries, !bytes.Equal(entries, before.Packed) || len(entries) > 0 && before.Reading != b.Document.Reading
}
