package web

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// content is a body that is ready to be sent: in each content coding, with the
// header fields that go with it. All but the variants that are added later is
// fixed once it was made, so that any number of requests may read it.
type content struct {
	variants [codings]atomic.Pointer[variant]
	// modified is when the content changed; zero where only the tag tells.
	modified time.Time
	// Fields as http.Header holds them, shared by all answers.
	mediaType    []string
	lastModified []string
	links        atomic.Pointer[links]
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
	body     []byte
	tag      string
	etag     []string
	length   []string
	encoding []string // nil for identity
}

// Bodies below smallBody are not worth compressing, in bytes.
const smallBody = 200

// newContent makes content of a body with its strong entity tag, quoted.
func newContent(body []byte, etag, mediaType string, modified time.Time) *content {
	c := &content{modified: modified.UTC().Truncate(time.Second), mediaType: []string{mediaType}}
	if !modified.IsZero() {
		c.lastModified = []string{c.modified.Format(http.TimeFormat)}
	}
	c.variants[identity].Store(newVariant(identity, body, etag))
	return c
}

func newVariant(in coding, body []byte, etag string) *variant {
	tag := strings.TrimSuffix(etag, `"`) + in.suffix() + `"`
	v := &variant{body: body, tag: tag, etag: []string{tag}, length: []string{strconv.Itoa(len(body))}}
	if in != identity {
		v.encoding = []string{in.name()}
	}
	return v
}

// compress adds the body in a coding, if that makes it smaller.
func (c *content) compress(in coding, with *compressor) {
	if v := c.compressed(in, with); v != nil {
		c.variants[in].Store(v)
	}
}

// compressed returns the body in a coding, nil if that does not make it smaller.
func (c *content) compressed(in coding, with *compressor) *variant {
	plain := c.variants[identity].Load()
	if len(plain.body) < smallBody {
		return nil
	}
	small := with.compress(in, plain.body)
	if len(small) >= len(plain.body) {
		return nil
	}
	return newVariant(in, small, plain.tag)
}

// size is the memory that the content takes, in bytes, near enough.
func (c *content) size() int64 {
	n := 1024 + c.lineage.size()
	for i := range c.variants {
		if v := c.variants[i].Load(); v != nil {
			n += int64(len(v.body))
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
func (c *content) unchanged(r *http.Request, chosen *variant) ([]string, bool) {
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
	if since := r.Header.Get("If-Modified-Since"); since != "" && !c.modified.IsZero() {
		if t, err := http.ParseTime(since); err == nil && !c.modified.After(t) {
			return chosen.etag, true
		}
	}
	return nil, false
}

// serve answers GET and HEAD with 200 or 304. The caller has set the fields that
// both answers carry: Cache-Control and Vary (RFC 9110 §15.4.5).
func (c *content) serve(w http.ResponseWriter, r *http.Request, linkFields []string) {
	h := w.Header()
	v := c.choose(r.Header.Get("Accept-Encoding"))
	if etag, ok := c.unchanged(r, v); ok {
		h["Etag"] = etag
		w.WriteHeader(http.StatusNotModified)
		return
	}
	c.send(w, r, v, http.StatusOK, linkFields)
}

// send answers with a variant.
func (c *content) send(w http.ResponseWriter, r *http.Request, v *variant, status int, linkFields []string) {
	h := w.Header()
	h["Etag"] = v.etag
	h["Content-Type"] = c.mediaType
	h["Content-Length"] = v.length
	if v.encoding != nil {
		h["Content-Encoding"] = v.encoding
	}
	if c.lastModified != nil {
		h["Last-Modified"] = c.lastModified
	}
	if linkFields != nil {
		h["Link"] = linkFields
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// A client that went away is no news: the connection is closed, and there is
		// nobody to tell.
		_, _ = w.Write(v.body)
	}
}
