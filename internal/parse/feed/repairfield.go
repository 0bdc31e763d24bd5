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
		r.attrs = append(r.attrs, attr{[]byte("type"), []byte("html")})
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
	name := string(t.name)
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
			v, local := r.peek(u.name, r.attrs), string(lowered(u.name))
			if r.startsItem(v, local) || r.isSibling(v, local) && !r.closesAhead(name) {
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
