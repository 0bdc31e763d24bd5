// Package allow reads what may be reached although it is private: an address, a network
// or a host. The configuration asks it what is written well, and the client what is meant,
// so that the two can't disagree.
package allow

import (
	"errors"
	"net/netip"
	"strings"
)

// Exception is an address or a network, or else a host.
type Exception struct {
	Network netip.Prefix // not valid for a host
	Host    string       // as [Host] writes it; "" for a network
}

// ErrNone says that an exception is none of the three.
var ErrNone = errors.New("this is neither an address, nor a network, nor a host")

// Parse reads an exception: 192.0.2.7, 10.1.0.0/16, intranet.my-city.example. An address that
// is an IPv4 one written as IPv6 is that one. What looks like an address and is none, such
// as 300.1.2.3, is no host: browsers take a name whose last part is a number for an address
// (WHATWG URL, "ends in a number checker").
func Parse(text string) (Exception, error) {
	text = strings.TrimSpace(text)
	if p, err := netip.ParsePrefix(text); err == nil {
		return Exception{Network: p.Masked()}, nil
	}
	if a, err := netip.ParseAddr(text); err == nil {
		a = a.Unmap().WithZone("")
		return Exception{Network: netip.PrefixFrom(a, a.BitLen())}, nil
	}
	host := Host(text)
	last := host[strings.LastIndexByte(host, '.')+1:]
	if host == "" || strings.ContainsAny(host, "/:@ *?") || strings.Trim(last, "0123456789") == "" {
		return Exception{}, ErrNone
	}
	return Exception{Host: host}, nil
}

// Host returns a host's name as it is compared: in small letters, without the dot of the
// root at its end.
func Host(name string) string { return strings.TrimSuffix(strings.ToLower(name), ".") }
