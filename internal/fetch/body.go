package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	kflate "github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const (
	// maxLayers bounds compressions over one another: two that the header names,
	// and one more in the file itself.
	maxLayers = 3
	// maxWindow is the window that a decoder for HTTP has to support (RFC 9659).
	maxWindow = 8 << 20
	// keptScratch is the largest buffer that is kept for the next body.
	keptScratch = 512 << 10
)

// errTooMuch ends a body at its bound.
var errTooMuch = errors.New("the body is larger than its bound")

// codecs keep decoders and buffers for the next body.
type codecs struct {
	readers, scratch, gzip, brotli, zstd sync.Pool
}

func newCodecs() *codecs {
	return &codecs{
		readers: sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4<<10) }},
		scratch: sync.Pool{New: func() any { return new(bytes.Buffer) }},
		gzip:    sync.Pool{New: func() any { return new(gzip.Reader) }},
		brotli:  sync.Pool{New: func() any { return new(brotli.Reader) }},
		zstd: sync.Pool{New: func() any {
			d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
			if err != nil {
				panic(err) // the options above are constant and right
			}
			return d
		}},
	}
}

// body is what became of a response's body.
type body struct {
	data    []byte // decoded; what there is of it if err is set; nil where it is known already
	size    int    // of the decoded body
	digest  string // of a whole body
	wire    int64  // bytes as they came
	partial bool   // data is a prefix, as wanted
	err     error
	kind    Kind // KindTooLarge or KindEncoding; "" leaves it to the cause
}

// read reads and decodes a body, and drops it where its digest is known. A limit
// below 0 means none.
func (c *codecs) read(answer *http.Response, limit int64, prefix bool, known string) body {
	if limit > 0 && answer.ContentLength > limit && !prefix {
		return body{err: errTooMuch, kind: KindTooLarge}
	}
	source := &wire{from: answer.Body, limit: limit}
	decoded, release, err := c.decode(source, answer.Header.Values("Content-Encoding"))
	defer release()
	if err != nil {
		return finish(source, nil, err, limit, prefix)
	}

	scratch := c.scratch.Get().(*bytes.Buffer)
	if limit > 0 {
		decoded = io.LimitReader(decoded, limit+1)
	}
	_, err = scratch.ReadFrom(decoded)
	b := finish(source, scratch.Bytes(), err, limit, prefix)
	if b.size = len(b.data); b.err == nil {
		b.digest = digest(b.data)
		if source.err == nil && !b.partial {
			// A decoder stops at its own end, before that of the transfer. Only a body
			// that was read to its end leaves a connection that can be used again.
			_, _ = io.CopyN(io.Discard, source, 4<<10)
		}
	}
	if b.kind == KindTooLarge || b.size == 0 || b.digest != "" && b.digest == known {
		b.data = nil
	}
	if scratch.Cap() <= keptScratch {
		b.data = bytes.Clone(b.data)
		scratch.Reset()
		c.scratch.Put(scratch)
	}
	return b
}

// digest is what tells one body from another.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// finish says what an end of a body means.
func finish(source *wire, data []byte, err error, limit int64, prefix bool) body {
	b := body{data: data, wire: source.n}
	over := limit > 0 && (int64(len(data)) > limit || errors.Is(source.err, errTooMuch))
	switch {
	case over && prefix:
		b.data, b.partial = data[:min(int64(len(data)), limit)], true
	case over:
		b.err, b.kind = errTooMuch, KindTooLarge
	case source.err != nil && source.err != io.EOF && err != nil:
		b.err = source.err
	case err == nil, err == zstd.ErrMagicMismatch && len(data) > 0: // what follows a whole frame is no concern of ours
	case errors.Is(err, io.ErrUnexpectedEOF):
		b.err = fmt.Errorf("a compressed body without its end: %w", err)
	default:
		b.err, b.kind = err, KindEncoding
	}
	return b
}

// wire counts and bounds what comes over the connection, and remembers how it ended.
type wire struct {
	from     io.Reader
	n, limit int64
	err      error
}

func (w *wire) Read(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.from.Read(p)
	w.n += int64(n)
	if w.limit > 0 && w.n > w.limit {
		n -= int(min(int64(n), w.n-w.limit))
		err = errTooMuch
	}
	w.err = err
	return n, err
}

