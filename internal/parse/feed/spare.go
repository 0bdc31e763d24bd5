package feed

import (
	"bytes"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// The summaries and contents of entries are most of a feed, and gofeed's decoder looks at
// each of their bytes several times. The survey has seen already that they are text and
// well written, and what gofeed makes of such a text is plain: so it is given a mark in
// the place of each, and the texts are put back in what comes out. The white space between
// the elements of an entry, of which it makes nothing, it does not get at all.

// span is a part of a document.
type span struct{ from, to int }

// sparedPart is a part of an entry that gofeed need not see.
type sparedPart struct {
	span
	// isText says that it is the long text of an element, else white space.
	isText bool
}

// longTextBytes is how many bytes a text has at least that is worth a mark.
const longTextBytes = 64

var cdataStart, cdataEnd = []byte("<![CDATA["), []byte("]]>")

// isLongText reports whether the content of an element without faults is a long text: a
// CDATA section alone, or text in which all references are XML's own.
func isLongText(content []byte) bool {
	content = bytes.TrimSpace(content)
	if len(content) < longTextBytes {
		return false
	}
	if section, ok := bytes.CutPrefix(content, cdataStart); ok {
		return bytes.Index(section, cdataEnd) == len(section)-len(cdataEnd)
	}
	return bytes.IndexByte(content, '<') < 0
}

// decodeText returns what gofeed makes of a long text.
func decodeText(content []byte) string {
	content = bytes.TrimSpace(content)
	if section, ok := bytes.CutPrefix(content, cdataStart); ok {
		return string(section[:len(section)-len(cdataEnd)])
	}
	return entity.Decode(content)
}

// isDecodedAlone reports whether gofeed does no more with one of Atom's text constructs
// than to decode its references, if it is a long text.
func isDecodedAlone(typ, mode string) bool {
	return mode == "" && (typ == "" || typ == "text" || typ == "html")
}

// isWhite reports whether there is nothing but white space in a text.
func isWhite(text []byte) bool { return skipSpace(text, 0) == len(text) }
