package jobs

import (
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// only has the house work as a process that collects these sources alone.
func (h *house) only(ids ...string) {
	h.Helper()
	h.Engine = h.another(Config{Now: h.now, Visited: h.saw, Only: ids})
}

// another is another engine on the same data.
func (h *house) another(c Config) *Engine {
	h.Helper()
	c.Store, c.Log, c.Random = h.Store, slog.New(slog.NewTextHandler(h.log, nil)), func() float64 { return 0 }
	e, err := New(c, h.plan.Load())
	if err != nil {
		h.Fatal(err)
	}
	return e
}

// runs are all runs of a source.
func (h *house) runs(id string) []store.Run {
	h.Helper()
	runs, err := h.Store.Runs(h.Context(), id, 100)
	if err != nil {
		h.Fatal(err)
	}
	return runs
}

// jobsIn counts the collect jobs in a state.
func (h *house) jobsIn(state rivertype.JobState) int {
	h.Helper()
	list, err := h.queue.(*river.Client[*sql.Tx]).JobList(h.Context(), river.NewJobListParams().Kinds("collect").States(state).First(10000))
	if err != nil {
		h.Fatal(err)
	}
	return len(list.Jobs)
}

func TestOnlyNamedSourcesAreVisited(t *testing.T) {
	h := newHouse(t)
	for _, id := range []string{"a", "b", "c"} {
		h.add(id, "https://city.example/"+id, "@hourly")
		h.serve("https://city.example/"+id, body(news(1)))
	}
	h.add("other", "https://other.example/feed", "@hourly")
	h.only("b")
	h.pass(24 * time.Hour)
	if jobs := slices.DeleteFunc(h.swept(), isPublish); !slices.Equal(jobs, []string{"collect city.example:443"}) {
		t.Errorf("the sweep enqueues %q", jobs)
	}
	for _, host := range []string{"city.example:443", "other.example:443", "city.example:443"} {
		if snooze := h.work(host); snooze != -1 {
			t.Errorf("the job of %s snoozes for %v", host, snooze)
		}
	}
	if r := h.runs("b"); len(r) != 1 || r[0].Outcome != store.RunOK {
		t.Errorf("the runs of b are %+v", r)
	}
	for _, id := range []string{"a", "c", "other"} {
		if r := h.runs(id); len(r) != 0 {
			t.Errorf("%s was visited: %+v", id, r)
		}
	}
	if due, err := h.Store.Due(t.Context(), h.now()); err != nil || !slices.Equal(due, []string{"a", "c", "other"}) {
		t.Errorf("due are %q, %v", due, err)
	}
	if jobs := slices.DeleteFunc(h.swept(), isPublish); len(jobs) != 0 {
		t.Errorf("after the visit the sweep enqueues %q", jobs)
	}
}

func TestANamedSourceStillSpeaksForItsHost(t *testing.T) {
	h := newHouse(t)
	until := noon.Add(3 * time.Hour)
	h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.RetryAfterHost = true })
	h.add("b", "https://city.example/b", "@hourly")
	h.only("a")
	h.serve(cityFeed, failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 429, URL: cityFeed, RetryAfter: until}))
	if snooze := h.work("city.example:443"); snooze != throttledRest {
		t.Errorf("the slice snoozes for %v, want %v", snooze, throttledRest)
	}
	if due := h.state("b").NextDue; !due.Equal(until) {
		t.Errorf("its neighbour is due at %v, want %v", due, until)
	}
}

