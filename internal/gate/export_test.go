package gate

import "net/netip"

// Known is how many addresses are known.
func (g *Gate) Known() int { return len(g.slow.known) }

// Knows reports whether a good token came from an address.
func (g *Gate) Knows(address string) bool {
	known := g.slow.known[netip.MustParseAddr(address)]
	return known != nil && known.good
}
