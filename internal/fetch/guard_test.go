package fetch

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		addr   string
		want   Class
		remark string
	}{
		{"93.184.216.34", Public, "a server"},
		{"2606:2800:220:1::1", Public, "a server"},
		{"100.63.255.255", Public, "before the carriers' range"},
		{"100.128.0.0", Public, "after it"},
		{"172.15.255.255", Public, "before 172.16.0.0/12"},
		{"172.32.0.0", Public, "after it"},

		{"127.0.0.1", Private, "loopback"},
		{"127.255.255.254", Private, "loopback, all of it"},
		{"::1", Private, "loopback"},
		{"10.0.0.1", Private, "RFC 1918"},
		{"172.16.0.1", Private, "RFC 1918"},
		{"172.31.255.255", Private, "RFC 1918"},
		{"192.168.1.1", Private, "RFC 1918"},
		{"100.64.0.1", Private, "carriers' NAT"},
		{"100.127.255.255", Private, "carriers' NAT"},
		{"fc00::1", Private, "unique local"},
		{"fd12:3456::1", Private, "unique local"},

		{"0.0.0.0", Forbidden, "this machine by another name"},
		{"0.1.2.3", Forbidden, "this network"},
		{"169.254.1.1", Forbidden, "link-local"},
		{"192.0.0.1", Forbidden, "IETF protocols"},
		{"192.0.2.1", Forbidden, "documentation"},
		{"198.18.0.1", Forbidden, "benchmarks"},
		{"198.19.255.255", Forbidden, "benchmarks"},
		{"198.51.100.1", Forbidden, "documentation"},
		{"203.0.113.1", Forbidden, "documentation"},
		{"224.0.0.1", Forbidden, "multicast"},
		{"239.255.255.255", Forbidden, "multicast"},
		{"240.0.0.1", Forbidden, "reserved"},
		{"255.255.255.255", Forbidden, "broadcast"},
		{"::", Forbidden, "this machine by another name"},
		{"fe80::1", Forbidden, "link-local"},
		{"fe80::1%eth0", Forbidden, "link-local with its zone"},
		{"fec0::1", Forbidden, "site-local, long gone"},
		{"ff02::1", Forbidden, "multicast"},
		{"2001:db8::1", Forbidden, "documentation"},
		{"3fff::1", Forbidden, "documentation"},
		{"2001:2::1", Forbidden, "benchmarks"},
		{"2001:20::1", Forbidden, "ORCHID"},
		{"100::1", Forbidden, "discard"},
		{"5f00::1", Forbidden, "segment routing"},
		{"::10.0.0.1", Forbidden, "IPv4-compatible, long gone"},

		{"::ffff:93.184.216.34", Public, "IPv4-mapped"},
		{"::ffff:127.0.0.1", Private, "IPv4-mapped loopback"},
		{"::ffff:10.0.0.1", Private, "IPv4-mapped"},
		{"::ffff:0.0.0.0", Forbidden, "IPv4-mapped"},
		{"64:ff9b::93.184.216.34", Public, "NAT64"},
		{"64:ff9b::10.0.0.1", Private, "NAT64 of a private address"},
		{"64:ff9b::127.0.0.1", Private, "NAT64 of loopback"},
		{"64:ff9b:1::93.184.216.34", Private, "NAT64 of a network's own"},
		{"64:ff9b:1:fffe::10.0.0.1", Private, "NAT64 of a network's own"},
		{"2002:5db8:d822::1", Public, "6to4"},
		{"2002:a00:1::1", Private, "6to4 of 10.0.0.1"},
		{"2002:7f00:1::1", Private, "6to4 of loopback"},
		{"2001:0:5db8:d822::a247:27dd", Public, "Teredo: server and client are public"},
		{"2001:0:5db8:d822::f5ff:fffe", Private, "Teredo with the client 10.0.0.1"},
		{"2001:0:a00:1::a247:27dd", Private, "Teredo with the server 10.0.0.1"},
		{"2606:2800:220:1:0:5efe:10.0.0.1", Private, "ISATAP of 10.0.0.1"},
		{"2606:2800:220:1:200:5efe:127.0.0.1", Private, "ISATAP of loopback"},

		{"169.254.169.254", Metadata, "AWS and most others"},
		{"169.254.170.2", Metadata, "AWS, containers"},
		{"100.100.100.200", Metadata, "Alibaba, within the carriers' range"},
		{"168.63.129.16", Metadata, "Azure, within a public range"},
		{"fd00:ec2::254", Metadata, "AWS, within the unique local range"},
		{"fd20:ce::254", Metadata, "Google"},
		{"::ffff:169.254.169.254", Metadata, "IPv4-mapped"},
		{"64:ff9b::169.254.169.254", Metadata, "NAT64"},
		{"64:ff9b:1::169.254.169.254", Metadata, "NAT64 of a network's own, as a /96"},
		{"64:ff9b:1:a9fe:a9:fe00::", Metadata, "NAT64 of a network's own, as a /48"},
		{"2002:a9fe:a9fe::1", Metadata, "6to4"},
		{"2001:0:5db8:d822::5601:5601", Metadata, "Teredo"},
		{"fd00::5efe:169.254.169.254", Metadata, "ISATAP"},
	} {
		if got := Classify(netip.MustParseAddr(c.addr)); got != c.want {
			t.Errorf("%s (%s) is %v, want %v", c.addr, c.remark, got, c.want)
		}
	}
}

