package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
)

// classify turns what the transport says into an error of a kind.
func (w *walk) classify(ctx, caller context.Context, err error) *Error {
	if e := w.givenUp(ctx, caller); e != nil {
		return e
	}

	var (
		forbidden *forbiddenError
		dns       *net.DNSError
		timeout   net.Error
	)
	switch {
	case errors.As(err, &forbidden):
		return &Error{Kind: KindPrivateAddress, What: "the host may not be reached", Cause: forbidden}
	case errors.As(err, &dns) && dns.IsNotFound:
		return &Error{Kind: KindDNS, What: "the host's name is unknown", Cause: dns}
	case errors.As(err, &dns):
		return &Error{Kind: KindDNS, What: "the host's name could not be looked up", Cause: dns}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &Error{Kind: KindRefused, What: "the connection was refused", Cause: err}
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL),
		errors.Is(err, syscall.EAFNOSUPPORT), errors.Is(err, syscall.ENETDOWN):
		return &Error{Kind: KindUnreachable, What: "the host can't be reached", Cause: err}
	case isTLS(err):
		return &Error{Kind: KindTLS, What: "no secure connection", Cause: err}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &Error{Kind: KindTimeout, What: "no connection in time", Cause: err}
	case isReset(err):
		return &Error{Kind: KindReset, What: "the connection was closed before an answer", Cause: err}
	case strings.Contains(err.Error(), "response headers exceeded"), strings.Contains(err.Error(), "header list larger"):
		return &Error{Kind: KindHeaderTooLarge, What: "the answer's header is too large", Cause: err}
	case isProtocol(err):
		return &Error{Kind: KindProtocol, What: "the answer is not HTTP", Cause: err}
	case w.client.config.Proxy != nil:
		return &Error{Kind: KindProxy, What: "the proxy did not let us through", Cause: err}
	}
	return &Error{Kind: KindUnspecified, What: "it failed", Cause: err, Hint: "report this error to the program's authors"}
}

// givenUp returns the error of a walk that was ended from this side: its time was over,
// or nobody waits for it any more. It is nil for one that goes on.
func (w *walk) givenUp(ctx, caller context.Context) *Error {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTotal):
		return &Error{Kind: KindTimeout, What: "it took longer than " + w.client.config.Timeout.String(), Cause: cause}
	case errors.Is(cause, errFirstByte):
		return &Error{Kind: KindTimeout, What: "no answer within " + w.client.config.FirstByteTimeout.String(), Cause: cause}
	case caller.Err() != nil:
		return &Error{Kind: KindCanceled, What: "given up", Cause: context.Cause(caller), Hint: "nothing is wrong with the source"}
	}
	return nil
}

// isTLS reports whether the handshake failed. Several of its errors have no type.
func isTLS(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		record       tls.RecordHeaderError
		alert        tls.AlertError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
	)
	return errors.As(err, &verification) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "TLS handshake") ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}

// isReset reports whether the connection ended where an answer should have begun.
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNABORTED) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		strings.Contains(err.Error(), "server closed idle connection") || strings.Contains(err.Error(), "GOAWAY")
}

// isProtocol reports whether the answer could not be read as HTTP. The errors of
// net/http for that have no type.
func isProtocol(err error) bool {
	text := err.Error()
	for _, part := range []string{"malformed", "net/http: ", "http: ", "http2: ", "transport connection broken",
		"bad Content-Length", "unsupported transfer encoding", "too many 1xx", "invalid header", "stream error", "connection error", "textproto"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
