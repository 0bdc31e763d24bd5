package fetch

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// A misdeed is what a server does wrong, or strangely, and what must become of it.
type misdeed struct {
	what   string
	server http.HandlerFunc
	ask    func(*Request) // what else is asked; nil for nothing
	// The outcome.
	kind Kind   // "" if it succeeds
	body string // what is read; the feed's beginning is written «feed»
	also func(*Response, *Error) error
}

// TestMisbehavingServers is a list of what servers do. Its entries answer at
// "/feed"; MaxBytes is 64 KiB.
func TestMisbehavingServers(t *testing.T) {
	long := strings.Repeat("<item>an item that repeats itself</item>\n", 3000) // 120 KB
	half := compressed("gzip", feed+long[:20000])
	half = half[:len(half)-20]

	for _, m := range []misdeed{
		// Redirects.
		{what: "redirects to itself", server: redirectTo("/feed", 302), kind: KindRedirectLoop,
			also: hopCount(1)},
		{what: "redirects in a circle of two", server: byPath{"/feed": redirectTo("/b", 301), "/b": redirectTo("/feed", 302)}.serve, kind: KindRedirectLoop,
			also: hopCount(2)},
		{what: "redirects for ever", server: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, kind: KindTooManyRedirects, also: hopCount(6)},
		{what: "redirects five times, which is allowed", server: chain(5), body: "«feed»", also: hopCount(5)},
		{what: "redirects six times, which is not", server: chain(6), kind: KindTooManyRedirects},
		{what: "redirects to a private address", server: redirectTo("http://10.0.0.7/feed", 301), kind: KindPrivateAddress,
			also: all(hopCount(1), status(301), cause("the address 10.0.0.7 is private"))},
		{what: "redirects to the metadata service", server: redirectTo("http://169.254.169.254/latest/meta-data/", 302), kind: KindPrivateAddress},
		{what: "redirects to the metadata service, which not even an exception opens", server: redirectTo("http://[::ffff:169.254.169.254]/", 302),
			ask: func(r *Request) { r.AllowPrivate = true }, kind: KindPrivateAddress},
		{what: "redirects to another address of this machine", server: redirectTo("http://127.0.0.2:1/", 307), kind: KindPrivateAddress},
		{what: "redirects to a file", server: redirectTo("file:///etc/passwd", 301), kind: KindRedirectInvalid},
		{what: "redirects to a script", server: redirectTo("javascript:alert(1)", 301), kind: KindRedirectInvalid},
		{what: "redirects without a Location", server: answer(301, "moved"), kind: KindRedirectInvalid, also: status(301)},
		{what: "redirects to an empty Location", server: answer(302, "", "Location: "), kind: KindRedirectInvalid},
		{what: "redirects to what can't be read", server: answer(302, "", "Location: http://[::1"), kind: KindRedirectInvalid},
		{what: "redirects by a relative Location", server: byPath{"/feed": answer(301, "", "Location: ../b?x=1"), "/b": answer(200, feed)}.serve, body: "«feed»",
			also: finalURL("/b?x=1")},
		{what: "redirects to a Location with a fragment", server: byPath{"/feed": answer(308, "", "Location: /b#top"), "/b": answer(200, feed)}.serve, body: "«feed»",
			also: finalURL("/b")},
		{what: "redirects to a Location with a password, which is not sent", server: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/feed" {
				w.Header().Set("Location", "http://eve:secret@"+r.Host+"/b")
				w.WriteHeader(http.StatusMovedPermanently)
			} else if r.Header.Get("Authorization") == "" {
				_, _ = io.WriteString(w, feed)
			}
		}, body: "«feed»", also: all(finalURL("/b"), hopsSay("secret", false))},
		{what: "sends a long body with its redirect", server: byPath{"/feed": answer(302, long, "Location: /b"), "/b": answer(200, feed)}.serve, body: "«feed»"},
		{what: "answers 300 with a Location", server: byPath{"/feed": answer(300, "", "Location: /b"), "/b": answer(200, feed)}.serve, body: "«feed»"},

		// Bodies that don't end, or too early, or not as they said.
		{what: "sends a body without end", server: func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, long); err != nil {
					return
				}
			}
		}, kind: KindTooLarge, also: noBody},
		{what: "announces 2 GiB", server: raw("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"), kind: KindTooLarge},
		{what: "sends a small gzip that becomes large", server: answer(200, compressed("gzip", strings.Repeat("0", 50<<20)), "Content-Encoding: gzip"), kind: KindTooLarge, also: noBody},
		{what: "sends a gzip bomb within a gzip", server: answer(200, compressed("gzip", compressed("gzip", strings.Repeat("0", 50<<20))), "Content-Encoding: gzip, gzip"), kind: KindTooLarge},
		{what: "sends a small br that becomes large", server: answer(200, compressed("br", strings.Repeat("0", 5<<20)), "Content-Encoding: br"), kind: KindTooLarge},
		{what: "sends a small zstd that becomes large", server: answer(200, compressed("zstd", strings.Repeat("0", 5<<20)), "Content-Encoding: zstd"), kind: KindTooLarge},
		{what: "stops before the length that it announced", server: raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nETag: \"x\"\r\n\r\n" + feed), kind: KindTruncated, body: "«feed»",
			also: all(truncated, nothingToKeep)},
		{what: "goes on after the length that it announced", server: raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + feed), body: "<?xml"},
		{what: "announces two lengths", server: raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + feed), kind: KindProtocol},
		{what: "announces a length below nothing", server: raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + feed), kind: KindProtocol},
		{what: "cuts a chunked body off within a chunk", server: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<?xml\r\nfff\r\nmore"), kind: KindTruncated, body: "<?xmlmore", also: truncated},
		{what: "cuts a chunked body off between chunks", server: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<?xml\r\n"), kind: KindTruncated, body: "<?xml", also: truncated},
		{what: "sends chunks that are none", server: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + feed), kind: KindTruncated, also: truncated},
		{what: "resets the connection within the body", server: reset("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + feed), kind: KindTruncated, also: truncated},
		{what: "cuts a gzip off and announces the length of what it sent", server: answer(200, half, "Content-Encoding: gzip"), kind: KindTruncated, body: "«feed»", also: truncated},
		{what: "sends a gzip whose sum is wrong", server: answer(200, badSum(feed), "Content-Encoding: gzip"), kind: KindEncoding, body: "«feed»", also: truncated},
		{what: "sends a gzip that is broken in the middle", server: answer(200, broken(compressed("gzip", feed+long[:20000])), "Content-Encoding: gzip"), kind: KindEncoding, also: truncated},
		{what: "sends a gzip with padding after it", server: answer(200, compressed("gzip", feed)+strings.Repeat("\x00", 512), "Content-Encoding: gzip"), body: "«feed»"},
		{what: "sends a gzip of two members", server: answer(200, compressed("gzip", feed[:30])+compressed("gzip", feed[30:]), "Content-Encoding: gzip"), body: "«feed»"},
		{what: "sends nothing with 200", server: answer(200, "", `ETag: "trap"`), kind: KindEmpty, also: nothingToKeep},
		{what: "sends a gzip of nothing", server: answer(200, compressed("gzip", ""), "Content-Encoding: gzip"), kind: KindEmpty},
		{what: "speaks HTTP/1.0 and gives no length", server: raw("HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n" + feed), body: "«feed»"},
		{what: "gives no length and closes", server: raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + feed), body: "«feed»"},

		// Compression that nobody asked for, or under a wrong name.
		{what: "sends gzip without saying so", server: answer(200, compressed("gzip", feed), "Content-Type: text/xml"), body: "«feed»"},
		{what: "sends zstd without saying so", server: answer(200, compressed("zstd", feed), "Content-Type: text/xml"), body: "«feed»"},
		{what: "sends zlib without saying so", server: answer(200, compressed("zlib", feed), "Content-Type: text/xml"), body: "«feed»"},
		{what: "sends br", server: answer(200, compressed("br", feed), "Content-Encoding: br"), body: "«feed»"},
		{what: "sends zstd", server: answer(200, compressed("zstd", feed), "Content-Encoding: zstd"), body: "«feed»"},
		{what: "sends x-gzip, in capitals", server: answer(200, compressed("gzip", feed), "Content-Encoding: X-GZIP"), body: "«feed»"},
		{what: "sends deflate as the standard says", server: answer(200, compressed("zlib", feed), "Content-Encoding: deflate"), body: "«feed»"},
		{what: "sends deflate as Microsoft did", server: answer(200, compressed("raw", feed), "Content-Encoding: deflate"), body: "«feed»"},
		{what: "says gzip and sends text", server: answer(200, feed, "Content-Encoding: gzip"), body: "«feed»"},
		{what: "says br and sends text", server: answer(200, feed, "Content-Encoding: br"), body: "«feed»"},
		{what: "says deflate and sends text", server: answer(200, feed, "Content-Encoding: deflate"), body: "«feed»"},
		{what: "says zstd and sends text", server: answer(200, feed, "Content-Encoding: zstd"), body: "«feed»"},
		{what: "says gzip and sends UTF-16", server: answer(200, "\xff\xfe<\x00r\x00", "Content-Encoding: gzip"), body: "\xff\xfe<\x00r\x00"},
		{what: "says br and sends gzip", server: answer(200, compressed("gzip", feed), "Content-Encoding: br"), body: "«feed»"},
		{what: "compresses twice and says so", server: answer(200, compressed("br", compressed("gzip", feed)), "Content-Encoding: gzip, br"), body: "«feed»"},
		{what: "compresses twice and says it once", server: answer(200, compressed("gzip", compressed("gzip", feed)), "Content-Encoding: gzip"), body: "«feed»"},
		{what: "compresses four times", server: answer(200, feed, "Content-Encoding: gzip, gzip, gzip, gzip"), kind: KindEncoding},
		{what: "names a charset as its coding", server: answer(200, feed, "Content-Encoding: utf-8"), body: "«feed»"},

		// Statuses.
		{what: "says 204", server: answer(204, ""), kind: KindHTTPStatus, also: status(204)},
		{what: "says 206 unasked", server: answer(206, feed, "Content-Range: bytes 0-9/1000"), kind: KindHTTPStatus, also: all(status(206), noBody)},
		{what: "says 203", server: answer(203, feed), body: "«feed»", also: status(203)},
		{what: "says 100 before 200", server: raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<?xml"), body: "<?xml"},
		{what: "says 100 for ever", server: raw(strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 20000)), kind: KindHeaderTooLarge},
		{what: "says 401", server: answer(401, "", "WWW-Authenticate: Basic"), kind: KindHTTPStatus, also: all(status(401), says("check the credentials"))},
		{what: "says 403 to robots", server: answer(403, "<html>"), kind: KindHTTPStatus, also: says("refuses this client")},
		{what: "says 404 with a page", server: answer(404, "<html>"), kind: KindHTTPStatus, also: all(status(404), noBody)},
		{what: "says 410", server: answer(410, ""), kind: KindHTTPStatus, also: func(_ *Response, e *Error) error {
			return expect(e.Gone() && !e.Throttled(), "gone")
		}},
		{what: "says 500 with a max-age", server: answer(500, "", "Cache-Control: max-age=120"), kind: KindHTTPStatus, also: freshFor(2 * time.Minute)},
		{what: "says 999", server: raw("HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n"), kind: KindHTTPStatus, also: status(999)},
		{what: "says 304 unasked", server: answer(304, "", `ETag: "a"`), kind: KindUnasked304, also: nothingToKeep},
		{what: "says 304 to validators of another address", server: answer(304, ""), kind: KindUnasked304,
			ask: func(r *Request) { r.ETag, r.ValidatorsFor = `"a"`, "https://elsewhere.example/" }},
		{what: "says 304 and leaves out the validators", server: answer(304, ""),
			ask: func(r *Request) {
				r.ETag, r.LastModified, r.Digest = `W/"a b"`, "yesterday, about noon", "sha256:kept"
			},
			also: func(r *Response, _ *Error) error {
				return expect(r.NotModified && r.Unchanged && r.ETag == `W/"a b"` && r.LastModified == "yesterday, about noon" && r.Digest == "sha256:kept", "all is kept")
			}},
		{what: "says 304 with new validators", server: answer(304, "", `ETag: "b"`, "Last-Modified: Wed, 01 Apr 2026 00:00:00 GMT"),
			ask: func(r *Request) { r.ETag = `"a"` },
			also: func(r *Response, _ *Error) error {
				return expect(r.ETag == `"b"` && r.LastModified == "Wed, 01 Apr 2026 00:00:00 GMT", "the new ones")
			}},

		// 429 and 503.
		{what: "says 429 for two minutes", server: answer(429, "", "Retry-After: 120"), kind: KindHTTPStatus, also: all(retryIn(2*time.Minute), says("ask less often"))},
		{what: "says 429 until a date", server: answer(429, "", "Retry-After: Wed, 01 Apr 2026 06:00:00 GMT"), kind: KindHTTPStatus, also: retryIn(6 * time.Hour)},
		{what: "says 503 until a date as in 1987", server: answer(503, "", "Retry-After: Wednesday, 01-Apr-26 06:00:00 GMT"), kind: KindHTTPStatus, also: retryIn(6 * time.Hour)},
		{what: "says 503 until a date as in C", server: answer(503, "", "Retry-After: Wed Apr  1 06:00:00 2026"), kind: KindHTTPStatus, also: retryIn(6 * time.Hour)},
		{what: "says 503 for a year", server: answer(503, "", "Retry-After: 31536000"), kind: KindHTTPStatus, also: retryIn(MaxRetryAfter)},
		{what: "says 503 for longer than the world", server: answer(503, "", "Retry-After: 99999999999999999999"), kind: KindHTTPStatus, also: retryIn(MaxRetryAfter)},
		{what: "says 429 until the past", server: answer(429, "", "Retry-After: Wed, 01 Apr 2015 06:00:00 GMT"), kind: KindHTTPStatus, also: retryIn(0)},
		{what: "says 429 for less than nothing", server: answer(429, "", "Retry-After: -5"), kind: KindHTTPStatus, also: retryIn(0)},
		{what: "says 429 for a while", server: answer(429, "", "Retry-After: a while"), kind: KindHTTPStatus, also: retryIn(0)},
		{what: "says 429 and not for how long", server: answer(429, ""), kind: KindHTTPStatus, also: func(_ *Response, e *Error) error { return expect(e.Throttled(), "throttled") }},
		{what: "says 404 with Retry-After, where it means nothing", server: answer(404, "", "Retry-After: 120"), kind: KindHTTPStatus, also: retryIn(0)},

		// Types and validators.
		{what: "calls its feed a page in Shift_JIS", server: answer(200, feed, "Content-Type: text/html; charset=Shift_JIS"), body: "«feed»",
			also: func(r *Response, _ *Error) error {
				return expect(r.ContentType == "text/html; charset=Shift_JIS", "passed through")
			}},
		{what: "names two types", server: raw("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Type: image/png\r\nContent-Length: 5\r\n\r\n<?xml"), body: "<?xml",
			also: func(r *Response, _ *Error) error { return expect(r.ContentType == "text/xml", "the first") }},
		{what: "changes its ETag with every answer", server: answer(200, feed, `ETag: "`+time.Now().String()+`"`),
			ask: func(r *Request) { r.ETag, r.Digest = `"old"`, digestOf(feed) },
			also: func(r *Response, _ *Error) error {
				return expect(r.Unchanged && !r.NotModified && r.Body == nil && r.ETag != `"old"` && r.Digest == digestOf(feed), "the digest shows it")
			}},
		{what: "gives a weak ETag without quotes", server: answer(200, feed, `ETag: W/abc`, "Last-Modified: today"), body: "«feed»",
			also: func(r *Response, _ *Error) error {
				return expect(r.ETag == "W/abc" && r.LastModified == "today", "kept exactly")
			}},
		{what: "sets cookies", server: func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/b", http.StatusFound)
			} else if r.Header.Get("Cookie") == "" && r.Header.Get("Referer") == "" {
				_, _ = io.WriteString(w, feed)
			}
		}, body: "«feed»"},

		// No HTTP at all.
		{what: "closes at once", server: raw(), kind: KindReset},
		{what: "resets at once", server: reset(), kind: KindReset},
		{what: "stops within its header", server: raw("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"), kind: KindReset},
		{what: "stops within a header's name", server: raw("HTTP/1.1 200 OK\r\nContent-Ty"), kind: KindProtocol},
		{what: "speaks another protocol", server: raw("220 smtp.city.example ESMTP\r\n"), kind: KindProtocol},
		{what: "sends a feed without a header", server: raw(feed), kind: KindProtocol},
		{what: "sends headers without end", server: raw("HTTP/1.1 200 OK\r\n", strings.Repeat("X-Bomb: "+strings.Repeat("b", 1000)+"\r\n", 4000)), kind: KindHeaderTooLarge},
		{what: "sends one header of a megabyte", server: raw("HTTP/1.1 200 OK\r\nX-Bomb: ", strings.Repeat("b", 1<<20), "\r\n\r\n"), kind: KindHeaderTooLarge},
	} {
		t.Run(m.what, func(t *testing.T) {
			t.Parallel()
			s := serve(t, m.server)
			c := newClient(t, func(c *Config) { c.MaxBytes = 64 << 10 })
			r := Request{URL: s.URL + "/feed"}
			if m.ask != nil {
				m.ask(&r)
			}
			response, err := get(t, c, r)
			m.compare(t, response, err)
		})
	}
}

