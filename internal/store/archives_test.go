package store_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var archiveBullets = []bullet{
	{"a cut is stored once, and never moves", func(t *testing.T, h *house) {
		if c := must(h.LastCut(t.Context(), channelNamed("ja/all")))(t); c.Archive != 0 {
			t.Errorf("before the first: %+v", c)
		}
		for _, c := range []struct {
			says string
			cuts []feeds.Cut
			want bool
		}{
			{"the second before the first", []feeds.Cut{{Archive: 2, Since: 10, Until: 20}}, false},
			{"one that begins behind a gap", []feeds.Cut{{Archive: 1, Since: 5, Until: 10}}, false},
			{"the first, and behind a gap the second", []feeds.Cut{{Archive: 1, Until: 10}, {Archive: 2, Since: 11, Until: 20}}, false},
			{"the first and the second", []feeds.Cut{{Archive: 1, Until: 10, Languages: []string{"ja", "en"}}, {Archive: 2, Since: 10, Until: 20}}, true},
			{"the first again", []feeds.Cut{{Archive: 1, Until: 12}}, false},
			{"the third, with a gap", []feeds.Cut{{Archive: 3, Since: 22, Until: 30}}, false},
			{"the third", []feeds.Cut{{Archive: 3, Since: 20, Until: 30}}, true},
		} {
			if got := h.cut("ja/all", 0, c.cuts...); got != c.want {
				t.Errorf("%s: closed %v", c.says, got)
			}
		}
		if c := must(h.LastCut(t.Context(), channelNamed("ja/all")))(t); !reflect.DeepEqual(c, feeds.Cut{Archive: 3, Since: 20, Until: 30}) {
			t.Errorf("the last cut is %+v", c)
		}
		if c, ok, err := h.Cut(t.Context(), channelNamed("ja/all"), 1); !reflect.DeepEqual(c, feeds.Cut{Archive: 1, Until: 10, Languages: []string{"ja", "en"}}) || !ok || err != nil {
			t.Errorf("the first is %+v, %v, %v", c, ok, err)
		}
		if _, ok, err := h.Cut(t.Context(), channelNamed("ja/all"), 4); ok || err != nil {
			t.Errorf("the fourth: %v, %v", ok, err)
		}
		if c := must(h.LastCut(t.Context(), channelNamed("en/all")))(t); c.Archive != 0 {
			t.Errorf("another channel has %+v", c)
		}
		if err := h.DropChannel(t.Context(), channelNamed("ja/all")); err != nil {
			t.Fatal(err)
		}
		if c := must(h.LastCut(t.Context(), channelNamed("ja/all")))(t); c.Archive != 0 {
			t.Errorf("after it was dropped: %+v", c)
		}
	}},
	{"records are read from the beginning, by language, category and publisher", func(t *testing.T, h *house) {
		h.collect("a", 5, 0, notices(1, 5)...)
		h.collect("b", 2, 0, notice(6, language("en"), in("sports")), notice(7, language("th"), in("sports", "culture")))
		h.collect("c", 1, 0, notice(8, of("seoul"), language("ko")))
		for _, c := range []struct {
			filter store.RecordFilter
			after  int64
			limit  int
			want   []int64
		}{
			{store.RecordFilter{}, 0, 3, []int64{1, 2, 3}},
			{store.RecordFilter{}, 6, 10, []int64{7, 8}},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"ja", "en"}}}, 3, 2, []int64{4, 5}},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"en", "ja"}}}, 4, 9, []int64{5, 6}},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"th"}}}, 7, 3, nil},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{}}}, 0, 3, nil},
			{widened(feeds.Chain{"ja", "*"}, 6, "ja"), 3, 9, []int64{4, 5, 7, 8}},
			{widened(feeds.Chain{"ja", "*"}, 6, "ja"), 4, 2, []int64{5, 7}},
			{widened(feeds.Chain{"ja", "*"}, 6, "ja"), 7, 9, []int64{8}},
			{widened(feeds.Chain{"th", "en"}, 6, "ja"), 0, 9, []int64{1, 2, 3, 4, 5, 7}},
			{store.RecordFilter{Category: "sports"}, 6, 3, []int64{7}},
			{store.RecordFilter{Category: "culture", Languages: feeds.Accepted{Chain: feeds.Chain{"th", "ja"}}}, 3, 9, []int64{4, 5, 7}},
			{store.RecordFilter{Publisher: "seoul"}, 0, 3, []int64{8}},
		} {
			var got []int64
			for _, r := range must(h.ChannelRecordsAfter(t.Context(), c.filter, c.after, c.limit))(t) {
				got = append(got, r.Seq)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v after %d: %v, want %v", c.filter, c.after, got, c.want)
			}
		}
	}},
}

