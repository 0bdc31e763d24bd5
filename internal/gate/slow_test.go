package gate_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhoGuessesIsSlowedMoreEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(tokens())
		var took []time.Duration
		for range 8 {
			began := time.Now()
			if r := d.ask(asking{header: bearer(wrong)}); r.StatusCode != 401 {
				t.Fatalf("answered %d", r.StatusCode)
			}
			took = append(took, time.Since(began))
		}
		if got := fmt.Sprint(took); got != "[500ms 1s 2s 4s 8s 16s 16s 16s]" {
			t.Errorf("the answers took %s", got)
		}
		if len(d.events) != 4 || d.events[0].Failure != "wrong token" || d.events[3].Failure != "wrong token (8 times in a row)" || d.events[0].Caller.Origin != "10.0.0.7" {
			t.Errorf("recorded are %+v", d.events)
		}
		if n := strings.Count(d.log.String(), "not let in"); n != 4 {
			t.Errorf("the log says it %d times: %s", n, d.log.String())
		}
		began := time.Now()
		if r := d.ask(asking{header: bearer(acting)}); r.StatusCode != 200 || time.Since(began) != 0 {
			t.Errorf("the right one is answered %d after %v", r.StatusCode, time.Since(began))
		}
		if d.ask(asking{header: bearer(wrong)}); time.Since(began) != 500*time.Millisecond {
			t.Errorf("after it the first failure takes %v", time.Since(began))
		}
	})
}

func TestAnAddressHasOneGuessAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(tokens())
		var seen, refused atomic.Int32
		var all sync.WaitGroup
		for n := range 100 {
			all.Go(func() { // of one network of IPv6, which is one guesser's
				switch r := d.ask(asking{header: bearer(wrong), from: fmt.Sprintf("[2001:db8::%x]:1", n)}); r.StatusCode {
				case 401:
					seen.Add(1)
				case 429:
					refused.Add(1)
				}
			})
		}
		all.Wait()
		if seen.Load() != 1 || refused.Load() != 99 {
			t.Errorf("%d were looked at, %d were not", seen.Load(), refused.Load())
		}
	})
}

func TestGuessesFromEverywhereAreBoundedAndKeepNobodyOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(tokens())
		if r := d.ask(asking{header: bearer(acting), from: "192.0.2.1:1"}); r.StatusCode != 200 {
			t.Fatalf("answered %d", r.StatusCode)
		}
		session := d.mustLogin(t, acting)
		var seen, refused atomic.Int32
		var all sync.WaitGroup
		for n := range 200 {
			all.Go(func() {
				switch r := d.ask(asking{header: bearer(wrong), from: fmt.Sprintf("198.51.%d.%d:1", n/100, n%100)}); r.StatusCode {
				case 401:
					seen.Add(1)
				case 429:
					refused.Add(1)
				}
			})
		}
		synctest.Wait()
		if n := refused.Load(); n != 184 {
			t.Errorf("%d were refused unseen", n)
		}
		if r := d.ask(asking{header: bearer(acting), from: "203.0.113.9:1"}); r.StatusCode != 429 || r.Header.Get("Retry-After") == "" {
			t.Errorf("meanwhile a new address is answered %d", r.StatusCode)
		}
		if r := d.ask(asking{header: bearer(acting), from: "192.0.2.1:1"}); r.StatusCode != 200 {
			t.Errorf("meanwhile a known one is answered %d", r.StatusCode)
		}
		if r := d.ask(asking{from: "203.0.113.9:1", cookies: one(session)}); r.StatusCode != 200 {
			t.Errorf("meanwhile a session is answered %d", r.StatusCode)
		}
		all.Wait()
		if seen.Load() != 16 {
			t.Errorf("%d were looked at", seen.Load())
		}
	})
}

func TestTheLoginPageIsSlowedToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(tokens())
		began := time.Now()
		var all sync.WaitGroup
		var status [2]int
		for n := range status {
			all.Go(func() { status[n] = d.login(wrong, "/", nil).StatusCode })
		}
		all.Wait()
		if status[0]+status[1] != 401+429 || time.Since(began) != 500*time.Millisecond {
			t.Errorf("two at once are answered %v after %v", status, time.Since(began))
		}
		if r := d.login(wrong, "/", nil); r.StatusCode != 401 || time.Since(began) != 1500*time.Millisecond || len(r.Cookies()) != 0 {
			t.Errorf("the next is answered %d after %v", r.StatusCode, time.Since(began))
		}
	})
}

func TestWhoGoesAwayHasNoMoreGuesses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(tokens())
		if status := d.askAndLeave(asking{header: bearer(wrong)}); status != 401 {
			t.Fatalf("answered %d", status)
		}
		if r := d.ask(asking{header: bearer(wrong)}); r.StatusCode != 429 {
			t.Errorf("at once it is answered %d", r.StatusCode)
		}
		time.Sleep(time.Second)
		if r := d.ask(asking{header: bearer(acting)}); r.StatusCode != 200 {
			t.Errorf("later it is answered %d", r.StatusCode)
		}
	})
}

func TestWhatIsKnownOfAddressesIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(tokens())
		d.ask(asking{header: bearer(acting), from: "192.0.2.1:1"})
		for n := range 5000 {
			d.askAndLeave(asking{header: bearer(wrong), from: fmt.Sprintf("10.%d.%d.1:1", n/250, n%250)})
			time.Sleep(time.Second)
		}
		if n := d.Known(); n > 4096 {
			t.Errorf("%d addresses are known", n)
		}
		if !d.Knows("192.0.2.1") {
			t.Error("the address that a good token came from is forgotten")
		}
	})
}
