package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var defaultBullets = []bullet{
	{"a story is not filed under the default of a version where another is placed, in any order", func(t *testing.T, h *house) {
		for n, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
			versions := []feeds.Article{
				notice(10*n+1, hint(fmt.Sprint(n)), in("sports")),
				notice(10*n+2, hint(fmt.Sprint(n)), language("en"), byDefault("culture")),
				notice(10*n+3, hint(fmt.Sprint(n)), language("th"), byDefault("culture")),
			}
			batch := []feeds.Article{versions[order[0]], versions[order[1]], versions[order[2]]}
			h.collect("a", 3, 0, batch...)
			if got := h.article(versions[1].Title); !slices.Equal(got.Categories, []string{"culture"}) || !got.ByDefault || !slices.Equal(got.StoryCategories, []string{"sports"}) {
				t.Errorf("order %v: categories %q, by default %v, of the story %q", order, got.Categories, got.ByDefault, got.StoryCategories)
			}
		}
		if got := h.seqs(store.RecordFilter{Category: "culture"}); len(got) != 0 {
			t.Errorf("culture holds %v", got)
		}
		if got := h.seqs(store.RecordFilter{Category: "sports"}); len(got) != 9 {
			t.Errorf("sports holds %v", got)
		}
	}},
	{"defaults alone file a story", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, hint("s"), byDefault("culture")), notice(2, hint("s"), language("en"), byDefault("sports")))
		if got := h.article("Notice 1").StoryCategories; !slices.Equal(got, []string{"culture", "sports"}) {
			t.Errorf("the story is in %q", got)
		}
	}},
	{"a translation that is placed takes the story out of the default, and its archives stay", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, hint("s"), byDefault("culture")), notice(2))
		h.close("ja/culture", 2)
		h.marks()
		changed := h.article("Notice 1").Changed
		h.collect("a", 1, 0, notice(3, hint("s"), language("en"), in("sports")))
		h.wantLog("new ja Notice 1", "new ja Notice 2", "translation en Notice 3")
		h.wantCategory("culture", "2 Notice 2")
		if steps := h.category("sports", "en"); len(steps) != 1 || h.says(steps[0]) != "3 Notice 3" {
			t.Errorf("sports in English has %+v", steps)
		}
		h.wantCategory("sports", "1 Notice 1")
		if a := h.article("Notice 1"); a.Revision != 1 || !a.Changed.Equal(changed) || !a.Updated.IsZero() {
			t.Errorf("the article became %+v", a)
		}
		if got := h.marks(); !slices.Contains(got, "ja/culture") || !slices.Contains(got, "ja/sports") {
			t.Errorf("marked are %q", got)
		}
		if got := must(h.Left(t.Context(), "culture", []string{h.article("Notice 1").Story}))(t); len(got) != 1 {
			t.Errorf("%q have left culture", got)
		}
		// The same again moves nothing.
		h.collect("a", 0, 0, notice(1, hint("s"), byDefault("culture")), notice(2), notice(3, hint("s"), language("en"), in("sports")))
		h.wantMarks()
	}},
	{"what one source places is not filed under the default of another", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, byDefault("culture")))
		h.wantCategory("culture", "1 Notice 1")
		for range 2 {
			h.collect("b", 0, 0, notice(1, in("sports")))
			h.collect("a", 0, 0, notice(1, byDefault("culture")))
		}
		if a := h.article("Notice 1"); !slices.Equal(a.Categories, []string{"sports"}) || a.ByDefault {
			t.Errorf("the categories are %q, by default %v", a.Categories, a.ByDefault)
		}
		h.wantCategory("culture")
		h.wantCategory("sports", "1 Notice 1")
	}},
	{"what was stored before defaults were noted stays where it is until the rules change", func(t *testing.T, h *house) {
		former := []feeds.Article{notice(1, hint("s"), in("culture")), notice(2, hint("s"), language("en"), in("sports")), notice(3)}
		h.collect("a", 3, 0, former...)
		if err := h.MigrateTo(t.Context(), 11); err != nil { // as an older program has left it
			t.Fatal(err)
		}
		if err := h.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.marks()
		now := []feeds.Article{notice(1, hint("s"), byDefault("culture")), former[1], notice(3, byDefault("culture"))}
		h.collect("a", 0, 0, now...)
		h.wantMarks()
		h.wantCategory("culture", "1 Notice 1", "3 Notice 3")

		if n := h.remap(now...); n != 1 {
			t.Errorf("%d articles were filed anew, want that of the story that moves", n)
		}
		h.wantLog("new ja Notice 1", "translation en Notice 2", "new ja Notice 3")
		h.wantCategory("culture", "3 Notice 3")
		h.wantCategory("sports", "1 Notice 1")
		if a := h.article("Notice 3"); !a.ByDefault || !slices.Equal(a.StoryCategories, []string{"culture"}) {
			t.Errorf("it became %+v", a)
		}
	}},
	{"to learn that a story is filed by default marks nothing", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, in("culture")), notice(2))
		h.marks()
		if n := h.remap(notice(1, byDefault("culture")), notice(2)); n != 0 {
			t.Errorf("%d articles were filed anew", n)
		}
		h.wantMarks()
		if !h.article("Notice 1").ByDefault {
			t.Error("it was not noted")
		}
	}},
	{"a story moves once when the rules change, however far its versions lie apart", func(t *testing.T, h *house) {
		// Each version is in the default of its own source, which was not noted.
		rules := []feeds.Article{notice(1, hint("s"), byDefault("culture")), notice(2, hint("s"), language("en"), byDefault("sports"))}
		h.collect("a", 1, 0, notice(1, hint("s"), in("culture")))
		var between []feeds.Article
		for n := range 150 {
			between = append(between, notice(n+10, in("disaster-prevention")))
		}
		h.collect("a", 150, 0, between...)
		h.collect("b", 1, 0, notice(2, hint("s"), language("en"), in("sports")))
		h.close("ja/culture", 1)
		h.close("ja/sports", 1)
		h.marks()
		h.remap(append(rules, between...)...)
		h.wantMarks()
		var n int
		if err := h.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM log WHERE reason = 'filing'`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d records tell of a move, %v", n, err)
		}
		h.remap(append([]feeds.Article{rules[0], notice(2, hint("s"), language("en"), in("disaster-prevention"))}, between...)...)
		if a := h.article("Notice 1"); !slices.Equal(a.StoryCategories, []string{"disaster-prevention"}) {
			t.Errorf("the story is in %q", a.StoryCategories)
		}
		if err := h.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM log WHERE reason = 'filing'`).Scan(&n); err != nil || n != 1 {
			t.Errorf("%d records tell of the move, %v; want 1", n, err)
		}
	}},
}

// byDefault has an article be in its source's default categories, since nothing placed it.
func byDefault(categories ...string) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Categories, a.ByDefault = categories, true }
}

// remap has the rules file these articles as they are given, by their titles.
func (h *house) remap(articles ...feeds.Article) (changed int) {
	h.Helper()
	byTitle := map[string]feeds.Article{}
	for _, a := range articles {
		byTitle[a.Title] = a
	}
	n, err := h.Remap(h.Context(), store.Remapping{
		Map: func(a feeds.Article) ([]string, bool) {
			to, ok := byTitle[a.Title]
			if !ok {
				h.Errorf("asked to map %q", a.Title)
			}
			return to.Categories, to.ByDefault
		},
		Touched: site.Touched, Now: h.now,
	})
	if err != nil {
		h.Fatal(err)
	}
	return n
}
