package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// A feed of 60 KB over loopback, beside the least that net/http can do: a handler
// that writes the same bytes from memory, header fields among them ("bare"), or the
// body alone with its type and length ("least"). "cpu-µs/op" is what client and server
// take together.
func BenchmarkServing(b *testing.B) {
	c := newCity(b)
	key := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS}
	var large strings.Builder
	for i := range 400 {
		fmt.Fprintf(&large, "<item><title>Notice %d</title><description>%x something that is not quite the same each time</description></item>\n", i, i*i*7919)
	}
	c.put(key, []byte(large.String()), 400)
	metrics := NewMetrics()
	shelf := c.shelf(time.Second)
	site := Public(Config{Settings: func() Settings { return c.settings }, Shelf: shelf, Channels: c, Articles: c, Metrics: metrics, Log: discard()})
	until(b, func() bool {
		return get(site, "/en/all.rss", "Accept-Encoding", "br").Header.Get("Content-Encoding") == "br"
	})

	for _, request := range []struct {
		name   string
		fields []string
	}{
		{"200 plain", nil},
		{"200 gzip", []string{"Accept-Encoding", "gzip"}},
		{"304", []string{"Accept-Encoding", "gzip", "If-None-Match", c.documents[key].ETag}},
	} {
		answer := get(site, "/en/all.rss", request.fields...)
		bytes := []byte(body(b, answer))
		fixed := answer.Header
		bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			for name, values := range fixed {
				h[name] = values
			}
			w.WriteHeader(answer.StatusCode)
			_, _ = w.Write(bytes)
		})
		least := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
			w.Header().Set("Content-Length", strconv.Itoa(len(bytes)))
			w.WriteHeader(answer.StatusCode)
			_, _ = w.Write(bytes)
		})
		text := "GET /en/all.rss HTTP/1.1\r\nHost: localhost\r\n"
		for i := 0; i+1 < len(request.fields); i += 2 {
			text += request.fields[i] + ": " + request.fields[i+1] + "\r\n"
		}
		b.Run(request.name+"/least", func(b *testing.B) { benchmark(b, least, text+"\r\n", answer.StatusCode) })
		b.Run(request.name+"/bare", func(b *testing.B) { benchmark(b, bare, text+"\r\n", answer.StatusCode) })
		b.Run(request.name+"/kairan", func(b *testing.B) { benchmark(b, site, text+"\r\n", answer.StatusCode) })
	}
}

// benchmark asks over one connection, with a client that does next to nothing.
func benchmark(b *testing.B, h http.Handler, request string, want int) {
	server := httptest.NewServer(h)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	b.ReportAllocs()
	before := cpu(b)
	for b.Loop() {
		if _, err := io.WriteString(conn, request); err != nil {
			b.Fatal(err)
		}
		if err := skipAnswer(r, want); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((cpu(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
}

// skipAnswer reads an answer without allocating.
func skipAnswer(r *bufio.Reader, want int) error {
	length := 0
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !strings.Contains(string(line[:16]), fmt.Sprint(want)) {
			return fmt.Errorf("answer %s", line)
		}
		if len(line) == 2 {
			break
		}
		if n, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if _, err := fmt.Sscan(n, &length); err != nil {
				return err
			}
		}
	}
	_, err := r.Discard(length)
	return err
}

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(os.NewSyscallError("getrusage", err))
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// What a change of a document costs before it can be served.
func BenchmarkCompress(b *testing.B) {
	c := newCity(b)
	body := []byte(strings.Repeat(string(c.documents[feeds.DocumentKey{Channel: channelNamed("ja/everything"), Format: feeds.Atom}].Body), 4))
	with := newCompressor()
	for _, in := range []coding{gzipCoding, zstdCoding, brotliCoding} {
		b.Run(in.name(), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				with.compress(in, body)
			}
		})
	}
}

func BenchmarkComposePage(b *testing.B) {
	c := newCity(b)
	s := &public{Config: Config{Shelf: c.shelf(time.Hour)}.withDefaults()}
	g := newGuise(c.settings, newAssets())
	feed, err := c.compose(feeds.Channel{Locale: "ja", Kind: feeds.ChannelAll})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.homePage(g, feed, feeds.Feed{}, s.listed(g, "ja")).render(homeTemplate); err != nil {
			b.Fatal(err)
		}
	}
}

// A program that polls with a validator: an ordinary feed, and those of what a reader picked.
func BenchmarkPolling(b *testing.B) {
	p := newPicker(b)
	for _, path := range []string{"/en/all.rss", "/en/search.rss?q=flood&topic=government", "/en/feed.rss?topic=culture,government&from=sample-city"} {
		answer := get(p.h, path)
		if answer.StatusCode != http.StatusOK {
			b.Fatalf("%s: status %d", path, answer.StatusCode)
		}
		text := "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nIf-None-Match: " + answer.Header.Get("ETag") + "\r\n\r\n"
		b.Run(path, func(b *testing.B) { benchmark(b, p.h, text, http.StatusNotModified) })
	}
}
