// Package syntax reads the two syntaxes of published documents, XML and JSON, forwards and
// without building trees.
//
// It exists because the documents of a channel are read back before each publication, and
// taken apart whenever a reader asks for what is new: the decoders of encoding/xml and
// encoding/json take several times as long, and don't say where in the document a value
// stands. Who reads decides element by element, or key by key, what is expected next;
// each callback must read its child to the end.
//
// It knows what we write. So it is stricter than the specifications in places: XML has no
// DTD, nothing is nested deeper than 64. It never stops with an error: a flaw is reported
// with its place, and of a document that is not well-formed nothing more is read, so that
// callers need not ask after each step.
package syntax
