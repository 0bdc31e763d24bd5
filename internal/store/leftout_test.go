package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

func address(n int) string { return fmt.Sprintf("https://city.example/%d", n) }

// crawled is a run of a listing that was not read anew.
func crawled(c *store.Collected) { c.Extent = ledger.Crawled }

// listing is a run that read a listing of these notices, which leaves out others.
func listing(from, to int, leftOut ...int) func(*store.Collected) {
	return func(c *store.Collected) {
		l := ledger.Listing{}
		for n := from; n <= to; n++ {
			if !slices.Contains(leftOut, n) {
				l.Items++
				l.Links = append(l.Links, address(n))
			}
		}
		for _, n := range leftOut {
			l.LeftOut = append(l.LeftOut, address(n))
		}
		c.Extent, c.Listing = ledger.Crawled, &l
	}
}

// goneAt is a run that saw the pages of these articles gone.
func goneAt(ids ...string) func(*store.Collected) {
	return func(c *store.Collected) { c.Extent, c.Gone.IDs = ledger.Crawled, ids }
}

func (h *house) wantSuspects(want ...string) (ids []string) {
	h.Helper()
	var got []string
	for _, s := range must(h.Suspects(h.Context(), "a", h.now, 10))(h) {
		line := s.Title
		if s.Gone {
			line += ", gone"
		}
		got = append(got, line)
		ids = append(ids, s.ID)
	}
	if !slices.Equal(got, want) {
		h.Errorf("suspects are %q, want %q", got, want)
	}
	return ids
}

func (h *house) wantLive(title string, want bool) {
	h.Helper()
	if a := h.article(title); a.Withdrawn.IsZero() != want {
		h.Errorf("%s is live: %v, want %v", title, !want, want)
	}
}

