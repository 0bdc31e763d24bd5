package check

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// xmlReader reads well-formed XML with namespaces, forwards, without copying. It
// knows no DTD: what we write has none, and what has one is a fault.
//
// It exists because the documents of a channel are checked before each publication,
// and encoding/xml's decoder takes ten times as long for it.
type xmlReader struct {
	*checker
	pos    int
	open   []xmlOpen
	bound  []xmlBinding
	attrs  []xmlAttr // of the newest start tag
	closed bool      // the newest start tag was an empty element's
	failed bool
	rooted bool
}

// xmlOpen is an element that has not ended.
type xmlOpen struct {
	name  string // with its prefix
	bound int    // how many bindings were there before it
}

type xmlBinding struct{ prefix, space string }

// xmlAttr is an attribute; those that declare namespaces are not among them.
type xmlAttr struct {
	space, name, value string
	at                 int
}

// xmlElement is a start tag.
type xmlElement struct {
	space, name string
	at          int
	attrs       []xmlAttr // until the next tag is read
}

type xmlKind uint8

const (
	xmlEnd   xmlKind = iota // an end tag, the end of the document, or a fault after which nothing can be read
	xmlStart                // a start tag
	xmlText                 // text, its references resolved
)

// fail reports that the document is not well-formed. Nothing is read after it.
func (x *xmlReader) fail(at int, format string, args ...any) xmlKind {
	if !x.failed {
		x.failed = true
		x.fault(at, RuleSyntax, format, args...)
	}
	x.pos = len(x.doc)
	return xmlEnd
}

// next reads one token.
func (x *xmlReader) next() (xmlKind, xmlElement, string) {
	if x.closed {
		x.closed = false
		x.pop()
		return xmlEnd, xmlElement{}, ""
	}
	for x.pos < len(x.doc) {
		at, rest := x.pos, x.doc[x.pos:]
		switch {
		case rest[0] != '<':
			n := strings.IndexByte(rest, '<')
			if n < 0 {
				n = len(rest)
			}
			x.pos += n
			if len(x.open) == 0 {
				if strings.TrimLeft(rest[:n], " \t\r\n") != "" {
					return x.fail(at, "text outside of the root element"), xmlElement{}, ""
				}
				continue
			}
			if i := strings.Index(rest[:n], "]]>"); i >= 0 {
				return x.fail(at+i, "“]]>” in text"), xmlElement{}, ""
			}
			return xmlText, xmlElement{at: at}, x.unescape(rest[:n], at)
		case strings.HasPrefix(rest, "</"):
			return x.endTag(), xmlElement{}, ""
		case strings.HasPrefix(rest, "<!--"):
			n := strings.Index(rest[4:], "--")
			if n < 0 || !strings.HasPrefix(rest[4+n:], "-->") {
				return x.fail(at, "a comment that does not end, or holds “--”"), xmlElement{}, ""
			}
			x.pos += 4 + n + 3
		case strings.HasPrefix(rest, "<![CDATA["):
			n := strings.Index(rest, "]]>")
			if n < 0 || len(x.open) == 0 {
				return x.fail(at, "a CDATA section that does not end, or stands outside of the root element"), xmlElement{}, ""
			}
			x.pos += n + 3
			return xmlText, xmlElement{at: at + 9}, rest[9:n]
		case strings.HasPrefix(rest, "<?"):
			n := strings.Index(rest[2:], "?>")
			if n < 0 {
				return x.fail(at, "a processing instruction that does not end"), xmlElement{}, ""
			}
			if target := rest[2 : 2+n]; strings.HasPrefix(strings.ToLower(target), "xml") && (len(target) == 3 || isXMLSpace(target[3])) {
				if at != 0 {
					return x.fail(at, "an XML declaration that is not at the very beginning"), xmlElement{}, ""
				}
				x.declaration(target)
			}
			x.pos += 2 + n + 2
		case strings.HasPrefix(rest, "<!"):
			return x.fail(at, "a document type declaration"), xmlElement{}, ""
		default:
			return x.startTag()
		}
	}
	if !x.failed && len(x.open) > 0 {
		x.fail(len(x.doc), "the document ends within <%s>", x.open[len(x.open)-1].name)
	}
	return xmlEnd, xmlElement{}, ""
}

// declaration checks the XML declaration.
func (x *xmlReader) declaration(s string) {
	if !strings.Contains(s, `version="1.0"`) && !strings.Contains(s, `version='1.0'`) {
		x.fault(0, RuleSyntax, "the XML declaration is not of version 1.0")
	}
	if _, label, ok := strings.Cut(s, "encoding="); ok && !strings.EqualFold(strings.Trim(label, ` '"`), "utf-8") {
		x.fault(0, RuleEncoding, "the XML declaration names an encoding that is not UTF-8")
	}
}

func (x *xmlReader) endTag() xmlKind {
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
	return xmlEnd
}

func (x *xmlReader) pop() {
	top := x.open[len(x.open)-1]
	x.open, x.bound = x.open[:len(x.open)-1], x.bound[:top.bound]
}

