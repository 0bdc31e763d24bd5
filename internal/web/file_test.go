package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// filesOf are files by their digests.
type filesOf map[string]string

func (f filesOf) File(_ context.Context, digest string) ([]byte, bool, error) {
	data, ok := f[digest]
	if data == "away" {
		return nil, false, errors.New("the database is away")
	}
	return []byte(data), ok, nil
}

func TestFilesOfNoticesRunNowhere(t *testing.T) {
	c := newCity(t)
	gif, svg, pdf, away := "GIF89a", "<svg onload=x>", "%PDF-1.4", "away"
	site := Public(Config{
		Settings: func() Settings { return c.settings }, Shelf: c.shelf(time.Hour), Channels: c, Articles: c, Log: discard(),
		Files: filesOf{feeds.FileDigest([]byte(gif)): gif, feeds.FileDigest([]byte(svg)): svg, feeds.FileDigest([]byte(pdf)): pdf, feeds.FileDigest([]byte(away)): away},
	})
	at := func(data, name string) string { return feeds.FilePath(feeds.FileDigest([]byte(data)), name) }
	for _, test := range []struct {
		path            string
		status          int
		kind, placement string
		sandboxed       bool
	}{
		{at(gif, "地図.gif"), 200, "image/gif", "", true},
		{at(svg, "sign.svg"), 200, "image/svg+xml", "attachment", true},
		{at(svg, "page.xhtml"), 200, "application/xhtml+xml", "attachment", true},
		{at(pdf, "plan.PDF"), 200, "application/pdf", "", false},
		{at(svg, "page.html"), 404, "text/html; charset=utf-8", "", false},
		{at("no", "no.gif"), 404, "text/html; charset=utf-8", "", false},
		{"/f/short/no.gif", 404, "text/html; charset=utf-8", "", false},
		{at(away, "a.gif"), 503, "text/html; charset=utf-8", "", false},
	} {
		r := get(site, test.path)
		h := r.Header
		if r.StatusCode != test.status || h.Get("Content-Type") != test.kind || h.Get("Content-Disposition") != test.placement || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: status %d, header %v", test.path, r.StatusCode, h)
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "sandbox") != test.sandboxed {
			t.Errorf("%s: Content-Security-Policy %q", test.path, h.Get("Content-Security-Policy"))
		}
	}
	r := get(site, at(gif, "map.gif"))
	if got := body(t, r); got != gif || r.Header.Get("Cache-Control") != fileCache {
		t.Errorf("%q, %v", got, r.Header)
	}
	if r := get(site, at(gif, "map.gif"), "If-None-Match", r.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: status %d", r.StatusCode)
	}
	if r := get(site, at(gif, "map.gif"), "Range", "bytes=0-2"); r.StatusCode != http.StatusPartialContent || body(t, r) != "GIF" {
		t.Errorf("a part: status %d", r.StatusCode)
	}
}
