package web

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// What an address may have made of searches and combinations: so many at once, and so many a
// second from then on. What is held costs nothing, and is not counted.
const (
	askBurst  = 20
	askRate   = 2.0 // a second
	mostAsker = 4096
)

// errTooOften says that an address asks for too much in too short a time.
var errTooOften = errors.New("asked too often")

// askers bound what each address has made. They know addresses only until these may do all
// again, and at most [mostAsker].
type askers struct {
	now func() time.Time

	mu    sync.Mutex
	known map[netip.Addr]asker
}

// asker is what an address may have made yet, as of a time.
type asker struct {
	left float64
	at   time.Time
}

func newAskers(now func() time.Time) *askers {
	return &askers{now: now, known: map[netip.Addr]asker{}}
}

// may takes note of a request, and reports whether what it asks for may be made. Who comes
// through a proxy on this machine or its network is not known apart from others, and so not
// bounded here: the proxy is where that is done.
func (a *askers) may(r *http.Request) bool {
	key, ok := askerKey(r.RemoteAddr)
	if !ok {
		return true
	}
	now := a.now()
	a.mu.Lock()
	defer a.mu.Unlock()
	of, known := a.known[key]
	if !known {
		if len(a.known) >= mostAsker {
			a.forget(now)
		}
		of = asker{left: askBurst, at: now}
	}
	of.left = of.leftAt(now)
	of.at = now
	allowed := of.left >= 1
	if allowed {
		of.left--
	}
	a.known[key] = of
	return allowed
}

// leftAt is how much is left at a time.
func (a asker) leftAt(now time.Time) float64 {
	return min(askBurst, a.left+askRate*max(0, now.Sub(a.at).Seconds()))
}

// forget forgets who may do all again, and if nobody may everybody: what they have left is
// little beside what as many others would ask for.
func (a *askers) forget(now time.Time) {
	for key, of := range a.known {
		if of.leftAt(now) >= askBurst {
			delete(a.known, key)
		}
	}
	if len(a.known) >= mostAsker {
		clear(a.known)
	}
}

// askerKey returns by what an address is known: of IPv6 its network, since whoever has one
// address there has all of them. It is false where it says nothing of who asks.
func askerKey(remote string) (netip.Addr, bool) {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Addr{}, false // a socket of the file system
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() {
		return netip.Addr{}, false
	}
	if ip.Is6() {
		network, err := ip.Prefix(64)
		if err != nil {
			return netip.Addr{}, false
		}
		ip = network.Addr()
	}
	return ip, true
}

const (
	// mostQueued is how many searches wait for a seat.
	mostQueued = 32
	// askPatience is how long one may take, the wait counted in.
	askPatience = 2 * time.Second
)

// desk has so many searches made at once in a process as there are processors, and a few
// more wait: who asks for many keeps nobody from the feeds and pages that are held.
type desk struct {
	seats   chan struct{}
	waiting atomic.Int64
}

func newDesk() *desk { return &desk{seats: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// enter waits for a seat. Who has one must leave.
func (d *desk) enter(ctx context.Context) error {
	select {
	case d.seats <- struct{}{}:
		return nil
	default:
	}
	defer d.waiting.Add(-1)
	if d.waiting.Add(1) > mostQueued {
		return errBusy
	}
	select {
	case d.seats <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errBusy
	}
}

func (d *desk) leave() { <-d.seats }
