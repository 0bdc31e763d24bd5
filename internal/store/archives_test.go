package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var archiveBullets = []bullet{
	{"a cut is stored once, and never moves", func(t *testing.T, h *house) {
		closeIt := func(n int, since, until int64, body string) bool {
			return must(h.CloseArchive(t.Context(), "ja/all", feeds.Cut{Archive: n, Since: since, Until: until},
				[]feeds.Document{document(feeds.RSS, n, body, noon)}, 0, noon))(t)
		}
		if c := must(h.LastCut(t.Context(), "ja/all"))(t); c != (feeds.Cut{}) {
			t.Errorf("before the first: %+v", c)
		}
		for _, c := range []struct {
			says         string
			n            int
			since, until int64
			want         bool
		}{
			{"the second before the first", 2, 10, 20, false},
			{"one that begins behind a gap", 1, 5, 10, false},
			{"the first", 1, 0, 10, true},
			{"the first again", 1, 0, 12, false},
			{"the second, with a gap", 2, 12, 20, false},
			{"the second", 2, 10, 20, true},
		} {
			if got := closeIt(c.n, c.since, c.until, c.says); got != c.want {
				t.Errorf("%s: closed %v", c.says, got)
			}
		}
		if c := must(h.LastCut(t.Context(), "ja/all"))(t); c != (feeds.Cut{Archive: 2, Since: 10, Until: 20}) {
			t.Errorf("the last cut is %+v", c)
		}
		if c, ok, err := h.Cut(t.Context(), "ja/all", 1); c != (feeds.Cut{Archive: 1, Until: 10}) || !ok || err != nil {
			t.Errorf("the first is %+v, %v, %v", c, ok, err)
		}
		if _, ok, err := h.Cut(t.Context(), "ja/all", 3); ok || err != nil {
			t.Errorf("the third: %v, %v", ok, err)
		}
		if d, ok, _ := h.Document(t.Context(), feeds.DocumentKey{Channel: "ja/all", Format: feeds.RSS, Archive: 1}); !ok || string(d.Body) != "the first" || d.Revision == 0 {
			t.Errorf("its document is %+v", d)
		}
		if c := must(h.LastCut(t.Context(), "en/all"))(t); c != (feeds.Cut{}) {
			t.Errorf("another channel has %+v", c)
		}
		if err := h.DropChannel(t.Context(), "ja/all"); err != nil {
			t.Fatal(err)
		}
		if c := must(h.LastCut(t.Context(), "ja/all"))(t); c != (feeds.Cut{}) {
			t.Errorf("after it was dropped: %+v", c)
		}
	}},
	{"an archive of another channel or number is refused", func(t *testing.T, h *house) {
		for _, d := range []feeds.Document{document(feeds.RSS, 2, "x", noon), {DocumentKey: feeds.DocumentKey{Channel: "en/all", Format: feeds.RSS, Archive: 1}}} {
			if _, err := h.CloseArchive(t.Context(), "ja/all", feeds.Cut{Archive: 1, Until: 9}, []feeds.Document{d}, 0, noon); err == nil {
				t.Errorf("%v: no error", d.DocumentKey)
			}
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
			{store.RecordFilter{Languages: []string{"ja", "en"}}, 3, 2, []int64{4, 5}},
			{store.RecordFilter{Languages: []string{"en", "ja"}}, 4, 9, []int64{5, 6}},
			{store.RecordFilter{Languages: []string{"th"}}, 7, 3, nil},
			{store.RecordFilter{Languages: []string{}}, 0, 3, nil},
			{store.RecordFilter{Category: "sports"}, 6, 3, []int64{7}},
			{store.RecordFilter{Category: "culture", Languages: []string{"th", "ja"}}, 3, 9, []int64{4, 5, 7}},
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
		if got := h.marks(); !slices.Contains(got, "ja/all!") || !slices.Contains(got, "ja/culture!") {
			t.Errorf("marked are %q", got)
		}
		if got := must(h.Erased(t.Context(), []string{a.ID, h.article("Notice 2").ID}))(t); len(got) != 1 || !got[a.ID].Equal(h.now) {
			t.Errorf("erased are %v", got)
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
		first := must(h.Erased(t.Context(), []string{a.ID}))(t)[a.ID]
		h.now = h.now.Add(1)
		if out := must(h.Erase(t.Context(), store.Erasure{ID: a.ID, Reason: "again", Now: h.now}))(t); !out.Again {
			t.Errorf("the second time: %+v", out)
		}
		if got := must(h.Erased(t.Context(), []string{a.ID}))(t)[a.ID]; !got.Equal(first) {
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
		put := func(n int, since, until, erasures int64) bool {
			return must(h.CloseArchive(t.Context(), "ja/all", feeds.Cut{Archive: n, Since: since, Until: until},
				[]feeds.Document{document(feeds.RSS, n, "x", noon), document(feeds.Atom, n, "x", noon)}, erasures, noon))(t)
		}
		put(1, 0, 1, 0)
		put(2, 1, 2, 0)
		put(3, 2, 3, 0)
		a := h.article("Notice 3")
		key := func(f feeds.Format, n int) feeds.DocumentKey {
			return feeds.DocumentKey{Channel: "ja/all", Format: f, Archive: n}
		}
		want := []feeds.DocumentKey{key(feeds.Atom, 1), key(feeds.RSS, 1), key(feeds.Atom, 3), key(feeds.RSS, 3)}
		if got := must(h.ArchivesOf(t.Context(), a.ID))(t); !slices.Equal(got, want) {
			t.Errorf("the archives are %v, want %v", got, want)
		}
		must(h.Erase(t.Context(), store.Erasure{ID: a.ID, Reason: "r", Now: h.now}))(t)
		if put(4, 3, 4, 0) {
			t.Error("an archive was closed with what may have been erased")
		}
		if !put(4, 3, 4, 1) {
			t.Error("and can't be closed any more")
		}
	}},
}
