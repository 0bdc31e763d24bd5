package parse

import (
	"bytes"
	"slices"
	"strings"
)

// repair rewrites a document that is not well-formed, so that gofeed reads all of
// it but the place that is broken. It knows the shape of feeds: where an element
// that holds text lost its end, the next field or item tells. Text that holds
// markup is escaped, what is open at the end is closed, and the field that the end
// cut through is left out; its item too, if nothing tells what it is.
//
// It returns nil where nothing in the document looks like a feed.
func repair(data []byte) []byte {
	r := repairer{scanner: scanner{data: data}, entities: declaredEntities(data)}
	root, ok := r.root()
	if !ok {
		return nil
	}
	r.out.Grow(len(data) + len(data)/8)
	r.begin(root)
	r.content()
	return r.out.Bytes()
}

// repairer writes a document anew while it walks it.
type repairer struct {
	scanner
	out      bytes.Buffer
	family   family
	open     []written
	entities map[string]string
	// prefixes are those that the open elements declare.
	prefixes   []string
	namespaces int
	// suppressed counts the open elements that were too deep to be written.
	suppressed int
	// lookahead is how many bytes may still be searched for a lost end.
	lookahead int
	items     int // that were begun
	// item is the item or entry that is open.
	item struct {
		from         int // where it begins in out
		title, ident bool
	}
}

// written is an element that was written and not closed yet.
type written struct {
	source   string // the name in the document, with its prefix
	name     string // the name that was written
	local    string // in small letters
	prefixes int    // how many prefixes were declared before it
}

// root finds the element that a feed begins with.
func (r *repairer) root() (token, bool) {
	r.lookahead = 4 * len(r.data)
	for {
		t := r.next()
		if t.kind == tokenNone {
			return t, false
		}
		if t.kind != tokenStart {
			continue
		}
		switch strings.ToLower(string(localName(t.name))) {
		case "rss":
			r.family = familyRSS
		case "rdf":
			r.family = familyRDF
		case "feed":
			r.family = familyAtom
		case "channel":
			r.family = familyRSS
			r.wrap(`rss version="2.0"`)
		case "entry":
			r.family = familyAtom
			r.wrap(`feed xmlns="http://www.w3.org/2005/Atom"`)
		default:
			continue
		}
		return t, true
	}
}

// wrap begins a root element that the document lacks.
func (r *repairer) wrap(tag string) {
	r.out.WriteString("<" + tag + ">")
	name, _, _ := strings.Cut(tag, " ")
	r.open = append(r.open, written{source: name, name: name, local: name})
}

// content rewrites everything up to the end of the root element.
func (r *repairer) content() {
	for len(r.open) > 0 {
		t := r.next()
		switch t.kind {
		case tokenNone:
			r.truncate()
			return
		case tokenText, tokenCDATA:
			if !r.structural() {
				r.writeText(t)
			}
		case tokenStart:
			if t.fault && r.pos == len(r.data) && r.data[len(r.data)-1] != '>' {
				r.truncate()
				return
			}
			r.start(t)
		case tokenEnd:
			r.end(t)
		}
	}
}

// structural tells whether the innermost element holds no text of its own.
func (r *repairer) structural() bool {
	if len(r.open) <= 1 {
		return true
	}
	top := r.open[len(r.open)-1]
	return top.local == "channel" || r.isItem(top.name, top.local, len(r.open)-1)
}

// isItem tells whether an element of that name at that depth is an item or entry.
func (r *repairer) isItem(name, local string, depth int) bool {
	if r.family == familyAtom {
		return local == "entry" && depth == 1
	}
	return local == "item" && (depth == 1 || depth == 2 && r.open[1].local == "channel") && r.native(name)
}

// native tells whether a name belongs to the feed's own format.
func (r *repairer) native(name string) bool {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok {
		return true
	}
	root, _, ok := strings.Cut(r.open[0].name, ":")
	return ok && root == prefix || prefix == "rss" && r.family != familyAtom || prefix == "atom" && r.family == familyAtom
}

// itemDepth returns the place of the open item in the stack; -1 if none is open.
func (r *repairer) itemDepth() int {
	for i := 1; i < min(len(r.open), 3); i++ {
		if r.isItem(r.open[i].name, r.open[i].local, i) {
			return i
		}
	}
	return -1
}

