package feeds

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
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
	date string // when it changed, as RFC 3339 writes it
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
		err = parts.takeXMLApart(doc, "item", "guid")
	case Atom:
		err = parts.takeXMLApart(doc, "entry", "id")
	case JSONFeed:
		err = parts.takeJSONApart(doc)
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

// takeXMLApart finds the elements of RSS and Atom. Text in them can't be mistaken
// for an element: it is escaped, or within a CDATA section, which is stepped over.
func (s *Parts) takeXMLApart(doc []byte, entry, id string) (err error) {
	var p *Part // the entry that is open
	for i := 0; ; {
		open := bytes.IndexByte(doc[i:], '<')
		if open < 0 {
			break
		}
		i += open
		if rest := doc[i:]; bytes.HasPrefix(rest, []byte("<![CDATA[")) {
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				return fmt.Errorf("the CDATA section at byte %d does not end", i)
			}
			i += end
			continue
		}
		end := bytes.IndexByte(doc[i:], '>')
		if end < 0 {
			return fmt.Errorf("the tag at byte %d does not end", i)
		}
		tag := doc[i+1 : i+end]
		begin := i
		i += end + 1
		name, _, _ := bytes.Cut(tag, []byte(" "))
		switch name := string(name); {
		case name == entry && p == nil:
			s.All = append(s.All, Part{list: 1, span: span{start: begin}})
			p = &s.All[len(s.All)-1]
		case name == "/"+entry && p != nil:
			p.end, p = i, nil
		case name == "at:deleted-entry" && p == nil:
			_, ref, _ := bytes.Cut(tag, []byte(` ref="`))
			ref, _, _ = bytes.Cut(ref, []byte(`"`))
			_, when, _ := bytes.Cut(tag, []byte(` when="`))
			when, _, _ = bytes.Cut(when, []byte(`"`))
			last := bytes.Index(doc[i:], []byte("</at:deleted-entry>"))
			if last < 0 {
				return fmt.Errorf("the tombstone at byte %d does not end", begin)
			}
			i += last + len("</at:deleted-entry>")
			s.All = append(s.All, Part{ID: string(ref), Gone: true, date: string(when), span: span{begin, i}})
		case name == "k:since" && p == nil:
			if s.Since, err = strconv.ParseInt(string(textAt(doc[i:])), 10, 64); err != nil {
				return fmt.Errorf("the beginning at byte %d: %w", i, err)
			}
		case name == "k:seq" && p == nil:
			s.seq = span{i, i + len(textAt(doc[i:]))}
		case (name == "updated" || name == "lastBuildDate") && p == nil:
			s.updated = span{i, i + len(textAt(doc[i:]))}
		case p == nil:
		case (name == "updated" || name == "k:updated") && p.date == "":
			p.date = string(textAt(doc[i:]))
		case name == id && p.ID == "":
			p.ID = string(textAt(doc[i:]))
		case name == "k:seq":
			if p.Seq, err = strconv.ParseInt(string(textAt(doc[i:])), 10, 64); err != nil {
				return fmt.Errorf("the sequence number at byte %d: %w", i, err)
			}
		case name == "k:replaces":
			p.Replaces = string(textAt(doc[i:]))
		}
	}
	if p != nil {
		return fmt.Errorf("the entry at byte %d does not end", p.start)
	}
	return nil
}

// textAt returns the text up to the next tag.
func textAt(doc []byte) []byte {
	text, _, _ := bytes.Cut(doc, []byte("<"))
	return text
}

// takeJSONApart finds the items, and the tombstones under "_kairan".
func (s *Parts) takeJSONApart(doc []byte) error {
	spans := &jsonSpans{doc: doc}
	spans.members(spans.skipSpace(0), func(key string, at int) {
		switch key {
		case "_kairan":
			spans.members(at, func(key string, at int) {
				switch key {
				case "since":
					s.Since = spans.number(at)
				case "seq":
					s.seq = span{at, spans.end(at)}
				case "updated":
					s.updated = span{at + 1, spans.end(at) - 1} // within the quotation marks
				case "withdrawn":
					spans.elements(at, func(start, end int) {
						s.All = append(s.All, spans.tombstone(start, end))
					})
				}
			})
		case "items":
			spans.elements(at, func(start, end int) {
				s.All = append(s.All, spans.item(start, end))
			})
		}
	})
	return spans.err
}

