package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

func (h *house) channel(name string) feeds.ChannelState {
	h.Helper()
	state, _, err := h.Channel(h.Context(), channelNamed(name))
	if err != nil {
		h.Fatal(err)
	}
	return state
}

// raise publishes a channel at a time.
func (h *house) raise(channel string, at time.Time) feeds.ChannelState {
	h.Helper()
	counter := must(h.Counter(h.Context(), channelNamed(channel)))(h)
	must(h.Raise(h.Context(), feeds.Raise{Channel: channelNamed(channel), Counter: counter, Seq: 7, Entries: 2, Now: at}))(h)
	return h.channel(channel)
}

// end ends a channel, with last documents that say the same.
func (h *house) end(channel, says string) {
	h.Helper()
	var last []feeds.Document
	for _, f := range feeds.Formats() {
		last = append(last, feeds.Document{DocumentKey: feeds.DocumentKey{Channel: channelNamed(channel), Format: f}, Body: []byte(says), LastSeq: 7, Entries: 3})
	}
	past := must(h.PastChanges(h.Context()))(h)
	if !must(h.EndChannel(h.Context(), store.Ending{Channel: channelNamed(channel), Title: "Title", Ended: h.now}, last, past, h.now))(h) {
		h.Fatalf("%s did not end", channel)
	}
}

