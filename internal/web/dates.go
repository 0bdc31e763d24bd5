package web

import (
	"net/http"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// dated is when a document changed last, as Last-Modified says it. It holds under the
// words that were adopted last.
type dated struct {
	words feeds.AdoptedWords
	at    time.Time
	field []string
}

// date returns when a document changed: when its channel's revision was raised, or of an
// archive that of the past, or when the words were adopted that it is made with. It is nil
// where that is not known, as while other words than this process's are in force, and while
// it lies ahead, as after many changes in a row, which are a second apart: "An origin server
// with a clock MUST NOT generate a Last-Modified date that is later than the server's time of
// message origination" (RFC 9110 §8.8.2.1). Who asks by date alone is then sent the whole.
func (s *Shelf) date(key feeds.DocumentKey, c *content) *dated {
	k := s.published.Load()
	if !k.newest(c.settings) {
		return nil
	}
	if d := c.dated.Load(); d != nil && d.words == k.Words {
		return d
	}
	ms := c.revision
	if key.Archive > 0 {
		ms = c.past
	}
	if ms = max(ms, k.Words.Adopted); ms == 0 {
		return nil
	}
	at := time.UnixMilli(ms).UTC().Truncate(time.Second)
	if at.After(time.Now()) {
		return nil
	}
	d := &dated{words: k.Words, at: at, field: []string{at.Format(http.TimeFormat)}}
	c.dated.Store(d)
	return d
}
