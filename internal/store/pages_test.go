package store_test

import (
	"maps"
	"testing"

	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// keeps has a run change what is kept of pages.
func keeps(put []store.KeptPage, drop ...string) func(*store.Collected) {
	return func(c *store.Collected) { c.Pages = store.PageChanges{Put: put, Drop: drop} }
}

// wantPages wants what is kept of the pages of a source: the state and the text of each.
func (h *house) wantPages(source string, want map[string]string) {
	h.Helper()
	states := must(h.PageStates(h.Context(), source))(h)
	var keys []string
	for key := range states {
		keys = append(keys, key)
	}
	texts := must(h.PageTexts(h.Context(), source, append(keys, "another")))(h)
	got := map[string]string{}
	for key, state := range states {
		got[key] = state + " " + texts[key]
	}
	if !maps.Equal(got, want) {
		h.Errorf("of the pages of %s is kept %q, want %q", source, got, want)
	}
}

var pageBullets = []bullet{
	{"what is kept of pages goes with the run, be there news or none", func(t *testing.T, h *house) {
		h.run("a", notices(1, 2), keeps([]store.KeptPage{{Page: "1", State: "s1", Text: "t1"}, {Page: "2", State: "s2"}}))
		h.run("b", notices(3, 3), keeps([]store.KeptPage{{Page: "1", State: "other"}}))
		h.wantPages("a", map[string]string{"1": "s1 t1", "2": "s2 "})
		h.run("a", notices(1, 2), keeps([]store.KeptPage{{Page: "1", State: "s1b"}, {Page: "2", State: "s2b", Text: "t2"}}))
		h.wantPages("a", map[string]string{"1": "s1b t1", "2": "s2b t2"})
		h.run("a", nil, keeps(nil, "1"))
		h.wantPages("a", map[string]string{"2": "s2b t2"})
		h.wantPages("b", map[string]string{"1": "other "})
	}},
	{"what is kept of pages that are known stays while a run is held", func(t *testing.T, h *house) {
		h.document("a", 0, 8, 0, notices(1, 8), keeps([]store.KeptPage{{Page: "1", State: "s1", Text: "t1"}}))
		h.document("a", 2, 0, 0, notices(1, 2), keeps([]store.KeptPage{{Page: "1", State: "changed", Text: "changed"}, {Page: "9", State: "s9", Text: "t9"}}, "1"))
		h.wantHolds("a", ledger.HoldItems)
		h.wantPages("a", map[string]string{"1": "s1 t1", "9": "s9 t9"})
	}},
	{"what failed with its run keeps no page", func(t *testing.T, h *house) {
		_, err := h.Collect(h.Context(), store.Collected{
			Run: store.Run{Source: "a", Started: h.now}, State: store.SourceState{ID: "a"}, Pages: store.PageChanges{Put: []store.KeptPage{{Page: "1", State: "s"}}},
			Brought: ledger.Brought{Articles: append(notices(1, 1), notice(2, of("seoul"))), Now: h.now},
		})
		if err == nil {
			t.Error("articles of two publishers are one run")
		}
		h.wantPages("a", map[string]string{})
	}},
	{"pages of sources that are no more are removed, a batch at a time", func(t *testing.T, h *house) {
		page := func(key string) store.KeptPage { return store.KeptPage{Page: key, State: "s"} }
		h.run("a", notices(1, 1), keeps([]store.KeptPage{page("1"), page("2")}))
		h.run("b", notices(2, 2), keeps([]store.KeptPage{page("1"), page("2"), page("3")}))
		for _, want := range []int64{2, 1, 0} {
			if n := must(h.PrunePages(t.Context(), []string{"a", "c"}, 2))(h); n != want {
				t.Errorf("%d were removed, want %d", n, want)
			}
		}
		h.wantPages("a", map[string]string{"1": "s ", "2": "s "})
		h.wantPages("b", map[string]string{})
	}},
}
