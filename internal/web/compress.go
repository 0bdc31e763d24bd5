package web

import "github.com/kairan-news/kairan/internal/compress"

// compressor makes the variants of contents.
type compressor struct{ *compress.Compressor }

func newCompressor() *compressor { return &compressor{compress.New()} }

func (c *compressor) compress(in coding, body []byte) []byte {
	switch in {
	case gzipCoding:
		return c.Gzip(body)
	case brotliCoding:
		return c.Brotli(body)
	case zstdCoding:
		return c.Zstd(body)
	}
	return body
}
