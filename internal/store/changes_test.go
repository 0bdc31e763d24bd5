package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

var changeBullets = []bullet{
	{"title, text and enclosures make a correction, and another address none", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		a := notice(1, title("Changed"))
		h.collect("a", 0, 1, a)
		a.Content = "<p>What the city has to say now.</p>"
		h.collect("a", 0, 1, a)
		a.Link = "https://city.example/moved"
		h.collect("a", 0, 0, a)
		if got := h.article("Changed"); got.Link != a.Link {
			t.Errorf("the link is %s, want %s", got.Link, a.Link)
		}
		a.Enclosures = []feeds.Enclosure{{URL: "https://city.example/e.pdf"}}
		h.collect("a", 0, 1, a)
		if got := h.article("Changed"); got.Revision != 4 {
			t.Errorf("the revision is %d, want 4", got.Revision)
		}
		// All revisions are kept.
		first := store.ArticleRevision{ID: feeds.MintID("tokyo", "guid-1", "ja"), Revision: 1}
		old := must(h.Articles(t.Context(), []store.ArticleRevision{first}))(t)
		if len(old) != 1 || old[first].Title != "Notice 1" {
			t.Errorf("revision 1 is %+v", old)
		}
	}},
	{"an article was modified when its source says, else when the change was seen", func(t *testing.T, h *house) {
		published := notice(1).Published
		wants := func(want time.Time) {
			t.Helper()
			got := h.article("Notice 1")
			if !got.Modified.Equal(want) {
				t.Errorf("it was modified %v, want %v", got.Modified, want)
			}
			// Whoever asks for this date alone is told the same.
			revisions := []store.ArticleRevision{{ID: got.ID, Revision: got.Revision}}
			alone := must(h.Modified(t.Context(), revisions, want.Add(-time.Millisecond)))(t)
			if len(alone) != 1 || !alone[0].Modified.Equal(want) || alone[0].ID != got.ID || alone[0].Story != got.Story ||
				alone[0].Revision != got.Revision || !slices.Equal(alone[0].StoryCategories, got.StoryCategories) || alone[0].Content != "" {
				t.Errorf("modified is told as %+v, want %v", alone, want)
			}
			if since := must(h.Modified(t.Context(), revisions, want))(t); len(since) != 0 {
				t.Errorf("since then %+v was modified", since)
			}
		}
		h.collect("a", 1, 0, notice(1))
		wants(published)
		h.collect("a", 0, 1, notice(1, content("<p>The 2nd text.</p>")))
		seen := h.now
		wants(seen)
		h.collect("a", 0, 0, notice(1, content("<p>The 2nd text.</p>"), link("https://city.example/moved")))
		wants(seen)
		// What an earlier release stored has no such date.
		h.exec(`UPDATE revisions SET lists = '{}'`)
		wants(h.article("Notice 1").Changed)
		h.exec(`UPDATE articles SET revision = 1`)
		wants(published)
	}},
	{"whether only its day was told is kept with each revision, and not known of what was stored before", func(t *testing.T, h *house) {
		day := notice(1)
		day.PublishedDay = true
		wants := func(want bool) {
			t.Helper()
			if got := h.article("Notice 1"); got.PublishedDay != want {
				t.Errorf("only its day is %v, want %v", got.PublishedDay, want)
			}
		}
		h.collect("a", 1, 0, day)
		wants(true)
		h.collect("a", 0, 1, notice(1, content("<p>The 2nd text.</p>")))
		wants(false)
		day.Content = "<p>The 3rd text.</p>"
		h.collect("a", 0, 1, day)
		wants(true)
		h.exec(`UPDATE revisions SET lists = '{}'`)
		wants(false)
	}},
	{"what a source counts in each text makes corrections three times, then none, until it was quiet three times", func(t *testing.T, h *house) {
		wants := func(wantNew, wantChanged int, batch []feeds.Article) {
			t.Helper()
			if out := h.run("a", batch, windowed); out.New != wantNew || out.Changed != wantChanged {
				t.Errorf("%d new and %d changed, want %d and %d", out.New, out.Changed, wantNew, wantChanged)
			}
		}
		visits := func(n, first, last int) (batch []feeds.Article) {
			for i := last; i >= first; i-- {
				batch = append(batch, notice(i, content(fmt.Sprintf("<p>Notice of bridge %d. (%d views)</p>", i, n))))
			}
			return batch
		}
		wants(4, 0, visits(1, 1, 4))
		for n := range 3 {
			wants(0, 4, visits(10+n, 1, 4))
		}
		before := h.article("Notice 1")
		wants(1, 0, visits(20, 1, 5))
		if a := h.article("Notice 1"); !strings.Contains(a.Content, "(20 views)") || !a.Changed.Equal(before.Changed) || a.Revision != before.Revision {
			t.Errorf("it says %q, and changed %v in revision %d; want %v and %d", a.Content, a.Changed, a.Revision, before.Changed, before.Revision)
		}
		other := visits(30, 1, 5)
		other[0].Title = "Closed for good"
		wants(0, 1, other)
		for range 3 {
			wants(0, 0, other)
		}
		wants(0, 5, visits(40, 1, 5))
	}},
	{"a date alone that is mended is taken in silence", func(t *testing.T, h *house) {
		batch := notices(1, 3)
		h.run("a", batch, windowed)
		before := h.article("Notice 1")
		batch[0].Published = batch[0].Published.AddDate(-1, 0, 0)
		for _, refiled := range []int{1, 0} {
			if out := h.run("a", batch, windowed); out.New+out.Changed != 0 || out.Refiled != refiled {
				t.Errorf("the outcome is %+v", out)
			}
		}
		if a := h.article("Notice 1"); !a.Published.Equal(batch[0].Published) || !a.Changed.Equal(before.Changed) {
			t.Errorf("published %v, changed %v; want %v and %v", a.Published, a.Changed, batch[0].Published, before.Changed)
		}
	}},
	{"noise makes none", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, content("<p>One &amp; <b>two</b></p>\n<p>three</p>")))
		for remark, a := range map[string]feeds.Article{
			"markup":      notice(1, content("<div class=\"x\"><p>One &amp; two</p><p>three</p></div>")),
			"white space": notice(1, content("<p>One  &amp;\u00a0<b>two</b></p><p>three\n</p>")),
			"invisible":   notice(1, content("<p>\ufeffOne &amp; <b>t\u200bwo</b></p><p>thr\u00adee</p>")),
			"scheme":      notice(1, content("<p>One &amp; <b>two</b></p>\n<p>three</p>"), link("http://city.example/1")),
			"dates": notice(1, content("<p>One &amp; <b>two</b></p>\n<p>three</p>"), func(a *feeds.Article) {
				a.Published, a.Updated = noon.AddDate(0, 0, 1), noon
			}),
			"summary and pictures": notice(1, content("<p>One &amp; <b>two</b></p>\n<p>three</p>"), func(a *feeds.Article) {
				a.Summary, a.Images = "Another.", []feeds.Image{{URL: "https://city.example/i.png"}}
			}),
		} {
			if out := h.run("a", []feeds.Article{a}); out.Changed != 0 || out.Unchanged != 1 {
				t.Errorf("%s: %+v", remark, out)
			}
		}
		h.wantLog("new ja Notice 1")
	}},
	{"where there is no content the summary is the text", func(t *testing.T, h *house) {
		a := notice(1, content(""))
		a.Summary = "In short."
		h.collect("a", 1, 0, a)
		a.Summary = "In short: changed."
		h.collect("a", 0, 1, a)
	}},
	{"an article that did not change writes nothing but state and run", func(t *testing.T, h *house) {
		batch := []feeds.Article{notice(1), notice(2)}
		h.collect("a", 2, 0, batch...)
		h.marks()
		before := must(h.LastSeq(t.Context()))(t)
		out := h.run("a", batch, func(c *store.Collected) { c.State.ETag = `W/"2"` })
		if out.Unchanged != 2 || must(h.LastSeq(t.Context()))(t) != before {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantMarks()
		if s, _, _ := h.SourceState(t.Context(), "a"); s.ETag != `W/"2"` {
			t.Errorf("the state is %+v", s)
		}
		if r := must(h.LastRuns(t.Context()))(t)["a"]; r.Unchanged != 2 || r.New != 0 {
			t.Errorf("the run is %+v", r)
		}
	}},
	{"an article without a date was published when it was first seen, and stays so", func(t *testing.T, h *house) {
		undated := notice(1, func(a *feeds.Article) { a.Published, a.PublishedFrom = time.Time{}, "" })
		h.collect("a", 1, 0, undated)
		seen := h.now
		undated.Title = "Corrected"
		h.collect("a", 0, 1, undated)
		if a := h.article("Corrected"); !a.Published.Equal(seen) || a.PublishedFrom != feeds.DateFirstSeen || !a.Changed.Equal(h.now) {
			t.Errorf("published %v (%s), changed %v; want %v", a.Published, a.PublishedFrom, a.Changed, seen)
		}
	}},
}

