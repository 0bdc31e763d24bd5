package feed

import (
	"bytes"
	"strings"
)

// tokenKind is what a token of XML is.
type tokenKind uint8

const (
	tokenText tokenKind = iota
	tokenStart
	tokenEnd
	tokenCDATA
	tokenComment
	tokenProcessing
	tokenDirective
	tokenNone // the end of the document
)

// token is a piece of a document. Its slices point into the document.
type token struct {
	kind tokenKind
	// pos and end are the token's place in the document.
	pos, end int
	// name is the qualified name of a tag, as it is written.
	name []byte
	// text is the content of text and CDATA, not unescaped.
	text []byte
	// empty says that the tag closes itself.
	empty bool
	// fault says that a strict parser would stop at the token.
	fault bool
	// misspelt says that a CDATA section begins in small letters, where a strict parser
	// would stop too.
	misspelt bool
}

// attr is an attribute as it is written, not unescaped.
type attr struct {
	name, value []byte
	pos         int // where it stands in the document
}

// scanner cuts a document into tokens. It never fails: what is no markup is text,
// and what does not end, ends with the document.
type scanner struct {
	data  []byte
	pos   int
	attrs []attr // of the start tag that next returned last
	// These remember that the rest of the document was searched for the terminator in
	// vain, so that a hostile document is not searched again and again.
	noComment, noCDATA, noProcessing, noDirective bool
}

// next returns the next token.
func (s *scanner) next() token {
	t := token{pos: s.pos, kind: tokenNone}
	rest := s.data[s.pos:]
	switch {
	case len(rest) == 0:
	case rest[0] != '<':
		t.kind = tokenText
		s.pos += textLen(rest)
		t.text = s.data[t.pos:s.pos]
	case bytes.HasPrefix(rest, []byte("<!--")):
		t.kind = tokenComment
		t.fault = s.until(4, "-->", &s.noComment)
		if !t.fault {
			inner := s.data[t.pos+4 : s.pos-3]
			t.fault = bytes.Contains(inner, []byte("--")) || bytes.HasSuffix(inner, []byte("-"))
		}
	case len(rest) >= 9 && rest[1] == '!' && bytes.EqualFold(rest[:9], cdataStart):
		t.kind = tokenCDATA
		t.misspelt = !bytes.HasPrefix(rest, cdataStart)
		t.fault = s.until(9, "]]>", &s.noCDATA)
		end := s.pos
		if !t.fault {
			end -= 3
		}
		t.text = s.data[t.pos+9 : end]
	case bytes.HasPrefix(rest, []byte("<?")):
		t.kind = tokenProcessing
		t.fault = s.until(2, "?>", &s.noProcessing)
	case bytes.HasPrefix(rest, []byte("<!")):
		t.kind = tokenDirective
		t.fault = s.directive()
	default:
		s.tag(&t)
	}
	t.end = s.pos
	return t
}

// textLen returns how far text reaches: to the next '<'.
func textLen(rest []byte) int {
	if i := bytes.IndexByte(rest[1:], '<'); i >= 0 {
		return i + 1
	}
	return len(rest)
}

// until moves behind the terminator, and reports whether there is none, which is a fault:
// then it moves to the next tag.
func (s *scanner) until(skip int, terminator string, missing *bool) (fault bool) {
	from := min(s.pos+skip, len(s.data))
	if !*missing {
		if i := bytes.Index(s.data[from:], []byte(terminator)); i >= 0 {
			s.pos = from + i + len(terminator)
			return false
		}
		*missing = true
	}
	if i := bytes.IndexByte(s.data[from:], '<'); i >= 0 {
		s.pos = from + i
	} else {
		s.pos = len(s.data)
	}
	return true
}

// directiveLimit is how long a document type declaration may be.
const directiveLimit = 64 << 10

// directive moves behind a <!DOCTYPE …> with its internal subset, and reports whether
// that is faulty.
func (s *scanner) directive() (fault bool) {
	if s.noDirective {
		s.pos += 2
		return true
	}
	var quote byte
	depth := 0
	window := s.data[s.pos:min(len(s.data), s.pos+directiveLimit)]
	for i := 2; i < len(window); i++ {
		switch b := window[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '<' || b == '[':
			if bytes.HasPrefix(window[i:], []byte("<!--")) {
				end := bytes.Index(window[i+4:], []byte("-->"))
				if end < 0 {
					s.noDirective = true
					s.pos += 2
					return true
				}
				i += 4 + end + 2
				continue
			}
			depth++
		case b == ']':
			depth--
		case b == '>':
			if depth <= 0 {
				s.pos += i + 1
				return false
			}
			depth--
		}
	}
	// It does not end: take no more than its first tag.
	s.noDirective = true
	if i := bytes.IndexByte(window, '>'); i >= 0 {
		s.pos += i + 1
	} else {
		s.pos += len(window)
	}
	return true
}

