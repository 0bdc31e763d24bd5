package check

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// jsonReader reads JSON by RFC 8259, forwards, and copies only strings with escapes.
// After a fault of syntax nothing more is read.
type jsonReader struct {
	*checker
	pos    int
	depth  int
	failed bool
	keys   []string // of the objects that are open, for duplicates
	ids    ids
}

func (c *checker) json() {
	j := &jsonReader{checker: c, ids: ids{}}
	j.space()
	if !strings.HasPrefix(c.doc[j.pos:], "{") {
		c.fault(j.pos, RuleRoot, "the document is not an object")
		return
	}
	j.feed()
	if j.space(); !j.failed && j.pos < len(c.doc) {
		j.fail("something after the document")
	}
}

// feed checks JSON Feed 1.1's "Top-level".
func (j *jsonReader) feed() {
	start := j.pos
	var address, next string
	seen := j.object("the feed", func(key string) {
		at := j.pos
		switch key {
		case "feed_url":
			address = j.address(key)
		case "next_url":
			next = j.address(key)
		case "version":
			if s, ok := j.string(key); ok && s != "https://jsonfeed.org/version/1.1" {
				j.fault(at, RuleRoot, "the version is %s", excerpt(s))
			}
		case "title":
			j.words(key)
		case "description", "user_comment":
			j.string(key)
		case "home_page_url", "icon", "favicon":
			j.address(key)
		case "language":
			j.language(key)
		case "expired":
			if j.kind() != 't' && j.kind() != 'f' {
				j.fault(at, RuleType, "expired is not a boolean")
			}
			j.skip()
		case "authors":
			j.authors()
		case "hubs":
			j.array(key, func() {
				seen := j.object("a hub", func(key string) {
					switch key {
					case "type":
						j.words(key)
					case "url":
						j.address(key)
					default:
						j.unknown("a hub", key)
					}
				})
				j.needs(at, "a hub", seen, "type", "url")
			})
		case "items":
			j.array(key, j.item)
		default:
			j.unknown("the feed", key)
		}
	})
	if j.failed {
		return
	}
	j.needs(start, "the feed", seen, "version", "title", "items", "home_page_url")
	if seen != nil && !slices.Contains(seen, "feed_url") {
		j.fault(start, RuleSelf, "the feed has no feed_url")
	}
	if seen != nil && !slices.Contains(seen, "language") {
		j.fault(start, RuleLanguage, "the feed has no language")
	}
	if next != "" && next == address {
		j.fault(start, RuleArchive, "next_url leads to the feed itself") // "must not be the same as feed_url"
	}
}

// item checks JSON Feed 1.1's "Items".
func (j *jsonReader) item() {
	start := j.pos
	seen := j.object("an item", func(key string) {
		at := j.pos
		switch key {
		case "id":
			if s, ok := j.words(key); ok {
				j.unique(j.ids, at, s)
			}
		case "url", "external_url", "image", "banner_image":
			j.address(key)
		case "title", "content_text":
			j.words(key)
		case "summary":
			j.words(key)
		case "content_html":
			if s, ok := j.words(key); ok {
				j.html(at+1, s)
			}
		case "date_published", "date_modified":
			if s, ok := j.string(key); ok {
				j.dateTime(at, key, s)
			}
		case "language":
			j.language(key)
		case "authors":
			j.authors()
		case "tags":
			j.array(key, func() { j.words("a tag") })
		case "attachments":
			j.array(key, j.attachment)
		default:
			j.unknown("an item", key)
		}
	})
	if j.failed {
		return
	}
	j.needs(start, "an item", seen, "id", "title", "date_published")
	if seen != nil && !slices.Contains(seen, "content_html") && !slices.Contains(seen, "content_text") {
		j.fault(start, RuleMissing, "an item has neither content_html nor content_text")
	}
}

// attachment checks one of JSON Feed 1.1's "Attachments".
func (j *jsonReader) attachment() {
	start := j.pos
	seen := j.object("an attachment", func(key string) {
		at := j.pos
		switch key {
		case "url":
			j.address(key)
		case "mime_type":
			if s, ok := j.string(key); ok {
				j.mediaType(at, key, s)
			}
		case "title":
			j.words(key)
		case "size_in_bytes", "duration_in_seconds":
			if k := j.kind(); k < '0' || k > '9' {
				j.fault(at, RuleType, "%s is not a number", key)
			}
			j.skip()
		default:
			j.unknown("an attachment", key)
		}
	})
	j.needs(start, "an attachment", seen, "url", "mime_type")
}

