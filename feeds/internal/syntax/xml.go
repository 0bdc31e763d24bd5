package syntax

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// XML reads well-formed XML with namespaces, forwards, and copies only what has
// references. It knows no DTD: what we write has none, and what has one is a flaw.
type XML struct {
	doc    string
	report Report
	// verbatim leaves texts and values as they are written, and names with their prefixes.
	verbatim bool
	pos      int
	open     []openElement
	bound    []binding
	attrs    []Attr // of the newest start tag
	closed   bool   // the newest start tag was an empty element's
	failed   bool
	rooted   bool
}

// NewXML returns a reader of a document that is UTF-8.
func NewXML(doc string, report Report) *XML { return &XML{doc: doc, report: report} }

// NewVerbatim returns a reader that leaves the references in texts and in values of
// attributes as they are written, and names with their prefixes: all that it gives stands
// in the document.
func NewVerbatim(doc string, report Report) *XML {
	return &XML{doc: doc, report: report, verbatim: true}
}

// openElement is an element that has not ended.
type openElement struct {
	name  string // with its prefix
	bound int    // how many bindings were there before it
}

type binding struct{ prefix, space string }

// Attr is an attribute; those that declare namespaces are not among an element's.
type Attr struct {
	Space, Name, Value string
	At                 int // its offset
}

// Element is a start tag, or for a text only its offset.
type Element struct {
	Space, Name string
	At          int
	Attrs       []Attr // until the next tag is read
}

// Attr returns the value of an attribute that is in no namespace.
func (e *Element) Attr(name string) (string, bool) { return e.in("", name) }

// Lang returns the element's xml:lang.
func (e *Element) Lang() (string, bool) { return e.in(namespace.XML, "lang") }

func (e *Element) in(space, name string) (string, bool) {
	for i := range e.Attrs {
		if e.Attrs[i].Name == name && e.Attrs[i].Space == space {
			return e.Attrs[i].Value, true
		}
	}
	return "", false
}

// Kind is what [XML.Next] has read.
type Kind uint8

// The kinds.
const (
	End   Kind = iota // an end tag, the end of the document, or a flaw after which nothing can be read
	Start             // a start tag
	Text              // text, its references resolved
)

// Pos returns the offset up to which the document has been read.
func (x *XML) Pos() int { return x.pos }

// Failed reports whether the document is not well-formed, so that nothing more is read.
func (x *XML) Failed() bool { return x.failed }

// Children reads the rest of an element that has only elements in it. Each must read
// the child to its end.
func (x *XML) Children(each func(Element)) {
	for {
		x.indent()
		switch kind, e, text := x.Next(); kind {
		case End:
			return
		case Text:
			if !isBlank(text) {
				x.report(e.At, Misplaced, "text between elements: %s", value.Excerpt(strings.TrimSpace(text)))
			}
		case Start:
			each(e)
		}
	}
}

// indent reads white space before a tag, which is the most of what stands between
// elements.
func (x *XML) indent() {
	i := x.pos
	for i < len(x.doc) && IsSpace(x.doc[i]) {
		i++
	}
	if !x.closed && i < len(x.doc) && x.doc[i] == '<' {
		x.pos = i
	}
}

// Text reads the rest of an element that has only text in it. The offset is that of
// the text.
func (x *XML) Text() (s string, at int) {
	if s, at, ok := x.leaf(); ok {
		return s, at
	}
	var joined strings.Builder
	parts := 0
	at = x.pos
	for {
		switch kind, e, text := x.Next(); kind {
		case End:
			if parts > 1 {
				s = joined.String()
			}
			return s, at
		case Start:
			x.report(e.At, Misplaced, "<%s> where text is expected", e.Name)
			x.Skip()
		case Text:
			if parts++; parts == 1 {
				s, at = text, e.At
				continue
			} else if parts == 2 {
				joined.WriteString(s)
			}
			joined.WriteString(text)
		}
	}
}

// leaf reads the rest of an element that has one text in it or none, as most have; what
// is not so plain is not read. It comes to the same as [XML.Next] in fewer steps.
func (x *XML) leaf() (text string, at int, ok bool) {
	if x.closed || len(x.open) == 0 {
		return "", 0, false
	}
	name, rest := x.open[len(x.open)-1].name, x.doc[x.pos:]
	n := strings.IndexByte(rest, '<')
	if n < 0 || !endsWith(rest[n:], name) || sectionEnd(rest[:n]) >= 0 {
		return "", 0, false
	}
	at = x.pos
	x.pos += n + len("</") + len(name) + len(">")
	x.pop()
	return x.unescape(rest[:n], at), at, true
}

