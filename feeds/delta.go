package feeds

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds/internal/syntax"
)

// A Part is an entry or a tombstone of a rendered document; see [TakeApart].
type Part struct {
	// ID is the entry's id as the document writes it, markup included: parts of one
	// format with the same ID are about the same article.
	ID string
	// Gone tells a tombstone.
	Gone bool
	// Seq is the sequence number of the entry's record; 0 for a tombstone, beside
	// which no format writes one.
	Seq int64
	// Replaces is the ID of the entry whose place this one took; "" if none.
	Replaces string

	list int    // the list that the part stands in: tombstones or entries
	date string // when we met the change, as RFC 3339 writes it
	span
}

// span is a part of a document: from one byte up to another.
type span struct{ start, end int }

// Parts are what [TakeApart] finds in a document.
type Parts struct {
	// Since is the sequence number after which the document holds every record of
	// its channel; 0 is the beginning of the log. See [Feed.Since].
	Since int64
	// All are the entries and tombstones in the order in which they stand there.
	All []Part

	// seq and updated are where the document tells its last record and its date.
	seq, updated span
	dateLayout   string // of updated
}

// Bytes returns the part of the document that it was found in.
func (p *Part) Bytes(doc []byte) []byte { return doc[p.start:p.end] }

// TakeApart finds the entries and tombstones of a document. It knows how [Render]
// writes, and is no reader of feeds in general: it refuses what it would have to
// guess about.
func TakeApart(format Format, doc []byte) (*Parts, error) {
	parts := &Parts{dateLayout: time.RFC3339}
	var err error
	switch format {
	case RSS:
		parts.dateLayout = time.RFC1123Z
		err = parts.takeXMLApart(syntax.View(doc), "item", "guid")
	case Atom:
		err = parts.takeXMLApart(syntax.View(doc), "entry", "id")
	case JSONFeed:
		err = parts.takeJSONApart(syntax.View(doc))
	default:
		err = fmt.Errorf("no format %q", format)
	}
	for i := range parts.All {
		if p := &parts.All[i]; err == nil && (p.ID == "" || !p.Gone && p.Seq <= 0) {
			err = fmt.Errorf("the part at byte %d has no id or no sequence number", p.start)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("take a document apart: %w", err)
	}
	return parts, nil
}

// Assemble returns the document that was taken apart with only those of its parts that are to be kept.
// All that stands around them stays as it is, so that the outcome is a document of
// the same channel in the same format: a delta (RFC 3229 with the "feed" instance
// manipulation), where what is kept are the parts that a reader lacks.
func (s *Parts) Assemble(doc []byte, keep func(i int) bool) []byte {
	parts := s.All
	out := make([]byte, 0, len(doc))
	at := 0
	for i := 0; i < len(parts); {
		out = append(out, doc[at:parts[i].start]...)
		list, some := parts[i].list, false
		for ; i < len(parts) && parts[i].list == list; i++ {
			p := &parts[i]
			if keep(i) {
				if some {
					out = append(out, doc[parts[i-1].end:p.start]...) // what parts two of a list
				}
				out = append(out, doc[p.start:p.end]...)
				some = true
			}
			at = p.end
		}
	}
	return append(out, doc[at:]...)
}

// Before returns the document as it was when a record was its last one, if all that
// happened to it since is that entries came on top. It does not know whether that is
// so: compare the [ETag] of what it returns with one that was given out then. It
// returns nil where there is nothing to go by.
func (s *Parts) Before(doc []byte, seq int64) []byte {
	date := ""
	keep := make([]bool, len(s.All))
	for i, p := range s.All {
		if keep[i] = p.Gone || p.Seq <= seq; keep[i] {
			date = max(date, p.date)
		}
	}
	updated, err := time.Parse(time.RFC3339, date)
	if err != nil || s.seq.start == 0 || s.updated.start == 0 || max(s.seq.end, s.updated.end) > s.All[0].start {
		return nil
	}
	// In which order they stand differs between the formats.
	number, when := strconv.FormatInt(seq, 10), updated.UTC().Format(s.dateLayout)
	type change struct {
		span
		text string
	}
	changes := []change{{s.seq, number}, {s.updated, when}}
	if s.updated.start < s.seq.start {
		changes[0], changes[1] = changes[1], changes[0]
	}
	whole := s.Assemble(doc, func(i int) bool { return keep[i] })
	before := make([]byte, 0, len(whole)+32)
	at := 0
	for _, c := range changes {
		before = append(append(before, whole[at:c.start]...), c.text...)
		at = c.end
	}
	return append(before, whole[at:]...)
}

// flaws keeps the first flaw of a document that is taken apart, as an error.
type flaws struct{ err error }

func (f *flaws) report(at int, _ syntax.Flaw, format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("byte %d is not what Render writes: "+format, append([]any{at}, args...)...)
	}
}

// number reads a whole number that stands at an offset.
func (f *flaws) number(s string, at int) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		f.report(at, syntax.WrongType, "%w", err)
	}
	return n
}

