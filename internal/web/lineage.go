package web

import (
	"hash/maphash"
	"math"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// lineage knows from which earlier states of a document a reader can be led to the
// present one by a delta.
//
// A delta holds the records after the reader's state, and nothing else. That is the
// whole difference only while everything that happened to the document is told by
// records, in the document as it now stands. So each state is compared with the one
// before, and whoever would miss something is no longer led:
//
//   - The document begins later in the log than it did: who has not read up to there
//     misses records.
//   - An entry changed without a record, such as by a link to a new translation, or
//     by other words around it: who holds it has it in its old form.
//   - An entry came or went without a record, or went in a format that has no word
//     for that (RSS): nobody is led.
//
// A database that was restored has another epoch, and no delta leads from one to the next.
//
// States that this process has not seen, as before a restart, are known by their tags
// alone: a tag holds a sequence and a hash, so that what the present document must have
// been then can be put together and compared. That shows the most common case, in which
// entries came on top and nothing else happened; whoever holds another state gets the
// whole document. A lineage does not change once it was made.
type lineage struct {
	format feeds.Format
	epoch  int64 // the name of the log's
	seq    int64 // of the document
	parts  *feeds.Parts
	sums   []uint64
	// since says of each part that states of a lower sequence lack it.
	since []int64
	// bases are the known states, the oldest first, and the present one.
	bases []base
}

// base is a state of the document that readers may hold.
type base struct {
	tag string // without a coding's suffix
	seq int64
}

// mostBases bounds the states that are known of a document.
const mostBases = 256

// sums are compared within this process alone.
var sumSeed = maphash.MakeSeed()

// newLineage returns the lineage of a document whose last state had the one before;
// nil before the first. It is nil for a document from which no delta can be cut.
func newLineage(before *lineage, d feeds.Document) *lineage {
	epoch, seq, ok := feeds.ParseETag(d.ETag)
	if !ok || d.Archive != 0 {
		return nil
	}
	parts, err := feeds.TakeApart(d.Format, d.Body)
	if err != nil {
		return nil // it is served whole, to everybody
	}
	l := &lineage{format: d.Format, epoch: epoch, seq: seq, parts: parts, sums: make([]uint64, len(parts.All)), since: make([]int64, len(parts.All))}
	for i, p := range parts.All {
		l.sums[i] = maphash.Bytes(sumSeed, p.Bytes(d.Body))
		l.since[i] = p.Seq
		if p.Gone {
			l.since[i] = seq
		}
	}
	if before != nil {
		l.bases = before.ledTo(l)
	}
	if n := len(l.bases) - (mostBases - 1); n > 0 {
		l.bases = l.bases[n:]
	}
	if !slices.ContainsFunc(l.bases, func(b base) bool { return b.tag == d.ETag }) {
		l.bases = append(l.bases, base{d.ETag, seq})
	}
	return l
}

// place names a part among those of one document.
type place struct {
	id   string
	gone bool
}

func (l *lineage) places() map[place]int {
	places := make(map[place]int, len(l.parts.All))
	for i, p := range l.parts.All {
		places[place{p.ID, p.Gone}] = i
	}
	return places
}

// ledTo returns the states of l from which deltas lead to the next one, and sets
// since when the next one has what was there before.
func (l *lineage) ledTo(next *lineage) []base {
	if next.epoch != l.epoch || next.seq < l.seq {
		return nil // the database was restored, and what was lost is told by no record
	}
	c := change{
		before: l, next: next, was: l.places(), is: next.places(),
		from: next.parts.Since, below: math.MaxInt64,
	}
	if !c.tellsWhatCame() || !c.tellsWhatWent() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.bases), func(b base) bool { return b.seq < c.from || b.seq >= c.below })
}

// change is what happened between two states of a document.
type change struct {
	before, next *lineage
	was, is      map[place]int // the places of their parts
	// Led are states that are not below from, and below below.
	from, below int64
}

// tellsWhatCame goes through what the next state holds. It reports whether all that is
// new in it came with a record.
func (c *change) tellsWhatCame() bool {
	for i, p := range c.next.parts.All {
		o, held := c.was[place{p.ID, p.Gone}]
		switch {
		case held && p.Gone:
			c.next.since[i] = c.before.since[o]
		case held && c.before.parts.All[o].Seq == p.Seq:
			if c.before.sums[o] != c.next.sums[i] {
				c.below = min(c.below, p.Seq) // who holds it has it in its old form
			}
		case c.next.since[i] <= c.before.seq:
			return false
		}
	}
	return true
}

// tellsWhatWent goes through what the state before held. It reports whether all that is
// missing now went with a record, or into the archives.
func (c *change) tellsWhatWent() bool {
	replaced := c.next.replaced()
	for o, p := range c.before.parts.All {
		i, stands := c.is[place{p.ID, false}]
		if p.Replaces != "" && !(stands && c.next.parts.All[i].Replaces == p.Replaces) {
			c.from = max(c.from, p.Seq) // who holds what this one replaced would not be told
		}
		_, gone := c.is[place{p.ID, true}]
		switch {
		case stands || gone: // what became of it is told
		case p.Gone:
			c.from = max(c.from, c.before.since[o]) // who did not read it would never learn
		case replaced[p.ID] > p.Seq:
		case p.Seq <= c.next.parts.Since: // it stands in the archives now
		default:
			return false
		}
	}
	return true
}

// replaced returns the ids whose places others took, with the newest record of those.
func (l *lineage) replaced() map[string]int64 {
	replaced := map[string]int64{}
	for _, p := range l.parts.All {
		if p.Replaces != "" {
			replaced[p.Replaces] = max(replaced[p.Replaces], p.Seq)
		}
	}
	return replaced
}

// base returns the newest state among these tags from which a delta leads to the
// present one. What is not newer than that has nothing to be led by.
func (l *lineage) base(tags string) (found base, ok bool) {
	for _, b := range slices.Backward(l.bases) {
		if b.seq < l.seq && (!ok || b.seq > found.seq) && listsTag(tags, b.tag) {
			found, ok = b, true
		}
	}
	return found, ok
}

// mostProofs bounds how many tags of a request are looked into.
const mostProofs = 4

// prove returns the newest state among these tags that the present document, of which
// the body is given, must have had if all that came since are the entries on top.
func (l *lineage) prove(tags string, body []byte) (found base, ok bool) {
	proofs, proven := 0, "" // the tag of the state that was looked into last
	last := int64(-1)
	for tag := range eachState(tags) {
		epoch, seq, is := feeds.ParseETag(tag)
		if !is || epoch != l.epoch || seq >= l.seq || seq < l.parts.Since || ok && seq <= found.seq {
			continue
		}
		if seq != last {
			if proofs++; proofs > mostProofs {
				break
			}
			last, proven = seq, ""
			if before := l.parts.Before(body, seq); before != nil {
				proven = feeds.ETag(epoch, seq, before)
			}
		}
		if proven == tag {
			found, ok = base{tag, seq}, true
		}
	}
	return found, ok
}

// listsTag reports whether an If-None-Match field lists a tag in any coding.
func listsTag(header, tag string) bool {
	return header != "*" && matchTag(header, []string{tag}) >= 0
}

// delta returns the present document with only what a state of that sequence lacks.
func (l *lineage) delta(body []byte, seq int64) []byte {
	return l.parts.Assemble(body, func(i int) bool { return l.since[i] > seq })
}

// size is the memory that the lineage takes, in bytes, near enough.
func (l *lineage) size() int64 {
	if l == nil {
		return 0
	}
	return int64(len(l.parts.All))*200 + int64(len(l.bases))*80
}