// decode puts decoders over a body: those that the header names (RFC 9110 §8.4),
// where the bytes don't say otherwise, and one that it does not name.
func (c *codecs) decode(source io.Reader, header []string) (decoded io.Reader, release func(), err error) {
	var releases []func()
	release = func() {
		for _, r := range slices.Backward(releases) {
			r()
		}
	}
	buffered := func(from io.Reader) *bufio.Reader {
		b := c.readers.Get().(*bufio.Reader)
		b.Reset(from)
		releases = append(releases, func() { b.Reset(nil); c.readers.Put(b) })
		return b
	}

	names := codings(header)
	if len(names) > maxLayers {
		return nil, release, fmt.Errorf("%d compressions over one another", len(names))
	}
	at, layers := buffered(source), 0
	for _, name := range append(names, "") {
		if layers == maxLayers {
			break
		}
		beginning, err := at.Peek(512)
		if err != nil && err != io.EOF && len(beginning) == 0 {
			return nil, release, err
		}
		decoder, done, err := c.decoder(compression(name, beginning), at)
		if err != nil {
			return nil, release, err
		}
		if decoder == nil {
			continue
		}
		releases = append(releases, done)
		layers++
		at = buffered(decoder)
	}
	return at, release, nil
}

// codings lists what was done to the body, the last first.
func codings(header []string) []string {
	var names []string
	for _, name := range strings.Split(strings.Join(header, ","), ",") {
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "gzip", "x-gzip":
			names = append(names, "gzip")
		case "deflate", "br", "zstd":
			names = append(names, name)
		} // identity, and what some servers put there by mistake, such as a charset
	}
	slices.Reverse(names)
	return names
}

// compression says how bytes that are said to have that coding, or none (""), are
// compressed in truth; "" if not at all.
func compression(name string, b []byte) string {
	switch {
	case len(b) == 0:
		return ""
	case len(b) >= 4 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 && b[3]&0xe0 == 0: // RFC 1952 §2.3.1
		return "gzip"
	case bytes.HasPrefix(b, []byte{0x28, 0xb5, 0x2f, 0xfd}): // RFC 8878 §3.1.1
		return "zstd"
	case looksLikeText(b):
		return ""
	case name == "deflate" && !isZlib(b):
		return "raw"
	case isZlib(b) && name != "br":
		return "zlib"
	case name == "br":
		return "br"
	}
	return ""
}

// isZlib reports whether a body begins with the header of RFC 1950 §2.2: deflate, a
// window that exists, no dictionary, a right check.
func isZlib(b []byte) bool {
	return len(b) >= 2 && b[0]&0x0f == 8 && b[0]>>4 <= 7 && b[1]&0x20 == 0 && (uint(b[0])<<8|uint(b[1]))%31 == 0
}

// looksLikeText reports whether bytes are text in any charset, and not compressed, which
// soon hold a control character that no text has.
func looksLikeText(b []byte) bool {
	for _, mark := range []string{"\xef\xbb\xbf", "\xfe\xff", "\xff\xfe", "\x00<", "<\x00"} { // UTF-8 and UTF-16
		if bytes.HasPrefix(b, []byte(mark)) {
			return true
		}
	}
	for _, c := range b {
		if c < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", rune(c)) { // ESC: ISO-2022-JP
			return false
		}
	}
	return len(b) >= 64 || strings.ContainsRune("<{[ \t\r\n", rune(b[0]))
}

// decoder returns a reader of the decoded bytes and what gives it back.
func (c *codecs) decoder(name string, from *bufio.Reader) (io.Reader, func(), error) {
	switch name {
	case "gzip":
		z := c.gzip.Get().(*gzip.Reader)
		return &members{from: from, z: z, fresh: true}, func() { c.gzip.Put(z) }, nil
	case "zstd":
		d := c.zstd.Get().(*zstd.Decoder)
		if err := d.Reset(from); err != nil {
			return nil, nil, fmt.Errorf("begin zstd: %w", err)
		}
		return d, func() {
			if d.Reset(nil) == nil {
				c.zstd.Put(d)
			}
		}, nil
	case "br":
		r := c.brotli.Get().(*brotli.Reader)
		if err := r.Reset(from); err != nil {
			return nil, nil, fmt.Errorf("begin brotli: %w", err)
		}
		return r, func() { c.brotli.Put(r) }, nil
	case "zlib":
		r, err := zlib.NewReader(from)
		if err != nil {
			return nil, nil, fmt.Errorf("begin zlib: %w", err)
		}
		return r, func() {}, nil
	case "raw":
		return kflate.NewReader(from), func() {}, nil
	}
	return nil, nil, nil
}

// members reads the members of a gzip file (RFC 1952 §2.2), and leaves alone what
// follows the last of them: some servers pad it.
type members struct {
	from  *bufio.Reader
	z     *gzip.Reader
	fresh bool
}

func (m *members) Read(p []byte) (int, error) {
	for {
		if m.fresh {
			if err := m.z.Reset(m.from); err != nil {
				return 0, err
			}
			m.z.Multistream(false)
			m.fresh = false
		}
		n, err := m.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		if magic, _ := m.from.Peek(3); !bytes.Equal(magic, []byte{0x1f, 0x8b, 8}) {
			return n, io.EOF
		}
		if m.fresh = true; n > 0 {
			return n, nil
		}
	}
}

var _ flate.Reader = (*bufio.Reader)(nil) // without it a decoder reads beyond its end
