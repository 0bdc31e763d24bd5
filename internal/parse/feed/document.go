package feed

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// The summaries and contents of entries are most of a feed, and gofeed's decoder looks at
// each of their bytes several times. The survey has seen already that they are text and
// well written, and what gofeed makes of such a text is plain: so it is given a mark in
// the place of each, and the texts are put back in what comes out.

// longText is where the text of an entry's element stands. It is a CDATA section alone,
// or text in which all references are XML's own.
type longText struct{ span }

// longTextBytes is how many bytes a text has at least that is worth a mark.
const longTextBytes = 64

// keepText notes the text between two tags, if it is long.
func (w *surveyor) keepText(s span) {
	inner := bytes.TrimSpace(w.data[s.from:s.to])
	if len(inner) < longTextBytes {
		return
	}
	if section, ok := bytes.CutPrefix(inner, cdataStart); ok {
		if bytes.Index(section, cdataEnd) != len(section)-len(cdataEnd) {
			return
		}
	} else if bytes.IndexByte(inner, '<') >= 0 {
		return
	}
	w.texts = append(w.texts, longText{s})
}

var cdataStart, cdataEnd = []byte("<![CDATA["), []byte("]]>")

// value returns what gofeed would make of the text.
func (t longText) value(data []byte) string {
	inner := bytes.TrimSpace(data[t.from:t.to])
	if section, ok := bytes.CutPrefix(inner, cdataStart); ok {
		return string(section[:len(section)-len(cdataEnd)])
	}
	return entity.Decode(inner)
}

// textStart returns where the text of one of Atom's elements begins; 0 for one of a type
// that gofeed does more with than to decode its references.
func textStart(t token, info textInfo) int {
	if info.mode != "" || info.typ != "" && info.typ != "text" && info.typ != "html" {
		return 0
	}
	return t.end
}

// document is an XML document that gofeed is to read.
type document struct {
	*survey
	text []byte
	// known are the entries to be left out, in their order.
	known []span
}

// hand gives a document to gofeed, its long texts apart, and puts these back where texts
// finds them. A document of which one does not come back, or that gofeed can't read, is
// given whole: so the error is that of the document as it stands.
func hand[F any](d *document, parse func(io.Reader) (F, error), texts func(F) iter.Seq[*string]) (F, error) {
	if apart := d.apart(); len(apart) > 0 {
		f, err := parse(bytes.NewReader(d.body(apart)))
		if err == nil && restore(texts(f), apart, d.text) {
			return f, nil
		}
	}
	return parse(bytes.NewReader(d.body(nil)))
}

// apart returns the texts that can be kept apart: those of the entries that are not left
// out, of a document without a fault in which no mark stands by itself.
func (d *document) apart() []longText {
	if d.faults != 0 || d.based || bytes.Contains(d.text, []byte(mark)) {
		return nil
	}
	if len(d.known) == 0 {
		return d.texts
	}
	var apart []longText
	known := d.known
	for _, t := range d.texts {
		for len(known) > 0 && known[0].to <= t.from {
			known = known[1:]
		}
		if len(known) == 0 || t.to <= known[0].from {
			apart = append(apart, t)
		}
	}
	return apart
}

// body returns the document from its root element on, without the entries that are known,
// and with marks for these texts.
func (d *document) body(apart []longText) []byte {
	body := d.text[d.survey.body:]
	if len(d.known)+len(apart) > 0 {
		body = d.cut(apart)
	}
	if d.based {
		// gofeed takes the last segment of a base for a folder, against RFC 3986
		// §5.2.3; the survey has resolved the bases already.
		body = bytes.ReplaceAll(body, []byte("xml:base"), []byte("xml:hidden"))
	}
	return body
}

// cut returns the body with all that is to be cut out of it.
func (d *document) cut(apart []longText) []byte {
	type piece struct {
		span
		text int // its number; -1 for an entry
	}
	pieces := make([]piece, 0, len(d.known)+len(apart))
	size := len(d.text) - d.survey.body
	for _, s := range d.known {
		pieces = append(pieces, piece{s, -1})
		size -= s.to - s.from
	}
	for i, t := range apart {
		pieces = append(pieces, piece{t.span, i})
		size -= t.to - t.from - markBytes
	}
	slices.SortFunc(pieces, func(a, b piece) int { return a.from - b.from })
	body := make([]byte, 0, size)
	pos := d.survey.body
	for _, p := range pieces {
		body = append(body, d.text[pos:p.from]...)
		if p.text >= 0 {
			body = strconv.AppendInt(append(body, mark...), int64(p.text), 10)
		}
		pos = p.to
	}
	return append(body, d.text[pos:]...)
}

// mark is what the number of a text stands behind: the last character that Unicode leaves
// to private use.
const mark = "\U0010FFFD"

// markBytes is how long a mark with its number is at most, as a rule.
const markBytes = len(mark) + 3

// restore puts texts back in the place of their marks, and reports whether all were there.
func restore(fields iter.Seq[*string], apart []longText, data []byte) bool {
	missing := len(apart)
	for field := range fields {
		number, ok := strings.CutPrefix(*field, mark)
		if !ok {
			continue
		}
		i, err := strconv.Atoi(number)
		if err != nil || i >= len(apart) {
			return false
		}
		*field = apart[i].value(data)
		missing--
	}
	return missing == 0
}

// rssTexts are the fields of a feed in which its long texts are.
func rssTexts(f *rss.Feed) iter.Seq[*string] {
	return func(yield func(*string) bool) {
		for _, item := range f.Items {
			if !yield(&item.Description) || !yield(&item.Content) {
				return
			}
		}
	}
}

// atomTexts are the fields of a feed in which its long texts are.
func atomTexts(f *atom.Feed) iter.Seq[*string] {
	return func(yield func(*string) bool) {
		for _, e := range f.Entries {
			if !yield(&e.Summary) || e.Content != nil && !yield(&e.Content.Value) {
				return
			}
		}
	}
}
