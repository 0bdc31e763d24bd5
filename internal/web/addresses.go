package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// Address is one address of the public site.
type Address struct {
	// Path is below the site's public address, with a slash at its beginning.
	Path string
	// Version stands for all that its content is made of, but for the configuration
	// and the program: where neither these nor the version changed, the content did
	// not.
	Version string
	// Status is what is answered if not 200: 410 for a channel that ended long ago.
	Status int
	// AcceptLanguage is what to ask for; "" for nothing, as almost everywhere.
	AcceptLanguage string
}

// Addresses returns what [Public] answers, for who makes a copy of the site, in such
// an order that what is linked comes before what links it: its own files, the pages
// of channels, the lists of them, the list of languages, and the feeds, those of a channel or an archive in all
// formats beside each other, as [ShelfConfig.Together] makes them. The pages of articles
// are not among them: see [feeds.ArticlePath], and [PartAddresses]. Closed tells when each archive of a channel
// was closed.
func Addresses(settings Settings, shelf *Shelf, closed map[feeds.Channel][]feeds.ClosedArchive) []Address {
	g := newGuise(settings, newAssets())
	s := &public{Config: Config{Shelf: shelf}}
	all := []Address{{Path: g.assets.stylePath}, {Path: g.assets.scriptPath}, {Path: "/robots.txt"}}
	for _, path := range g.emblem.paths() {
		all = append(all, Address{Path: path})
	}
	var listed []feeds.Channel
	of := func(stamp stamp) string {
		return fmt.Sprint(stamp.revision, " ", stamp.past, " ", stamp.channels, " ", g.look)
	}
	version := func(c feeds.Channel, listed []feeds.Channel) string { return of(s.channelsStamp(g, c, listed)) }
	for _, c := range g.Site.Channels() {
		same := s.counterparts(g, c)
		all = append(all, g.archivePages(s.channelsStamp(g, c, same), c, closed[c])...)
		all = append(all, Address{Path: "/" + c.ListPath(0), Version: version(c, same)})
	}
	for _, tag := range g.tags {
		own := s.listed(g, tag)
		listed = append(listed, own...)
		for _, name := range g.beside() {
			path := strings.TrimPrefix(g.ownPath(tag, name), g.prefix)
			// What the page says of archives and of how fresh news is changes with this channel.
			all = append(all, Address{Path: path, Version: version(feeds.Channel{Locale: tag, Kind: feeds.ChannelEverything}, own)})
		}
		for _, l := range opmlLists() {
			all = append(all, Address{Path: "/" + tag + "/" + l.name + ".opml", Version: version(feeds.Channel{}, own)})
		}
		all = append(all,
			Address{Path: "/" + tag + "/", Version: of(s.homeStamp(g, tag, own))},
		)
	}
	all = append(all, Address{Path: "/", AcceptLanguage: noLanguage, Version: "languages " + g.look})
	everything := feeds.Channel{Locale: g.Site.DefaultLocale, Kind: feeds.ChannelEverything}
	for _, path := range []string{pagesSitemapPath, newsSitemapPath, sitemapPath} {
		all = append(all, Address{Path: path, Version: version(everything, listed)})
	}
	// Archives before the live documents that link them.
	var live []Address
	for _, state := range shelf.states() {
		pages, archives, documents := g.addressesOf(state, closed[state.Channel])
		all = append(append(all, pages...), archives...)
		live = append(live, documents...)
	}
	return append(all, live...)
}

// PartAddresses returns the addresses of the parts of the sitemap of articles; see [Listing].
// They are linked by one of [Addresses].
func PartAddresses(ctx context.Context, settings Settings, listing Listing) (all []Address, err error) {
	g := newGuise(settings, newAssets())
	parts, err := listing.Parts(ctx, g.hasHome)
	for _, p := range parts {
		all = append(all, Address{Path: partSitemapPath(p.N)})
	}
	return all, err
}

// Look returns what stands for all that pages are made of beside words and the log.
func Look(settings Settings) string { return newGuise(settings, newAssets()).look }

// archivePages returns the pages of a channel's archives. What one shows changes where what its
// notices became since is another ([feeds.ClosedArchive]), or what is closed beside it.
func (g *guise) archivePages(now stamp, c feeds.Channel, closed []feeds.ClosedArchive) (all []Address) {
	for i, a := range closed {
		newer := 0
		if i+1 < len(closed) {
			newer = closed[i+1].N
		}
		all = append(all, Address{Path: "/" + c.ListPath(a.N), Version: fmt.Sprint(now.past, " ", a.Closed, " ", a.Changed, " ", newer, " ", now.channels, " ", g.look)})
	}
	return all
}

// addressesOf returns the addresses of a channel's documents, and its page if it is none of
// the site's any more: that is up for a while, too, and then gone with them.
func (g *guise) addressesOf(state feeds.ChannelState, closed []feeds.ClosedArchive) (page, archives, live []Address) {
	c := state.Channel
	if _, renamed := g.Site.Successor(c); renamed {
		return nil, nil, nil
	}
	status := 0
	if state.Status == feeds.ChannelGone {
		status = http.StatusGone
	}
	if !g.Site.HasChannel(c) && c.Kind != feeds.ChannelAll {
		page = append(page, Address{Path: "/" + c.String(), Version: "ended", Status: status})
	}
	documents := func(archive int, version string) (all []Address) {
		for _, format := range feeds.Formats() {
			key := feeds.DocumentKey{Channel: state.Channel, Format: format, Archive: archive}
			all = append(all, Address{Path: "/" + key.Path(), Version: fmt.Sprint(version, " ", state.Status), Status: status})
		}
		return all
	}
	if len(closed) == 0 && status == http.StatusGone {
		closed = lostArchives(state)
	}
	for _, a := range closed {
		archives = append(archives, documents(a.N, fmt.Sprint(state.Past, " ", a.Closed))...)
	}
	return page, archives, documents(0, fmt.Sprint(state.Revision))
}

// mostLost is how many archives of a channel that is gone are counted off.
const mostLost = 100_000

// lostArchives are those of a channel that is gone: of these nothing is known but their
// numbers, which are without gaps in the first epoch.
func lostArchives(state feeds.ChannelState) (all []feeds.ClosedArchive) {
	if state.Archives > mostLost {
		return nil
	}
	for i := range state.Archives {
		all = append(all, feeds.ClosedArchive{N: i + 1})
	}
	return all
}

// noLanguage asks for a language that no site has (ISO 639-2: what has no code), and so for
// the list of those that there are.
const noLanguage = "mis"

// NotFoundPath is an address of the site at which nothing is, for who wants to see
// what the site says then.
func NotFoundPath(settings Settings) string {
	return "/" + settings.Site.DefaultLocale + "/" + strings.Repeat("-", 3)
}