// authors checks an array of authors: "all are optional, though if you provide an
// author object, then at least one is required".
func (j *jsonReader) authors() {
	j.array("authors", func() {
		at := j.pos
		seen := j.object("an author", func(key string) {
			switch key {
			case "name":
				j.words(key)
			case "url":
				at := j.pos
				if s, ok := j.string(key); ok {
					j.iri(at, key, s)
				}
			case "avatar":
				j.address(key)
			default:
				j.unknown("an author", key)
			}
		})
		if seen != nil && len(seen) == 0 && !j.failed {
			j.fault(at, RuleMissing, "an author has neither name, url nor avatar")
		}
	})
}

// unknown reads a value that the format does not know: an extension's, "an object
// whose key begins with an underscore", or a fault.
func (j *jsonReader) unknown(owner, key string) {
	if len(key) < 2 || key[0] != '_' {
		j.fault(j.pos, RuleUnknown, "%s has no %s", owner, excerpt(key))
	} else if j.kind() != '{' {
		j.fault(j.pos, RuleType, "the extension %s is not an object", excerpt(key))
	}
	j.skip()
}

// needs reports keys that are required and were not there.
func (j *jsonReader) needs(at int, owner string, seen []string, keys ...string) {
	if seen == nil || j.failed {
		return // it was no object, which was reported
	}
	for _, key := range keys {
		if !slices.Contains(seen, key) {
			j.fault(at, RuleMissing, "%s has no %s", owner, key)
		}
	}
}

// words reads a string that must say something.
func (j *jsonReader) words(what string) (string, bool) {
	at := j.pos
	s, ok := j.string(what)
	if ok {
		j.nonempty(at, what, s)
	}
	return s, ok
}

// address reads an absolute address.
func (j *jsonReader) address(what string) string {
	at := j.pos
	s, ok := j.string(what)
	if ok {
		j.webURI(at, what, s)
	}
	return s
}

// language reads a language tag.
func (j *jsonReader) language(what string) {
	at := j.pos
	if s, ok := j.string(what); ok {
		j.lang(at, what, s)
	}
}

// fail reports that the document is not JSON.
func (j *jsonReader) fail(format string, args ...any) {
	if !j.failed {
		j.failed = true
		j.fault(j.pos, RuleSyntax, format, args...)
	}
}

func (j *jsonReader) space() {
	for j.pos < len(j.doc) && isXMLSpace(j.doc[j.pos]) {
		j.pos++
	}
}

// kind returns the first byte of the value that is next, 0 at the end.
func (j *jsonReader) kind() byte {
	if j.pos < len(j.doc) {
		return j.doc[j.pos]
	}
	return 0
}

// expect reads one byte and the white space behind it.
func (j *jsonReader) expect(c byte) bool {
	if j.failed || j.kind() != c {
		j.fail("%q is missing", c)
		return false
	}
	j.pos++
	j.space()
	return true
}

// object reads an object; each must read the value of its key. It returns the keys,
// never nil but where there was no object. They are valid until the next object is
// read.
func (j *jsonReader) object(what string, each func(key string)) []string {
	if j.failed {
		return nil
	}
	if j.kind() != '{' {
		j.fault(j.pos, RuleType, "%s is not an object", what)
		j.skip()
		return nil
	}
	if j.depth++; j.depth > 64 {
		j.fail("nested more than 64 deep")
		return nil
	}
	base := len(j.keys)
	j.expect('{')
	for first := true; !j.failed && j.kind() != '}'; first = false {
		if !first && !j.expect(',') {
			break
		}
		at := j.pos
		key, ok := j.string("a key")
		if !ok {
			j.fail("a key is not a string")
			break
		}
		if slices.Contains(j.keys[base:], key) {
			j.fault(at, RuleDuplicate, "%s has %s twice", what, excerpt(key))
		}
		j.keys = append(j.keys, key)
		if j.space(); !j.expect(':') {
			break
		}
		each(key)
		j.space()
	}
	if !j.failed {
		j.pos++ // the end; white space behind it is the owner's
	}
	j.depth--
	seen := j.keys[base:len(j.keys):len(j.keys)]
	j.keys = j.keys[:base]
	return seen
}

