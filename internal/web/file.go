package web

import (
	"bytes"
	"net/http"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// fileCache lets caches keep a file for an hour: its content never changes, but it goes with
// its notice.
const fileCache = "public, max-age=3600"

// What a file may do that is opened by itself: nothing, in an origin of its own. Viewers of
// PDF don't work in a sandbox, and run in none of the site's pages.
const (
	fileSecurity = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
	pdfSecurity  = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
)

// serveChannelOrFile serves what has three steps. The mux can't tell /f/… from an article of
// some locale; no locale is called "f".
func (s *public) serveChannelOrFile(w http.ResponseWriter, r *http.Request, g *guise) {
	if r.PathValue("locale") != "f" {
		s.serveChannel(w, r, g)
		return
	}
	classify(w, "file")
	s.serveFile(w, r, g)
}

// serveFile serves a file that is published with a notice. What is no picture, recording or
// PDF is only ever downloaded; whatever a browser may think that it is, it runs nowhere.
func (s *public) serveFile(w http.ResponseWriter, r *http.Request, g *guise) {
	digest, ok := feeds.FileOf(r.URL.EscapedPath())
	name := r.PathValue("name")
	kind := feeds.FileType(name)
	if !ok || s.Files == nil || kind == "" {
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	data, ok, err := s.Files.File(r.Context(), digest)
	switch {
	case err != nil:
		s.Log.Error("a file can't be read", "path", r.URL.Path, "error", err)
		s.fail(w, r, g, http.StatusServiceUnavailable)
		return
	case !ok:
		s.fail(w, r, g, http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", fileCache)
	h.Set("ETag", `"`+digest+`"`)
	h["Access-Control-Allow-Origin"] = anyOrigin
	h.Set("Content-Security-Policy", fileSecurity)
	switch {
	case !feeds.IsShownInPlace(kind):
		h.Set("Content-Disposition", "attachment")
	case kind == "application/pdf":
		h.Set("Content-Security-Policy", pdfSecurity)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
