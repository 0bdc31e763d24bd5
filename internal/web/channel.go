package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// channelBody is what a channel's page shows.
type channelBody struct {
	Label       string
	Description string
	// HomePage is the publisher's own site, on the page of a publisher.
	HomePage     string
	HomePageHost string
	Logo         *shared // the publisher's; nil for none
	// Holds are sentences on how much the channel has.
	Holds []string
	// Notices are the newest, Earlier the others of the page, of which it shows less.
	Notices, Earlier []item
	// Same is the channel in the site's other languages.
	Same      []languageLink
	Subscribe *subscription
	// Older is the page of the newest archive; "" if there is none.
	Older string
}

// mostWhole is how many notices of a channel's page stand there with their summaries: what is
// published within two days can be some hundreds.
const mostWhole = 50

func (s *public) serveChannelPage(w http.ResponseWriter, r *http.Request, g *guise, c feeds.Channel) {
	same := s.counterparts(g, c)
	s.servePage(w, r, g, s.channelsStamp(g, c, same), htmlType, func(ctx context.Context) ([]byte, error) {
		list, err := s.Channels.Page(ctx, c, 0)
		if err != nil {
			return nil, err
		}
		return s.channelPage(g, list, same).render(channelTemplate)
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

// listPage is a page that lists notices of a channel; same are its counterparts.
func (s *public) listPage(g *guise, c feeds.Channel, same []feeds.Channel) *page {
	paths := map[string]string{} // by locale
	for _, o := range same {
		paths[o.Locale] = g.listPath(o)
	}
	p := s.newPage(g, c.Locale, func(locale string) string {
		return cmp.Or(paths[locale], g.homePath(locale)) // rather than to an empty page
	})
	p.Feeds = g.feedLinks(c)
	return p
}

func (s *public) channelPage(g *guise, list feeds.Page, same []feeds.Channel) *page {
	c := list.Channel
	p := s.listPage(g, c, same)
	p.Title = list.Title
	p.Description = list.Description
	p.Canonical = g.absolute(g.listPath(c))
	p.Trail = []pageLink{{Text: g.channelLabel(c)}}
	for _, o := range same {
		p.Alternates = append(p.Alternates, alternateLink{o.Locale, g.absolute(g.listPath(o))})
	}
	if i := slices.IndexFunc(same, func(o feeds.Channel) bool { return o.Locale == g.Site.DefaultLocale }); i >= 0 {
		p.Alternates = append(p.Alternates, alternateLink{xDefault, g.absolute(g.listPath(same[i]))})
	}
	b := &channelBody{Label: g.channelLabel(c), Description: list.Description, Holds: p.holds(list), Subscribe: g.subscription(p, p.Feeds)}
	notices := g.items(p, list.Feed)
	for i := range notices { // of its own page nobody needs to be told
		notices[i].Categories = slices.DeleteFunc(notices[i].Categories, func(l categoryLink) bool { return l.Path == g.listPath(c) })
	}
	whole := min(mostWhole, len(notices))
	b.Notices, b.Earlier = notices[:whole], notices[whole:]
	for _, l := range p.Languages {
		if !l.Current && slices.ContainsFunc(same, func(o feeds.Channel) bool { return o.Locale == l.Tag }) {
			b.Same = append(b.Same, l)
		}
	}
	if list.Older > 0 {
		b.Older = g.path(c.ListPath(list.Older))
		p.Next = b.Older
	}
	if c.Kind == feeds.ChannelPublisher {
		publisher, _ := g.Site.Publisher(c.Name)
		b.HomePage, b.HomePageHost = homePage(publisher)
		b.Logo = g.logo(publisher)
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

// holds says how much a channel has.
func (p *page) holds(list feeds.Page) (sentences []string) {
	if list.Records == 0 || list.Began.IsZero() {
		return nil
	}
	began := list.Began.In(p.guise.Site.Zone(list.Channel.Name))
	sentences = append(sentences, p.speech.Count("pages.holds", list.Records, map[string]any{"Date": p.speech.Date(began)}))
	publishers, languages := map[string]bool{}, map[string]bool{}
	for _, e := range list.Entries {
		publishers[e.Article.Publisher] = true
		if e.Article.Language != feeds.Undetermined {
			languages[e.Article.Language] = true
		}
	}
	if len(publishers) > 1 {
		sentences = append(sentences, p.speech.Count("pages.holds-publishers", len(publishers), nil))
	}
	if len(languages) > 1 {
		sentences = append(sentences, p.speech.Count("pages.holds-languages", len(languages), nil))
	}
	return sentences
}

// archiveBody is what a page shows of what is older.
type archiveBody struct {
	Label   string
	Channel string // the channel's page
	// Heading says from which days the notices are.
	Heading string
	Notices []item
	// Newer and Older are the pages beside it; "" if there is none.
	Newer, Older string
}

func (s *public) serveArchivePage(w http.ResponseWriter, r *http.Request, g *guise, c feeds.Channel, archive int) {
	if archive > s.Shelf.channel(c).Archives {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	same := s.counterparts(g, c)
	s.servePage(w, r, g, s.channelsStamp(g, c, same), htmlType, func(ctx context.Context) ([]byte, error) {
		list, err := s.Channels.Page(ctx, c, archive)
		if errors.Is(err, feeds.ErrNotPublished) {
			return nil, feeds.ErrNotPublished
		}
		if err != nil {
			return nil, err
		}
		return s.archivePage(g, list, same).render(archiveTemplate)
	})
}

func (s *public) archivePage(g *guise, list feeds.Page, same []feeds.Channel) *page {
	c := list.Channel
	p := s.listPage(g, c, same)
	b := &archiveBody{Label: g.channelLabel(c), Channel: g.listPath(c), Notices: g.items(p, list.Feed)}
	b.Heading = p.text("pages.older")
	if first, last, ok := span(g, list.Feed); ok {
		b.Heading = p.speech.Date(first)
		if to := p.speech.Date(last); to != b.Heading {
			b.Heading = p.text("pages.between", "From", b.Heading, "To", to)
		}
	}
	p.Title = p.text("page.title", "Page", b.Heading, "Site", list.Title)
	p.Description = list.Description
	p.Canonical = g.absolute(g.path(c.ListPath(list.Archive)))
	p.Trail = []pageLink{{Text: b.Label, URL: b.Channel}, {Text: b.Heading}}
	b.Newer = b.Channel
	if list.Newer > 0 {
		b.Newer = g.path(c.ListPath(list.Newer))
	}
	if list.Older > 0 {
		b.Older = g.path(c.ListPath(list.Older))
	}
	p.Previous, p.Next = b.Newer, b.Older
	p.Body = b
	return p
}