// endsWith reports whether the end tag of that name comes next, as it is nearly always
// written.
func endsWith(rest, name string) bool {
	const around = len("</") + len(">")
	return len(rest) >= around+len(name) && rest[1] == '/' && rest[2+len(name)] == '>' && rest[2:2+len(name)] == name
}

// Skip reads the rest of an element, whatever is in it.
func (x *XML) Skip() {
	if _, _, ok := x.leaf(); ok {
		return
	}
	for depth := 1; depth > 0; {
		switch kind, _, _ := x.Next(); kind {
		case Start:
			depth++
		case End:
			depth--
			if x.failed {
				return
			}
		}
	}
}

// Next reads one token.
func (x *XML) Next() (Kind, Element, string) {
	if x.closed {
		x.closed = false
		x.pop()
		return End, Element{}, ""
	}
	for x.pos < len(x.doc) {
		rest := x.doc[x.pos:]
		switch {
		case rest[0] != '<' && len(x.open) > 0:
			return x.characters(rest)
		case rest[0] != '<':
			x.outside(rest)
		case strings.HasPrefix(rest, "</"):
			return x.endTag(), Element{}, ""
		case !strings.HasPrefix(rest, "<!") && !strings.HasPrefix(rest, "<?"):
			return x.startTag()
		case strings.HasPrefix(rest, "<![CDATA["):
			return x.section(rest)
		case strings.HasPrefix(rest, "<!--"):
			x.comment(rest)
		case rest[1] == '?':
			x.instruction(rest)
		default:
			x.fail(x.pos, "a document type declaration")
		}
	}
	if !x.failed && len(x.open) > 0 {
		x.fail(len(x.doc), "the document ends within <%s>", x.open[len(x.open)-1].name)
	}
	return End, Element{}, ""
}

// fail reports that the document is not well-formed. Nothing is read after it.
func (x *XML) fail(at int, format string, args ...any) Kind {
	if !x.failed {
		x.failed = true
		x.report(at, Malformed, format, args...)
	}
	x.pos = len(x.doc)
	return End
}

// characters reads text up to the next tag.
func (x *XML) characters(rest string) (Kind, Element, string) {
	at, n := x.pos, upTo(rest, '<')
	x.pos += n
	if i := sectionEnd(rest[:n]); i >= 0 {
		return x.fail(at+i, "“]]>” in text"), Element{}, ""
	}
	return Text, Element{At: at}, x.unescape(rest[:n], at)
}

// sectionEnd returns the offset of the end of a CDATA section in a text; -1 if there is
// none.
func sectionEnd(text string) int {
	if strings.IndexByte(text, ']') < 0 {
		return -1
	}
	return strings.Index(text, "]]>")
}

func isBlank(text string) bool {
	for i := 0; i < len(text); i++ {
		if !IsSpace(text[i]) {
			return false
		}
	}
	return true
}

// outside reads what is outside of the root element, which is white space.
func (x *XML) outside(rest string) {
	n := upTo(rest, '<')
	if !isBlank(rest[:n]) {
		x.fail(x.pos, "text outside of the root element")
		return
	}
	x.pos += n
}

// upTo returns the offset of a character, or the end of the text.
func upTo(s string, c byte) int {
	if n := strings.IndexByte(s, c); n >= 0 {
		return n
	}
	return len(s)
}

func (x *XML) comment(rest string) {
	n := strings.Index(rest[4:], "--")
	if n < 0 || !strings.HasPrefix(rest[4+n:], "-->") {
		x.fail(x.pos, "a comment that does not end, or holds “--”")
		return
	}
	x.pos += 4 + n + 3
}

// section reads a CDATA section.
func (x *XML) section(rest string) (Kind, Element, string) {
	at := x.pos
	n := strings.Index(rest, "]]>")
	if n < 0 || len(x.open) == 0 {
		return x.fail(at, "a CDATA section that does not end, or stands outside of the root element"), Element{}, ""
	}
	x.pos += n + 3
	return Text, Element{At: at + 9}, rest[9:n]
}