var erasureBullets = []bullet{
	{"what was erased has no text in any revision, and is withdrawn", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, title("Secret one")), notice(2))
		h.collect("a", 0, 1, notice(1, title("Secret two")))
		h.marks()
		a := h.article("Secret two")
		out := must(h.Erase(t.Context(), store.Erasure{ID: a.ID, Reason: "court order", Touched: site.Touched, Now: h.now}))(t)
		if out.ID != a.ID || out.Revisions != 2 || out.Again || !slices.Equal(out.Links, []string{"https://city.example/1"}) {
			t.Errorf("the outcome is %+v", out)
		}
		found := must(h.Articles(t.Context(), []store.ArticleRevision{{ID: a.ID, Revision: 1}, {ID: a.ID, Revision: 2}}))(t)
		if len(found) != 2 {
			t.Errorf("%d revisions are left, want 2", len(found))
		}
		for r, left := range found {
			if left.Title+left.Summary+left.Content+left.Link+left.Rights != "" || left.Authors != nil || left.Terms != nil || left.Withdrawn.IsZero() {
				t.Errorf("left of %v is %+v", r, left)
			}
		}
		h.wantLog("new ja ", "new ja Notice 2", "correction ja ", "withdrawal ja ")
		if got := h.pastMarks(); !slices.Contains(got, "ja/all!~") || !slices.Contains(got, "ja/culture!~") {
			t.Errorf("marked are %q", got)
		}
		if when, other := h.erased(a.ID), h.erased(h.article("Notice 2").ID); !when.Equal(h.now) || !other.IsZero() {
			t.Errorf("it was erased at %v, another at %v", when, other)
		}
		if n := must(h.PastChanges(t.Context()))(t); n != 1 {
			t.Errorf("%d erasures", n)
		}
		if out := h.collect("a", 0, 0, notice(1, title("Secret two")), notice(2)); len(out.Problems) != 0 {
			t.Errorf("of what its source still has operators are told %q", out.Problems)
		}
	}},
	{"what was erased does not come back", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, title("Secret")))
		a := h.article("Secret")
		must(h.Erase(t.Context(), store.Erasure{ID: a.Slug, Reason: "court order", Now: h.now}))(t)
		for _, again := range []feeds.Article{
			notice(1, title("Secret")), notice(1, title("Secret, corrected")), notice(1, title("Secret"), in("sports")),
		} {
			if out := h.run("a", []feeds.Article{again}, complete); out.New+out.Changed+out.Returned+out.Refiled != 0 {
				t.Errorf("%q came back: %+v", again.Title, out)
			}
			h.run("b", []feeds.Article{again})
		}
		h.wantLog("new ja ", "withdrawal ja ")
		first := h.erased(a.ID)
		h.now = h.now.Add(1)
		if out := must(h.Erase(t.Context(), store.Erasure{ID: a.ID, Reason: "again", Now: h.now}))(t); !out.Again {
			t.Errorf("the second time: %+v", out)
		}
		if got := h.erased(a.ID); !got.Equal(first) {
			t.Errorf("the time became %v", got)
		}
	}},
	{"an erasure needs an article and a reason", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		if _, err := h.Erase(t.Context(), store.Erasure{ID: "urn:none", Reason: "r", Now: h.now}); !errors.Is(err, store.ErrNoArticle) {
			t.Errorf("an unknown article: %v", err)
		}
		if _, err := h.Erase(t.Context(), store.Erasure{ID: h.article("Notice 1").ID, Reason: " ", Now: h.now}); err == nil || !strings.Contains(err.Error(), "reason") {
			t.Errorf("no reason: %v", err)
		}
	}},
	{"an erasure finds the archives of its story, and keeps new ones from being closed with what was read before", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, hint("s")))
		h.collect("a", 1, 0, notice(2))
		h.collect("a", 1, 0, notice(3, hint("s"), language("en")))
		cut := func(n int, past int64) bool {
			return h.cut("ja/all", past, feeds.Cut{Archive: n, Since: int64(n) - 1, Until: int64(n)})
		}
		cut(1, 0)
		cut(2, 0)
		cut(3, 0)
		a := h.article("Notice 3")
		want := []store.Archive{{Channel: channelNamed("ja/all"), N: 1}, {Channel: channelNamed("ja/all"), N: 3}}
		if got := must(h.ArchivesOf(t.Context(), a.ID))(t); !slices.Equal(got, want) {
			t.Errorf("the archives are %v, want %v", got, want)
		}
		must(h.Erase(t.Context(), store.Erasure{ID: a.ID, Reason: "r", Now: h.now}))(t)
		if cut(4, 0) {
			t.Error("an archive was closed with what may have been erased")
		}
		if !cut(4, 1) {
			t.Error("and can't be closed any more")
		}
	}},
	{"an erasure raises both revisions of what showed the article, at once", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2, in("sports")))
		h.marks() // and publishes
		before := must(h.Channels(t.Context()))(t)
		must(h.Erase(t.Context(), store.Erasure{ID: h.article("Notice 1").ID, Reason: "r", Touched: site.Touched, Now: h.now}))(t)
		for channel, is := range must(h.Channels(t.Context()))(t) {
			was := before[channel]
			if shows := channel.Name != "sports"; shows {
				if is.Revision < was.Revision+1000 || is.Past != is.Revision || is.Seq != 3 {
					t.Errorf("%s is %+v after %+v", channel, is, was)
				}
			} else if is != was {
				t.Errorf("%s, which did not show it, is %+v after %+v", channel, is, was)
			}
		}
	}},
	{"an erasure takes the last documents away that show the article", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		h.marks()
		a := h.article("Notice 1")
		h.end("ja/all", "about "+a.ID)
		h.end("ja/culture", "about nothing")
		out := must(h.Erase(t.Context(), store.Erasure{ID: a.ID, Reason: "r", Touched: site.Touched, Now: h.now}))(t)
		if len(out.Buried) != 1 || out.Buried[0].Channel != channelNamed("ja/all") {
			t.Errorf("buried are %+v", out.Buried)
		}
		if state := h.channel("ja/all"); state.Status != feeds.ChannelGone || state.Past != state.Revision {
			t.Errorf("its channel is %+v", state)
		}
		if state := h.channel("ja/culture"); state.Status != feeds.ChannelEnded || state.Past != state.Revision {
			t.Errorf("the other is %+v", state)
		}
	}},
}

// erased is when an article was erased.
func (h *house) erased(id string) time.Time {
	h.Helper()
	a, ok, err := h.ArticleBySlug(h.Context(), feeds.Slug(id))
	if err != nil || !ok {
		h.Fatalf("%s: %v, %v", id, ok, err)
	}
	return a.Erased
}
