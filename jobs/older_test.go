package jobs

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// paged is a feed of these notices that names the page behind it.
func paged(next string, ns ...int) string {
	link := fmt.Sprintf(`<channel><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href=%q/>`, next)
	return strings.Replace(news(ns...), "<channel>", link, 1)
}

// archive has a feed of the notices from 1 to n serve pages of ten, each of which names the
// one behind it.
func (h *house) archive(n int) {
	for page := 0; n-10*page > 0; page++ {
		h.serve(pageAt(cityFeed, page), body(paged(pageAt(cityFeed, page+1), through(max(1, n-10*page-9), n-10*page)...)))
	}
}

// olderPages is how much but the feed itself was asked since the last call.
func (h *house) olderPages() int {
	return h.askedOf(func(address string) bool { return address != cityFeed })
}

func TestReachingBackComesToAnEnd(t *testing.T) {
	second := cityFeed + "?page=2"
	for says, test := range map[string]struct {
		first  string // what the feed has when it has moved on
		behind func() (*fetch.Response, error)
		change func(*feeds.Source)
		asked  int
		new    int
		passed bool
	}{
		"where the page is not there":                           {paged(second, through(26, 35)...), func() (*fetch.Response, error) { return status(404)(second) }, nil, 1, 10, true},
		"where it is no feed":                                   {paged(second, through(26, 35)...), body("<!doctype html><html>"), nil, 1, 10, true},
		"where it is the same again":                            {paged(second, through(26, 35)...), body(paged(second, through(26, 35)...)), nil, 1, 10, true},
		"where it is empty":                                     {paged(second, through(26, 35)...), body(paged(cityFeed + "?page=3")), nil, 1, 10, true},
		"where it leads to itself":                              {paged(second, through(26, 35)...), body(paged(second, through(20, 25)...)), nil, 1, 16, true},
		"where it leads back":                                   {paged(second, through(26, 35)...), body(paged(cityFeed, through(20, 25)...)), nil, 2, 16, true},
		"where it names no other":                               {paged(second, through(26, 35)...), body(news(through(20, 25)...)), nil, 1, 16, true},
		"where a known one is met":                              {paged(second, through(26, 35)...), body(paged(cityFeed+"?page=3", through(10, 25)...)), nil, 1, 25, false},
		"before another host":                                   {paged("https://elsewhere.example/2", through(26, 35)...), nil, nil, 0, 10, true},
		"before the page is asked, of one that rises and falls": {paged(second, through(26, 35)...), nil, func(s *feeds.Source) { s.Volatile = true }, 0, 10, false},
		"before it, where its GUIDs are others":                 {strings.ReplaceAll(paged(second, through(1, 10)...), `"false">g`, `"false">other-`), nil, nil, 0, 0, false},
		"before it, where its site was made anew":               {strings.NewReplacer(`"false">g`, `"false">other-`, "/n/", "/neu/").Replace(paged(second, through(1, 10)...)), nil, nil, 0, 0, false},
	} {
		t.Run(says, func(t *testing.T) {
			h := newHouse(t)
			if test.change == nil {
				test.change = func(*feeds.Source) {}
			}
			h.add("a", cityFeed, "@hourly", test.change)
			h.serve(cityFeed, body(paged(second, through(1, 10)...)))
			h.collect("a")
			h.pass(5 * time.Hour)
			h.serve(cityFeed, body(test.first))
			if test.behind != nil {
				h.serve(second, test.behind)
			}
			h.olderPages()
			r := h.collect("a")
			asked := h.askedOf(func(string) bool { return true }) - 1 // the feed itself, which may be asked again
			if asked != test.asked || r.New != test.new || (passed(r) != "") != test.passed {
				t.Errorf("%d were asked, and the run is %+v", asked, r)
			}
		})
	}
}

func TestAtMostTenPagesAreFetchedInARun(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	h.archive(10)
	h.collect("a")
	h.pass(5 * time.Hour)
	h.archive(400)
	h.olderPages()
	r := h.collect("a")
	if r.New != 110 || r.Outcome != store.RunPartial || passed(r) == "" || h.olderPages() != 10 {
		t.Errorf("the run is %+v", r)
	}
}

// An archive tells what was: it brings nothing back, and corrects nothing.
func TestWhatIsOlderLeavesWhatIsKnownAsItIs(t *testing.T) {
	const at = `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="g3"/>`
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	h.serve(cityFeed, body(news(through(1, 10)...)))
	h.collect("a")
	h.pass(time.Hour)
	h.serve(cityFeed, body(strings.Replace(news(1, 2, 4, 5, 6, 7, 8, 9, 10), "<item>", at+"<item>", 1)))
	if r := h.collect("a"); r.Withdrawn != 1 {
		t.Fatalf("the run is %+v", r)
	}
	h.pass(5 * time.Hour)
	second := cityFeed + "?page=2"
	gone := strings.Replace(at, "g3", "g24", 1)
	h.serve(cityFeed, body(strings.Replace(paged(second, through(26, 35)...), "<item>", gone+"<item>", 1)))
	h.serve(second, body(strings.ReplaceAll(news(through(1, 25)...), "has to say", "had to say once")))
	r := h.collect("a")
	if r.New != 24 || r.Changed != 0 || r.Withdrawn != 0 || r.Outcome != store.RunOK {
		t.Errorf("the run is %+v", r)
	}
	runs := h.runs("a")
	if !slices.ContainsFunc(runs, func(r store.Run) bool { return r.Withdrawn == 1 }) {
		t.Errorf("the runs are %+v", runs)
	}
}