// instruction reads a processing instruction, or the XML declaration.
func (x *XML) instruction(rest string) {
	n := strings.Index(rest[2:], "?>")
	if n < 0 {
		x.fail(x.pos, "a processing instruction that does not end")
		return
	}
	if target := rest[2 : 2+n]; strings.HasPrefix(strings.ToLower(target), "xml") && (len(target) == 3 || IsSpace(target[3])) {
		if x.pos != 0 {
			x.fail(x.pos, "an XML declaration that is not at the very beginning")
			return
		}
		x.declaration(target)
	}
	x.pos += 2 + n + 2
}

// declaration checks the XML declaration.
func (x *XML) declaration(s string) {
	if !strings.Contains(s, `version="1.0"`) && !strings.Contains(s, `version='1.0'`) {
		x.report(0, Malformed, "the XML declaration is not of version 1.0")
	}
	if _, label, ok := strings.Cut(s, "encoding="); ok && !strings.EqualFold(strings.Trim(label, ` '"`), "utf-8") {
		x.report(0, Encoding, "the XML declaration names an encoding that is not UTF-8")
	}
}

func (x *XML) endTag() Kind {
	at := x.pos
	end := strings.IndexByte(x.doc[at:], '>')
	if end < 0 {
		return x.fail(at, "an end tag that does not end")
	}
	name := strings.TrimRight(x.doc[at+2:at+end], " \t\r\n")
	if len(x.open) == 0 || x.open[len(x.open)-1].name != name {
		return x.fail(at, "</%s> does not end what is open", name)
	}
	x.pos = at + end + 1
	x.pop()
	return End
}

func (x *XML) pop() {
	top := x.open[len(x.open)-1]
	x.open, x.bound = x.open[:len(x.open)-1], x.bound[:top.bound]
}

func (x *XML) startTag() (Kind, Element, string) {
	at := x.pos
	if len(x.open) == 0 && x.rooted {
		return x.fail(at, "a second root element"), Element{}, ""
	}
	x.rooted = true
	x.pos++
	name := x.qname()
	if name == "" {
		return x.fail(at, "a “<” that begins no tag"), Element{}, ""
	}
	if len(x.open) > maxDepth {
		return x.fail(at, "elements nested more than %d deep", maxDepth), Element{}, ""
	}
	x.open = append(x.open, openElement{name, len(x.bound)})
	x.attrs = x.attrs[:0]
	if !x.attributes(at, name) {
		return End, Element{}, ""
	}
	e := Element{Name: name, At: at, Attrs: x.attrs}
	if !x.verbatim && !x.resolveTag(&e) {
		return End, Element{}, ""
	}
	return Start, e, ""
}

// attributes reads the rest of a start tag. It reports whether it is well formed.
func (x *XML) attributes(at int, name string) bool {
	for {
		spaces := x.skipSpace()
		switch {
		case x.pos >= len(x.doc):
			x.fail(at, "<%s does not end", name)
			return false
		case x.doc[x.pos] == '>':
			x.pos++
			return true
		case strings.HasPrefix(x.doc[x.pos:], "/>"):
			x.pos += 2
			x.closed = true
			return true
		case !spaces || !x.attribute():
			x.fail(x.pos, "<%s has an attribute that is malformed", name)
			return false
		}
	}
}

// resolveTag finds the namespaces of a tag's names, and reports whether all have one. They
// are declared by the whole tag, so they are resolved at its end.
func (x *XML) resolveTag(e *Element) bool {
	name := e.Name
	var ok bool
	if e.Space, e.Name, ok = x.resolve(name, true); !ok {
		x.fail(e.At, "<%s has a prefix that is not declared", name)
		return false
	}
	for i := range x.attrs {
		a := &x.attrs[i]
		if a.Space, a.Name, ok = x.resolve(a.Name, false); !ok {
			x.fail(a.At, "%s has a prefix that is not declared", a.Name)
			return false
		}
		for _, b := range x.attrs[:i] {
			if a.Space == b.Space && a.Name == b.Name {
				x.fail(a.At, "attribute %s twice", a.Name)
				return false
			}
		}
	}
	return true
}

