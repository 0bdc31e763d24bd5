package feeds

import (
	"bytes"

	gorilla "github.com/gorilla/feeds"
)

// writeXML writes a document of about so many bytes.
func writeXML(f gorilla.XmlFeed, size int) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(size)
	if err := gorilla.WriteXML(f, &b); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return compact(b.Bytes()), nil
}

var (
	sectionStart = []byte("<![CDATA[")
	sectionEnd   = []byte("]]>")
)

// compact takes from a document what encoding/xml writes for people alone: what indents a
// line goes, and an element with nothing in it becomes one tag (XML 1.0 §3.1). Texts,
// attributes and CDATA sections stay as they are. It writes over the document.
//
// It knows how encoding/xml writes: outside of CDATA sections each "<" begins a tag and each
// ">" ends one, and a line end is the encoder's own, since those of texts are escaped.
func compact(doc []byte) []byte {
	out := doc[:0]
	for len(doc) > 0 {
		n := bytes.IndexAny(doc, "<\n")
		if n < 0 {
			return append(out, doc...)
		}
		out, doc = append(out, doc[:n]...), doc[n:]
		switch {
		case doc[0] == '\n':
			out, doc = append(out, '\n'), bytes.TrimLeft(doc[1:], " ")
		case bytes.HasPrefix(doc, sectionStart):
			n = lengthTo(doc, sectionEnd)
			out, doc = append(out, doc[:n]...), doc[n:]
		default:
			out, doc = compactTag(out, doc)
		}
	}
	return out
}

// compactTag writes the tag with which a document begins, and returns what is behind it, or
// behind the end tag that comes at once.
func compactTag(out, doc []byte) (written, rest []byte) {
	n := lengthTo(doc, []byte(">"))
	tag, rest := doc[:n], doc[n:]
	if tag[1] == '/' || tag[1] == '?' || !bytes.HasPrefix(rest, []byte("</")) {
		return append(out, tag...), rest
	}
	return append(append(out, tag[:n-1]...), "/>"...), rest[lengthTo(rest, []byte(">")):]
}

// lengthTo is how long a text is up to the first of these marks, which counts; the whole
// length where there is none.
func lengthTo(s, mark []byte) int {
	if i := bytes.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}