// start takes a start tag in.
func (r *repairer) start(t token) {
	name := string(t.name)
	local := strings.ToLower(string(localName(t.name)))
	item := r.itemDepth()
	switch {
	case r.startsItem(name, local):
		// An item begins: what is open inside the last one lost its end.
		if item >= 0 {
			r.closeTo(item)
		} else if r.family != familyAtom && len(r.open) > 2 && r.open[1].local == "channel" {
			r.closeTo(2)
		}
		if r.items++; r.items > maxEntries {
			r.closeTo(0) // the document ends here
			return
		}
		r.item.from, r.item.title, r.item.ident = r.out.Len(), false, r.attr("about") != nil
		r.begin(t)
	case item >= 0 && len(r.open) == item+1 && r.isField(name, local),
		item < 0 && len(r.open) <= 2 && r.isFeedField(name, local),
		r.isPersonField(name):
		r.field(t, name, local)
	default:
		r.begin(t)
	}
}

// startsItem tells whether the tag begins an item, wherever it stands.
func (r *repairer) startsItem(name, local string) bool {
	if r.family == familyAtom {
		return local == "entry" && r.native(name)
	}
	return (local == "item" || local == "entry") && r.native(name)
}

// isField tells whether a child of an item holds text and nothing else.
func (r *repairer) isField(name, local string) bool {
	if r.family == familyAtom {
		return r.native(name) && isAtomText(local)
	}
	if r.native(name) {
		return true
	}
	return local == "encoded" || strings.HasPrefix(name, "dc:") || strings.HasPrefix(name, "dcterms:") || r.isXHTMLBody(name, local)
}

// isXHTMLBody tells whether the element is content of an RSS item in XHTML.
func (r *repairer) isXHTMLBody(name, local string) bool {
	return r.family != familyAtom && strings.Contains(name, ":") && (local == "body" || local == "div")
}

func isAtomText(local string) bool {
	switch local {
	case "title", "subtitle", "tagline", "summary", "content", "rights", "copyright", "info", "id", "published",
		"updated", "issued", "modified", "created", "generator", "icon", "logo":
		return true
	}
	return false
}

// isFeedField tells whether a child of the feed or channel holds text alone.
func (r *repairer) isFeedField(name, local string) bool {
	if !r.native(name) {
		return strings.HasPrefix(name, "dc:")
	}
	if r.family == familyAtom {
		return isAtomText(local)
	}
	switch local {
	case "title", "link", "description", "language", "copyright", "managingeditor", "webmaster", "pubdate",
		"lastbuilddate", "category", "generator", "docs", "ttl", "rating":
		return true
	}
	return false
}

// isPersonField tells whether the element is a part of an Atom person (RFC 4287
// §3.2).
func (r *repairer) isPersonField(name string) bool {
	top := r.open[len(r.open)-1].local
	return r.family == familyAtom && (top == "author" || top == "contributor") && r.native(name)
}

// field writes an element that holds text, up to its end or to where its end must
// have been.
func (r *repairer) field(t token, name, local string) {
	attrs := slices.Clone(r.attrs)
	text, hasMarkup, complete := "", false, true
	if !t.empty {
		text, hasMarkup, complete = r.fieldText(t, name, local, attrs)
	}
	if !complete {
		return // the end of the document cut through it
	}
	if hasMarkup && r.family == familyAtom {
		attrs = slices.DeleteFunc(attrs, func(a attr) bool { return string(a.name) == "type" || string(a.name) == "mode" })
		attrs = append(attrs, attr{[]byte("type"), []byte("html")})
	}
	if r.isXHTMLBody(name, local) {
		name, local, attrs = "content:encoded", "encoded", nil
	}
	switch local {
	case "title":
		r.item.title = true
	case "link", "guid", "id":
		r.item.ident = true
	}
	r.attrs = attrs
	r.writeTag(name)
	r.open = append(r.open, written{source: name, name: name, local: local, prefixes: len(r.prefixes)})
	r.write(text, false)
	r.closeTo(len(r.open) - 1)
}

