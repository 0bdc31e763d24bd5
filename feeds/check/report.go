package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
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

// characters checks the document's bytes. It reports whether it is worth reading on.
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
