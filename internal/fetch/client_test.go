package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestGet(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("User-Agent") != "Kairan-test/1 (+https://kairan.example/bot)" || r.Header.Get("Accept-Encoding") != "gzip, br, zstd" {
			t.Errorf("the request says %v", r.Header)
		}
		h := w.Header()
		h.Set("Content-Type", "application/rss+xml; charset=utf-8")
		h.Set("ETag", `W/"1 2"`)
		h.Set("Last-Modified", "Wed, 01 Apr 2026 00:00:00 GMT")
		h.Set("Cache-Control", "max-age=600")
		h.Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, compressed("gzip", feed))
	})
	got, err := get(t, newClient(t), Request{URL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	if got.Status != 200 || string(got.Body) != feed || got.ETag != `W/"1 2"` || got.LastModified != "Wed, 01 Apr 2026 00:00:00 GMT" ||
		got.ContentType != "application/rss+xml; charset=utf-8" || got.Digest != digestOf(feed) || got.URL != s.URL+"/" ||
		got.Bytes != int64(len(compressed("gzip", feed))) || !got.FreshUntil.Equal(now.Add(10*time.Minute)) || !got.NotBefore().Equal(got.FreshUntil) ||
		got.Unchanged || got.Truncated || got.Partial || got.Hops != nil {
		t.Errorf("got %+v", got)
	}
}

// Validators are sent to the address that gave them, and to no other.
func TestValidatorsAndRedirects(t *testing.T) {
	var asked []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path+" "+r.Header.Get("If-None-Match")+" "+r.Header.Get("If-Modified-Since"))
		switch {
		case r.URL.Path == "/a":
			w.Header().Set("ETag", `"of the redirect"`)
			http.Redirect(w, r, "/b", http.StatusMovedPermanently)
		case r.Header.Get("If-None-Match") == `"b"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"b"`)
			w.Header().Set("Last-Modified", "noon")
			_, _ = io.WriteString(w, feed)
		}
	})
	c := newClient(t)
	first, err := get(t, c, Request{URL: s.URL + "/a"})
	if err != nil {
		t.Fatal(err)
	}
	if first.ETag != `"b"` || first.URL != s.URL+"/b" || first.MovedPermanently() != first.URL {
		t.Errorf("got %+v", first)
	}
	second, err := get(t, c, Request{URL: s.URL + "/a", ETag: first.ETag, LastModified: first.LastModified, ValidatorsFor: first.URL, Digest: first.Digest})
	if err != nil {
		t.Fatal(err)
	}
	if !second.NotModified || second.ETag != `"b"` || second.LastModified != "noon" || second.Digest != first.Digest || second.Body != nil {
		t.Errorf("got %+v", second)
	}
	if want := "[/a   /b   /a   /b \"b\" noon]"; fmt.Sprint(asked) != want {
		t.Errorf("asked %v, want %v", asked, want)
	}
}

// Credentials are sent to the host that they are for, and never again once a chain
// has left it.
func TestCredentialsAndRedirects(t *testing.T) {
	var chain []string
	seen := func(r *http.Request) {
		chain = append(chain, r.URL.Path+"="+r.Header.Get("Authorization")+r.Header.Get("X-Api-Key"))
	}
	var home, away *httptest.Server
	home = serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen(r)
		switch r.URL.Path {
		case "/same":
			http.Redirect(w, r, "/end", http.StatusFound)
		case "/away":
			http.Redirect(w, r, away.URL+"/back", http.StatusFound)
		default:
			_, _ = io.WriteString(w, feed)
		}
	})
	away = serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen(r)
		http.Redirect(w, r, home.URL+"/end", http.StatusFound)
	})
	c := newClient(t)
	withUser := strings.Replace(home.URL, "http://", "http://me:pw@", 1)
	for _, x := range []struct {
		remark string
		ask    Request
		want   string
	}{
		{"a user name in the address", Request{URL: withUser + "/end"}, "/end=Basic bWU6cHc="},
		{"credentials before a user name in the address", Request{URL: withUser + "/end", Credentials: Credentials{Bearer: "t"}}, "/end=Bearer t"},
		{"basic", Request{URL: home.URL + "/same", Credentials: Credentials{User: "me", Password: "pw"}}, "/same=Basic bWU6cHc= /end=Basic bWU6cHc="},
		{"bearer", Request{URL: home.URL + "/same", Credentials: Credentials{Bearer: "t"}}, "/same=Bearer t /end=Bearer t"},
		{"a header", Request{URL: home.URL + "/same", Credentials: Credentials{Header: "X-Api-Key", Value: "k"}}, "/same=k /end=k"},
		{"another port is another host, and there is no way back", Request{URL: home.URL + "/away", Credentials: Credentials{Bearer: "t"}}, "/away=Bearer t /back= /end="},
	} {
		chain = nil
		r, err := get(t, c, x.ask)
		if err != nil {
			t.Errorf("%s: %v", x.remark, err)
			continue
		}
		if got := strings.Join(chain, " "); got != x.want {
			t.Errorf("%s: the servers saw %q, want %q", x.remark, got, x.want)
		}
		if r.CredentialsWithheld != strings.Contains(x.remark, "another port") {
			t.Errorf("%s: CredentialsWithheld is %v", x.remark, r.CredentialsWithheld)
		}
		if strings.Contains(fmt.Sprintf("%+v", r), "pw@") {
			t.Errorf("%s: the response %+v holds the password", x.remark, r)
		}
	}
}

