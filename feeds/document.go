package feeds

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
)

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
	Channel Channel
	Format  Format
	// Archive is 0 for the live document; archives count from 1.
	Archive int
}

// Path returns the path of the document's address, without a slash at its
// beginning: "en/all.atom" for a live document, "en/all.3.atom" for an archive. No
// category and no publisher's key has a dot, so neither can be taken for the other;
// and the format's extension stays at the end, where servers of files look for it.
func (k DocumentKey) Path() string {
	if k.Archive == 0 {
		return k.Channel.String() + "." + string(k.Format)
	}
	return k.Channel.String() + "." + strconv.Itoa(k.Archive) + "." + string(k.Format)
}

// ParseDocumentPath reads the path of a document's address, the inverse of
// [DocumentKey.Path]. It does not look whether a site has the channel.
func ParseDocumentPath(path string) (DocumentKey, bool) {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 {
		return DocumentKey{}, false
	}
	channel, k := path[:dot], DocumentKey{Format: Format(path[dot+1:])}
	if k.Format.MediaType() == "" {
		return DocumentKey{}, false
	}
	if dot = strings.LastIndexByte(channel, '.'); dot >= 0 {
		n, ok := parseArchive(channel[dot+1:])
		if !ok {
			return DocumentKey{}, false
		}
		channel, k.Archive = channel[:dot], n
	}
	var ok bool
	k.Channel, ok = ParseChannel(channel)
	if !ok || strings.Contains(channel, ".") {
		return DocumentKey{}, false
	}
	return k, true
}

// Document is a channel, or one archive of it, rendered in one format.
type Document struct {
	DocumentKey
	Body []byte
	// ETag is strong, quoted, and a function of Body, LastSeq and the epoch of the log.
	ETag string
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

// ETag returns the strong entity tag (RFC 9110 §8.8.3) of a document: the name of the log's
// epoch, where that is not the first, and the sequence of its newest record, from which a
// delta can be told, and a hash of the bytes.
func ETag(epoch, seq int64, body []byte) string {
	sum := sha256.Sum256(body)
	of := strconv.FormatInt(seq, 10)
	if epoch != 0 {
		of = strconv.FormatInt(epoch, 10) + "." + of
	}
	return `"` + of + "-" + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// ParseETag returns the epoch and the sequence number that an entity tag names.
func ParseETag(tag string) (epoch, seq int64, ok bool) {
	of, _, ok := strings.Cut(strings.TrimPrefix(tag, `"`), "-")
	if name, rest, some := strings.Cut(of, "."); ok && some {
		var err error
		if epoch, err = strconv.ParseInt(name, 10, 64); err != nil || epoch <= 0 {
			return 0, 0, false
		}
		of = rest
	}
	seq, err := strconv.ParseInt(of, 10, 64)
	return epoch, seq, ok && err == nil && seq >= 0
}
