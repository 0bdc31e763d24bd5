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

// unread is an item that says nothing that RSS has a word for.
const unread = `<item><headline>Nobody knows</headline></item>`

func TestARunThatCouldNotReadEveryEntryIsPartial(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(rss(item(2, "Bridge"), unread, item(1, "Park"))))
	for visit, want := range []int{2, 0, 0} {
		r := h.collect("city")
		if r.Outcome != store.RunPartial || r.New != want || !strings.Contains(r.Error, "1 of 3 entries") {
			t.Errorf("visit %d is %+v", visit, r)
		}
		s := h.state("city")
		if s.Outcome != store.RunPartial || s.Digest != "" || s.Failures != 0 {
			t.Errorf("visit %d leaves %+v", visit, s)
		}
		if wait := s.NextDue.Sub(h.now()); wait > time.Hour {
			t.Errorf("visit %d puts the next off by %v", visit, wait)
		}
		h.pass(time.Hour)
	}
	h.serve(cityFeed, body(rss(item(3, "Pool"), item(2, "Bridge"), item(1, "Park"))))
	if r := h.collect("city"); r.Outcome != store.RunOK || r.New != 1 || r.Error != "" {
		t.Errorf("once it can be read, the run is %+v", r)
	}
	if r := h.collect("city"); r.Outcome != store.RunUnchanged {
		t.Errorf("of the same again came %+v", r)
	}
}

func TestEntriesThatAreKnownCountAsRead(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(rss(item(2, "Bridge"), item(1, "Park"))))
	h.collect("city")
	h.serve(cityFeed, body(rss(unread, item(2, "Bridge"), item(1, "Park"))))
	if r := h.collect("city"); r.Outcome != store.RunPartial || r.New+r.Changed+r.Withdrawn != 0 || r.Unchanged != 2 || !strings.Contains(r.Error, "1 of 3 entries") {
		t.Errorf("the run is %+v", r)
	}
}

func TestADocumentWithoutAnEntryThatCouldBeReadHasFailed(t *testing.T) {
	for name, document := range map[string]string{
		"entries that say nothing": rss(unread, unread),
		"cut off in its head":      `<rss version="2.0"><channel><title>News</title><it`,
		"cut off in its root":      `<rss><chan`,
	} {
		h := newHouse(t)
		h.add("city", cityFeed, "@hourly")
		h.serve(cityFeed, body(news(1, 2, 3, 4, 5, 6)))
		h.collect("city")
		h.serve(cityFeed, body(document))
		r := h.collect("city")
		if r.Outcome != store.RunFailed || r.Error == "" || r.Withdrawn != 0 {
			t.Errorf("%s: the run is %+v", name, r)
		}
		if s := h.state("city"); s.Failures != 1 || s.Missing != 0 {
			t.Errorf("%s: the state is %+v", name, s)
		}
	}
}

func TestAFeedThatIsEmptyMostOfTheTimeIsVisitedAsOftenAsEver(t *testing.T) {
	h := newHouse(t)
	h.add("warnings", cityFeed, "@hourly")
	for visit := range 20 {
		h.serve(cityFeed, body(rss()+fmt.Sprintf("<!-- made at %d -->", visit)))
		if visit%4 == 3 {
			h.serve(cityFeed, body(rss()+fmt.Sprintf("<!-- made at %d -->", visit-1)))
		}
		r := h.collect("warnings")
		if want := []string{store.RunOK, store.RunOK, store.RunOK, store.RunUnchanged}[visit%4]; r.Outcome != want || r.Error != "" {
			t.Errorf("visit %d is %+v", visit, r)
		}
		if s := h.state("warnings"); s.Failures != 0 || s.NextDue.Sub(h.now()) > time.Hour || s.LastSuccess != h.now() {
			t.Errorf("visit %d leaves %+v", visit, s)
		}
		h.pass(time.Hour)
	}
}

func TestWhatCouldNotBeReadIsNotMissing(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(news(1, 2, 3, 4, 5, 6, 7, 8, 9)))
	h.collect("city")

	// Neither what may be among the entries that can't be read …
	lost := strings.Replace(news(1, 2, 3, 5, 6, 7, 8, 9), "<item>", unread+"<item>", 1)
	h.serve(cityFeed, body(lost))
	if r, s := h.collect("city"), h.state("city"); r.Outcome != store.RunPartial || s.Missing != 0 {
		t.Errorf("the run is %+v, the state %+v", r, s)
	}
	// … nor most of the source, as of one that is defaced, …
	h.serve(cityFeed, body(rss(slices.Concat([]string{item(9, "Notice 9")}, slices.Repeat([]string{unread}, 8))...)))
	if r := h.collect("city"); r.Outcome != store.RunPartial {
		t.Errorf("the run is %+v", r)
	}
	// … and the last one that can be read is whole.
	h.serve(cityFeed, body(rss(unread, item(9, "Notice 9 is another"))))
	if r := h.collect("city"); r.Outcome != store.RunPartial || r.Changed != 1 {
		t.Errorf("the run is %+v", r)
	}
	// Once all can be read again it is compared with what was whole before.
	h.serve(cityFeed, body(news(1, 2, 3, 5, 6, 7, 8, 9)))
	if r, s := h.collect("city"), h.state("city"); r.Outcome != store.RunOK || r.Withdrawn != 0 || s.Missing != 1 {
		t.Errorf("the run is %+v, the state %+v", r, s)
	}
	asked := h.askedFor("https://city.example/n/4")
	h.serve(cityFeed, body(lost))
	h.collect("city")
	if n := h.askedFor("https://city.example/n/4"); n != asked {
		t.Errorf("the page of what may be among the lost was asked %d×", n-asked)
	}
}

// A Kairan collects all that another one publishes, in every format, and keeps its ids.
func TestAKairanCollectsAnotherWhole(t *testing.T) {
	const n = 313
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	var items []string
	for i := n; i > 0; i-- {
		items = append(items, item(i, fmt.Sprintf("Notice %d", i)))
	}
	h.serve(cityFeed, body(rss(items...)))
	if r := h.collect("city"); r.New != n {
		t.Fatalf("the first has %+v", r)
	}
	h.publishAll()
	for _, format := range feeds.Formats() {
		document := string(h.document("en/everything", format).Body)
		ways := []string{document}
		if format != feeds.JSONFeed {
			ways = append(ways, strings.Replace(document, "</title>", " & more</title>", 1))
		}
		for _, served := range ways {
			partner := newHouse(t)
			partner.add("mirror", cityFeed, "@hourly")
			partner.serve(cityFeed, body(served))
			if r := partner.collect("mirror"); r.Outcome != store.RunOK || r.New != n {
				t.Errorf("%s: %d of %d, %s, problems %q", format, r.New, n, r.Outcome, r.Problems)
			}
		}
	}
}
