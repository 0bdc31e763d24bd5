package fetch

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/kairan-news/kairan/internal/fetch/allow"
)

// The defaults of [Config].
const (
	DefaultTimeout          = 30 * time.Second
	DefaultFirstByteTimeout = 10 * time.Second
	DefaultMaxBytes         = 10 << 20
	DefaultMaxHeaderBytes   = 256 << 10
	DefaultMaxIdle          = 64
	DefaultUserAgent        = "Kairan/1.0 (+https://github.com/kairan-news/kairan)"
)

// maxRedirects is how many redirects are followed.
const maxRedirects = 5

// Config bounds what a client does. The zero value has the defaults.
type Config struct {
	// UserAgent is the whole User-Agent header: the program's name and, in
	// parentheses with a plus before it, where its operator can be found. ""
	// means [DefaultUserAgent].
	UserAgent string

	// Timeout bounds a fetch with all its redirects and its body, but without
	// waiting for the gate. 0 means [DefaultTimeout]; negative means no bound.
	Timeout time.Duration
	// FirstByteTimeout bounds the time from the beginning of each hop, name lookup
	// and handshake included, to the end of the response's header. 0 means
	// [DefaultFirstByteTimeout]; negative means no bound.
	FirstByteTimeout time.Duration
	// MaxBytes bounds a body, on the wire and after decompression. 0 means
	// [DefaultMaxBytes]; negative means no bound.
	MaxBytes int64
	// MaxHeaderBytes bounds a response's header. 0 means [DefaultMaxHeaderBytes].
	MaxHeaderBytes int64
	// MaxIdle bounds the connections that are kept open for the next request, two of
	// them for a host. 0 means [DefaultMaxIdle]; negative means that none is
	// kept and no TLS session resumed: each request shows the certificate of now.
	MaxIdle int

	// AllowedNetworks are exceptions for every request: host names that may resolve
	// to private addresses ("intranet.city.example"), and addresses or networks that
	// may be reached ("10.1.0.0/16", "192.0.2.7"). Metadata services stay out of reach.
	AllowedNetworks []string
	// Proxy is an HTTP proxy for every request; nil means none. The environment's is
	// ignored: see the package's documentation.
	Proxy *url.URL
	// RootCAs are the authorities to trust; nil means the system's.
	RootCAs *x509.CertPool

	// Gate, where it is set, gives each hop its turn at its host; see [HostGate].
	// nil means that nothing waits.
	Gate *HostGate
	// Secure, where it is set, is told each host that has answered by https on its usual
	// port, by its name in small letters, be it only with an error that is not the server's
	// own, or a redirect that does not lead to http. It is called by many goroutines at once.
	Secure func(host string)
	// Certificate, where it is set, is told with each answer by https until when the server's
	// certificate holds, by the host's name in small letters and its port. It is called by many
	// goroutines at once.
	Certificate func(host string, until time.Time)
	// Around, where it is set, stands around what makes each exchange with a server, such as
	// to measure it. It must send what it is given.
	Around func(http.RoundTripper) http.RoundTripper
	// Resolver looks names up; nil means the system's.
	Resolver *net.Resolver
	// Now is the clock for freshness and Retry-After; nil means time.Now.
	Now func() time.Time
}

// Client fetches. It may be used by many goroutines at once.
type Client struct {
	config  Config
	guard   guard
	public  http.RoundTripper
	private http.RoundTripper // for requests that allow private networks
	codecs  *codecs
}

