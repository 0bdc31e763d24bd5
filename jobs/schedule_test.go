package jobs

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
)

// A clock that is ahead puts sources off to a time that is long to come. Once it is right
// they are due, and no other is.
func TestWhatIsDueTooLateIsDueNow(t *testing.T) {
	const slow = "https://slow.example/feed"
	later := func(d time.Duration) func() (*fetch.Response, error) {
		return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 503, URL: slow, RetryAfter: noon.Add(d)})
	}
	for says, test := range map[string]struct {
		schedule string
		ahead    time.Duration // by which the clock is when the source is visited
		answer   func() (*fetch.Response, error)
		due      time.Duration // set by hand; 0 for what came of the visit
		now      bool
	}{
		"as its schedule says":               {"@every 30m", 0, body(news(1)), 0, false},
		"an hour ahead":                      {"@every 30m", time.Hour, body(news(1)), 0, true},
		"ten years ahead":                    {"@every 30m", 87600 * time.Hour, body(news(1)), 0, true},
		"ahead by less than its schedule":    {"@weekly", time.Hour, body(news(1)), 0, false},
		"set far ahead":                      {"@every 30m", 0, body(news(1)), 48 * time.Hour, true},
		"failing, and a little later":        {"@every 30m", 0, later(0), 0, false},
		"failing, and much later":            {"@every 30m", 0, later(0), 30 * time.Hour, true},
		"as its server asks":                 {"@every 30m", 0, later(20 * time.Hour), 0, false},
		"as its server asked, by that clock": {"@every 30m", 48 * time.Hour, later(96 * time.Hour), 0, true},
	} {
		t.Run(says, func(t *testing.T) {
			h := newHouse(t)
			h.add("a", slow, test.schedule)
			h.serve(slow, test.answer)
			h.pass(test.ahead)
			h.collect("a")
			h.pass(-test.ahead)
			if test.due > 0 {
				if err := h.Store.SetDue(t.Context(), map[string]time.Time{"a": noon.Add(test.due)}); err != nil {
					t.Fatal(err)
				}
			}
			before := h.state("a").NextDue
			for range 2 {
				if err := h.scheduleSources(t.Context(), h.plan.Load()); err != nil {
					t.Fatal(err)
				}
			}
			want := before
			if test.now {
				want = noon
			}
			if got := h.state("a").NextDue; !got.Equal(want) {
				t.Errorf("it was due at %v, and is due at %v, want %v", before, got, want)
			}
		})
	}
}

// What one source was told of its host holds for the others.
func TestWhatAHostAskedForIsNotTooLate(t *testing.T) {
	h := newHouse(t)
	speaks := func(s *feeds.Source) { s.RetryAfterHost = true }
	h.add("b", cityFeed+"/b", "@every 30m")
	h.serve(cityFeed+"/a", func() (*fetch.Response, error) {
		until := noon.Add(9 * time.Hour)
		failed := &fetch.Error{Kind: fetch.KindHTTPStatus, Status: 503, URL: cityFeed + "/a", RetryAfter: until}
		return &fetch.Response{Status: 503, RetryAfter: until}, failed
	})
	h.serve(cityFeed+"/b", body(news(1)))
	h.collect("b")
	h.add("a", cityFeed+"/a", "@every 30m", speaks)
	h.collect("a")
	if err := h.scheduleSources(t.Context(), h.plan.Load()); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b"} {
		if due := h.state(id).NextDue; !due.Equal(noon.Add(9 * time.Hour)) {
			t.Errorf("%s is due at %v", id, due)
		}
	}
}

// A process that runs while its clock is put right need not be started again.
func TestTheSweepSeesThatTheClockWasPutBack(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@every 30m")
	h.serve(cityFeed, body(news(1)))
	h.pass(48 * time.Hour)
	h.collect("a")
	if jobs := h.swept(); slices.ContainsFunc(jobs, isCollect) {
		t.Fatalf("just collected, and %q", jobs)
	}
	h.pass(-time.Minute) // as clocks are set all the time
	if jobs := h.swept(); slices.ContainsFunc(jobs, isCollect) {
		t.Fatalf("a minute before, and %q", jobs)
	}
	h.pass(-47 * time.Hour)
	if jobs := h.swept(); !slices.ContainsFunc(jobs, isCollect) {
		t.Errorf("the clock was put back, and the sweep enqueues %q", jobs)
	}
}

// A job that waits for a time which is long to come would bar its host until then.
func TestJobsThatWaitForAClockThatWasAheadAreDropped(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@every 30m")
	h.serve(cityFeed, body(news(1)))
	h.pass(48 * time.Hour)
	h.collect("a")
	h.pass(-48 * time.Hour)
	var params []river.InsertManyParams
	for n := range mostReplaced + 50 {
		params = append(params, river.InsertManyParams{Args: CollectArgs{Host: fmt.Sprint("city", n, ".example:443")}, InsertOpts: &river.InsertOpts{ScheduledAt: time.Now().Add(48 * time.Hour)}})
	}
	params = append(params, river.InsertManyParams{Args: RemapArgs{}})
	if _, err := h.queue.InsertMany(t.Context(), params); err != nil {
		t.Fatal(err)
	}
	if n := h.jobsIn(rivertype.JobStateScheduled); n != mostReplaced+50 {
		t.Fatalf("%d jobs wait", n)
	}
	if err := h.scheduleSources(t.Context(), h.plan.Load()); err != nil {
		t.Fatal(err)
	}
	if n := h.jobsIn(rivertype.JobStateScheduled); n != 0 {
		t.Errorf("%d jobs still wait", n)
	}
	left, err := h.queue.(*river.Client[*sql.Tx]).JobList(t.Context(), river.NewJobListParams().Kinds(RemapArgs{}.Kind()).First(10))
	if err != nil || len(left.Jobs) != 1 {
		t.Errorf("of the others %d are left, %v", len(left.Jobs), err)
	}
}
