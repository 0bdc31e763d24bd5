package web

import (
	"net/http"

	"github.com/kairan-news/kairan/feeds"
)

// serveFormer answers an address of a channel that was renamed: it leads to the same
// address of what the channel became. It reports whether the channel is such a one.
func (s *public) serveFormer(w http.ResponseWriter, r *http.Request, g *guise, c feeds.Channel, path func(feeds.Channel) string) bool {
	now, ok := g.Site.Successor(c)
	if ok {
		redirect(w, r, path(now), http.StatusMovedPermanently)
	}
	return ok
}

// serveEnded answers the page of a channel that is none of the site's any more: for
// as long as its last entry is up with what that says, and then that it is gone. What
// never was a channel is not found.
func (s *public) serveEnded(w http.ResponseWriter, r *http.Request, g *guise, c feeds.Channel) {
	switch s.Shelf.ended(c) {
	case endedLately:
		s.answer(w, r, g, http.StatusOK, func(p *page) (heading, text string) {
			name := g.endedLabel(p.Locale, c)
			return p.text("channel.ended.title", "Channel", name), p.text("channel.ended", "Channel", name)
		})
	case endedLongAgo:
		s.fail(w, r, g, http.StatusGone)
	default:
		s.fail(w, r, g, http.StatusNotFound)
	}
}

// hadLocale reports whether the site once had a locale that it has no longer: its channels
// have ended, and its notices stand in the other locales.
func (s *public) hadLocale(g *guise, tag string) bool {
	_, has := g.speech[tag]
	return !has && s.Shelf.ended(feeds.Channel{Locale: tag, Kind: feeds.ChannelAll}) != notEnded
}

// endedLabel is what a channel is called in a locale, which need not be the one that
// it had.
func (g *guise) endedLabel(locale string, c feeds.Channel) string {
	speech := g.speech[locale]
	if id := "publisher." + c.Name; c.Kind == feeds.ChannelPublisher && speech.Has(id) {
		return speech.Text(id, nil)
	}
	return speech.Channel(c)
}

type ending int

const (
	notEnded ending = iota
	endedLately
	endedLongAgo
)

// ended tells what became of a channel that the site does not have: its last entry is up,
// or only its name is left.
func (s *Shelf) ended(c feeds.Channel) ending {
	state := s.channel(c)
	switch {
	case state.Revision == 0:
		return notEnded
	case state.Status == feeds.ChannelGone:
		return endedLongAgo
	default:
		return endedLately
	}
}
