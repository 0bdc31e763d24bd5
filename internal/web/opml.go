package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
)

const opmlType = "text/x-opml; charset=utf-8"

// attachment has a browser save a file rather than show it.
var attachment = []string{"attachment"}

// opmlList is a list of a locale's channels as OPML 2.0, by what somebody wants to read:
// a feed reader subscribes to all that stands in the file that it imports, whatever the
// groups, so that no list brings the same notice twice.
type opmlList struct {
	name  string // of the file, without ".opml"
	title string // the message that names it; "" for the site's name alone
	link  string // the message by which pages offer it; "" for one that they don't
	kinds []feeds.ChannelKind
}

func opmlLists() []opmlList {
	return []opmlList{
		{name: "feeds", link: "page.opml-all", kinds: []feeds.ChannelKind{feeds.ChannelAll}},
		{name: "topics", title: "page.categories", link: "page.opml-topics", kinds: []feeds.ChannelKind{feeds.ChannelCategory}},
		{name: "cities", title: "page.publishers", link: "page.opml-cities", kinds: []feeds.ChannelKind{feeds.ChannelPublisher}},
		// Every channel that has anything, for programs: also the one of all languages, and
		// those that are strict about theirs.
		{name: "channels", title: "page.all-feeds", kinds: []feeds.ChannelKind{
			feeds.ChannelAll, feeds.ChannelEverything, feeds.ChannelCategory, feeds.ChannelPublisher, feeds.ChannelOnly,
		}},
	}
}

func (l opmlList) path(g *guise, locale string) string {
	return g.prefix + "/" + locale + "/" + l.name + ".opml"
}

func (s *public) serveOPML(l opmlList) func(w http.ResponseWriter, r *http.Request, g *guise) {
	return func(w http.ResponseWriter, r *http.Request, g *guise) {
		locale := r.PathValue("locale")
		if s.hadLocale(g, locale) {
			s.fail(w, r, g, http.StatusGone)
			return
		}
		if _, ok := g.speech[locale]; !ok {
			s.fail(w, r, g, http.StatusNotFound)
			return
		}
		listed := s.listed(g, locale)
		w.Header()["Access-Control-Allow-Origin"] = anyOrigin
		w.Header()["Content-Disposition"] = attachment
		s.serveMade(w, r, g, s.channelsStamp(g, feeds.Channel{}, listed), opmlType, func(context.Context) ([]byte, error) {
			return g.opml(l, locale, listed)
		})
	}
}

// opml writes a list: those of the listed channels that are of its kinds, each kind in a
// group of its own, and the channel of all notices always. Each stands there once, as Atom,
// which loses the least; a program that prefers another format finds it through the
// channel's page.
func (g *guise) opml(l opmlList, locale string, listed []feeds.Channel) ([]byte, error) {
	speech := g.speech[locale]
	site := speech.SiteTitle()
	list := feeds.OPML{Title: site, Language: locale, Owner: site, HomeURL: g.absolute(g.prefix + "/" + locale + "/")}
	if l.title != "" {
		list.Title = speech.Text("page.title", map[string]any{"Page": speech.Text(l.title, nil), "Site": site})
	}
	for _, kind := range l.kinds {
		group := feeds.OPMLGroup{Title: g.groupTitle(kind, locale)}
		if kind == feeds.ChannelAll {
			group.Channels = append(group.Channels, g.outline(feeds.Channel{Locale: locale, Kind: kind}))
		}
		for _, c := range listed {
			if c.Kind == kind && kind != feeds.ChannelAll {
				group.Channels = append(group.Channels, g.outline(c))
			}
		}
		if kind == feeds.ChannelPublisher {
			group.Channels = wording.Ordered(speech, group.Channels, func(c feeds.OPMLChannel) string { return c.Title })
		}
		list.Groups = append(list.Groups, group)
	}
	body, err := feeds.RenderOPML(list)
	if err != nil {
		return nil, fmt.Errorf("list the channels of %s: %w", locale, err)
	}
	return body, nil
}

// groupTitle names a group of channels; "" for those that stand by themselves.
func (g *guise) groupTitle(kind feeds.ChannelKind, locale string) string {
	speech := g.speech[locale]
	switch kind {
	case feeds.ChannelCategory:
		return speech.Text("page.categories", nil)
	case feeds.ChannelPublisher:
		return speech.Text("page.publishers", nil)
	case feeds.ChannelOnly:
		return speech.Text("page.in-language", map[string]any{"Language": speech.Told(locale)})
	}
	return ""
}

// outline is a channel as a list has it.
func (g *guise) outline(c feeds.Channel) feeds.OPMLChannel {
	speech := g.speech[c.Locale]
	o := feeds.OPMLChannel{
		Title: speech.ChannelTitle(c), Description: speech.ChannelDescription(c), Language: c.Locale,
		URL: g.absolute(g.documentPath(feeds.DocumentKey{Channel: c, Format: feeds.Atom})), Format: feeds.Atom,
		HomeURL: g.absolute(g.pagePath(c)),
	}
	if c.Kind == feeds.ChannelCategory || c.Kind == feeds.ChannelOnly {
		o.Category = c.Name
	}
	return o
}
