package gate

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// May is what somebody may do.
type May string

// What there is to be allowed.
const (
	View May = "view"
	Act  May = "act" // and view
)

// Digest is the SHA-256 of a token.
type Digest [sha256.Size]byte

// DigestOf returns a token's digest.
func DigestOf(token string) Digest { return sha256.Sum256([]byte(token)) }

// Token lets who shows it in.
type Token struct {
	// Name is told in the audit log. Two tokens may have one, so that one can be put in the
	// place of the other.
	Name   string
	Digest Digest
	May    May
	// Until is when it ends; zero is never.
	Until time.Time
}

func (t Token) hasEnded(now time.Time) bool { return !t.Until.IsZero() && !now.Before(t.Until) }

// Proxy is a server before this one that says in a header who its user is.
type Proxy struct {
	Header string
	// From are the addresses that it is believed from; Socket that it is over a socket of the
	// file system.
	From   []netip.Prefix
	Socket bool
	May    May
}

// Policy says who may come in. Its zero value lets everybody look, and nobody act: it is for
// an address that nobody else can reach ([Policy.CheckAddress]).
type Policy struct {
	Tokens []Token
	Proxy  *Proxy // nil for none
	// Metrics is the digest of a token for /metrics alone; nil for none.
	Metrics *Digest
	// Hosts are the names that the address is also reached by.
	Hosts []string
}

// Guards reports whether anybody is asked who they are.
func (p *Policy) Guards() bool { return len(p.Tokens) > 0 || p.Proxy != nil }

// match returns the token that was shown. All of them are compared, so that time tells
// nothing. Of one that has ended, ended is true.
func (p *Policy) match(digest Digest, now time.Time) (found Token, ok, ended bool) {
	for _, t := range p.Tokens {
		if subtle.ConstantTimeCompare(digest[:], t.Digest[:]) == 1 {
			if t.hasEnded(now) {
				ended, found = true, t
				continue
			}
			return t, true, false
		}
	}
	return found, false, ended
}

// CheckAddress refuses an address to listen at, HOST:PORT or unix:PATH, which others could
// reach while nobody is asked who they are.
func (p *Policy) CheckAddress(address string) error {
	if p.Guards() || strings.HasPrefix(address, "unix:") {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil // listening will say what is wrong with it
	}
	if isLoopbackName(host) {
		return nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Unmap().IsLoopback() {
		return nil
	}
	return fmt.Errorf("without an admin token operators are served on this machine alone, and %q could be reached from others: "+
		"set KAIRAN_ADMIN_TOKEN or KAIRAN_ADMIN_TOKEN_FILE (\"openssl rand -hex 32\" makes one), or admin.tokens in the configuration; "+
		"or listen at 127.0.0.1:PORT or unix:PATH", address)
}

// isLoopbackName reports whether a name always means this machine.
func isLoopbackName(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// believes reports whether what a peer says in the proxy's header counts. An address that is
// not valid is that of a socket.
func (p *Proxy) believes(peer netip.Addr) bool {
	if !peer.IsValid() {
		return p.Socket
	}
	return slices.ContainsFunc(p.From, func(from netip.Prefix) bool { return from.Contains(peer) })
}