// aDayLater moves the house's clock on by a day and an hour.
func (h *house) aDayLater() { h.now = h.now.Add(25 * time.Hour) }

func changesCorrect(c *store.Collected) { c.Source.ChangesCorrect = true }

var correctionBullets = []bullet{
	{"a text that changes after a day is corrected where its source asks for it", func(t *testing.T, h *house) {
		for i, test := range []struct {
			remark    string
			asks      bool
			wait      time.Duration
			change    func(*feeds.Article)
			corrected bool
		}{
			{"its title", true, 25 * time.Hour, title("T"), true},
			{"its text", true, 25 * time.Hour, content("<p>What the city has to say now.</p>"), true},
			{"within a day", true, 23 * time.Hour, title("T"), false},
			{"nobody asked", false, 25 * time.Hour, title("T"), false},
			{"a summary instead of the text", true, 25 * time.Hour, func(a *feeds.Article) { a.Content, a.Summary = "", "In short." }, false},
			{"another file", true, 25 * time.Hour, func(a *feeds.Article) { a.Enclosures = []feeds.Enclosure{{URL: "https://city.example/e.pdf"}} }, false},
		} {
			t.Run(test.remark, func(t *testing.T) {
				source := fmt.Sprint("source-", i)
				asks := func(c *store.Collected) { c.Source.ChangesCorrect = test.asks }
				h.run(source, []feeds.Article{notice(100 + i)}, asks)
				h.now = h.now.Add(test.wait)
				if out := h.run(source, []feeds.Article{notice(100+i, test.change)}, asks); out.Changed != 1 {
					t.Errorf("the outcome is %+v", out)
				}
				var want time.Time
				if test.corrected {
					want = h.now
				}
				a, _, err := h.ArticleBySlug(t.Context(), feeds.Slug(feeds.MintID("tokyo", fmt.Sprint("guid-", 100+i), "ja")))
				if err != nil || !a.Corrected.Equal(want) || a.Revision != 2 {
					t.Errorf("revision %d was corrected %v; want %v (%v)", a.Revision, a.Corrected, want, err)
				}
			})
		}
	}},
	{"the mark of a correction stays as it is until the next one", func(t *testing.T, h *house) {
		h.run("a", []feeds.Article{notice(1)}, changesCorrect)
		h.aDayLater()
		changed := notice(1, title("Changed"))
		h.run("a", []feeds.Article{changed}, changesCorrect)
		at := h.now
		h.aDayLater()
		h.run("a", []feeds.Article{changed}, changesCorrect)
		changed.Link = "https://city.example/moved"
		h.run("a", []feeds.Article{changed}, changesCorrect)
		if a := h.article("Changed"); a.Revision != 2 || !a.Corrected.Equal(at) {
			t.Errorf("revision %d was corrected %v; want %v", a.Revision, a.Corrected, at)
		}
		changed.Title = "Changed again"
		h.run("a", []feeds.Article{changed}, changesCorrect)
		if a := h.article("Changed again"); !a.Corrected.Equal(h.now) {
			t.Errorf("corrected %v; want %v", a.Corrected, h.now)
		}
	}},
	{"a correction that the source declares comes first", func(t *testing.T, h *house) {
		h.run("a", []feeds.Article{notice(1)}, changesCorrect)
		h.aDayLater()
		declared := noon.Add(3 * time.Hour)
		h.run("a", []feeds.Article{notice(1, title("Changed"), func(a *feeds.Article) { a.Corrected = declared })}, changesCorrect)
		if a := h.article("Changed"); !a.Corrected.Equal(declared) {
			t.Errorf("corrected %v; want %v", a.Corrected, declared)
		}
	}},
	{"a source that is built anew corrects nothing", func(t *testing.T, h *house) {
		var before, after []feeds.Article
		for n := range 8 {
			before = append(before, notice(n))
			after = append(after, notice(n, title(fmt.Sprint("Anew ", n))))
		}
		h.run("a", before, changesCorrect)
		h.aDayLater()
		out := h.run("a", after, changesCorrect)
		if out.Changed != 8 || len(out.Problems) != 1 {
			t.Errorf("the outcome is %+v", out)
		}
		for n := range 8 {
			if a := h.article(fmt.Sprint("Anew ", n)); !a.Corrected.IsZero() {
				t.Errorf("article %d was corrected %v", n, a.Corrected)
			}
		}
	}},
	{"a change that was held is a correction once it is released", func(t *testing.T, h *house) {
		var before []feeds.Article
		for n := range 12 {
			before = append(before, notice(n))
		}
		window := func(c *store.Collected) { c.Source.ChangesCorrect, c.Extent = true, ledger.Windowed }
		h.run("a", before, window)
		h.aDayLater()
		few := []feeds.Article{notice(10), notice(11, title("Changed"))}
		if out := h.run("a", few, window); out.Held == nil || out.Changed != 0 {
			t.Fatalf("the outcome is %+v", out)
		}
		if out := h.run("a", few, window, func(c *store.Collected) { c.Release = true }); out.Changed != 1 {
			t.Fatalf("the outcome is %+v", out)
		}
		if a := h.article("Changed"); !a.Corrected.Equal(h.now) {
			t.Errorf("corrected %v; want %v", a.Corrected, h.now)
		}
	}},
}

