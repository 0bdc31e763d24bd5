package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// Document reads a finished document back, and reports every fault that it has, as
// [Faults]: against RFC 4287 and RFC 6721, the RSS Advisory Board's profile of RSS
// 2.0, JSON Feed 1.1, what the W3C's feed validator asks for beyond them, and what
// readers need to be led to the right pages.
//
// It is strict: it passes what feeds.Render writes and not everything that the formats
// would allow. So content is text or HTML in plain, quoted markup, namespaces are
// those that we use, and what merely should be there must be there. It reads the
// document once, from its beginning to its end, and builds no tree.
func Document(format feeds.Format, doc []byte) error {
	c := &checker{doc: syntax.View(doc)}
	switch {
	case !c.characters():
		// What follows could not be trusted.
	case format == feeds.RSS:
		c.rss()
	case format == feeds.Atom:
		c.atom()
	case format == feeds.JSONFeed:
		c.json()
	default:
		return fmt.Errorf("check: no format %q; the formats are %q", format, feeds.Formats())
	}
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}

// Content reports the faults of an entry's HTML; see [Document]. Positions are
// those within the content.
func Content(content string) error {
	c := &checker{doc: content}
	if c.characters() {
		c.html(0, content)
	}
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}

// Rule names what a document must be.
type Rule string

// The rules.
const (
	RuleEncoding  Rule = "encoding"   // the document is UTF-8, without a byte order mark, of characters that XML and JSON allow
	RuleSyntax    Rule = "syntax"     // it is well-formed XML (with namespaces, without a DTD) or JSON
	RuleRoot      Rule = "root"       // the outermost element is the format's, of its version
	RuleNamespace Rule = "namespace"  // elements and attributes are of a namespace that we know
	RuleUnknown   Rule = "unknown"    // the format knows the element, attribute or key, in that place
	RuleMissing   Rule = "missing"    // what is required is there
	RuleDuplicate Rule = "duplicate"  // what may stand once stands once
	RuleEmpty     Rule = "empty"      // what must say something does
	RuleText      Rule = "text"       // text stands only where the format has text, and elements only where it has elements
	RuleType      Rule = "type"       // a value is of the type that the format says: text, number, array, a word of a list
	RuleOrder     Rule = "order"      // content:encoded follows description
	RuleDate      Rule = "date"       // dates are RFC 3339's or RFC 822's with a year of four digits and the right weekday
	RuleIRI       Rule = "iri"        // addresses and ids are absolute IRIs
	RuleLanguage  Rule = "language"   // languages are BCP 47 tags, and the feed has one
	RuleMediaType Rule = "media-type" // media types have a type and a subtype
	RuleEmail     Rule = "email"      // where the format asks for an address of e-mail, it is one
	RuleUniqueID  Rule = "unique-id"  // no two entries share an id
	RuleSelf      Rule = "self"       // the feed links itself, once
	RuleArchive   Rule = "archive"    // an archive says that it is one and links the live feed; what is linked before and behind is another document (RFC 5005 §4)
	RuleAlternate Rule = "alternate"  // no two alternates share a type and a language
	RuleOwnLink   Rule = "own-link"   // the first alternate is the own page, without type and language, and the last is the same, with both
	RulePermalink Rule = "permalink"  // a guid that is a permalink is an address
	RuleImage     Rule = "image"      // the channel's image has the channel's title and link, and is a GIF, JPEG or PNG
	RuleWithdrawn Rule = "withdrawn"  // no entry is both there and withdrawn
	RuleMarkup    Rule = "markup"     // content's markup is plain: quoted attributes, elements that a reader shows
	RuleActive    Rule = "active"     // content runs nothing: no script, no event, no style, no scheme but http, https, mailto and tel
	RuleRelative  Rule = "relative"   // content's addresses are absolute
)

// Fault is one fault of a document.
type Fault struct {
	Rule Rule
	// Line and Column count from 1; columns count characters.
	Line, Column int
	Detail       string
}

// String returns the fault with its position before it.
func (f Fault) String() string {
	return fmt.Sprintf("%d:%d: %s: %s", f.Line, f.Column, f.Rule, f.Detail)
}

// Faults are all faults of a document, in its order. As an error it lists them.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	var b strings.Builder
	for i, fault := range f {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(fault.String())
	}
	return b.String()
}

// mostFaults bounds the list: whoever made that many knows where to begin.
const mostFaults = 100

// checker is a document that is read back.
type checker struct {
	doc    string
	faults Faults
}

// fault reports a fault at an offset of the document.
func (c *checker) fault(at int, rule Rule, format string, args ...any) {
	if len(c.faults) >= mostFaults {
		return
	}
	before := c.doc[:min(max(at, 0), len(c.doc))]
	start := strings.LastIndexByte(before, '\n') + 1
	c.faults = append(c.faults, Fault{
		Rule:   rule,
		Line:   strings.Count(before, "\n") + 1,
		Column: utf8.RuneCountInString(before[start:]) + 1,
		Detail: fmt.Sprintf(format, args...),
	})
}

// flaw reports what the document does against its syntax.
func (c *checker) flaw(at int, flaw syntax.Flaw, format string, args ...any) {
	c.fault(at, ruleOf(flaw), format, args...)
}

// ruleOf returns the rule that a flaw is against.
func ruleOf(flaw syntax.Flaw) Rule {
	switch flaw {
	case syntax.Encoding:
		return RuleEncoding
	case syntax.WrongType:
		return RuleType
	case syntax.Misplaced:
		return RuleText
	case syntax.Duplicated:
		return RuleDuplicate
	default:
		return RuleSyntax
	}
}

// characters checks the document's bytes. It tells whether it is worth reading on.
func (c *checker) characters() bool {
	if strings.HasPrefix(c.doc, "\uFEFF") {
		c.fault(0, RuleEncoding, "a byte order mark")
	}
	if value.IsLegal(c.doc) {
		return true
	}
	for i, r := range c.doc {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(c.doc[i:]); size == 1 {
				c.fault(i, RuleEncoding, "byte %#x is not UTF-8", c.doc[i])
				return false
			}
		}
		if !value.IsChar(r) {
			c.fault(i, RuleEncoding, "character %U", r)
			return false
		}
	}
	return true
}

// tally counts the children of an element, so that what may stand once does.
type tally struct {
	names  []string
	counts []int
}

// add counts a name, and returns how often it has been there.
func (t *tally) add(name string) int {
	for i, n := range t.names {
		if n == name {
			t.counts[i]++
			return t.counts[i]
		}
	}
	t.names, t.counts = append(t.names, name), append(t.counts, 1)
	return 1
}

// has reports whether a name has been there.
func (t *tally) has(name string) bool {
	for _, n := range t.names {
		if n == name {
			return true
		}
	}
	return false
}
