package syntax

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// JSON reads JSON by RFC 8259, forwards, and copies only strings with escapes.
type JSON struct {
	doc    string
	report Report
	pos    int
	depth  int
	failed bool
	keys   []string // of the objects that are open, for duplicates
}

// NewJSON returns a reader of a document that is UTF-8, at its first value.
func NewJSON(doc string, report Report) *JSON {
	j := &JSON{doc: doc, report: report}
	j.space()
	return j
}

// Pos returns the offset up to which the document has been read: that of the next value,
// where one is expected.
func (j *JSON) Pos() int { return j.pos }

// Failed reports whether the document is not well-formed, so that nothing more is read.
func (j *JSON) Failed() bool { return j.failed }

// Kind returns the first byte of the next value, 0 at the end of the document.
func (j *JSON) Kind() byte {
	if j.pos < len(j.doc) {
		return j.doc[j.pos]
	}
	return 0
}

// End reports what stands behind the document.
func (j *JSON) End() {
	if j.space(); !j.failed && j.pos < len(j.doc) {
		j.fail("something after the document")
	}
}

// Object reads an object; each must read the value of its key. It returns the keys,
// never nil but where there was no object. They are valid until the next object is
// read.
func (j *JSON) Object(what string, each func(key string)) []string {
	if !j.opens('{', what, "an object") {
		return nil
	}
	base := len(j.keys)
	j.expect('{')
	for first := true; !j.failed && j.Kind() != '}'; first = false {
		if !first && !j.expect(',') {
			break
		}
		at := j.pos
		key, ok := j.String("a key")
		if !ok {
			j.fail("a key is not a string")
			break
		}
		if slices.Contains(j.keys[base:], key) {
			j.report(at, Duplicated, "%s has %s twice", what, value.Excerpt(key))
		}
		j.keys = append(j.keys, key)
		if j.space(); !j.expect(':') {
			break
		}
		each(key)
		j.space()
	}
	j.closes()
	seen := j.keys[base:len(j.keys):len(j.keys)]
	j.keys = j.keys[:base]
	return seen
}

// Array reads an array; each must read one value.
func (j *JSON) Array(what string, each func()) {
	if !j.opens('[', what, "an array") {
		return
	}
	j.expect('[')
	for first := true; !j.failed && j.Kind() != ']'; first = false {
		if !first && !j.expect(',') {
			break
		}
		each()
		j.space()
	}
	j.closes()
}

// opens reports whether an object or an array begins here. What is of another type is
// read over.
func (j *JSON) opens(bracket byte, what, kind string) bool {
	switch {
	case j.failed:
		return false
	case j.Kind() != bracket:
		j.report(j.pos, WrongType, "%s is not %s", what, kind)
		j.Skip()
		return false
	}
	if j.depth++; j.depth > maxDepth {
		j.fail("nested more than %d deep", maxDepth)
		return false
	}
	return true
}

// closes reads the end of an object or an array. White space behind it is the owner's.
func (j *JSON) closes() {
	if !j.failed {
		j.pos++
	}
	j.depth--
}

// String reads a string. False means that the value is of another type, which was
// reported and read over.
func (j *JSON) String(what string) (string, bool) {
	if j.failed {
		return "", false
	}
	if j.Kind() != '"' {
		j.report(j.pos, WrongType, "%s is not a string", what)
		j.Skip()
		return "", false
	}
	start := j.pos + 1
	i := start + plain(j.doc[start:])
	switch {
	case i == len(j.doc):
		j.fail("a string that does not end")
		return "", false
	case j.doc[i] == '"':
		j.pos = i + 1
		return j.doc[start:i], true
	case j.doc[i] == '\\':
		return j.escaped(start, i)
	}
	j.pos = i
	j.fail("a control character in a string")
	return "", false
}

// plain returns how many bytes stand for themselves in a string.
func plain(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' {
			return i
		}
	}
	return len(s)
}

