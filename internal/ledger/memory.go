package ledger

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"maps"
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
// stored. Nor is any of a document that was held, cut off, or showed that the source had
// changed as a whole. Of all others of a document it is remembered that it had them, and no
// more: what leaves as another one comes may be that one (successor.go, isReissued). Where
// one that came has a key of one that was left out, all of them are to be read
// ([ErrOverlap]). And whatever changes an article, or gives a key of its to another, has
// its entries forgotten.

// Entry is an article that its source's last document had just as it is stored.
type Entry struct {
	Link string
	// Terms are the source's own, as it files the article.
	Terms []feeds.Term

	article, published int64
	state              uint64
}

// Article is the number of the entry's article.
func (e *Entry) Article() int64 { return e.article }

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

// Digests are those of all entries that are remembered.
func (m *Memory) Digests() map[uint64]bool {
	if m == nil {
		return nil
	}
	digests := make(map[uint64]bool, len(m.entries))
	for digest := range m.entries {
		digests[digest] = true
	}
	return digests
}

// Entries returns the articles that entries with these digests are, of those that are
// remembered.
func (m *Memory) Entries(digests []uint64) (entries []Entry) {
	if m == nil {
		return nil
	}
	for _, digest := range digests {
		if e, ok := m.entries[digest]; ok {
			entries = append(entries, e)
		}
	}
	return entries
}

// Forget has the memory know no entry, so that all of the document is to be read. What is
// stored is not touched.
func (m *Memory) Forget() {
	if m != nil {
		m.entries = nil
	}
}

// Except has the memory know no entry with a link like that, so that these are read. What
// is stored is not touched.
func (m *Memory) Except(isLike func(link string) bool) {
	if m != nil {
		maps.DeleteFunc(m.entries, func(_ uint64, e Entry) bool { return isLike(e.Link) })
	}
}

// had reports whether it is remembered that the last document had an article.
func (m *Memory) had(article int64) bool {
	if m == nil {
		return false
	}
	for e := m.Packed; len(e) >= packedSize; e = e[packedSize:] {
		if int64(binary.BigEndian.Uint64(e[8:])) == article {
			return true
		}
	}
	return false
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
		if p.digest == 0 || p.state != stateOf(k.Source, k.Language, k.Link, k.Hash, k.Joins, k.Here.Terms, k.Here.Categories, k.Published) {
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
// 8 bytes each. Of an entry that has to be read again, digest and state are 0: it is known
// that the document had the article, and no more.
type packed struct {
	digest  uint64
	article int64
	state   uint64
}

const packedSize = 8 + 8 + 8

func pack(all []packed) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b packed) int {
		return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.article, b.article))
	})
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
