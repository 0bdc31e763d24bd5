package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The cluster's sources: a fiftieth of them at one host, which is asked one after the other.
const (
	clusterSources = 500
	clusterHosts   = 50
	clusterCities  = 10
	slowHosts      = 5 // at which a run takes some seconds, so that some are always under way
)

// clusterCity has sources of three formats, some that are slow, some that fail at times, some
// that say what has not changed. Each wave brings a notice more of every tenth of them.
type clusterCity struct {
	*city
	waves  atomic.Int64
	visits [clusterSources]atomic.Int64
}

func newClusterCity(t *testing.T) *clusterCity {
	c := &clusterCity{city: newCity(t, clusterHosts)}
	for i := range clusterSources {
		c.put(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, r *http.Request) { c.serveSource(i, w, r) })
	}
	return c
}

// has is how many notices a source has by now.
func (c *clusterCity) has(i int) int {
	waves := int(c.waves.Load())
	return 1 + (waves+9-i%10)/10 // waves are numbered from one, and wave w is of sources w-1, w+9, …
}

// all are the titles of all notices by now.
func (c *clusterCity) all() map[string]bool {
	titles := map[string]bool{}
	for i := range clusterSources {
		for n := range c.has(i) {
			titles[clusterTitle(i, n)] = true
		}
	}
	return titles
}

func clusterTitle(i, n int) string { return fmt.Sprintf("Notice-%d-%d", i, n) }

func (c *clusterCity) serveSource(i int, w http.ResponseWriter, r *http.Request) {
	moment := 5 * time.Millisecond
	if i%clusterHosts < slowHosts {
		moment = 300 * time.Millisecond
	}
	select {
	case <-time.After(moment): // the source's slowness
	case <-r.Context().Done():
		return
	}
	if n := c.visits[i].Add(1); i%10 == 3 && n%7 == 0 {
		http.Error(w, "come again", http.StatusServiceUnavailable)
		return
	}
	has := c.has(i)
	if tag := fmt.Sprintf(`"%d-%d"`, i, has); i%2 == 0 {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	kind, text := clusterDocument(i, has)
	w.Header().Set("Content-Type", kind)
	if i%5 > 0 || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		_, _ = io.WriteString(w, text) // who left is no matter
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
}

// clusterDocument is a source's document, of the notices that it has.
func clusterDocument(i, has int) (kind, text string) {
	var b strings.Builder
	each := func(form string) {
		for n := range has {
			title := clusterTitle(i, n)
			at := time.Date(2026, 11, 2, 9, n%60, i%60, 0, time.UTC)
			fmt.Fprintf(&b, form, title, "https://city.example/"+title, at.Format(time.RFC3339), at.Format(time.RFC1123Z))
		}
	}
	switch i % 3 {
	case 0:
		b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>City</title><link>https://city.example/</link><description>News</description><language>en</language>`)
		each(`<item><title>%[1]s</title><link>%[2]s</link><guid isPermaLink="false">%[1]s</guid><pubDate>%[4]s</pubDate><category>Environment</category><description>About %[1]s.</description></item>`)
		b.WriteString(`</channel></rss>`)
		return "application/rss+xml", b.String()
	case 1:
		fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>City</title><id>https://city.example/%d</id><updated>2026-11-02T09:00:00Z</updated>`, i)
		each(`<entry><title>%[1]s</title><id>tag:city.example,2026:%[1]s</id><link href="%[2]s"/><updated>%[3]s</updated><published>%[3]s</published><category term="Environment"/><summary>About %[1]s.</summary></entry>`)
		b.WriteString(`</feed>`)
		return "application/atom+xml", b.String()
	}
	b.WriteString(`{"version":"https://jsonfeed.org/version/1.1","title":"City","language":"en","items":[`)
	for n := range has {
		if n > 0 {
			b.WriteString(",")
		}
		title := clusterTitle(i, n)
		fmt.Fprintf(&b, `{"id":%[1]q,"title":%[1]q,"url":"https://city.example/%[1]s","date_published":"2026-11-02T09:%02[2]d:00Z","tags":["Environment"],"content_text":"About %[1]s."}`, title, n%60)
	}
	b.WriteString(`]}`)
	return "application/feed+json", b.String()
}

// clusterConfig is the site's, on a database, that tells a webhook what is wrong.
func (c *clusterCity) config(database, webhook string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `site:
  id: test-city
  url: http://news.test.example
  title: Test
  default_locale: en
  locales: [en, ja]
storage: %q
categories: [government, {term: environment, urgent: true}, living]
notify:
  receivers:
    - {name: on-call, kind: webhook, url: %q, at_least: ticket, gather: 0s}
fetch:
  host_pause: 0
publishers:
`, database, webhook)
	for n := range clusterCities {
		fmt.Fprintf(&b, "  - {key: city-%d, name: City %d, time_zone: Asia/Tokyo, language: en, licence: {name: CC BY 4.0, full_text: true}}\n", n, n)
	}
	b.WriteString("sources:\n")
	for i := range clusterSources {
		fmt.Fprintf(&b, "  - {id: s%d, publisher: city-%d, kind: feed, url: \"http://%s/%d\", schedule: \"@every 1m\", allow_private: true}\n",
			i, i%clusterCities, c.hosts[i%clusterHosts], i)
	}
	return b.String()
}
