package feed

import (
	"bytes"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/entity"
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
	// id and link are where the content of its identifier stands, and that of a link of
	// Atom's whose address is its text; author is that of a person of Atom's without any
	// elements. The zero value is for none.
	id, link, author span
	// permalink is what RSS says of its guid in isPermaLink, however that is spelt.
	permalink string
	// lost are elements that mean nothing beside others of their names.
	lost []lostField
}

// text returns what is known of one of Atom's texts of an entry.
func (i *entryInfo) text(name single) *textInfo {
	switch name {
	case singleTitle:
		return &i.title
	case singleText:
		return &i.summary
	}
	return &i.content
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
	// link and author are the feed's, as those of an entry.
	link, author span
	// lost are elements of the feed itself that mean nothing beside others of their names.
	lost []lostField
	// behind is how many entries stand behind the root element's end, where they are no
	// part of the document.
	behind int
	// volatile are the parts of the feed itself that change with its entries.
	volatile []span
	// spared are the parts of the entries that gofeed need not see, in the order of the
	// document.
	spared []sparedPart
	// bases are where xml:base stands, as the name of an attribute.
	bases []int
	// body is where the root element begins.
	body int
	// stray is the namespace of an entry with a title that is not the feed's own; ""
	// for none. adopted is the one that was taken for the feed's own for that.
	stray, adopted string
}

// inspect surveys a document in UTF-8. Where it has no entry of its own and another
// namespace's have titles, that namespace is taken for the feed's own.
func inspect(data []byte) *survey {
	v := walk(data, "")
	if v.stray != "" && len(v.entries) == 0 {
		return walk(data, v.stray)
	}
	return v
}

func walk(data []byte, adopted string) *survey {
	v := &survey{adopted: adopted}
	if hasControl(data) {
		v.faults |= faultControl
	}
	w := surveyor{survey: v, scanner: scanner{data: data}, names: names{adopted: adopted}}
	w.run()
	return v
}

// surveyor walks a document for its survey.
type surveyor struct {
	*survey
	scanner
	names      names
	open       []openElement
	hasChannel bool
	rootItems  []entryInfo
	entry      *entryInfo
	entryDepth int
	ended      bool
	// inFeed and inEntry are what the feed itself and the current entry have had.
	inFeed, inEntry occurrences
}

// openElement is an element that is not closed yet.
type openElement struct {
	vocabulary
	name   []byte
	scope  scope
	pieces int
	// spaces and space are how many runs of white space it holds, and their bytes.
	spaces, space int
	// inForeign says that it, or one around it, is not the feed's own.
	inForeign bool
	// person says that it is one of Atom's, and author that it wrote the feed or an entry.
	person, author bool
	// field is which of those elements it is that may stand once, and address says that it
	// is a link without an address in its attributes; start is where its content begins.
	field   single
	address bool
	filled  bool
	start   int
	// leaf says that the element holds text, and no elements.
	leaf bool
	// from is where its content begins, if it is kept.
	from int
	// text is where its content begins, if that is text alone as long as it is a leaf.
	text int
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
		switch t.kind {
		case tokenStart:
			w.start(t)
		case tokenEnd:
			w.end(t)
		default:
			w.piece(t)
		}
	}
	switch {
	case w.family == familyNone:
	case !w.ended:
		w.faults |= faultTruncated
	default:
		for t := w.next(); t.kind != tokenNone; t = w.next() {
			if t.kind == tokenStart && isEntryName(lowered(t.name), w.family) {
				w.behind++
			}
		}
	}
	w.entries = append(w.entries, w.rootItems...)
	if len(w.entries) > maxEntries {
		w.faults |= faultHuge
	}
}