var channelBullets = []bullet{
	{"a revision is the time at which it was raised, and grows by a second at least", func(t *testing.T, h *house) {
		if _, ok, err := h.Channel(t.Context(), channelNamed("ja/all")); ok || err != nil {
			t.Errorf("before the first: %v, %v", ok, err)
		}
		first := h.raise("ja/all", noon)
		if want := (feeds.ChannelState{Channel: channelNamed("ja/all"), Status: feeds.ChannelLive, Revision: noon.UnixMilli(), Seq: 7, Entries: 2}); first != want {
			t.Errorf("the first state is %+v, want %+v", first, want)
		}
		last := first.Revision
		for _, at := range []time.Time{noon, noon.Add(time.Millisecond), noon.Add(-time.Hour), noon.Add(time.Minute)} {
			revision := h.raise("ja/all", at).Revision
			if revision < last+1000 || revision < at.UnixMilli() {
				t.Errorf("at %v it is %d after %d", at, revision, last)
			}
			last = revision
		}
	}},
	{"archives are closed and the revision is raised, or neither", func(t *testing.T, h *house) {
		before := h.raise("ja/all", noon)
		raise := func(r feeds.Raise) feeds.Raised {
			t.Helper()
			r.Channel, r.Now = channelNamed("ja/all"), noon.Add(time.Hour)
			return must(h.Raise(t.Context(), r))(t)
		}
		if out := raise(feeds.Raise{Cuts: []feeds.Cut{{Archive: 2, Since: 3, Until: 5}}}); out.Stored || h.channel("ja/all") != before {
			t.Errorf("one that is not the next: %+v, %+v", out, h.channel("ja/all"))
		}
		if out := raise(feeds.Raise{Cuts: []feeds.Cut{{Archive: 1, Until: 5}}, PastChanges: 3}); out.Stored || h.channel("ja/all") != before {
			t.Errorf("while the past changes: %+v, %+v", out, h.channel("ja/all"))
		}
		if out := raise(feeds.Raise{Cuts: []feeds.Cut{{Archive: 1, Until: 5}}, More: true}); !out.Stored || out.Cleared || h.channel("ja/all") != before {
			t.Errorf("with more to come: %+v, %+v", out, h.channel("ja/all"))
		}
		out := raise(feeds.Raise{Cuts: []feeds.Cut{{Archive: 2, Since: 5, Until: 9}}, Seq: 12, Entries: 4})
		want := feeds.ChannelState{Channel: channelNamed("ja/all"), Status: feeds.ChannelLive, Revision: noon.Add(time.Hour).UnixMilli(), Seq: 12, Since: 9, Archives: 2, Entries: 4}
		if !out.Stored || !out.Cleared || h.channel("ja/all") != want {
			t.Errorf("at last: %+v, %+v", out, h.channel("ja/all"))
		}
	}},
	{"the past's revision is raised by what archives show, and by nothing else", func(t *testing.T, h *house) {
		c, _ := feeds.ParseChannel("ja/all")
		for _, step := range []struct {
			how  store.Marking
			past bool
		}{{store.Marking{}, false}, {store.Marking{Past: true}, true}, {store.Marking{Urgent: true}, false}} {
			before := h.channel("ja/all")
			if err := h.Mark(t.Context(), []feeds.Channel{c}, step.how, noon); err != nil {
				t.Fatal(err)
			}
			after := h.raise("ja/all", noon)
			if got := after.Past != before.Past; got != step.past || got && after.Past != after.Revision {
				t.Errorf("after %+v: %+v, before %+v", step.how, after, before)
			}
		}
	}},
	{"a reader of one moment sees nothing of what comes meanwhile", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.raise("ja/all", noon)
		err := h.Snapshot(t.Context(), func(r store.Reader) error {
			first := must(r.LastSeq(t.Context()))(t)
			h.collect("a", 1, 0, notice(2))
			h.raise("ja/all", noon.Add(time.Hour))
			state, _, err := r.Channel(t.Context(), channelNamed("ja/all"))
			if last := must(r.LastSeq(t.Context()))(t); last != first || state.Revision != noon.UnixMilli() || err != nil {
				t.Errorf("the log ends at %d, then at %d; the channel is %+v, %v", first, last, state, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if last := must(h.LastSeq(t.Context()))(t); last != 2 {
			t.Errorf("afterwards the log ends at %d", last)
		}
	}},
	{"the sizes of articles are told without their texts", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, func(a *feeds.Article) { a.Content, a.Summary = "<p>"+strings.Repeat("防", 1000)+"</p>", "災" }))
		a := store.ArticleRevision{ID: h.article("Notice 1").ID, Revision: 1}
		got := must(h.Sizes(t.Context(), []store.ArticleRevision{a}))(t)[a]
		if least := feeds.EntrySize(3007, 3, 2); got < least || got > least+200 {
			t.Errorf("%d bytes, want %d or little more", got, least)
		}
	}},
	{"a channel that ends keeps its last documents, then its name, and may come back", func(t *testing.T, h *house) {
		before := h.raise("en/sports", noon)
		if h.cut("en/sports", 0, feeds.Cut{Archive: 1, Until: 5}) != true {
			t.Fatal("not closed")
		}
		before = h.raise("en/sports", noon)
		if must(h.EndChannel(t.Context(), store.Ending{Channel: channelNamed("en/sports")}, nil, 9, noon))(t) {
			t.Error("it ended although the past had changed")
		}
		h.end("en/sports", "the end")
		state := h.channel("en/sports")
		if state.Status != feeds.ChannelEnded || state.Revision < before.Revision+1000 || state.Archives != 1 || state.Entries != 3 {
			t.Errorf("ended it is %+v", state)
		}
		if must(h.EndChannel(t.Context(), store.Ending{Channel: channelNamed("en/sports")}, nil, 0, noon))(t) {
			t.Error("it ended twice")
		}
		key := feeds.DocumentKey{Channel: channelNamed("en/sports"), Format: feeds.Atom}
		if d, ok, err := h.EndingDocument(t.Context(), key); !ok || err != nil || string(d.Body) != "the end" || d.ETag != feeds.ETag(0, 7, d.Body) || d.Entries != 3 {
			t.Errorf("its document is %+v, %v, %v", d, ok, err)
		}
		if e := must(h.Endings(t.Context()))(t)[channelNamed("en/sports")]; !e.Ended.Equal(h.now) || e.Title != "Title" || !e.Gone.IsZero() {
			t.Errorf("its ending is %+v", e)
		}
		later := noon.AddDate(0, 0, 90)
		if err := h.BuryChannel(t.Context(), channelNamed("en/sports"), later); err != nil {
			t.Fatal(err)
		}
		if gone := h.channel("en/sports"); gone.Status != feeds.ChannelGone || gone.Archives != 1 || gone.Entries != 0 || gone.Past != gone.Revision {
			t.Errorf("gone it is %+v", gone)
		}
		if _, ok, err := h.EndingDocument(t.Context(), key); ok || err != nil {
			t.Errorf("its document is there: %v, %v", ok, err)
		}
		if err := h.ReviveChannel(t.Context(), must(h.Endings(t.Context()))(t)[channelNamed("en/sports")]); err != nil {
			t.Fatal(err)
		}
		if _, ok, _ := h.Channel(t.Context(), channelNamed("en/sports")); ok || len(must(h.Endings(t.Context()))(t)) != 0 {
			t.Error("a channel that comes back after it was gone is not made anew")
		}
	}},
	{"a channel that comes back in time goes on where it was", func(t *testing.T, h *house) {
		h.raise("en/sports", noon)
		h.end("en/sports", "the end")
		if err := h.ReviveChannel(t.Context(), must(h.Endings(t.Context()))(t)[channelNamed("en/sports")]); err != nil {
			t.Fatal(err)
		}
		if state := h.channel("en/sports"); state.Status != feeds.ChannelLive || state.Seq != 7 {
			t.Errorf("it is %+v", state)
		}
		if _, ok, _ := h.EndingDocument(t.Context(), feeds.DocumentKey{Channel: channelNamed("en/sports"), Format: feeds.Atom}); ok {
			t.Error("its last document is there")
		}
	}},
	{"the last site is kept, and those of channels that have ended", func(t *testing.T, h *house) {
		first := must(h.PutSite(t.Context(), []byte(`{"n":1}`), noon))(t)
		h.raise("en/sports", noon)
		must(h.EndChannel(t.Context(), store.Ending{Channel: channelNamed("en/sports"), Ended: noon, Site: first}, nil, 0, noon))(t)
		must(h.PutSite(t.Context(), []byte(`{"n":2}`), noon.Add(time.Hour)))(t)
		last := must(h.PutSite(t.Context(), []byte(`{"n":3}`), noon.Add(2*time.Hour)))(t)
		if name, body, err := h.LastSite(t.Context()); name != last || string(body) != `{"n":3}` || err != nil {
			t.Errorf("the last is %q %s, %v", name, body, err)
		}
		if body := must(h.SiteOf(t.Context(), channelNamed("en/sports")))(t); string(body) != `{"n":1}` {
			t.Errorf("the channel's is %q", body)
		}
		if body := must(h.SiteOf(t.Context(), channelNamed("en/all")))(t); body != nil {
			t.Errorf("another's is %q", body)
		}
	}},
	{"a channel can be dropped", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.raise("ja/all", noon)
		if err := h.DropChannel(t.Context(), channelNamed("ja/all")); err != nil {
			t.Fatal(err)
		}
		if states := must(h.Channels(t.Context()))(t); len(states) != 0 {
			t.Errorf("left are %+v", states)
		}
		for _, m := range h.marks() {
			if m == "ja/all" {
				t.Error("left is its mark")
			}
		}
	}},
	{"languages of archives are noted where they are not known", func(t *testing.T, h *house) {
		h.cut("ja/all", 0, feeds.Cut{Archive: 1, Until: 5, Languages: []string{"ja"}})
		h.cut("en/everything", 0, feeds.Cut{Archive: 1, Until: 5})
		if _, err := h.Writer().ExecContext(t.Context(), `UPDATE archives SET languages = '' WHERE channel = 'ja/all'`); err != nil {
			t.Fatal(err)
		}
		for _, languages := range []feeds.Chain{{"ja", "en"}, {"th"}} { // the second time they are known
			if err := h.KnowLanguages(t.Context(), map[feeds.Channel]feeds.Chain{channelNamed("ja/all"): languages, channelNamed("en/everything"): nil}); err != nil {
				t.Fatal(err)
			}
		}
		if c := must(h.LastCut(t.Context(), channelNamed("ja/all")))(t); fmt.Sprint(c.Languages) != "[ja en]" {
			t.Errorf("they are %q", c.Languages)
		}
		if c := must(h.LastCut(t.Context(), channelNamed("en/everything")))(t); c.Languages != nil {
			t.Errorf("of all languages they are %q", c.Languages)
		}
	}},
}

