package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

const opmlType = "text/x-opml; charset=utf-8"

// serveOPML lists what a locale's readers subscribe to, for a feed reader to import
// as a whole: all notices, and each category and each publisher by itself. What would
// bring the same notices again stands in the other list.
func (s *public) serveOPML(w http.ResponseWriter, r *http.Request, g *guise) {
	s.serveList(w, r, g, func(listed []feeds.Channel) []feeds.Channel {
		return slices.DeleteFunc(listed, func(c feeds.Channel) bool {
			return c.Kind == feeds.ChannelEverything || c.Kind == feeds.ChannelOnly
		})
	})
}

// serveChannels lists every channel of a locale that has anything, for programs: also
// the one of all languages, and those that are strict about theirs.
func (s *public) serveChannels(w http.ResponseWriter, r *http.Request, g *guise) {
	s.serveList(w, r, g, func(listed []feeds.Channel) []feeds.Channel { return listed })
}

func (s *public) serveList(w http.ResponseWriter, r *http.Request, g *guise, choose func([]feeds.Channel) []feeds.Channel) {
	locale := r.PathValue("locale")
	if s.hadLocale(g, locale) {
		s.fail(w, r, g, http.StatusGone)
		return
	}
	if _, ok := g.speech[locale]; !ok {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	listed := choose(s.listed(g, locale))
	w.Header()["Access-Control-Allow-Origin"] = anyOrigin
	s.serveMade(w, r, g, s.channelsStamp(g, feeds.Channel{}, listed), opmlType, func(context.Context) ([]byte, error) {
		return g.opml(locale, listed)
	})
}

// opml groups the channels by category and by publisher, and apart from them those
// that are strict about their language. Each stands there once, as Atom, which loses
// the least; a program that prefers another format finds it through the channel's
// page.
func (g *guise) opml(locale string, listed []feeds.Channel) ([]byte, error) {
	speech := g.speech[locale]
	site := speech.SiteTitle()
	whole := feeds.OPMLGroup{}
	categories := feeds.OPMLGroup{Title: speech.Text("page.categories", nil)}
	publishers := feeds.OPMLGroup{Title: speech.Text("page.publishers", nil)}
	strict := feeds.OPMLGroup{Title: speech.Text("page.in-language", map[string]any{"Language": speech.Language(locale)})}
	for _, c := range listed {
		channel := feeds.OPMLChannel{
			Title: g.channelLabel(c) + " – " + site, Language: locale,
			URL: g.absolute(g.documentPath(feeds.DocumentKey{Channel: c, Format: feeds.Atom})), HomeURL: g.absolute(g.pagePath(c)),
		}
		switch c.Kind {
		case feeds.ChannelCategory:
			channel.Category = c.Name
			categories.Channels = append(categories.Channels, channel)
		case feeds.ChannelOnly:
			channel.Category = c.Name
			strict.Channels = append(strict.Channels, channel)
		case feeds.ChannelPublisher:
			publishers.Channels = append(publishers.Channels, channel)
		default:
			whole.Channels = append(whole.Channels, channel)
		}
	}
	body, err := feeds.RenderOPML(feeds.OPML{
		Title: site, Language: locale, Owner: site, HomeURL: g.absolute(g.prefix + "/" + locale + "/"),
		Groups: []feeds.OPMLGroup{whole, categories, publishers, strict},
	})
	if err != nil {
		return nil, fmt.Errorf("list the channels of %s: %w", locale, err)
	}
	return body, nil
}
