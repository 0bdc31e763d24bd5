package feed

import (
	"bytes"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// document is an XML document that gofeed is to read.
type document struct {
	*survey
	text []byte
	// known are the entries and elements to be left out, in their order.
	known []span
}

// hand gives a document to gofeed, without what it need not see, and puts the long texts
// back where fields finds them. A document of which one does not come back, or that gofeed
// can't read, is given whole: so the error is that of the document as it stands.
func hand[F any](d *document, parse func(io.Reader) (F, error), fields func(F) iter.Seq[*string]) (F, error) {
	if d.isSpared() {
		body, texts := d.cut(d.spared)
		f, err := parse(bytes.NewReader(body))
		if err == nil && restore(fields(f), texts, d.text) {
			return f, nil
		}
	}
	return parse(bytes.NewReader(d.whole()))
}

// isSpared reports whether parts of the document can be kept from gofeed: whether it has
// no fault, and no mark stands in it by itself.
func (d *document) isSpared() bool {
	return d.faults == 0 && len(d.bases) == 0 && len(d.spared) > 0 && !bytes.Contains(d.text, []byte(mark))
}

// whole returns the document from its root element on, without the entries that are known.
func (d *document) whole() []byte {
	if len(d.bases) > 0 {
		// gofeed takes the last segment of a base for a folder, against RFC 3986
		// §5.2.3; the survey has resolved the bases already.
		d.text = bytes.Clone(d.text)
		for _, at := range d.bases {
			copy(d.text[at:], "xml:hide")
		}
	}
	if len(d.known) == 0 {
		return d.text[d.body:]
	}
	body, _ := d.cut(nil)
	return body
}

// cut returns the document from its root element on, without the entries that are known
// the lost elements and the spared parts. In the place of each long text there is a mark
// with its number in texts.
func (d *document) cut(spared []sparedPart) (body []byte, texts []span) {
	size, count := len(d.text)-d.body, 0
	for _, part := range spared {
		if size -= part.to - part.from; part.isText {
			size += markBytes
			count++
		}
	}
	texts = make([]span, 0, count)
	body = make([]byte, 0, size)
	pos, known := d.body, d.known
	skip := func(s span) {
		body = append(body, d.text[pos:s.from]...)
		pos = s.to
	}
	for _, part := range spared {
		for len(known) > 0 && known[0].from < part.from {
			skip(known[0])
			known = known[1:]
		}
		if part.from < pos {
			continue // it stands in an entry that is known
		}
		skip(part.span)
		if part.isText {
			body = strconv.AppendInt(append(body, mark...), int64(len(texts)), 10)
			texts = append(texts, part.span)
		}
	}
	for _, s := range known {
		skip(s)
	}
	return append(body, d.text[pos:]...), texts
}

// mark is what the number of a text stands behind: the last character that Unicode leaves
// to private use.
const mark = "\U0010FFFD"

// markBytes is how long a mark with its number is at most, as a rule.
const markBytes = len(mark) + 3

// restore puts texts back in the place of their marks, and reports whether all were there.
func restore(fields iter.Seq[*string], texts []span, data []byte) bool {
	missing := len(texts)
	for field := range fields {
		number, ok := strings.CutPrefix(*field, mark)
		if !ok {
			continue
		}
		i, err := strconv.Atoi(number)
		if err != nil || i >= len(texts) {
			return false
		}
		*field = decodeText(data[texts[i].from:texts[i].to])
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
