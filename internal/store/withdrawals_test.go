package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

func notices(from, to int, changes ...func(*feeds.Article)) (l []feeds.Article) {
	for n := from; n <= to; n++ {
		l = append(l, notice(n, changes...))
	}
	return l
}

var withdrawalBullets = []bullet{
	{"what a complete source no longer holds is withdrawn", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3), complete)
		h.marks()
		out := h.run("a", notices(2, 3), complete)
		if out.Withdrawn != 1 {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3", "withdrawal ja Notice 1")
		h.wantMarks("en/everything!", "en/from/tokyo!", "ja/all!", "ja/culture!", "ja/everything!", "ja/from/tokyo!", "ja/only/culture!", "th/everything!", "th/from/tokyo!")
		a := h.article("Notice 1")
		if !a.Withdrawn.Equal(h.now) {
			t.Errorf("withdrawn at %v, want %v", a.Withdrawn, h.now)
		}
		if v := must(h.Versions(t.Context(), []string{a.Story}))(t); len(v) != 0 {
			t.Errorf("the story still has the versions %+v", v)
		}
		if out := h.run("a", notices(2, 3), complete); out.Withdrawn != 0 {
			t.Errorf("again: %+v", out)
		}
	}},
	{"what the run itself brought in an earlier transaction is not missing", func(t *testing.T, h *house) {
		out := h.run("a", notices(1, 600), complete)
		if out.New != 600 || out.Withdrawn != 0 || out.Held != nil {
			t.Errorf("the first run: %+v", out)
		}
		out = h.run("a", notices(2, 710), complete) // a small share of all, so nothing holds it
		if out.New != 110 || out.Withdrawn != 1 || out.Held != nil {
			t.Errorf("the second run: %+v", out)
		}
	}},
	{"what leaves the window of a feed is not", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3))
		if out := h.run("a", notices(3, 3)); out.Withdrawn != 0 {
			t.Errorf("the outcome is %+v", out)
		}
	}},
	{"what another source holds is not", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3), complete)
		h.run("b", notices(1, 1, in("sports")), complete)
		if out := h.run("a", notices(2, 3), complete); out.Withdrawn != 0 {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3")
		// Now the other one may say what it says.
		h.collect("b", 0, 1, notice(1, in("sports"), title("Corrected")))
		if out := h.run("b", nil, complete); out.Withdrawn != 1 {
			t.Errorf("after the other source dropped it: %+v", out)
		}
	}},
	{"what is known to be gone is withdrawn by name", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3))
		gone := func(c *store.Collected) {
			c.Gone.IDs = []string{feeds.MintID("tokyo", "guid-1", "ja"), feeds.MintID("tokyo", "guid-2", "ja"), "urn:nobody"}
		}
		if out := h.run("a", notices(2, 3), gone); out.Withdrawn != 1 {
			t.Errorf("the outcome is %+v; what the run brought is not gone", out)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3", "withdrawal ja Notice 1")
	}},
	{"what a source of the publisher declares withdrawn is, whichever lists it", func(t *testing.T, h *house) {
		window := func(c *store.Collected) { c.Extent = ledger.Windowed }
		says := func(ns ...int) func(*store.Collected) {
			return func(c *store.Collected) {
				c.Extent = ledger.Windowed
				for _, n := range ns {
					c.Gone.Declared = append(c.Gone.Declared, ledger.Declaration{ID: fmt.Sprintf("guid-%d", n), When: h.now.Add(time.Hour)})
				}
			}
		}
		h.run("a", notices(1, 6), window)
		h.run("b", notices(1, 2), window)
		if out := h.run("a", notices(2, 6), says(1, 2, 99)); out.Withdrawn != 1 || out.Held != nil {
			t.Errorf("the first: %+v", out)
		}
		if out := h.run("b", notices(1, 2), window); out.Returned != 0 || out.Changed != 0 {
			t.Errorf("the other source lists it still: %+v", out)
		}
		if out := h.run("a", notices(2, 6), says(1)); out.Withdrawn != 0 || out.Held != nil {
			t.Errorf("again: %+v", out)
		}
		if out := h.run("b", append(notices(1, 1, title("Notice 1, anew")), notices(2, 2)...), window); out.Returned+out.Changed != 0 {
			t.Errorf("who does not own it has nothing new to say: %+v", out)
		}
		if out := h.run("a", notices(1, 6), window); out.Returned != 1 {
			t.Errorf("its own source lists it anew: %+v", out)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3", "new ja Notice 4", "new ja Notice 5", "new ja Notice 6",
			"withdrawal ja Notice 1", "new ja Notice 1")
	}},
	{"too many that are declared at once wait for a person, and no longer than they are declared", func(t *testing.T, h *house) {
		window := func(c *store.Collected) { c.Extent = ledger.Windowed }
		says := func(c *store.Collected) {
			c.Extent = ledger.Windowed // without dates
			for n := 1; n <= 4; n++ {
				c.Gone.Declared = append(c.Gone.Declared, ledger.Declaration{ID: fmt.Sprintf("guid-%d", n)})
			}
		}
		h.run("a", notices(1, 12), window)
		if out := h.run("a", notices(5, 12), says); out.Held == nil || out.Withdrawn != 0 || out.Run.Outcome != store.RunHeld {
			t.Errorf("four of twelve: %+v", out)
		}
		if out := h.run("a", notices(5, 12), window); out.Held != nil || len(must(h.Holds(t.Context()))(t)) != 0 {
			t.Errorf("no longer declared: %+v", out)
		}
		h.run("a", notices(5, 12), says)
		must(h.Release(t.Context(), "a", h.now))(t)
		if out := h.run("a", notices(5, 12), says); out.Withdrawn != 4 || len(must(h.Holds(t.Context()))(t)) != 0 {
			t.Errorf("released: %+v", out)
		}
	}},
	{"what comes back is live again under its old id", func(t *testing.T, h *house) {
		h.run("a", append(notices(1, 2, hint("s")), notice(3, hint("s"), language("en"))), complete)
		id := h.article("Notice 1").ID
		h.run("a", []feeds.Article{notice(3, hint("s"), language("en"))}, complete)
		out := h.run("a", []feeds.Article{notice(3, hint("s"), language("en")), notice(1, hint("s"))}, complete)
		if out.Returned != 1 || out.New != 0 {
			t.Errorf("the outcome is %+v", out)
		}
		if a := h.article("Notice 1"); a.ID != id || !a.Withdrawn.IsZero() || a.Revision != 1 {
			t.Errorf("it came back as %+v", a)
		}
		h.run("a", []feeds.Article{notice(1, hint("s"), title("Notice 1, new"))}, complete)
		h.run("a", []feeds.Article{}, complete)
		h.run("a", []feeds.Article{notice(1, hint("s"), title("Notice 1, newer"))}, complete)
		h.wantLog("new ja Notice 1", "translation ja Notice 2", "translation en Notice 3",
			"withdrawal ja Notice 1", "withdrawal ja Notice 2",
			"translation ja Notice 1",
			"withdrawal en Notice 3", "correction ja Notice 1, new",
			"withdrawal ja Notice 1, new",
			"new ja Notice 1, newer")
	}},
	{"more than three and more than a fifth wait for a person, and the rest goes through", func(t *testing.T, h *house) {
		h.run("a", notices(1, 19), complete)
		out := h.run("a", notices(5, 20), complete) // 4 of 19 are missing
		if out.Held == nil || out.Withdrawn != 0 || out.New != 1 {
			t.Fatalf("the outcome is %+v", out)
		}
		held := h.now
		h.run("a", notices(5, 21), complete)
		h.run("a", notices(5, 21), complete)
		holds := must(h.Holds(t.Context()))(t)
		if len(holds) != 1 || holds[0].Source != "a" || !holds[0].Since.Equal(held) || len(holds[0].Articles) != 4 || !strings.Contains(holds[0].Reason, "4 of 21") {
			t.Fatalf("the holds are %+v", holds)
		}
		if r := must(h.LastRuns(t.Context()))(t)["a"]; r.Outcome != store.RunHeld {
			t.Errorf("the run is %+v", r)
		}

		// The hold survives a restart.
		again := open(t, h.address)
		if ok := must(again.Release(t.Context(), "a", h.now))(t); !ok {
			t.Fatal("nothing to release")
		}
		out = h.run("a", notices(5, 21), complete)
		if out.Held != nil || out.Withdrawn != 4 {
			t.Errorf("after the release: %+v", out)
		}
		if holds := must(h.Holds(t.Context()))(t); len(holds) != 0 {
			t.Errorf("left are %+v", holds)
		}
		if ok := must(h.Release(t.Context(), "a", h.now))(t); ok {
			t.Error("something is left to release")
		}
	}},
	{"three, or a fifth, go at once", func(t *testing.T, h *house) {
		h.run("a", notices(1, 20), complete)
		if out := h.run("a", notices(5, 20), complete); out.Held != nil || out.Withdrawn != 4 {
			t.Errorf("4 of 20: %+v", out)
		}
		h.run("b", notices(31, 34), complete)
		if out := h.run("b", notices(34, 34), complete); out.Held != nil || out.Withdrawn != 3 {
			t.Errorf("3 of 4: %+v", out)
		}
	}},
	{"a run may bring its release along", func(t *testing.T, h *house) {
		h.run("a", notices(1, 10), complete)
		if out := h.run("a", nil, complete); out.Held == nil {
			t.Errorf("an empty source: %+v", out)
		}
		out := h.run("a", nil, complete, func(c *store.Collected) { c.Release = true })
		if out.Withdrawn != 10 || len(must(h.Holds(t.Context()))(t)) != 0 {
			t.Errorf("released: %+v", out)
		}
	}},
	{"many are withdrawn in parts, once a person said so", func(t *testing.T, h *house) {
		h.run("a", notices(1, 250), complete)
		h.run("a", notices(250, 250), complete)
		must(h.Release(t.Context(), "a", h.now))(t)
		out := h.run("a", notices(250, 250), complete)
		if out.Withdrawn != 249 || out.Held != nil || out.Run.Withdrawn != 249 || len(must(h.Holds(t.Context()))(t)) != 0 {
			t.Errorf("the outcome is %+v", out)
		}
		if runs := must(h.Runs(t.Context(), "a", 10))(t); len(runs) != 3 {
			t.Errorf("there are %d runs, want 3", len(runs))
		}
	}},
	{"what is there and can't be read is not withdrawn", func(t *testing.T, h *house) {
		h.run("a", append(notices(1, 1, hint("s")), notices(2, 3)...), complete)
		unread := func(c *store.Collected) { c.Unread = []string{"s"} }
		if out := h.run("a", notices(3, 3), complete, unread); out.Withdrawn != 1 {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3", "withdrawal ja Notice 2")
	}},
	{"a hold ends when its articles are back", func(t *testing.T, h *house) {
		h.run("a", notices(1, 10), complete)
		h.run("a", notices(1, 2), complete)
		if out := h.run("a", notices(1, 10), complete); out.Held != nil || out.Unchanged != 10 {
			t.Errorf("the outcome is %+v", out)
		}
		if holds := must(h.Holds(t.Context()))(t); len(holds) != 0 {
			t.Errorf("left are %+v", holds)
		}
	}},
	{"a large complete source is compared as a whole", func(t *testing.T, h *house) {
		if out := h.run("a", notices(1, 250), complete); out.New != 250 || out.Withdrawn != 0 {
			t.Errorf("the outcome is %+v", out)
		}
		if out := h.run("a", notices(1, 250), complete); out.Unchanged != 250 || out.Withdrawn != 0 {
			t.Errorf("again: %+v", out)
		}
		if out := h.run("a", append(notices(3, 250), notices(251, 252)...), complete); out.New != 2 || out.Withdrawn != 2 {
			t.Errorf("two come, two go: %+v", out)
		}
		if r := must(h.LastRuns(t.Context()))(t)["a"]; r.New != 2 || r.Withdrawn != 2 || r.Unchanged != 248 {
			t.Errorf("the run is %+v", r)
		}
	}},
}
