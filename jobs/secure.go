package jobs

import (
	"context"
	"sync"
)

// SecureHosts takes note of the hosts that answer by https, whatever is asked of them, so
// that pages can show pictures from there that are named by http. The zero value is ready;
// nil notes nothing. It is safe for concurrent use.
//
// Hosts that nothing else is asked of are not asked for it: a picture's address may lead
// anywhere, and a visit has no time to spare for what a link shows as well.
type SecureHosts struct {
	mu    sync.Mutex
	seen  map[string]bool
	fresh []string // those that are not kept yet
}

// Saw notes that a host has answered by https.
func (h *SecureHosts) Saw(host string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.seen[host] {
		return
	}
	if h.seen == nil {
		h.seen = map[string]bool{}
	}
	h.seen[host] = true
	h.fresh = append(h.fresh, host)
}

// take returns the hosts that are not kept yet, once.
func (h *SecureHosts) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	fresh := h.fresh
	h.fresh = nil
	return fresh
}

// giveBack takes hosts again that could not be kept.
func (h *SecureHosts) giveBack(hosts []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fresh = append(h.fresh, hosts...)
}

// keepSecure keeps which hosts have answered by https since it was kept last, also where the
// context has ended. What can't be kept is with the next slice: no visit fails for it.
func (e *Engine) keepSecure(ctx context.Context, p *Plan) {
	if p == nil || p.Secure == nil {
		return
	}
	fresh := p.Secure.take()
	if len(fresh) == 0 {
		return
	}
	if err := e.Store.SawSecure(context.WithoutCancel(ctx), fresh, e.Now()); err != nil {
		p.Secure.giveBack(fresh)
	}
}
