package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var markBullets = []bullet{
	{"a new article marks what it touches, and nothing else", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.wantMarks("en/everything", "en/from/tokyo", "ja/all", "ja/culture", "ja/everything", "ja/from/tokyo", "ja/only/culture", "th/everything", "th/from/tokyo")
		h.collect("a", 1, 0, notice(2, language("en")))
		h.wantMarks("en/all", "en/culture", "en/everything", "en/from/tokyo", "en/only/culture",
			"ja/all", "ja/culture", "ja/everything", "ja/from/tokyo", "th/all", "th/culture", "th/everything", "th/from/tokyo")
	}},
	{"urgent categories mark urgently", func(t *testing.T, h *house) {
		h.run("a", notices(1, 1, in("disaster-prevention", "sports")))
		got := h.marks()
		if !slices.Contains(got, "ja/disaster-prevention!") || !slices.Contains(got, "ja/all!") || !slices.Contains(got, "ja/sports!") {
			t.Errorf("marked are %q", got)
		}
		h.collect("a", 0, 1, notice(1, in("culture"), title("Not urgent any longer")))
		if got := h.marks(); slices.Contains(got, "ja/all!") || !slices.Contains(got, "ja/all") || !slices.Contains(got, "ja/disaster-prevention") {
			t.Errorf("marked are %q", got)
		}
	}},
	{"all versions of a story count", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, hint("s"), in("sports")))
		h.marks()
		h.collect("a", 1, 0, notice(2, hint("s"), language("th"), in("culture")))
		got := h.marks()
		for _, want := range []string{"ja/sports", "ja/culture", "th/sports", "th/culture"} {
			if !slices.Contains(got, want) {
				t.Errorf("%s is not marked: %q", want, got)
			}
		}
	}},
	{"counters count every change, and times tell the first and the last", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		first := h.now
		h.collect("a", 1, 0, notice(2))
		m := h.mark("ja/all")
		if m.Counter != 2 || !m.FirstChanged.Equal(first) || !m.Changed.Equal(h.now) || !m.Published.IsZero() || m.Urgent {
			t.Errorf("the mark is %+v", m)
		}
		if c := must(h.Counter(t.Context(), channelNamed("ja/all")))(t); c != 2 {
			t.Errorf("the counter is %d", c)
		}
	}},
	{"a channel tells since when it waits, until it is published", func(t *testing.T, h *house) {
		if since := must(h.ChangedSince(t.Context(), channelNamed("ja/all")))(t); !since.IsZero() {
			t.Errorf("before anything changed it waits since %v", since)
		}
		h.collect("a", 1, 0, notice(1))
		first := h.now
		h.collect("a", 1, 0, notice(2))
		if since := must(h.ChangedSince(t.Context(), channelNamed("ja/all")))(t); !since.Equal(first) {
			t.Errorf("it waits since %v, want %v", since, first)
		}
		h.raise("ja/all", h.now)
		if since := must(h.ChangedSince(t.Context(), channelNamed("ja/all")))(t); !since.IsZero() {
			t.Errorf("published, it waits since %v", since)
		}
	}},
	{"how long after their dates articles were stored is told where it says something", func(t *testing.T, h *house) {
		at := func(d time.Time) func(*feeds.Article) { return func(a *feeds.Article) { a.Published = d } }
		now := h.now.Add(time.Minute) // of the next run
		out := h.run("a", []feeds.Article{
			notice(1, at(now.Add(-7*time.Minute))),
			notice(2, at(now.Truncate(24*time.Hour))),           // a day
			notice(3, at(now.Add(-8*24*time.Hour-time.Minute))), // there before its source was ours
			notice(4, at(now.Add(5*time.Minute))),               // in the future
		})
		if got := must(h.Delays(t.Context(), out.Run.FirstSeq, out.Run.LastSeq))(t); !slices.Equal(got, []time.Duration{7 * time.Minute}) {
			t.Errorf("the delays are %v", got)
		}
		if got := must(h.Delays(t.Context(), out.Run.LastSeq+1, out.Run.LastSeq+9))(t); len(got) != 0 {
			t.Errorf("of no records the delays are %v", got)
		}
		stored := must(h.StoredAt(t.Context(), out.Run.FirstSeq-1, out.Run.LastSeq))(t)
		if len(stored) != 4 || !stored[0].Equal(now) {
			t.Errorf("they were stored at %v, want four times %v", stored, now)
		}
		if stored := must(h.StoredAt(t.Context(), out.Run.FirstSeq, out.Run.LastSeq))(t); len(stored) != 3 {
			t.Errorf("after the first there are %d", len(stored))
		}
	}},
	{"what archives show otherwise marks the past, and what they don't does not", func(t *testing.T, h *house) {
		past := func() (marked bool) {
			marked = h.mark("ja/from/tokyo").Past
			h.marks()
			return marked
		}
		h.collect("a", 1, 0, notice(1, hint("s"), in("culture")))
		if past() {
			t.Error("a new notice")
		}
		h.collect("a", 1, 0, notice(2, hint("s"), language("en"), in("culture")))
		if past() {
			t.Error("a translation of the same categories")
		}
		h.collect("a", 1, 0, notice(3, hint("s"), language("th"), in("sports")))
		if !past() {
			t.Error("a translation that brings a category does not")
		}
		h.collect("a", 0, 1, notice(1, hint("s"), in("culture"), title("Corrected")))
		if past() {
			t.Error("a correction")
		}
		h.collect("a", 0, 1, notice(1, hint("s"), in("culture"), title("Corrected again"), func(a *feeds.Article) { a.Terms = []feeds.Term{{Term: "祭"}} }))
		if !past() {
			t.Error("a correction with another term does not")
		}
		h.collect("a", 0, 1, notice(1, hint("s"), in("culture", "disaster-prevention"), title("Corrected once more"), func(a *feeds.Article) { a.Terms = []feeds.Term{{Term: "祭"}} }))
		if !past() {
			t.Error("a correction with another category does not")
		}
	}},
	{"a change that comes at the same moment is not forgotten", func(t *testing.T, h *house) {
		for n := range 50 {
			channel := feeds.Channel{Locale: "ja", Kind: feeds.ChannelCategory, Name: fmt.Sprint(n)}
			mark := func(how store.Marking) {
				if err := h.Mark(t.Context(), []feeds.Channel{channel}, how, h.now); err != nil {
					t.Error(err)
				}
			}
			mark(store.Marking{})
			var raised feeds.Raised
			var meanwhile sync.WaitGroup
			meanwhile.Go(func() { mark(store.Marking{Past: true}) })
			meanwhile.Go(func() {
				raised = must(h.Raise(t.Context(), feeds.Raise{Channel: channel, Counter: 1, Seq: 1, Now: h.now}))(t)
			})
			meanwhile.Wait()
			if m := h.mark(channel.String()); m.Counter != 2 || !m.Past && h.channel(channel.String()).Past == 0 {
				t.Fatalf("the mark is %+v after %+v", m, raised)
			}
		}
	}},
	{"a change that comes while the publisher works is not forgotten", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		read := must(h.Counter(t.Context(), channelNamed("ja/all")))(t)
		h.collect("a", 1, 0, notice(2)) // meanwhile
		published := h.now
		if raised := must(h.Raise(t.Context(), feeds.Raise{Channel: channelNamed("ja/all"), Counter: read, Seq: 1, Now: h.now}))(t); !raised.Stored || raised.Cleared {
			t.Errorf("the mark was cleared, or the revision not raised: %+v", raised)
		}
		m := h.mark("ja/all")
		if m.Counter != read+1 || !m.Published.Equal(published) {
			t.Errorf("the mark is %+v", m)
		}
		if raised := must(h.Raise(t.Context(), feeds.Raise{Channel: channelNamed("ja/all"), Counter: m.Counter, Seq: 2, Now: h.now}))(t); !raised.Cleared {
			t.Error("the second round did not clear it")
		}
		if c := must(h.Counter(t.Context(), channelNamed("ja/all")))(t); c != 2 {
			t.Errorf("the counter is %d: it must never go back", c)
		}
		h.collect("a", 1, 0, notice(3))
		if m := h.mark("ja/all"); m.Counter != 3 || !m.FirstChanged.Equal(h.now) {
			t.Errorf("the next mark is %+v", m)
		}
	}},
	{"the urgent come first, then the oldest", func(t *testing.T, h *house) {
		h.Mark(t.Context(), []feeds.Channel{{Locale: "ja", Kind: feeds.ChannelAll}}, store.Marking{}, noon)
		h.Mark(t.Context(), []feeds.Channel{{Locale: "en", Kind: feeds.ChannelAll}}, store.Marking{}, noon.Add(time.Minute))
		h.Mark(t.Context(), []feeds.Channel{{Locale: "th", Kind: feeds.ChannelAll}}, store.Marking{Urgent: true}, noon.Add(2*time.Minute))
		h.Mark(t.Context(), []feeds.Channel{{Locale: "ja", Kind: feeds.ChannelAll}}, store.Marking{}, noon.Add(time.Hour))
		var got []string
		for _, m := range must(h.Marked(t.Context()))(t) {
			got = append(got, m.Channel.String())
		}
		if want := []string{"th/all", "ja/all", "en/all"}; !slices.Equal(got, want) {
			t.Errorf("the order is %q, want %q", got, want)
		}
	}},
	{"what archives show too is marked as past: a moved link and another category, and no news", func(t *testing.T, h *house) {
		link := func(l string) func(*feeds.Article) { return func(a *feeds.Article) { a.Link = l } }
		h.collect("a", 1, 0, notice(1, link("http://city.example/1")))
		if got := h.pastMarks(); !slices.Contains(got, "ja/all") {
			t.Errorf("after news: %q", got)
		}
		h.run("a", []feeds.Article{notice(1, link("https://city.example/1"))})
		if got := h.pastMarks(); !slices.Contains(got, "ja/all~") {
			t.Errorf("after a move: %q", got)
		}
		h.run("a", []feeds.Article{notice(1, link("https://city.example/1"), in("sports"))})
		if got := h.pastMarks(); !slices.Contains(got, "ja/culture~") || !slices.Contains(got, "ja/sports~") {
			t.Errorf("after it was filed otherwise: %q", got)
		}
		h.run("a", []feeds.Article{notice(1, link("https://city.example/1"), in("sports"), title("Corrected"))})
		if got := h.pastMarks(); !slices.Contains(got, "ja/sports") {
			t.Errorf("after a correction: %q", got)
		}
	}},
	{"what recommends a story is marked when something else of that is shown", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, in("culture"), hint("s")))
		h.collect("b", 1, 0, notice(2, of("seoul"), language("ko"), in("sports")))
		first, second := h.article("Notice 1"), h.article("Notice 2")
		must(h.PutRelated(t.Context(), 0, 2, map[string][]string{second.ID: {first.Story}}))(t)
		h.marks()
		for what, change := range map[string]func(){
			"a translation": func() { h.collect("a", 1, 0, notice(3, language("en"), hint("s"), in("culture"))) },
			"a correction":  func() { h.run("a", []feeds.Article{notice(1, in("culture"), hint("s"), title("Corrected"))}) },
		} {
			change()
			if got := h.marks(); !slices.Contains(got, "en/everything") || !slices.Contains(got, "ja/from/seoul") && !slices.Contains(got, "en/from/seoul") && !slices.Contains(got, "ja/everything") {
				t.Errorf("after %s marked are %q", what, got)
			}
		}
	}},
}