var wordsBullets = []bullet{
	{"words are adopted later than anything was published, and what is published next is later", func(t *testing.T, h *house) {
		if words := must(h.Adopted(t.Context()))(t); words != (feeds.AdoptedWords{}) {
			t.Errorf("before the first: %+v", words)
		}
		before := h.raise("ja/all", noon)
		if err := h.AdoptWords(t.Context(), "one", noon.Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		words := must(h.Adopted(t.Context()))(t)
		if words.Digest != "one" || words.Adopted < before.Revision+1000 {
			t.Errorf("they are %+v after %d", words, before.Revision)
		}
		if after := h.raise("en/all", noon.Add(-time.Hour)); after.Revision < words.Adopted+1000 {
			t.Errorf("the next revision is %d after %d", after.Revision, words.Adopted)
		}
	}},
	{"the last ten are kept, and the same may come again", func(t *testing.T, h *house) {
		for n := range 25 {
			if err := h.AdoptWords(t.Context(), fmt.Sprint(n%2), noon); err != nil {
				t.Fatal(err)
			}
		}
		var n int
		if err := h.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM adoptions`).Scan(&n); err != nil || n != 10 {
			t.Errorf("%d are kept, %v", n, err)
		}
		published := must(h.Published(t.Context()))(t)
		if published.Words.Digest != "0" || published.Words.Adopted != noon.UnixMilli()+24_000 || len(published.Channels) != 0 {
			t.Errorf("published is %+v", published)
		}
	}},
}

// TestTheDatabaseOfAnEarlierProgramIsTakenOver proves that what such a program published
// is known at once, and that its documents are deleted in small parts, also after a break.
func TestTheDatabaseOfAnEarlierProgramIsTakenOver(t *testing.T) {
	address := "sqlite:" + filepath.Join(t.TempDir(), "kairan.db")
	open := func() *store.DB {
		t.Helper()
		db, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	db := open()
	if err := db.MigrateTo(t.Context(), 8); err != nil {
		t.Fatal(err)
	}
	fillFormer(t, db)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []feeds.ChannelState{
		{Channel: channelNamed("en/all"), Status: feeds.ChannelLive, Revision: 6000, Seq: 2, Since: 2, Archives: 1, Entries: 3},
		{Channel: channelNamed("en/empty"), Status: feeds.ChannelLive, Revision: 6000, Seq: 2},
		{Channel: channelNamed("en/ending"), Status: feeds.ChannelEnded, Revision: 6000, Seq: 2, Archives: 1, Entries: 3},
		{Channel: channelNamed("en/long-go"), Status: feeds.ChannelGone, Revision: 6000, Seq: 2, Archives: 2},
	}
	got := must(db.Channels(t.Context()))(t)
	for _, state := range want {
		if got[state.Channel] != state {
			t.Errorf("it is %+v, want %+v", got[state.Channel], state)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d channels, want %d", len(got), len(want))
	}
	for archive := range 2 {
		d, ok, err := db.EndingDocument(t.Context(), feeds.DocumentKey{Channel: channelNamed("en/ending"), Format: feeds.RSS, Archive: archive})
		if !ok || err != nil || !strings.HasPrefix(string(d.Body), "<rss>") {
			t.Errorf("document %d of the channel that ended: %v, %v", archive, ok, err)
		}
	}
	if others, err := db.ReadRecommending(t.Context(), "story-2"); err != nil || fmt.Sprint(others) != "[1]" {
		t.Errorf("story-2 is recommended with %v, %v", others, err)
	}

	rows := func() (n int) {
		t.Helper()
		if err := db.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM former_documents`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	all, parts := rows(), 0
	for more := true; more; parts++ {
		var err error
		if more, err = db.ClearFormer(t.Context()); err != nil {
			t.Fatal(err)
		}
		if parts == 0 && more {
			if left := rows(); left == 0 || left == all {
				t.Errorf("the first part left %d of %d", left, all)
			}
			db.Close()
			db = open()
		}
	}
	if more, err := db.ClearFormer(t.Context()); more || err != nil {
		t.Errorf("when all is done: %v, %v", more, err)
	}
	if parts < 2 {
		t.Errorf("all went in one transaction")
	}

	// The room is given back, but to nobody beside whom another works.
	other := open()
	must(other.Channels(t.Context()))(t)
	if err := db.Compact(t.Context()); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("beside another: %v", err)
	}
	other.Close()
	db.Close()
	db = open()
	before := must(db.Space(t.Context()))(t)
	if err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	db.Close()
	db = open()
	after := must(db.Space(t.Context()))(t)
	if before.Free < before.Bytes/2 || after.Free != 0 || after.Bytes > before.Bytes-before.Free+64<<10 {
		t.Errorf("%+v became %+v", before, after)
	}
	if got := must(db.Channels(t.Context()))(t); len(got) != len(want) {
		t.Errorf("%d channels afterwards", len(got))
	}
}

// fillFormer writes what an earlier program would have: documents of four channels.
func fillFormer(t *testing.T, db *store.DB) {
	t.Helper()
	exec := func(text string, args ...any) {
		t.Helper()
		if _, err := db.Writer().ExecContext(context.Background(), text, args...); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	body := []byte("<rss>" + strings.Repeat("text ", 40_000) + "</rss>")
	put := func(channel string, archive, entries int, body []byte) {
		t.Helper()
		for _, format := range []string{"rss", "atom", "json"} {
			exec(`INSERT INTO documents (channel, format, archive, revision, body, etag, modified_ms, last_seq, entries) VALUES (?,?,?,?,?,?,?,?,?)`,
				channel, format, archive, 5000, body, `"1-a"`, 4000, 2, entries)
		}
	}
	put("en/all", 0, 3, body)
	put("en/all", 1, 50, body)
	put("en/empty", 0, 0, body)
	put("en/ending", 0, 3, body)
	put("en/ending", 1, 50, body)
	put("en/long-go", 0, 0, []byte{})
	put("en/long-go", 1, 0, []byte{})
	put("en/long-go", 2, 0, []byte{})
	for n := range 60 { // so that there is something to delete
		exec(`INSERT INTO documents (channel, format, archive, revision, body, etag, modified_ms, last_seq, entries) VALUES ('en/all','rss',?,5000,?,'"1-a"',4000,2,50)`, -1-n, body)
	}
	exec(`INSERT INTO archives (channel, n, since_seq, until_seq, closed_ms) VALUES ('en/all', 1, 0, 2, 5000)`)
	exec(`INSERT INTO endings (channel, title, ended_ms, gone_ms) VALUES ('en/ending', 'Ending', 5000, 0), ('en/long-go', 'Gone', 1000, 5000)`)
	exec(`INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms) VALUES (1,1,1,'new','story-1','en','p',1), (2,2,1,'new','story-2','en','p',2)`)
	exec(`INSERT INTO related (article, stories) VALUES (1, '["story-2","story-3"]'), (2, '[]')`)
}
