package feed

import (
	"bytes"
	"slices"
	"strings"
)

// repaired is a document that was rewritten.
type repaired struct {
	text []byte
	// entries is how many items or entries were seen, those among them that could not be
	// kept.
	entries int
	// isCut says that the document ends too early.
	isCut bool
}

// repair rewrites a document that is not well-formed, or whose names hide what they
// mean, so that gofeed reads all of it but the place that is broken. It knows the shape
// of feeds: where an element that holds text lost its end, the next field or item tells.
// Text that holds markup is escaped, what is open at the end is closed, and the field
// that the end cut through is left out; its item too, if nothing tells what it is.
//
// The feed's own elements are written without a prefix, in the namespace that their
// format has; all others with one, in theirs. See names.go.
//
// It returns nil where nothing in the document looks like a feed.
func repair(data []byte, adopted string) *repaired {
	r := repairer{scanner: scanner{data: data}, entities: declaredEntities(data), names: names{adopted: adopted}}
	root, ok := r.root()
	if !ok {
		return nil
	}
	r.out.Grow(len(data) + len(data)/8)
	r.rootAt = len(r.open)
	if r.rootAt == 1 && r.family == familyAtom { // it begins with an entry
		r.items, r.itemTag, r.item.from = 1, string(root.name), r.out.Len()
	}
	r.begin(root)
	r.content()
	return &repaired{text: r.out.Bytes(), entries: r.items, isCut: r.isCut}
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
		local := localName(t.name)
		r.family = familyOf(local)
		switch {
		case r.family != familyNone:
		case bytes.EqualFold(local, []byte("channel")):
			r.family, r.hasChannel = familyRSS, true
			r.wrap(`rss version="2.0"`)
		case bytes.EqualFold(local, []byte("entry")):
			r.family = familyAtom
			r.wrap(`feed xmlns="` + nsAtom + `"`)
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
	r.open = append(r.open, written{source: name, name: name, local: name, own: true})
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
			if r.isCutThrough(t) {
				r.truncate()
				return
			}
			r.start(t)
		case tokenEnd:
			r.end(t)
		}
	}
}

// start takes a start tag in.
func (r *repairer) start(t token) {
	v := r.peek(t.name, r.attrs)
	local := string(lowered(t.name))
	item := r.itemDepth()
	switch {
	case r.startsItem(v, local):
		r.beginItem(t, item)
	case v.own && local == "channel" && r.family != familyAtom && item < 0 && len(r.open) <= 2:
		if !r.hasChannel {
			r.begin(t) // else there was one, whose items these are, too
		}
		r.hasChannel = true
	case item >= 0 && len(r.open) == item+1 && r.isField(v, local),
		item < 0 && len(r.open) <= 2 && r.isFeedField(v, local),
		v.own && r.inPerson():
		r.field(t, local)
	default:
		r.begin(t)
	}
}

// beginItem writes the start of an item. What is open inside the last one, which is at the place
// last, lost its end.
func (r *repairer) beginItem(t token, last int) {
	switch {
	case last >= 0:
		r.closeTo(last)
	case r.inChannel():
		r.closeTo(2)
	case len(r.open) > 1:
		r.closeTo(1)
	}
	r.itemTag = string(t.name)
	if r.items++; r.items > maxEntries {
		r.closeTo(0) // the document ends here
		r.countRest()
		return
	}
	r.item.from, r.item.title, r.item.ident = r.out.Len(), false, r.hasAbout()
	r.begin(t)
}

// hasAbout reports whether the current tag tells which item it is (RSS 1.0 §5.5).
func (r *repairer) hasAbout() bool {
	return slices.ContainsFunc(r.attrs, func(a attr) bool { return string(localName(a.name)) == "about" })
}

// countRest counts the items behind those that are read.
func (r *repairer) countRest() {
	for t := r.next(); t.kind != tokenNone; t = r.next() {
		if t.kind == tokenStart && string(t.name) == r.itemTag {
			r.items++
		}
	}
}

// end takes an end tag in: it closes what is open down to its element. An end
// without a beginning is left out, and so is the end of the root element or of RSS's
// channel where items follow it. RDF's channel ends before them.
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
		r.hasEnded = r.hasEnded || i == r.rootAt
		if (i == 0 || i == 1 && r.inChannel() && r.family != familyRDF) && r.itemsFollow() {
			if item := r.itemDepth(); item > i {
				r.closeTo(item)
			}
			return
		}
		r.closeTo(i)
		return
	}
}

// itemsFollow reports whether there are items behind the current place.
func (r *repairer) itemsFollow() bool {
	tags := []string{"<item", "<entry"}
	if strings.Contains(r.itemTag, ":") {
		tags = append(tags, "<"+r.itemTag)
	}
	for _, tag := range tags {
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
	r.isCut = !r.hasEnded || r.itemDepth() >= 0
	if item := r.itemDepth(); item >= 0 && !(r.item.title && r.item.ident) {
		r.out.Truncate(r.item.from)
		r.open = r.open[:item]
	}
	r.closeTo(0)
}