func (h *house) mark(channel string) store.Mark {
	h.Helper()
	for _, m := range must(h.Marked(h.Context()))(h) {
		if m.Channel.String() == channel {
			return m
		}
	}
	h.Fatalf("%s is not marked", channel)
	return store.Mark{}
}

// widened picks records of a chain that accepted these tags alone up to a record.
func widened(chain feeds.Chain, until int64, narrow ...string) store.RecordFilter {
	return store.RecordFilter{Languages: feeds.Accepted{Chain: chain, Narrow: narrow, Until: until}}
}

var logBullets = []bullet{
	{"within a batch the oldest comes first, and without dates the last of the source", func(t *testing.T, h *house) {
		undated := func(a *feeds.Article) { a.Published = noon }
		h.collect("a", 4, 0, notice(3), notice(7, undated), notice(1), notice(8, undated))
		h.wantLog("new ja Notice 8", "new ja Notice 7", "new ja Notice 1", "new ja Notice 3")
		for _, r := range h.records() {
			if !r.Time.Equal(h.now) || r.Publisher != "tokyo" || r.Revision != 1 {
				t.Errorf("the record is %+v", r)
			}
		}
	}},
	{"records are read from the end, by language, category and publisher", func(t *testing.T, h *house) {
		h.collect("a", 5, 0, notices(1, 5)...)
		h.collect("b", 2, 0, notice(6, language("en"), in("sports")), notice(7, language("th"), in("sports", "culture")))
		h.collect("c", 1, 0, notice(8, of("seoul"), language("ko")))
		for _, c := range []struct {
			filter store.RecordFilter
			before int64
			limit  int
			want   []int64
		}{
			{store.RecordFilter{}, 0, 3, []int64{8, 7, 6}},
			{store.RecordFilter{}, 3, 10, []int64{2, 1}},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"ja", "en"}}}, 0, 3, []int64{6, 5, 4}},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"th"}}}, 7, 3, nil},
			{store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{}}}, 0, 3, nil},
			{widened(feeds.Chain{"en", "*"}, 5, "en", "th"), 0, 9, []int64{8, 7, 6}},
			{widened(feeds.Chain{"ja", "*"}, 6, "ja"), 0, 4, []int64{8, 7, 5, 4}},
			{widened(feeds.Chain{"ja", "*"}, 6, "ja"), 7, 4, []int64{5, 4, 3, 2}},
			{widened(feeds.Chain{"ja", "*"}, 6, "ja"), 4, 4, []int64{3, 2, 1}},
			{widened(feeds.Chain{"ja", "th"}, 6, "ja"), 0, 2, []int64{7, 5}},
			{store.RecordFilter{Category: "sports", Languages: widened(feeds.Chain{"ja", "*"}, 6, "ja").Languages}, 0, 3, []int64{7}},
			{store.RecordFilter{Category: "sports"}, 0, 3, []int64{7, 6}},
			{store.RecordFilter{Category: "culture", Languages: feeds.Accepted{Chain: feeds.Chain{"th", "ja"}}}, 0, 3, []int64{7, 5, 4}},
			{store.RecordFilter{Category: "culture"}, 7, 2, []int64{5, 4}},
			{store.RecordFilter{Publisher: "seoul"}, 0, 3, []int64{8}},
			{store.RecordFilter{Publisher: "tokyo", Languages: feeds.Accepted{Chain: feeds.Chain{"en", "ko"}}}, 0, 3, []int64{6}},
			{store.RecordFilter{Publisher: "seoul", Category: "sports"}, 0, 3, nil},
		} {
			var got []int64
			for _, r := range must(h.ChannelRecords(t.Context(), c.filter, c.before, c.limit))(t) {
				got = append(got, r.Seq)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v before %d: %v, want %v", c.filter, c.before, got, c.want)
			}
		}
	}},
}

