package web

import (
	"context"
	"html/template"
	"net/http"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
)

// subscription is how to subscribe to a channel, for who never has.
type subscription struct {
	// Address is that of the feed which is offered first, Open the same for what opens feeds.
	Address string
	Open    template.URL
	// Code is the address as a picture for a phone's camera; "" for one that is too long.
	Code template.HTML
	// Formats are all of the channel's feeds.
	Formats []formatLink
	// Programs read feeds, by what they run on.
	Programs []programLink
	// Page is where subscribing is explained at length; "" on that page itself.
	Page string
}

// formatLink is a feed with what its format is for.
type formatLink struct{ ID, Name, Address, Text string }

// programLink is a kind of machine, with programs for it that read feeds and cost nothing.
type programLink struct {
	System   string
	Programs []string
}

// subscription says how to subscribe to what these feeds hold, each in its format. Atom is
// offered first: it loses the least, and every feed reader has it.
func (g *guise) subscription(p *page, links []feedLink) *subscription {
	s := &subscription{Programs: programs(p), Page: p.SubscribePath}
	for _, l := range links {
		address := g.absolute(l.Path)
		s.Formats = append(s.Formats, formatLink{"feed-" + string(l.Format), l.Name, address, p.text(formatText(l.Format))})
		if l.Format == feeds.Atom {
			s.Address, s.Open, s.Code = address, opener(address), code(address)
		}
	}
	return s
}

// opener returns the address of a feed as programs register for it: of http with feed in the
// scheme's place, and any other behind "feed:" (draft-obasanjo-feed-URI-scheme-02 §2). The W3C's
// checker of HTML knows the first form alone.
func opener(address string) template.URL {
	if rest, ok := strings.CutPrefix(address, "http:"); ok {
		return template.URL("feed:" + rest)
	}
	return template.URL("feed:" + address)
}

// formatText names the message that says what a format is for.
func formatText(f feeds.Format) string {
	switch f {
	case feeds.RSS:
		return "pages.format-rss"
	case feeds.Atom:
		return "pages.format-atom"
	default:
		return "pages.format-json"
	}
}

// programs are a few of those that read feeds, need no payment, and that people have found
// good for years; none is favoured, so that they stand in the order of the alphabet.
func programs(p *page) []programLink {
	return []programLink{
		{"Windows, Linux", []string{"Fluent Reader", "Thunderbird"}},
		{"macOS, iOS", []string{"NetNewsWire"}},
		{"Android", []string{"Feeder", "Read You"}},
		{p.text("pages.reader-web"), []string{"Feedly", "Inoreader", "The Old Reader"}},
	}
}

// subscribeBody is what the page shows that explains subscribing.
type subscribeBody struct {
	Subscription           *subscription
	Categories, Publishers []channelLink
}

func (s *public) serveSubscribe(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	if _, ok := g.speech[locale]; !ok {
		s.serveEnded(w, r, g, feeds.Channel{Locale: locale, Kind: feeds.ChannelAll})
		return
	}
	listed := s.listed(g, locale)
	s.serveMade(w, r, g, s.channelsStamp(g, feeds.Channel{}, listed), htmlType, func(context.Context) ([]byte, error) {
		return s.subscribePage(g, locale, listed).render(subscribeTemplate)
	})
}

func (s *public) subscribePage(g *guise, locale string, listed []feeds.Channel) *page {
	p := s.newPage(g, locale, g.subscribePath)
	p.Title = p.text("page.title", "Page", p.text("pages.how-to-subscribe"), "Site", p.Site())
	p.Description = p.text("page.about-feeds")
	p.Canonical = g.absolute(g.subscribePath(locale))
	p.Trail = []pageLink{{Text: p.text("pages.how-to-subscribe")}}
	p.Alternates = g.alternates(g.subscribePath, g.subscribePath(g.Site.DefaultLocale))
	all := feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}
	p.Feeds = g.feedLinks(all)
	b := &subscribeBody{Subscription: g.subscription(p, p.Feeds)}
	b.Subscription.Page = ""
	for _, c := range listed {
		link := channelLink{g.channelLabel(c), g.listPath(c) + "#subscribe"}
		switch c.Kind {
		case feeds.ChannelCategory:
			b.Categories = append(b.Categories, link)
		case feeds.ChannelPublisher:
			b.Publishers = append(b.Publishers, link)
		}
	}
	b.Publishers = wording.Ordered(p.speech, b.Publishers, func(l channelLink) string { return l.Label })
	p.Body = b
	return p
}
