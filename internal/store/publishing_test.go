package store_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

func document(format feeds.Format, archive int, body string, modified time.Time) feeds.Document {
	return feeds.Document{
		DocumentKey: feeds.DocumentKey{Channel: "ja/all", Format: format, Archive: archive},
		Body:        []byte(body), ETag: `"` + body + `"`, Modified: modified, LastSeq: 7, Entries: 1,
	}
}

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
		if c := must(h.Counter(t.Context(), "ja/all"))(t); c != 2 {
			t.Errorf("the counter is %d", c)
		}
	}},
	{"a change that comes while the publisher works is not forgotten", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		read := must(h.Counter(t.Context(), "ja/all"))(t)
		h.collect("a", 1, 0, notice(2)) // meanwhile
		published := h.now
		if cleared := must(h.PutDocuments(t.Context(), "ja/all", []feeds.Document{document(feeds.RSS, 0, "1", h.now)}, read, h.now))(t); cleared {
			t.Error("the mark was cleared")
		}
		m := h.mark("ja/all")
		if m.Counter != read+1 || !m.Published.Equal(published) {
			t.Errorf("the mark is %+v", m)
		}
		if cleared := must(h.PutDocuments(t.Context(), "ja/all", nil, m.Counter, h.now))(t); !cleared {
			t.Error("the second round did not clear it")
		}
		if c := must(h.Counter(t.Context(), "ja/all"))(t); c != 2 {
			t.Errorf("the counter is %d: it must never go back", c)
		}
		h.collect("a", 1, 0, notice(3))
		if m := h.mark("ja/all"); m.Counter != 3 || !m.FirstChanged.Equal(h.now) {
			t.Errorf("the next mark is %+v", m)
		}
	}},
	{"the urgent come first, then the oldest", func(t *testing.T, h *house) {
		h.Mark(t.Context(), []feeds.Channel{{Locale: "ja", Kind: feeds.ChannelAll}}, false, noon)
		h.Mark(t.Context(), []feeds.Channel{{Locale: "en", Kind: feeds.ChannelAll}}, false, noon.Add(time.Minute))
		h.Mark(t.Context(), []feeds.Channel{{Locale: "th", Kind: feeds.ChannelAll}}, true, noon.Add(2*time.Minute))
		h.Mark(t.Context(), []feeds.Channel{{Locale: "ja", Kind: feeds.ChannelAll}}, false, noon.Add(time.Hour))
		var got []string
		for _, m := range must(h.Marked(t.Context()))(t) {
			got = append(got, m.Channel)
		}
		if want := []string{"th/all", "ja/all", "en/all"}; !slices.Equal(got, want) {
			t.Errorf("the order is %q, want %q", got, want)
		}
	}},
}

func (h *house) mark(channel string) store.Mark {
	h.Helper()
	for _, m := range must(h.Marked(h.Context()))(h) {
		if m.Channel == channel {
			return m
		}
	}
	h.Fatalf("%s is not marked", channel)
	return store.Mark{}
}