// attribute reads one attribute, and reports whether it is well formed: a declaration of
// a namespace is bound, any other is kept with its prefix.
func (x *XML) attribute() bool {
	at := x.pos
	name := x.qname()
	x.skipSpace()
	if name == "" || x.pos+1 >= len(x.doc) || x.doc[x.pos] != '=' {
		return false
	}
	x.pos++
	x.skipSpace()
	v, ok := x.quoted()
	if !ok {
		return false
	}
	prefix, local, ok := strings.Cut(name, ":")
	switch {
	case !ok && name == "xmlns":
		x.bound = append(x.bound, binding{"", v})
	case ok && prefix == "xmlns":
		if v == "" || local == "xmlns" {
			return false
		}
		x.bound = append(x.bound, binding{local, v})
	default:
		x.attrs = append(x.attrs, Attr{Name: name, Value: v, At: at})
	}
	return true
}

// quoted reads the value of an attribute.
func (x *XML) quoted() (string, bool) {
	if x.pos >= len(x.doc) {
		return "", false
	}
	quote := x.doc[x.pos]
	if quote != '"' && quote != '\'' {
		return "", false
	}
	n := strings.IndexByte(x.doc[x.pos+1:], quote)
	if n < 0 {
		return "", false
	}
	raw := x.doc[x.pos+1 : x.pos+1+n]
	if strings.IndexByte(raw, '<') >= 0 {
		return "", false
	}
	s := x.unescape(raw, x.pos+1)
	x.pos += n + 2
	return s, true
}

// resolve splits a name, and finds the namespace of its prefix. An attribute without
// a prefix is in none (Namespaces in XML 1.0 §6.2).
func (x *XML) resolve(name string, element bool) (space, local string, ok bool) {
	prefix, local, prefixed := strings.Cut(name, ":")
	if !prefixed {
		if !element {
			return "", name, true
		}
		prefix, local = "", name
	}
	if prefix == "xml" {
		return namespace.XML, local, true
	}
	for i := len(x.bound) - 1; i >= 0; i-- {
		if x.bound[i].prefix == prefix {
			return x.bound[i].space, local, true
		}
	}
	return "", local, prefix == ""
}

// qname reads a name with at most one colon, which neither begins nor ends it; "" if
// there is none.
func (x *XML) qname() string {
	start, colon := x.pos, -1
	for x.pos < len(x.doc) {
		c := x.doc[x.pos]
		switch {
		case isNameStart(c):
		case isNameByte(c) && x.pos > start && x.pos != colon+1:
		case c == ':' && colon < 0 && x.pos > start:
			colon = x.pos
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(x.doc[x.pos:])
			if !unicode.IsLetter(r) && (x.pos == start || !unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd)) {
				return ""
			}
			x.pos += size - 1
		default:
			if colon+1 == x.pos {
				return ""
			}
			return x.doc[start:x.pos]
		}
		x.pos++
	}
	return ""
}

// isNameStart reports whether a name may begin with a byte of ASCII.
func isNameStart(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

// isNameByte reports whether a byte of ASCII may stand in a name that it may not begin.
func isNameByte(c byte) bool { return c >= '0' && c <= '9' || c == '-' || c == '.' }

func (x *XML) skipSpace() bool {
	start := x.pos
	for x.pos < len(x.doc) && IsSpace(x.doc[x.pos]) {
		x.pos++
	}
	return x.pos > start
}

// unescape resolves the references of a text that begins at an offset.
func (x *XML) unescape(s string, at int) string {
	amp := strings.IndexByte(s, '&')
	if amp < 0 || x.verbatim {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for amp >= 0 {
		b.WriteString(s[:amp])
		end := strings.IndexByte(s[amp:], ';')
		if end < 0 {
			x.fail(at+amp, "an “&” that begins no reference")
			return ""
		}
		switch ref := s[amp+1 : amp+end]; ref {
		case "amp":
			b.WriteByte('&')
		case "lt":
			b.WriteByte('<')
		case "gt":
			b.WriteByte('>')
		case "quot":
			b.WriteByte('"')
		case "apos":
			b.WriteByte('\'')
		default:
			r, ok := charRef(ref)
			if !ok {
				x.fail(at+amp, "reference &%s; is unknown, or to a character that XML forbids", ref)
				return ""
			}
			b.WriteRune(r)
		}
		s, at = s[amp+end+1:], at+amp+end+1
		amp = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

func charRef(ref string) (rune, bool) {
	digits, ok := strings.CutPrefix(ref, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), ok && err == nil && n <= unicode.MaxRune && value.IsChar(rune(n))
}
