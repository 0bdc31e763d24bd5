package fetch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestHostGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewHostGate()
		began := time.Now()
		var mu sync.Mutex
		var order []string
		visit := func(name, url string, takes time.Duration) func() {
			return func() {
				leave, err := g.Enter(t.Context(), url, time.Second)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, fmt.Sprintf("%s@%v", name, time.Since(began)))
				mu.Unlock()
				time.Sleep(takes)
				leave()
				leave() // a second time does no harm
			}
		}
		var wait sync.WaitGroup
		for _, v := range []struct {
			name, url string
		}{
			{"a1", "https://a.example/1"},
			{"a2", "https://A.example.:443/2"}, // the same host and port
			{"a3", "https://a.example/3"},
			{"b1", "https://a.example:8443/"}, // another port
			{"c1", "http://a.example/"},       // and another
		} {
			wait.Go(visit(v.name, v.url, 2*time.Second))
			synctest.Wait()
		}
		wait.Wait()
		if got, want := fmt.Sprint(order), "[a1@0s b1@0s c1@0s a2@3s a3@6s]"; got != want {
			t.Errorf("they came in as %s, want %s", got, want)
		}
	})
}

func TestHostGateLeavesNobodyBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewHostGate()
		leave, err := g.Enter(t.Context(), "https://a.example/", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for _, from := range []string{"the queue", "the pause"} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			if _, err := g.Enter(ctx, "https://a.example/", 0); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("given up in %s: %v", from, err)
			}
			cancel()
			leave()
		}
		// The pause is still kept, and the host free after it.
		before := time.Now()
		leave, err = g.Enter(t.Context(), "https://a.example/", 0)
		if err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(before); waited != 59*time.Second {
			t.Errorf("waited %v, want 59s", waited)
		}
		leave()
		if n := len(g.hosts); n != 0 {
			t.Errorf("%d hosts are remembered", n)
		}
	})
}

func TestHostGateMemoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewHostGate()
		most := 0
		for i := range 20_000 {
			leave, err := g.Enter(t.Context(), fmt.Sprintf("https://host-%d.example/", i), time.Second)
			if err != nil {
				t.Fatal(err)
			}
			leave()
			time.Sleep(10 * time.Millisecond) // so that 100 hosts are within their pause
			most = max(most, len(g.hosts))
		}
		if most > 300 {
			t.Errorf("%d hosts were remembered at once", most)
		}
	})
}