var viewBullets = []bullet{
	{"the view is cut from the log: fallback, late translation, withdrawal", func(t *testing.T, h *house) {
		h.run("en", []feeds.Article{notice(1, hint("s"), language("en"), title("English"))}, complete)
		h.run("th", []feeds.Article{notice(2, hint("s"), language("th"), title("Thai"))}, complete)
		h.run("en", []feeds.Article{notice(1, hint("s"), language("en"), title("English, corrected"))}, complete)
		h.run("th", nil, complete)
		h.run("en", nil, complete)

		records := must(h.ChannelRecords(t.Context(), store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"th", "en"}}, Category: "culture"}, 0, 10))(t)
		if len(records) != 5 {
			t.Fatalf("the channel has the records %+v", records)
		}
		st := records[0].Story
		story := must(h.StoryRecords(t.Context(), "", []string{st}))(t)[st]
		for locale, want := range map[string][]string{
			"th": {"show English", "show Thai for English", "show English, corrected for Thai, gone Thai", "gone English, corrected"},
			"ja": {"show English", "show English, corrected", "gone English, corrected"},
		} {
			l, _ := site.Locale(locale)
			var got []string
			names := map[string]string{"": ""}
			for _, s := range feeds.View(feeds.Accepted{Chain: l.Chain}, story) {
				line := ""
				if s.Article != "" {
					r := store.ArticleRevision{ID: s.Article, Revision: s.Revision}
					names[s.Article] = must(h.Articles(t.Context(), []store.ArticleRevision{r}))(t)[r].Title
					line = "show " + names[s.Article]
				}
				if s.Replaces != "" {
					line += " for " + names[s.Replaces]
				}
				if s.Gone != "" {
					if line != "" {
						line += ", "
					}
					line += "gone " + names[s.Gone]
				}
				got = append(got, line)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s sees %q, want %q", locale, got, want)
			}
		}
	}},
}