// New returns a client. An entry of AllowedNetworks that [allow.Parse] can't read allows
// nothing.
func New(config Config) *Client {
	setDefault(&config.UserAgent, DefaultUserAgent)
	setDefault(&config.Timeout, DefaultTimeout)
	setDefault(&config.FirstByteTimeout, DefaultFirstByteTimeout)
	setDefault(&config.MaxBytes, DefaultMaxBytes)
	setDefault(&config.MaxHeaderBytes, DefaultMaxHeaderBytes)
	setDefault(&config.MaxIdle, DefaultMaxIdle)
	if config.Now == nil {
		config.Now = time.Now
	}

	g := guard{hosts: map[string]bool{}}
	for _, entry := range config.AllowedNetworks {
		switch e, err := allow.Parse(entry); {
		case err != nil:
		case e.Host != "":
			g.hosts[e.Host] = true
		default:
			g.networks = append(g.networks, e.Network)
		}
	}
	open := g
	open.private = true
	around := config.Around
	if around == nil {
		around = func(t http.RoundTripper) http.RoundTripper { return t }
	}
	return &Client{
		config:  config,
		guard:   g,
		public:  around(newTransport(config, &g)),
		private: around(newTransport(config, &open)),
		codecs:  newCodecs(),
	}
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Get asks for a document and follows its redirects. The error, if any, is an
// [*Error]; the response is not nil where any server answered, even beside an
// error.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	w := &walk{client: c, request: r, credentials: r.Credentials}
	start, problem := parseAddress(r.URL)
	if problem != nil {
		return nil, w.fail(problem, Redact(r.URL), nil)
	}
	if start.User != nil {
		if w.credentials.IsZero() {
			password, _ := start.User.Password()
			w.credentials = Credentials{User: start.User.Username(), Password: password}
			w.inAddress = true
		}
		start.User = nil
	}
	w.secrets = w.credentials.secrets()
	if !w.credentials.valid() {
		return nil, w.fail(&Error{Kind: KindInvalidRequest, What: "the credentials can't be sent in a header"}, redactURL(start), nil)
	}
	w.start, w.conditional = start, start.String()
	if r.ValidatorsFor != "" {
		w.conditional = ""
		if u, problem := parseAddress(r.ValidatorsFor); problem == nil {
			u.User = nil
			w.conditional = u.String()
		}
	}
	return w.run(ctx)
}

// walk is one fetch: a chain of hops from its first address to its last.
type walk struct {
	client      *Client
	request     Request
	credentials Credentials
	secrets     []string
	start       *url.URL
	conditional string // the address that may be sent the validators
	inAddress   bool   // the credentials come from the address itself
	withheld    bool   // the chain has left the host that the credentials are for
	response    *Response
	hops        []Hop
	cookie      bool // a redirect has set one
	watch       *stopwatch
}

func (w *walk) run(ctx context.Context) (*Response, error) {
	caller := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w.watch = newStopwatch(cancel, w.client.config.Timeout, w.client.config.FirstByteTimeout)
	defer w.watch.stop()

	seen := map[string]bool{}
	for at := w.start; ; {
		seen[at.String()] = true
		next, problem := w.hop(ctx, caller, at)
		if w.response != nil {
			w.response.Took = w.watch.spent()
		}
		if problem != nil {
			return w.response, w.fail(problem, redactURL(at), w.response)
		}
		if next == nil {
			return w.response, nil
		}
		switch {
		case w.cookie && (seen[next.String()] || len(w.hops) > maxRedirects && next.Path == w.start.Path):
			problem = &Error{Kind: KindBotWall, What: "the server sets a cookie, leads back to the same address and lets in only who brings it"}
		case seen[next.String()]:
			problem = &Error{Kind: KindRedirectLoop, What: "the redirects go round in a circle"}
		case len(w.hops) > maxRedirects:
			problem = &Error{Kind: KindTooManyRedirects, What: fmt.Sprintf("more than %d redirects", maxRedirects)}
		}
		if problem != nil {
			return w.response, w.fail(problem, redactURL(at), w.response)
		}
		w.withheld = w.withheld || !sameParty(w.start, next)
		at = next
	}
}

// hop asks one address. It returns where to go next, or nil at the end.
func (w *walk) hop(ctx, caller context.Context, at *url.URL) (*url.URL, *Error) {
	if err := w.checkLiteral(at); err != nil {
		return nil, w.classify(ctx, caller, err)
	}
	if gate := w.client.config.Gate; gate != nil {
		leave, err := gate.Enter(caller, at.String(), w.request.Pause)
		if err != nil {
			return nil, &Error{Kind: KindCanceled, What: "given up while waiting for the host's turn", Cause: err}
		}
		defer leave()
	}

	w.watch.start()
	defer w.watch.pause()
	transport := w.client.public
	if w.request.AllowPrivate {
		transport = w.client.private
	}
	conditional := w.isConditional(at)
	answer, err := transport.RoundTrip(w.build(at, conditional).WithContext(ctx))
	if err != nil {
		return nil, w.classify(ctx, caller, err)
	}
	defer answer.Body.Close()
	w.watch.headerCame()
	w.client.sawSecure(at, answer)
	w.client.sawCertificate(at, answer)

	w.response = w.respond(at, answer)
	if name := wallOfHeader(answer.StatusCode, answer.Header); name != "" {
		w.watch.awaitHeader()
		drain(answer)
		return nil, walled(name)
	}
	switch answer.StatusCode {
	case 200, 203:
		return nil, w.read(ctx, caller, answer)
	case 304:
		if !conditional {
			return nil, &Error{Kind: KindUnasked304, What: "the server says that nothing has changed, and was not asked that"}
		}
		w.notModified(answer)
		return nil, nil
	case 300, 301, 302, 303, 307, 308:
		next, problem := w.redirect(at, answer)
		w.cookie = w.cookie || answer.Header.Get("Set-Cookie") != ""
		if problem == nil {
			w.watch.awaitHeader() // the rest of this answer has no more time than a header
			drain(answer)
		}
		return next, problem
	}
	return nil, w.refused(answer)
}

