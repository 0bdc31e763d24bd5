package web

import (
	"context"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
)

// home is what a locale's first page shows.
type home struct {
	Notices    []item
	Feeds      []feedLink
	Categories []channelLink
	Publishers []channelLink
	Others     []channelLink
}

// channelLink is a channel as a page lists it.
type channelLink struct {
	Label string
	Path  string
	Feeds []feedLink
}

func (s *public) serveHome(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	all := feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}
	if _, ok := g.speech[locale]; !ok {
		s.serveEnded(w, r, g, all)
		return
	}
	listed := s.listed(g, locale)
	s.servePage(w, r, g, s.channelsStamp(g, all, listed), htmlType, func(ctx context.Context) ([]byte, error) {
		feed, err := s.Channels.Compose(ctx, all)
		if err != nil {
			return nil, err
		}
		return s.homePage(g, feed, listed).render(homeTemplate)
	})
}

func (s *public) homePage(g *guise, feed feeds.Feed, listed []feeds.Channel) *page {
	locale := feed.Channel.Locale
	path := func(locale string) string { return g.prefix + "/" + locale + "/" }
	p := s.newPage(g, locale, path)
	p.Home = true
	p.Title = p.speech.SiteTitle()
	p.Description = p.speech.Tagline()
	p.Canonical = g.absolute(path(locale))
	p.Alternates = g.alternates(path, g.prefix+"/")
	p.Feeds = g.feedLinks(feed.Channel)
	h := &home{Notices: g.items(p, feed), Feeds: p.Feeds}
	p.Body = h

	for _, c := range listed {
		if c.Kind == feeds.ChannelAll {
			continue
		}
		link := channelLink{g.channelLabel(c), g.pagePath(c), g.feedLinks(c)}
		switch c.Kind {
		case feeds.ChannelCategory:
			h.Categories = append(h.Categories, link)
		case feeds.ChannelPublisher:
			h.Publishers = append(h.Publishers, link)
		default:
			h.Others = append(h.Others, link)
		}
		p.Feeds = append(p.Feeds, link.Feeds...)
	}
	h.Publishers = wording.Ordered(p.speech, h.Publishers, func(l channelLink) string { return l.Label })
	return p
}
