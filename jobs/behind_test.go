package jobs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// listPage is a page of a list of these notices, a day each from October on, that turns to
// another; "" for the last.
func listPage(next string, ns ...int) string {
	var b strings.Builder
	for _, n := range ns {
		day := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
		fmt.Fprintf(&b, `<li><span>%s</span> <a href="%s">Notice of the city number %d</a></li>`, day.Format(time.DateOnly), cityPage(n), n)
	}
	if next != "" {
		next = `<p class="pager"><a href="` + next + `">次のページ</a></p>`
	}
	return `<html lang="en"><title>News</title><main><ul>` + b.String() + `</ul>` + next + `</main></html>`
}

// down are the numbers from a to b.
func down(a, b int) []int {
	ns := through(b, a)
	slices.Reverse(ns)
	return ns
}

// lists has the listing show the notices from n to 1 on pages of ten.
func (h *house) lists(n int) {
	for page := 0; n-10*page > 0; page++ {
		from := n - 10*page
		for _, n := range down(from, max(1, from-9)) {
			h.servePage(n)
		}
		next := ""
		if from > 10 {
			next = listAt(page + 1)
		}
		h.serve(listAt(page), html(listPage(next, down(from, max(1, from-9))...)))
	}
}

// listAt is the address of a page of the listing, of which the first is page 0.
func listAt(page int) string { return pageAt(cityList, page) }

// listsAsked is how many pages behind the listing's first one were asked since the last call.
func (h *house) listsAsked() int {
	return h.askedOf(func(address string) bool { return strings.HasPrefix(address, cityList+"?") })
}

func page(change ...func(*feeds.Source)) func(*feeds.Source) {
	return func(s *feeds.Source) {
		s.Kind, s.MaxPages = feeds.KindPage, 100
		for _, c := range change {
			c(s)
		}
	}
}

// More than a run may fetch waits for the next ones, and nothing is said to be missing.
func TestWhatIsBehindAListingWaits(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityList, "@hourly", page(func(s *feeds.Source) { s.MaxPages = 0 }))
	h.lists(10)
	h.collect("a")
	h.pass(5 * time.Hour)
	h.lists(45)
	sum := 0
	for range 2 {
		r := h.collect("a")
		if sum += r.New; r.Outcome != store.RunOK || passed(r) != "" {
			t.Errorf("the run is %+v", r)
		}
		h.pass(time.Minute)
	}
	if sum != 35 || h.listsAsked() != 3 {
		t.Errorf("%d are new", sum)
	}
}