func (x *xmlReader) startTag() (xmlKind, xmlElement, string) {
	at := x.pos
	if len(x.open) == 0 && x.rooted {
		return x.fail(at, "a second root element"), xmlElement{}, ""
	}
	x.rooted = true
	x.pos++
	name := x.qname()
	if name == "" {
		return x.fail(at, "a “<” that begins no tag"), xmlElement{}, ""
	}
	if len(x.open) > 64 {
		return x.fail(at, "elements nested more than 64 deep"), xmlElement{}, ""
	}
	x.open = append(x.open, xmlOpen{name, len(x.bound)})
	x.attrs = x.attrs[:0]
	for {
		spaces := x.skipSpace()
		if x.pos >= len(x.doc) {
			return x.fail(at, "<%s does not end", name), xmlElement{}, ""
		}
		if x.doc[x.pos] == '>' {
			x.pos++
			break
		}
		if strings.HasPrefix(x.doc[x.pos:], "/>") {
			x.pos += 2
			x.closed = true
			break
		}
		if !spaces || !x.attribute() {
			return x.fail(x.pos, "<%s has an attribute that is malformed", name), xmlElement{}, ""
		}
	}
	// Namespaces are declared by the whole tag, so they are resolved at its end.
	e := xmlElement{at: at, attrs: x.attrs}
	var ok bool
	if e.space, e.name, ok = x.resolve(name, true); !ok {
		return x.fail(at, "<%s has a prefix that is not declared", name), xmlElement{}, ""
	}
	for i := range x.attrs {
		a := &x.attrs[i]
		if a.space, a.name, ok = x.resolve(a.name, false); !ok {
			return x.fail(a.at, "%s has a prefix that is not declared", a.name), xmlElement{}, ""
		}
		for _, b := range x.attrs[:i] {
			if a.space == b.space && a.name == b.name {
				return x.fail(a.at, "attribute %s twice", a.name), xmlElement{}, ""
			}
		}
	}
	return xmlStart, e, ""
}

// attribute reads one attribute: a declaration of a namespace is bound, any other is
// kept with its prefix.
func (x *xmlReader) attribute() bool {
	at := x.pos
	name := x.qname()
	x.skipSpace()
	if name == "" || x.pos+1 >= len(x.doc) || x.doc[x.pos] != '=' {
		return false
	}
	x.pos++
	x.skipSpace()
	if x.pos >= len(x.doc) {
		return false
	}
	quote := x.doc[x.pos]
	if quote != '"' && quote != '\'' {
		return false
	}
	n := strings.IndexByte(x.doc[x.pos+1:], quote)
	if n < 0 {
		return false
	}
	raw := x.doc[x.pos+1 : x.pos+1+n]
	if strings.IndexByte(raw, '<') >= 0 {
		return false
	}
	value := x.unescape(raw, x.pos+1)
	x.pos += n + 2
	prefix, local, ok := strings.Cut(name, ":")
	switch {
	case !ok && name == "xmlns":
		x.bound = append(x.bound, xmlBinding{"", value})
	case ok && prefix == "xmlns":
		if value == "" || local == "xmlns" {
			return false
		}
		x.bound = append(x.bound, xmlBinding{local, value})
	default:
		x.attrs = append(x.attrs, xmlAttr{name: name, value: value, at: at})
	}
	return true
}

// resolve splits a name, and finds the namespace of its prefix. An attribute without
// a prefix is in none (Namespaces in XML 1.0 §6.2).
func (x *xmlReader) resolve(name string, element bool) (space, local string, ok bool) {
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

// qname reads a name with at most one colon, which neither begins nor ends it.
func (x *xmlReader) qname() string {
	start, colon := x.pos, -1
	for x.pos < len(x.doc) {
		c := x.doc[x.pos]
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
		case (c >= '0' && c <= '9' || c == '-' || c == '.') && x.pos > start && x.pos != colon+1:
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

func (x *xmlReader) skipSpace() bool {
	start := x.pos
	for x.pos < len(x.doc) && isXMLSpace(x.doc[x.pos]) {
		x.pos++
	}
	return x.pos > start
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// unescape resolves the references of a text that begins at an offset.
func (x *xmlReader) unescape(s string, at int) string {
	amp := strings.IndexByte(s, '&')
	if amp < 0 {
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

// children reads the rest of an element that has only elements in it. Each must read
// the child to its end.
func (x *xmlReader) children(each func(xmlElement)) {
	for {
		switch kind, e, text := x.next(); kind {
		case xmlEnd:
			return
		case xmlText:
			if strings.TrimLeft(text, " \t\r\n") != "" {
				x.fault(e.at, RuleText, "text between elements: %s", excerpt(strings.TrimSpace(text)))
			}
		case xmlStart:
			each(e)
		}
	}
}

// text reads the rest of an element that has only text in it. The offset is that of
// the text.
func (x *xmlReader) text() (s string, at int) {
	var joined strings.Builder
	parts := 0
	at = x.pos
	for {
		switch kind, e, text := x.next(); kind {
		case xmlEnd:
			if parts > 1 {
				s = joined.String()
			}
			return s, at
		case xmlStart:
			x.fault(e.at, RuleText, "<%s> where text is expected", e.name)
			x.skip()
		case xmlText:
			if parts++; parts == 1 {
				s, at = text, e.at
				continue
			} else if parts == 2 {
				joined.WriteString(s)
			}
			joined.WriteString(text)
		}
	}
}

// skip reads the rest of an element, whatever is in it.
func (x *xmlReader) skip() {
	for depth := 1; depth > 0; {
		switch kind, _, _ := x.next(); kind {
		case xmlStart:
			depth++
		case xmlEnd:
			depth--
			if x.failed {
				return
			}
		}
	}
}

// attr returns the value of an attribute that is in no namespace.
func (e *xmlElement) attr(name string) (string, bool) {
	for i := range e.attrs {
		if e.attrs[i].name == name && e.attrs[i].space == "" {
			return e.attrs[i].value, true
		}
	}
	return "", false
}

// lang returns the element's xml:lang.
func (e *xmlElement) lang() (string, bool) {
	for i := range e.attrs {
		if e.attrs[i].name == "lang" && e.attrs[i].space == namespace.XML {
			return e.attrs[i].value, true
		}
	}
	return "", false
}
