package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/kairan-news/kairan/feeds"
)

const (
	feedControl = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
	feedVary    = "Accept-Encoding, Sec-Fetch-Dest"
)

func TestFeedIsServed(t *testing.T) {
	c := newCityOfAll(t)
	h := c.public()
	for _, test := range []struct{ path, mediaType string }{
		{"/en/all.rss", "application/rss+xml; charset=utf-8"},
		{"/ja/all.atom", "application/atom+xml; charset=utf-8"},
		{"/ar/government.json", "application/feed+json"},
		{"/nl/from/sample-city.rss", "application/rss+xml; charset=utf-8"},
		{"/th/everything.atom", "application/atom+xml; charset=utf-8"},
		{"/ko/sports.rss", "application/rss+xml; charset=utf-8"}, // empty, and valid all the same
	} {
		t.Run(test.path, func(t *testing.T) {
			r := get(h, test.path)
			path, extension, _ := strings.Cut(test.path[1:], ".")
			want := c.documents[feeds.DocumentKey{Channel: channelNamed(path), Format: feeds.Format(extension)}]
			if got := body(t, r); r.StatusCode != http.StatusOK || got != string(want.Body) {
				t.Fatalf("status %d, %d bytes; want 200 and the document's %d", r.StatusCode, len(got), len(want.Body))
			}
			fields(t, r, map[string]string{
				"Content-Type":                test.mediaType,
				"Etag":                        want.ETag,
				"Last-Modified":               anyTime.Format(http.TimeFormat),
				"Cache-Control":               feedControl,
				"Vary":                        feedVary,
				"Access-Control-Allow-Origin": "*",
				"X-Content-Type-Options":      "nosniff",
				"Content-Encoding":            "",
				"Set-Cookie":                  "",
			})
			links := strings.Join(r.Header["Link"], "\n")
			for _, want := range []string{
				"<https://news.city.example" + test.path + `>; rel="self"`,
				"<https://news.city.example/" + path + `.json>; rel="alternate"; type="application/feed+json"`,
			} {
				if extension != "json" && !strings.Contains(links, want) {
					t.Errorf("Link:\n%s\nlacks %s", links, want)
				}
			}
		})
	}
}

func TestFeedInEachCoding(t *testing.T) {
	c := newCity(t)
	h := c.public()
	plain := body(t, get(h, "/en/all.atom"))
	tags := map[string]bool{}
	for _, test := range []struct {
		accept, want, suffix string
		decode               func(io.Reader) (io.Reader, error)
	}{
		{"", "", `"`, func(r io.Reader) (io.Reader, error) { return r, nil }},
		{"gzip", "gzip", `-gz"`, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"zstd, gzip", "zstd", `-zst"`, func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) }},
		{"br, zstd, gzip", "br", `-br"`, func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }},
	} {
		t.Run(test.want, func(t *testing.T) {
			// Brotli comes behind the others.
			until(t, func() bool {
				return get(h, "/en/all.atom", "Accept-Encoding", test.accept).Header.Get("Content-Encoding") == test.want
			})
			r := get(h, "/en/all.atom", "Accept-Encoding", test.accept)
			decoded, err := test.decode(r.Body)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(decoded)
			if err != nil || string(got) != plain {
				t.Errorf("decodes to %d bytes (%v), want the document's %d", len(got), err, len(plain))
			}
			tag := r.Header.Get("ETag")
			if !strings.HasSuffix(tag, test.suffix) || strings.HasPrefix(tag, "W/") || tags[tag] {
				t.Errorf("ETag %s, want a strong one of its own that ends in %s", tag, test.suffix)
			}
			tags[tag] = true
			// The same copy is current whatever coding is asked for next.
			for _, accept := range []string{"", "gzip", "br"} {
				if r := get(h, "/en/all.atom", "If-None-Match", tag, "Accept-Encoding", accept); r.StatusCode != http.StatusNotModified || r.Header.Get("ETag") != tag {
					t.Errorf("asked for %q with %s: status %d, ETag %s; want 304 with the same tag", accept, tag, r.StatusCode, r.Header.Get("ETag"))
				}
			}
		})
	}
}