// compare looks at an outcome.
func (m misdeed) compare(t *testing.T, r *Response, e *Error) {
	t.Helper()
	switch {
	case m.kind == "" && e != nil:
		t.Fatalf("failed: %v (%s)", e, e.Kind)
	case m.kind != "" && e == nil:
		t.Fatalf("succeeded with %d, want the error %s", r.Status, m.kind)
	case e != nil && e.Kind != m.kind:
		t.Fatalf("the error is %s (%v), want %s", e.Kind, e, m.kind)
	}
	if e != nil && (e.Hint == "" || e.What == "" || !strings.HasPrefix(e.Error(), "fetch http") || strings.Contains(e.Error(), "\n")) {
		t.Errorf("the error %q lacks its operation, what happened or a hint", e)
	}
	if m.body != "" {
		if r == nil {
			t.Fatal("there is no response")
		}
		if got := string(r.Body); m.body != "«feed»" && got != m.body || m.body == "«feed»" && !strings.HasPrefix(got, feed) {
			t.Errorf("the body is %.80q, want %.80q", got, m.body)
		}
	}
	if m.also != nil {
		if err := m.also(r, e); err != nil {
			t.Errorf("%v\nresponse %+v\nerror %v", err, r, e)
		}
	}
}

type byPath map[string]http.HandlerFunc