// escaped reads the rest of a string that has an escape at i.
func (j *JSON) escaped(start, i int) (string, bool) {
	var b strings.Builder
	b.Grow(min(len(j.doc)-start, 2*(i-start)+256))
	b.WriteString(j.doc[start:i])
	for i < len(j.doc) {
		switch c := j.doc[i]; {
		case c == '"':
			j.pos = i + 1
			return b.String(), true
		case c == '\\' && i+1 < len(j.doc):
			size := j.escape(&b, i)
			if size == 0 {
				return "", false
			}
			i += size
		case c == '\\' || c < 0x20:
			j.pos = i
			j.fail("a string that does not end")
			return "", false
		default:
			n := plain(j.doc[i:])
			b.WriteString(j.doc[i : i+n])
			i += n
		}
	}
	j.pos = len(j.doc)
	j.fail("a string that does not end")
	return "", false
}

// escape writes what the escape at i stands for, and returns its length, 0 if it is none.
func (j *JSON) escape(b *strings.Builder, i int) int {
	switch e := j.doc[i+1]; e {
	case '"', '\\', '/':
		b.WriteByte(e)
	case 'b', 'f':
		j.report(i, Encoding, "a control character, escaped")
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case 'u':
		r, size := j.unicodeEscape(i)
		if size == 0 {
			j.pos = i
			j.fail("an escape that is none, or half a surrogate pair")
			return 0
		}
		if !value.IsChar(r) {
			j.report(i, Encoding, "character %U", r)
		}
		b.WriteRune(r)
		return size
	default:
		j.pos = i
		j.fail("an escape that is none")
		return 0
	}
	return 2
}

// unicodeEscape reads \uXXXX, or two of them for a surrogate pair. A size of 0 means
// that it is malformed.
func (j *JSON) unicodeEscape(i int) (r rune, size int) {
	unit := func(i int) rune {
		if i+6 > len(j.doc) || j.doc[i] != '\\' || j.doc[i+1] != 'u' {
			return -1
		}
		n, err := strconv.ParseUint(j.doc[i+2:i+6], 16, 32)
		if err != nil {
			return -1
		}
		return rune(n)
	}
	r = unit(i)
	if r < 0 {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if r = utf16.DecodeRune(r, unit(i+6)); r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}

// Verbatim reads a value of any type, and returns it as it is written.
func (j *JSON) Verbatim() string {
	start := j.pos
	j.Skip()
	return j.doc[start:j.pos]
}

// Skip reads a value of any type.
func (j *JSON) Skip() {
	if j.failed {
		return
	}
	switch c := j.Kind(); {
	case c == '{':
		j.Object("an object", func(string) { j.Skip() })
	case c == '[':
		j.Array("an array", j.Skip)
	case c == '"':
		j.String("a string")
	case c == '-' || c >= '0' && c <= '9':
		j.numeral()
	default:
		j.word()
	}
}

// word reads true, false or null.
func (j *JSON) word() {
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(j.doc[j.pos:], word) {
			j.pos += len(word)
			return
		}
	}
	j.fail("no value")
}

// numeral reads a number (RFC 8259 §6).
func (j *JSON) numeral() {
	start := j.pos
	for j.pos < len(j.doc) && strings.IndexByte("+-.eE0123456789", j.doc[j.pos]) >= 0 {
		j.pos++
	}
	if s := j.doc[start:j.pos]; !isNumeral(s) {
		j.pos = start
		j.fail("%s is no number", value.Excerpt(s))
	}
}

// isNumeral reports whether a text of the characters that numbers have is one: the
// library's numbers are more, and may lack digits or have zeros before them.
func isNumeral(s string) bool {
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return false
	}
	digits := strings.TrimPrefix(s, "-")
	switch {
	case digits == "" || !isDigit(digits[0]):
		return false
	case len(digits) > 1 && digits[0] == '0' && isDigit(digits[1]):
		return false
	}
	return !strings.Contains(digits+"e", ".e") && !strings.Contains(digits, ".E")
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// expect reads one byte and the white space behind it, and reports whether it is there.
func (j *JSON) expect(c byte) bool {
	if j.failed || j.Kind() != c {
		j.fail("%q is missing", c)
		return false
	}
	j.pos++
	j.space()
	return true
}

// fail reports that the document is not JSON. Nothing is read after it.
func (j *JSON) fail(format string, args ...any) {
	if !j.failed {
		j.failed = true
		j.report(j.pos, Malformed, format, args...)
	}
}

func (j *JSON) space() {
	for j.pos < len(j.doc) && IsSpace(j.doc[j.pos]) {
		j.pos++
	}
}