func TestConditionalRequests(t *testing.T) {
	c := newCity(t)
	h := c.public()
	d := c.documents[feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS}]
	at := func(d time.Duration) string { return anyTime.Add(d).Format(http.TimeFormat) }
	for _, test := range []struct {
		remark string
		fields []string
		want   int
	}{
		{"nothing is known", nil, 200},
		{"the tag", []string{"If-None-Match", d.ETag}, 304},
		{"the tag, weak", []string{"If-None-Match", "W/" + d.ETag}, 304},
		{"a list with the tag", []string{"If-None-Match", `"x", ` + d.ETag}, 304},
		{"two fields, one with the tag", []string{"If-None-Match", `"x"`, "If-None-Match", d.ETag}, 304},
		{"any", []string{"If-None-Match", "*"}, 304},
		{"another tag", []string{"If-None-Match", `"x"`}, 200},
		{"the date", []string{"If-Modified-Since", at(0)}, 304},
		{"a later date", []string{"If-Modified-Since", at(time.Hour)}, 304},
		{"an earlier date", []string{"If-Modified-Since", at(-time.Second)}, 200},
		{"a date that is none", []string{"If-Modified-Since", "yesterday"}, 200},
		{"another tag goes before the date", []string{"If-None-Match", `"x"`, "If-Modified-Since", at(0)}, 200},
		{"the tag goes before the date", []string{"If-None-Match", d.ETag, "If-Modified-Since", at(-time.Hour)}, 304},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := ask(h, method, "/en/all.rss", test.fields...)
			if r.StatusCode != test.want {
				t.Errorf("%s, %s: status %d, want %d", method, test.remark, r.StatusCode, test.want)
				continue
			}
			// What RFC 9110 §15.4.5 asks a 304 to repeat, and no more of the content.
			fields(t, r, map[string]string{"Etag": d.ETag, "Cache-Control": feedControl, "Vary": feedVary, "Access-Control-Allow-Origin": "*"})
			if test.want == 304 {
				fields(t, r, map[string]string{"Content-Type": "", "Content-Length": "", "Content-Encoding": "", "Last-Modified": ""})
			}
			if got := body(t, r); method == http.MethodHead && got != "" || test.want == 304 && got != "" {
				t.Errorf("%s, %s: a body of %d bytes", method, test.remark, len(got))
			}
		}
	}
	head, full := ask(h, http.MethodHead, "/en/all.rss", "Accept-Encoding", "gzip"), get(h, "/en/all.rss", "Accept-Encoding", "gzip")
	for _, name := range []string{"Content-Length", "Content-Type", "Content-Encoding", "Etag", "Last-Modified"} {
		if got, want := head.Header.Get(name), full.Header.Get(name); got != want || got == "" {
			t.Errorf("HEAD: %s %q, GET: %q", name, got, want)
		}
	}
}

