package fetch

import (
	"slices"
	"time"
)

// Response is what a server answered. Beside an error it holds what is known all
// the same: status, chain, freshness, Retry-After.
type Response struct {
	// Status is the status of the last answer.
	Status int
	// NotModified says that a conditional request was answered by 304: the caller
	// has the document. ETag and LastModified are then those to keep: the response's
	// own, or the request's where it leaves them out (RFC 9110 §15.4.5).
	NotModified bool
	// Unchanged says that there is nothing to parse: NotModified, or the digest is
	// that of the request. Body is nil then.
	Unchanged bool
	// Truncated says that Body ended too early; there is an error beside it.
	Truncated bool
	// Partial says that Body is the beginning of a larger one, as
	// [Request.KeepPrefix] wanted it.
	Partial bool
	// Body is the decoded body. It belongs to the caller.
	Body []byte
	// ContentType is the Content-Type header as it came, charset and all.
	ContentType string
	// URL is the address that gave the answer, the last of the chain, without user
	// name and fragment. It is what [Request.ValidatorsFor] wants.
	URL string
	// ETag and LastModified are the validators to keep, exactly as they came. They
	// are "" beside an error.
	ETag         string
	LastModified string
	// Digest is "sha256:" and the hash of the decoded body in hexadecimal; for a 304
	// it is the request's. It is "" beside an error. It says nothing of ContentType:
	// a charset may change while the bytes don't.
	Digest string
	// Bytes is the size of the body as it came over the wire.
	Bytes int64
	// Hops are the redirects that were followed, in their order. Their addresses, as
	// URL, hold what stands in their queries: show them by [Redact].
	Hops []Hop
	// CredentialsWithheld says that credentials were not sent to the last address,
	// since it belongs to another host.
	CredentialsWithheld bool
	// FreshUntil is how long the server wants its document to be kept ([FreshUntil]),
	// by the client's clock; zero if it does not say.
	FreshUntil time.Time
	// RetryAfter is when a server that answered 429 or 503 wants to be asked again
	// ([RetryAfter]), by the client's clock; zero if it does not say.
	RetryAfter time.Time
	// Age is for how long caches had the answer already when it came (RFC 9111 §5.1); 0 if
	// none says so.
	Age time.Duration
	// CertificateUntil is when the first expires of the certificates by which the last
	// address was believed; zero for http.
	CertificateUntil time.Time
	// Links are those of the header of the last answer; see [Link].
	Links []Link
	// Took is the time that the client spent on it, without waiting for the gate.
	Took time.Duration

	// requested is the address that was asked first; tied says that its credentials
	// stood in it.
	requested string
	tied      bool
}

// Hop is one redirect of a chain.
type Hop struct {
	// URL is the address that redirected, To is where it sent us.
	URL    string `json:"url"`
	Status int    `json:"status"`
	To     string `json:"to"`
}

// Permanent reports whether the redirect says that the address has changed for good:
// 301 or 308 (RFC 9110 §15.4).
func (h Hop) Permanent() bool { return h.Status == 301 || h.Status == 308 }

// NotBefore is the earliest time at which the server wants to be asked again: the
// later one of FreshUntil and RetryAfter. The zero time leaves it to the schedule.
func (r *Response) NotBefore() time.Time {
	if r == nil {
		return time.Time{}
	}
	if r.RetryAfter.After(r.FreshUntil) {
		return r.RetryAfter
	}
	return r.FreshUntil
}

// MovedPermanently returns the address that a chain leads to when each of its hops
// is permanent; "" if there is none, or a hop is temporary.
func (r *Response) MovedPermanently() string {
	if len(r.Hops) == 0 || slices.ContainsFunc(r.Hops, func(h Hop) bool { return !h.Permanent() }) {
		return ""
	}
	return r.URL
}
