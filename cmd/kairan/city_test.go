package main

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// city is a web server with feeds on several hosts of loopback.
type city struct {
	t     *testing.T
	hosts []string // each host:port

	mu      sync.Mutex
	feeds   map[string]http.HandlerFunc // by path
	visits  map[string]int              // by path
	current map[string]int              // requests under way, by host
	crowded []string                    // hosts that were visited by two at once
}

// newCity serves the same feeds at a number of hosts.
func newCity(t *testing.T, hosts int) *city {
	t.Helper()
	c := &city{t: t, feeds: map[string]http.HandlerFunc{}, visits: map[string]int{}, current: map[string]int{}}
	for i := range hosts {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.%d.%d:0", i/250+1, i%250+1))
		if err != nil {
			t.Fatal(err)
		}
		host := l.Addr().String()
		c.hosts = append(c.hosts, host)
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { c.serve(host, w, r) })}
		go server.Serve(l) // ends when the listener is closed
		t.Cleanup(func() { server.Close() })
	}
	return c
}

func (c *city) serve(host string, w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.current[host]++
	if c.current[host] > 1 {
		c.crowded = append(c.crowded, host)
	}
	c.visits[r.URL.Path]++
	feed := c.feeds[r.URL.Path]
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.current[host]--
		c.mu.Unlock()
	}()
	if feed == nil {
		http.NotFound(w, r)
		return
	}
	feed(w, r)
}

// put serves something at a path of every host.
func (c *city) put(path string, feed http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.feeds[path] = feed
}

// rss serves a feed with these titles, and takes a moment to do so.
func rss(moment time.Duration, titles ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(moment):
		case <-r.Context().Done():
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, rssDocument(titles...))
	}
}

func rssDocument(titles ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>City</title><link>https://city.example/</link><description>News</description><language>en</language>`)
	for i, title := range titles {
		fmt.Fprintf(&b, `<item><title>%s</title><link>https://city.example/%s</link><guid isPermaLink="false">%s</guid><pubDate>Mon, 02 Nov 2026 09:%02d:00 +0900</pubDate><category>Environment</category><description>About %s.</description></item>`,
			title, title, title, i%60, title)
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

// testConfig returns a configuration with these sources.
func testConfig(sources string) string {
	return `
site:
  id: test-city
  url: http://news.test.example
  title: Test
  default_locale: en
  locales: [en, ja]
categories: [government, environment, living]
publishers:
  - key: city
    name: City
    time_zone: Asia/Tokyo
    language: en
    licence: {name: CC BY 4.0, full_text: true}
fetch:
  host_pause: 0
sources:
` + sources
}

// urgentConfig returns a configuration whose notices are published at once.
func urgentConfig(sources string) string {
	return strings.Replace(testConfig(sources), "environment,", "{term: environment, urgent: true},", 1)
}

// feedSource returns the configuration of one feed.
func feedSource(id, host, path string) string {
	return fmt.Sprintf("  - {id: %s, publisher: city, kind: feed, url: \"http://%s%s\", allow_private: true}\n", id, host, path)
}

// total is the number of visits so far.
func (c *city) total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, visits := range c.visits {
		n += visits
	}
	return n
}
