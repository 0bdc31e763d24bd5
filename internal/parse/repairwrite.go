package parse

import (
	"bytes"
	"slices"
	"strings"
)

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