func (b byPath) serve(w http.ResponseWriter, r *http.Request) {
	if h := b[r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	http.NotFound(w, r)
}

func redirectTo(location string, status int) http.HandlerFunc {
	return answer(status, "", "Location: "+location)
}

// chain redirects so many times before it answers.
func chain(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if done := strings.Count(r.URL.Path, "x"); done < n {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, feed)
	}
}

func badSum(text string) string {
	b := []byte(compressed("gzip", text))
	b[len(b)-6] ^= 0xff
	return string(b)
}

func broken(s string) string {
	b := []byte(s)
	for i := range 8 {
		b[len(b)/2+i] ^= 0xa5
	}
	return string(b)
}

type check = func(*Response, *Error) error

func all(checks ...check) check {
	return func(r *Response, e *Error) error {
		var errs []error
		for _, c := range checks {
			errs = append(errs, c(r, e))
		}
		return errors.Join(errs...)
	}
}

func expect(ok bool, what string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("it is not so: %s", what)
}

func hopCount(n int) check {
	return func(r *Response, _ *Error) error {
		return expect(len(r.Hops) == n, fmt.Sprintf("%d hops, got %d", n, len(r.Hops)))
	}
}

func hopsSay(text string, want bool) check {
	return func(r *Response, _ *Error) error {
		said := slices.ContainsFunc(r.Hops, func(h Hop) bool { return strings.Contains(h.URL+h.To, text) })
		return expect(said == want, fmt.Sprintf("the hops hold %q: %v", text, want))
	}
}