// fieldText reads the content of an element that holds text. The text is unescaped;
// where the element holds markup, it is that markup.
func (r *repairer) fieldText(t token, name, local string, attrs []attr) (text string, hasMarkup, complete bool) {
	var raw, decoded strings.Builder
	escapedMarkup := false
	done := func() (string, bool, bool) {
		declared := false
		for _, a := range attrs {
			if r.family == familyAtom && string(a.name) == "type" && holdsMarkup(strings.ToLower(string(a.value))) {
				declared = true
			}
		}
		if (hasMarkup || declared) && !escapedMarkup {
			return raw.String(), true, true
		}
		return decoded.String(), hasMarkup, true
	}
	for {
		at := r.pos
		u := r.next()
		switch u.kind {
		case tokenNone:
			return "", false, false
		case tokenText:
			raw.Write(u.text)
			s := r.unescape(u.text)
			escapedMarkup = escapedMarkup || bytes.Contains(u.text, []byte("&lt;"))
			decoded.WriteString(s)
		case tokenCDATA:
			text := u.text
			if u.fault || r.lookahead > 0 && swallowsItems(text) {
				// Its end was lost: it ends where the field does.
				r.lookahead -= len(text)
				if i := r.endAhead(at+len("<![CDATA["), name); i >= 0 {
					text = r.data[at+len("<![CDATA[") : i]
					r.pos = i
				} else if u.fault {
					return "", false, false
				}
			}
			raw.Write(text)
			decoded.Write(text)
			escapedMarkup = true
		case tokenStart:
			if u.fault && r.pos == len(r.data) && r.data[len(r.data)-1] != '>' {
				return "", false, false
			}
			childName, childLocal := string(u.name), strings.ToLower(string(localName(u.name)))
			if r.startsItem(childName, childLocal) || r.isSibling(childName, childLocal) && !r.closesAhead(name) {
				r.pos = at
				return done()
			}
			hasMarkup = true
			raw.Write(r.data[u.pos:u.end])
			decoded.Write(r.data[u.pos:u.end])
		case tokenEnd:
			if bytes.Equal(u.name, t.name) || strings.EqualFold(string(u.name), name) {
				return done()
			}
			for i := len(r.open) - 1; i >= 0; i-- {
				if r.open[i].source == string(u.name) {
					r.pos = at
					return done()
				}
			}
			hasMarkup = true
			raw.Write(r.data[u.pos:u.end])
			decoded.Write(r.data[u.pos:u.end])
		}
	}
}

// isSibling tells whether a tag inside a field looks like the next field.
func (r *repairer) isSibling(name, local string) bool {
	if r.family == familyAtom {
		return isAtomText(local) || local == "author" || local == "link" || local == "category"
	}
	switch local {
	case "title", "link", "description", "pubdate", "guid", "author", "category", "comments", "enclosure", "source", "encoded", "creator":
		return true
	}
	return strings.HasPrefix(name, "dc:")
}

// closesAhead tells whether the field's end tag stands before the next item.
func (r *repairer) closesAhead(name string) bool {
	end := "</" + name
	for i := r.pos; i < len(r.data) && r.lookahead > 0; {
		j := bytes.IndexByte(r.data[i:], '<')
		if j < 0 {
			return false
		}
		r.lookahead -= j + 1
		i += j
		rest := r.data[i:]
		switch {
		case bytes.HasPrefix(rest, []byte(end)):
			return true
		case bytes.HasPrefix(rest, []byte("</item")), bytes.HasPrefix(rest, []byte("<item")),
			bytes.HasPrefix(rest, []byte("</entry")), bytes.HasPrefix(rest, []byte("<entry")):
			return false
		}
		i++
	}
	return false
}

// endAhead returns the place of the next end tag of that name; -1 if there is none.
func (r *repairer) endAhead(from int, name string) int {
	if r.lookahead <= 0 {
		return -1
	}
	i := bytes.Index(r.data[from:], []byte("</"+name))
	if i < 0 {
		r.lookahead -= len(r.data) - from
		return -1
	}
	r.lookahead -= i
	return from + i
}

// begin writes a start tag and takes the element as open.
func (r *repairer) begin(t token) {
	if len(r.open) >= maxDepth/2 {
		if !t.empty {
			r.suppressed++
		}
		return
	}
	name := string(t.name)
	before := len(r.prefixes)
	e := written{source: name, name: name, local: strings.ToLower(string(localName(t.name))), prefixes: before}
	if r.family != familyAtom && e.local == "entry" && r.startsItem(e.name, e.local) {
		e.name, e.local = "item", "item" // an entry of Atom that strayed into RSS
	}
	r.writeTag(e.name)
	r.open = append(r.open, e)
	if t.empty {
		r.closeTo(len(r.open) - 1)
	}
}