// piece takes in what stands between two tags.
func (w *surveyor) piece(t token) {
	depth := len(w.open)
	if depth > 0 && w.open[depth-1].inForeign && w.open[depth-1].isCut(t) {
		w.faults |= faultHuge
	}
	switch t.kind {
	case tokenText:
		w.faults |= textFaults(t, depth)
		w.spareSpace(t)
	case tokenCDATA:
		w.faults |= sectionFaults(t, depth)
	case tokenComment:
		if t.fault {
			w.faults |= faultSection
		}
		if w.entry == nil {
			w.volatile = append(w.volatile, span{t.pos, t.end}) // how long the document took to make
		}
	case tokenProcessing, tokenDirective:
		if t.fault || w.isMisplaced(t) {
			w.faults |= faultProlog
		}
	}
}

// sectionFaults returns what is wrong with a CDATA section at that depth.
func sectionFaults(t token, depth int) fault {
	if t.fault || t.misspelt || depth == 0 || swallowsItems(t.text) {
		return faultSection
	}
	return 0
}

// isCut takes a piece of a foreign element's content in, and reports whether there are too
// many: gofeed puts them together, each behind all before it. White space between
// elements is no piece, and only too much where it is endless.
func (e *openElement) isCut(t token) bool {
	if t.kind == tokenText && len(bytes.TrimSpace(t.text)) == 0 {
		e.spaces, e.space = e.spaces+1, e.space+len(t.text)
	} else {
		e.pieces++
	}
	return e.pieces >= maxPieces || e.spaces*e.space > maxSpace
}

// textFaults returns what is wrong with a text at that depth.
func textFaults(t token, depth int) fault {
	var faults fault
	switch {
	case t.fault:
		faults |= faultTag
	case depth == 0 && len(bytes.TrimSpace(t.text)) > 0:
		faults |= faultProlog
	}
	if hasBadReference(t.text) {
		faults |= faultAmp
	}
	if bytes.Contains(t.text, []byte("]]>")) {
		faults |= faultSection
	}
	return faults
}

// isMisplaced reports whether a processing instruction or a document type declaration
// can't stay as it is where it stands.
func (w *surveyor) isMisplaced(t token) bool {
	inRoot := len(w.open) > 0
	if t.kind == tokenProcessing {
		// A declaration in the middle would make the decoder change its charset.
		return inRoot && bytes.HasPrefix(w.data[t.pos:], []byte("<?xml "))
	}
	return inRoot || bytes.Contains(w.data[t.pos:t.end], []byte("<!ENTITY"))
}

