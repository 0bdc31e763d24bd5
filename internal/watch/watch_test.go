package watch_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
	"github.com/kairan-news/kairan/internal/watch"
)

// cluster is some processes on one SQLite file, by a simulated clock.
type cluster struct {
	t       *testing.T
	address string
	mu      sync.Mutex
	told    []told
	plan    watch.Plan
}

// told is what a process was to tell of an incident, and when.
type told struct {
	by       string
	at       time.Time
	kind     flow.Kind
	resolved bool
	stored   bool
}

// member is a process of the cluster: it beats and watches until it is killed or stopped.
type member struct {
	*cluster
	db    *store.DB
	watch *watch.Watch
	pulse *watch.Pulse
	self  flow.Process
	says  atomic.Pointer[func(*flow.Process)] // what it says of itself besides
	dead  atomic.Bool
	leads atomic.Bool
	kill  context.CancelFunc
	ended sync.WaitGroup
	away  *away
}

// away is a store that can be taken away.
type away struct {
	*store.DB
	mu  sync.Mutex
	err error
}

func (a *away) set(err error) { a.mu.Lock(); a.err = err; a.mu.Unlock() }
func (a *away) why() error    { a.mu.Lock(); defer a.mu.Unlock(); return a.err }

func (a *away) Beat(ctx context.Context, p flow.Process) error {
	if err := a.why(); err != nil {
		return err
	}
	return a.DB.Beat(ctx, p)
}

func (a *away) Hold(ctx context.Context, name, holder string, now time.Time, term time.Duration) (bool, error) {
	if err := a.why(); err != nil {
		return false, err
	}
	return a.DB.Hold(ctx, name, holder, now, term)
}

func (a *away) OpenIncidents(ctx context.Context) ([]flow.Incident, error) {
	if err := a.why(); err != nil {
		return nil, err
	}
	return a.DB.OpenIncidents(ctx)
}

// observer is a service's that can be taken away likewise.
type observer struct {
	*watch.Service
	away *away
}

func (o observer) Observe(ctx context.Context) (flow.Observation, error) {
	err := o.away.why()
	if _, readable := errors.AsType[*store.Unwritable](err); err != nil && !readable {
		return flow.Observation{}, err
	}
	return o.Service.Observe(ctx)
}

// join has a process join. A worker leads the job engine while it lives, and sweeps.
func (c *cluster) join(id, role string) *member {
	c.t.Helper()
	db, err := store.Open(c.t.Context(), c.address)
	if err != nil {
		c.t.Fatal(err)
	}
	m := &member{cluster: c, db: db, away: &away{DB: db}, self: flow.Process{ID: id, Role: role, Host: "host-" + id, Version: "1", Plan: "p", Started: time.Now()}}
	self := func(now time.Time) flow.Process {
		p := m.self
		if role == "work" {
			p.Facts.Swept = now
		}
		if says := m.says.Load(); says != nil {
			(*says)(&p)
		}
		return p
	}
	ctx, kill := context.WithCancel(context.Background())
	m.kill = kill
	log := slog.New(slog.DiscardHandler)
	m.pulse = &watch.Pulse{Store: m.away, Self: self, Log: log}
	service := &watch.Service{Store: db, Plan: func() watch.Plan { return c.plan }, Self: self}
	m.watch = &watch.Watch{Store: m.away, ID: id, Observer: observer{service, m.away}, Log: log, Tell: m.tell}
	m.ended.Go(func() { m.pulse.Run(ctx) })
	m.ended.Go(func() { m.watch.Run(ctx) })
	if m.leads.Store(role == "work"); role == "work" {
		m.ended.Go(func() {
			for tick := time.NewTicker(5 * time.Second); ctx.Err() == nil; {
				if m.leads.Load() {
					m.lead()
				}
				select {
				case <-ctx.Done():
				case <-tick.C:
				}
			}
		})
	}
	return m
}

// lead has the process lead the job engine for 15 seconds if nobody else does.
func (m *member) lead() {
	now := time.Now().UTC()
	const format = "2006-01-02 15:04:05.000"
	_, err := m.db.Writer().Exec(`INSERT INTO river_leader (leader_id, elected_at, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET leader_id = excluded.leader_id, expires_at = excluded.expires_at WHERE leader_id = $1 OR expires_at < $2`,
		m.self.ID, now.Format(format), now.Add(15*time.Second).Format(format))
	if err != nil && !strings.Contains(err.Error(), "closed") {
		m.t.Error(err)
	}
}

// say has the process say something of itself besides, until it is mended.
func (m *member) say(what func(*flow.Process)) (mend func()) {
	m.says.Store(&what)
	return func() { m.says.Store(nil) }
}