// Who names sources names those that fail: that is no sign that our network is down.
func TestNamedSourcesAreNoMeasureOfOurNetwork(t *testing.T) {
	h := newHouse(t)
	var ids []string
	for n := range 6 {
		id, url := fmt.Sprint("s", n), fmt.Sprintf("https://city%d.example/feed", n)
		ids = append(ids, id)
		h.add(id, url, "@daily")
		h.serve(url, failing(&fetch.Error{Kind: fetch.KindDNS, URL: url, What: "no such host"}))
	}
	h.only(ids...)
	for _, id := range ids {
		if r := h.collect(id); r.Outcome != store.RunFailed || h.state(id).Failures != 1 {
			t.Errorf("the run of %s is %+v", id, r)
		}
	}
	if down, err := NetworkDown(t.Context(), h.Store, h.now()); err != nil || !down.IsZero() {
		t.Errorf("operators are told %v, %v", down, err)
	}

	// What a process has found that visits all counts for them too.
	h.Engine = h.another(Config{Now: h.now, Visited: h.saw})
	for _, id := range ids {
		h.collect(id)
	}
	h.only("s0")
	h.pass(time.Minute)
	if r := h.collect("s0"); r.Outcome != store.RunSkipped || h.state("s0").Failures != 1 {
		t.Errorf("while our network is down: %+v", r)
	}
}

func TestNamedSourcesGoBeforeWhatWaits(t *testing.T) {
	const hosts = 300
	h := newHouse(t)
	var all []Planned
	for n := range hosts {
		url := fmt.Sprintf("https://city%d.example/feed", n)
		h.serve(url, body(news(1)))
		all = append(all, Planned{Source: &feeds.Source{ID: fmt.Sprint("s", n), Publisher: "city", Kind: feeds.KindFeed, URL: url, Schedule: "@hourly"}})
	}
	h.add("slow", cityFeed, "@hourly") // which has a schedule for all
	for i := range all {
		all[i].Schedule = h.planned[0].Schedule
	}
	h.planned = append(h.planned, all...)
	if err := h.Adopt(t.Context(), h.newPlan()); err != nil {
		t.Fatal(err)
	}
	if err := h.sweep(t.Context()); err != nil { // by a process that was ended then
		t.Fatal(err)
	}
	last := fmt.Sprint("s", hosts-1)
	if err := h.Store.SetDue(t.Context(), map[string]time.Time{last: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	e := h.another(Config{Visited: h.saw, CollectOnly: true, Only: []string{last}})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	runs, err := e.CollectNow(t.Context(), []string{last}, nil)
	if err != nil || runs[last].Outcome != store.RunOK {
		t.Errorf("the run is %+v, %v", runs, err)
	}
	if err := e.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(h.visits) != 1 {
		t.Errorf("visited were %+v", h.visits)
	}
	if n := h.jobsIn(rivertype.JobStateAvailable); n < hosts-20 {
		t.Errorf("of %d jobs of others, %d wait still", hosts, n)
	}
}

// Two processes: the one collects all, and is amid a visit to the host when the other is
// asked for two of its sources.
func TestNamedSourcesBesideAProcessThatCollectsAll(t *testing.T) {
	h := newHouse(t)
	h.Engine.Now = time.Now // the queue has its own clock
	var ids []string
	begun, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	for n := range 8 {
		id := fmt.Sprint("s", n)
		url := fmt.Sprintf("https://city%d.example/%s", n/6, id)
		ids = append(ids, id)
		h.add(id, url, "@yearly")
		h.serve(url, func() (*fetch.Response, error) {
			once.Do(func() { close(begun); <-goOn })
			return body(news(1))()
		})
	}
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer h.Stop(t.Context())
	<-begun

	named := []string{"s4", "s5"}
	other := h.another(Config{CollectOnly: true, Only: named})
	if err := other.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer other.Stop(t.Context())
	time.AfterFunc(0, func() {
		if err := h.wait(t.Context(), func() (bool, error) {
			s, _, err := h.Store.SourceState(t.Context(), "s5")
			return s.NextDue.IsZero(), err // it is asked for
		}); err != nil {
			t.Error(err)
		}
		close(goOn)
	})
	runs, err := other.CollectNow(t.Context(), named, nil)
	if err != nil || len(runs) != len(named) || runs["s4"].Outcome != store.RunOK {
		t.Errorf("the runs are %+v, %v", runs, err)
	}
	if err := h.wait(t.Context(), func() (bool, error) {
		due, err := h.Store.Due(t.Context(), time.Now())
		return len(due) == 0, err
	}); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if n := len(h.runs(id)); n != 1 {
			t.Errorf("%s has %d runs", id, n)
		}
	}
}
