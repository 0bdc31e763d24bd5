package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/pgtest"
)

// Two processes serve behind a balancer that looks at /readyz, and each is restarted in its
// turn, while readers ask without a pause: not one of them meets a failure.
func TestARollingRestartFailsNobody(t *testing.T) {
	t.Parallel()
	database := pgtest.URL(t)
	c := newCity(t, 1)
	c.put("/a", rss(0, "Bridge"))
	config := write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/a")))
	run := func(command string) *process {
		t.Helper()
		return start(t, command, "--config", config, "--storage", database, "--drain", "1s")
	}
	run("work")
	processes := []*process{run("web"), run("web")}
	balancer := newBalancer(t)
	for _, p := range processes {
		p.await(p.site+"/en/all.rss", "with the notice", holds("Bridge"))
		balancer.add(p.site, p.admin)
	}
	eventually(t, func() bool { return balancer.ready() == 2 }, func() string { return "the balancer finds too few" })

	ctx, enough := context.WithCancel(t.Context())
	defer enough()
	var asking sync.WaitGroup
	var answers atomic.Int64
	for range 4 {
		asking.Go(func() {
			for ctx.Err() == nil {
				if err := balancer.ask("/en/all.rss"); err != nil {
					t.Error(err)
					return
				}
				answers.Add(1)
			}
		})
	}
	served := func(n int64) {
		t.Helper()
		until := answers.Load() + n
		eventually(t, func() bool { return t.Failed() || answers.Load() >= until }, func() string { return "nobody is answered" })
	}
	served(50)
	for i, p := range processes {
		if err := p.stop(); err != nil {
			t.Errorf("ended with %v\n%s", err, p.output())
		}
		served(20)
		balancer.remove(p.site)
		processes[i] = run("web")
		balancer.add(processes[i].site, processes[i].admin)
		eventually(t, func() bool { return balancer.ready() == 2 }, func() string { return "the new process is not ready\n" + processes[i].output() })
		served(20)
	}
	enough()
	asking.Wait()
	t.Logf("%d answers, without a failure", answers.Load())
}

// balancer leads readers to processes that say they are ready, in turn. It asks nobody twice.
type balancer struct {
	t      *testing.T
	client *http.Client

	mu    sync.Mutex
	all   []*backend
	turns int
}

type backend struct {
	site, admin string
	ready       bool
}

func newBalancer(t *testing.T) *balancer {
	b := &balancer{t: t, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}}
	ctx, stop := context.WithCancel(t.Context())
	var looking sync.WaitGroup
	looking.Go(func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				b.look(ctx)
			}
		}
	})
	t.Cleanup(func() { stop(); looking.Wait() })
	return b
}

func (b *balancer) add(site, admin string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = append(b.all, &backend{site: site, admin: admin})
}

func (b *balancer) remove(site string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = slices.DeleteFunc(b.all, func(e *backend) bool { return e.site == site })
}

// look asks each process whether it is ready.
func (b *balancer) look(ctx context.Context) {
	b.mu.Lock()
	all := slices.Clone(b.all)
	b.mu.Unlock()
	for _, e := range all {
		a, err := get(ctx, e.admin+"/readyz")
		b.mu.Lock()
		e.ready = err == nil && a.status == http.StatusOK
		b.mu.Unlock()
	}
}

func (b *balancer) ready() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.all {
		if e.ready {
			n++
		}
	}
	return n
}

func (b *balancer) next() (site string, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.all {
		b.turns++
		if e := b.all[b.turns%len(b.all)]; e.ready {
			return e.site, true
		}
	}
	return "", false
}

// ask asks for a feed as a reader does.
func (b *balancer) ask(path string) error {
	site, ok := b.next()
	if !ok {
		return errors.New("no process is ready")
	}
	response, err := b.client.Get(site + path)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || !strings.Contains(string(body), "Bridge") {
		return errors.New(response.Status + ": " + string(body))
	}
	return nil
}