// takeXMLApart finds the elements of RSS and Atom.
func (s *Parts) takeXMLApart(doc string, entry, id string) error {
	var found flaws
	x := xmlParts{XML: syntax.NewVerbatim(doc, found.report), Parts: s, flaws: &found, entry: entry, id: id}
	if kind, _, _ := x.Next(); kind == syntax.Start {
		x.Children(x.element)
	}
	return found.err
}

// xmlParts reads the parts of a document in XML.
type xmlParts struct {
	*syntax.XML
	*Parts
	*flaws
	entry, id string // the names of an entry, and of its id
}

// element reads an element of the feed, or of RSS's root.
func (x *xmlParts) element(e syntax.Element) {
	switch e.Name {
	case "channel":
		x.Children(x.element)
	case x.entry:
		p := Part{list: 1, span: span{start: e.At}}
		x.Children(func(e syntax.Element) { x.field(&p, e) })
		p.end = x.Pos()
		x.All = append(x.All, p)
	case "at:deleted-entry":
		p := Part{Gone: true, span: span{start: e.At}}
		p.ID, p.date = cloned(e.Attr("ref")), cloned(e.Attr("when"))
		x.Skip()
		p.end = x.Pos()
		x.All = append(x.All, p)
	case "k:since":
		x.Since = x.number(x.Text())
	case "k:seq":
		x.seq = x.textSpan()
	case "updated", "lastBuildDate":
		x.updated = x.textSpan()
	default:
		x.Skip()
	}
}

// field reads an element of an entry.
func (x *xmlParts) field(p *Part, e syntax.Element) {
	switch {
	case e.Name == "k:seen":
		p.date = cloned(x.Text())
	case e.Name == x.id && p.ID == "":
		p.ID = cloned(x.Text())
	case e.Name == "k:seq":
		p.Seq = x.number(x.Text())
	case e.Name == "k:replaces":
		p.Replaces = cloned(x.Text())
	default:
		x.Skip()
	}
}

// cloned returns a text that is no part of the document, which may change or go.
func cloned[T any](text string, _ T) string { return strings.Clone(text) }

// textSpan reads the text of an element, and returns where it stands.
func (x *xmlParts) textSpan() span {
	text, at := x.Text()
	return span{at, at + len(text)}
}

// takeJSONApart finds the items, and the tombstones under "_kairan".
func (s *Parts) takeJSONApart(doc string) error {
	var found flaws
	j := jsonParts{JSON: syntax.NewJSON(doc, found.report), Parts: s, flaws: &found}
	j.Object("the document", func(key string) {
		switch key {
		case "_kairan":
			j.Object(key, j.extension)
		case "items":
			j.Array(key, j.item)
		default:
			j.Skip()
		}
	})
	return found.err
}

// jsonParts reads the parts of a JSON Feed.
type jsonParts struct {
	*syntax.JSON
	*Parts
	*flaws
}

// extension reads what the extension of the feed tells.
func (j *jsonParts) extension(key string) {
	switch key {
	case "since":
		j.Since = j.wholeNumber()
	case "seq":
		j.seq = j.valueSpan()
	case "updated":
		j.updated = j.valueSpan()
		j.updated = span{j.updated.start + 1, j.updated.end - 1} // within the quotation marks
	case "withdrawn":
		j.Array(key, j.tombstone)
	default:
		j.Skip()
	}
}

func (j *jsonParts) tombstone() {
	p := Part{Gone: true, span: span{start: j.Pos()}}
	j.Object("a tombstone", func(key string) {
		switch key {
		case "id":
			p.ID = j.text()
		case "when":
			p.date = j.text()
		default:
			j.Skip()
		}
	})
	p.end = j.Pos()
	j.All = append(j.All, p)
}

func (j *jsonParts) item() {
	p := Part{list: 1, span: span{start: j.Pos()}}
	j.Object("an item", func(key string) {
		switch key {
		case "id":
			p.ID = j.text()
		case "_kairan":
			j.Object(key, func(key string) {
				switch key {
				case "replaces":
					p.Replaces = j.text()
				case "seen":
					p.date = j.text()
				case "seq":
					p.Seq = j.wholeNumber()
				default:
					j.Skip()
				}
			})
		default:
			j.Skip()
		}
	})
	p.end = j.Pos()
	j.All = append(j.All, p)
}

// text reads a string as it is written; "" if none is there.
func (j *jsonParts) text() string {
	s := j.Verbatim()
	if len(s) < 2 || s[0] != '"' {
		return ""
	}
	return strings.Clone(s[1 : len(s)-1])
}

// wholeNumber reads a whole number.
func (j *jsonParts) wholeNumber() int64 {
	at := j.Pos()
	return j.number(j.Verbatim(), at)
}

// valueSpan reads a value, and returns where it stands.
func (j *jsonParts) valueSpan() span {
	start := j.Pos()
	j.Skip()
	return span{start, j.Pos()}
}