func TestSameParty(t *testing.T) {
	for _, p := range []struct {
		from, to string
		same     bool
	}{
		{"https://city.example/a", "https://CITY.example:443/b", true},
		{"http://city.example/a", "https://city.example/a", true},
		{"https://city.example/a", "http://city.example/a", false},
		{"http://city.example:8080/a", "https://city.example/a", false},
		{"https://city.example/a", "https://www.city.example/a", false},
		{"https://city.example/a", "https://city.example:8443/a", false},
	} {
		from, _ := url.Parse(p.from)
		to, _ := url.Parse(p.to)
		if got := sameParty(from, to); got != p.same {
			t.Errorf("%s → %s: %v", p.from, p.to, got)
		}
	}
}

// Whatever fails, and however it is shown, a secret is not in it.
func TestNothingSecretIsShown(t *testing.T) {
	const secret = "hunter2/+ü"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/echo" { // a server that repeats what it was sent
			raw("HTTP/1.1 "+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")+"\r\n\r\n")(w, r)
			return
		}
		w.WriteHeader(http.StatusUnauthorized)
	})
	host := strings.TrimPrefix(s.URL, "http://")
	userinfo := url.UserPassword("me", secret).String()
	requests := []Request{
		{URL: "http://" + userinfo + "@" + host + "/"},
		{URL: "http://" + userinfo + "@127.0.0.1:1/"},
		{URL: "http://me:hunter2@bad host/"},
		{URL: "http://me:hunter2#x@city.example/"},
		{URL: "ftp://me:hunter2@city.example/"},
		{URL: s.URL + "/?api_key=hunter2&id=1"},
		{URL: s.URL + "/?accessToken=hunter2"},
		{URL: s.URL, Credentials: Credentials{User: "me", Password: secret}},
		{URL: s.URL, Credentials: Credentials{Header: "X-Key", Value: "hunter2\r\nInjected: 1"}},
		{URL: s.URL + "/echo", Credentials: Credentials{Bearer: "hunter2"}},
	}
	for _, r := range requests {
		c := newClient(t)
		_, err := get(t, c, r)
		if err == nil {
			t.Errorf("%q succeeded", r.URL)
			continue
		}
		var logged bytes.Buffer
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("failed", "err", err, "credentials", r.Credentials)
		marshalled, _ := json.Marshal(r.Credentials)
		for _, shown := range []string{err.Error(), logged.String(), string(marshalled), fmt.Sprintf("%v %+v %#v %s %q", r.Credentials, r.Credentials, r.Credentials, r.Credentials, r.Credentials)} {
			if strings.Contains(shown, "hunter2") {
				t.Errorf("%q is shown", shown)
			}
		}
	}
	if got := Redact("https://me:pw@city.example/feed?id=1&token=abc&q=x#top"); got != "https://city.example/feed?id=1&token=REDACTED&q=x" {
		t.Errorf("Redact gives %s", got)
	}
}

func TestAddressesThatCannotBeAsked(t *testing.T) {
	c := newClient(t)
	for address, kind := range map[string]Kind{
		"":                         KindUnsupportedScheme,
		"city.example/feed":        KindUnsupportedScheme,
		"ftp://city.example/":      KindUnsupportedScheme,
		"file:///etc/passwd":       KindUnsupportedScheme,
		"http:///feed":             KindInvalidURL,
		"http:city.example":        KindInvalidURL,
		"http://[::1":              KindInvalidURL,
		"http://10.0.0.1/":         KindPrivateAddress,
		"http://[fd00:ec2::254]/":  KindPrivateAddress,
		"http://0.0.0.0/":          KindPrivateAddress,
		"http://2130706434:1/":     KindDNS, // 127.0.0.2 to some resolvers, and then private
		"http://a.invalid./":       KindDNS,
		"http://127.0.0.1:1/":      KindRefused,
		"https://255.255.255.255/": KindPrivateAddress,
	} {
		dns := &names{}
		c := New(Config{Resolver: dns.resolver(), AllowedNetworks: c.config.AllowedNetworks})
		r, err := get(t, c, Request{URL: address})
		if r != nil || err == nil || err.Kind != kind {
			t.Errorf("%q: %+v, %v, want %s", address, r, err, kind)
		}
	}
}

func TestTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(answer(200, feed))
	s.Config.ErrorLog = discardLog()
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	plain := serve(t, answer(200, feed))
	trust := func(c *Config) { c.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs }
	dns := &names{table: map[string][][]string{"city.example": {{"127.0.0.1"}}, "example.com": {{"127.0.0.1"}}}}
	for _, x := range []struct {
		remark string
		url    string
		config func(*Config)
		kind   Kind
	}{
		{"a certificate that we trust", at(s, "example.com"), trust, ""},
		{"a certificate of nobody", at(s, "example.com"), func(*Config) {}, KindTLS},
		{"a certificate of another host", at(s, "city.example"), trust, KindTLS},
		{"no TLS at all", strings.Replace(plain.URL, "http:", "https:", 1), trust, KindTLS},
		{"TLS where none was expected", strings.Replace(s.URL, "https:", "http:", 1), trust, KindHTTPStatus},
	} {
		_, err := get(t, newClient(t, x.config, func(c *Config) { c.Resolver = dns.resolver() }), Request{URL: x.url})
		if err == nil && x.kind != "" || err != nil && err.Kind != x.kind {
			t.Errorf("%s: the error is %v, want %q", x.remark, err, x.kind)
		}
	}
}

func TestOldTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(answer(200, feed))
	s.Config.ErrorLog = discardLog()
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	s.StartTLS()
	defer s.Close()
	_, err := get(t, newClient(t), Request{URL: s.URL})
	if err == nil || err.Kind != KindTLS {
		t.Errorf("the error is %v", err)
	}
}

func TestHTTP2(t *testing.T) {
	long := strings.Repeat("0123456789", 20<<10)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("the request came by %s", r.Proto)
		}
		switch r.URL.Path {
		case "/cut":
			w.Header().Set("ETag", `"x"`)
			_, _ = io.WriteString(w, feed)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		case "/abort":
			panic(http.ErrAbortHandler)
		case "/short":
			w.Header().Set("Content-Length", "5000")
			_, _ = io.WriteString(w, feed)
		case "/bomb":
			for i := range 5000 {
				w.Header().Set(fmt.Sprintf("X-Bomb-%d", i), strings.Repeat("b", 100))
			}
		case "/endless":
			for {
				if _, err := io.WriteString(w, long); err != nil {
					return
				}
			}
		default:
			_, _ = io.WriteString(w, long)
		}
	}))
	s.Config.ErrorLog = discardLog()
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	c := newClient(t, func(c *Config) {
		c.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
		c.MaxBytes = 1 << 20
	})
	for _, x := range []struct {
		path string
		kind Kind
		body int // at least so many bytes
	}{
		{"/", "", len(long)},
		{"/cut", KindTruncated, len(feed)},
		{"/short", KindTruncated, len(feed)},
		{"/abort", KindProtocol, 0},
		{"/bomb", KindProtocol, 0}, // HTTP/2 does not say why
		{"/endless", KindTooLarge, 0},
		{"/again", "", len(long)},
	} {
		r, err := get(t, c, Request{URL: s.URL + x.path})
		if err == nil && x.kind != "" || err != nil && err.Kind != x.kind {
			t.Errorf("%s: the error is %v, want %q", x.path, err, x.kind)
		}
		if r == nil && x.body > 0 || r != nil && len(r.Body) < x.body {
			t.Errorf("%s: the response is %+v", x.path, r)
		}
	}
}

// A connection is used again, whatever the answer was.
func TestConnectionsAreKept(t *testing.T) {
	var opened atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(byPath{
		"/plain": answer(200, feed), "/304": answer(304, ""), "/404": answer(404, "<html>"), "/302": redirectTo("/plain", 302),
		"/gzip": answer(200, compressed("gzip", feed), "Content-Encoding: gzip"),
		"/br":   answer(200, compressed("br", feed), "Content-Encoding: br"),
		"/zstd": answer(200, compressed("zstd", feed), "Content-Encoding: zstd"),
		"/raw":  chunked(answer(200, compressed("raw", feed), "Content-Encoding: deflate")),
		"/br2":  chunked(answer(200, compressed("br", feed), "Content-Encoding: br")),
	}.serve))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	c := newClient(t)
	for range 2 {
		for _, path := range []string{"/plain", "/304", "/404", "/302", "/gzip", "/br", "/zstd", "/raw", "/br2"} {
			_, _ = c.Get(t.Context(), Request{URL: s.URL + path, ETag: `"a"`})
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections were opened, want 1", n)
	}
}

