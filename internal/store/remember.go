package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
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
// as a whole. And where one that came has a key of one that was left out, all of them are
// to be read ([ErrOverlap]).

// Entry is an article that its source's last document had just as it is stored.
type Entry struct {
	Link string
	// Terms are the source's own, as it files the article.
	Terms []feeds.Term

	article, revision, published int64
}

// Memory is what is remembered of a source's last document; nil is nothing.
type Memory struct {
	entries map[uint64]Entry // by digest
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

// packedEntry is the size of an entry as it is stored: digest, article and revision.
const packedEntry = 8 + 8 + 4

// Memory returns what is remembered of a source's last document, if it was read in the
// same way: reading tells ways of reading apart. Articles that are not any more what they
// were then are not in it.
func (db *DB) Memory(ctx context.Context, source, reading string) (*Memory, error) {
	m := &Memory{}
	s := db.read()
	if _, err := s.one(ctx, []any{&m.packed, &m.reading}, `SELECT entries, reading FROM remembered WHERE source = $1`, source); err != nil {
		return nil, fmt.Errorf("read what is remembered of source %s: %w", source, err)
	}
	if m.reading != reading {
		return m, nil
	}
	n := len(m.packed) / packedEntry
	digests := make(map[int64]uint64, n)
	revisions := make(map[int64]int64, n)
	ids := make([]int64, 0, n)
	for p := m.packed; len(p) >= packedEntry; p = p[packedEntry:] {
		id := int64(binary.BigEndian.Uint64(p[8:]))
		digests[id], revisions[id] = binary.BigEndian.Uint64(p), int64(binary.BigEndian.Uint32(p[16:]))
		ids = append(ids, id)
	}
	m.entries = make(map[uint64]Entry, n)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var e Entry
		var terms string
		if err := rows.Scan(&e.article, &e.revision, &e.published, &e.Link, &terms); err != nil {
			return err
		}
		if e.revision != revisions[e.article] {
			return nil
		}
		var err error
		e.Terms, err = unlist[feeds.Term](terms)
		m.entries[digests[e.article]] = e
		return err
	}, `SELECT a.id, a.revision, a.published_ms, a.link, s.terms FROM article_sources s JOIN articles a ON a.id = s.article
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

// packed is an entry as it is remembered.
type packed struct {
	digest            uint64
	article, revision int64
}

// leftOut returns the articles that were left out as known.
func (c *Collected) leftOut() []Entry {
	entries := make([]Entry, len(c.Known))
	for i, digest := range c.Known {
		entries[i] = c.Memory.entries[digest]
	}
	return entries
}

// rememberSettled notes what of a batch is to be remembered that asks for nothing.
func (w *work) rememberSettled(batch []*incoming) {
	w.remember(slices.DeleteFunc(slices.Clone(batch), func(in *incoming) bool { return in.action() != nothing }))
}

// remember notes what of a part is to be remembered, once it is stored.
func (w *work) remember(part []*incoming) {
	for _, in := range part {
		if article, revision, ok := w.asItStood(in); ok {
			w.memory = append(w.memory, packed{in.digest, article, revision})
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
		all = append(all, packed{w.c.Known[i], e.article, e.revision})
	}
	if v := &w.verdict; v.held || v.links || v.hosts || v.redated != 0 || w.c.Release {
		all = nil
	}
	slices.SortFunc(all, func(a, b packed) int { return cmp.Compare(a.digest, b.digest) })
	entries = make([]byte, 0, len(all)*packedEntry)
	for _, e := range all {
		entries = binary.BigEndian.AppendUint64(entries, e.digest)
		entries = binary.BigEndian.AppendUint64(entries, uint64(e.article))
		entries = binary.BigEndian.AppendUint32(entries, uint32(e.revision))
	}
	before := w.c.Memory
	if before == nil {
		before = &Memory{}
	}
	return entries, !bytes.Equal(entries, before.packed) || len(entries) > 0 && before.reading != w.c.Reading
}

// asItStood returns the article that an entry became or is, if it is stored just as it
// stands in the document and nothing else has its keys.
func (w *work) asItStood(in *incoming) (article, revision int64, ok bool) {
	a := &in.article
	if in.digest == 0 || in.cutOff || in.shared || in.reused || in.tongues || in.repeated || !in.oneLink || in.twin != 0 || a.PublishedFrom != feeds.DateDeclared {
		return 0, 0, false
	}
	k := in.known
	for _, key := range in.keys() {
		alias, known := w.aliases[aliasKey{key, a.Language}]
		switch {
		case k == nil && known, k != nil && (!known || alias.shared || alias.article != k.id):
			return 0, 0, false
		}
	}
	if k == nil {
		return in.member.id, 1, true
	}
	return k.id, int64(k.revision), in.action() == nothing && !in.duplicate && !in.held && !in.renamed && k.filed &&
		k.source == w.c.Run.Source && k.hash == in.hash && k.language == a.Language && k.title == a.Title && k.link == a.Link &&
		k.published == millis(a.Published)
}

// storeMemory stores what is to be remembered.
func (w *work) storeMemory(ctx context.Context) error {
	entries, other := w.pack()
	if !other {
		return nil
	}
	return w.s.insert(ctx, `INSERT INTO remembered (source, reading, entries)`, [][]any{{w.c.Run.Source, w.c.Reading, entries}},
		`ON CONFLICT (source) DO UPDATE SET reading = excluded.reading, entries = excluded.entries`, nil)
}