func TestFeedOpenedInABrowser(t *testing.T) {
	h := newCity(t).public()
	for _, test := range []struct {
		remark, path, dest string
		status             int
		location           string
	}{
		{"a window", "/ja/government.rss", "document", 302, "/ja/government#subscribe"},
		{"a window, all", "/ja/all.atom", "document", 302, "/ja/all#subscribe"},
		{"a window, a publisher", "/ja/from/riyadh.json", "document", 302, "/ja/from/riyadh#subscribe"},
		{"a window that asks for the feed", "/ja/all.atom?raw=1", "document", 200, ""},
		{"a window with another query", "/ja/all.atom?utm_source=x", "document", 302, "/ja/all#subscribe"},
		{"a script", "/ja/all.atom", "empty", 200, ""},
		{"a feed reader", "/ja/all.atom", "", 200, ""},
		{"an unknown feed", "/ja/gossip.rss", "document", 404, ""},
	} {
		var header []string
		if test.dest != "" {
			header = []string{"Sec-Fetch-Dest", test.dest}
		}
		r := get(h, test.path, header...)
		if r.StatusCode != test.status || r.Header.Get("Location") != test.location {
			t.Errorf("%s: status %d to %q, want %d to %q", test.remark, r.StatusCode, r.Header.Get("Location"), test.status, test.location)
		}
		if !strings.Contains(strings.Join(r.Header["Vary"], ", "), "Sec-Fetch-Dest") {
			t.Errorf("%s: Vary %q", test.remark, r.Header["Vary"])
		}
		if control := r.Header.Get("Cache-Control"); (test.status != 200) != (control == "no-store") {
			t.Errorf("%s: Cache-Control %q", test.remark, control)
		}
	}
}

func TestArchive(t *testing.T) {
	c := newCity(t)
	key := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom, Archive: 3}
	c.put(key, []byte("<feed>An archive</feed>"), 50)
	h := c.public()
	r := get(h, "/en/all.3.atom", "A-IM", "feed", "If-None-Match", `"1-x"`)
	if got := body(t, r); r.StatusCode != http.StatusOK || got != "<feed>An archive</feed>" {
		t.Errorf("status %d, %q", r.StatusCode, got)
	}
	fields(t, r, map[string]string{
		"Content-Type": "application/atom+xml; charset=utf-8", "Vary": feedVary, "Access-Control-Allow-Origin": "*",
		"Cache-Control": "public, max-age=3600, stale-while-revalidate=600, stale-if-error=86400",
		"Link": `<https://news.city.example/en/all.3.atom>; rel="self", ` +
			`<https://news.city.example/en/all.3.rss>; rel="alternate"; type="application/rss+xml", ` +
			`<https://news.city.example/en/all.3.json>; rel="alternate"; type="application/feed+json", ` +
			`<https://news.city.example/en/>; rel="alternate"; type="text/html", ` +
			`<https://news.city.example/en/all.atom>; rel="current"`,
	})
	if r := get(h, "/en/all.3.atom", "Sec-Fetch-Dest", "document"); r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/en/all.3#subscribe" {
		t.Errorf("in a window: %d to %q", r.StatusCode, r.Header.Get("Location"))
	}
	for _, path := range []string{"/en/all.5.atom", "/en/all.3.rss", "/en/all.03.atom", "/en/all.0.atom", "/en/all.-3.atom", "/en/all.x.atom", "/en/gossip.3.atom"} {
		if r := get(h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, r.StatusCode)
		}
	}
}

// Whatever a feed's address answers says that it depends on Sec-Fetch-Dest, and may be
// read by scripts of any origin.
func TestEveryAnswerOfAFeedVaries(t *testing.T) {
	c := newCity(t)
	h := c.public()
	tag := get(h, "/en/all.rss").Header.Get("ETag")
	for status, r := range map[int]*http.Response{
		200: get(h, "/en/all.rss?raw=1", "Sec-Fetch-Dest", "document"),
		301: get(h, "/zh-hant/all.rss"),
		302: get(h, "/en/all.rss", "Sec-Fetch-Dest", "document"),
		304: get(h, "/en/all.rss", "If-None-Match", tag),
		404: get(h, "/en/gossip.rss"),
		405: ask(h, http.MethodPost, "/en/all.rss"),
	} {
		if vary := strings.Join(r.Header["Vary"], ", "); r.StatusCode != status || !strings.Contains(vary, "Sec-Fetch-Dest") {
			t.Errorf("status %d, want %d; Vary %q", r.StatusCode, status, vary)
		}
		if origin := r.Header.Get("Access-Control-Allow-Origin"); origin != "*" {
			t.Errorf("status %d may be read by %q", status, origin)
		}
	}
}

