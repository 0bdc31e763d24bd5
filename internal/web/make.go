package web

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
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
	k := s.published.Load()
	if k == nil {
		return nil, errNoAnswer
	}
	state, ok := k.channel(key.Channel)
	switch {
	case !ok, state.Status != feeds.ChannelLive && key.Archive > state.Archives:
		return nil, feeds.ErrNotPublished
	case state.Status == feeds.ChannelGone:
		return nil, errChannelGone
	}
	settings := s.config.Settings()
	h := s.look(key)
	if h == nil {
		if s.failing.Load() != nil {
			return nil, s.unheld(key, state)
		}
		h = s.place(key)
	}
	c := h.content.Load()
	stands := c != nil && (c.valid(key, state, settings) || s.mayStand(h, c, k, settings))
	h.touch(s.beat.Load()) // which may make it hot: from now on
	if !stands {
		if s.failing.Load() != nil {
			return nil, s.unheld(key, state)
		}
		var err error
		if c, err = s.makeAgain(ctx, h); err != nil {
			return nil, err
		}
	}
	if h.asked.Add(1) == worthBrotli {
		s.later.push(h)
	}
	return c, nil
}

// worthBrotli is how many requests for one state of a document make it worth its brotli.
const worthBrotli = 2

// unheld says why a document is not served that is not held while the database is away.
func (s *Shelf) unheld(key feeds.DocumentKey, state feeds.ChannelState) error {
	if key.Archive > state.Archives {
		return feeds.ErrNotPublished // as far as is known
	}
	return errNoAnswer
}

// mostRemade is how often a document is made anew since its past changed meanwhile.
const mostRemade = 3

// makeAgain makes a document, and once more where the past of its channel changed since it
// was begun to be made, such as for others who waited already: what it shows then may be
// served to nobody. Where it can't be made now its last state is served, if it is held.
func (s *Shelf) makeAgain(ctx context.Context, h *held) (*content, error) {
	for range mostRemade {
		c, err := s.makeFor(ctx, h)
		switch {
		case err == nil && s.isOfToday(c, h.key):
			return c, nil
		case err == nil:
			continue
		case errors.Is(err, feeds.ErrNotPublished):
			s.drop(h) // or every number that somebody tries would have its place
			return nil, err
		case errors.Is(err, errFaulty) || ctx.Err() != nil:
			return nil, err
		}
		if last := h.content.Load(); last != nil && s.isOfToday(last, h.key) {
			return last, nil
		}
		return nil, err
	}
	return nil, errNoAnswer
}

// isOfToday reports whether the past of a document's channel is that of which it was made, as
// far as is known.
func (s *Shelf) isOfToday(c *content, key feeds.DocumentKey) bool {
	state, _ := s.published.Load().channel(key.Channel)
	return c.past >= state.Past
}

// isDocuments reports whether an error says something of a document or of how many are asked
// for, and not of the database.
func isDocuments(err error) bool {
	return errors.Is(err, feeds.ErrNotPublished) || errors.Is(err, errBusy) || errors.Is(err, errFaulty)
}

// lastStateTime is how long the last state of a hot document is served while the new one
// is made. Where a thousand sources bring something within a second, all that is hot is made
// anew at once, which takes seconds; a channel changes twice a minute at most.
const lastStateTime = 10 * time.Second

// mayStand reports whether a document that is no longer the present one may be served all
// the same: while the database is away, and a hot one for as long as it takes to make it.
func (s *Shelf) mayStand(h *held, c *content, k *publishedState, settings Settings) bool {
	if s.failing.Load() != nil {
		return true
	}
	return s.running.Load() && h.isHot() && c.settings == settings && time.Since(k.changed[h.key.Channel]) < lastStateTime
}

// makeFor makes a document, once for all who wait for it.
func (s *Shelf) makeFor(ctx context.Context, h *held) (*content, error) {
	places, flight := []*held{h}, h.key
	if s.config.Together {
		places, flight.Format = s.together(h.key), ""
	}
	done := s.making.DoChan(flight.Path(), func() (any, error) {
		// Whoever asked first may go away; the others still wait.
		ctx := context.WithoutCancel(ctx)
		t := turnLive
		switch {
		case s.config.Behind != nil:
			t = turnBehind
		case h.key.Archive > 0:
			t = turnArchive
		}
		made, err := s.make(ctx, t, h.key.Archive, places...)
		if !isDocuments(err) {
			s.reading.Report(ctx, s.config.Log, err)
		}
		return made, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-done:
		if result.Err != nil {
			return nil, result.Err
		}
		c := result.Val.(map[feeds.Format]*content)[h.key.Format]
		if c == nil {
			return nil, errFaulty
		}
		return c, nil
	}
}

// together returns the places of a channel's documents in all formats.
func (s *Shelf) together(key feeds.DocumentKey) []*held {
	var places []*held
	for _, key.Format = range feeds.Formats() {
		places = append(places, s.place(key))
	}
	return places
}

// make makes documents of a channel, all live or all of one archive, and returns those that
// can be served. One that has the program panic harms no other.
func (s *Shelf) make(ctx context.Context, t turn, archive int, places ...*held) (served map[feeds.Format]*content, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.config.Patience)
	defer cancel()
	if err := s.limiter.enter(ctx, t); err != nil {
		return nil, errBusy
	}
	defer s.limiter.leave(t)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("make %s: panic: %v\n%s", places[0].key.Path(), p, debug.Stack())
		}
	}()
	settings := s.config.Settings() // by which they are made, or newer ones
	formats := make([]feeds.Format, len(places))
	for i, h := range places {
		formats[i] = h.key.Format
	}
	made, err := s.config.Documents.Make(ctx, places[0].key.Channel, archive, formats...)
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
	served = map[feeds.Format]*content{}
	for i, h := range places {
		o := origin{settings: settings, status: made.State.Status, revision: made.State.Revision, past: made.State.Past, seq: made.Documents[i].LastSeq}
		if c := s.accept(ctx, h, made.Documents[i], o, made.Withdrawn); c != nil {
			served[h.key.Format] = c
		}
	}
	s.trim(places...)
	return served, nil
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