// stop ends the process in order.
func (m *member) stop() {
	m.kill()
	m.ended.Wait()
	if err := m.db.Close(); err != nil {
		m.t.Error(err)
	}
}

// die ends the process as a SIGKILL does: it says nothing more.
func (m *member) die() {
	m.away.set(errors.New("dead"))
	m.dead.Store(true)
	m.kill()
	m.ended.Wait()
	if err := m.db.Close(); err != nil {
		m.t.Error(err)
	}
}

func (m *member) tell(_ context.Context, s watch.State) {
	if m.dead.Load() || !s.Watching && s.FromDatabase {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, i := range s.Incidents {
		m.told = append(m.told, told{m.self.ID, time.Now(), i.Kind, !i.Resolved.IsZero(), s.FromDatabase})
	}
}

// first returns when a kind was first told since a time; zero if it was not.
func (c *cluster) first(kind flow.Kind, resolved bool, since time.Time) (told, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.told {
		if t.kind == kind && t.resolved == resolved && !t.at.Before(since) {
			return t, true
		}
	}
	return told{}, false
}

// kinds are those that are told since a time.
func (c *cluster) kinds(since time.Time) map[flow.Kind]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[flow.Kind]bool{}
	for _, t := range c.told {
		if !t.at.Before(since) && !t.resolved {
			all[t.kind] = true
		}
	}
	return all
}

// inCluster runs a test with a simulated clock and a store of its own.
func inCluster(t *testing.T, test func(*testing.T, *cluster)) {
	t.Helper()
	address := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) { test(t, &cluster{t: t, address: address}) })
}

// promise is within how long a fault is told.
const promise = time.Minute

// Each fault is told within its promise, by whoever is left, and over by itself.
func TestAFaultIsToldWithinAMinute(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  flow.Kind
		fault func(*cluster, map[string]*member) (mend func())
	}{
		{"the only worker dies", flow.WorkerGone, func(c *cluster, all map[string]*member) func() {
			all["w"].die()
			return func() { all["w"] = c.join("w2", "work") }
		}},
		{"a worker dies that has the watch, and another is left", flow.ProcessGone, func(c *cluster, all map[string]*member) func() {
			all["v"] = c.join("v", "work")
			time.Sleep(time.Minute)
			all["w"].die()
			return func() { all["w"] = c.join("w2", "work") }
		}},
		{"a process has another plan", flow.TwoPlans, func(_ *cluster, all map[string]*member) func() {
			at := time.Now()
			return all["web"].say(func(p *flow.Process) { p.Plan, p.Facts.PlanSince = "q", at })
		}},
		{"a clock was set", flow.ClockStep, func(_ *cluster, all map[string]*member) func() {
			at := time.Now()
			mend := all["web"].say(func(p *flow.Process) { p.Facts.ClockStep, p.Facts.ClockSteppedAt = time.Hour, at })
			return mend
		}},
		{"nobody leads the jobs any more", flow.LeaderGone, func(_ *cluster, all map[string]*member) func() {
			all["w"].leads.Store(false)
			return func() { all["w"].leads.Store(true) }
		}},
		{"nobody publishes any more", flow.PublisherGone, func(_ *cluster, all map[string]*member) func() {
			at := time.Now()
			mend := all["w"].say(func(p *flow.Process) { p.Facts.Swept = at })
			return mend
		}},
		{"the database can't be written", flow.DatabaseUnwritable, func(_ *cluster, all map[string]*member) func() {
			for _, m := range all {
				m.away.set(&store.Unwritable{Cause: store.ReadOnly, Err: errors.New("read-only")})
				m.db.Noted(m.away.why())
			}
			return func() {
				for _, m := range all {
					m.away.set(nil)
					for m.db.Writable() != nil {
						m.db.TryWriting(context.Background())
						time.Sleep(time.Second)
					}
				}
			}
		}},
		{"a disk is full", flow.DiskFull, func(_ *cluster, all map[string]*member) func() {
			mend := all["w"].say(func(p *flow.Process) {
				p.Facts.Disks = []flow.Disk{{Path: "/data", For: "database", Size: 1e12, Free: 1e6}}
			})
			return mend
		}},
		{"a reload failed", flow.BadReload, func(_ *cluster, all map[string]*member) func() {
			at := time.Now()
			mend := all["w"].say(func(p *flow.Process) {
				p.Facts.Reload = &flow.Failure{At: at, Since: at, Count: 1, Error: "kairan.yaml:3:1: no such key"}
			})
			all["w"].pulse.Soon()
			return mend
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			inCluster(t, func(t *testing.T, cl *cluster) {
				all := map[string]*member{"w": cl.join("w", "work")}
				time.Sleep(time.Second)
				all["web"] = cl.join("web", "web")
				time.Sleep(3*time.Minute + 700*time.Millisecond)
				if kinds := cl.kinds(time.Time{}); len(kinds) > 0 {
					t.Fatalf("while all is well %v is told", kinds)
				}
				before := time.Now()
				mend := c.fault(cl, all)
				began := time.Now()
				time.Sleep(promise)
				if got, ok := cl.first(c.kind, false, before); !ok {
					t.Errorf("%s is not told within %s; told is %v", c.kind, promise, cl.kinds(before))
				} else {
					t.Logf("told after %s by %s", got.at.Sub(began), got.by)
				}
				mended := time.Now()
				mend()
				for range 70 { // a step of the clock is told for an hour
					if time.Sleep(time.Minute); over(cl, c.kind, mended) {
						break
					}
				}
				if !over(cl, c.kind, mended) {
					t.Errorf("%s is not over", c.kind)
				}
				if open, err := all["web"].db.OpenIncidents(t.Context()); err != nil || len(open) > 0 {
					t.Errorf("open are still %+v, %v", open, err)
				}
				for _, m := range all {
					m.stop()
				}
			})
		})
	}
}