var documentBullets = []bullet{
	{"a revision is never given twice, even within a moment or for a channel that was dropped", func(t *testing.T, h *house) {
		rss := feeds.DocumentKey{Channel: "ja/all", Format: feeds.RSS}
		put := func(at time.Time, body string) int64 {
			must(h.PutDocuments(t.Context(), "ja/all", []feeds.Document{document(feeds.RSS, 0, body, at)}, 0, at))(t)
			return must(h.DocumentRevisions(t.Context()))(t)[rss]
		}
		first := put(noon, "one")
		if second := put(noon, "two"); second != first+1 {
			t.Errorf("the revision is %d after %d", second, first)
		}
		if err := h.DropChannel(t.Context(), "ja/all"); err != nil {
			t.Fatal(err)
		}
		if again := put(noon.Add(time.Minute), "three"); again <= first+1 {
			t.Errorf("the revision is %d after %d", again, first+1)
		}
	}},
	{"a document that changed has a new revision, and one that did not keeps its own", func(t *testing.T, h *house) {
		put := func(at time.Time, documents ...feeds.Document) {
			must(h.PutDocuments(t.Context(), "ja/all", documents, 0, at))(t)
		}
		put(noon, document(feeds.RSS, 0, "one", noon), document(feeds.Atom, 0, "one", noon))
		later := noon.Add(time.Hour)
		put(later, document(feeds.RSS, 0, "two", later), document(feeds.Atom, 0, "one", later), document(feeds.RSS, 1, "archive", later))

		rss := feeds.DocumentKey{Channel: "ja/all", Format: feeds.RSS}
		atom := feeds.DocumentKey{Channel: "ja/all", Format: feeds.Atom}
		archive := feeds.DocumentKey{Channel: "ja/all", Format: feeds.RSS, Archive: 1}
		want := map[feeds.DocumentKey]int64{rss: later.UnixMilli(), atom: noon.UnixMilli(), archive: later.UnixMilli()}
		if got := must(h.DocumentRevisions(t.Context()))(t); !maps.Equal(got, want) {
			t.Errorf("the revisions are %v, want %v", got, want)
		}
		for key, want := range map[feeds.DocumentKey]feeds.Document{
			rss: document(feeds.RSS, 0, "two", later), atom: document(feeds.Atom, 0, "one", noon), archive: document(feeds.RSS, 1, "archive", later),
		} {
			got, ok, err := h.Document(t.Context(), key)
			if err != nil || !ok || string(got.Body) != string(want.Body) || got.ETag != want.ETag || !got.Modified.Equal(want.Modified) ||
				got.LastSeq != 7 || got.Entries != 1 || got.DocumentKey != key {
				t.Errorf("%v is %+v (%v, %v)", key, got, ok, err)
			}
		}
		if d := must(h.Documents(t.Context(), rss, archive, feeds.DocumentKey{Channel: "xx/all", Format: feeds.RSS}))(t); len(d) != 2 {
			t.Errorf("%d documents, want 2", len(d))
		}
		if _, ok, err := h.Document(t.Context(), feeds.DocumentKey{Channel: "xx/all", Format: feeds.RSS}); ok || err != nil {
			t.Errorf("a document that does not exist: %v, %v", ok, err)
		}
	}},
	{"a document of another channel is refused", func(t *testing.T, h *house) {
		if _, err := h.PutDocuments(t.Context(), "en/all", []feeds.Document{document(feeds.RSS, 0, "x", noon)}, 0, noon); err == nil {
			t.Error("no error")
		}
	}},
	{"a channel can be dropped", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		must(h.PutDocuments(t.Context(), "ja/all", []feeds.Document{document(feeds.RSS, 0, "x", noon)}, 0, noon))(t)
		if err := h.DropChannel(t.Context(), "ja/all"); err != nil {
			t.Fatal(err)
		}
		if got := must(h.DocumentRevisions(t.Context()))(t); len(got) != 0 || slices.Contains(h.marks(), "ja/all") {
			t.Errorf("left are %v, or its mark", got)
		}
	}},
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
			{store.RecordFilter{Languages: []string{"ja", "en"}}, 0, 3, []int64{6, 5, 4}},
			{store.RecordFilter{Languages: []string{"th"}}, 7, 3, nil},
			{store.RecordFilter{Languages: []string{}}, 0, 3, nil},
			{store.RecordFilter{Category: "sports"}, 0, 3, []int64{7, 6}},
			{store.RecordFilter{Category: "culture", Languages: []string{"th", "ja"}}, 0, 3, []int64{7, 5, 4}},
			{store.RecordFilter{Category: "culture"}, 7, 2, []int64{5, 4}},
			{store.RecordFilter{Publisher: "seoul"}, 0, 3, []int64{8}},
			{store.RecordFilter{Publisher: "tokyo", Languages: []string{"en", "ko"}}, 0, 3, []int64{6}},
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

		records := must(h.ChannelRecords(t.Context(), store.RecordFilter{Languages: []string{"th", "en"}, Category: "culture"}, 0, 10))(t)
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
			for _, s := range feeds.View(l.Chain, story) {
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
