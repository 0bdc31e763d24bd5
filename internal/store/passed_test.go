package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// wantPassed wants a run to say, once, that notices may have been missed, or not to.
func (h *house) wantPassed(want bool, out store.Outcome) {
	h.Helper()
	said, wantSaid, outcome := 0, 0, store.RunOK
	if want {
		wantSaid, outcome = 1, store.RunPartial
	}
	for _, p := range out.Run.Problems {
		if strings.HasPrefix(p, "window-passed: ") {
			said++
		}
	}
	stored := must(h.Runs(h.Context(), out.Run.Source, 1))(h)[0]
	if said != wantSaid || stored.Outcome != outcome || !slices.Equal(stored.Problems, out.Run.Problems) {
		h.Errorf("the outcome is %+v, stored is %+v; want it to say that notices may be missing: %v", out, stored, want)
	}
}

var passedBullets = []bullet{
	{"a window that has moved past all that was known is told once", func(t *testing.T, h *house) {
		etag := func(c *store.Collected) { c.Extent, c.State.ETag = ledger.Windowed, `"1"` }
		h.wantPassed(false, h.run("a", notices(1, 10), windowed))
		read := h.now.UTC().Format("2006-01-02T15:04:05Z")
		out := h.run("a", notices(26, 35), etag)
		h.wantPassed(true, out)
		if !strings.Contains(out.Passed, "none of its 10 entries") || !strings.Contains(out.Passed, "since "+read) {
			t.Errorf("it says %q", out.Passed)
		}
		if s, _, _ := h.SourceState(t.Context(), "a"); s.ETag != `"1"` {
			t.Errorf("its validators were dropped: %+v", s)
		}
		h.wantPassed(false, h.run("a", notices(26, 35), etag))
		h.wantPassed(false, h.run("a", notices(35, 44), etag))
		h.wantPassed(true, h.run("a", notices(50, 59), etag))
	}},
	{"more than a transaction takes says so once", func(t *testing.T, h *house) {
		h.run("a", notices(1, 200), windowed)
		h.wantPassed(true, h.run("a", notices(501, 750), windowed))
		h.wantPassed(false, h.run("a", notices(501, 750), windowed))
	}},
	{"what other sources had says nothing of a window", func(t *testing.T, h *house) {
		h.run("a", notices(1, 5), windowed)
		h.run("b", notices(21, 25), windowed)
		h.wantPassed(true, h.run("a", notices(21, 26), windowed))
	}},
	{"one known entry is enough, also under other keys or in another language", func(t *testing.T, h *house) {
		for name, known := range map[string]feeds.Article{
			"the same":              notice(1),
			"its headline mended":   notice(1, title("Mended")),
			"another GUID":          notice(1, key("other")),
			"another language":      notice(1, language("en")),
			"a title and a date":    notice(1, key("other"), link("https://other.example/one")),
			"a withdrawn one again": notice(3),
		} {
			inside := func(a feeds.Article) feeds.Article { return with([]feeds.Article{a}, 0, of(name))[0] }
			h.run(name, []feeds.Article{inside(notice(1)), inside(notice(2)), inside(notice(3))}, windowed)
			for _, r := range h.recordsOf(name) {
				if a := must(h.Articles(t.Context(), []store.ArticleRevision{{ID: r.Article, Revision: 1}}))(t); len(a) == 1 && a[store.ArticleRevision{ID: r.Article, Revision: 1}].Title == "Notice 3" {
					h.run(name, nil, func(c *store.Collected) { c.Gone.IDs = []string{r.Article} })
				}
			}
			out := h.run(name, []feeds.Article{inside(notice(31)), inside(notice(30)), inside(known)}, windowed)
			if out.Passed != "" {
				t.Errorf("%s: %q", name, out.Passed)
			}
		}
	}},
}
