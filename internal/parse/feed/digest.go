package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/internal/parse"
)

// An entry's digest stands for its bytes, and for all of its document and of the
// [Options] that decides how these are read: two entries with one digest are the same
// article. 0 is the digest of an entry that has to be read each time.
//
// Most of a feed is what it was the hour before. A caller that remembers the digests of
// what it has stored can have these entries left out ([Options.Known]), and gets the
// others as it would have got them beside the rest. In a document that ends too early no
// entry has a digest: it is read whole, since its last entry counts as the last.

// digests finds the digest of each entry. What stands around the entries counts for all
// of them, since they inherit from it, but for what changes with every entry: the dates
// of the feed itself, and RSS 1.0's list of items.
func (v *survey) digests(text []byte, o parse.Options) {
	around := sha256.New()
	fmt.Fprintf(around, "%d\x00%s\x00%v\x00%s\x00%s\x00%q\x00%v%v\x00", parse.Grammar, o.BaseURL, o.Location, o.Country, o.Language, o.Tags, o.DayFirst, o.MonthFirst)
	apart := slices.Clone(v.volatile)
	for _, e := range v.entries {
		apart = append(apart, e.span)
	}
	slices.SortFunc(apart, func(a, b span) int { return a.from - b.from })
	pos := 0
	for _, s := range append(apart, span{len(text), len(text)}) {
		for word := range bytes.FieldsSeq(text[pos:max(pos, s.from)]) { // entries come with the space between them
			around.Write(word)
		}
		pos = max(pos, s.to)
	}
	context := around.Sum(nil)

	first := make(map[uint64]int, len(v.entries))
	hash := sha256.New()
	for i := range v.entries {
		e := &v.entries[i]
		hash.Reset()
		hash.Write(context)
		hash.Write(text[e.span.from:e.span.to])
		d := binary.BigEndian.Uint64(hash.Sum(nil))
		if j, taken := first[d]; taken {
			v.entries[j].digest = 0 // the reader is to see both
			continue
		}
		first[d] = i
		e.digest = d
	}
}

// leaveOut returns where the entries stand that are known, in the order of the document,
// and forgets them in the survey.
func (r *reader) leaveOut(v *survey) (known []span) {
	if len(r.o.Known) == 0 {
		return nil
	}
	left := make([]entryInfo, 0, len(v.entries))
	for _, e := range v.entries {
		if e.digest == 0 || !r.o.Known[e.digest] {
			left = append(left, e)
			continue
		}
		known = append(known, e.span)
		r.feed.Digests = append(r.feed.Digests, e.digest)
	}
	v.entries = left
	slices.SortFunc(known, func(a, b span) int { return a.from - b.from })
	return known
}