// tag reads a start or end tag. A '<' that begins neither is text.
func (s *scanner) tag(t *token) {
	i := s.pos + 1
	t.kind = tokenStart
	if i < len(s.data) && s.data[i] == '/' {
		t.kind = tokenEnd
		i++
	}
	from := i
	i = skipName(s.data, i)
	if i == from || !isNameStart(s.data[from]) {
		t.kind, t.fault = tokenText, true
		s.pos++
		if s.pos < len(s.data) && s.data[s.pos] != '<' {
			s.pos += textLen(s.data[s.pos:])
		}
		t.text = s.data[t.pos:s.pos]
		return
	}
	t.name = s.data[from:i]
	s.attrs = s.attrs[:0]
	for {
		i = skipSpace(s.data, i)
		if i >= len(s.data) || s.data[i] == '<' { // it does not end
			t.fault = true
			s.pos = i
			return
		}
		switch s.data[i] {
		case '>':
			s.pos = i + 1
			return
		case '/':
			i++
			if i < len(s.data) && s.data[i] == '>' {
				t.empty = true
			} else {
				t.fault = true
			}
			continue
		}
		i = s.attribute(t, i)
	}
}

// attribute reads the attribute of a tag at i and returns the place behind it. An end tag
// may have none.
func (s *scanner) attribute(t *token, i int) (next int) {
	from := i
	i = skipName(s.data, i)
	if i == from {
		t.fault = true
		return i + 1
	}
	a := attr{name: s.data[from:i], pos: from}
	i = skipSpace(s.data, i)
	ok := false
	if i < len(s.data) && s.data[i] == '=' {
		a.value, i, ok = attrValue(s.data, skipSpace(s.data, i+1))
	}
	if !ok || t.kind == tokenEnd {
		t.fault = true
	}
	if t.kind == tokenStart {
		s.attrs = append(s.attrs, a)
	}
	return i
}

// attrValue returns the value at i and the place behind it; ok is false where a
// strict parser would not read it.
func attrValue(data []byte, i int) (value []byte, next int, ok bool) {
	if i >= len(data) {
		return nil, i, false
	}
	if data[i] == '"' || data[i] == '\'' {
		return quotedValue(data, i)
	}
	start := i
	for i < len(data) && data[i] != '>' && data[i] != '<' && !isSpace(data[i]) {
		if data[i] == '/' && i+1 < len(data) && data[i+1] == '>' {
			break
		}
		i++
	}
	return data[start:i], i, false
}

// quotedValue returns the value whose opening quote is at i, like attrValue.
func quotedValue(data []byte, i int) (value []byte, next int, ok bool) {
	quote, from := data[i], i+1
	window := data[from:min(len(data), from+attrLimit)]
	end := bytes.IndexByte(window, quote)
	if end < 0 {
		// The quote is not closed: the value ends with the tag.
		if end = bytes.IndexAny(window, "<>"); end < 0 {
			end = len(window)
		}
		return window[:end], from + end, false
	}
	value = window[:end]
	lt := bytes.IndexByte(value, '<')
	if lt < 0 {
		return value, from + end + 1, true
	}
	if gt := bytes.IndexByte(value[:lt], '>'); gt >= 0 {
		return value[:gt], from + gt, false
	}
	return value, from + end + 1, false
}

// attrLimit is how long an attribute's value may be, in bytes.
const attrLimit = 64 << 10

// isCutThrough reports whether the end of the document cut through the tag that next
// returned last.
func (s *scanner) isCutThrough(t token) bool {
	return t.fault && s.pos == len(s.data) && s.data[len(s.data)-1] != '>'
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i
}

// skipName returns the place behind the name at i: i itself if there is none.
func skipName(data []byte, i int) int {
	for i < len(data) && isNameByte(data[i]) {
		i++
	}
	return i
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func isNameStart(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || b == ':' || b >= 0x80
}

func isNameByte(b byte) bool {
	return isNameStart(b) || '0' <= b && b <= '9' || b == '-' || b == '.'
}

// localName returns a name without its prefix.
func localName(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// isPlainName reports whether a name can be written into XML as it is.
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
