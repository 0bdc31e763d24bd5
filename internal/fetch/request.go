package fetch

import (
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/net/idna"
)

// DefaultAccept is the Accept header of a request that does not name its own.
const DefaultAccept = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, " +
	"application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3"

// Request is one question to a server.
type Request struct {
	// URL is an http or https address. A user name and a password in it are sent
	// as basic credentials and appear nowhere else; a fragment is ignored.
	URL string
	// ETag and LastModified are the validators of the last whole response, exactly
	// as they came (RFC 9110 §8.8); "" if there are none.
	ETag         string
	LastModified string
	// ValidatorsFor is the address that gave the validators: [Response.URL]. They
	// are sent to that address alone, be it URL or one that redirects lead to.
	// "" means URL.
	ValidatorsFor string
	// Digest is the [Response.Digest] of the body that the caller has. Where the
	// new body has the same, [Response.Unchanged] is set and Body is nil.
	Digest string
	// Accept is the Accept header; "" means [DefaultAccept].
	Accept string
	// Credentials are sent to the URL's own host alone.
	Credentials Credentials
	// AllowPrivate lets this request, with its redirects, reach private networks
	// and this machine. Metadata services, link-local and other forbidden addresses
	// stay out of reach: see [Classify].
	AllowPrivate bool
	// MaxBytes bounds the body in place of [Config.MaxBytes]; 0 keeps that.
	MaxBytes int64
	// KeepPrefix asks for the first MaxBytes of a body that is larger, without an
	// error, as RFC 9309 §2.5 wants it for robots.txt.
	KeepPrefix bool
	// Pause is the time to leave alone each host after it was asked, where
	// [Config.Gate] is set.
	Pause time.Duration
}

// Credentials prove who asks. The zero value has none. At most one of user name,
// bearer token and header is sent, in the order of the fields. However they are
// printed, logged or marshalled, they show nothing of themselves.
type Credentials struct {
	// User and Password are basic credentials (RFC 7617).
	User, Password string
	// Bearer is a token (RFC 6750).
	Bearer string
	// Header and Value are a header of the server's own, such as X-Api-Key.
	Header, Value string
}

const redacted = "[redacted]"

// IsZero reports whether there are no credentials.
func (c Credentials) IsZero() bool { return c == Credentials{} }

// String shows that there are credentials, and not which.
func (c Credentials) String() string {
	if c.IsZero() {
		return ""
	}
	return redacted
}

// Format hides the credentials from every verb of package fmt.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue hides the credentials from package slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText hides the credentials from encoders. There is no way back.
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// apply sets the header that the credentials ask for.
func (c Credentials) apply(h http.Header) {
	switch {
	case c.User != "" || c.Password != "":
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(c.User+":"+c.Password)))
	case c.Bearer != "":
		h.Set("Authorization", "Bearer "+c.Bearer)
	case c.Header != "":
		h.Set(c.Header, c.Value)
	}
}

func (c Credentials) valid() bool {
	return httpguts.ValidHeaderFieldValue(c.Bearer) && httpguts.ValidHeaderFieldValue(c.Value) &&
		(c.Header == "" || httpguts.ValidHeaderFieldName(c.Header))
}

// secrets are the strings that must not appear in an error.
func (c Credentials) secrets() []string {
	var all []string
	for _, s := range []string{c.Password, c.Bearer, c.Value} {
		if s != "" {
			all = append(all, s, url.QueryEscape(s), url.PathEscape(s))
		}
	}
	if c.User != "" || c.Password != "" {
		all = append(all, base64.StdEncoding.EncodeToString([]byte(c.User+":"+c.Password)))
	}
	return all
}

// parseAddress reads an address that may be asked, in its normal form.
func parseAddress(raw string) (*url.URL, *Error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		// What url.Parse says quotes parts of the address, passwords too.
		return nil, &Error{Kind: KindInvalidURL, What: "the address can't be read"}
	}
	switch kind := checkAddress(u); kind {
	case KindInvalidURL:
		return nil, &Error{Kind: kind, What: "the address names no host"}
	case KindUnsupportedScheme:
		return nil, &Error{Kind: kind, What: "the address is neither http nor https"}
	}
	normalize(u)
	return u, nil
}

// checkAddress returns "" for an address that may be asked.
func checkAddress(u *url.URL) Kind {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return KindUnsupportedScheme
	case u.Hostname() == "" || u.Opaque != "":
		return KindInvalidURL
	}
	return ""
}

// normalize gives an address the form in which addresses are compared and asked:
// no fragment, a host in lower case and ASCII (RFC 5891), at least "/" as its path.
func normalize(u *url.URL) {
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	u.Host = strings.ToLower(u.Host)
	if host := u.Hostname(); !ascii(host) {
		if plain, err := idna.Lookup.ToASCII(host); err == nil {
			p := u.Port()
			if u.Host = plain; p != "" {
				u.Host = net.JoinHostPort(plain, p)
			}
		}
	}
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
