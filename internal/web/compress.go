package web

import (
	"bytes"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compressor compresses bodies, and keeps its encoders, which are large, from one
// body to the next. It may be used by several goroutines.
type compressor struct {
	gzip   sync.Pool
	brotli sync.Pool
	zstd   *zstd.Encoder
}

// brotliLevel is where brotli's gain over zstd is worth its time: it runs behind
// the publication, on a body that is sent many times.
const brotliLevel = 5

// zstdWindow is far below the 8 MiB that a client must accept (RFC 9659 §3) and
// holds a whole document.
const zstdWindow = 1 << 20

func newCompressor() *compressor {
	// The options are constants within their ranges, so this doesn't fail.
	z, err := zstd.NewWriter(nil, zstd.WithWindowSize(zstdWindow), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic("web: options of zstd: " + err.Error())
	}
	return &compressor{
		gzip:   sync.Pool{New: func() any { return gzip.NewWriter(nil) }},
		brotli: sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }},
		zstd:   z,
	}
}

func (c *compressor) compress(in coding, body []byte) []byte {
	switch in {
	case gzipCoding:
		w := c.gzip.Get().(*gzip.Writer)
		defer c.gzip.Put(w)
		return written(w, body)
	case brotliCoding:
		w := c.brotli.Get().(*brotli.Writer)
		defer c.brotli.Put(w)
		return written(w, body)
	case zstdCoding:
		return bytes.Clone(c.zstd.EncodeAll(body, nil))
	}
	return body
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
