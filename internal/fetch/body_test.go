package fetch

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Wherever a body is cut off, what came is given, and it is the beginning of what
// was sent.
func TestBodiesCutOffAnywhere(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, "<item><title>お知らせ %d</title></item>\n", i*i*7919)
	}
	c := newCodecs()
	for coding, header := range map[string]string{"gzip": "gzip", "zlib": "deflate", "raw": "deflate", "br": "br", "zstd": "zstd", "plain": "identity"} {
		sent := text.String()
		if coding != "plain" {
			sent = compressed(coding, sent)
		}
		most := 0
		for cut := range len(sent) {
			b := c.read(&http.Response{
				Header:        http.Header{"Content-Encoding": {header}},
				ContentLength: int64(len(sent)),
				Body:          io.NopCloser(io.MultiReader(strings.NewReader(sent[:cut]), failing{})),
			}, 1<<20, false, "")
			if !strings.HasPrefix(text.String(), string(b.data)) && cut > 10 {
				t.Fatalf("%s cut off at %d of %d: %.80q", coding, cut, len(sent), b.data)
			}
			// What a decoder needs no more, such as a checksum that it skips, may be missing.
			if b.err == nil && len(b.data) < text.Len() {
				t.Fatalf("%s cut off at %d of %d: no error", coding, cut, len(sent))
			}
			if b.kind != "" {
				t.Fatalf("%s cut off at %d of %d: %s: %v", coding, cut, len(sent), b.kind, b.err)
			}
			most = max(most, len(b.data))
		}
		if most < text.Len()/2 && coding != "zstd" { // which gives whole blocks of up to 128 KB
			t.Errorf("%s: at most %d of %d bytes were given", coding, most, text.Len())
		}
	}
}

// failing is a connection that ends too early.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// The bound is exact, and holds on the wire and after decoding.
func TestBounds(t *testing.T) {
	c := newCodecs()
	noise := make([]byte, 1000) // does not compress: larger on the wire than decoded
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for _, b := range []struct {
		remark string
		body   string
		header string
		limit  int64
		kind   Kind
	}{
		{"as large as may be", strings.Repeat("a", 1000), "", 1000, ""},
		{"a byte larger", strings.Repeat("a", 1001), "", 1000, KindTooLarge},
		{"as large as may be, decoded", compressed("gzip", strings.Repeat("a", 1000)), "gzip", 1000, ""},
		{"a byte larger, decoded", compressed("gzip", strings.Repeat("a", 1001)), "gzip", 1000, KindTooLarge},
		{"larger on the wire", compressed("gzip", string(noise)), "gzip", 1000, KindTooLarge},
		{"no bound", strings.Repeat("a", 1<<20), "", -1, ""},
	} {
		got := c.read(&http.Response{
			Header: http.Header{"Content-Encoding": {b.header}}, ContentLength: -1, Body: io.NopCloser(strings.NewReader(b.body)),
		}, b.limit, false, "")
		if got.kind != b.kind || (got.err == nil) != (b.kind == "") {
			t.Errorf("%s: %q, %v", b.remark, got.kind, got.err)
		}
		if b.kind != "" && got.data != nil {
			t.Errorf("%s: %d bytes are given", b.remark, len(got.data))
		}
	}
}

// A body belongs to the caller, and is not overwritten by the next.
func TestBodiesAreNotShared(t *testing.T) {
	c := newCodecs()
	read := func(s string) []byte {
		return c.read(&http.Response{ContentLength: -1, Body: io.NopCloser(strings.NewReader(s))}, 1<<20, false, "").data
	}
	for _, size := range []int{10, keptScratch * 2} {
		first := read(strings.Repeat("a", size))
		read(strings.Repeat("b", size))
		if !bytes.Equal(first, bytes.Repeat([]byte("a"), size)) {
			t.Errorf("a body of %d bytes was overwritten", size)
		}
	}
}
