package parse

import (
	"bytes"
	"unicode/utf8"
)

// family is a format of XML feeds.
type family uint8

const (
	familyNone family = iota
	familyRSS         // <rss>
	familyRDF         // <rdf:RDF>: RSS 0.90 and 1.0
	familyAtom        // <feed>
)

// fault is a set of things that a document does against XML.
type fault uint16

const (
	faultControl   fault = 1 << iota // control characters
	faultAmp                         // an ampersand that begins no reference, or a reference to nothing
	faultTag                         // tags that do not match, or can't be read
	faultTruncated                   // the document ends before its root element does
	faultProlog                      // something before the root element that does not belong there
	faultMarkup                      // markup in an element that holds text
	faultSection                     // a comment or CDATA section without its end
	faultNamespace                   // a prefix or namespace that hides the feed's own elements
	faultHuge                        // nested or cut into pieces beyond reason
)

// faultNames gives each fault its code and sentence for operators.
var faultNames = []struct {
	fault        fault
	code, detail string
}{
	{faultControl, "control-characters", "characters that XML forbids were dropped"},
	{faultAmp, "entities", "ampersands that begin no reference, or references to nothing, were mended"},
	{faultTag, "tags", "tags that do not match or can't be read were mended"},
	{faultTruncated, "truncated", "the document ends too early; what was open was closed, and an unfinished field left out"},
	{faultProlog, "prolog", "something before the root element that does not belong there was left out"},
	{faultMarkup, "markup", "markup in an element that holds text was taken for text"},
	{faultSection, "sections", "a comment or CDATA section that does not end was closed"},
	{faultNamespace, "namespaces", "prefixes or namespaces that were not declared, or wrongly, were mended"},
	{faultHuge, "excess", "the document is nested, cut into pieces or long beyond reason; it was flattened or cut off"},
}

// Limits of what a well-formed document may have before it is rewritten for
// gofeed, whose work grows with their square.
const (
	maxDepth      = 128 // elements inside each other
	maxPieces     = 256 // sections, comments and runs of text directly in one element
	maxNamespaces = 64  // namespace declarations in a document
	maxAttributes = 256 // attributes of one element
	// maxEntries is how many entries are read: more do not fit into what a fetch may
	// bring, unless they are empty.
	maxEntries = 50_000
)

// scope is what an element inherits.
type scope struct {
	lang string // xml:lang, as it is written
	base string // xml:base, resolved against those around it
}

// textInfo is how a text construct of Atom (RFC 4287 §3.1) is to be read.
type textInfo struct {
	scope
	typ, mode string
}

// entryInfo is what gofeed drops of an item or entry.
type entryInfo struct {
	scope
	span                    span
	digest                  uint64
	about                   string // rdf:about
	title, summary, content textInfo
	xhtml                   []byte // the content of an xhtml:body or xhtml:div in an RSS item
}

// survey is what one pass over a document finds out.
type survey struct {
	family  family
	faults  fault
	root    scope // of the root element
	feed    scope // of RSS's channel, else the root
	about   string
	title   textInfo // of the feed
	entries []entryInfo
	// volatile are the parts of the feed itself that change with its entries.
	volatile []span
	// based says that the document uses xml:base.
	based bool
	// body is where the root element begins.
	body int
}

// inspect surveys a document in UTF-8.
func inspect(data []byte) *survey {
	v := &survey{}
	if hasControl(data) {
		v.faults |= faultControl
	}
	w := surveyor{survey: v, scanner: scanner{data: data}}
	w.run()
	return v
}

// surveyor walks a document for its survey.
type surveyor struct {
	*survey
	scanner
	open       []openElement
	namespaces int
	prefixes   [][]byte // that were declared
	rootItems  []entryInfo
	entry      *entryInfo
	entryDepth int
	ended      bool
}

// openElement is an element that is not closed yet.
type openElement struct {
	name   []byte
	scope  scope
	pieces int
	// leaf says that the element holds text, and no elements.
	leaf bool
	// from is where its content begins, if it is kept.
	from int
	// volatile says that the element changes with the feed's entries.
	volatile bool
	pos      int
}

