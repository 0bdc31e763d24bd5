package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// What a feed had the last time it mostly has again. So the store remembers, beside the
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

// Memory is what is remembered of a source's last document; nil is nothing.
type Memory struct {
	entries map[uint64]Entry // by digest
	stored  bool             // there is a row of it, which holds:
	packed  []byte
	reading string
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

// Memory returns what is remembered of a source's last document, if it was read in the
// same way: reading tells ways of reading apart. Articles that are not any more what they
// were then are not in it.
func (db *DB) Memory(ctx context.Context, source, reading string) (*Memory, error) {
	m := &Memory{}
	s := db.read()
	var err error
	if m.stored, err = s.one(ctx, []any{&m.packed, &m.reading}, `SELECT entries, reading FROM remembered WHERE source = $1`, source); err != nil {
		return nil, fmt.Errorf("read what is remembered of source %s: %w", source, err)
	}
	if m.reading != reading {
		return m, nil
	}
	n := len(m.packed) / packedSize
	remembered := make(map[int64]packed, n)
	ids := make([]int64, 0, n)
	for b := m.packed; len(b) >= packedSize; b = b[packedSize:] {
		p := packed{binary.BigEndian.Uint64(b), int64(binary.BigEndian.Uint64(b[8:])), binary.BigEndian.Uint64(b[16:])}
		remembered[p.article] = p
		ids = append(ids, p.article)
	}
	m.entries = make(map[uint64]Entry, n)
	err = s.each(ctx, func(rows *sql.Rows) error {
		var e Entry
		var owner, language, hash, joins, terms, categories string
		if err := rows.Scan(&e.article, &owner, &language, &e.Link, &hash, &joins, &e.published, &terms, &categories); err != nil {
			return err
		}
		e.state = stateOf(owner, language, e.Link, hash, joins, terms, categories, e.published)
		p := remembered[e.article]
		if p.state != e.state {
			return nil
		}
		var err error
		e.Terms, err = unlist[feeds.Term](terms)
		m.entries[p.digest] = e
		return err
	}, `SELECT a.id, a.source, a.language, a.link, a.hash, a.joins, a.published_ms, s.terms, s.categories
		FROM article_sources s JOIN articles a ON a.id = s.article
		WHERE s.source = $1 AND s.article = ANY($2) AND s.gone_ms = 0 AND a.withdrawn_ms = 0`, source, ids)
	if err != nil {
		return nil, fmt.Errorf("read what is remembered of source %s: %w", source, err)
	}
	return m, nil
}

// overlaps tells whether an article that came has a key of one that was left out, in any
// language.
func (w *work) overlaps() bool {
	if len(w.c.Known) == 0 {
		return false
	}
	left := make(map[int64]bool, len(w.c.Known))
	for _, e := range w.c.leftOut() {
		left[e.article] = true
	}
	for _, a := range w.aliases {
		if left[a.article] {
			return true
		}
	}
	return false
}

// leftOut returns the articles that were left out as known.
func (c *Collected) leftOut() []Entry { return c.Memory.Entries(c.Known) }

// rememberSettled notes what of a batch is to be remembered that asks for nothing.
func (w *work) rememberSettled(batch []*incoming) {
	w.remember(slices.DeleteFunc(slices.Clone(batch), func(in *incoming) bool { return in.action() != nothing }))
}

// remember notes what of a part is to be remembered, once it is stored.
func (w *work) remember(part []*incoming) {
	for _, in := range part {
		if article, ok := w.asItStood(in); ok {
			w.memory = append(w.memory, packed{in.digest, article, in.state(w.c.Run.Source)})
		}
	}
}

// pack returns what is to be remembered of the document, and whether that is anything
// else than before.
func (w *work) pack() (entries []byte, other bool) {
	if !w.c.Window {
		return nil, false // the document before is still the last one
	}
	all := slices.Clone(w.memory)
	for i, e := range w.c.leftOut() {
		all = append(all, packed{w.c.Known[i], e.article, e.state})
	}
	if v := &w.verdict; v.held || v.links || v.hosts || v.redated != 0 || w.c.Release {
		all = nil
	}
	slices.SortFunc(all, func(a, b packed) int { return cmp.Compare(a.digest, b.digest) })
	entries = make([]byte, 0, len(all)*packedSize)
	for _, e := range all {
		entries = binary.BigEndian.AppendUint64(entries, e.digest)
		entries = binary.BigEndian.AppendUint64(entries, uint64(e.article))
		entries = binary.BigEndian.AppendUint64(entries, e.state)
	}
	before := w.c.Memory
	if before == nil {
		before = &Memory{}
	}
	return entries, !bytes.Equal(entries, before.packed) || len(entries) > 0 && before.reading != w.c.Reading
}

// asItStood returns the article that an entry became or is, if it is stored just as it
// stands in the document and nothing else has its keys.
func (w *work) asItStood(in *incoming) (article int64, ok bool) {
	a := &in.article
	if in.digest == 0 || in.cutOff || in.shared || in.reused || in.tongues || in.repeated || !in.oneLink || in.twin != 0 || a.PublishedFrom != feeds.DateDeclared {
		return 0, false
	}
	k := in.known
	for _, key := range in.keys() {
		alias, known := w.aliases[aliasKey{key, a.Language}]
		switch {
		case k == nil && known, k != nil && (!known || alias.shared || alias.article != k.id):
			return 0, false
		}
	}
	if k == nil {
		return in.member.id, true
	}
	return k.id, in.action() == nothing && !in.duplicate && !in.held && !in.renamed && k.filed &&
		k.source == w.c.Run.Source && k.hash == in.hash && k.language == a.Language && k.title == a.Title && k.link == a.Link &&
		k.published == millis(a.Published)
}

// state is the state of an article that is just as it came from its owner.
func (in *incoming) state(owner string) uint64 {
	a := &in.article
	return stateOf(owner, a.Language, a.Link, in.hash, in.joins, in.terms, in.categories, millis(a.Published))
}

// storeMemory stores what is to be remembered, unless it was forgotten meanwhile.
func (w *work) storeMemory(ctx context.Context) error {
	entries, other := w.pack()
	switch {
	case !other:
		return nil
	case w.c.Memory != nil && w.c.Memory.stored:
		_, err := w.s.exec(ctx, `UPDATE remembered SET reading = $2, entries = $3 WHERE source = $1`, w.c.Run.Source, w.c.Reading, entries)
		return err
	default:
		return w.s.insert(ctx, `INSERT INTO remembered (source, reading, entries)`, [][]any{{w.c.Run.Source, w.c.Reading, entries}},
			`ON CONFLICT (source) DO UPDATE SET reading = excluded.reading, entries = excluded.entries`, nil)
	}
}

// forget has the documents read whole that hold one of these articles: one of its keys
// has become another's too, so that its entry has to be compared anew.
func (w *work) forget(ctx context.Context, articles []int64) error {
	if len(articles) == 0 {
		return nil
	}
	_, err := w.s.exec(ctx, `DELETE FROM remembered WHERE source IN (SELECT source FROM article_sources WHERE article = ANY($1))`, articles)
	return err
}