func finalURL(suffix string) check {
	return func(r *Response, _ *Error) error {
		return expect(strings.HasPrefix(r.URL, "http://127.0.0.1:") && strings.HasSuffix(r.URL, suffix), "the last address ends in "+suffix)
	}
}

func status(n int) check {
	return func(r *Response, e *Error) error {
		return expect(r != nil && r.Status == n && (e == nil || e.Status == n), fmt.Sprintf("status %d", n))
	}
}

func says(text string) check {
	return func(_ *Response, e *Error) error { return expect(strings.Contains(e.Error(), text), "it says "+text) }
}

func cause(text string) check {
	return func(_ *Response, e *Error) error {
		return expect(errors.Unwrap(e) != nil && errors.Unwrap(e).Error() == text, "its cause is "+text)
	}
}

func truncated(r *Response, _ *Error) error { return expect(r.Truncated, "truncated") }

func noBody(r *Response, _ *Error) error { return expect(r == nil || r.Body == nil, "no body") }

func nothingToKeep(r *Response, _ *Error) error {
	return expect(r.ETag == "" && r.LastModified == "" && r.Digest == "", "nothing to keep")
}

func retryIn(d time.Duration) check {
	return func(r *Response, e *Error) error {
		want := time.Time{}
		if d > 0 {
			want = now.Add(d)
		}
		return expect(r.RetryAfter.Equal(want) && e.RetryAfter.Equal(want) && r.NotBefore().Equal(want), fmt.Sprintf("retry in %v, got %v", d, r.RetryAfter))
	}
}

func freshFor(d time.Duration) check {
	return func(r *Response, e *Error) error {
		return expect(r.FreshUntil.Equal(now.Add(d)) && e.FreshUntil.Equal(now.Add(d)), fmt.Sprintf("fresh for %v", d))
	}
}