func over(c *cluster, kind flow.Kind, since time.Time) bool {
	_, ok := c.first(kind, true, since)
	return ok
}

func TestOneProcessTellsAndAnotherTakesTheWatch(t *testing.T) {
	inCluster(t, func(t *testing.T, c *cluster) {
		a, b := c.join("a", "serve"), c.join("b", "serve")
		time.Sleep(time.Minute)
		if x, y := a.watch.Current(), b.watch.Current(); x.Watching == y.Watching || !x.FromDatabase || !y.FromDatabase {
			t.Fatalf("one has the watch: %+v, %+v", x, y)
		}
		first, second := a, b
		if b.watch.Current().Watching {
			first, second = b, a
		}
		first.stop()
		time.Sleep(watch.Every + time.Second)
		if !second.watch.Current().Watching {
			t.Error("a watch that was given back is free at once")
		}
		processes, err := second.db.Processes(t.Context(), time.Time{})
		if err != nil || len(processes) != 2 {
			t.Fatalf("%+v, %v", processes, err)
		}
		for _, p := range processes {
			if stopped := !p.Stopped.IsZero(); stopped != (p.ID == first.self.ID) {
				t.Errorf("process %s has stopped: %v", p.ID, stopped)
			}
		}
		second.stop()
	})
}

func TestADatabaseThatIsAwayIsToldByWhoeverIsThere(t *testing.T) {
	inCluster(t, func(t *testing.T, c *cluster) {
		a, b := c.join("a", "work"), c.join("b", "web")
		time.Sleep(time.Minute)
		gone := time.Now()
		for _, m := range []*member{a, b} {
			m.away.set(errors.New("connection refused"))
		}
		time.Sleep(promise)
		got, ok := c.first(flow.DatabaseAway, false, gone)
		if !ok || got.stored {
			t.Fatalf("told is %v, of %+v", c.kinds(gone), got)
		}
		if kinds := c.kinds(gone); len(kinds) != 1 {
			t.Errorf("told is %v, and the database's absence is all", kinds)
		}
		for _, m := range []*member{a, b} {
			s := m.watch.Current()
			if s.FromDatabase || s.Err == nil || len(s.Incidents) != 1 || s.Incidents[0].Kind != flow.DatabaseAway {
				t.Errorf("%s knows %+v", m.self.ID, s)
			}
		}
		back := time.Now()
		// It is back first for who did not watch, who leaves it to the other to say so.
		first, watched := a, b
		if got.by == a.self.ID {
			first, watched = b, a
		}
		first.away.set(nil)
		time.Sleep(watch.Every)
		watched.away.set(nil)
		time.Sleep(10 * time.Minute)
		if got, ok := c.first(flow.DatabaseAway, true, back); !ok || !got.stored {
			t.Errorf("that it is back is told as %+v", got)
		}
		if kinds := c.kinds(back); len(kinds) != 1 || !kinds[flow.DatabaseAway] {
			t.Errorf("when it is back %v is told, and the end of its absence is all", kinds)
		}
		if kinds := c.kinds(back.Add(2 * time.Minute)); len(kinds) > 0 {
			t.Errorf("long after it is back %v is told", kinds)
		}
		a.stop()
		b.stop()
	})
}
