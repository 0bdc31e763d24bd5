package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"

	"github.com/kairan-news/kairan/internal/fetch/allow"
)

// Class says who may reach an address.
type Class int

// The classes of address, see [Classify].
const (
	// Public addresses may be reached.
	Public Class = iota
	// Private addresses may be reached where a request or the configuration says so.
	Private
	// Forbidden addresses may be reached where the configuration lists their network.
	Forbidden
	// Metadata addresses may never be reached.
	Metadata
)

// String returns the class in words.
func (c Class) String() string {
	switch c {
	case Public:
		return "public"
	case Private:
		return "private"
	case Forbidden:
		return "reserved"
	default:
		return "that of a metadata service"
	}
}

// Classify returns the class of an address. One that holds another inside
// (IPv4-mapped, NAT64, 6to4, Teredo, ISATAP) has the stricter class of the two.
func Classify(a netip.Addr) Class {
	a = a.Unmap().WithZone("")
	for _, m := range metadataAddresses {
		if a == m {
			return Metadata
		}
	}
	if a.Is4() {
		return classOf(a, ranges4, Public)
	}
	// Of IPv6 only 2000::/3 is in public use (RFC 4291 §2.4, IANA's registry).
	class := classOf(a, ranges6, Forbidden)
	for _, inner := range embedded(a) {
		class = max(class, Classify(inner))
	}
	return class
}

// classOf returns the class of the first range that holds the address.
func classOf(a netip.Addr, ranges []addressRange, other Class) Class {
	for _, r := range ranges {
		if r.prefix.Contains(a) {
			return r.class
		}
	}
	return other
}

type addressRange struct {
	prefix netip.Prefix
	class  Class
}

// metadataAddresses give keys to whoever asks from within a cloud.
var metadataAddresses = addresses(
	"169.254.169.254", // AWS, Azure, Google, DigitalOcean, OpenStack, Oracle
	"169.254.169.253", // AWS, name server
	"169.254.170.2",   // AWS, containers
	"169.254.170.23",  // AWS, pods
	"169.254.42.42",   // Scaleway
	"100.100.100.200", // Alibaba
	"168.63.129.16",   // Azure, though it is a public address
	"192.0.0.192",     // Oracle
	"fd00:ec2::254",   // AWS
	"fd00:ec2::23",    // AWS, pods
	"fd20:ce::254",    // Google
	"fd00:42::42",     // Scaleway
	"fd00:c1::a9fe:a9fe",
	"fe80::a9fe:a9fe", // OpenStack
)

// ranges4 follows IANA's IPv4 Special-Purpose Address Registry (RFC 6890).
var ranges4 = []addressRange{
	{netip.MustParsePrefix("0.0.0.0/8"), Forbidden},       // "this network": 0.0.0.0 connects to this machine
	{netip.MustParsePrefix("10.0.0.0/8"), Private},        // RFC 1918
	{netip.MustParsePrefix("100.64.0.0/10"), Private},     // carriers' NAT, RFC 6598
	{netip.MustParsePrefix("127.0.0.0/8"), Private},       // loopback
	{netip.MustParsePrefix("169.254.0.0/16"), Forbidden},  // link-local, RFC 3927
	{netip.MustParsePrefix("172.16.0.0/12"), Private},     // RFC 1918
	{netip.MustParsePrefix("192.0.0.0/24"), Forbidden},    // IETF protocols
	{netip.MustParsePrefix("192.0.2.0/24"), Forbidden},    // documentation, RFC 5737
	{netip.MustParsePrefix("192.88.99.0/24"), Forbidden},  // 6to4 relays, RFC 7526
	{netip.MustParsePrefix("192.168.0.0/16"), Private},    // RFC 1918
	{netip.MustParsePrefix("198.18.0.0/15"), Forbidden},   // benchmarks, RFC 2544
	{netip.MustParsePrefix("198.51.100.0/24"), Forbidden}, // documentation
	{netip.MustParsePrefix("203.0.113.0/24"), Forbidden},  // documentation
	{netip.MustParsePrefix("224.0.0.0/4"), Forbidden},     // multicast
	{netip.MustParsePrefix("240.0.0.0/4"), Forbidden},     // reserved, broadcast
}

