package gate

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// knowsHost reports whether a request's Host is one that this address is reached by: names
// of this machine, the address that it listens at, and what is configured. Another name may
// be somebody's whose page was led here by the name's resolution. Where it listens at all
// addresses, any address in figures will do: no page elsewhere has one of ours in its name.
func (g *Gate) knowsHost(p *Policy, r *http.Request) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if isLoopbackName(host) || slices.ContainsFunc(p.Hosts, func(known string) bool { return strings.EqualFold(known, host) }) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	listens, _ := g.Listens.(*net.TCPAddr)
	if ip = ip.Unmap(); listens == nil || ip.IsLoopback() {
		return ip.IsLoopback()
	}
	at, ok := netip.AddrFromSlice(listens.IP)
	return !ok || at.IsUnspecified() || at.Unmap() == ip
}

// peerOf returns the address of who is connected; not valid over a socket of the file system.
func peerOf(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// originOf returns where a request comes from: the peer, or behind a proxy that is believed
// the last address that it has noted.
func (p *Policy) originOf(r *http.Request) netip.Addr {
	peer := peerOf(r)
	if p.Proxy == nil || !p.Proxy.believes(peer) {
		return peer
	}
	noted := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(noted) {
		at, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			break
		}
		if at = at.Unmap().WithZone(""); !p.Proxy.believes(at) {
			return at
		}
	}
	return peer
}

// shownOrigin writes an origin for the audit log.
func shownOrigin(at netip.Addr) string {
	if !at.IsValid() {
		return "socket"
	}
	return at.String()
}
