package web

import (
	"context"
	"net/http"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
)

// aboutBody is what the page shows that says what the site is.
type aboutBody struct {
	Publishers []aboutPublisher
	Contact    string
	Links      []pageLink
}

// aboutPublisher is a publisher, how fresh its news is, and what may be done with it.
type aboutPublisher struct {
	Name, Path   string
	HomePage     string
	HomePageHost string
	Logo         *shared
	Newest       stampText
	Visited      stampText
	// Trouble says since when its news can't be reached; "" while it can be.
	Trouble string
	// License is its licence's name, which is read at LicenseURL; "" where none is recorded.
	License, LicenseURL string
}

func (s *public) serveAbout(w http.ResponseWriter, r *http.Request, g *guise) {
	if own, ok := g.city.Page(aboutPage); ok {
		s.serveCityPage(w, r, g, own)
		return
	}
	locale := r.PathValue("locale")
	if s.hadLocale(g, locale) {
		redirect(w, r, g.ownPath(g.Site.DefaultLocale, aboutPage), http.StatusMovedPermanently)
		return
	}
	if _, ok := g.speech[locale]; !ok {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	// What it tells changes by visits, which no channel knows of: it is made anew once a
	// minute at most.
	minute := s.Now().Truncate(time.Minute)
	s.servePage(w, r, g, stamp{settings: g.Settings, revision: minute.UnixMilli()}, htmlType, func(ctx context.Context) ([]byte, error) {
		fresh, err := s.freshAt(ctx, g, minute)
		if err != nil {
			return nil, err
		}
		return s.aboutPage(g, locale, fresh).render(aboutTemplate)
	})
}

// freshness is how fresh the news of a configuration's publishers was in a minute.
type freshness struct {
	settings Settings
	minute   time.Time
	of       map[string]Fresh
}

// freshAt is how fresh the news of each publisher is, which is asked once in a minute for the
// pages of all locales.
func (s *public) freshAt(ctx context.Context, g *guise, minute time.Time) (map[string]Fresh, error) {
	if last := s.fresh.Load(); last != nil && last.minute.Equal(minute) && last.settings == g.Settings {
		return last.of, nil
	}
	if s.Freshness == nil {
		return nil, nil
	}
	fresh, err := s.Freshness.Freshness(ctx)
	if err == nil {
		s.fresh.Store(&freshness{g.Settings, minute, fresh})
	}
	return fresh, err
}

func (s *public) aboutPage(g *guise, locale string, fresh map[string]Fresh) *page {
	path := func(locale string) string { return g.ownPath(locale, aboutPage) }
	p := s.newPage(g, locale, path)
	title := p.text("face.about")
	p.Title = p.text("page.title", "Page", title, "Site", p.Site())
	p.Description = p.text("face.about.lead", "Site", p.Site())
	p.Canonical = g.absolute(path(locale))
	p.Alternates = g.alternates(path, path(g.Site.DefaultLocale))
	p.Trail = []pageLink{{Text: title}}
	b := &aboutBody{Contact: g.city.Contact}
	for _, publisher := range g.Site.Publishers {
		b.Publishers = append(b.Publishers, g.aboutPublisher(p, publisher, fresh[publisher.Key]))
	}
	b.Publishers = wording.Ordered(p.speech, b.Publishers, func(a aboutPublisher) string { return a.Name })
	b.Links = g.onward(p, aboutPage)
	p.Body = b
	return p
}

func (g *guise) aboutPublisher(p *page, publisher feeds.Publisher, fresh Fresh) aboutPublisher {
	a := aboutPublisher{
		Name: p.speech.Publisher(publisher.Key),
		Path: g.pagePath(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelPublisher, Name: publisher.Key}),
	}
	a.HomePage, a.HomePageHost = homePage(publisher)
	a.Logo = g.logo(publisher)
	a.Newest = g.dayOf(p, publisher.Key, fresh.Newest)
	if !fresh.Visited.IsZero() {
		a.Visited = p.stamp(fresh.Visited.In(g.Site.Zone(publisher.Key)), true)
	}
	if !fresh.Unread.IsZero() {
		since := g.dayOf(p, publisher.Key, fresh.Unread).Reader
		a.Trouble = p.text("face.about.unreachable", "Date", since)
		if fresh.Partly {
			a.Trouble = p.text("face.about.partly", "Date", since)
		}
	}
	if l := publisher.License; l.Name != "" {
		a.License, a.LicenseURL = l.Name, l.URL
		if deed := p.speech.Deed(l.URL); deed != "" {
			a.LicenseURL = deed
		}
	}
	return a
}

// logo is a publisher's, as pages show it beside its name; nil if it has none.
func (g *guise) logo(publisher feeds.Publisher) *shared {
	if !publisher.Logo.IsSet() {
		return nil
	}
	return &shared{URL: pictureAddress(publisher.Logo, g.prefix), Width: publisher.Logo.Width, Height: publisher.Logo.Height}
}