var categoryBullets = []bullet{
	{"a change of categories re-maps without news of the article", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		h.marks()
		out := h.collect("a", 0, 0, notice(1, in("sports")), notice(2))
		if out.Refiled != 1 {
			t.Errorf("the outcome is %+v", out)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2")
		h.wantMarks("en/everything", "en/from/tokyo", "ja/all", "ja/culture", "ja/everything", "ja/from/tokyo", "ja/only/culture", "ja/only/sports", "ja/sports", "th/everything", "th/from/tokyo")
		h.wantCategory("sports", "1 Notice 1")
		h.wantCategory("culture", "2 Notice 2")
		if a := h.article("Notice 1"); !slices.Equal(a.Categories, []string{"sports"}) || a.Revision != 1 {
			t.Errorf("the article is %+v", a)
		}
	}},
	{"raw terms are kept as they are", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		a := notice(1)
		a.Terms = []feeds.Term{{Term: "展覧会", Scheme: "https://city.example/terms", Label: "Exhibitions"}}
		h.collect("a", 0, 0, a)
		if got := h.article("Notice 1").Terms; !slices.Equal(got, a.Terms) {
			t.Errorf("the terms are %+v", got)
		}
	}},
	{"an article in two sources is in the categories of both", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		for range 2 {
			h.collect("b", 0, 0, notice(1, in("sports")))
			h.collect("a", 0, 0, notice(1))
		}
		if got := h.article("Notice 1").Categories; !slices.Equal(got, []string{"culture", "sports"}) {
			t.Errorf("the categories are %q", got)
		}
		h.marks()
		h.collect("b", 0, 0, notice(1, in("sports")))
		h.wantMarks()
	}},
	{"a category holds the stories of which any version has it", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, hint("s")))
		h.collect("a", 1, 0, notice(2, hint("s"), language("en"), in("sports")), notice(1, hint("s")))
		if got := h.seqs(store.RecordFilter{Category: "sports"}); !slices.Equal(got, []int64{2, 1}) {
			t.Errorf("sports holds %v", got)
		}
		if got := h.seqs(store.RecordFilter{Category: "culture", Languages: feeds.Accepted{Chain: feeds.Chain{"en"}}}); !slices.Equal(got, []int64{2}) {
			t.Errorf("culture in English holds %v", got)
		}
		if a := h.article("Notice 1"); !slices.Equal(a.Categories, []string{"culture"}) || !slices.Equal(a.StoryCategories, []string{"culture", "sports"}) {
			t.Errorf("categories %q, of the story %q", a.Categories, a.StoryCategories)
		}
	}},
	{"records are picked by several publishers at once, and by a category beside", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2, in("sports")))
		h.collect("b", 2, 0, notice(3, of("seoul")), notice(4, of("seoul"), in("sports")))
		h.collect("c", 1, 0, notice(5, of("taipei"), in("sports")))
		for _, test := range []struct {
			filter store.RecordFilter
			want   []int64
		}{
			{store.RecordFilter{Publishers: []string{"seoul", "taipei"}}, []int64{5, 4, 3}},
			{store.RecordFilter{Publishers: []string{"seoul", "taipei"}, Category: "sports"}, []int64{5, 4}},
			{store.RecordFilter{Publishers: []string{"taipei"}, Category: "culture"}, nil},
			{store.RecordFilter{Publishers: []string{}}, nil},
		} {
			got := h.seqs(test.filter)
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(test.want))) {
				t.Errorf("%+v picks %v, want %v", test.filter, got, test.want)
			}
		}
	}},
	{"a change of the rules re-maps what was stored long ago", func(t *testing.T, h *house) {
		h.collect("a", 3, 0, notice(1), notice(2), notice(3, in("sports")))
		h.marks()
		n, err := h.Remap(t.Context(), store.Remapping{
			Map: func(a feeds.Article) ([]string, bool) {
				if a.Source != "a" || a.Terms[0].Term != "文化" || a.Title == "" {
					t.Errorf("asked to map %+v", a)
				}
				if a.Title == "Notice 3" {
					return a.Categories, a.ByDefault
				}
				return []string{"sports"}, false
			},
			Touched: site.Touched, Now: h.now,
		})
		if err != nil || n != 2 {
			t.Errorf("%d articles were mapped anew, %v; want 2", n, err)
		}
		if got := h.seqs(store.RecordFilter{Category: "sports"}); !slices.Equal(got, []int64{3, 2, 1}) {
			t.Errorf("sports holds %v", got)
		}
		h.wantCategory("culture")
		if !slices.Contains(h.marks(), "ja/culture") {
			t.Error("the old category's channel is not marked")
		}
	}},
}

