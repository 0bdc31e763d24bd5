package fetch

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/dns/dnsmessage"
)

// now is the client's clock in all tests.
var now = time.Date(2026, time.April, 1, 0, 0, 0, 0, time.UTC)

// feed is what a server that behaves sends.
const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>回覧</title><item><title>お知らせ</title></item></channel></rss>`

// newClient returns a client that may reach this machine.
func newClient(t testing.TB, change ...func(*Config)) *Client {
	t.Helper()
	config := Config{
		UserAgent:       "Kairan-test/1 (+https://kairan.example/bot)",
		Now:             func() time.Time { return now },
		AllowedNetworks: []string{"127.0.0.1", "::1"},
	}
	for _, c := range change {
		c(&config)
	}
	client := New(config)
	return client
}

// serve starts a server on loopback.
func serve(t testing.TB, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = discardLog()
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// get fetches and gives the error its type.
func get(t testing.TB, c *Client, r Request) (*Response, *Error) {
	t.Helper()
	response, err := c.Get(t.Context(), r)
	if err == nil {
		return response, nil
	}
	var typed *Error
	if !errors.As(err, &typed) {
		t.Fatalf("the error %v (%T) is not an *Error", err, err)
	}
	return response, typed
}

// raw answers with these very bytes and closes the connection.
func raw(parts ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		for _, p := range parts {
			if _, err := io.WriteString(conn, p); err != nil {
				return // the client has seen enough
			}
		}
	}
}

// reset answers with these bytes and an RST.
func reset(parts ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		for _, p := range parts {
			_, _ = io.WriteString(conn, p)
		}
		_ = conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
}

// answer gives a status, headers ("Name: value") and a body.
func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Add(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// compressed returns text under a coding.
func compressed(coding, text string) string {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "zlib":
		w = zlib.NewWriter(&b)
	case "raw":
		f, err := flate.NewWriter(&b, 6)
		if err != nil {
			panic(err)
		}
		w = f
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		z, err := zstd.NewWriter(&b)
		if err != nil {
			panic(err)
		}
		w = z
	}
	if _, err := io.WriteString(w, text); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// names is a resolver whose answers are a table: each lookup of a name takes the
// next of its lists, and the last one stays.
type names struct {
	mu    sync.Mutex
	table map[string][][]string
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go n.answer(there)
		return here, nil
	}}
}

// answer speaks DNS over TCP (RFC 1035 §4.2.2) for one connection.
func (n *names) answer(conn net.Conn) {
	defer conn.Close()
	for {
		size := make([]byte, 2)
		if _, err := io.ReadFull(conn, size); err != nil {
			return
		}
		query := make([]byte, int(size[0])<<8|int(size[1]))
		if _, err := io.ReadFull(conn, query); err != nil {
			return
		}
		var m dnsmessage.Message
		if err := m.Unpack(query); err != nil || len(m.Questions) == 0 {
			return
		}
		q := m.Questions[0]
		m.Header.Response, m.Header.RecursionAvailable, m.Additionals = true, true, nil
		found, known := n.next(strings.TrimSuffix(q.Name.String(), "."), q.Type)
		if !known {
			m.Header.RCode = dnsmessage.RCodeNameError
		}
		for _, a := range found {
			h := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, Type: q.Type}
			if q.Type == dnsmessage.TypeA {
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: a.As4()}})
			} else {
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
			}
		}
		packed, err := m.Pack()
		if err != nil {
			panic(err)
		}
		_, _ = conn.Write(append([]byte{byte(len(packed) >> 8), byte(len(packed))}, packed...))
	}
}

func (n *names) next(name string, kind dnsmessage.Type) (found []netip.Addr, known bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	lists := n.table[name]
	if len(lists) == 0 {
		return nil, false
	}
	for _, s := range lists[0] {
		if a := netip.MustParseAddr(s); a.Is4() == (kind == dnsmessage.TypeA) && (kind == dnsmessage.TypeA || kind == dnsmessage.TypeAAAA) {
			found = append(found, a)
		}
	}
	if kind == dnsmessage.TypeA && len(lists) > 1 {
		n.table[name] = lists[1:]
	}
	return found, true
}

// at puts a host name in the place of a server's address.
func at(s *httptest.Server, host string) string {
	u, err := url.Parse(s.URL)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("%s://%s:%s", u.Scheme, host, u.Port())
}

// discardLog keeps a test server from reporting what its client did on purpose.
func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

// digestOf is the digest of a body.
func digestOf(body string) string {
	sum := sha256.Sum256([]byte(body))
	return "sha256:" + hex.EncodeToString(sum[:])
}
