package feeds

import "time"

// Format is a format of published feeds.
type Format string

// The formats. Their values are the extensions of their addresses.
const (
	RSS      Format = "rss"  // RSS 2.0
	Atom     Format = "atom" // Atom 1.0, RFC 4287
	JSONFeed Format = "json" // JSON Feed 1.1
)

// Formats returns all formats in the order in which they are offered.
func Formats() []Format { return []Format{RSS, Atom, JSONFeed} }

// MediaType returns the format's media type with its charset where it has one.
func (f Format) MediaType() string {
	switch f {
	case RSS:
		return "application/rss+xml; charset=utf-8"
	case Atom:
		return "application/atom+xml; charset=utf-8"
	case JSONFeed:
		return "application/feed+json"
	}
	return ""
}

// DocumentKey names a document.
type DocumentKey struct {
	Channel string // [Channel.String]
	Format  Format
	// Archive is 0 for the live document; archives count from 1.
	Archive int
}

// Document is a channel, or one archive of it, rendered in one format.
type Document struct {
	DocumentKey
	// Revision counts the document's states. It grows with each change, and is
	// what a web process compares to learn of changes.
	Revision int64
	Body     []byte
	// ETag is strong, quoted, and a function of Body.
	ETag string
	// Modified is when the document changed, with a precision of a second.
	Modified time.Time
	// LastSeq is the newest record of the log that the document holds.
	LastSeq int64
	// Entries is the number of entries: an empty channel is not advertised.
	Entries int
}

// id is the withdrawn entry's id, spelt as the entry's was.
func (t *Tombstone) id() string {
	e := Entry{Article: Article{ID: t.ID}}
	return e.id()
}

// when is the date of the withdrawal; the Unix epoch if none is known, since RFC
// 6721 §3 requires one.
func (t *Tombstone) when() string {
	if t.When.IsZero() {
		return rfc3339(epoch)
	}
	return rfc3339(t.When)
}
