package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// serveChannel answers the address of a channel: with a feed if it ends in a
// format, else with the channel's page.
func (s *public) serveChannel(w http.ResponseWriter, r *http.Request, g *guise) {
	name := strings.Trim(r.URL.Path, "/")
	if key, ok := feeds.ParseDocumentPath(name); ok {
		if r, ok := w.(*recorder); ok {
			r.Class, r.Format = "feed", key.Format
		}
		s.serveFeed(w, r, g, key)
		return
	}
	c, archive, ok := feeds.ParseListPath(name)
	switch {
	case !ok:
		s.fail(w, r, g, http.StatusNotFound)
	case s.serveFormer(w, r, g, c, func(now feeds.Channel) string { return g.path(now.ListPath(archive)) }):
	case !g.Site.HasChannel(c):
		s.serveEnded(w, r, g, c)
	case archive > 0:
		s.serveArchivePage(w, r, g, c, archive)
	default:
		s.serveChannelPage(w, r, g, c)
	}
}

// serveFeed answers a feed's address. Whatever is answered there says that it
// depends on Sec-Fetch-Dest, so that no cache gives a reader's program what was
// meant for a browser's window.
func (s *public) serveFeed(w http.ResponseWriter, r *http.Request, g *guise, key feeds.DocumentKey) {
	c, h := key.Channel, w.Header()
	h["Vary"] = varyFeed
	h["Access-Control-Allow-Origin"] = anyOrigin
	if s.serveFormer(w, r, g, c, func(now feeds.Channel) string {
		return g.documentPath(feeds.DocumentKey{Channel: now, Format: key.Format, Archive: key.Archive})
	}) {
		return
	}
	if navigates(r) {
		if g.Site.HasChannel(c) || s.Shelf.ended(c) == endedLately {
			h["Cache-Control"] = noStore
			h.Set("Location", s.pageOf(g, key).String())
			h.Set("Content-Length", "0")
			w.WriteHeader(http.StatusFound)
			return
		}
	}
	content, err := s.Shelf.find(r.Context(), key)
	switch {
	case err == nil:
		if s.Readers != nil {
			s.Readers.count(key, r)
		}
		h["Cache-Control"] = s.feedCache
		speakTo(h, c.Locale)
		if key.Archive > 0 {
			h["Cache-Control"] = archiveCache
		}
		h["Access-Control-Expose-Headers"] = exposed
		sends(w, key, content)
		if s.serveDelta(w, r, g, key, content) {
			return
		}
		content.serve(w, r, s.Shelf.date(key, content), content.linkFields(g, key))
	case errors.Is(err, errChannelGone):
		s.fail(w, r, g, http.StatusGone)
	case errors.Is(err, feeds.ErrNotPublished) && s.Shelf.isNext(key) && g.Site.HasChannel(c):
		// The newest archive links the one behind it before that is closed (RFC 5005
		// §4, next-archive). Its records are in the live feed until then.
		h["Cache-Control"] = noStore
		redirect(w, r, g.documentPath(feeds.DocumentKey{Channel: c, Format: key.Format}), http.StatusFound)
	case errors.Is(err, feeds.ErrNotPublished) && (key.Archive > 0 || !g.Site.HasChannel(c)):
		s.fail(w, r, g, http.StatusNotFound)
	default:
		s.fail(w, r, g, http.StatusServiceUnavailable)
	}
}

// pageOf is where somebody is led who opens a feed in a browser's window: to the place on its
// page that says what to do with its address.
func (s *public) pageOf(g *guise, key feeds.DocumentKey) *url.URL {
	if !g.Site.HasChannel(key.Channel) {
		return &url.URL{Path: g.pagePath(key.Channel)}
	}
	if key.Archive > s.Shelf.channel(key.Channel).Archives {
		key.Archive = 0
	}
	return &url.URL{Path: g.path(key.Channel.ListPath(key.Archive)), Fragment: "subscribe"}
}

// navigates reports whether a person's browser opens the address in a window of its
// own (Fetch Metadata, Sec-Fetch-Dest), and did not ask for the feed itself.
func navigates(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Dest") == "document" && (r.URL.RawQuery == "" || r.URL.Query().Get("raw") != "1")
}

// linkFields returns the Link fields (RFC 8288) of a feed: itself, the other
// formats, the channel's page, and from an archive the live feed (RFC 5005 §4).
func (c *content) linkFields(g *guise, key feeds.DocumentKey) []string {
	if l := c.links.Load(); l != nil && l.base == g.Site.BaseURL {
		return l.fields
	}
	fields := []string{"<" + g.absolute(g.documentPath(key)) + `>; rel="self"`}
	for _, f := range feeds.Formats() {
		if f != key.Format {
			media, _, _ := strings.Cut(f.MediaType(), ";")
			other := feeds.DocumentKey{Channel: key.Channel, Format: f, Archive: key.Archive}
			fields = append(fields, "<"+g.absolute(g.documentPath(other))+`>; rel="alternate"; type="`+media+`"`)
		}
	}
	fields = append(fields, "<"+g.absolute(g.pagePath(key.Channel))+`>; rel="alternate"; type="text/html"`)
	if key.Archive > 0 {
		fields = append(fields, "<"+g.absolute(g.documentPath(feeds.DocumentKey{Channel: key.Channel, Format: key.Format}))+`>; rel="current"`)
	}
	c.links.Store(&links{base: g.Site.BaseURL, fields: fields})
	return fields
}
