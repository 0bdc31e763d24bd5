package gate

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

const (
	// firstDelay is how long the answer to an address's first failure waits; each other
	// failure doubles it, up to longestDelay.
	firstDelay   = 500 * time.Millisecond
	longestDelay = 16 * time.Second
	// forgetAfter is when an address's failures are forgotten.
	forgetAfter = 15 * time.Minute
	// mostWaiting is how many failures wait for their answers at once, over all addresses.
	mostWaiting = 16
	// mostKnown is how many addresses are known at once: the one that was heard of least
	// lately gives way to another.
	mostKnown = 4096
)

// slow slows who guesses at tokens. An address has one guess at a time, whose answer waits,
// longer each time; while it waits every other guess of that address is refused unseen. So
// are all guesses while as many wait as there may, but from addresses that a good token has
// come from: who guesses from everywhere must not keep operators out.
type slow struct {
	mu      sync.Mutex
	known   map[netip.Addr]*guesser
	waiting int
}

// guesser is an address that tokens were shown from.
type guesser struct {
	failures int
	waits    bool
	good     bool // a token was good
	heard    time.Time
}

// keyOf returns what an address is known by: of IPv6 its network, since whoever has one
// address there has all of them.
func keyOf(at netip.Addr) netip.Addr {
	if at.Is6() {
		network, err := at.Prefix(64)
		if err == nil {
			return network.Addr()
		}
	}
	return at
}

// verdict is what became of a token that was shown.
type verdict int

const (
	good verdict = iota
	wrong
	unseen // it was not looked at: too many are wrong
)

// guess looks at a token that was shown, and waits where it is wrong. Then nth tells which
// failure in a row of the address it was. The check is made under the lock, so that nobody
// has several guesses at once.
func (s *slow) guess(ctx context.Context, at netip.Addr, now time.Time, check func() bool) (v verdict, nth int) {
	g, v, nth := s.look(keyOf(at), now, check)
	if v != wrong {
		return v, nth
	}
	timer := time.NewTimer(delayOf(nth))
	defer timer.Stop()
	select {
	case <-timer.C:
		s.done(g)
	case <-ctx.Done(): // who goes away waits all the same
		time.AfterFunc(delayOf(nth), func() { s.done(g) })
	}
	return wrong, nth
}

func (s *slow) look(key netip.Addr, now time.Time, check func() bool) (*guesser, verdict, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.known[key]
	isKnown := g != nil && g.good && now.Sub(g.heard) < sessionLife
	if g != nil && g.waits || s.waiting >= mostWaiting && !isKnown {
		return nil, unseen, 0
	}
	ok := check()
	if g == nil {
		g = s.add(key)
	}
	if ok {
		g.good, g.failures, g.heard = true, 0, now
		return g, good, 0
	}
	if now.Sub(g.heard) >= forgetAfter {
		g.failures = 0
	}
	g.failures++
	g.heard, g.waits = now, true
	s.waiting++
	return g, wrong, g.failures
}

func (s *slow) done(g *guesser) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.waits = false
	s.waiting--
}

func delayOf(failures int) time.Duration {
	d := firstDelay
	for range failures - 1 {
		if d *= 2; d >= longestDelay {
			return longestDelay
		}
	}
	return d
}

// add makes room for an address. It is called with the lock.
func (s *slow) add(key netip.Addr) *guesser {
	if len(s.known) >= mostKnown {
		s.forget()
	}
	g := &guesser{}
	s.known[key] = g
	return g
}

// forget forgets the address that was heard of least lately, first of those that no good
// token came from, and none that waits.
func (s *slow) forget() {
	var which netip.Addr
	var least *guesser
	for key, g := range s.known {
		switch {
		case g.waits:
		case least == nil, least.good && !g.good, least.good == g.good && g.heard.Before(least.heard):
			which, least = key, g
		}
	}
	delete(s.known, which)
}
