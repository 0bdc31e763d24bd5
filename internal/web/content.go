package web

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/compress"
)

// content is a body that is ready to be sent: in each content coding, with the
// header fields that go with it. All but the variants that are added later is
// fixed once it was made, so that any number of requests may read it.
type content struct {
	variants [codings]atomic.Pointer[variant]
	// Fields as http.Header holds them, shared by all answers.
	mediaType []string
	links     atomic.Pointer[links]

	origin // of a document
	dated  atomic.Pointer[dated]
	sent   atomic.Bool // somebody was sent it
	// lineage tells which readers a delta can be sent to; nil for none.
	lineage *lineage
}

// links are the Link fields of a document, under one public address of the site.
type links struct {
	base   string
	fields []string
}

// variant is a body in one content coding.
type variant struct {
	body     []byte // nil for identity where gzip has it
	tag      string
	etag     []string
	length   []string
	encoding []string // nil for identity
}

// Bodies below smallBody are not worth compressing, in bytes.
const smallBody = 200

// newContent makes content of a body with its strong entity tag, quoted. Where gzip makes
// it smaller only that is held, and the body is unpacked for the few who want it plain.
func newContent(body []byte, etag, mediaType string, with *compressor) *content {
	c := &content{mediaType: []string{mediaType}}
	plain := newVariant(identity, body, etag)
	for _, in := range []coding{gzipCoding, zstdCoding} {
		if v := packed(in, body, etag, with); v != nil {
			c.variants[in].Store(v)
		}
	}
	if c.variants[gzipCoding].Load() != nil {
		plain.body = nil
	}
	c.variants[identity].Store(plain)
	return c
}

// newDocument makes content of a document whose last state had a lineage; nil for none.
func newDocument(d feeds.Document, o origin, before *lineage, with *compressor) *content {
	c := newContent(d.Body, d.ETag, d.Format.MediaType(), with)
	c.origin = o
	c.lineage = newLineage(before, d)
	return c
}

// under returns the content as what stands in under another origin than its own.
func (c *content) under(o origin) *content {
	again := &content{mediaType: c.mediaType, origin: o, lineage: c.lineage}
	for i := range c.variants {
		again.variants[i].Store(c.variants[i].Load())
	}
	again.links.Store(c.links.Load())
	again.seq = c.seq
	return again
}

func newVariant(in coding, body []byte, etag string) *variant {
	tag := strings.TrimSuffix(etag, `"`) + in.suffix() + `"`
	v := &variant{body: body, tag: tag, etag: []string{tag}, length: []string{strconv.Itoa(len(body))}}
	if in != identity {
		v.encoding = []string{in.name()}
	}
	return v
}

// length is how long the body is without any coding, in bytes.
func (c *content) length() int64 {
	n, err := strconv.ParseInt(c.variants[identity].Load().length[0], 10, 64)
	if err != nil {
		return 0 // newVariant writes a number
	}
	return n
}

// packed returns a body in a coding, nil if that does not make it smaller.
func packed(in coding, body []byte, etag string, with *compressor) *variant {
	if len(body) < smallBody {
		return nil
	}
	small := with.compress(in, body)
	if len(small) >= len(body) {
		return nil
	}
	return newVariant(in, small, etag)
}

// size is the memory that the variant takes, in bytes, near enough.
func (v *variant) size() int64 { return int64(len(v.body)) + 200 }

// tag is the entity tag of the plain body.
func (c *content) tag() string { return c.variants[identity].Load().tag }

// plain returns the body without a coding.
func (c *content) plain() []byte {
	if v := c.variants[identity].Load(); v.body != nil {
		return v.body
	}
	body, err := compress.Gunzip(c.variants[gzipCoding].Load().body)
	if err != nil {
		panic("web: what this program packed can't be unpacked: " + err.Error())
	}
	return body
}

// size is the memory that the content takes, in bytes, near enough.
func (c *content) size() int64 {
	n := 1024 + c.lineage.size()
	for i := range c.variants {
		if v := c.variants[i].Load(); v != nil {
			n += v.size()
		}
	}
	return n
}

// choose returns the variant to send to a client with this Accept-Encoding.
func (c *content) choose(acceptEncoding string) *variant {
	order, n := acceptCodings(acceptEncoding)
	for _, in := range order[:n] {
		if v := c.variants[in].Load(); v != nil {
			return v
		}
	}
	return c.variants[identity].Load()
}

// unchanged tells whether the client's copy is current, and the tag of that copy.
//
// A client may hold the content in another coding than it would be sent now,
// because a cache stands between, or because the brotli variant came later. Its
// copy is current all the same, so each coding's tag of the present state counts,
// the chosen variant's first.
func (c *content) unchanged(r *http.Request, chosen *variant, date *dated) ([]string, bool) {
	if list := r.Header["If-None-Match"]; len(list) > 0 {
		// "A recipient MUST ignore If-Modified-Since if the request contains an
		// If-None-Match header field" (RFC 9110 §13.1.3).
		held := [1 + codings]*variant{chosen}
		tags := [1 + codings]string{chosen.tag}
		n := 1
		for i := range c.variants {
			if v := c.variants[i].Load(); v != nil && v != chosen {
				held[n], tags[n] = v, v.tag
				n++
			}
		}
		if i := matchTag(strings.Join(list, ", "), tags[:n]); i >= 0 {
			return held[i].etag, true
		}
		return nil, false
	}
	if since := r.Header.Get("If-Modified-Since"); since != "" && date != nil {
		if t, err := http.ParseTime(since); err == nil && !date.at.After(t) {
			return chosen.etag, true
		}
	}
	return nil, false
}

// serve answers GET and HEAD with 200 or 304. The caller has set the fields that
// both answers carry: Cache-Control and Vary (RFC 9110 §15.4.5). Without a date only the
// tag tells.
func (c *content) serve(w http.ResponseWriter, r *http.Request, date *dated, linkFields []string) {
	h := w.Header()
	v := c.choose(r.Header.Get("Accept-Encoding"))
	if etag, ok := c.unchanged(r, v, date); ok {
		h["Etag"] = etag
		delete(h, "Content-Language") // of a body, and there is none
		w.WriteHeader(http.StatusNotModified)
		return
	}
	c.send(w, r, v, http.StatusOK, date, linkFields)
}

// send answers with a variant.
func (c *content) send(w http.ResponseWriter, r *http.Request, v *variant, status int, date *dated, linkFields []string) {
	h := w.Header()
	h["Etag"] = v.etag
	h["Content-Type"] = c.mediaType
	h["Content-Length"] = v.length
	if v.encoding != nil {
		h["Content-Encoding"] = v.encoding
	}
	if date != nil {
		h["Last-Modified"] = date.field
	}
	if linkFields != nil {
		h["Link"] = linkFields
	}
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	body := v.body
	if v.encoding == nil {
		body = c.plain()
	}
	// A client that went away is no news: the connection is closed, and there is
	// nobody to tell.
	_, _ = w.Write(body)
}
