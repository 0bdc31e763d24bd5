package feed

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/entity"
)

// Deleted is an entry that a feed declares to be withdrawn: by an at:deleted-entry
// (RFC 6721 §3), which stands among the entries or before them, in RSS as in Atom; or by
// our own "withdrawn" under "_kairan" in a JSON Feed.
type Deleted struct {
	// ID is that of the entry.
	ID string
	// When is when it was withdrawn; zero where that is not told, or can't be true.
	When time.Time
}

// tombstones is the namespace of RFC 6721, without what is misspelt most often.
const tombstones = "purl.org/atompub/tombstones/1.0"

// deletedEntry is the name that a document without tombstones does not hold.
const deletedEntry = "deleted-entry"

// findDeleted reads the tombstones of an XML document, as it was surveyed last.
func (r *reader) findDeleted(v *survey) {
	if !bytes.Contains(r.text, []byte(deletedEntry)) {
		return
	}
	s := scanner{data: r.text}
	n := names{family: v.family, adopted: v.adopted}
	var open []string // the local names of the elements around
	for t := s.next(); t.kind != tokenNone; t = s.next() {
		switch t.kind {
		case tokenStart:
			local := string(lowered(t.name))
			meaning := n.enter(t.name, s.attrs, len(open), len(open) == 0)
			if local == deletedEntry && isTombstone(meaning) && !slices.ContainsFunc(open, func(name string) bool { return isEntryName([]byte(name), v.family) }) {
				r.bury(s.attrs)
			}
			if t.empty {
				n.leave(len(open))
			} else {
				open = append(open, local)
			}
		case tokenEnd:
			if len(open) > 0 {
				open = open[:len(open)-1]
				n.leave(len(open))
			}
		}
	}
}

// isTombstone reports whether an element of that namespace is one of RFC 6721's: also
// where its prefix is bound to nothing, or it has the feed's own.
func isTombstone(v vocabulary) bool {
	uri := strings.TrimRight(strings.ToLower(v.uri), "/#")
	_, uri, _ = strings.Cut(uri, ":")
	return v.own || strings.TrimPrefix(strings.TrimPrefix(uri, "//"), "www.") == tombstones || v.uri == namespaceOf("at")
}

// bury takes over the tombstone that has these attributes.
func (r *reader) bury(attrs []attr) {
	var d Deleted
	var when string
	for _, a := range attrs {
		switch string(lowered(a.name)) {
		case "ref":
			d.ID = strings.TrimSpace(entity.Decode(a.value))
		case "when":
			when = entity.Decode(a.value)
		}
	}
	r.addDeleted(d.ID, when)
}

// addDeleted adds an entry that was withdrawn. A date that can't be read, or is in the
// future, is none: the entry is gone all the same.
func (r *reader) addDeleted(id, when string) {
	if id == "" {
		return
	}
	t, _ := date.Parse(when, r.o)
	r.feed.Deleted = append(r.feed.Deleted, Deleted{ID: id, When: t.Time})
}

// findDeletedJSON reads what a JSON Feed declares to be withdrawn.
func (r *reader) findDeletedJSON(data []byte) {
	if !bytes.Contains(data, []byte(`"withdrawn"`)) {
		return
	}
	var doc struct {
		Kairan struct {
			Withdrawn []struct {
				ID   any    `json:"id"`
				When string `json:"when"`
			} `json:"withdrawn"`
		} `json:"_kairan"`
	}
	if stdjson.Unmarshal(data, &doc) != nil {
		return // it is somebody else's, whose shape says nothing to us
	}
	for _, w := range doc.Kairan.Withdrawn {
		if w.ID != nil {
			r.addDeleted(strings.TrimSpace(fmt.Sprint(w.ID)), w.When)
		}
	}
}