// ranges6 follows IANA's IPv6 Special-Purpose Address Registry. What stands in
// none of them is reserved.
var ranges6 = []addressRange{
	{netip.MustParsePrefix("::1/128"), Private},         // loopback
	{netip.MustParsePrefix("fc00::/7"), Private},        // unique local, RFC 4193
	{netip.MustParsePrefix("64:ff9b::/96"), Public},     // NAT64, RFC 6052: as public as what it holds
	{netip.MustParsePrefix("64:ff9b:1::/48"), Private},  // NAT64 of a network's own, RFC 8215
	{netip.MustParsePrefix("2001::/32"), Public},        // Teredo, RFC 4380: as public as what it holds
	{netip.MustParsePrefix("2001::/23"), Forbidden},     // IETF protocols, benchmarks, ORCHID
	{netip.MustParsePrefix("2001:db8::/32"), Forbidden}, // documentation, RFC 3849
	{netip.MustParsePrefix("2002::/16"), Public},        // 6to4, RFC 3056: as public as what it holds
	{netip.MustParsePrefix("3fff::/20"), Forbidden},     // documentation, RFC 9637
	{netip.MustParsePrefix("2000::/3"), Public},
}

// embedded returns the IPv4 addresses that an IPv6 address stands for.
func embedded(a netip.Addr) []netip.Addr {
	b := a.As16()
	at := func(i ...int) netip.Addr { return netip.AddrFrom4([4]byte{b[i[0]], b[i[1]], b[i[2]], b[i[3]]}) }
	switch {
	case prefixNAT64.Contains(a):
		return []netip.Addr{at(12, 13, 14, 15)}
	case prefixNAT64Local.Contains(a):
		// The IPv4 address stands after the /48, around a byte of zeros, or after a /96
		// within it (RFC 6052 §2.2). Which one can't be told, and the range is private in
		// either case: what counts is that neither is a metadata service.
		return metadataAmong(at(6, 7, 9, 10), at(12, 13, 14, 15))
	case prefix6to4.Contains(a):
		return []netip.Addr{at(2, 3, 4, 5)}
	case prefixTeredo.Contains(a):
		client := netip.AddrFrom4([4]byte{^b[12], ^b[13], ^b[14], ^b[15]})
		return []netip.Addr{at(4, 5, 6, 7), client}
	case b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe:
		return []netip.Addr{at(12, 13, 14, 15)} // ISATAP, RFC 5214 §6.1
	}
	return nil
}

// metadataAmong keeps the addresses that nothing may reach.
func metadataAmong(all ...netip.Addr) []netip.Addr {
	return slices.DeleteFunc(all, func(a netip.Addr) bool { return Classify(a) != Metadata })
}

var (
	prefixNAT64      = netip.MustParsePrefix("64:ff9b::/96")
	prefixNAT64Local = netip.MustParsePrefix("64:ff9b:1::/48")
	prefix6to4       = netip.MustParsePrefix("2002::/16")
	prefixTeredo     = netip.MustParsePrefix("2001::/32")
)

func addresses(all ...string) []netip.Addr {
	parsed := make([]netip.Addr, len(all))
	for i, s := range all {
		parsed[i] = netip.MustParseAddr(s)
	}
	return parsed
}

// forbiddenError says that an address may not be reached.
type forbiddenError struct {
	Addr  netip.Addr
	Class Class
}

func (e *forbiddenError) Error() string {
	return fmt.Sprintf("the address %s is %s", e.Addr, e.Class)
}

// guard decides which addresses may be reached.
type guard struct {
	hosts    map[string]bool
	networks []netip.Prefix
	private  bool // as AllowPrivate
}

// check returns nil where the address may be reached as that host.
func (g *guard) check(host string, a netip.Addr) error {
	a = a.Unmap().WithZone("")
	class := Classify(a)
	switch {
	case class == Public:
		return nil
	case class == Metadata:
		return &forbiddenError{a, class}
	case class == Private && (g.private || g.hosts[allow.Host(host)]):
		return nil
	}
	for _, n := range g.networks {
		if n.Contains(a) {
			return nil
		}
	}
	return &forbiddenError{a, class}
}

// dialer returns a function that opens connections for a transport. The check runs
// after the name was resolved and before the connection is made, once for each
// address that is tried.
func (g *guard) dialer(base net.Dialer, exempt string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		d := base
		if address != exempt {
			host, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			d.ControlContext = func(_ context.Context, _, resolved string, _ syscall.RawConn) error {
				ap, err := netip.ParseAddrPort(resolved)
				if err != nil {
					return fmt.Errorf("read the address to connect to: %w", err)
				}
				return g.check(host, ap.Addr())
			}
		}
		return d.DialContext(ctx, network, address)
	}
}
