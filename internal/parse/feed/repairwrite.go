package feed

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// begin writes a start tag and takes the element as open.
func (r *repairer) begin(t token) {
	if len(r.open) >= maxDepth/2 {
		if !t.empty {
			r.suppressed++
		}
		return
	}
	isStray := false
	if r.rooted {
		isStray = r.isStray(r.peek(t.name, r.attrs), string(lowered(t.name)))
	}
	v, name := r.enter(t)
	e := written{source: string(t.name), name: name, local: string(lowered(t.name)), own: v.own}
	if isStray {
		// What is named as the entry is, is the entry's own.
		prefix, _ := cutName(t.name)
		r.bound = append(r.bound, binding{prefix: string(prefix), depth: len(r.open), vocabulary: vocabulary{uri: v.uri, own: true}})
	}
	if isStray || v.own && e.local == "entry" && r.family != familyAtom {
		e.name, e.local, e.own = "item", "item", true
	}
	r.writeTag(e.name, e.own)
	r.open = append(r.open, e)
	if t.empty {
		r.closeTo(len(r.open) - 1)
	}
}

// enter takes in what the current start tag binds, and returns what its name means and
// the name to be written: the feed's own has no prefix, and any other one. What gofeed
// would take for a part of an Atom person is renamed.
func (r *repairer) enter(t token) (v vocabulary, name string) {
	depth, first := len(r.open), len(r.bound)
	v = r.names.enter(t.name, r.attrs, depth, !r.rooted)
	r.rooted = true
	prefix, rest := cutName(t.name)
	if !v.own && string(prefix) != "xml" && r.binding(prefix) == nil {
		r.bound = append(r.bound, binding{prefix: string(prefix), depth: depth, vocabulary: v})
	}
	for i := first; i < len(r.bound); i++ {
		if b := &r.bound[i]; !b.own {
			b.out = r.prefixFor(b.prefix)
		}
	}
	name = strings.ReplaceAll(string(rest), ":", "_")
	if name == "" || !isNameStart(name[0]) || !v.own && r.inPerson() && isPersonal(lowered(t.name)) {
		name = "_" + name
	}
	if v.own {
		return v, name
	}
	if b := r.binding(prefix); b != nil {
		return v, b.out + ":" + name
	}
	return v, "xml:" + name
}

// prefixFor returns the prefix that is written for one of the document: the same, but
// for the default and for what can't be written.
func (r *repairer) prefixFor(prefix string) string {
	if isPlainName(prefix) && !strings.HasPrefix(strings.ToLower(prefix), "xml") {
		return prefix
	}
	r.invented++
	return "_" + strconv.Itoa(r.invented)
}

// contentName returns the name of content:encoded in the element that has been entered.
func (r *repairer) contentName() string {
	r.bound = append(r.bound, binding{prefix: "content", depth: len(r.open), out: "content", vocabulary: vocabulary{uri: nsContent}})
	return "content:encoded"
}

// writeTag writes a start tag with the attributes of the current one, and with the
// namespaces that its element binds.
func (r *repairer) writeTag(name string, own bool) {
	r.inText = false
	r.out.WriteByte('<')
	r.out.WriteString(name)
	if len(r.open) == 0 {
		r.writeAttr("xmlns", r.ownNamespace())
	}
	var done []string
	for _, b := range slices.Backward(r.bound) {
		if b.depth < len(r.open) {
			break
		}
		if name := "xmlns:" + b.out; b.out != "" && !slices.Contains(done, name) {
			done = append(done, name)
			r.writeAttr(name, b.uri)
		}
	}
	for _, a := range r.attrs[:min(len(r.attrs), maxAttributes)] {
		if attrName := r.attrName(a, own); attrName != "" && !slices.Contains(done, attrName) {
			done = append(done, attrName)
			r.writeAttr(attrName, r.unescape(a.value))
		}
	}
	r.out.WriteByte('>')
}

// ownNamespace returns the namespace that gofeed knows the feed's own elements by.
func (r *repairer) ownNamespace() string {
	switch {
	case r.family == familyAtom && r.uri != nsAtom03:
		return nsAtom
	case r.family == familyAtom:
		return nsAtom03
	case r.family == familyRDF:
		for _, b := range r.bound {
			if b.uri == nsRSS10 || b.uri == nsRSS09 || b.uri == nsRSS090 {
				return b.uri
			}
		}
	}
	return ""
}

// attrName returns the name that is written for an attribute; "" for none. One that is
// not the element's own must not look like it where the element is the feed's own.
func (r *repairer) attrName(a attr, own bool) string {
	if _, binds := bound(a); binds || !isPlainName(string(a.name)) {
		return ""
	}
	prefix, local := cutName(a.name)
	if len(prefix) == 0 || string(prefix) == "xml" {
		return string(a.name)
	}
	misleads := own && (string(local) == "type" || string(local) == "mode") // gofeed would take it for the element's own
	b := r.binding(prefix)
	switch {
	case b != nil && b.out != "":
		if misleads {
			return ""
		}
		return b.out + ":" + string(local)
	case slices.ContainsFunc(r.attrs, func(other attr) bool { return string(other.name) == string(local) }):
		return ""
	case b == nil && misleads && !r.unbound(prefix).own:
		return ""
	}
	return string(local)
}

func (r *repairer) writeAttr(name, value string) {
	if strings.HasPrefix(name, "xmlns") && value == "" {
		return
	}
	r.out.WriteByte(' ')
	r.out.WriteString(name)
	r.out.WriteString(`="`)
	r.write(value, true)
	r.out.WriteByte('"')
}

// closeTo closes the open elements down to the one at that place.
func (r *repairer) closeTo(i int) {
	for len(r.open) > i {
		r.out.WriteString("</" + r.open[len(r.open)-1].name + ">")
		r.open = r.open[:len(r.open)-1]
		r.inText = false
	}
	r.leave(i)
	r.suppressed = 0
}

// writeText writes text or a CDATA section as text, unless the element is cut into
// pieces beyond reason.
func (r *repairer) writeText(t token) {
	top := &r.open[len(r.open)-1]
	if !r.inText {
		top.pieces++
	}
	if top.pieces > maxPieces {
		return
	}
	r.inText = true
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
		case c == '\f' || c == '\v':
			r.out.WriteByte(' ') // they part words
		case entity.IsChar(c):
			r.out.WriteRune(c)
		}
	}
}
