package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/kairan-news/kairan/feeds"
)

// channelBody is what a channel's page shows.
type channelBody struct {
	Label       string
	Description string
	Notices     []item
	Feeds       []feedLink
	// HomePage is the publisher's own site, on the page of a publisher.
	HomePage     string
	HomePageHost string
}

func (s *public) serveChannelPage(w http.ResponseWriter, r *http.Request, e *edition, c feeds.Channel) {
	s.servePage(w, r, e, s.channelsStamp(e, c, nil), htmlType, func(ctx context.Context) ([]byte, error) {
		feed, err := s.Channels.Compose(ctx, c)
		if err != nil {
			return nil, err
		}
		return s.channelPage(e, feed).render(channelTemplate)
	})
}

func (s *public) channelPage(e *edition, feed feeds.Feed) *page {
	c := feed.Channel
	path := func(locale string) string {
		c := c
		c.Locale = locale
		return e.pagePath(c)
	}
	p := s.newPage(e, c.Locale, path)
	label := e.channelLabel(c)
	p.Title = label + " · " + p.Site()
	p.Description = feed.Description
	p.Canonical = e.absolute(e.pagePath(c))
	p.Alternates = e.alternates(path, path(e.Site.DefaultLocale))
	p.Feeds = e.feedLinks(c, feed.Title)
	b := &channelBody{Label: label, Description: feed.Description, Notices: e.items(p, feed), Feeds: p.Feeds}
	if c.Kind == feeds.ChannelPublisher {
		publisher, _ := e.Site.Publisher(c.Name)
		if u, err := url.Parse(publisher.HomePage); err == nil && u.Host != "" {
			b.HomePage, b.HomePageHost = publisher.HomePage, u.Hostname()
		}
	}
	p.Body = b
	return p
}
