package web

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Why there is no document.
var (
	errChannelGone = errors.New("the channel is gone")
	errNoAnswer    = errors.New("the database does not answer")
	errFaulty      = errors.New("the document does not pass the check, and there is none to take its place")
)

// find returns the content of a document.
func (s *Shelf) find(ctx context.Context, key feeds.DocumentKey) (*content, error) {
	k := s.known.Load()
	state, ok := k.channel(key.Channel)
	switch {
	case !ok || key.Archive > state.Archives:
		return nil, feeds.ErrNotPublished
	case state.Status == feeds.ChannelGone:
		return nil, errChannelGone
	}
	settings := s.config.Settings()
	h := s.look(key)
	if h != nil {
		hot := h.isHot() // before this request makes it so
		h.touch(s.beat.Load())
		if c := h.content.Load(); c != nil && (c.valid(key, state, settings) || s.mayStand(h, c, k, settings, hot)) {
			if h.asked.Load() == 2 {
				s.later.push(h) // worth its brotli
			}
			return c, nil
		}
	}
	if s.failing.Load() != nil {
		return nil, errNoAnswer
	}
	if h == nil {
		h = s.place(key)
		h.touch(s.beat.Load())
	}
	for {
		c, err := s.makeFor(ctx, h)
		if err != nil || !s.erasedSince(c, key) {
			return c, err
		}
	}
}

// erasedSince tells whether the past of a document's channel changed since it was made,
// such as while others waited for it already: what it shows may be served to nobody.
func (s *Shelf) erasedSince(c *content, key feeds.DocumentKey) bool {
	state, ok := s.known.Load().channel(key.Channel)
	return ok && c.past < state.Past && s.failing.Load() == nil
}

// lastStateTime is how long the last state of a hot document is served while the new one
// is made.
const lastStateTime = 2 * time.Second

// mayStand tells whether a document that is no longer the present one may be served all
// the same: while the database is away, and a hot one for as long as it takes to make it.
func (s *Shelf) mayStand(h *held, c *content, k *known, settings Settings, hot bool) bool {
	if s.failing.Load() != nil {
		return true
	}
	return s.running.Load() && hot && c.settings == settings && time.Since(k.changed[h.key.Channel]) < lastStateTime
}

// makeFor makes a document, once for all who wait for it.
func (s *Shelf) makeFor(ctx context.Context, h *held) (*content, error) {
	done := s.making.DoChan(h.key.Path(), func() (any, error) {
		// Whoever asked first may go away; the others still wait.
		ctx := context.WithoutCancel(ctx)
		t := turnLive
		switch {
		case s.config.Behind != nil:
			t = turnBehind
		case h.key.Archive > 0:
			t = turnArchive
		}
		c, err := s.make(ctx, t, h.key.Archive, h)
		if !errors.Is(err, feeds.ErrNotPublished) && !errors.Is(err, errBusy) && !errors.Is(err, errFaulty) {
			s.reading.report(ctx, s.config.Log, err)
		}
		return c, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-done:
		c, _ := result.Val.(*content)
		return c, result.Err
	}
}

// make makes documents of a channel, all live or all of one archive, and returns the first.
func (s *Shelf) make(ctx context.Context, t turn, archive int, places ...*held) (*content, error) {
	if err := s.limiter.enter(ctx, t); err != nil {
		return nil, err
	}
	defer s.limiter.leave(t)
	ctx, cancel := context.WithTimeout(ctx, s.config.Patience)
	defer cancel()
	settings := s.config.Settings() // by which they are made, or newer ones
	channel, _ := feeds.ParseChannel(places[0].key.Channel)
	formats := make([]feeds.Format, len(places))
	for i, h := range places {
		formats[i] = h.key.Format
	}
	made, err := s.config.Documents.Make(ctx, channel, archive, formats...)
	if errors.Is(err, feeds.ErrNotPublished) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", places[0].key.Path(), err)
	}
	if len(made.Documents) != len(places) {
		return nil, fmt.Errorf("make %s: %d documents of %d", places[0].key.Path(), len(made.Documents), len(places))
	}
	s.faults.leftOut(ctx, s.config.Log, made.Left)
	var first *content
	for i, h := range places {
		o := origin{settings: settings, status: made.State.Status, revision: made.State.Revision, past: made.State.Past, seq: made.Documents[i].LastSeq}
		c := s.accept(ctx, h, made.Documents[i], o, made.Withdrawn)
		if i == 0 {
			first = c
		}
	}
	s.trim(places[0])
	if first == nil {
		return nil, errFaulty
	}
	return first, nil
}

// accept puts a document that was made on its place, or has the last good one stand there
// if it is faulty. It returns nil where neither can be served.
func (s *Shelf) accept(ctx context.Context, h *held, d feeds.MadeDocument, o origin, withdrawn int64) *content {
	last := h.content.Load()
	if s.faults.told(ctx, s.config.Log, d) {
		if last != nil && last.settings == o.settings && last.past == o.past && withdrawn <= last.seq {
			c := last.under(o)
			s.put(h, c)
			return c
		}
		if d.Body == nil {
			s.put(h, nil)
			return nil
		}
	}
	var before *lineage
	if last != nil {
		before = last.lineage
	}
	c := newDocument(d.Document, o, before, s.compressor)
	s.put(h, c)
	return c
}
