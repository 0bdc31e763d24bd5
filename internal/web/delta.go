package web

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/kairan-news/kairan/feeds"
)

// serveDelta answers who asks for it (A-IM: feed) with only the records after the
// state that the reader holds: 226 (RFC 3229 §10.4.1, with the instance manipulation
// "feed" that readers and servers of feeds use). It reports whether it did; if not,
// the whole document or 304 is the answer: to who does not ask, whose state is not
// known or not sure, and to whom nothing is new.
func (s *public) serveDelta(w http.ResponseWriter, r *http.Request, g *guise, key feeds.DocumentKey, whole *content) bool {
	if r.Method != http.MethodGet || whole.lineage == nil || !asksForDelta(r.Header["A-Im"]) {
		return false
	}
	tags := strings.Join(r.Header["If-None-Match"], ", ")
	if listsTag(tags, whole.tag()) {
		return false // nothing is new: 304
	}
	base, ok := whole.lineage.base(tags)
	if !ok {
		base, ok = whole.lineage.prove(tags, whole.plain())
	}
	if !ok {
		return false
	}
	delta := s.Shelf.delta(key, whole, base.seq)
	h := w.Header()
	// A delta is one reader's. What a cache kept of it would be taken for the feed.
	h["Cache-Control"] = noStore
	h["Vary"] = varyDelta
	h["Im"] = feedIM
	h["Delta-Base"] = []string{base.tag} // RFC 3229 §10.5.1
	delta.send(w, r, delta.choose(r.Header.Get("Accept-Encoding")), http.StatusIMUsed, s.Shelf.date(key, whole), whole.linkFields(g, key))
	return true
}

// asksForDelta reports whether an A-IM field (RFC 3229 §10.5.3) accepts "feed".
func asksForDelta(fields []string) bool {
	for _, field := range fields {
		for item := range strings.SplitSeq(field, ",") {
			name, params, _ := strings.Cut(item, ";")
			if strings.EqualFold(strings.TrimSpace(name), "feed") {
				return parseQuality(params) > 0
			}
		}
	}
	return false
}

// delta returns what a document has after a sequence number, compressed.
func (s *Shelf) delta(key feeds.DocumentKey, whole *content, since int64) *content {
	name := deltaName{key, whole.tag(), since}
	if c := s.deltas.look(name); c != nil {
		return c
	}
	c := newContent(whole.lineage.delta(whole.plain(), since), whole.tag(), whole.mediaType[0], s.compressor)
	s.deltas.keep(name, c)
	s.trim(nil)
	return c
}

// deltaCache holds the deltas that were sent last: readers that ask in the same
// minute mostly hold the same state.
type deltaCache struct {
	mu    sync.Mutex
	bytes int64
	last  []cachedDelta // the newest first
}

type cachedDelta struct {
	deltaName
	content *content
}

// deltaName names a delta: the document, its present state, and the reader's.
type deltaName struct {
	key   feeds.DocumentKey
	tag   string
	since int64
}

// The bounds of the cache of deltas.
const (
	mostDeltas     = 64
	mostDeltaBytes = 8 << 20
)

func (c *deltaCache) look(name deltaName) *content {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.last {
		if d.deltaName == name {
			return d.content
		}
	}
	return nil
}

func (c *deltaCache) keep(name deltaName, made *content) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = slices.Insert(c.last, 0, cachedDelta{name, made})
	c.bytes += made.size()
	for len(c.last) > 1 && (len(c.last) > mostDeltas || c.bytes > mostDeltaBytes) {
		end := len(c.last) - 1
		c.bytes -= c.last[end].content.size()
		c.last[end] = cachedDelta{}
		c.last = c.last[:end]
	}
}

// drop takes the deltas of documents away.
func (c *deltaCache) drop(of func(feeds.DocumentKey) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = slices.DeleteFunc(c.last, func(d cachedDelta) bool {
		gone := of(d.key)
		if gone {
			c.bytes -= d.content.size()
		}
		return gone
	})
}

func (c *deltaCache) size() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}
