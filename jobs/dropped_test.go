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

// withText is an item with that HTML for its text.
func withText(n int, text string) string {
	return strings.Replace(item(n, fmt.Sprintf("Notice %d", n)), "What the city has to say.", "<![CDATA["+text+"]]>", 1)
}

// droppedIn returns what a run says that had to go; "" for nothing.
func droppedIn(r store.Run) string {
	i := slices.IndexFunc(r.Problems, func(p string) bool { return strings.HasPrefix(p, "dropped: ") })
	if i < 0 {
		return ""
	}
	said, _, _ := strings.Cut(r.Problems[i], ", first in")
	said, _, _ = strings.Cut(said, ", http")
	return said
}

func TestWhatHadToGoIsSaidAsLongAsItIsSo(t *testing.T) {
	const form, canvas, plain = `<p>Apply.</p><form><input name="a"></form>`, `<p>See.</p><canvas></canvas>`, `<p>All is said.</p>`
	h := newHouse(t)
	h.licence.FullText = true
	h.add("city", cityFeed, "@hourly")
	for _, step := range []struct {
		items  []string
		want   string
		remark string
	}{
		{[]string{withText(2, form), withText(1, plain)}, "dropped: 1 form in 1 article", "a form"},
		{[]string{withText(2, form), withText(1, plain)}, "", "the same document says it no second time"},
		{[]string{withText(3, canvas), withText(2, form), withText(1, plain)}, "dropped: 1 form, 1 drawing by a script in 2 articles", "a new entry beside the known"},
		{[]string{withText(4, plain), withText(3, canvas), withText(2, form)}, "dropped: 1 form, 1 drawing by a script in 2 articles", "nothing new goes, and all is still so"},
		{[]string{withText(4, plain), withText(3, plain), withText(2, form)}, "dropped: 1 form in 1 article", "one was mended"},
		{[]string{withText(5, plain), withText(4, plain), withText(3, plain)}, "", "the other has left"},
	} {
		h.serve(cityFeed, body(rss(step.items...)))
		r := h.collect("city")
		if r.Outcome != store.RunOK && r.Outcome != store.RunUnchanged || droppedIn(r) != step.want {
			t.Errorf("%s: the run is %+v, want %q", step.remark, r, step.want)
		}
		h.pass(time.Hour)
	}
}

func TestWhereSummariesArePublishedNothingIsMissing(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, body(rss(withText(1, `<p>See.</p><canvas></canvas>`))))
	if r := h.collect("city"); droppedIn(r) != "" {
		t.Errorf("the run is %+v", r)
	}
}

func TestExcludedEntriesMissNothing(t *testing.T) {
	h := newHouse(t)
	h.licence.FullText = true
	h.add("city", cityFeed, "@hourly", func(s *feeds.Source) { s.Except = feeds.Filter{Title: []string{"Notice 1"}} })
	h.serve(cityFeed, body(rss(withText(2, `<p>All.</p>`), withText(1, `<p>See.</p><canvas></canvas>`))))
	if r := h.collect("city"); droppedIn(r) != "" {
		t.Errorf("the run is %+v", r)
	}
}