func (w *surveyor) run() {
	for !w.ended {
		t := w.next()
		if t.kind == tokenNone {
			break
		}
		depth := len(w.open)
		if depth > 0 && t.kind != tokenEnd && t.kind != tokenStart {
			w.open[depth-1].pieces++
			if w.open[depth-1].pieces == maxPieces {
				w.faults |= faultHuge
			}
		}
		switch t.kind {
		case tokenText:
			switch {
			case t.fault:
				w.faults |= faultTag
			case depth == 0 && len(bytes.TrimSpace(t.text)) > 0:
				w.faults |= faultProlog
			}
			if hasBadReference(t.text) {
				w.faults |= faultAmp
			}
			if bytes.Contains(t.text, []byte("]]>")) {
				w.faults |= faultSection
			}
		case tokenCDATA:
			if t.fault || depth == 0 || swallowsItems(t.text) {
				w.faults |= faultSection
			}
		case tokenComment:
			if t.fault {
				w.faults |= faultSection
			}
			if w.entry == nil {
				w.volatile = append(w.volatile, span{t.pos, t.end}) // how long the document took to make
			}
		case tokenProcessing:
			// A declaration in the middle would make the decoder change its charset.
			if t.fault || depth > 0 && bytes.HasPrefix(w.data[t.pos:], []byte("<?xml ")) {
				w.faults |= faultProlog
			}
		case tokenDirective:
			if t.fault || depth > 0 || bytes.Contains(w.data[t.pos:t.end], []byte("<!ENTITY")) {
				w.faults |= faultProlog
			}
		case tokenStart:
			w.start(t)
		case tokenEnd:
			w.end(t)
		}
	}
	if !w.ended && w.family != familyNone {
		w.faults |= faultTruncated
	}
	w.entries = append(w.entries, w.rootItems...)
	if len(w.entries) > maxEntries {
		w.faults |= faultHuge
	}
}

// start takes a start tag in.
func (w *surveyor) start(t token) {
	if t.fault || len(w.attrs) > maxAttributes {
		w.faults |= faultTag
	}
	for _, a := range w.attrs {
		if hasBadReference(a.value) {
			w.faults |= faultAmp
		}
		if bytes.HasPrefix(a.name, []byte("xmlns")) {
			if w.namespaces++; w.namespaces > maxNamespaces {
				w.faults |= faultHuge
			}
			if len(a.name) > 6 {
				w.prefixes = append(w.prefixes, a.name[6:])
			}
		}
	}
	if i := bytes.IndexByte(t.name, ':'); i > 0 && !w.declared(t.name[:i]) {
		w.faults |= faultNamespace
	}

	depth := len(w.open)
	e := openElement{name: t.name, pos: t.pos}
	if depth > 0 {
		e.scope = w.open[depth-1].scope
		if w.open[depth-1].leaf {
			w.faults |= faultMarkup
			w.open[depth-1].leaf = false
		}
	}
	if depth <= 4 {
		w.inherit(&e.scope)
		w.place(&e, t, depth)
	}
	if depth >= maxDepth {
		w.faults |= faultHuge
	}
	switch {
	case !t.empty:
		if depth < 4*maxDepth {
			w.open = append(w.open, e)
		} else {
			w.ended = true // the repair looks at it again
			w.faults |= faultHuge
		}
	case depth == 0:
		w.ended = true
	case depth == w.entryDepth && w.entry != nil:
		w.entry.span.to = t.end
		w.entry = nil
	}
}

// declared tells whether the prefix was declared anywhere before.
func (w *surveyor) declared(prefix []byte) bool {
	for _, p := range w.prefixes {
		if bytes.Equal(p, prefix) {
			return true
		}
	}
	return bytes.Equal(prefix, []byte("xml"))
}

// inherit adds the tag's own xml:lang and xml:base to what it inherits.
func (w *surveyor) inherit(s *scope) {
	for _, a := range w.attrs {
		switch string(a.name) {
		case "xml:lang":
			s.lang = unescape(a.value)
		case "xml:base":
			s.base = innerBase(s.base, unescape(a.value))
			w.based = true
		}
	}
}

