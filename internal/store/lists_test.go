package store_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// listedAs says of articles what a sitemap does: titles, and behind each the languages of
// its versions.
func listedAs(all []store.Listed) (told []string) {
	for _, l := range all {
		var languages []string
		for _, v := range l.Versions {
			languages = append(languages, v.Language)
		}
		told = append(told, l.Article.Title+" ("+strings.Join(languages, " ")+")")
	}
	return told
}

func (h *house) wantListed(all []store.Listed, err error, want ...string) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
	if got := fmt.Sprint(listedAs(all)); got != fmt.Sprint(want) {
		h.Errorf("listed are %s, want %s", got, fmt.Sprint(want))
	}
}

// wantParts wants these parts, and for each whether it has changed since a time.
func (h *house) wantParts(since time.Time, languages []string, want map[int]bool) {
	h.Helper()
	parts := must(h.ListParts(h.Context(), 3, languages))(h.T)
	got, last := map[int]bool{}, 0
	for _, p := range parts {
		if p.N <= last {
			h.Errorf("part %d stands behind %d", p.N, last)
		}
		last = p.N
		got[p.N] = p.Modified.After(since)
	}
	if !maps.Equal(got, want) {
		h.Errorf("the parts are %v, want %v", got, want)
	}
}

var listingBullets = []bullet{
	{"all live articles are listed in parts that keep their articles", func(t *testing.T, h *house) {
		h.wantParts(noon, []string{"ja"}, map[int]bool{})
		english := func(a *feeds.Article) { a.Language, a.Title, a.StoryHint = "en", "Notice 1 in English", "one" }
		h.run("a", append(notices(1, 5), notice(6, english)), complete)
		hinted := func(a *feeds.Article) { a.StoryHint = "one" }
		before := h.now
		h.wantParts(before.Add(-time.Hour), []string{"ja"}, map[int]bool{1: true, 2: true})
		h.wantParts(before, []string{"ja", "en"}, map[int]bool{1: false, 2: false})
		h.wantParts(before, []string{"th"}, map[int]bool{})
		h.wantParts(before, nil, map[int]bool{})
		h.aDayLater()
		h.run("b", []feeds.Article{notice(7, hinted)})
		h.wantParts(before, []string{"ja"}, map[int]bool{1: false, 2: false, 3: true})
		h.wantParts(before, []string{"en"}, map[int]bool{2: false})
		first, err := h.ListPart(t.Context(), 3, 1)
		h.wantListed(first, err, "Notice 1 (ja)", "Notice 2 (ja)", "Notice 3 (ja)")
		second, err := h.ListPart(t.Context(), 3, 2)
		h.wantListed(second, err, "Notice 4 (ja)", "Notice 5 (ja)", "Notice 1 in English (en ja)")
		third, err := h.ListPart(t.Context(), 3, 3)
		h.wantListed(third, err, "Notice 7 (en ja)")
		if got := third[0]; !got.Modified.Equal(h.now) || got.Article.Publisher != "tokyo" || got.Article.Slug == "" || got.Article.PublishedDay {
			t.Errorf("listed is %+v", got)
		}
		if got, err := h.ListPart(t.Context(), 3, 4); err != nil || len(got) != 0 {
			t.Errorf("a part behind the last has %v, %v", got, err)
		}
		// What is withdrawn leaves its part, and the part says that it changed.
		h.aDayLater()
		before = h.now.Add(-time.Hour)
		h.run("a", append(notices(2, 5), notice(6, english)), complete)
		h.wantParts(before, []string{"ja"}, map[int]bool{1: true, 2: false, 3: false})
		first, err = h.ListPart(t.Context(), 3, 1)
		h.wantListed(first, err, "Notice 2 (ja)", "Notice 3 (ja)")
	}},
	{"what is recent is counted back from the newest record", func(t *testing.T, h *house) {
		if got, err := h.ListRecent(t.Context(), time.Hour, 10); err != nil || len(got) != 0 {
			t.Errorf("of an empty log %v, %v", got, err)
		}
		at := func(published time.Time) func(*feeds.Article) {
			return func(a *feeds.Article) { a.Published, a.PublishedDay = published, published.Equal(noon) }
		}
		h.now = noon.Add(24 * time.Hour)
		h.run("a", []feeds.Article{
			notice(1, at(noon)), notice(2, at(noon.Add(-time.Hour))), notice(3, at(noon.Add(time.Hour))),
			notice(4, at(h.now.Add(2*time.Hour))), // will be, and is not yet
		}, complete)
		got, err := h.ListRecent(t.Context(), h.now.Sub(noon)+time.Minute, 10)
		h.wantListed(got, err, "Notice 3 (ja)", "Notice 1 (ja)")
		if !got[1].Article.PublishedDay || got[0].Article.PublishedDay || !got[1].Article.Published.Equal(noon) {
			t.Errorf("published: %v, %v", got[0].Article.Published, got[1].Article.Published)
		}
		got, err = h.ListRecent(t.Context(), 48*time.Hour, 1)
		h.wantListed(got, err, "Notice 3 (ja)")
	}},
	{"the newest live notice of a publisher is known", func(t *testing.T, h *house) {
		seoul := func(a *feeds.Article) { a.Publisher = "seoul" }
		h.run("a", notices(1, 3), complete)
		h.run("b", []feeds.Article{notice(9, seoul)})
		h.aDayLater()
		h.run("a", notices(1, 2), complete)
		got := must(h.NewestOf(t.Context(), []string{"tokyo", "seoul", "nobody"}))(t)
		want := map[string]time.Time{"tokyo": noon.Add(2 * time.Minute), "seoul": noon.Add(9 * time.Minute)}
		if !maps.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("newest are %v, want %v", got, want)
		}
	}},
}
