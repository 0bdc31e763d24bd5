package fetch

import (
	"sync"
	"time"
)

// When failures are taken for our own network's.
const (
	// OutageWindow is how far back hosts are counted.
	OutageWindow = 5 * time.Minute
	// OutageHosts is how many hosts must have been asked within it.
	OutageHosts = 4
)

// Outage tells our own network's failure from that of a source. It may be used by
// many goroutines at once; the zero value has seen nothing.
type Outage struct {
	mu     sync.Mutex
	hosts  map[string]sighting
	failed int       // how many of them failed
	oldest time.Time // no sighting is older
}

type sighting struct {
	at     time.Time
	failed bool
}

// See takes the outcome of a fetch of an address: its error, or nil. Errors that our
// network can't have caused are good news of it: somebody answered.
func (o *Outage) See(address string, err *Error, now time.Time) {
	if err != nil && (err.Kind == KindCanceled || err.Kind == KindInvalidURL || err.Kind == KindUnsupportedScheme ||
		err.Kind == KindInvalidRequest || err.Kind == KindPrivateAddress || err.Kind == KindUnspecified) {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.hosts == nil {
		o.hosts = map[string]sighting{}
	}
	o.forget(now)
	if len(o.hosts) == 0 || now.Before(o.oldest) {
		o.oldest = now
	}
	host := hostPort(address)
	o.drop(host)
	o.hosts[host] = sighting{now, err != nil && err.MayBeOurs()}
	if o.hosts[host].failed {
		o.failed++
	}
}

// Ours reports whether more than three quarters of the hosts that were asked within
// [OutageWindow], and at least [OutageHosts], gave no answer at all. Such failures should
// not be counted against their sources. That a server is down, or out of order, happens to
// several cities at once where one company serves them; so most alone do not tell.
func (o *Outage) Ours(now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.forget(now)
	return len(o.hosts) >= OutageHosts && 4*o.failed > 3*len(o.hosts)
}

// forget drops the hosts that were asked too long ago. It looks through them when the
// oldest sighting may be one of them, not at each visit.
func (o *Outage) forget(now time.Time) {
	if now.Sub(o.oldest) <= OutageWindow {
		return
	}
	oldest := now
	for host, s := range o.hosts {
		switch {
		case now.Sub(s.at) > OutageWindow:
			o.drop(host)
		case s.at.Before(oldest):
			oldest = s.at
		}
	}
	o.oldest = oldest
}

// drop takes a host out, if it is there.
func (o *Outage) drop(host string) {
	if o.hosts[host].failed {
		o.failed--
	}
	delete(o.hosts, host)
}
