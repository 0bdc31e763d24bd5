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
	// ownFor is how long a host is remembered that failed by itself.
	ownFor = 24 * time.Hour
)

// Outage tells our own network's failure from that of a source. It may be used by
// many goroutines at once; the zero value has seen nothing.
type Outage struct {
	mu     sync.Mutex
	hosts  map[string]sighting
	failed int       // how many of them failed, but for own
	own    int       // how many failed by themselves
	oldest time.Time // no sighting is older, but for those
	// answered are the hosts that did since nearly all fail, and when first; nil if they don't.
	answered map[string]time.Time
}

type sighting struct {
	at     time.Time
	failed bool
	// own says that the host failed while our network was seen to work: until it answers, it
	// tells nothing.
	own bool
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
	seen := sighting{at: now, failed: err != nil && err.MayBeOurs()}
	seen.own = seen.failed && o.hosts[host].own
	o.put(host, seen)
	o.doubt(host, seen)
}

// doubt has an outage end that can't be one: a host answers all the time. The others that
// fail, which are asked each minute and so stay most of those that were asked of late, fail
// by themselves.
func (o *Outage) doubt(host string, seen sighting) {
	if !o.most() {
		o.answered = nil
		return
	}
	if o.answered == nil {
		o.answered = map[string]time.Time{}
	}
	first, again := o.answered[host]
	switch {
	case seen.failed:
		delete(o.answered, host)
	case !again:
		o.answered[host] = seen.at
	case seen.at.Sub(first) > OutageWindow:
		for other, s := range o.hosts {
			if s.own = s.failed; s.own {
				o.put(other, s)
			}
		}
		o.answered = nil
	}
}

// Ours reports whether more than three quarters of the hosts that were asked within
// [OutageWindow], and at least [OutageHosts], gave no answer at all. Such failures should
// not be counted against their sources. That a server is down, or out of order, happens to
// several cities at once where one company serves them; so most alone do not tell. Nor does
// it last where a host answers again and again: what fails then fails by itself.
func (o *Outage) Ours(now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.forget(now)
	return o.most()
}

func (o *Outage) most() bool {
	asked := len(o.hosts) - o.own
	return asked >= OutageHosts && 4*o.failed > 3*asked
}

// forget drops the hosts that were asked too long ago. It looks through them when the
// oldest sighting may be one of them, not at each visit.
func (o *Outage) forget(now time.Time) {
	if now.Sub(o.oldest) <= OutageWindow {
		return
	}
	oldest := now
	for host, s := range o.hosts {
		age := now.Sub(s.at)
		switch {
		case s.own && age <= ownFor:
		case age > OutageWindow:
			o.drop(host)
		case s.at.Before(oldest):
			oldest = s.at
		}
	}
	o.oldest = oldest
}

// put takes the sighting of a host in, in place of its last.
func (o *Outage) put(host string, s sighting) {
	o.drop(host)
	o.hosts[host] = s
	o.count(s, 1)
}

// drop takes a host out, if it is there.
func (o *Outage) drop(host string) {
	o.count(o.hosts[host], -1)
	delete(o.hosts, host)
}

func (o *Outage) count(s sighting, by int) {
	switch {
	case s.own:
		o.own += by
	case s.failed:
		o.failed += by
	}
}
