package jobs

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// through are the numbers from a to b.
func through(a, b int) (ns []int) {
	for n := a; n <= b; n++ {
		ns = append(ns, n)
	}
	return ns
}

// passed is what a run says of a window that has moved past all that was known; "" where
// it says nothing.
func passed(r store.Run) string {
	i := slices.IndexFunc(r.Problems, func(p string) bool { return strings.HasPrefix(p, "window-passed: ") })
	if i < 0 {
		return ""
	}
	return r.Problems[i]
}

// What left a feed before it was visited is not missed in silence.
func TestAFeedThatHasPassedWhatWasKnownSaysSo(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	h.serve(cityFeed, body(news(through(1, 10)...)))
	if r := h.collect("a"); r.Outcome != store.RunOK || passed(r) != "" {
		t.Errorf("the first run is %+v", r)
	}
	h.pass(time.Hour)
	if r := h.collect("a"); r.Outcome != store.RunUnchanged {
		t.Errorf("the second is %+v", r)
	}
	h.pass(5 * time.Hour)
	h.serve(cityFeed, body(news(through(26, 35)...)))
	want := "window-passed: none of its 10 entries was known, so that notices may be missing that came and went since 2026-11-02T13:00:00Z, when it was read last; give it a shorter schedule"
	r := h.collect("a")
	if r.Outcome != store.RunPartial || r.New != 10 || passed(r) != want || r.Error != "" {
		t.Errorf("the run is %+v", r)
	}
	s := h.state("a")
	if s.Digest == "" || s.Failures != 0 || !s.LastSuccess.Equal(h.now()) {
		t.Errorf("the state is %+v", s)
	}
	h.pass(time.Hour)
	if r := h.collect("a"); r.Outcome != store.RunUnchanged || passed(r) != "" {
		t.Errorf("the next run is %+v", r)
	}
	h.serve(cityFeed, body(news(through(35, 44)...))) // one that is remembered is enough
	if r := h.collect("a"); r.Outcome != store.RunOK || r.New != 9 || passed(r) != "" {
		t.Errorf("with one known entry: %+v", r)
	}
}

func TestAPageThatHasPassedWhatWasKnownSaysSo(t *testing.T) {
	for _, test := range []struct {
		kind feeds.SourceKind
		says bool
	}{{feeds.KindPage, true}, {feeds.KindSitemap, false}} {
		h := newHouse(t)
		h.crawl(test.kind, 4, 3, 2, 1)
		if r := h.last("a"); passed(r) != "" {
			t.Errorf("%s: the first run is %+v", test.kind, r)
		}
		h.list(test.kind, 5, 4, 3, 2)
		h.servePage(5)
		h.pass(time.Hour)
		if r := h.collect("a"); r.New != 1 || r.Outcome != store.RunOK || passed(r) != "" {
			t.Errorf("%s: with known ones: %+v", test.kind, r)
		}
		for n := range 4 {
			h.servePage(20 + n)
		}
		h.list(test.kind, 23, 22, 21, 20)
		h.pass(time.Hour)
		r := h.collect("a")
		if want := "none of its 4 entries was known, so that notices may be missing that came and went since"; r.New != 4 || strings.Contains(passed(r), want) != test.says || (r.Outcome == store.RunPartial) != test.says {
			t.Errorf("%s: with none: %+v", test.kind, r)
		}
		h.pass(time.Hour)
		if r := h.collect("a"); r.Outcome != store.RunUnchanged || passed(r) != "" {
			t.Errorf("%s: the next run is %+v", test.kind, r)
		}
		h.servePage(24)
		h.list(test.kind, 24, 23, 22, 21)
		h.pass(time.Hour)
		if r := h.collect("a"); r.Outcome != store.RunOK || passed(r) != "" {
			t.Errorf("%s: the run after it is %+v", test.kind, r)
		}
	}
}

func TestWhatSaysNothingOfAWindow(t *testing.T) {
	other := news(through(26, 35)...)
	for _, test := range []struct {
		says  string
		then  func(h *house)
		volat bool
	}{
		{says: "it was empty before", then: func(h *house) {
			h.serve(cityFeed, body(news(1, 2, 3)))
			h.collect("a")
			h.serve(cityFeed, body(rss()))
			h.collect("a")
			h.serve(cityFeed, body(other))
		}},
		{says: "it is empty now", then: func(h *house) {
			h.serve(cityFeed, body(news(1, 2, 3)))
			h.collect("a")
			h.serve(cityFeed, body(rss()))
		}},
		{says: "it is held", then: func(h *house) {
			h.serve(cityFeed, body(news(through(1, 10)...)))
			h.collect("a")
			h.serve(cityFeed, body(news(31, 32)))
		}},
		{says: "it was held while it was empty", then: func(h *house) {
			h.serve(cityFeed, body(news(through(1, 10)...)))
			h.collect("a")
			h.serve(cityFeed, body(rss()))
			h.collect("a")
			h.serve(cityFeed, body(other))
		}},
		{says: "its site was made anew", then: func(h *house) {
			h.serve(cityFeed, body(news(through(1, 4)...)))
			h.collect("a")
			h.serve(cityFeed, body(strings.NewReplacer("city.example/n/", "www.new.example/news?id=", ">g", ">new-").Replace(news(through(1, 4)...))))
		}},
		{says: "the site of its only entries was made anew", then: func(h *house) {
			h.serve(cityFeed, body(news(1, 2)))
			h.collect("a")
			h.serve(cityFeed, body(strings.NewReplacer("city.example/n/", "www.new.example/news?id=", ">g", ">new-").Replace(news(1, 2))))
		}},
		{says: "it has moved to another host", then: func(h *house) {
			h.serve(cityFeed, body(news(through(1, 4)...)))
			h.collect("a")
			h.serve(cityFeed, body(strings.NewReplacer("city.example/n/", "new.example/n/", ">g", ">new-").Replace(news(through(1, 4)...))))
		}},
		{says: "it was cut off", then: func(h *house) {
			h.serve(cityFeed, body(news(through(1, 10)...)))
			h.collect("a")
			h.serve(cityFeed, body(other[:len(other)/2]))
		}},
		{says: "what was known of it is withdrawn", then: func(h *house) {
			h.serve(cityFeed, body(news(1)))
			h.collect("a")
			var slug string
			if err := h.Store.Writer().QueryRowContext(h.Context(), `SELECT slug FROM articles`).Scan(&slug); err != nil {
				h.Fatal(err)
			}
			if _, err := h.Store.Erase(h.Context(), store.Erasure{ID: slug, Reason: "a court said so", Touched: h.plan.Load().Site.Touched, Now: h.now()}); err != nil {
				h.Fatal(err)
			}
			h.serve(cityFeed, body(other))
		}},
		{says: "it lists what rises and falls", volat: true, then: func(h *house) {
			h.serve(cityFeed, body(news(through(1, 10)...)))
			h.collect("a")
			h.serve(cityFeed, body(other))
		}},
	} {
		t.Run(test.says, func(t *testing.T) {
			h := newHouse(t)
			h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.Volatile = test.volat })
			test.then(h)
			if r := h.collect("a"); passed(r) != "" || strings.Contains(fmt.Sprint(r.Problems), "may be missing") {
				t.Errorf("the run is %+v", r)
			}
		})
	}
}
