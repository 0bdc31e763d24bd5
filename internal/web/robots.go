package web

import (
	"net/http"
	"strconv"
	"strings"
)

func (s *public) serveRobots(w http.ResponseWriter, r *http.Request, g *guise) {
	var b strings.Builder
	b.WriteString("User-agent: *\nAllow: /\n")
	for _, path := range s.unindexed(g) {
		b.WriteString("Disallow: " + g.prefix + path + "\n")
	}
	b.WriteString("\nSitemap: " + g.absolute(g.prefix+sitemapPath) + "\nSitemap: " + g.absolute(g.prefix+newsSitemapPath) + "\n")
	h := w.Header()
	h["Cache-Control"] = s.pageCache
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(b.String()))
	}
}

// unindexed are the paths below the site's public address that no crawler is to ask for, as
// robots.txt has them (RFC 9309 §2.2.2): what is made for one reader's question.
func (s *public) unindexed(g *guise) (paths []string) {
	if s.Selections == nil {
		return nil
	}
	for _, tag := range g.tags {
		for _, end := range []string{"search?", "search.", "feed?", "feed."} {
			paths = append(paths, "/"+tag+"/"+end)
		}
	}
	return paths
}
