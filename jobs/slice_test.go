package jobs

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// The host of the sources in these tests.
const cityHost = "city.example:443"

// read gives the house sources that it has read once, of which none has anything new, and
// makes them due in the order of their numbers.
func (h *house) read(n int, changes ...func(*feeds.Source)) (ids, addresses []string) {
	h.Helper()
	for i := range n {
		id := fmt.Sprintf("s%03d", i)
		ids, addresses = append(ids, id), append(addresses, "https://city.example/"+id)
		h.add(id, addresses[i], "@hourly", changes...)
		h.serve(addresses[i], body(news(i)))
	}
	h.work(cityHost)
	h.pass(2 * time.Hour)
	h.visits = nil
	return ids, addresses
}

// recorded are the sources with a run that found nothing new, in the order of the runs.
func (h *house) recorded() (ids []string) {
	h.Helper()
	runs, err := h.Store.Runs(h.Context(), "", 10000)
	if err != nil {
		h.Fatal(err)
	}
	for _, r := range slices.Backward(runs) {
		if r.Outcome == store.RunUnchanged {
			ids = append(ids, r.Source)
		}
	}
	return ids
}

// told are the sources whose runs the house was told.
func (h *house) told() (ids []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.visits {
		ids = append(ids, r.Source)
	}
	return ids
}

func TestRunsThatFoundNothingNewAreRecordedAtTheEnd(t *testing.T) {
	h := newHouse(t)
	ids, addresses := h.read(5)
	h.serve(addresses[4], func() (*fetch.Response, error) {
		if r := h.recorded(); len(r) != 0 {
			t.Errorf("at the last source those of %q are recorded", r)
		}
		if r := h.told(); len(r) != 0 {
			t.Errorf("at the last source those of %q are told, and not recorded", r)
		}
		return body(news(4))()
	})
	if snooze := h.work(cityHost); snooze != -1 {
		t.Errorf("the job snoozes for %v", snooze)
	}
	if r := h.recorded(); !slices.Equal(r, ids) {
		t.Errorf("recorded are the runs of %q, want %q", r, ids)
	}
	if r := h.told(); !slices.Equal(r, ids) {
		t.Errorf("told are the runs of %q, want %q", r, ids)
	}
	for i, id := range ids {
		if s := h.state(id); !s.LastRun.Equal(h.now()) || !s.LastSuccess.Equal(h.now()) || !s.NextDue.After(h.now()) || s.Outcome != store.RunUnchanged {
			t.Errorf("the state of %s is %+v", id, s)
		}
		if n := h.askedFor(addresses[i]); n != 2 {
			t.Errorf("%s was asked %d times, want 2", id, n)
		}
	}
}

func TestRunsAreHeldNeitherForLongNorWithoutNumber(t *testing.T) {
	t.Run("for long", func(t *testing.T) {
		h := newHouse(t)
		_, addresses := h.read(4)
		for i, want := range []int{0, 0, 0, 3} { // each visit takes 0.6 s
			h.serve(addresses[i], func() (*fetch.Response, error) {
				if r := h.recorded(); len(r) != want {
					t.Errorf("at the source %d those of %q are recorded, want %d", i, r, want)
				}
				h.pass(600 * time.Millisecond)
				return body(news(i))()
			})
		}
		h.work(cityHost)
		if r := h.recorded(); len(r) != 4 {
			t.Errorf("recorded are the runs of %q", r)
		}
	})
	t.Run("without number", func(t *testing.T) {
		h := newHouse(t)
		_, addresses := h.read(mostHeld + 1)
		h.serve(addresses[mostHeld], func() (*fetch.Response, error) {
			if r := h.recorded(); len(r) != mostHeld {
				t.Errorf("at the last source %d are recorded, want %d", len(r), mostHeld)
			}
			return body(news(mostHeld))()
		})
		h.work(cityHost)
		if r := h.recorded(); len(r) != mostHeld+1 {
			t.Errorf("recorded are the runs of %q", r)
		}
	})
}

// A process that dies loses the runs that it holds, and nothing else: what it has read of
// sources is stored, and who comes after it asks the others once more.
func TestADeadProcessLosesOnlyWhenItVisited(t *testing.T) {
	h := newHouse(t)
	ids, addresses := h.read(4)
	before := h.state(ids[0])
	h.serve(addresses[1], body(news(1, 100)))
	reached, dead := make(chan bool), make(chan bool)
	h.serve(addresses[3], func() (*fetch.Response, error) {
		close(reached)
		<-dead
		return nil, &fetch.Error{Kind: fetch.KindCanceled, URL: addresses[3]}
	})
	gone := make(chan bool)
	go func() {
		defer close(gone)
		h.work(cityHost)
	}()
	defer func() { close(dead); <-gone }()
	<-reached
	if s := h.state(ids[0]); fmt.Sprintf("%+v", s) != fmt.Sprintf("%+v", before) {
		t.Fatalf("the first source's run is not held: %+v", s)
	}
	if s := h.state(ids[1]); !s.NextDue.After(h.now()) || h.last(ids[1]).New != 1 {
		t.Errorf("what the second source brought is not stored: %+v", s)
	}

	h.serve(addresses[3], body(news(3)))
	h.Engine = h.another(Config{Now: h.now, Visited: h.saw})
	h.work(cityHost)
	if r, want := h.recorded(), []string{ids[0], ids[2], ids[3]}; !slices.Equal(r, want) {
		t.Errorf("the next process found nothing new in %q, want %q", r, want)
	}
	if s := h.state(ids[0]); s.Digest != before.Digest || !s.LastRun.Equal(h.now()) {
		t.Errorf("the first source's state is %+v", s)
	}
	if n := h.askedFor(addresses[1]); n != 2 {
		t.Errorf("the source that brought something was asked %d times, want 2", n)
	}
}

// Where a source speaks for its host, those that were visited before it were not left alone.
func TestHeldRunsComeBeforeTheHostIsLeftAlone(t *testing.T) {
	h := newHouse(t)
	ids, addresses := h.read(3, func(s *feeds.Source) { s.RetryAfterHost = true })
	h.serve(addresses[1], failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 429, URL: addresses[1], RetryAfter: h.now().Add(3 * time.Hour)}))
	h.work(cityHost)
	for i, want := range []string{store.RunUnchanged, store.RunFailed, store.RunSkipped} {
		if r := h.last(ids[i]); r.Outcome != want {
			t.Errorf("the last run of %s is %+v, want %s", ids[i], r, want)
		}
	}
	if n := len(h.runs(ids[0])); n != 2 {
		t.Errorf("%s has %d runs, want 2", ids[0], n)
	}
}

func TestWhatTookLongIsLookedAtAnew(t *testing.T) {
	h := newHouse(t)
	ids, addresses := h.read(2)
	h.serve(addresses[0], func() (*fetch.Response, error) {
		h.pass(freshTime)
		if err := h.Store.SetDue(h.Context(), map[string]time.Time{ids[1]: h.now().Add(time.Hour)}); err != nil {
			t.Error(err)
		}
		return body(news(0))()
	})
	h.work(cityHost)
	if n := h.askedFor(addresses[1]); n != 1 {
		t.Errorf("the source that was put off was asked %d times, want once", n)
	}
}
