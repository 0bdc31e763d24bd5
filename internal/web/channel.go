package web

import (
	"cmp"
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

func (s *public) serveChannelPage(w http.ResponseWriter, r *http.Request, g *guise, c feeds.Channel) {
	same := s.counterparts(g, c)
	s.servePage(w, r, g, s.channelsStamp(g, c, same), htmlType, func(ctx context.Context) ([]byte, error) {
		feed, err := s.Channels.Compose(ctx, c)
		if err != nil {
			return nil, err
		}
		return s.channelPage(g, feed, same).render(channelTemplate)
	})
}

// counterparts returns the channel as each locale has it: those that hold something,
// and the channel itself.
func (s *public) counterparts(g *guise, c feeds.Channel) []feeds.Channel {
	var all []feeds.Channel
	for _, tag := range g.tags {
		other := c
		if other.Locale = tag; tag == c.Locale || s.Shelf.channel(other).Entries > 0 {
			all = append(all, other)
		}
	}
	return all
}

func (s *public) channelPage(g *guise, feed feeds.Feed, same []feeds.Channel) *page {
	c := feed.Channel
	paths := map[string]string{} // by locale
	for _, o := range same {
		paths[o.Locale] = g.pagePath(o)
	}
	p := s.newPage(g, c.Locale, func(locale string) string {
		return cmp.Or(paths[locale], g.prefix+"/"+locale+"/") // rather than to an empty page
	})
	p.Title = feed.Title
	p.Description = feed.Description
	p.Canonical = g.absolute(g.pagePath(c))
	for _, o := range same {
		p.Alternates = append(p.Alternates, alternateLink{o.Locale, g.absolute(paths[o.Locale])})
	}
	if byDefault := paths[g.Site.DefaultLocale]; byDefault != "" {
		p.Alternates = append(p.Alternates, alternateLink{xDefault, g.absolute(byDefault)})
	}
	p.Feeds = g.feedLinks(c)
	p.Trail = []pageLink{{Text: g.channelLabel(c)}}
	b := &channelBody{Label: g.channelLabel(c), Description: feed.Description, Notices: g.items(p, feed), Feeds: p.Feeds}
	if c.Kind == feeds.ChannelPublisher {
		publisher, _ := g.Site.Publisher(c.Name)
		b.HomePage, b.HomePageHost = homePage(publisher)
	}
	p.Body = b
	return p
}

// homePage is the address of a publisher's home page, and its host; "" for none.
func homePage(p feeds.Publisher) (address, host string) {
	if u, err := url.Parse(p.HomePage); err == nil && u.Host != "" {
		return p.HomePage, u.Hostname()
	}
	return "", ""
}
