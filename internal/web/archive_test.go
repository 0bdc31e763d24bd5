package web

import (
	"net/http"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// TestTheArchiveThatIsNext proves that an archive's link to the one behind it always
// leads on: to the live feed, until that archive is closed.
func TestTheArchiveThatIsNext(t *testing.T) {
	c := newCity(t)
	c.put(feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom, Archive: 1}, []byte("<feed>An archive</feed>"), 50)
	h := c.public()
	r := get(h, "/en/all.2.atom")
	if r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/en/all.atom" || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d to %q, Cache-Control %q", r.StatusCode, r.Header.Get("Location"), r.Header.Get("Cache-Control"))
	}
	c.put(feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom, Archive: 2}, []byte("<feed>The next</feed>"), 50)
	if r := get(c.public(), "/en/all.2.atom"); r.StatusCode != http.StatusOK {
		t.Errorf("once it is closed: status %d", r.StatusCode)
	}
}
