package compress

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestEveryCodingGivesTheBodyBack(t *testing.T) {
	c := New()
	for _, body := range []string{"", "回覧板", strings.Repeat("<entry>…</entry>", 5000)} {
		for name, coded := range map[string]struct {
			compress func([]byte) []byte
			open     func(io.Reader) (io.Reader, error)
		}{
			"gzip":   {c.Gzip, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
			"zstd":   {c.Zstd, func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) }},
			"brotli": {c.Brotli, func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }},
		} {
			small := coded.compress([]byte(body))
			if again := coded.compress([]byte(body)); !bytes.Equal(small, again) {
				t.Errorf("%s: the same body became other bytes", name)
			}
			r, err := coded.open(bytes.NewReader(small))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != body {
				t.Errorf("%s: %d bytes, %v, want %d", name, len(got), err, len(body))
			}
		}
	}
}