// place notes what the element is within its feed.
func (w *surveyor) place(e *openElement, t token, depth int) {
	local := localName(t.name)
	switch {
	case depth == 0:
		w.body = t.pos
		w.root, w.feed = e.scope, e.scope
		switch {
		case bytes.EqualFold(local, []byte("rss")):
			w.family = familyRSS
		case bytes.EqualFold(local, []byte("rdf")):
			w.family = familyRDF
		case bytes.EqualFold(local, []byte("feed")):
			w.family = familyAtom
		default:
			w.ended = true
			return
		}
		if v := w.attr("xmlns"); w.family == familyRSS && isForeign(v) {
			w.faults |= faultNamespace
		}
	case w.entry != nil && depth == w.entryDepth+1:
		w.placeField(e, t, local)
	case depth == 1 && w.family == familyAtom && bytes.Equal(local, []byte("entry")):
		w.entries = append(w.entries, entryInfo{scope: e.scope, span: span{from: t.pos}})
		w.entry, w.entryDepth = &w.entries[len(w.entries)-1], depth
	case depth == 1 && w.family == familyAtom && bytes.Equal(local, []byte("title")):
		w.title = w.text(e.scope)
		e.leaf = !holdsMarkup(w.title.typ)
	case w.family != familyAtom && (depth == 1 || depth == 2) && bytes.EqualFold(local, []byte("item")) && w.native(t.name):
		info := entryInfo{scope: e.scope, span: span{from: t.pos}, about: unescape(w.attr("about"))}
		if depth == 1 {
			w.rootItems = append(w.rootItems, info)
			w.entry = &w.rootItems[len(w.rootItems)-1]
		} else {
			w.entries = append(w.entries, info)
			w.entry = &w.entries[len(w.entries)-1]
		}
		w.entryDepth = depth
	case w.family != familyAtom && depth == 2 && bytes.Equal(t.name, []byte("entry")):
		w.faults |= faultNamespace // an entry of Atom that strayed into RSS
	case w.family == familyAtom && depth == 1 && bytes.Equal(local, []byte("updated")):
		e.volatile = true
	case w.family != familyAtom && depth == 1 && bytes.EqualFold(local, []byte("channel")):
		w.feed = e.scope
		w.about = unescape(w.attr("about"))
	case w.family != familyAtom && depth == 2 && w.native(t.name):
		switch string(bytes.ToLower(local)) {
		case "title", "description", "link", "language", "copyright":
			e.leaf = true
		case "pubdate", "lastbuilddate":
			e.leaf, e.volatile = true, true
		case "items":
			e.volatile = true
		}
	case w.family != familyAtom && depth == 2:
		e.volatile = bytes.Equal(t.name, []byte("dc:date")) || bytes.Equal(t.name, []byte("atom:updated"))
	}
}

// placeField notes what a child of an item or entry is.
func (w *surveyor) placeField(e *openElement, t token, local []byte) {
	if w.family == familyAtom {
		info := w.text(e.scope)
		switch string(local) {
		case "title":
			w.entry.title = info
		case "summary":
			w.entry.summary = info
		case "content":
			w.entry.content = info
		case "rights", "copyright", "id", "published", "updated", "issued", "modified":
		default:
			return
		}
		e.leaf = !holdsMarkup(info.typ) && info.mode != "xml"
		return
	}
	prefixed := !w.native(t.name)
	switch {
	case !prefixed:
		e.leaf = true
		switch string(bytes.ToLower(local)) {
		case "title":
			w.entry.title.scope = e.scope
		case "description":
			w.entry.summary.scope = e.scope
		}
	case bytes.Equal(local, []byte("encoded")):
		e.leaf = true
		w.entry.content.scope = e.scope
	case (bytes.Equal(local, []byte("body")) || bytes.Equal(local, []byte("div"))) && !t.empty:
		e.from = t.end
	}
}

// text reads how the start tag's text is written.
func (w *surveyor) text(s scope) textInfo {
	return textInfo{scope: s, typ: string(bytes.ToLower(w.attr("type"))), mode: string(bytes.ToLower(w.attr("mode")))}
}

