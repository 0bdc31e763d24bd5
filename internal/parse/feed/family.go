package feed

import "bytes"

// family is a format of XML feeds.
type family uint8

const (
	familyNone family = iota
	familyRSS         // <rss>
	familyRDF         // <rdf:RDF>: RSS 0.90 and 1.0
	familyAtom        // <feed>
)

// familyOf returns the format that a root element begins.
func familyOf(local []byte) family {
	switch {
	case bytes.EqualFold(local, []byte("rss")):
		return familyRSS
	case bytes.EqualFold(local, []byte("rdf")):
		return familyRDF
	case bytes.EqualFold(local, []byte("feed")):
		return familyAtom
	}
	return familyNone
}

// isEntryName reports whether a feed's own element of that name is an item or an entry.
func isEntryName(local []byte, f family) bool {
	return string(local) == "entry" || string(local) == "item" && f != familyAtom
}

// isPerson reports whether Atom's own element of that name is a person.
func isPerson(local []byte) bool {
	return string(local) == "author" || string(local) == "contributor"
}

// isPersonal reports whether gofeed takes a person's child of that name for a part of it.
func isPersonal(local []byte) bool {
	switch string(local) {
	case "name", "email", "uri", "url", "homepage":
		return true
	}
	return false
}

// Limits of what a well-formed document may have before it is rewritten for
// gofeed, whose work grows with their square.
const (
	maxDepth      = 128     // elements inside each other
	maxPieces     = 256     // sections, comments and runs of text directly in a foreign element
	maxSpace      = 1 << 28 // runs of white space directly in a foreign element × their bytes
	maxNamespaces = 64      // namespaces that are bound at a place
	maxAttributes = 256     // attributes of one element
	// maxEntries is how many entries are read: more do not fit into what a fetch may
	// bring, unless they are empty.
	maxEntries = 50_000
)