var filingBullets = []bullet{
	{"a story that comes in behind a closed archive stands at the head, and nothing else tells of it", func(t *testing.T, h *house) {
		h.collect("a", 3, 0, notice(1), notice(2), notice(3, in("sports")))
		h.close("en/sports", 3)
		h.marks()
		changed := h.now
		h.collect("a", 0, 0, notice(1, in("culture", "sports")))
		h.wantCategory("sports", "3 Notice 3", "4 Notice 1")
		h.wantCategory("culture", "1 Notice 1", "2 Notice 2")
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3")
		if !slices.Contains(h.marks(), "ja/sports") {
			t.Error("the channel is not marked")
		}
		for _, s := range h.category("sports", "ja") {
			if s.Record.Reason == feeds.ReasonFiling && !s.Changed.Equal(changed) {
				t.Errorf("the article changed at %v; it has not since %v", s.Changed, changed)
			}
		}
		// A channel that reads from there on finds it.
		if got := must(h.ChannelRecordsAfter(t.Context(), store.RecordFilter{Category: "sports", Languages: feeds.Accepted{Chain: feeds.Chain{"ja"}}}, 3, 9))(t); len(got) != 1 || got[0].Seq != 4 || got[0].Reason != feeds.ReasonFiling {
			t.Errorf("read %+v", got)
		}
		h.collect("a", 0, 1, notice(1, in("culture", "sports"), title("Corrected")))
		h.wantCategory("sports", "3 Notice 3", "5 Corrected")
	}},
	{"a record that brings a story in shows each language its best version", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, hint("s")), notice(2, in("sports")))
		h.close("ja/sports", 2)
		h.collect("a", 1, 0, notice(3, hint("s"), language("en"), in("sports")), notice(1, hint("s")))
		for language, want := range map[string]string{"ja": "3 Notice 1", "en": "3 Notice 3"} {
			if got := must(h.ChannelRecordsAfter(t.Context(), store.RecordFilter{Category: "sports", Languages: feeds.Accepted{Chain: feeds.Chain{language}}}, 2, 9))(t); len(got) != 1 {
				t.Errorf("%s reads %+v", language, got)
			}
			steps := h.category("sports", language)
			if got := h.says(steps[len(steps)-1]); got != want {
				t.Errorf("%s shows %q, want %q", language, got, want)
			}
		}
		both := must(h.ChannelRecords(t.Context(), store.RecordFilter{Category: "sports", Languages: feeds.Accepted{Chain: feeds.Chain{"ja", "en"}}}, 0, 9))(t)
		if len(both) != 2 {
			t.Errorf("both languages together read %d records, want 2", len(both))
		}
	}},
	{"a story that left is told there when it is withdrawn", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		h.collect("a", 0, 0, notice(1, in("sports")), notice(2))
		h.wantCategory("culture", "2 Notice 2")
		h.marks()
		h.run("a", []feeds.Article{notice(2)}, complete)
		h.wantCategory("culture", "2 Notice 2", "4 gone")
		h.wantCategory("sports", "4 gone")
		if got := h.marks(); !slices.Contains(got, "ja/culture!") || !slices.Contains(got, "ja/sports!") {
			t.Errorf("marked are %q", got)
		}
		// A story that comes back there comes to the head.
		h.close("ja/culture", 4)
		h.collect("a", 0, 0, notice(1, in("culture")), notice(2))
		h.wantCategory("culture", "2 Notice 2", "5 Notice 1")
	}},
	{"a story that comes back where nothing is archived stands as if it had never left", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		h.collect("a", 0, 0, notice(1, in("sports")), notice(2))
		h.collect("a", 0, 0, notice(1), notice(2))
		h.wantCategory("culture", "1 Notice 1", "2 Notice 2")
		h.wantCategory("sports")
	}},
	{"an archive is not closed over a past that was just brought in", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		past := must(h.PastChanges(t.Context()))(t)
		h.collect("a", 0, 0, notice(1, in("culture", "sports")))
		cut := feeds.Cut{Archive: 1, Until: 2}
		if h.cut("ja/sports", past, cut) {
			t.Error("it was closed")
		}
		if !h.cut("ja/sports", must(h.PastChanges(t.Context()))(t), cut) {
			t.Error("it was not closed at the second try")
		}
	}},
}