func TestWhoMayReachWhat(t *testing.T) {
	exceptions := New(Config{AllowedNetworks: []string{
		"Intranet.City.example.", "192.0.2.0/24", "169.254.0.0/16", "fe80::/10", "::ffff:10.9.9.9", "10.1.0.0/16"}})
	for _, w := range []struct {
		host, addr string
		private    bool
		may        bool
		remark     string
	}{
		{"city.example", "93.184.216.34", false, true, "anybody a public address"},
		{"city.example", "10.0.0.1", false, false, "nobody a private one"},
		{"city.example", "10.0.0.1", true, true, "but who has an exception"},
		{"city.example", "127.0.0.1", true, true, "for this machine too"},
		{"city.example", "198.18.0.1", true, false, "and not for benchmarks"},
		{"city.example", "fe80::2", false, true, "a listed link-local network"},
		{"city.example", "169.254.3.4", false, true, "a listed link-local network"},
		{"city.example", "169.254.169.254", false, false, "metadata in a listed network"},
		{"city.example", "169.254.169.254", true, false, "metadata with an exception"},
		{"city.example", "192.0.2.7", false, true, "a listed network"},
		{"city.example", "10.1.2.3", false, true, "a listed network"},
		{"city.example", "::ffff:10.1.2.3", false, true, "a listed network, IPv4-mapped"},
		{"city.example", "10.2.2.3", false, false, "the network beside it"},
		{"city.example", "10.9.9.9", false, true, "a listed address"},
		{"intranet.city.example", "10.0.0.1", false, true, "a listed host"},
		{"INTRANET.city.example.", "10.0.0.1", false, true, "a listed host, spelt otherwise"},
		{"intranet.city.example", "169.254.169.254", false, false, "a listed host that resolves to metadata"},
		{"intranet.city.example", "0.0.0.0", false, false, "a listed host that resolves to a reserved address"},
		{"x.intranet.city.example", "10.0.0.1", false, false, "a host beneath a listed one"},
	} {
		g := exceptions.guard
		g.private = w.private
		if err := g.check(w.host, netip.MustParseAddr(w.addr)); (err == nil) != w.may {
			t.Errorf("%s: %s at %s (exception %v): %v", w.remark, w.host, w.addr, w.private, err)
		}
	}
}

func TestNamesThatLeadInside(t *testing.T) {
	s := serve(t, answer(200, feed))
	dns := &names{table: map[string][][]string{
		"public.city.example":   {{"127.0.0.1"}},
		"metadata.city.example": {{"169.254.169.254"}},
		"mapped.city.example":   {{"::ffff:10.0.0.1"}},
		"mixed.city.example":    {{"10.0.0.7", "127.0.0.1"}},
		"inside.city.example":   {{"10.0.0.7", "192.168.0.7"}},
	}}
	c := newClient(t, func(c *Config) { c.Resolver = dns.resolver() })
	for _, n := range []struct {
		host    string
		private bool
		kind    Kind
	}{
		{"public.city.example", false, ""},
		{"mixed.city.example", false, ""}, // the address that may be reached is
		{"inside.city.example", false, KindPrivateAddress},
		{"mapped.city.example", false, KindPrivateAddress},
		{"metadata.city.example", false, KindPrivateAddress},
		{"metadata.city.example", true, KindPrivateAddress},
		{"unknown.city.example", false, KindDNS},
	} {
		_, err := get(t, c, Request{URL: at(s, n.host), AllowPrivate: n.private})
		if err == nil && n.kind != "" || err != nil && err.Kind != n.kind {
			t.Errorf("%s: the error is %v, want %q", n.host, err, n.kind)
		}
	}
}

// A name may have another address at each lookup; what counts is the address that
// the connection is made to.
func TestRebinding(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		_, _ = w.Write([]byte(feed))
	})
	dns := &names{table: map[string][][]string{"city.example": {{"127.0.0.1"}, {"169.254.169.254"}}}}
	c := newClient(t, func(c *Config) { c.Resolver = dns.resolver() })
	if _, err := get(t, c, Request{URL: at(s, "city.example")}); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t, c, Request{URL: at(s, "city.example")}); err == nil || err.Kind != KindPrivateAddress {
		t.Errorf("the error is %v", err)
	}
}

// A connection that one request was allowed to open is not there for the next.
func TestAnExceptionIsNotInherited(t *testing.T) {
	s := serve(t, answer(200, feed))
	c := newClient(t, func(c *Config) { c.AllowedNetworks = nil })
	if _, err := get(t, c, Request{URL: s.URL, AllowPrivate: true}); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{s.URL, at(s, "localhost")} {
		if _, err := get(t, c, Request{URL: url}); err == nil || err.Kind != KindPrivateAddress || !strings.Contains(err.Hint, "allow_private") {
			t.Errorf("%s: the error is %v", url, err)
		}
	}
}