// sawSecure tells that a host has answered by https, unless that leads away from it.
func (c *Client) sawSecure(at *url.URL, answer *http.Response) {
	leadsAway := strings.HasPrefix(strings.ToLower(answer.Header.Get("Location")), "http:")
	if c.config.Secure != nil && at.Scheme == "https" && port(at) == "443" && answer.StatusCode < 500 && !leadsAway {
		c.config.Secure(strings.ToLower(at.Hostname()))
	}
}

// sawCertificate tells until when a host's certificate holds.
func (c *Client) sawCertificate(at *url.URL, answer *http.Response) {
	if c.config.Certificate != nil && answer.TLS != nil && len(answer.TLS.PeerCertificates) > 0 {
		c.config.Certificate(strings.ToLower(at.Hostname())+":"+port(at), answer.TLS.PeerCertificates[0].NotAfter)
	}
}

// isConditional reports whether an address is sent the validators.
func (w *walk) isConditional(at *url.URL) bool {
	return at.String() == w.conditional && (w.request.ETag != "" || w.request.LastModified != "")
}

// refused returns the error of an answer that is neither a document nor a redirect.
func (w *walk) refused(answer *http.Response) *Error {
	w.watch.awaitHeader()
	if slices.Contains(wallStatus, answer.StatusCode) {
		b := w.client.codecs.read(answer, wallBytes, true, "")
		w.response.Bytes = b.wire
		if name := wallIn(b.data); name != "" {
			return walled(name)
		}
	}
	drain(answer)
	return &Error{Kind: KindHTTPStatus, What: strings.TrimSpace(fmt.Sprintf("the server answered %d %s", answer.StatusCode, http.StatusText(answer.StatusCode)))}
}

// checkLiteral returns an error for an address that names its host by an IP address
// which may not be reached. That is said again at the connection; here it also holds for
// a proxy.
func (w *walk) checkLiteral(at *url.URL) error {
	a, err := netip.ParseAddr(at.Hostname())
	if err != nil {
		return nil // it is a name
	}
	g := w.client.guard
	g.private = w.request.AllowPrivate
	return g.check(at.Hostname(), a)
}

// respond begins the response by what an answer's header says.
func (w *walk) respond(at *url.URL, answer *http.Response) *Response {
	now := w.client.config.Now()
	r := &Response{
		Status:              answer.StatusCode,
		ContentType:         answer.Header.Get("Content-Type"),
		URL:                 at.String(),
		Hops:                w.hops,
		CredentialsWithheld: w.withheld && !w.credentials.IsZero(),
		FreshUntil:          FreshUntil(answer.Header, now),
		CertificateUntil:    certificateUntil(answer.TLS),
		Links:               parseLinks(answer.Header.Values("Link"), at),
		requested:           w.start.String(),
		tied:                w.inAddress,
	}
	r.Age, _ = deltaSeconds(answer.Header.Get("Age"))
	if answer.StatusCode == 429 || answer.StatusCode == 503 {
		r.RetryAfter = RetryAfter(answer.Header, now)
	}
	return r
}

// notModified completes the response by what a 304 says, and by what was known before.
func (w *walk) notModified(answer *http.Response) {
	r := w.response
	r.NotModified, r.Unchanged, r.Digest = true, true, w.request.Digest
	r.ETag, r.LastModified = answer.Header.Get("ETag"), answer.Header.Get("Last-Modified")
	setDefault(&r.ETag, w.request.ETag)
	setDefault(&r.LastModified, w.request.LastModified)
}

