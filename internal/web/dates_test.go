package web

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// process is a site of its own over a city's documents, with words of its own.
func (c *city) process(t *testing.T, words string) (*Shelf, http.Handler) {
	settings := c.settings
	settings.Words = words
	now := func() Settings { return settings }
	s := NewShelf(ShelfConfig{Documents: c, Settings: now, Log: discard()})
	run(t, s)
	synctest.Wait()
	return s, Public(Config{Settings: now, Shelf: s, Channels: c, Articles: c, Log: discard()})
}

// A document's date is that of its channel's revision, an archive's that of the past, or
// the day on which the words were adopted.
func TestDatesOfDocuments(t *testing.T) {
	c := newCity(t)
	archive := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS, Archive: 1}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(anyTime))
		c.put(archive, []byte("<rss>An archive</rss>"), 50)
		_, h := c.process(t, "one")
		at := func(ms int64) string { return time.UnixMilli(ms).UTC().Format(http.TimeFormat) }
		first := anyTime.UnixMilli()
		for _, step := range []struct {
			remark        string
			do            func()
			live, archive string
		}{
			{"nothing was adopted yet", func() {}, at(first), ""},
			{"words are adopted", func() { c.adopt("one", first+10_000) }, at(first + 10_000), at(first + 10_000)},
			{"the channel changes", func() { c.change("en/all", func(s *feeds.ChannelState) { s.Revision = first + 20_000 }) }, at(first + 20_000), at(first + 10_000)},
			{"its past changes", func() {
				c.change("en/all", func(s *feeds.ChannelState) { s.Revision, s.Past = first+30_000, first+30_000 })
			}, at(first + 30_000), at(first + 30_000)},
			{"the same words are adopted again", func() { c.adopt("one", first+40_000) }, at(first + 40_000), at(first + 40_000)},
		} {
			step.do()
			pass(10 * time.Second)
			for path, want := range map[string]string{"/en/all.rss": step.live, "/en/all.1.rss": step.archive} {
				if got := get(h, path).Header.Get("Last-Modified"); got != want {
					t.Errorf("%s, %s: %q, want %q", step.remark, path, got, want)
				}
			}
		}
	})
}

// A date that lies ahead is not told, nor is anybody answered by it.
func TestADateThatLiesAhead(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(anyTime))
		_, h := c.process(t, "one")
		ahead := time.Now().Add(10 * time.Second)
		c.change("en/all", func(s *feeds.ChannelState) { s.Revision = ahead.UnixMilli() })
		pass(time.Second)
		r := get(h, "/en/all.rss", "If-Modified-Since", ahead.UTC().Format(http.TimeFormat))
		if r.StatusCode != http.StatusOK || r.Header.Get("Last-Modified") != "" {
			t.Errorf("status %d, Last-Modified %q", r.StatusCode, r.Header.Get("Last-Modified"))
		}
		pass(10 * time.Second)
		want := ahead.UTC().Format(http.TimeFormat)
		if r := get(h, "/en/all.rss", "If-Modified-Since", want); r.StatusCode != http.StatusNotModified {
			t.Errorf("when it has come: status %d", r.StatusCode)
		}
	})
}

// A process whose words are not the newest gives no date, and does not look at one; its tags
// are those of its bytes. Operators are told.
func TestAProcessWithOldWords(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		c.adopt("new", anyTime.UnixMilli())
		shelf, h := c.process(t, "old")
		r := get(h, "/en/all.rss")
		if r.StatusCode != http.StatusOK || r.Header.Get("Last-Modified") != "" {
			t.Errorf("status %d, Last-Modified %q", r.StatusCode, r.Header.Get("Last-Modified"))
		}
		if r := get(h, "/en/all.rss", "If-Modified-Since", time.Now().UTC().Format(http.TimeFormat)); r.StatusCode != http.StatusOK {
			t.Errorf("by date: status %d", r.StatusCode)
		}
		if r := get(h, "/en/all.rss", "If-None-Match", r.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
			t.Errorf("by tag: status %d", r.StatusCode)
		}
		if since := shelf.State().OldWords; !since.Equal(anyTime) {
			t.Errorf("operators are told %s", since)
		}
	})
}

// Two processes with other words stand behind one address, and a reader asks now the one
// and now the other: none takes what the other gave for its own.
func TestTwoProcessesWithOtherWords(t *testing.T) {
	c := newCity(t)
	other := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		for _, city := range []*city{c, other} {
			city.adopt("new", anyTime.UnixMilli())
		}
		other.put(allRSS, []byte("<rss>In other words</rss>"), 1)
		other.change("en/all", func(s *feeds.ChannelState) { s.Revision = anyTime.UnixMilli() }) // of the same log
		_, newer := c.process(t, "new")
		_, older := other.process(t, "old")
		var etag, modified string
		for i := range 6 {
			h, want := newer, string(c.documents[allRSS].Body)
			if i%2 == 1 {
				h, want = older, "<rss>In other words</rss>"
			}
			for _, fields := range [][]string{{"If-None-Match", etag}, {"If-Modified-Since", modified}} {
				if fields[1] == "" {
					continue
				}
				if r := get(h, "/en/all.rss", fields...); r.StatusCode != http.StatusOK || body(t, r) != want {
					t.Errorf("request %d, %q: status %d", i, fields, r.StatusCode)
				}
			}
			r := get(h, "/en/all.rss")
			etag, modified = r.Header.Get("ETag"), r.Header.Get("Last-Modified")
		}
	})
}

// After a reload of the configuration nothing is served in the words of before.
func TestOtherSettingsMakeOtherDocuments(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		found(t, s, allRSS)
		found(t, s, allRSS)
		c.mu.Lock()
		d := c.documents[allRSS]
		d.Body = []byte("in other words")
		c.documents[allRSS] = d
		c.mu.Unlock()
		c.settings.Words = "other"
		if got := found(t, s, allRSS); got != "in other words" {
			t.Errorf("after the reload: %.100q", got)
		}
	})
}
