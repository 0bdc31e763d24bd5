package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// serveChannel answers the address of a channel: with a feed if it ends in a
// format, else with the channel's page.
func (s *public) serveChannel(w http.ResponseWriter, r *http.Request, e *edition) {
	name := strings.Trim(r.URL.Path, "/")
	if extension := path.Ext(name); extension != "" {
		format := feeds.Format(extension[1:])
		if c, ok := feeds.ParseChannel(strings.TrimSuffix(name, extension)); ok && format.MediaType() != "" {
			if w, ok := w.(*recorder); ok {
				w.class = "feed"
			}
			s.serveFeed(w, r, e, c, format)
			return
		}
	}
	c, ok := feeds.ParseChannel(name)
	if !ok || !e.Site.HasChannel(c) {
		s.fail(w, r, e, http.StatusNotFound)
		return
	}
	if c.Kind == feeds.ChannelAll {
		redirect(w, r, e.pagePath(c), http.StatusMovedPermanently)
		return
	}
	s.serveChannelPage(w, r, e, c)
}

// serveFeed answers a feed's address. Whatever is answered there says that it
// depends on Sec-Fetch-Dest, so that no cache gives a reader's program what was
// meant for a browser's window.
func (s *public) serveFeed(w http.ResponseWriter, r *http.Request, e *edition, c feeds.Channel, f feeds.Format) {
	h := w.Header()
	h["Vary"] = varyFeed
	h["Access-Control-Allow-Origin"] = anyOrigin
	key := feeds.DocumentKey{Channel: c.String(), Format: f}

	if navigates(r) {
		if e.Site.HasChannel(c) {
			h["Cache-Control"] = noStore
			h.Set("Location", (&url.URL{Path: e.pagePath(c)}).String())
			h.Set("Content-Length", "0")
			w.WriteHeader(http.StatusFound)
			return
		}
	}
	content, err := s.Shelf.find(r.Context(), key)
	switch {
	case err == nil:
		h["Cache-Control"] = s.feedCache
		h["Access-Control-Expose-Headers"] = exposed
		content.serve(w, r, content.linkFields(e, c, f))
	case errors.Is(err, errNotPublished) && !e.Site.HasChannel(c):
		s.fail(w, r, e, http.StatusNotFound)
	default:
		s.fail(w, r, e, http.StatusServiceUnavailable)
	}
}

// navigates tells whether a person's browser opens the address in a window of its
// own (Fetch Metadata, Sec-Fetch-Dest), and did not ask for the feed itself.
func navigates(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Dest") == "document" && (r.URL.RawQuery == "" || r.URL.Query().Get("raw") != "1")
}

// linkFields returns the Link fields (RFC 8288) of a feed: itself, the other
// formats, and the channel's page.
func (c *content) linkFields(e *edition, channel feeds.Channel, format feeds.Format) []string {
	if l := c.links.Load(); l != nil && l.base == e.Site.BaseURL {
		return l.fields
	}
	self := e.absolute(e.feedPath(channel, format))
	fields := []string{"<" + self + `>; rel="self"`}
	for _, f := range feeds.Formats() {
		if f != format {
			media, _, _ := strings.Cut(f.MediaType(), ";")
			fields = append(fields, "<"+e.absolute(e.feedPath(channel, f))+`>; rel="alternate"; type="`+media+`"`)
		}
	}
	fields = append(fields, "<"+e.absolute(e.pagePath(channel))+`>; rel="alternate"; type="text/html"`)
	c.links.Store(&links{base: e.Site.BaseURL, fields: fields})
	return fields
}
