package parse

import (
	"bytes"
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
