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
	mu    sync.Mutex
	hosts map[string]sighting
	sweep int // the number of hosts at which old ones are forgotten
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
	if len(o.hosts) >= o.sweep {
		o.forget(now)
		o.sweep = max(leastSweep, 2*len(o.hosts))
	}
	o.hosts[hostPort(address)] = sighting{now, err != nil && err.MayBeOurs()}
}

// Ours reports whether most hosts that were asked within [OutageWindow], and at least
// [OutageHosts], failed in a way that our own network may have caused. Such failures
// should not be counted against their sources.
func (o *Outage) Ours(now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.forget(now)
	failed := 0
	for _, s := range o.hosts {
		if s.failed {
			failed++
		}
	}
	return len(o.hosts) >= OutageHosts && 2*failed > len(o.hosts)
}

func (o *Outage) forget(now time.Time) {
	for host, s := range o.hosts {
		if now.Sub(s.at) > OutageWindow {
			delete(o.hosts, host)
		}
	}
}