// jsonSpans finds where the values of a document lie, without decoding them.
type jsonSpans struct {
	doc []byte
	err error
}

func (s *jsonSpans) tombstone(start, end int) Part {
	p := Part{Gone: true, span: span{start, end}}
	s.members(start, func(key string, at int) {
		switch key {
		case "id":
			p.ID = s.text(at)
		case "when":
			p.date = s.text(at)
		}
	})
	return p
}

func (s *jsonSpans) item(start, end int) Part {
	p := Part{list: 1, span: span{start, end}}
	s.members(start, func(key string, at int) {
		switch key {
		case "id":
			p.ID = s.text(at)
		case "date_modified":
			p.date = s.text(at)
		case "_kairan":
			s.members(at, func(key string, at int) {
				switch key {
				case "replaces":
					p.Replaces = s.text(at)
				case "seq":
					p.Seq = s.number(at)
				}
			})
		}
	})
	return p
}

// members calls f with the name of each member of the object at this place, and the
// place of its value.
func (s *jsonSpans) members(at int, f func(key string, at int)) {
	s.each(at, '{', func(start int) int {
		keyEnd := s.end(start)
		colon := s.skipSpace(keyEnd)
		if s.at(start) != '"' || s.at(colon) != ':' {
			s.fail(start)
			return keyEnd
		}
		value := s.skipSpace(colon + 1)
		f(s.text(start), value)
		return s.end(value)
	})
}

// elements calls f with where each element of the array at this place lies.
func (s *jsonSpans) elements(at int, f func(start, end int)) {
	s.each(at, '[', func(start int) int {
		end := s.end(start)
		if s.err == nil {
			f(start, end)
		}
		return end
	})
}

// each calls f with the beginning of each thing in an object or array; f returns
// where it ends.
func (s *jsonSpans) each(at int, open byte, f func(start int) int) {
	if s.at(at) != open {
		s.fail(at)
		return
	}
	for at = s.skipSpace(at + 1); s.err == nil && s.at(at) != open+2; { // '}' and ']' are two after '{' and '['
		at = s.skipSpace(f(at))
		switch s.at(at) {
		case ',':
			at = s.skipSpace(at + 1)
		case open + 2:
		default:
			s.fail(at)
		}
	}
}

// end returns where the value ends that begins here.
func (s *jsonSpans) end(at int) int {
	depth := 0
	for i := at; i < len(s.doc); {
		switch c := s.doc[i]; c {
		case '"':
			if i = s.stringEnd(i); depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']', ',', ' ', '\n', ':':
			if depth == 0 {
				return i // of a number or a word
			}
			if c == '}' || c == ']' {
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
		i++
	}
	s.fail(at)
	return len(s.doc)
}

func (s *jsonSpans) stringEnd(at int) int {
	for i := at + 1; i < len(s.doc); i++ {
		switch s.doc[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	s.fail(at)
	return len(s.doc)
}

// text returns the string at this place as it is written; "" if none is there.
func (s *jsonSpans) text(at int) string {
	if s.at(at) != '"' {
		return ""
	}
	end := s.end(at)
	if s.err != nil {
		return ""
	}
	return string(s.doc[at+1 : end-1])
}

// number returns the whole number at this place; 0 if none is there.
func (s *jsonSpans) number(at int) int64 {
	n, err := strconv.ParseInt(string(s.doc[at:s.end(at)]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (s *jsonSpans) at(i int) byte {
	if i < len(s.doc) {
		return s.doc[i]
	}
	return 0
}

func (s *jsonSpans) skipSpace(i int) int {
	for i < len(s.doc) && (s.doc[i] == ' ' || s.doc[i] == '\n') {
		i++
	}
	return i
}

func (s *jsonSpans) fail(at int) {
	if s.err == nil {
		s.err = fmt.Errorf("byte %d is not what Render writes", at)
	}
}