// array reads an array; each must read one value.
func (j *jsonReader) array(what string, each func()) {
	if j.failed {
		return
	}
	if j.kind() != '[' {
		j.fault(j.pos, RuleType, "%s is not an array", what)
		j.skip()
		return
	}
	if j.depth++; j.depth > 64 {
		j.fail("nested more than 64 deep")
		return
	}
	j.expect('[')
	for first := true; !j.failed && j.kind() != ']'; first = false {
		if !first && !j.expect(',') {
			break
		}
		each()
		j.space()
	}
	if !j.failed {
		j.pos++
	}
	j.depth--
}

// skip reads a value of any type.
func (j *jsonReader) skip() {
	if j.failed {
		return
	}
	switch c := j.kind(); {
	case c == '{':
		j.object("an object", func(string) { j.skip() })
	case c == '[':
		j.array("an array", j.skip)
	case c == '"':
		j.string("a string")
	case c == '-' || c >= '0' && c <= '9':
		j.numeral()
	default:
		for _, word := range []string{"true", "false", "null"} {
			if strings.HasPrefix(j.doc[j.pos:], word) {
				j.pos += len(word)
				return
			}
		}
		j.fail("no value")
	}
}

// numeral reads a number (RFC 8259 §6).
func (j *jsonReader) numeral() {
	start := j.pos
	for j.pos < len(j.doc) && strings.IndexByte("+-.eE0123456789", j.doc[j.pos]) >= 0 {
		j.pos++
	}
	s := j.doc[start:j.pos]
	digits := strings.TrimPrefix(s, "-")
	_, err := strconv.ParseFloat(s, 64)
	if err != nil || digits == "" || digits[0] < '0' || digits[0] > '9' || len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' || strings.Contains(digits+"e", ".e") || strings.Contains(digits, ".E") {
		j.pos = start
		j.fail("%s is no number", excerpt(s))
	}
}

// string reads a string. False means that the value is of another type, which was
// reported and read over.
func (j *jsonReader) string(what string) (string, bool) {
	if j.failed {
		return "", false
	}
	if j.kind() != '"' {
		j.fault(j.pos, RuleType, "%s is not a string", what)
		j.skip()
		return "", false
	}
	start := j.pos + 1
	for i := start; i < len(j.doc); i++ {
		switch c := j.doc[i]; {
		case c == '"':
			j.pos = i + 1
			return j.doc[start:i], true
		case c < 0x20:
			j.pos = i
			j.fail("a control character in a string")
			return "", false
		case c == '\\':
			return j.escaped(start, i)
		}
	}
	j.fail("a string that does not end")
	return "", false
}

// escaped reads the rest of a string that has an escape at i.
func (j *jsonReader) escaped(start, i int) (string, bool) {
	var b strings.Builder
	b.Grow(min(len(j.doc)-start, 2*(i-start)+256))
	b.WriteString(j.doc[start:i])
	for i < len(j.doc) {
		c := j.doc[i]
		if c == '"' {
			j.pos = i + 1
			return b.String(), true
		}
		if c < 0x20 {
			break
		}
		if c != '\\' {
			n := i
			for n < len(j.doc) && j.doc[n] != '\\' && j.doc[n] != '"' && j.doc[n] >= 0x20 {
				n++
			}
			b.WriteString(j.doc[i:n])
			i = n
			continue
		}
		if i+1 >= len(j.doc) {
			break
		}
		switch e := j.doc[i+1]; e {
		case '"', '\\', '/':
			b.WriteByte(e)
		case 'b', 'f':
			j.fault(i, RuleEncoding, "a control character, escaped")
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
				return "", false
			}
			if !value.IsChar(r) {
				j.fault(i, RuleEncoding, "character %U", r)
			}
			b.WriteRune(r)
			i += size
			continue
		default:
			j.pos = i
			j.fail("an escape that is none")
			return "", false
		}
		i += 2
	}
	j.pos = min(i, len(j.doc))
	j.fail("a string that does not end")
	return "", false
}

// unicodeEscape reads \uXXXX, or two of them for a surrogate pair. A size of 0 means
// that it is malformed.
func (j *jsonReader) unicodeEscape(i int) (r rune, size int) {
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
