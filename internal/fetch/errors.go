package fetch

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// Kind says what went wrong. Its text is stable: it stands in runs and metrics.
type Kind string

// The kinds of error.
const (
	// The request could not be made.
	KindInvalidURL        Kind = "invalid-url"        // the address can't be read or names no host
	KindUnsupportedScheme Kind = "unsupported-scheme" // neither http nor https
	KindInvalidRequest    Kind = "invalid-request"    // credentials that no header can hold
	KindCanceled          Kind = "canceled"           // the caller's context ended

	// No answer came.
	KindDNS            Kind = "dns"             // the name was not found, or its server did not answer
	KindRefused        Kind = "refused"         // nothing listens at that port
	KindUnreachable    Kind = "unreachable"     // no route, no network
	KindReset          Kind = "reset"           // the connection was closed before an answer
	KindTLS            Kind = "tls"             // no secure connection: certificate, protocol
	KindTimeout        Kind = "timeout"         // too slow: to the first byte, or in all
	KindPrivateAddress Kind = "private-address" // the address may not be reached
	KindProtocol       Kind = "protocol"        // the answer is not HTTP
	KindHeaderTooLarge Kind = "header-too-large"
	KindProxy          Kind = "proxy" // the configured proxy did not let us through

	// The redirects lead nowhere.
	KindRedirectLoop     Kind = "redirect-loop"
	KindTooManyRedirects Kind = "too-many-redirects"
	KindRedirectInvalid  Kind = "redirect-invalid" // no Location, or one that can't be followed

	// The answer is no document.
	KindHTTPStatus  Kind = "http-status" // any status that is not 200, 203, 304 or a redirect
	KindUnasked304  Kind = "not-modified-without-condition"
	KindEmpty       Kind = "empty" // 200 without a byte
	KindTooLarge    Kind = "too-large"
	KindTruncated   Kind = "truncated" // the body ended too early; what came is in the Response
	KindEncoding    Kind = "encoding"  // the body can't be decompressed; what could is in the Response
	KindBotWall     Kind = "bot-wall"  // what stands before the server lets no programs in, with whatever status
	KindUnspecified Kind = "unspecified"
)

// Error is why a fetch failed. Its text holds the operation, the address, what
// happened and what to do, and no secrets: user names, passwords, credentials and
// the values of telling query parameters are left out.
type Error struct {
	Kind Kind
	// URL is the address that failed, which a redirect may have led to, redacted.
	URL string
	// Status is the status of the answer; 0 if none came.
	Status int
	// What says in words what happened.
	What string
	// Cause is the error beneath; nil if there is none. Its own text may hold what
	// is redacted in this error's.
	Cause error
	// Hint says what to do.
	Hint string
	// FreshUntil and RetryAfter are the response's, for who has only the error.
	FreshUntil time.Time
	RetryAfter time.Time

	cause string // the text of Cause, redacted and shortened
}

// Error returns the whole message on one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "fetch %s: %s", e.URL, e.What)
	if e.cause != "" {
		b.WriteString(": " + e.cause)
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Gone reports whether the server says that the document is gone for good: 410.
func (e *Error) Gone() bool { return e.Kind == KindHTTPStatus && e.Status == 410 }

// Throttled reports whether the server asks for less: 429, or 503.
func (e *Error) Throttled() bool {
	return (e.Kind == KindHTTPStatus || e.Kind == KindBotWall) && (e.Status == 429 || e.Status == 503)
}

// MayBeOurs reports whether a failure of our own network would look the same: nobody
// answered. Where nearly all hosts fail like this at once, it is: see [Outage]. A status is
// an answer, whatever became of the rest; and so is a certificate, or what else a server
// says of a secure connection, if it says anything in time.
func (e *Error) MayBeOurs() bool {
	switch e.Kind {
	case KindDNS, KindRefused, KindUnreachable, KindReset, KindTimeout, KindProxy:
		return e.Status == 0
	case KindTLS:
		var silent net.Error
		return errors.As(e.Cause, &silent) && silent.Timeout()
	}
	return false
}

// Certificate says why the server's certificate is not believed; "" where that is not what
// went wrong.
func (e *Error) Certificate() string {
	if e.Kind != KindTLS {
		return ""
	}
	if unbelieved, ok := errors.AsType[*tls.CertificateVerificationError](e.Cause); ok && unbelieved.Err != nil {
		return strings.TrimPrefix(unbelieved.Err.Error(), "x509: ")
	}
	return ""
}

// hints say what to do about an error of a kind.
var hints = map[Kind]string{
	KindInvalidURL:        "write an absolute address, such as https://city.example/news.xml",
	KindUnsupportedScheme: "write an absolute address, such as https://city.example/news.xml",
	KindInvalidRequest:    "look for line breaks and other control characters in the credentials",
	KindDNS:               "check the host's name; if it is right, ask again later",
	KindRefused:           "check the port; the server may be down for maintenance",
	KindUnreachable:       "check this machine's network, and whether the host has addresses of its kind (IPv4, IPv6)",
	KindReset:             "the server or a firewall before it drops this client; ask its operator",
	KindTLS:               "check the certificate in a browser and tell the publisher; nothing is accepted unverified",
	KindTimeout:           "the server may be overloaded; if it is always slow, raise the timeout",
	KindPrivateAddress:    "if the source is inside your network, set allow_private for it or list the network; metadata services are never reached",
	KindProtocol:          "check the scheme and the port",
	KindHeaderTooLarge:    "tell the publisher; nobody needs headers of this size",
	KindProxy:             "check the configured proxy and what it lets through",
	KindRedirectLoop:      "servers that insist on cookies do this to every client without; ask the publisher for an address that doesn't",
	KindTooManyRedirects:  "open the address in a browser; if the feed has moved, configure its new address",
	KindRedirectInvalid:   "open the address in a browser; if the feed has moved, configure its new address",
	KindUnasked304:        "a cache before the server is broken; ask again later",
	KindEmpty:             "ask again later; if it stays so, tell the publisher",
	KindTooLarge:          "check that the address is a feed's; if it is, raise the limit",
	KindTruncated:         "ask again later; what came may still be read",
	KindEncoding:          "ask again later; what came may still be read",
	KindBotWall:           "ask the publisher to let in this program's user agent or this machine's address, or look for another address, such as that of a feed",
}

// statusHint says what to do about an answer of that status.
func statusHint(status int) string {
	switch {
	case status == 401 || status == 407:
		return "check the credentials"
	case status == 403:
		return "the server refuses this client; ask its operator to let it in"
	case status == 404:
		return "check the address; the feed may have moved"
	case status == 406 || status == 415:
		return "the server wants another Accept header"
	case status == 410:
		return "the feed is gone for good; look for its successor"
	case status == 429:
		return "ask less often"
	case status == 451:
		return "the server may not answer for legal reasons"
	case status >= 500:
		return "the server has a fault; ask again later"
	case status >= 300 && status < 400:
		return "open the address in a browser"
	case status >= 200 && status < 300:
		return "the server gives no whole document at this address"
	}
	return "open the address in a browser"
}