// writeTag writes a start tag with the attributes of the current one.
func (r *repairer) writeTag(name string) {
	r.out.WriteByte('<')
	r.out.WriteString(name)
	for i, a := range r.attrs {
		if i >= maxAttributes {
			break
		}
		attrName := string(a.name)
		if !isPlainName(attrName) || slices.ContainsFunc(r.attrs[:i], func(b attr) bool { return bytes.Equal(a.name, b.name) }) {
			continue
		}
		if prefix, ok := strings.CutPrefix(attrName, "xmlns:"); ok {
			if r.namespaces++; r.namespaces > maxNamespaces || len(a.value) == 0 {
				continue
			}
			r.prefixes = append(r.prefixes, prefix)
		} else if attrName == "xmlns" {
			if r.namespaces++; r.namespaces > maxNamespaces || r.family != familyAtom && isForeign(a.value) {
				continue
			}
		} else if prefix, local, ok := strings.Cut(attrName, ":"); ok && prefix != "xml" && !r.declares(prefix) {
			attrName = local
		}
		r.out.WriteByte(' ')
		r.out.WriteString(attrName)
		r.out.WriteString(`="`)
		r.write(r.unescape(a.value), true)
		r.out.WriteByte('"')
	}
	if prefix, _, ok := strings.Cut(name, ":"); ok && prefix != "xml" && !r.declares(prefix) {
		r.prefixes = append(r.prefixes, prefix)
		r.out.WriteString(" xmlns:" + prefix + `="` + namespaceOf(prefix) + `"`)
	}
	r.out.WriteByte('>')
}

// declares tells whether the prefix is declared, by an open element or this one.
func (r *repairer) declares(prefix string) bool {
	if slices.Contains(r.prefixes, prefix) {
		return true
	}
	return slices.ContainsFunc(r.attrs, func(a attr) bool { return string(a.name) == "xmlns:"+prefix })
}

// end takes an end tag in: it closes what is open down to its element. An end
// without a beginning is left out, and so is the end of the root element where
// items follow it.
func (r *repairer) end(t token) {
	if r.suppressed > 0 {
		r.suppressed--
		return
	}
	name := string(t.name)
	for i := len(r.open) - 1; i >= 0; i-- {
		if !strings.EqualFold(r.open[i].source, name) {
			continue
		}
		if (i == 0 || r.open[i].local == "channel") && r.itemsFollow() {
			if item := r.itemDepth(); item > i {
				r.closeTo(item)
			}
			return
		}
		r.closeTo(i)
		return
	}
}

// itemsFollow tells whether there are items behind the current place.
func (r *repairer) itemsFollow() bool {
	for _, tag := range []string{"<item", "<entry"} {
		for at := r.pos; r.lookahead > 0; {
			i := bytes.Index(r.data[at:], []byte(tag))
			if i < 0 {
				r.lookahead -= len(r.data) - at
				break
			}
			r.lookahead -= i
			at += i + len(tag)
			if at < len(r.data) && (r.data[at] == '>' || isSpace(r.data[at])) {
				return true
			}
		}
	}
	return false
}

// truncate closes what is open at a premature end. An item of which neither title
// nor address is known is taken back.
func (r *repairer) truncate() {
	if item := r.itemDepth(); item >= 0 && !(r.item.title && r.item.ident) {
		r.out.Truncate(r.item.from)
		r.open = r.open[:item]
	}
	r.closeTo(0)
}

// closeTo closes the open elements down to the one at that place.
func (r *repairer) closeTo(i int) {
	for len(r.open) > i {
		top := r.open[len(r.open)-1]
		r.out.WriteString("</" + top.name + ">")
		r.prefixes = r.prefixes[:min(len(r.prefixes), top.prefixes)]
		r.open = r.open[:len(r.open)-1]
	}
	r.suppressed = 0
}

// writeText writes text or a CDATA section as text.
func (r *repairer) writeText(t token) {
	if t.kind == tokenCDATA {
		r.write(string(t.text), false)
		return
	}
	r.write(r.unescape(t.text), false)
}

