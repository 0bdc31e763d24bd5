package fetch

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/fetch/allow"
)

// HostGate lets one request at a time through to each host and port, in the order
// in which they came, with a pause after each. It runs no goroutine, and forgets a
// host soon after its pause is over. It may be used by many goroutines at once.
type HostGate struct {
	mu    sync.Mutex
	hosts map[string]*turn
	sweep int // the number of hosts at which those at rest are forgotten
}

// turn is the state of one host.
type turn struct {
	taken chan struct{} // holds one token while a request is on its way
	free  time.Time     // when the pause is over; written by who holds the token
	users int           // who holds the token or waits for it; guarded by HostGate.mu
}

// leastSweep keeps a small gate from being swept all the time.
const leastSweep = 64

// NewHostGate returns a gate through which nobody has gone.
func NewHostGate() *HostGate {
	return &HostGate{hosts: map[string]*turn{}, sweep: leastSweep}
}

// Enter waits for the turn of an address's host and port, and returns what must be
// called, once, when its answer was read. The host is then left alone for the pause.
// The error is the context's.
func (g *HostGate) Enter(ctx context.Context, address string, pause time.Duration) (leave func(), err error) {
	key := hostPort(address)
	t := g.join(key)
	select {
	case t.taken <- struct{}{}:
	case <-ctx.Done():
		g.part(key, t, time.Time{}, false)
		return nil, context.Cause(ctx)
	}
	if wait := time.Until(t.free); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			g.part(key, t, t.free, true)
			return nil, context.Cause(ctx)
		}
	}
	return sync.OnceFunc(func() { g.part(key, t, time.Now().Add(max(0, pause)), true) }), nil
}

// join counts a user of a host in.
func (g *HostGate) join(key string) *turn {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := g.hosts[key]
	if t == nil {
		if len(g.hosts) >= g.sweep {
			g.forget()
		}
		t = &turn{taken: make(chan struct{}, 1)}
		g.hosts[key] = t
	}
	t.users++
	return t
}

// part counts a user of a host out, and gives back its token.
func (g *HostGate) part(key string, t *turn, free time.Time, holds bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if holds {
		t.free = free
		<-t.taken
	}
	if t.users--; t.users == 0 && !t.free.After(time.Now()) {
		delete(g.hosts, key)
	}
}

// forget drops the hosts that nobody uses and whose pause is over.
func (g *HostGate) forget() {
	now := time.Now()
	for key, t := range g.hosts {
		if t.users == 0 && !t.free.After(now) {
			delete(g.hosts, key)
		}
	}
	g.sweep = max(leastSweep, 2*len(g.hosts))
}

// hostPort is what a gate counts as one host.
func hostPort(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return allow.Host(u.Hostname()) + ":" + port(u)
}
