package syntax

import "unsafe"

// Flaw is what a document does against its syntax.
type Flaw uint8

// The flaws.
const (
	Malformed  Flaw = iota // it is not well-formed; but for an XML declaration of another version, nothing more is read
	Encoding               // an encoding that is not UTF-8 is named, or a character written that XML forbids
	WrongType              // a value is of another type than the one that was asked for
	Misplaced              // text stands where elements are expected, or an element where text is
	Duplicated             // an object has a key twice
)

// Report is told of each flaw: its offset in the document, in bytes, and one English
// phrase, as for fmt.Sprintf.
type Report func(at int, flaw Flaw, format string, args ...any)

// View returns a document as text without copying it, which would take a third of the time
// that it takes to find its parts. The bytes must not change as long as the text, or a
// piece of it, is in use.
func View(doc []byte) string { return unsafe.String(unsafe.SliceData(doc), len(doc)) }

// maxDepth is how many elements, objects or arrays may be open at once.
const maxDepth = 64

// IsSpace reports whether a byte is white space of XML (XML 1.0 §2.3) and of JSON (RFC 8259
// §2).
func IsSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