// close closes the first archive of a channel.
func (h *house) close(channel string, until int64) {
	h.Helper()
	if !h.cut(channel, must(h.PastChanges(h.Context()))(h), feeds.Cut{Archive: 1, Until: until}) {
		h.Fatalf("the archive of %s was not closed", channel)
	}
}

// cut closes archives of a channel, and reports whether they were.
func (h *house) cut(channel string, past int64, cuts ...feeds.Cut) bool {
	h.Helper()
	return must(h.Raise(h.Context(), feeds.Raise{Channel: channelNamed(channel), Counter: -1, Cuts: cuts, PastChanges: past, More: true, Now: h.now}))(h).Stored
}

// category is what the log of a category does to a view that accepts these languages.
func (h *house) category(category string, languages ...string) (steps []feeds.Step) {
	h.Helper()
	var stories []string
	for _, r := range h.records() {
		if !slices.Contains(stories, r.Story) {
			stories = append(stories, r.Story)
		}
	}
	for _, records := range must(h.StoryRecords(h.Context(), category, stories))(h) {
		steps = append(steps, feeds.View(feeds.Accepted{Chain: languages}, records)...)
	}
	slices.SortFunc(steps, func(a, b feeds.Step) int { return cmp.Compare(a.Record.Seq, b.Record.Seq) })
	return steps
}

