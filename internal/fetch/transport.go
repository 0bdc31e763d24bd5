package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"
)

// newTransport returns a transport for many hosts that are asked seldom: few idle
// connections, small buffers, resumed TLS sessions in place of open connections.
func newTransport(config Config, g *guard) *http.Transport {
	// A dial goes on when the request that wanted it is given up: these bounds end it.
	patience := max(0, config.FirstByteTimeout)
	dialer := net.Dialer{Timeout: patience, KeepAlive: 30 * time.Second, Resolver: config.Resolver}
	t := &http.Transport{
		Proxy:                  nil, // and not the environment's: see the package's documentation
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    patience,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConns:           config.MaxIdle,
		MaxIdleConnsPerHost:    2,
		DisableKeepAlives:      config.MaxIdle < 0,
		MaxResponseHeaderBytes: config.MaxHeaderBytes,
		ReadBufferSize:         4 << 10,
		WriteBufferSize:        2 << 10,
		TLSClientConfig: &tls.Config{
			MinVersion:         tls.VersionTLS12,
			RootCAs:            config.RootCAs,
			ClientSessionCache: sessions(config),
		},
		HTTP2: &http.HTTP2Config{
			MaxReceiveBufferPerConnection: 1 << 20,
			MaxReceiveBufferPerStream:     512 << 10,
			SendPingTimeout:               15 * time.Second,
			PingTimeout:                   5 * time.Second,
		},
	}
	exempt := ""
	if config.Proxy != nil {
		t.Proxy = http.ProxyURL(config.Proxy)
		exempt = net.JoinHostPort(config.Proxy.Hostname(), proxyPort(config))
	}
	t.DialContext = g.dialer(dialer, exempt)
	return t
}

// sessions returns where TLS sessions are kept to be resumed; nil where no connection is, so
// that each request meets the certificate of now: a resumed session has that of its first.
func sessions(config Config) tls.ClientSessionCache {
	if config.MaxIdle < 0 {
		return nil
	}
	return tls.NewLRUClientSessionCache(256)
}

// certificateUntil returns when a connection's certificates stop to be believed: when the
// first of a chain expires, of the chain that lasts the longest.
func certificateUntil(state *tls.ConnectionState) (until time.Time) {
	if state == nil {
		return time.Time{}
	}
	for _, chain := range state.VerifiedChains {
		var first time.Time
		for _, c := range chain {
			if first.IsZero() || c.NotAfter.Before(first) {
				first = c.NotAfter
			}
		}
		if first.After(until) {
			until = first
		}
	}
	return until
}

func proxyPort(config Config) string {
	if config.Proxy.Scheme == "socks5" && config.Proxy.Port() == "" {
		return "1080"
	}
	return port(config.Proxy)
}

// The reasons for which a fetch is ended by its own bounds.
var (
	errTotal     = errors.New("the whole fetch took too long")
	errFirstByte = errors.New("no whole header came in time")
)

// stopwatch bounds a fetch: the whole of it, and the time to each header. It stands
// while the fetch waits for its turn.
type stopwatch struct {
	left      time.Duration // of the whole; without meaning where there is no bound
	patience  time.Duration
	total     *time.Timer // nil if there is no bound
	firstByte *time.Timer // nil if there is no bound
	began     time.Time
	used      time.Duration
}

func newStopwatch(cancel context.CancelCauseFunc, total, firstByte time.Duration) *stopwatch {
	s := &stopwatch{left: total, patience: firstByte}
	if total > 0 {
		s.total = time.AfterFunc(total, func() { cancel(errTotal) })
		s.total.Stop()
	}
	if firstByte > 0 {
		s.firstByte = time.AfterFunc(firstByte, func() { cancel(errFirstByte) })
		s.firstByte.Stop()
	}
	return s
}

// start lets the whole run on, and awaits a header.
func (s *stopwatch) start() {
	s.began = time.Now()
	if s.total != nil {
		s.total.Reset(max(0, s.left-s.used))
	}
	s.awaitHeader()
}

func (s *stopwatch) awaitHeader() {
	if s.firstByte != nil {
		s.firstByte.Reset(s.patience)
	}
}

func (s *stopwatch) headerCame() {
	if s.firstByte != nil {
		s.firstByte.Stop()
	}
}

func (s *stopwatch) pause() {
	s.used += time.Since(s.began)
	s.stop()
}

func (s *stopwatch) stop() {
	if s.total != nil {
		s.total.Stop()
	}
	s.headerCame()
}

func (s *stopwatch) spent() time.Duration { return s.used }
