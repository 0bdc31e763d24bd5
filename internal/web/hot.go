package web

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// hotTime is how long a document stays hot that was asked for twice within it.
const hotTime = 2 * time.Hour

// isHot reports whether a live document is made anew behind each change: if somebody asked
// twice for it of late. The feed of all that a locale has is from its first request on.
func (h *held) isHot() bool {
	if h.key.Archive > 0 {
		return false
	}
	if h.all {
		return h.last.Load() > 0
	}
	again := h.again.Load()
	return again > 0 && time.Now().UnixMilli()-again < hotTime.Milliseconds()
}

// renewHot has the hot documents of channels that changed made anew, those that were asked
// for last first, up to half of the bound.
func (s *Shelf) renewHot(changed map[feeds.Channel]bool) {
	if len(changed) == 0 {
		return
	}
	hot := s.all((*held).isHot)
	slices.SortFunc(hot, func(a, b *held) int { return cmp.Compare(b.last.Load(), a.last.Load()) })
	var size int64
	for _, h := range hot {
		if c := h.content.Load(); c != nil {
			size += c.size()
		}
		if size > s.config.Bytes/2 {
			return
		}
		if changed[h.key.Channel] {
			s.behind.push(h.key.Channel)
		}
	}
}

// renewBehind makes hot documents anew, a channel's formats together.
func (s *Shelf) renewBehind(ctx context.Context) {
	for {
		channel, ok := s.behind.pop(ctx)
		if !ok {
			return
		}
		settings := s.config.Settings()
		state, ok := s.published.Load().channel(channel)
		if !ok {
			continue
		}
		stale := s.all(func(h *held) bool {
			c := h.content.Load()
			return h.key.Channel == channel && h.isHot() && (c == nil || !c.valid(h.key, state, settings))
		})
		if len(stale) == 0 {
			continue
		}
		// What goes wrong is told when a reader asks.
		if _, err := s.make(ctx, turnBehind, 0, stale...); err != nil && !errors.Is(err, context.Canceled) {
			s.config.Log.DebugContext(ctx, "a hot feed could not be made anew", "channel", channel, "error", err)
		}
	}
}