// says is a step as "3 Notice 1" or "3 gone".
func (h *house) says(s feeds.Step) string {
	h.Helper()
	if s.Article == "" {
		return fmt.Sprint(s.Record.Seq, " gone")
	}
	r := store.ArticleRevision{ID: s.Article, Revision: s.Revision}
	return fmt.Sprint(s.Record.Seq, " ", must(h.Articles(h.Context(), []store.ArticleRevision{r}))(h)[r].Title)
}

// wantCategory compares what stands in a category in Japanese, or is gone from it, by
// the last record of each story.
func (h *house) wantCategory(category string, want ...string) {
	h.Helper()
	last := map[string]feeds.Step{}
	for _, s := range h.category(category, "ja") {
		last[s.Record.Story] = s
	}
	var shown []feeds.Step
	for _, s := range last {
		if s.Shows() {
			shown = append(shown, s)
		}
	}
	slices.SortFunc(shown, func(a, b feeds.Step) int { return cmp.Compare(a.Record.Seq, b.Record.Seq) })
	var got []string
	for _, s := range shown {
		got = append(got, h.says(s))
	}
	if !slices.Equal(got, want) {
		h.Errorf("%s holds %q, want %q", category, got, want)
	}
}

func (h *house) seqs(f store.RecordFilter) (seqs []int64) {
	h.Helper()
	for _, r := range must(h.ChannelRecords(h.Context(), f, 0, 100))(h) {
		seqs = append(seqs, r.Seq)
	}
	return seqs
}

