package probe

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// mostKnown is how many entries of a channel are remembered, the newest.
const mostKnown = 300

// tellChanged is how long it is told that ids have changed, before the new ones are the ids.
const tellChanged = 24 * time.Hour

// Known are the ids that a channel and its entries had. The formats share them. Its zero
// value knows nothing.
type Known struct {
	Feed string `json:"feed,omitempty"`
	// Entries are digests of what readers see of entries, each with that of its id, the
	// oldest first.
	Entries [][2]string `json:"entries,omitempty"`
	// Changed is since when ids were seen changed; zero if they weren't.
	Changed time.Time `json:"changed,omitzero"`
}

// changed returns an entry whose id is another than it was, and the new id. Entries that
// look alike tell nothing.
func (k Known) changed(d Document) (e Entry, id string, changed bool) {
	known := make(map[string]string, len(k.Entries))
	for _, pair := range k.Entries {
		known[pair[0]] = pair[1]
	}
	shown := faces(d)
	for _, e := range d.Entries {
		face := faceOf(e)
		_, alone := shown[face]
		if was, ok := known[face]; ok && alone && was != digest(e.ID) {
			return e, e.ID, true
		}
	}
	return Entry{}, "", false
}

// learned returns what is known after a document that was found well.
func (k Known) learned(d Document) Known {
	next := Known{Feed: d.ID}
	shown := faces(d)
	for _, pair := range k.Entries {
		if _, again := shown[pair[0]]; !again {
			next.Entries = append(next.Entries, pair)
		}
	}
	for i := len(d.Entries) - 1; i >= 0; i-- { // a document has the newest first
		face := faceOf(d.Entries[i])
		if e, ok := shown[face]; ok {
			next.Entries = append(next.Entries, [2]string{face, digest(e.ID)})
			delete(shown, face)
		}
	}
	if over := len(next.Entries) - mostKnown; over > 0 {
		next.Entries = next.Entries[over:]
	}
	return next
}

// sawChanged returns what is known after ids were seen changed: the same, until that was
// told for long enough.
func (k Known) sawChanged(d Document, now time.Time) Known {
	switch {
	case k.Changed.IsZero():
		k.Changed = now
	case now.Sub(k.Changed) >= tellChanged:
		return Known{}.learned(d)
	}
	return k
}

// faces are the entries by what readers see of them, but for those that look alike.
func faces(d Document) map[string]Entry {
	all, alike := make(map[string]Entry, len(d.Entries)), map[string]bool{}
	for _, e := range d.Entries {
		face := faceOf(e)
		if _, twice := all[face]; twice {
			alike[face] = true
		}
		all[face] = e
	}
	for face := range alike {
		delete(all, face)
	}
	return all
}

// faceOf digests what readers see of an entry.
func faceOf(e Entry) string {
	return digest(fmt.Sprintf("%s\n%s\n%d", e.Link, e.Language, e.Published))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
