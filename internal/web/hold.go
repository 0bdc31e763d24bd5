package web

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// held is a document's place on the shelf. It may be empty of content.
type held struct {
	key     feeds.DocumentKey
	all     bool // it is the live feed of all that a locale has
	content atomic.Pointer[content]
	used    atomic.Int64 // the beat of the last request
	asked   atomic.Int64 // requests since the content was made
	again   atomic.Int64 // when somebody last asked a second time within [hotTime], Unix milliseconds
	last    atomic.Int64 // when somebody last asked, Unix milliseconds
}

// touch takes note of a request.
func (h *held) touch(beat int64) {
	h.used.Store(beat)
	now := time.Now().UnixMilli()
	last := h.last.Swap(now)
	if last > 0 && now-last < hotTime.Milliseconds() {
		h.again.Store(now)
	}
}

// origin is what a document was made of: under what it is held.
type origin struct {
	settings       Settings
	status         feeds.ChannelStatus
	revision, past int64
	seq            int64
}

// valid reports whether a document that was made so is still the present one.
func (o *origin) valid(key feeds.DocumentKey, state feeds.ChannelState, settings Settings) bool {
	if o.settings != settings || o.status != state.Status || o.past < state.Past {
		return false
	}
	if key.Archive > 0 {
		return key.Archive <= state.Archives
	}
	return o.revision >= state.Revision
}

// look returns a document's place; nil if it has none.
func (s *Shelf) look(key feeds.DocumentKey) *held {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.held[key]
}

// place returns a document's place, and makes one.
func (s *Shelf) place(key feeds.DocumentKey) *held {
	if h := s.look(key); h != nil {
		return h
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.held[key]
	if !ok {
		h = &held{key: key, all: key.Channel.Kind == feeds.ChannelAll && key.Archive == 0}
		s.held[key] = h
	}
	return h
}

// all returns the places for which keep is true.
func (s *Shelf) all(keep func(*held) bool) (all []*held) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, h := range s.held {
		if keep(h) {
			all = append(all, h)
		}
	}
	return all
}

// put sets or clears the content of a place, and keeps the sum. A place that was taken away
// meanwhile holds nothing: nobody would find it, nor its memory be given back.
func (s *Shelf) put(h *held, c *content) {
	s.books.Lock()
	defer s.books.Unlock()
	if c != nil && s.look(h.key) != h {
		return
	}
	var size int64
	if c != nil {
		size = c.size()
	}
	if old := h.content.Swap(c); old != nil {
		size -= old.size()
	}
	s.bytes.Add(size)
	h.asked.Store(0)
}

// drop takes a place away with all that it holds.
func (s *Shelf) drop(h *held) {
	s.mu.Lock()
	delete(s.held, h.key)
	s.mu.Unlock()
	s.put(h, nil)
}

// dropOld takes away what must not be served again: of channels that are no longer there,
// whose past has changed, or of which the database knows an older state than it did, or
// another epoch, since it was restored; and archives where words were adopted again, as they are after a
// restore. What is hot keeps its place, and is made anew; not after a restore, since what
// is being made of the state before it would come into that place, under a revision that
// looks newer.
func (s *Shelf) dropOld(before, now *publishedState) {
	if before == nil {
		return
	}
	gone, changed := map[feeds.Channel]bool{}, map[feeds.Channel]bool{}
	for name, was := range before.Channels {
		is, ok := now.Channels[name]
		gone[name] = !ok || is.Status != was.Status || is.Revision < was.Revision || now.Epoch != before.Epoch
		changed[name] = gone[name] || is.Past != was.Past
	}
	adopted := now.Words != before.Words
	for _, h := range s.all(func(h *held) bool { return changed[h.key.Channel] || adopted && h.key.Archive > 0 }) {
		if h.isHot() && !gone[h.key.Channel] {
			s.put(h, nil)
		} else {
			s.drop(h)
		}
		s.faults.forget(h.key)
	}
	s.deltas.drop(func(key feeds.DocumentKey) bool { return changed[key.Channel] })
}

// trim puts away what was not asked for the longest, until the bound is kept with some
// room to spare. What was made just now for somebody goes last: of many that are asked for
// at once, it would else be as likely as any.
func (s *Shelf) trim(just ...*held) {
	bound := s.config.Bytes - s.deltas.size()
	if s.bytes.Load() <= bound {
		return
	}
	s.trimmed.Lock()
	defer s.trimmed.Unlock()
	all := s.all(func(h *held) bool { return h.content.Load() != nil })
	last := func(h *held) int {
		if slices.Contains(just, h) {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b *held) int {
		return cmp.Or(last(a)-last(b), cmp.Compare(a.used.Load(), b.used.Load()))
	})
	for _, h := range all {
		if s.bytes.Load() <= bound-bound/8 {
			return
		}
		s.drop(h)
	}
}

// compressBehind adds the brotli variants of what was asked for twice, off the path from
// article to reader.
func (s *Shelf) compressBehind(ctx context.Context) {
	for {
		h, ok := s.later.pop(ctx)
		if !ok {
			return
		}
		c := h.content.Load()
		if c == nil || c.variants[brotliCoding].Load() != nil {
			continue
		}
		if v := packed(brotliCoding, c.plain(), c.tag(), s.compressor); v != nil {
			s.addVariant(h, c, v)
			s.trim()
		}
	}
}

// addVariant adds a variant to a content, unless that was put away meanwhile.
func (s *Shelf) addVariant(h *held, c *content, v *variant) {
	s.books.Lock()
	defer s.books.Unlock()
	if h.content.Load() == c && c.variants[brotliCoding].Swap(v) == nil {
		s.bytes.Add(v.size())
	}
}
