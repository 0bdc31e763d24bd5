package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
	"github.com/kairan-news/kairan/internal/wording"
)

// home is what a locale's first page shows.
type home struct {
	// Urgent stand before all others.
	Urgent []item
	// Lead is shown larger than the others, with its picture; nil if there is none.
	Lead    *item
	Notices []item
	// All is the page of all notices.
	All        string
	Categories []channelLink
	Publishers []channelLink
	// Others are the channel of every language, and those of one alone.
	Others []channelLink
}

// channelLink is a channel as a page lists it.
type channelLink struct{ Label, Path string }

const (
	// mostAtHome is how many notices the home page shows.
	mostAtHome = 30
	// mostUrgent is how many stand before all others; what more there is stands among them.
	mostUrgent = 5
	// leadAmong is among how many of the newest the lead is looked for: one with a picture.
	leadAmong = 5
	// briefly is how much of a summary it shows, in columns: a sentence or so; atLength is
	// how much of the lead's.
	briefly  = 120
	atLength = 180
)

func (s *public) serveHome(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	all := feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}
	if _, ok := g.speech[locale]; !ok {
		s.serveEnded(w, r, g, all)
		return
	}
	listed := s.listed(g, locale)
	now := s.homeStamp(g, locale, listed)
	s.servePage(w, r, g, now, htmlType, func(ctx context.Context) ([]byte, error) {
		feed, err := s.Channels.Compose(ctx, all)
		if err != nil {
			return nil, err
		}
		urgent, err := s.urgent(ctx, g, feed, now.revision)
		if err != nil {
			return nil, err
		}
		return s.homePage(g, feed, urgent, listed).render(homeTemplate)
	})
}

// homeStamp is the stamp of a locale's home page.
func (s *public) homeStamp(g *guise, locale string, listed []feeds.Channel) stamp {
	now := s.channelsStamp(g, feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}, listed)
	for _, c := range g.urgentChannels(locale) {
		state := s.Shelf.channel(c)
		now.channels += fmt.Sprint(state.Revision, " ")
		now.past = max(now.past, state.Past)
	}
	return now
}

func (s *public) homePage(g *guise, feed, urgent feeds.Feed, listed []feeds.Channel) *page {
	locale := feed.Channel.Locale
	p := s.newPage(g, locale, g.homePath)
	p.Home = true
	p.Title = p.speech.SiteTitle()
	p.Description = p.speech.Tagline()
	p.Canonical = g.absolute(g.homePath(locale))
	p.Alternates = g.alternates(g.homePath, g.prefix+"/")
	p.Feeds = g.feedLinks(feed.Channel)
	h := &home{All: g.listPath(feed.Channel)}
	h.Urgent = g.itemsInOrder(p, urgent.Entries[:min(mostUrgent, len(urgent.Entries))])
	h.Lead, h.Notices = arrange(g.items(p, feed), h.Urgent)
	if h.Lead != nil {
		h.Lead.Summary = plain.Abridge(h.Lead.Summary, atLength)
	}
	for i := range h.Notices {
		h.Notices[i].Summary = plain.Abridge(h.Notices[i].Summary, briefly)
	}
	p.Body = h

	for _, c := range listed {
		link := channelLink{g.channelLabel(c), g.listPath(c)}
		switch c.Kind {
		case feeds.ChannelAll:
			continue
		case feeds.ChannelCategory:
			h.Categories = append(h.Categories, link)
		case feeds.ChannelPublisher:
			h.Publishers = append(h.Publishers, link)
		default:
			h.Others = append(h.Others, link)
		}
		p.Feeds = append(p.Feeds, g.feedLinks(c)...)
	}
	h.Publishers = wording.Ordered(p.speech, h.Publishers, func(l channelLink) string { return l.Label })
	return p
}

// arrange chooses the lead, and what follows it: the newest that has a picture among the
// newest few, else the newest. What stands before all others stands there alone.
func arrange(newest, urgent []item) (lead *item, others []item) {
	others = slices.DeleteFunc(slices.Clone(newest), func(i item) bool {
		return slices.ContainsFunc(urgent, func(u item) bool { return u.Path == i.Path })
	})
	if len(others) == 0 {
		return nil, nil
	}
	at := slices.IndexFunc(others[:min(leadAmong, len(others))], func(i item) bool { return i.Picture != nil })
	at = max(at, 0)
	first := others[at]
	others = slices.Delete(others, at, at+1)
	return &first, others[:min(max(0, mostAtHome-1-len(urgent)), len(others))]
}
