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

// configure changes what is said of the first source, and has the engine work by it.
func (h *house) configure(change func(*feeds.Source)) {
	h.Helper()
	changed := *h.planned[0].Source
	change(&changed)
	h.planned = slices.Clone(h.planned)
	h.planned[0].Source = &changed
	if err := h.Adopt(h.Context(), h.newPlan()); err != nil {
		h.Fatal(err)
	}
}

// live are the titles of what is published, in the order of the alphabet.
func (h *house) live() string {
	h.Helper()
	rows, err := h.Store.Writer().QueryContext(h.Context(), `SELECT title FROM articles WHERE withdrawn_ms = 0 ORDER BY title`)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	var titles []string
	for rows.Next() {
		var title string
		if err := rows.Scan(&title); err != nil {
			h.Fatal(err)
		}
		titles = append(titles, title)
	}
	return strings.Join(titles, ", ")
}

// mixed is a feed of notices and, between them, jobs.
func mixed(n int) string {
	var items []string
	for i := n; i > 0; i-- {
		title := fmt.Sprintf("Jobs: post %d", i)
		if i%4 == 0 {
			title = fmt.Sprintf("Notice %d", i)
		}
		items = append(items, item(i, title))
	}
	return rss(items...)
}

// Three of four are left out, and the document is as it was: it is read all the same, what
// was published leaves at once, nothing is held, and all comes back without the rule.
func TestWhatIsExcludedLeavesAndComesBack(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(mixed(12)))
	if r := h.collect("city"); r.New != 12 {
		t.Fatalf("at first the run is %+v", r)
	}
	const left = "Notice 12, Notice 4, Notice 8"
	jobs := func(s *feeds.Source) { s.Except = feeds.Filter{Title: []string{"jobs"}} }
	h.configure(jobs)
	h.pass(time.Hour)
	if r := h.collect("city"); r.Outcome != store.RunOK || r.Withdrawn != 9 || r.New+r.Changed != 0 || len(r.Problems) > 0 || h.live() != left {
		t.Errorf("with the rule the run is %+v, and left are %s", r, h.live())
	}
	h.pass(time.Hour)
	if r := h.collect("city"); r.Outcome != store.RunUnchanged || r.Withdrawn != 0 {
		t.Errorf("of the same again came %+v", r)
	}

	h.serve(cityFeed, body(mixed(16)))
	h.pass(time.Hour)
	if r := h.collect("city"); r.Outcome != store.RunOK || r.New != 1 || r.Withdrawn != 0 || h.live() != "Notice 12, Notice 16, Notice 4, Notice 8" {
		t.Errorf("of a feed that grew came %+v, and left are %s", r, h.live())
	}

	h.configure(func(s *feeds.Source) { s.Except = feeds.Filter{} })
	h.pass(time.Hour)
	if r := h.collect("city"); r.Outcome != store.RunOK || r.New != 12 || r.Withdrawn != 0 || strings.Count(h.live(), "Jobs") != 12 {
		t.Errorf("without the rule the run is %+v, and there are %s", r, h.live())
	}
}

// An article that is not excluded, and that the window has left, is nobody's business.
func TestOnlySomeAreTaken(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly", func(s *feeds.Source) { s.Only = feeds.Filter{Anywhere: []string{"/^Notice/"}} })
	h.serve(cityFeed, body(mixed(8)))
	if r := h.collect("city"); r.New != 2 || r.Outcome != store.RunOK || h.live() != "Notice 4, Notice 8" {
		t.Fatalf("at first the run is %+v, and there are %s", r, h.live())
	}
	h.serve(cityFeed, body(rss(item(14, "Jobs: post 14"), item(13, "Jobs: post 13"), item(12, "Notice 12"), item(11, "Jobs: post 11"))))
	h.pass(time.Hour)
	if r := h.collect("city"); r.New != 1 || r.Withdrawn != 0 || slices.ContainsFunc(r.Problems, func(p string) bool { return strings.HasPrefix(p, "window-passed") }) {
		t.Errorf("of a window that moved came %+v", r)
	}
	h.configure(func(s *feeds.Source) { s.Only = feeds.Filter{Category: []string{"nothing"}} })
	h.pass(time.Hour)
	if r := h.collect("city"); len(r.Problems) != 1 || !strings.HasPrefix(r.Problems[0], "all-excluded: ") || r.Withdrawn != 1 {
		t.Errorf("where nothing is taken the run is %+v", r)
	}
	if got := h.live(); got != "Notice 4, Notice 8" {
		t.Errorf("what the feed has no longer is %s", got)
	}
}

// Two notices with one GUID are not taken for each other.
func TestWhatIsExcludedIsNotAnother(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(rss(item(2, "Notice 2"), item(1, "Notice 1"))))
	h.collect("city")
	h.configure(func(s *feeds.Source) { s.Except = feeds.Filter{Title: []string{"jobs"}} })
	h.serve(cityFeed, body(rss(strings.Replace(item(3, "Jobs"), ">g3<", ">g1<", 1), item(2, "Notice 2"))))
	h.pass(time.Hour)
	if r := h.collect("city"); r.Withdrawn != 0 || h.live() != "Notice 1, Notice 2" {
		t.Errorf("the run is %+v, and there are %s", r, h.live())
	}
}

func TestExcludedWithManyOthers(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(mixed(400)))
	h.collect("city")
	h.configure(func(s *feeds.Source) { s.Except = feeds.Filter{Title: []string{"jobs"}} })
	h.pass(time.Hour)
	if r := h.collect("city"); r.Withdrawn != 300 || strings.Contains(h.live(), "Jobs") {
		t.Errorf("the run is %+v", r)
	}
}

func TestTitlesAreRewritten(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(rss(item(2, "[Press] Bridge"), item(1, "Park"))))
	h.collect("city")
	h.configure(func(s *feeds.Source) {
		s.Rewrite = []feeds.Rewriting{{Pattern: "[Press]"}}
		s.Except = feeds.Filter{Title: []string{"press park"}} // of the titles as they are written
	})
	h.pass(time.Hour)
	if r := h.collect("city"); r.New != 0 || r.Changed != 1 || h.live() != "Bridge, Park" {
		t.Errorf("the run is %+v, and there are %s", r, h.live())
	}
	h.serve(cityFeed, body(rss(item(3, "[Press] Pool"), item(2, "[Press] Bridge"), item(1, "Park"))))
	h.pass(time.Hour)
	if r := h.collect("city"); r.New != 1 || r.Changed != 0 || r.Unchanged != 2 || h.live() != "Bridge, Park, Pool" {
		t.Errorf("of one more came %+v, and there are %s", r, h.live())
	}
}