// write escapes text, without the characters that XML forbids.
func (r *repairer) write(s string, inAttribute bool) {
	for _, c := range s {
		switch {
		case c == '&':
			r.out.WriteString("&amp;")
		case c == '<':
			r.out.WriteString("&lt;")
		case c == '>':
			r.out.WriteString("&gt;")
		case c == '"' && inAttribute:
			r.out.WriteString("&quot;")
		case isXMLChar(c):
			r.out.WriteRune(c)
		}
	}
}

// unescape decodes the references of text once, those to the document's own
// entities too.
func (r *repairer) unescape(text []byte) string {
	if len(r.entities) == 0 || bytes.IndexByte(text, '&') < 0 {
		return unescape(text)
	}
	var b strings.Builder
	for rest := text; ; {
		i := bytes.IndexByte(rest, '&')
		if i < 0 {
			b.WriteString(unescape(rest))
			return b.String()
		}
		end := bytes.IndexByte(rest[i:min(len(rest), i+64)], ';')
		if end < 0 {
			b.WriteString(unescape(rest[:i]))
			b.WriteByte('&')
			rest = rest[i+1:]
			continue
		}
		ref := rest[i : i+end+1]
		b.WriteString(unescape(rest[:i]))
		if v, ok := r.entities[string(ref[1:end])]; ok {
			b.WriteString(v)
			rest = rest[i+end+1:]
			continue
		}
		if whole := unescape(ref); whole != string(ref) {
			b.WriteString(whole)
			rest = rest[i+end+1:]
			continue
		}
		b.WriteByte('&')
		rest = rest[i+1:]
	}
}

// entityLimit is how long the value of an entity may be that a document declares.
const entityLimit = 256

// declaredEntities returns the entities that the document's own declaration gives a
// short text without further references, which is all that feeds use and no bomb.
func declaredEntities(data []byte) map[string]string {
	head := data[:min(len(data), directiveLimit)]
	var entities map[string]string
	for {
		i := bytes.Index(head, []byte("<!ENTITY"))
		if i < 0 {
			return entities
		}
		head = head[i+len("<!ENTITY"):]
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			return entities
		}
		fields := bytes.Fields(head[:end])
		quote := bytes.IndexAny(head[:end], `"'`)
		if len(fields) < 2 || quote < 0 || !isPlainName(string(fields[0])) {
			continue
		}
		value := head[quote+1 : end]
		stop := bytes.IndexByte(value, head[quote])
		if stop < 0 || stop > entityLimit || bytes.HasPrefix(fields[1], []byte("SYSTEM")) || bytes.HasPrefix(fields[1], []byte("PUBLIC")) {
			continue
		}
		text := unescape(value[:stop])
		if strings.ContainsAny(text, "&<") && hasNamedReference(value[:stop]) {
			continue
		}
		if entities == nil {
			entities = map[string]string{}
		}
		if len(entities) < 512 {
			entities[string(fields[0])] = text
		}
	}
}

// hasNamedReference tells whether the text refers to entities by name.
func hasNamedReference(text []byte) bool {
	i := bytes.IndexByte(text, '&')
	return i >= 0 && i+1 < len(text) && text[i+1] != '#'
}

// isPlainName tells whether a name can be written into XML as it is.
func isPlainName(name string) bool {
	if name == "" || !isNameStart(name[0]) || name[0] == ':' || strings.HasSuffix(name, ":") || strings.Count(name, ":") > 1 {
		return false
	}
	for i := range len(name) {
		if name[i] >= 0x80 || !isNameByte(name[i]) {
			return false
		}
	}
	return true
}

// namespaceOf returns the namespace that feeds mean by a prefix.
func namespaceOf(prefix string) string {
	switch prefix {
	case "atom", "atom10":
		return "http://www.w3.org/2005/Atom"
	case "content":
		return "http://purl.org/rss/1.0/modules/content/"
	case "dc":
		return "http://purl.org/dc/elements/1.1/"
	case "dcterms":
		return "http://purl.org/dc/terms/"
	case "itunes":
		return "http://www.itunes.com/dtds/podcast-1.0.dtd"
	case "media":
		return "http://search.yahoo.com/mrss/"
	case "rdf":
		return "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	case "sy":
		return "http://purl.org/rss/1.0/modules/syndication/"
	case "georss":
		return "http://www.georss.org/georss"
	case "xhtml":
		return "http://www.w3.org/1999/xhtml"
	}
	return "urn:x-undeclared:" + prefix
}
