// Package compress has the content codings in which this program's answers and files
// are kept: gzip, zstd and brotli, at the levels that suit bodies which are made once
// and sent often.
//
// gzip and zstd, at their libraries' default levels, take 0.2 ms each for a feed of
// 60 KB, so they are made at once. brotli is smaller and takes five times as long: it
// is made where nobody waits.
package compress

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Compressor compresses bodies, and keeps its encoders, which are large, from one
// body to the next. It may be used by several goroutines. The same body becomes the
// same bytes.
type Compressor struct {
	gzip   sync.Pool
	brotli sync.Pool
	zstd   *zstd.Encoder
}

// brotliLevel is where brotli's gain over zstd is worth its time.
const brotliLevel = 5

// zstdWindow is far below the 8 MiB that a client must accept (RFC 9659 §3) and
// holds a whole document.
const zstdWindow = 1 << 20

// New returns a compressor.
func New() *Compressor {
	// The options are constants within their ranges, so this doesn't fail.
	z, err := zstd.NewWriter(nil, zstd.WithWindowSize(zstdWindow), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic("compress: options of zstd: " + err.Error())
	}
	return &Compressor{
		gzip:   sync.Pool{New: func() any { return gzip.NewWriter(nil) }},
		brotli: sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }},
		zstd:   z,
	}
}

// Gzip returns the body in gzip (RFC 1952).
func (c *Compressor) Gzip(body []byte) []byte {
	w := c.gzip.Get().(*gzip.Writer)
	defer c.gzip.Put(w)
	return written(w, body)
}

// Zstd returns the body in zstd (RFC 8878).
func (c *Compressor) Zstd(body []byte) []byte { return bytes.Clone(c.zstd.EncodeAll(body, nil)) }

// Brotli returns the body in brotli (RFC 7932).
func (c *Compressor) Brotli(body []byte) []byte {
	w := c.brotli.Get().(*brotli.Writer)
	defer c.brotli.Put(w)
	return written(w, body)
}

// written runs a body through a stream encoder. Writes to a buffer don't fail.
func written(w interface {
	io.WriteCloser
	Reset(io.Writer)
}, body []byte) []byte {
	var b bytes.Buffer
	w.Reset(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}

// Gunzip returns what was packed by [Compressor.Gzip].
func Gunzip(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack gzip: %w", err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("unpack gzip: %w", err)
	}
	return b.Bytes(), nil
}