// chunked sends a body in two chunks, so that its end comes after it.
func chunked(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		h(rec, r)
		w.Header().Set("Content-Encoding", rec.Header().Get("Content-Encoding"))
		b := rec.Body.Bytes()
		_, _ = w.Write(b[:10])
		_ = http.NewResponseController(w).Flush()
		_, _ = w.Write(b[10:])
	}
}

func TestKeepPrefix(t *testing.T) {
	for _, coding := range []string{"", "gzip"} {
		body, headers := strings.Repeat("0123456789", 10000), []string(nil)
		if coding != "" {
			body, headers = compressed(coding, body), []string{"Content-Encoding: " + coding}
		}
		s := serve(t, answer(200, body, headers...))
		r, err := get(t, newClient(t), Request{URL: s.URL, MaxBytes: 1005, KeepPrefix: true})
		if err != nil || !r.Partial || len(r.Body) != 1005 || string(r.Body[:12]) != "012345678901" {
			t.Errorf("%s: got %+v, %v", coding, r, err)
		}
	}
}

func TestProxy(t *testing.T) {
	var asked []string
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodConnect {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		asked = append(asked, r.URL.String())
		_, _ = io.WriteString(w, feed)
	})
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	dns := &names{}
	without := New(Config{Resolver: dns.resolver()})
	if _, err := get(t, without, Request{URL: "http://city.example/feed"}); err == nil || err.Kind != KindDNS || len(asked) != 0 {
		t.Errorf("the environment's proxy was asked: %v, %v", asked, err)
	}

	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	with := New(Config{Resolver: dns.resolver(), Proxy: u})
	if r, err := get(t, with, Request{URL: "http://city.example/feed"}); err != nil || string(r.Body) != feed || fmt.Sprint(asked) != "[http://city.example/feed]" {
		t.Errorf("the configured proxy was asked %v: %v", asked, err)
	}
	if _, err := get(t, with, Request{URL: "https://city.example/feed"}); err == nil || err.Kind != KindProxy {
		t.Errorf("the proxy refuses: %v", err)
	}
	if _, err := get(t, with, Request{URL: "http://169.254.169.254/"}); err == nil || err.Kind != KindPrivateAddress || len(asked) != 1 {
		t.Errorf("the proxy was asked %v: %v", asked, err)
	}
}

func TestInternationalHost(t *testing.T) {
	s := serve(t, answer(200, feed))
	dns := &names{table: map[string][][]string{"xn--1lqs71d.example": {{"127.0.0.1"}}}}
	c := newClient(t, func(c *Config) { c.Resolver = dns.resolver() })
	r, err := get(t, c, Request{URL: at(s, "東京.example") + "/お知らせ.xml"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(r.URL, "http://xn--1lqs71d.example:") || !strings.HasSuffix(r.URL, "/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B.xml") {
		t.Errorf("the address is %s", r.URL)
	}
}

func BenchmarkNotModified(b *testing.B) {
	s := serve(b, answer(304, "", `ETag: "a"`))
	c := newClient(b)
	benchmark(b, c, Request{URL: s.URL + "/feed", ETag: `"a"`})
}

func BenchmarkGzip45KB(b *testing.B) {
	var text strings.Builder
	for i := 0; text.Len() < 45<<10; i++ {
		fmt.Fprintf(&text, "<item><title>Notice %d of the city</title><link>https://city.example/news/%x</link></item>\n", i, i*2654435761)
	}
	s := serve(b, answer(200, compressed("gzip", text.String()), "Content-Encoding: gzip"))
	c := newClient(b)
	b.SetBytes(int64(text.Len()))
	benchmark(b, c, Request{URL: s.URL + "/feed"})
}

// BenchmarkUnchanged45KB is a server that knows no validators.
func BenchmarkUnchanged45KB(b *testing.B) {
	text := strings.Repeat(feed, 45<<10/len(feed))
	s := serve(b, answer(200, compressed("gzip", text), "Content-Encoding: gzip"))
	benchmark(b, newClient(b), Request{URL: s.URL + "/feed", Digest: digestOf(text)})
}

func benchmark(b *testing.B, c *Client, r Request) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Get(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}