var storyBullets = []bullet{
	{"versions with one hint are one story", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, hint("2026-02-01-seminar")), notice(2, hint("2026-02-01-seminar"), language("en")))
		h.collect("b", 1, 0, notice(3, hint("2026-02-01-seminar"), language("th")))
		h.collect("c", 1, 0, notice(4, hint("2026-02-01-seminar"), of("seoul")))
		h.wantLog("new ja Notice 1", "translation en Notice 2", "translation th Notice 3", "new ja Notice 4")
		st := h.article("Notice 1").Story
		versions := must(h.Versions(t.Context(), []string{st}))(t)[st]
		if len(versions) != 3 || versions[1].Language != "en" || versions[1].Title != "Notice 2" || versions[1].Slug == "" || versions[1].Link == "" {
			t.Errorf("the versions are %+v", versions)
		}
	}},
	{"a version that names a known one as another language joins its story", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.collect("b", 1, 0, notice(2, language("en"), alternate("ja", "http://city.example/1")))
		h.wantLog("new ja Notice 1", "translation en Notice 2")
	}},
	{"a version that a known one named before joins its story", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, alternate("en", "https://city.example/2")))
		h.collect("b", 1, 0, notice(2, language("en")))
		h.wantLog("new ja Notice 1", "translation en Notice 2")
	}},
	{"a version that a known one names since a while joins its story", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.collect("a", 0, 0, notice(1, alternate("en", "https://city.example/2")))
		h.collect("b", 1, 0, notice(2, language("en")))
		h.wantLog("new ja Notice 1", "translation en Notice 2")
	}},
	{"in one batch the order plays no part", func(t *testing.T, h *house) {
		h.collect("a", 3, 0,
			notice(1, alternate("en", "https://city.example/2")), notice(2, language("en")),
			notice(3, language("th"), alternate("en", "https://city.example/2")))
		h.wantLog("new ja Notice 1", "translation en Notice 2", "translation th Notice 3")
	}},
	{"a link that many name, such as a language's front page, joins nothing", func(t *testing.T, h *house) {
		h.collect("en", 1, 0, notice(0, language("en"), link("https://city.example/en/index.html")))
		front := alternate("en", "https://city.example/en/index.html")
		h.collect("a", 3, 0, notice(1, front), notice(2, front), notice(3, front))
		stories := map[string]bool{}
		for n := 1; n <= 3; n++ {
			stories[h.article(fmt.Sprintf("Notice %d", n)).Story] = true
		}
		if len(stories) != 3 {
			t.Errorf("three notices are %d stories", len(stories))
		}
	}},
	{"stories that turn out to be one later stay two, and the log stays true", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.collect("b", 1, 0, notice(2, language("en")))
		h.collect("a", 0, 0, notice(1, alternate("en", "https://city.example/2")))
		h.wantLog("new ja Notice 1", "new en Notice 2")
		if h.article("Notice 1").Story == h.article("Notice 2").Story {
			t.Error("a stored article changed its story")
		}
	}},
}
