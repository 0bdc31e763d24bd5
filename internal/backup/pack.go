package backup

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// packing is how a file is compressed.
type packing string

const (
	plain  packing = ""
	gzPack packing = "gzip"
	zsPack packing = "zstd"
)

// packingOf returns how a file of this name is compressed.
func packingOf(name string) packing {
	switch {
	case strings.HasSuffix(name, ".gz"):
		return gzPack
	case strings.HasSuffix(name, ".zst"):
		return zsPack
	}
	return plain
}

// pack copies one file to another, compressed.
func pack(ctx context.Context, to *os.File, from string, as packing) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	var out io.WriteCloser
	switch as {
	case gzPack:
		out = gzip.NewWriter(to)
	case zsPack:
		if out, err = zstd.NewWriter(to); err != nil {
			return err
		}
	default:
		return fmt.Errorf("no packing %q", as)
	}
	if _, err := io.Copy(out, reading{ctx, in}); err != nil {
		return errors.Join(err, out.Close())
	}
	return out.Close()
}

// unpack copies one file to another, and decompresses it if it is compressed, whatever its
// name is.
func unpack(ctx context.Context, to *os.File, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	buffered := bufio.NewReader(reading{ctx, in})
	begins, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	var content io.Reader = buffered
	switch {
	case bytes.HasPrefix(begins, []byte{0x1f, 0x8b}): // RFC 1952 §2.3.1
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return err
		}
		defer unpacked.Close()
		content = unpacked
	case bytes.Equal(begins, []byte{0x28, 0xb5, 0x2f, 0xfd}): // RFC 8878 §3.1.1
		unpacked, err := zstd.NewReader(buffered)
		if err != nil {
			return err
		}
		defer unpacked.Close()
		content = unpacked
	}
	_, err = io.Copy(to, content)
	return err
}

// reading ends when a context does.
type reading struct {
	ctx  context.Context
	from io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