// holdsMarkup tells whether a text construct of this type holds elements.
func holdsMarkup(typ string) bool {
	return typ == "xhtml" || bytes.Contains([]byte(typ), []byte("xml"))
}

// native tells whether a name belongs to RSS itself.
func (w *surveyor) native(name []byte) bool {
	i := bytes.IndexByte(name, ':')
	if i < 0 {
		return true
	}
	root := w.open[0].name
	if j := bytes.IndexByte(root, ':'); j == i && bytes.Equal(root[:j], name[:i]) {
		return true
	}
	return bytes.Equal(name[:i], []byte("rss"))
}

// end takes an end tag in.
func (w *surveyor) end(t token) {
	depth := len(w.open)
	if t.fault || depth == 0 || !bytes.Equal(w.open[depth-1].name, t.name) {
		w.faults |= faultTag
		if depth == 0 || !bytes.Equal(w.open[depth-1].name, t.name) {
			return // a repair follows, which surveys again
		}
	}
	e := w.open[depth-1]
	w.open = w.open[:depth-1]
	switch {
	case depth == 1:
		w.ended = true
		w.volatile = append(w.volatile, span{t.end, len(w.data)})
	case w.entry != nil && depth-1 == w.entryDepth:
		w.entry.span.to = t.end
		w.entry = nil
	case e.volatile:
		w.volatile = append(w.volatile, span{e.pos, t.end})
	case e.from > 0 && w.entry != nil:
		w.entry.xhtml = w.data[e.from:t.pos]
	}
}

// isForeign tells whether a default namespace on an RSS root makes its own
// elements those of another vocabulary.
func isForeign(uri []byte) bool {
	switch string(bytes.TrimSpace(uri)) {
	case "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://www.w3.org/1999/xhtml",
		"http://purl.org/dc/elements/1.1/", "http://search.yahoo.com/mrss/", "http://www.itunes.com/dtds/podcast-1.0.dtd",
		"http://www.itunes.com/DTDs/PodCast-1.0.dtd", "http://purl.org/rss/1.0/modules/content/":
		return true
	}
	return false
}

// swallowsItems tells whether a CDATA section lost its end and took the items
// behind it in.
func swallowsItems(text []byte) bool {
	i := bytes.Index(text, []byte("<![CDATA["))
	return i >= 0 && (bytes.Contains(text[:i], []byte("</item>")) || bytes.Contains(text[:i], []byte("</entry>")) ||
		bytes.Contains(text[:i], []byte("</title>")) || bytes.Contains(text[:i], []byte("</description>")))
}

// hasControl tells whether the text holds characters that XML 1.0 §2.2 forbids.
func hasControl(data []byte) bool {
	for i, b := range data {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' {
			return true
		}
		if b == 0xEF && i+2 < len(data) && data[i+1] == 0xBF && data[i+2] >= 0xBE {
			return true
		}
	}
	return false
}

// hasBadReference tells whether an ampersand in the text begins no reference, or
// one that XML does not declare or forbids.
func hasBadReference(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return false
		}
		text = text[i+1:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 1 {
			return true
		}
		switch name := text[:end]; {
		case name[0] == '#':
			r, ok := charReference(name[1:])
			if !ok || !isXMLChar(r) || r >= 0x80 && r < 0xA0 {
				return true
			}
		case string(name) != "amp" && string(name) != "lt" && string(name) != "gt" && string(name) != "quot" && string(name) != "apos":
			return true
		}
		text = text[end+1:]
	}
}

// charReference reads what stands between "&#" and ";".
func charReference(digits []byte) (rune, bool) {
	base := rune(10)
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	var r rune
	for _, d := range digits {
		var v rune
		switch {
		case '0' <= d && d <= '9':
			v = rune(d - '0')
		case base == 16 && 'a' <= d|0x20 && d|0x20 <= 'f':
			v = rune(d|0x20-'a') + 10
		default:
			return 0, false
		}
		if r = r*base + v; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0
}

// isXMLChar is the production Char of XML 1.0 §2.2.
func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