// start takes a start tag in.
func (w *surveyor) start(t token) {
	w.faults |= w.tagFaults(t)
	depth := len(w.open)
	e := openElement{name: t.name, pos: t.pos, start: t.end}
	if depth == 0 {
		w.family = familyOf(localName(t.name))
		w.names.family = w.family
	}
	e.vocabulary = w.names.enter(t.name, w.attrs, depth, depth == 0)
	if e.undeclared || w.names.misspelt {
		w.faults |= faultNamespace
	}
	if w.names.full {
		w.faults |= faultHuge
	}
	if depth > 0 {
		above := &w.open[depth-1]
		above.author = false // it is more than a text
		e.scope, e.inForeign = above.scope, above.inForeign || !e.own
		if above.leaf {
			w.faults |= faultMarkup
			above.leaf = false
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
		return
	case depth == 0:
		w.ended = true
	case depth == w.entryDepth && w.entry != nil:
		w.entry.span.to = t.end
		w.entry = nil
	default:
		w.meet(&e, span{t.end, t.end}, t.end)
	}
	w.names.leave(depth)
}

// meet takes an element in that ends there, of those that may stand once.
func (w *surveyor) meet(e *openElement, content span, end int) {
	if e.field == singleNone {
		return
	}
	seen, lost := &w.inFeed, &w.lost
	if w.entry != nil {
		seen, lost = &w.inEntry, &w.entry.lost
	}
	o := occurrence{span{e.pos, end}, content, e.filled || isFilled(w.data[content.from:content.to])}
	if l, ok := seen.meet(e.field, o); ok {
		*lost = append(*lost, lostField{e.field, l})
	}
	if w.entry != nil && e.field == singleID {
		w.entry.id = seen[singleID].content
	}
}

// tagFaults returns what is wrong with the spelling of a start tag.
func (w *surveyor) tagFaults(t token) fault {
	var faults fault
	if t.fault || len(w.attrs) > maxAttributes || bytes.Count(t.name, []byte(":")) > 1 {
		faults |= faultTag
	}
	for _, a := range w.attrs {
		if hasBadReference(a.value) {
			faults |= faultAmp
		}
		if string(a.name) == "xml:base" {
			w.bases = append(w.bases, a.pos)
		}
	}
	return faults
}

// inherit adds the tag's own xml:lang and xml:base to what it inherits.
func (w *surveyor) inherit(s *scope) {
	for _, a := range w.attrs {
		switch string(a.name) {
		case "xml:lang":
			s.lang = entity.Decode(a.value)
		case "xml:base":
			s.base = address.Within(s.base, entity.Decode(a.value))
		}
	}
}

// place notes what the element is within its feed.
func (w *surveyor) place(e *openElement, t token, depth int) {
	if e.own && !e.plain {
		w.faults |= faultNamespace
	}
	local := lowered(t.name)
	switch {
	case depth == 0:
		w.body = t.pos
		w.root, w.feed = e.scope, e.scope
		w.ended = w.family == familyNone
	case w.entry != nil && depth == w.entryDepth+1:
		w.placeField(e, t, local)
	case w.open[depth-1].person:
		w.placePersonal(e, local)
	case w.entry != nil:
		e.person = w.family == familyAtom && e.own && isPerson(local)
	case !e.own:
		w.placeForeign(e, local, depth)
	case w.isEntry(local, depth):
		w.beginEntry(e.scope, t.pos, depth)
	case isEntryName(local, w.family):
		w.faults |= faultPlace
	case w.family == familyAtom:
		w.placeAtom(e, local, depth)
	default:
		w.placeRSS(e, local, depth)
	}
}

// beginEntry notes that an item or an entry begins there.
func (w *surveyor) beginEntry(s scope, pos, depth int) {
	info := entryInfo{scope: s, span: span{from: pos}}
	if w.family != familyAtom {
		info.about = entity.Decode(w.ownAttr("about"))
	}
	list := &w.entries
	if depth == 1 && w.family != familyAtom {
		list = &w.rootItems
	}
	*list = append(*list, info)
	w.entry = &(*list)[len(*list)-1]
	w.entryDepth = depth
	w.inEntry = occurrences{}
}

// placeAtom notes what one of Atom's own elements outside the entries is.
func (w *surveyor) placeAtom(e *openElement, local []byte, depth int) {
	if depth != 1 {
		return
	}
	e.person, e.author = isPerson(local), string(local) == "author"
	e.field = singleNamed(local, w.family)
	switch string(local) {
	case "title":
		info := w.text(e.scope)
		e.leaf = !holdsMarkup(info.typ)
		if !w.inFeed[singleTitle].filled {
			w.title = info
		}
	case "link":
		e.address = w.lacksAddress()
	case "updated":
		e.volatile = true
	}
}

// lacksAddress reports whether the current tag is that of a link to the article without an
// address: then its text may be one.
func (w *surveyor) lacksAddress() bool {
	return len(w.ownAttr("href")) == 0 && relation(string(w.ownAttr("rel"))) == "alternate"
}

// placeRSS notes what one of RSS's own elements outside the items is: its channel, or a
// child of that.
func (w *surveyor) placeRSS(e *openElement, local []byte, depth int) {
	switch {
	case depth == 1 && string(local) == "channel":
		if w.hasChannel {
			w.faults |= faultPlace
			return
		}
		w.hasChannel = true
		w.feed = e.scope
		w.about = entity.Decode(w.ownAttr("about"))
	case depth == 2:
		if w.inChannel() {
			e.field = singleNamed(local, w.family)
			e.filled = e.field == singleLink && len(w.ownAttr("href")) > 0
		}
		switch string(local) {
		case "title", "description", "link", "language", "copyright":
			e.leaf = true
		case "pubdate", "lastbuilddate":
			e.leaf, e.volatile = true, true
		case "items":
			e.volatile = true
		}
	}
}

// isEntry reports whether the feed's own element is an item or an entry, and stands where
// one may.
func (w *surveyor) isEntry(local []byte, depth int) bool {
	if w.family == familyAtom {
		return depth == 1 && string(local) == "entry"
	}
	return string(local) == "item" && (depth == 1 || depth == 2 && w.inChannel())
}

// inChannel reports whether the element around is, or may be, RSS's channel.
func (w *surveyor) inChannel() bool {
	return w.open[1].own && string(lowered(w.open[1].name)) == "channel"
}

// placeForeign notes what is not the feed's own and no part of an entry: dates that
// change with each entry, and entries that are written in another namespace.
func (w *surveyor) placeForeign(e *openElement, local []byte, depth int) {
	isAtom := w.family == familyAtom
	switch string(local) {
	case "date":
		e.volatile = e.uri == nsDC && !isAtom && depth == 2
	case "updated":
		e.volatile = depth == 1 && isAtom || e.uri == nsAtom && depth == 2
	case "entry":
		if !isAtom && e.uri == nsAtom && depth <= 2 {
			w.faults |= faultNamespace // it strayed into RSS
		}
	case "title":
		if w.stray == "" && w.isInForeignEntry(e, depth) {
			w.stray = e.uri
		}
	}
}

// isInForeignEntry reports whether the element is a child of an entry in the same
// foreign namespace, which stands where an entry of the feed's own may.
func (w *surveyor) isInForeignEntry(e *openElement, depth int) bool {
	above := &w.open[depth-1]
	if above.own || above.uri != e.uri || !isEntryName(lowered(above.name), w.family) {
		return false
	}
	return depth == 2 || depth == 3 && w.family != familyAtom && string(lowered(w.open[1].name)) == "channel"
}

// placeField notes what a child of an item or entry is.
func (w *surveyor) placeField(e *openElement, t token, local []byte) {
	if e.own && isEntryName(local, w.family) {
		w.faults |= faultPlace
	}
	switch {
	case w.family == familyAtom && e.own:
		w.placeAtomField(e, t, local)
	case w.family == familyAtom:
	case e.own:
		w.placeRSSField(e, t, local)
	case e.uri == nsContent && string(local) == "encoded":
		e.leaf, e.text, e.field = true, t.end, singleContent
		if !w.inEntry[singleContent].filled {
			w.entry.content.scope = e.scope
		}
	case e.uri == nsXHTML && (string(local) == "body" || string(local) == "div") && !t.empty:
		e.from = t.end
	}
}

// placeRSSField notes what one of RSS's own elements in an item is.
func (w *surveyor) placeRSSField(e *openElement, t token, local []byte) {
	e.leaf = true
	e.field = singleNamed(local, w.family)
	isFirst := !w.inEntry[e.field].filled
	switch e.field {
	case singleTitle:
		if isFirst {
			w.entry.title.scope = e.scope
		}
	case singleText:
		e.text = t.end
		if isFirst {
			w.entry.summary.scope = e.scope
		}
	case singleLink:
		e.filled = len(w.ownAttr("href")) > 0
	case singleID:
		if isFirst {
			w.entry.permalink = w.permalink()
		}
	}
}

// permalink returns what the current tag says of a guid: RSS 2.0 has isPermaLink, which is
// written in other letters too.
func (w *surveyor) permalink() string {
	for _, a := range w.attrs {
		if bytes.EqualFold(a.name, []byte("isPermaLink")) {
			return string(bytes.ToLower(bytes.TrimSpace(a.value)))
		}
	}
	return ""
}

// placeAtomField notes what one of Atom's own elements in an entry is.
func (w *surveyor) placeAtomField(e *openElement, t token, local []byte) {
	e.person, e.author = isPerson(local), string(local) == "author"
	e.field = singleNamed(local, w.family)
	var info textInfo
	switch string(local) {
	case "title", "summary", "content":
		info = w.text(e.scope)
		e.filled = len(w.ownAttr("src")) > 0
		if string(local) != "title" {
			e.text = textStart(t, info)
		}
		if !w.inEntry[e.field].filled {
			*w.entry.text(e.field) = info
		}
	case "link":
		e.address = w.lacksAddress()
		return
	case "rights", "copyright", "id", "published", "updated", "issued", "modified":
		info = w.text(e.scope)
	default:
		return
	}
	e.leaf = !holdsMarkup(info.typ) && info.mode != "xml"
}

// placePersonal notes what a child of a person is: gofeed takes one for a part of the
// person (RFC 4287 §3.2) whatever its namespace.
func (w *surveyor) placePersonal(e *openElement, local []byte) {
	if !e.own && isPersonal(local) {
		w.faults |= faultNamespace
	}
}

// text reads how the start tag's text is written.
func (w *surveyor) text(s scope) textInfo {
	info := textInfo{scope: s}
	for _, a := range w.attrs {
		prefix, local := cutName(a.name)
		if string(local) != "type" && string(local) != "mode" {
			continue
		}
		switch {
		case len(prefix) > 0 && !w.names.of(a.name).own:
			w.faults |= faultNamespace // gofeed would take it for Atom's
		case string(local) == "type":
			info.typ = string(bytes.ToLower(a.value))
		default:
			info.mode = string(bytes.ToLower(a.value))
		}
	}
	return info
}

// ownAttr returns an attribute of the current start tag that is the feed's own, with or
// without its prefix; nil if there is none.
func (w *surveyor) ownAttr(name string) []byte {
	for _, a := range w.attrs {
		if prefix, local := cutName(a.name); string(local) == name && (len(prefix) == 0 || w.names.of(a.name).own) {
			return a.value
		}
	}
	return nil
}

// holdsMarkup reports whether a text construct of this type holds elements.
func holdsMarkup(typ string) bool {
	return typ == "xhtml" || bytes.Contains([]byte(typ), []byte("xml"))
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
	w.names.leave(depth - 1)
	switch {
	case depth == 1:
		w.ended = true
		w.volatile = append(w.volatile, span{t.end, len(w.data)})
	case w.entry != nil && depth-1 == w.entryDepth:
		w.entry.span.to = t.end
		w.entry = nil
	default:
		w.leave(&e, t)
	}
}

// leave takes in what an element within the feed's was, which ends there.
func (w *surveyor) leave(e *openElement, t token) {
	switch {
	case e.volatile:
		w.volatile = append(w.volatile, span{e.pos, t.end})
	case e.text > 0 && e.leaf:
		w.spareText(span{e.text, t.pos})
	case e.from > 0 && w.entry != nil:
		w.entry.xhtml = w.data[e.from:t.pos]
	case e.address || e.author:
		w.keepText(e, span{e.start, t.pos})
	}
	w.meet(e, span{e.start, t.pos}, t.end)
}

// keepText notes the text of an element that Atom gives none: the first of its kind.
func (w *surveyor) keepText(e *openElement, content span) {
	link, author := &w.survey.link, &w.survey.author
	if w.entry != nil {
		link, author = &w.entry.link, &w.entry.author
	}
	kept := author
	if e.address {
		kept = link
	}
	if kept.to == 0 && isFilled(w.data[content.from:content.to]) {
		*kept = content
	}
}

// textStart returns where the text of one of Atom's elements begins that may be spared; 0
// for others.
func textStart(t token, info textInfo) int {
	if !isDecodedAlone(info.typ, info.mode) {
		return 0
	}
	return t.end
}

// spareText spares gofeed the content of an element, if that is a long text.
func (w *surveyor) spareText(content span) {
	if isLongText(w.data[content.from:content.to]) {
		w.spared = append(w.spared, sparedPart{content, true})
	}
}

// spareSpace spares gofeed a text that is white space between the elements of an entry.
func (w *surveyor) spareSpace(t token) {
	if w.entry != nil && len(w.open) == w.entryDepth+1 && isWhite(t.text) {
		w.spared = append(w.spared, sparedPart{span: span{t.pos, t.end}})
	}
}
