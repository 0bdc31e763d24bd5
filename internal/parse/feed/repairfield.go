package feed

import (
	"bytes"
	"slices"
	"strings"
)

// field writes an element that holds text, up to its end or to where its end must
// have been.
func (r *repairer) field(t token, local string) {
	attrs := slices.Clone(r.attrs)
	text, hasMarkup, complete := "", false, true
	if !t.empty {
		text, hasMarkup, complete = r.fieldText(t, attrs)
	}
	if !complete {
		return // the end of the document cut through it
	}
	r.attrs = attrs
	v, name := r.enter(t)
	if hasMarkup && r.family == familyAtom {
		r.attrs = slices.DeleteFunc(r.attrs, func(a attr) bool { return string(a.name) == "type" || string(a.name) == "mode" })
		r.attrs = append(r.attrs, attr{name: []byte("type"), value: []byte("html")})
	}
	if r.isXHTMLBody(v, local) {
		name, r.attrs = r.contentName(), nil
	}
	if v.own {
		switch local {
		case "title":
			r.item.title = true
		case "link", "guid", "id":
			r.item.ident = true
		}
	}
	r.writeTag(name, v.own)
	r.open = append(r.open, written{source: string(t.name), name: name, local: local, own: v.own})
	r.write(text, false)
	r.closeTo(len(r.open) - 1)
}

// fieldText reads the content of an element that holds text. The text is unescaped;
// where the element holds markup, it is that markup.
func (r *repairer) fieldText(t token, attrs []attr) (text string, hasMarkup, complete bool) {
	var c fieldContent
	if !r.readField(&c, t.name) {
		return "", false, false
	}
	if (c.hasMarkup || r.declaresMarkup(attrs)) && !c.isEscaped {
		return c.raw.String(), true, true
	}
	return c.decoded.String(), c.hasMarkup, true
}

// fieldContent is what stands in an element that holds text.
type fieldContent struct {
	raw, decoded strings.Builder // as it is written, and with its references decoded
	hasMarkup    bool            // it holds tags
	isEscaped    bool            // it holds text that may be markup once it is decoded
}

func (c *fieldContent) addText(text []byte, decoded string) {
	c.raw.Write(text)
	c.decoded.WriteString(decoded)
	c.isEscaped = c.isEscaped || bytes.Contains(text, []byte("&lt;"))
}

func (c *fieldContent) addSection(text []byte) {
	c.raw.Write(text)
	c.decoded.Write(text)
	c.isEscaped = true
}

func (c *fieldContent) addTag(tag []byte) {
	c.raw.Write(tag)
	c.decoded.Write(tag)
	c.hasMarkup = true
}

// readField reads up to the end of the element of that name, or to where it must have
// been. It reports whether the element is whole, and the document did not end within it.
func (r *repairer) readField(c *fieldContent, name []byte) (complete bool) {
	for {
		t := r.next()
		switch t.kind {
		case tokenNone:
			return false
		case tokenText:
			c.addText(t.text, r.unescape(t.text))
		case tokenCDATA:
			text, ok := r.sectionText(t, string(name))
			if !ok {
				return false
			}
			c.addSection(text)
		case tokenStart:
			if r.isCutThrough(t) {
				return false
			}
			v, local := r.peek(t.name, r.attrs), string(lowered(t.name))
			if r.startsItem(v, local) || r.isSibling(v, local) && !r.closesAhead(string(name)) {
				r.pos = t.pos
				return true
			}
			c.addTag(r.data[t.pos:t.end])
		case tokenEnd:
			if bytes.EqualFold(t.name, name) {
				return true
			}
			if r.isOpen(t.name) {
				r.pos = t.pos
				return true
			}
			c.addTag(r.data[t.pos:t.end])
		}
	}
}

// sectionText returns what a CDATA section in an element of that name holds. One that lost
// its end goes as far as the element does; ok is false where that has no end either.
func (r *repairer) sectionText(t token, name string) (text []byte, ok bool) {
	if !t.fault && (r.lookahead <= 0 || !swallowsItems(t.text)) {
		return t.text, true
	}
	r.lookahead -= len(t.text)
	from := t.pos + len("<![CDATA[")
	end := r.endAhead(from, name)
	if end < 0 {
		return t.text, !t.fault
	}
	r.pos = end
	return r.data[from:end], true
}

// isOpen reports whether an element of that name is open around the field.
func (r *repairer) isOpen(name []byte) bool {
	return slices.ContainsFunc(r.open, func(e written) bool { return e.source == string(name) })
}

// declaresMarkup reports whether Atom's type attribute says that an element holds markup.
func (r *repairer) declaresMarkup(attrs []attr) bool {
	return r.family == familyAtom && slices.ContainsFunc(attrs, func(a attr) bool {
		return string(a.name) == "type" && holdsMarkup(strings.ToLower(string(a.value)))
	})
}

// closesAhead reports whether the field's end tag stands before the next item.
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
