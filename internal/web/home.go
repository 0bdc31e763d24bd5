package web

import (
	"context"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
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

func (s *public) serveHome(w http.ResponseWriter, r *http.Request, e *edition) {
	locale := r.PathValue("locale")
	all := feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}
	if _, ok := e.speech[locale]; !ok {
		s.serveEnded(w, r, e, all)
		return
	}
	listed := s.listed(e, locale)
	s.servePage(w, r, e, s.channelsStamp(e, all, listed), htmlType, func(ctx context.Context) ([]byte, error) {
		feed, err := s.Channels.Compose(ctx, all)
		if err != nil {
			return nil, err
		}
		return s.homePage(e, feed, listed).render(homeTemplate)
	})
}

func (s *public) homePage(e *edition, feed feeds.Feed, listed []feeds.Channel) *page {
	locale := feed.Channel.Locale
	path := func(locale string) string { return e.prefix + "/" + locale + "/" }
	p := s.newPage(e, locale, path)
	p.Home = true
	p.Title = p.speech.SiteTitle()
	p.Description = p.speech.Tagline()
	p.Canonical = e.absolute(path(locale))
	p.Alternates = e.alternates(path, e.prefix+"/")
	p.Feeds = e.feedLinks(feed.Channel, feed.Title)
	h := &home{Notices: e.items(p, feed), Feeds: p.Feeds}
	p.Body = h

	for _, c := range listed {
		if c.Kind == feeds.ChannelAll {
			continue
		}
		label := e.channelLabel(c)
		link := channelLink{label, e.pagePath(c), e.feedLinks(c, label)}
		switch c.Kind {
		case feeds.ChannelCategory:
			h.Categories = append(h.Categories, link)
		case feeds.ChannelPublisher:
			h.Publishers = append(h.Publishers, link)
		default:
			h.Others = append(h.Others, link)
		}
		for _, f := range link.Feeds {
			f.Title = p.Site() + ": " + label
			p.Feeds = append(p.Feeds, f)
		}
	}
	return p
}