func TestNoStyleSheetIsAttached(t *testing.T) {
	c := newCity(t)
	h := c.public()
	for key := range c.documents {
		if got := body(t, get(h, "/"+key.Path())); strings.Contains(got, "xml-stylesheet") {
			t.Errorf("%s has an XSLT", key.Path())
		}
	}
}

func TestNothingElseIsNegotiated(t *testing.T) {
	h := newCity(t).public()
	plain := body(t, get(h, "/en/all.rss"))
	for _, header := range [][]string{
		{"Accept", "text/html"}, {"Accept", "application/atom+xml"}, {"Accept-Language", "ja"}, {"Cookie", "lang=ja"}, {"User-Agent", "Mozilla/5.0"},
	} {
		if r := get(h, "/en/all.rss", header...); r.StatusCode != 200 || body(t, r) != plain {
			t.Errorf("%v changes the answer", header)
		}
	}
}

func TestFeedThatIsNotThere(t *testing.T) {
	c := newCity(t)
	h := c.public()
	for _, test := range []struct {
		path, language string
		want           int
		text           string
	}{
		{"/en/gossip.rss", "", 404, "Page Not Found"},
		{"/ja/gossip.rss", "en", 404, ""},
		{"/en/all.xml", "", 404, ""},
		{"/en/only/gossip.rss", "", 404, ""},
		{"/en/from/nowhere.rss", "", 404, ""},
		{"/xx/all.rss", "", 404, ""},
	} {
		r := get(h, test.path, "Accept-Language", test.language)
		got := body(t, r)
		if r.StatusCode != test.want || !strings.Contains(got, test.text) {
			t.Errorf("%s: status %d, want %d with %q", test.path, r.StatusCode, test.want, test.text)
		}
		fields(t, r, map[string]string{"Cache-Control": "no-store", "Content-Type": htmlType})
	}

	t.Run("one that is configured and not published yet", func(t *testing.T) {
		c.drop("en/culture")
		until(t, func() bool { return get(h, "/en/culture.rss").StatusCode != 200 })
		r := get(h, "/en/culture.rss")
		if r.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("status %d, want 503", r.StatusCode)
		}
		fields(t, r, map[string]string{"Cache-Control": "no-store", "Retry-After": "5"})
	})
	t.Run("one that is kept although it is configured no more", func(t *testing.T) {
		key := feeds.DocumentKey{Channel: channelNamed("en/transport"), Format: feeds.RSS}
		c.put(key, []byte("<rss/>"), 1)
		c.change("en/transport", func(s *feeds.ChannelState) { s.Status = feeds.ChannelEnded })
		until(t, func() bool { return get(h, "/en/transport.rss").StatusCode == 200 })
	})
}

func TestMethods(t *testing.T) {
	h := newCity(t).public()
	for _, path := range []string{"/", "/en/", "/en/all.rss", "/robots.txt", "/nowhere"} {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "PROPFIND"} {
			r := ask(h, method, path)
			if r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD, OPTIONS" || r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: status %d, Allow %q, Cache-Control %q; want 405 with what is allowed, not stored",
					method, path, r.StatusCode, r.Header.Get("Allow"), r.Header.Get("Cache-Control"))
			}
		}
	}
	r := ask(h, http.MethodOptions, "/en/all.rss", "Origin", "https://reader.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	if r.StatusCode != http.StatusNoContent {
		t.Errorf("preflight: status %d, want 204", r.StatusCode)
	}
	fields(t, r, map[string]string{"Access-Control-Allow-Origin": "*", "Allow": "GET, HEAD, OPTIONS"})
}

// fields compares header fields; "" says that there is none.
func fields(t *testing.T, r *http.Response, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got := strings.Join(r.Header[name], ", "); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if slices.Contains(r.Header["Vary"], "Cookie") {
		t.Error("no cookie is ever looked at")
	}
}