func TestReachingBackInAListingComesToAnEnd(t *testing.T) {
	second := listAt(1)
	first := listPage(second, down(35, 26)...)
	anew := strings.ReplaceAll(listPage(second, down(10, 1)...), ".html", ".php")
	const other = "https://www.city.example/news/"
	for says, test := range map[string]struct {
		first  string
		behind func() (*fetch.Response, error)
		change func(*feeds.Source)
		closed string
		asked  int
		new    int
		passed bool
	}{
		"where the page is not there":                                   {first: first, behind: func() (*fetch.Response, error) { return status(404)(second) }, asked: 1, new: 10, passed: true},
		"where it is no page":                                           {first: first, behind: html("%PDF-1.7"), asked: 1, new: 10, passed: true},
		"where it is the same again":                                    {first: first, behind: html(first), asked: 1, new: 10, passed: true},
		"where it is empty":                                             {first: first, behind: html(listPage(listAt(2))), asked: 1, new: 10, passed: true},
		"where it leads to itself":                                      {first: first, behind: html(listPage(second, down(25, 20)...)), asked: 1, new: 16, passed: true},
		"where it leads back":                                           {first: first, behind: html(listPage(cityList, down(25, 20)...)), asked: 1, new: 16, passed: true},
		"where it names no other":                                       {first: first, behind: html(listPage("", down(25, 20)...)), asked: 1, new: 16, passed: true},
		"where a known one is met":                                      {first: first, behind: html(listPage(listAt(2), down(25, 5)...)), asked: 1, new: 25},
		"where what is older than it is unknown":                        {first: first, behind: html(listPage(listAt(2), append(down(25, 5), -3, -4, -5)...)), asked: 1, new: 25},
		"where it is of long before":                                    {first: first, behind: html(listPage(listAt(2), append(down(25, 20), -100, -101)...)), asked: 1, new: 16, passed: true},
		"before another host":                                           {first: listPage("https://elsewhere.example/2", down(35, 26)...), new: 10, passed: true},
		"before robots.txt":                                             {first: first, closed: second, new: 10, passed: true},
		"where it names none":                                           {first: listPage("", down(35, 26)...), new: 10, passed: true},
		"before it, of one that rises and falls":                        {first: first, change: func(s *feeds.Source) { s.Volatile = true }, new: 10},
		"before it, where it has become much shorter":                   {first: listPage(second, 35, 34, 33), new: 3, passed: true},
		"before it, where all are of long before":                       {first: listPage(second, down(-100, -109)...), new: 10, passed: true},
		"before it, where its site was made anew":                       {first: anew},
		"before it, where its list looks otherwise as well":             {first: regexp.MustCompile(`<span>.*?</span>`).ReplaceAllString(anew, "")},
		"before it, where its items are at another host than they were": {first: strings.ReplaceAll(listPage(second, down(35, 30)...), cityList+"3", other+"3"), new: 6, passed: true},
	} {
		t.Run(says, func(t *testing.T) {
			h := newHouse(t)
			if test.change == nil {
				test.change = func(*feeds.Source) {}
			}
			h.add("a", cityList, "@hourly", page(test.change))
			for _, n := range through(-110, 40) {
				h.servePage(n)
				h.serve(fmt.Sprintf("%s%d.html", other, n), h.answers[cityPage(n)])
				h.serve(strings.Replace(cityPage(n), ".html", ".php", 1), h.answers[cityPage(n)])
			}
			h.serve(cityList, html(listPage(second, down(10, 1)...)))
			if r := h.collect("a"); r.New != 10 {
				t.Fatalf("the first run is %+v", r)
			}
			h.pass(5 * time.Hour)
			h.serve(cityList, html(test.first))
			if test.behind != nil {
				h.serve(second, test.behind)
			}
			h.closed = test.closed
			h.listsAsked()
			r := h.collect("a")
			if asked := h.listsAsked(); asked != test.asked || r.New != test.new || (passed(r) != "") != test.passed || (r.Outcome == store.RunPartial) != test.passed {
				t.Errorf("%d were asked, and the run is %+v", asked, r)
			}
		})
	}
}

func TestAtMostTenPagesOfAListingAreFetchedInARun(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityList, "@hourly", page(func(s *feeds.Source) { s.MaxPages = 200 }))
	h.lists(10)
	h.collect("a")
	h.pass(5 * time.Hour)
	h.lists(140)
	h.listsAsked()
	r := h.collect("a")
	if r.New != 110 || r.Outcome != store.RunPartial || passed(r) == "" || h.listsAsked() != 10 {
		t.Errorf("the run is %+v", r)
	}
}

// A host that asks for less on the way back is left alone, and what was found is fetched later.
func TestAListingsHostMayAskForLess(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityList, "@hourly", page())
	h.lists(10)
	h.collect("a")
	h.pass(5 * time.Hour)
	h.lists(35)
	h.serve(listAt(2), failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 429, URL: listAt(2), What: "the server answered 429", RetryAfter: h.now().Add(time.Hour)}))
	h.listsAsked()
	if r := h.collect("a"); r.Outcome != store.RunFailed || r.New != 0 || passed(r) == "" || h.listsAsked() != 2 {
		t.Errorf("the run is %+v", r)
	}
	h.pass(2 * time.Hour)
	if r := h.collect("a"); r.New != 20 || r.Outcome != store.RunOK || passed(r) != "" {
		t.Errorf("the run after it is %+v", r)
	}
}
