package jobs

import (
	"fmt"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// pageAt is the address of a page of a feed or a listing, of which the first is page 0.
func pageAt(first string, page int) string {
	if page == 0 {
		return first
	}
	return fmt.Sprintf("%s?page=%d", first, page+1)
}

// askedOf is how many of such addresses were asked since the last call.
func (h *house) askedOf(such func(address string) bool) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.asked {
		if such(r.URL) {
			n++
		}
	}
	h.asked = nil
	return n
}

func TestWhatLeftASourceBeforeItWasVisitedIsFetched(t *testing.T) {
	for kind, source := range map[string]struct {
		add   func(*house)
		show  func(*house, int) // has it show the notices up to a number
		asked func(*house) int  // how many pages behind its first were
	}{
		"a feed":    {func(h *house) { h.add("a", cityFeed, "@hourly") }, (*house).archive, (*house).olderPages},
		"a listing": {func(h *house) { h.add("a", cityList, "@hourly", page()) }, (*house).lists, (*house).listsAsked},
	} {
		t.Run(kind, func(t *testing.T) {
			h := newHouse(t)
			source.add(h)
			source.show(h, 30)
			if r := h.collect("a"); r.New != 10 || source.asked(h) != 0 {
				t.Errorf("a first visit reaches back: %+v", r)
			}
			h.pass(time.Hour)
			source.show(h, 38) // the first page still meets what is known
			if r := h.collect("a"); r.New != 8 || r.Outcome != store.RunOK || source.asked(h) != 0 {
				t.Errorf("nothing left, and the run is %+v", r)
			}
			h.pass(5 * time.Hour)
			source.show(h, 65)
			r := h.collect("a")
			if r.New != 27 || r.Changed != 0 || r.Withdrawn != 0 || r.Outcome != store.RunOK || passed(r) != "" || source.asked(h) != 2 {
				t.Errorf("17 had left, and the run is %+v", r)
			}
			// What came from behind is not missed at the next visit, nor does the source look
			// shorter.
			for _, n := range []int{66, 69} {
				h.pass(time.Hour)
				source.show(h, n)
				if r := h.collect("a"); r.Outcome != store.RunOK || r.New == 0 || r.Withdrawn != 0 || source.asked(h) != 0 {
					t.Errorf("at %d the run is %+v", n, r)
				}
				if s := h.state("a"); s.Missing != 0 {
					t.Errorf("at %d %d are missing", n, s.Missing)
				}
			}
			h.pass(time.Hour)
			if r := h.collect("a"); r.Outcome != store.RunUnchanged {
				t.Errorf("the validators are not those of the first page: %+v", r)
			}
		})
	}
}