var leftOutBullets = []bullet{
	{"what a listing left out is withdrawn once two runs saw its page gone", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		h.wantSuspects()
		h.run("a", nil, listing(1, 9, 5))
		ids := h.wantSuspects("Notice 5")
		if out := h.run("a", nil, goneAt(ids...)); out.Withdrawn != 0 {
			t.Errorf("seen gone once: %+v", out)
		}
		h.wantSuspects() // not again at once
		if out := h.run("a", nil, goneAt(ids...)); out.Withdrawn != 0 {
			t.Errorf("seen gone again in the next minute: %+v", out)
		}
		h.now = h.now.Add(time.Hour)
		h.wantSuspects("Notice 5, gone")
		h.run("a", nil, listing(1, 9, 5)) // the listing was read again meanwhile
		if out := h.run("a", nil, goneAt(ids...)); out.Withdrawn != 1 {
			t.Errorf("seen gone by two runs: %+v", out)
		}
		h.wantSuspects()
		h.run("a", nil, listing(1, 9, 5))
		h.wantSuspects()
		if s, _, err := h.SourceState(t.Context(), "a"); err != nil || s.Missing != 0 {
			t.Errorf("%d are missing still, %v", s.Missing, err)
		}
		// It comes back under its id.
		before := h.article("Notice 5").ID
		if out := h.run("a", notices(5, 5), listing(1, 9)); out.Returned != 1 {
			t.Errorf("listed and read again: %+v", out)
		}
		if a := h.article("Notice 5"); a.ID != before || !a.Withdrawn.IsZero() {
			t.Errorf("it came back as %+v", a)
		}
	}},
	{"a page that is there again, or does not tell, withdraws nothing", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		h.run("a", nil, listing(1, 9, 4, 5))
		ids := h.wantSuspects("Notice 4", "Notice 5")
		h.run("a", nil, goneAt(ids...))
		h.now = h.now.Add(time.Hour)
		if err := h.Probed(t.Context(), "a", ids[:1], ids[1:], h.now); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(time.Hour)
		h.wantSuspects("Notice 5, gone") // 4 is there, and left alone for days
		h.now = h.now.AddDate(0, 0, 4)
		if out := h.run("a", nil, goneAt(ids[0])); out.Withdrawn != 0 {
			t.Errorf("one that was there meanwhile: %+v", out)
		}
		if out := h.run("a", nil, goneAt(ids[1])); out.Withdrawn != 1 {
			t.Errorf("one that did not tell meanwhile: %+v", out)
		}
	}},
	{"what is listed again is suspect no more", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		h.run("a", nil, listing(1, 9, 5))
		h.wantSuspects("Notice 5")
		h.run("a", nil, listing(1, 9))
		h.wantSuspects()
		// Nor one that was seen gone and then read.
		h.run("a", nil, listing(1, 9, 5))
		h.run("a", nil, goneAt(h.wantSuspects("Notice 5")...))
		h.run("a", notices(5, 5), listing(1, 9))
		h.now = h.now.Add(time.Hour)
		h.wantSuspects()
	}},
	{"the versions that a listing never named go with the one that it left out", func(t *testing.T, h *house) {
		translated := notice(5, hint("s"), language("en"), title("In English"), link("https://city.example/en/5"))
		h.run("a", with(append(notices(1, 9), translated), 4, hint("s")), listing(1, 9))
		h.run("a", nil, listing(1, 9, 3))
		h.wantSuspects("Notice 3")
		h.run("a", nil, listing(1, 9, 5))
		h.wantSuspects("In English", "Notice 5")
		// Where the listing has them, they are their own.
		h.run("a", nil, listing(1, 9, 5), func(c *store.Collected) {
			c.Listing.Links = append(c.Listing.Links, "https://city.example/en/5")
		})
		h.wantSuspects("Notice 5")
	}},
	{"a page that the crawler itself met gone counts, also where it is listed", func(t *testing.T, h *house) {
		translated := notice(5, hint("s"), language("en"), title("In English"), link("https://city.example/en/5"))
		h.run("a", with(append(notices(1, 9), translated), 4, hint("s")), listing(1, 9))
		met := func(c *store.Collected) { c.Extent, c.Gone.Links = ledger.Crawled, []string{address(5), address(99)} }
		if out := h.run("a", nil, listing(1, 9), met); out.Withdrawn != 0 {
			t.Errorf("met once: %+v", out)
		}
		h.now = h.now.Add(time.Hour)
		h.wantSuspects("In English", "Notice 5, gone")
		h.run("a", nil, listing(1, 9)) // which still has it
		h.now = h.now.Add(time.Hour)
		h.wantSuspects("Notice 5, gone")
		if out := h.run("a", nil, crawled, met); out.Withdrawn != 1 {
			t.Errorf("met twice: %+v", out)
		}
		h.wantLive("Notice 5", false)
		h.wantLive("In English", true)
	}},
	{"an article of another source is not asked for", func(t *testing.T, h *house) {
		h.run("b", notices(1, 9), listing(1, 9))
		h.run("a", notices(1, 3), listing(1, 3))
		h.run("a", nil, listing(1, 9, 2, 5))
		h.wantSuspects("Notice 2")
		ids := []string{h.article("Notice 2").ID, h.article("Notice 5").ID}
		h.run("a", nil, goneAt(ids...))
		h.now = h.now.Add(time.Hour)
		if out := h.run("a", nil, goneAt(ids...)); out.Withdrawn != 0 {
			t.Errorf("what another source holds was withdrawn: %+v", out)
		}
		h.wantLive("Notice 2", true)
	}},
	{"a listing that loses more than half of its items is held, and what it brings is stored", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		corrected := with(notices(1, 1), 0, title("Corrected"))
		lost := listing(1, 9, 2, 3, 4, 5, 6, 7)
		out := h.run("a", append(corrected, notice(10)), lost, func(c *store.Collected) { c.State.ETag = `"1"` })
		if out.Held == nil || out.New != 1 || out.Changed != 1 {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantHolds("a", ledger.HoldItems)
		h.wantSuspects()
		if s, _, err := h.SourceState(t.Context(), "a"); err != nil || s.ETag != "" {
			t.Errorf("its validators were kept: %+v, %v", s, err)
		}
		h.run("a", notices(11, 11), crawled) // a run that did not read the listing tells nothing
		h.wantHolds("a", ledger.HoldItems)
		h.run("a", nil, lost)
		h.wantSuspects()
		h.run("a", nil, lost)
		h.wantHolds("a")
		h.wantSuspects("Notice 2", "Notice 3", "Notice 4", "Notice 5", "Notice 6", "Notice 7")
	}},
	{"a listing that recovers has lost nothing", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		h.run("a", nil, listing(1, 9, 2, 3, 4, 5, 6, 7))
		h.run("a", nil, listing(1, 9))
		h.wantHolds("a")
		h.wantSuspects()
		// What it lost at its end asks for nothing.
		h.run("a", nil, listing(8, 9))
		h.wantHolds("a")
	}},
	{"a volatile listing is not held", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		h.run("a", nil, listing(1, 9, 2, 3, 4, 5, 6, 7), func(c *store.Collected) { c.Source.Volatile = true })
		h.wantHolds("a")
		if n := len(must(h.Suspects(t.Context(), "a", h.now, 10))(t)); n != 6 {
			t.Errorf("%d suspects, want 6", n)
		}
	}},
	{"an unchanged run of a listing writes no more than state and run", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), listing(1, 9))
		h.marks()
		if out := h.run("a", []feeds.Article{}, listing(1, 9)); out.New+out.Changed+out.Withdrawn != 0 {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantMarks()
	}},
}