func (w *walk) build(at *url.URL, conditional bool) *http.Request {
	h := make(http.Header, 8)
	h["User-Agent"] = []string{w.client.config.UserAgent}
	h["Accept-Encoding"] = []string{"gzip, br, zstd"}
	accept := w.request.Accept
	setDefault(&accept, DefaultAccept)
	h["Accept"] = []string{accept}
	if conditional {
		if httpguts.ValidHeaderFieldValue(w.request.ETag) && w.request.ETag != "" {
			h["If-None-Match"] = []string{w.request.ETag}
		}
		if httpguts.ValidHeaderFieldValue(w.request.LastModified) && w.request.LastModified != "" {
			h["If-Modified-Since"] = []string{w.request.LastModified}
		}
	}
	if !w.withheld {
		w.credentials.apply(h)
	}
	return &http.Request{
		Method: http.MethodGet, URL: at, Host: at.Host, Header: h,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
}

// redirect reads where an answer sends us (RFC 9110 §10.2.2).
func (w *walk) redirect(at *url.URL, answer *http.Response) (*url.URL, *Error) {
	location := answer.Header.Get("Location")
	if strings.TrimSpace(location) == "" {
		return nil, &Error{Kind: KindRedirectInvalid, What: fmt.Sprintf("the server answered %d and does not say where to go", answer.StatusCode)}
	}
	relative, err := url.Parse(strings.TrimSpace(location))
	if err != nil {
		return nil, &Error{Kind: KindRedirectInvalid, What: "the redirect's address can't be read"}
	}
	next := at.ResolveReference(relative)
	if kind := checkAddress(next); kind != "" {
		return nil, &Error{Kind: KindRedirectInvalid, What: "the redirect leads to " + redactURL(next) + ", which is no http or https address"}
	}
	normalize(next)
	next.User = nil // a server has no business in naming credentials
	w.hops = append(w.hops[:len(w.hops):len(w.hops)], Hop{URL: at.String(), Status: answer.StatusCode, To: next.String()})
	w.response.Hops = w.hops
	return next, nil
}

// read takes the body of a 200.
func (w *walk) read(ctx, caller context.Context, answer *http.Response) *Error {
	limit := w.client.config.MaxBytes
	if w.request.MaxBytes != 0 {
		limit = w.request.MaxBytes
	}
	b := w.client.codecs.read(answer, limit, w.request.KeepPrefix, w.request.Digest)
	r := w.response
	r.Bytes = b.wire
	switch {
	case b.err == nil && b.size == 0:
		return &Error{Kind: KindEmpty, What: "the server answered 200 and sent nothing"}
	case b.err == nil:
		if name := wallIn(b.data); name != "" {
			return walled(name)
		}
		r.Digest, r.Body, r.Partial = b.digest, b.data, b.partial
		r.Unchanged = r.Digest == w.request.Digest
		r.ETag, r.LastModified = answer.Header.Get("ETag"), answer.Header.Get("Last-Modified")
		return nil
	case b.kind == KindTooLarge:
		return &Error{Kind: KindTooLarge, What: fmt.Sprintf("the document is larger than %d bytes", limit)}
	case b.kind == KindEncoding:
		r.Body, r.Truncated = b.data, true
		return &Error{Kind: KindEncoding, What: "the body can't be decompressed", Cause: b.err}
	}
	r.Body, r.Truncated = b.data, true
	problem := w.classify(ctx, caller, b.err)
	if problem.Kind != KindTimeout && problem.Kind != KindCanceled {
		problem.Kind, problem.What = KindTruncated, fmt.Sprintf("the body ended too early, after %d bytes", b.wire)
	}
	return problem
}

// drain reads the little that is left of an answer that nobody wants, so that its
// connection can be used again.
func drain(answer *http.Response) {
	const little = 16 << 10
	if answer.ContentLength <= little {
		_, _ = io.CopyN(io.Discard, answer.Body, little)
	}
}

// sameParty reports whether credentials for the first address may be sent to the
// second: the same host, over the same port or from http to https on their usual
// ports, and never from https to http.
func sameParty(from, to *url.URL) bool {
	if allow.Host(from.Hostname()) != allow.Host(to.Hostname()) {
		return false
	}
	if from.Scheme == to.Scheme {
		return port(from) == port(to)
	}
	return from.Scheme == "http" && port(from) == "80" && port(to) == "443"
}

func port(u *url.URL) string {
	switch p := u.Port(); {
	case p != "":
		return p
	case u.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}

// fail completes an error.
func (w *walk) fail(e *Error, address string, r *Response) *Error {
	e.URL = redactText(address, w.secrets)
	e.What = redactText(e.What, w.secrets)
	setDefault(&e.Hint, hints[e.Kind])
	if r != nil {
		e.Status, e.FreshUntil, e.RetryAfter = r.Status, r.FreshUntil, r.RetryAfter
		if e.Kind == KindHTTPStatus {
			e.Hint = statusHint(r.Status)
		}
	}
	if e.Cause != nil {
		e.cause = redactText(e.Cause.Error(), w.secrets)
	}
	return e
}
