package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

var identityBullets = []bullet{
	{"an article has one minted id for ever", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		a := h.article("Notice 1")
		if want := feeds.MintID("tokyo", "guid-1", "ja"); a.ID != want || a.Slug != feeds.Slug(want) || a.Story != feeds.StoryID(want) {
			t.Errorf("id %s, slug %s, story %s; want those of %s", a.ID, a.Slug, a.Story, want)
		}
		h.collect("a", 0, 1, notice(1, title("Notice one")))
		if b := h.article("Notice one"); b.ID != a.ID {
			t.Errorf("the id changed from %s to %s", a.ID, b.ID)
		}
	}},
	{"everything of an article comes back as it was stored", func(t *testing.T, h *house) {
		given := notice(1)
		given.Summary, given.Rights, given.Updated, given.Corrected = "In short.", "© Tokyo", noon, noon
		given.Authors = []feeds.Person{{Name: "知事"}}
		given.Images = []feeds.Image{{URL: "https://city.example/i.png", Alt: "a picture", Credit: "A. B."}}
		given.Enclosures = []feeds.Enclosure{{URL: "https://city.example/e.mp3", Length: 12, Duration: 754}}
		given.Episode = feeds.Episode{Season: 1, Number: 7, Type: "full", Explicit: "false", Transcripts: []feeds.Transcript{{URL: "https://city.example/e.vtt", Type: "text/vtt", Language: "ja", Captions: true}}}
		given.Related = []feeds.Related{{Title: "Before", Date: noon}}
		given.Alternates = []feeds.Alternate{{Language: "en", Link: "https://city.example/en/1"}}
		given.Feed = feeds.SourceFeed{ID: "tag:city.example,2026:feed", Title: "News", Link: "https://city.example/"}
		h.collect("a", 1, 0, given)
		got := h.article("Notice 1")
		given.ID, given.Slug, given.Story, given.Revision = got.ID, got.Slug, got.Story, 1
		given.Source, given.FirstSeen = "a", h.now
		if g, w := fmt.Sprintf("%+v", got.Article), fmt.Sprintf("%+v", given); g != w {
			t.Errorf("stored was\n%s\nread back was\n%s", w, g)
		}
	}},
	{"one key in two languages is two articles", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(1, language("en"), title("In English")))
		h.collect("a", 0, 0, notice(1), notice(1, language("en"), title("In English")))
		if a, b := h.article("Notice 1"), h.article("In English"); a.ID == b.ID || a.Story == b.Story {
			t.Error("they share an id or a story")
		}
	}},
	{"one key of two publishers is two articles", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.collect("b", 1, 0, notice(1, of("seoul"), title("Seoul's")))
		h.collect("a", 0, 0, notice(1))
		if a := h.article("Notice 1"); a.Publisher != "tokyo" {
			t.Errorf("the article belongs to %s", a.Publisher)
		}
	}},
	{"an id that the source may keep is kept on its first claim", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, id("tag:city.example,2026:1")))
		if a := h.article("Notice 1"); a.ID != "tag:city.example,2026:1" {
			t.Errorf("the id is %s", a.ID)
		}
		h.collect("a", 0, 0, notice(1, id("tag:city.example,2026:1")))
	}},
	{"a contested id is minted and reported, and no article is lost or taken over", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, id("tag:city.example,2026:1")))
		out := h.collect("b", 1, 0, notice(2, id("tag:city.example,2026:1"), of("seoul")))
		if !strings.Contains(strings.Join(out.Problems, "\n"), "contested id") {
			t.Errorf("the problems are %q", out.Problems)
		}
		out = h.collect("c", 1, 0, notice(3, id("tag:city.example,2026:1"), language("en")))
		if !strings.Contains(strings.Join(out.Problems, "\n"), "contested id") {
			t.Errorf("the problems of a second language are %q", out.Problems)
		}
		if a := h.article("Notice 1"); a.ID != "tag:city.example,2026:1" || a.Publisher != "tokyo" || a.Revision != 1 {
			t.Errorf("the first became %+v", a)
		}
		if a := h.article("Notice 2"); a.ID != feeds.MintID("seoul", "tag:city.example,2026:1", "ja") {
			t.Errorf("the second has the id %s", a.ID)
		}
		if out := h.collect("b", 0, 0, notice(2, id("tag:city.example,2026:1"), of("seoul"))); len(out.Problems) > 0 {
			t.Errorf("it is reported again: %q", out.Problems)
		}
	}},
	{"an id that one document gives to several languages is kept by none, and what each was minted stays", func(t *testing.T, h *house) {
		const shared = "tag:city.example,2026:1"
		ja, en, fr := notice(1, id(shared)), notice(1, id(shared), language("en"), title("In English")), notice(1, id(shared), language("fr"), title("En français"))
		minted := func(a feeds.Article) {
			t.Helper()
			if got, want := h.article(a.Title).ID, feeds.MintID("tokyo", shared, a.Language); got != want {
				t.Errorf("%s has the id %s, want %s", a.Title, got, want)
			}
		}
		out := h.collect("a", 3, 0, ja, notice(2, id("tag:city.example,2026:2")), en)
		if got := strings.Count(strings.Join(out.Problems, "\n"), "versions in several languages have it"); got != 2 {
			t.Errorf("the problems are %q", out.Problems)
		}
		if a := h.article("Notice 2"); a.ID != "tag:city.example,2026:2" {
			t.Errorf("a notice in one language has the id %s", a.ID)
		}
		minted(ja)
		minted(en)
		for _, alone := range []feeds.Article{ja, en} { // one of them brings nothing new
			if out := h.collect("a", 0, 0, alone); len(out.Problems) > 0 {
				t.Errorf("it is reported again: %q", out.Problems)
			}
		}
		h.collect("a", 1, 0, fr) // nor does a third language get what the two could not
		minted(fr)
		h.collect("a", 0, 1, notice(1, id(shared), content("<p>Another text.</p>")))
		minted(ja)
	}},
	{"an id that was given before stays when another language comes with it", func(t *testing.T, h *house) {
		const shared = "tag:city.example,2026:1"
		h.collect("a", 1, 0, notice(1, id(shared)))
		h.collect("a", 1, 0, notice(1, id(shared)), notice(1, id(shared), language("en"), title("In English")))
		if a, b := h.article("Notice 1"), h.article("In English"); a.ID != shared || b.ID != feeds.MintID("tokyo", shared, "en") {
			t.Errorf("the ids are %s and %s", a.ID, b.ID)
		}
		h.collect("a", 0, 0, notice(1, id(shared), language("en"), title("In English")))
		h.collect("a", 0, 0, notice(1, id(shared)))
	}},
	{"an id that several languages share is kept by none, however far apart they stand", func(t *testing.T, h *house) {
		const shared = "tag:city.example,2026:1"
		batch := append(notices(2, 250), notice(1, id(shared)), notice(300, id(shared), language("en"), title("In English")))
		h.run("a", batch)
		if a, b := h.article("Notice 1"), h.article("In English"); a.ID == shared || b.ID == shared {
			t.Errorf("the ids are %s and %s", a.ID, b.ID)
		}
	}},
	{"an id that somebody else would be minted takes nobody's place", func(t *testing.T, h *house) {
		h.collect("b", 1, 0, notice(9, of("seoul"), id(feeds.MintID("tokyo", "guid-1", "ja"))))
		h.collect("a", 1, 0, notice(1))
		if a := h.article("Notice 1"); a.Publisher != "tokyo" || a.ID == feeds.MintID("tokyo", "guid-1", "ja") {
			t.Errorf("got %+v", a)
		}
		h.collect("a", 0, 0, notice(1))
	}},
	{"an article in two sources of a publisher is one, whichever came first", func(t *testing.T, h *house) {
		byLink := notice(1, func(a *feeds.Article) { a.GUID, a.Key = "", "city.example/1" })
		h.collect("a", 1, 0, notice(1))
		h.collect("b", 0, 0, byLink)
		h.collect("c", 0, 0, notice(1, key("another-guid")))
		h.collect("c", 0, 0, notice(1, key("another-guid"), link("https://city.example/moved")))
		other := notice(2, func(a *feeds.Article) { a.GUID, a.Key = "", "city.example/2" })
		h.collect("b", 1, 0, other)
		h.collect("a", 0, 0, notice(2))
		h.wantLog("new ja Notice 1", "new ja Notice 2")
	}},
	{"http and https are one link", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, link("http://city.example/1")))
		h.collect("b", 0, 0, notice(1, key("x"), link("https://city.example/1")))
		h.collect("a", 0, 0, notice(1, link("https://city.example/1")))
	}},
	{"of two sources that tell an article differently the first is believed", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		short := notice(1, key("x"), content("Only a summary."))
		for range 3 {
			h.collect("b", 0, 0, short)
			h.collect("a", 0, 0, notice(1))
		}
		h.wantLog("new ja Notice 1")
		// Three days after the first was collected last, the other takes over.
		h.now = h.now.AddDate(0, 0, 4)
		h.collect("b", 0, 1, short)
		h.wantLog("new ja Notice 1", "correction ja Notice 1")
	}},
	{"a source that was renamed goes on with its articles", func(t *testing.T, h *house) {
		h.collect("old", 2, 0, notice(1), notice(2))
		h.collect("new", 0, 0, notice(1), notice(2))
		h.now = h.now.AddDate(0, 0, 4)
		h.collect("new", 0, 1, notice(1, title("Corrected")), notice(2))
	}},
	{"guids that change with every fetch make no new articles", func(t *testing.T, h *house) {
		for fetch := range 3 {
			var batch []feeds.Article
			for n := range 5 {
				batch = append(batch, notice(n, key(fmt.Sprintf("guid-%d-%d", fetch, n))))
			}
			h.collect("a", map[bool]int{true: 5, false: 0}[fetch == 0], 0, batch...)
		}
	}},
	{"notices that share a link stay notices of their own", func(t *testing.T, h *house) {
		list := link("https://city.example/notices")
		h.collect("a", 2, 0, notice(1, list), notice(2, list))
		h.collect("a", 1, 0, notice(3, list))
		h.collect("a", 0, 0, notice(1, list), notice(2, list), notice(3, list))
		front := link("https://city.example/")
		h.collect("b", 1, 0, notice(4, front))
		h.collect("c", 1, 0, notice(5, front))
	}},
	{"duplicates in a document: the first wins, unless links or titles differ", func(t *testing.T, h *house) {
		twice := []feeds.Article{
			notice(1, key("same")), notice(1, key("same")), notice(1, key("same"), title("Another")),
			notice(2, key("same")), notice(3, key("same")),
		}
		out := h.collect("a", 4, 0, twice...)
		if problems := strings.Join(out.Problems, "\n"); !strings.Contains(problems, "duplicate key") || !strings.Contains(problems, "left out") {
			t.Errorf("the problems are %q", out.Problems)
		}
		h.collect("a", 0, 0, twice...)
		// Whichever of them is left alone in the document is known all the same.
		for _, one := range twice[1:] {
			h.collect("a", 0, 0, one)
		}
		h.collect("a", 0, 0, twice[0])
	}},
	{"notices that all have one guid and one link are known by their titles", func(t *testing.T, h *house) {
		for p, page := range []string{"https://city.example/alerts", "https://city.example/", ""} {
			alert := func(n int) feeds.Article { return notice(n, key("alerts"), link(page), of(fmt.Sprint("publisher", p))) }
			source := fmt.Sprint("source", p)
			h.collect(source, 3, 0, alert(3), alert(2), alert(1))
			h.collect(source, 0, 0, alert(3), alert(2), alert(1), alert(2))
			h.collect(source, 1, 0, alert(4), alert(3), alert(2))
			for _, n := range []int{4, 2} { // alone
				h.collect(source, 0, 0, alert(n))
			}
			h.collect(source, 1, 0, alert(5))
		}
	}},
	{"an article without guid and link is known by its text", func(t *testing.T, h *house) {
		bare := notice(1, func(a *feeds.Article) { a.GUID, a.Key, a.Link = "", "", "" })
		h.collect("a", 1, 0, bare)
		h.collect("a", 0, 0, bare)
	}},
	{"text that a database refuses is cleaned, not lost", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, title("a\x00b\xffc"), content("x\x00\xfe"), key("k\x00\xff")))
		h.collect("a", 0, 0, notice(1, title("a\x00b\xffc"), content("x\x00\xfe"), key("k\x00\xff")))
		if got := h.article("ab\uFFFDc"); got.Content != "x\uFFFD" {
			t.Errorf("the content is %q", got.Content)
		}
		err := h.RecordRun(t.Context(), store.Run{Source: "a", Error: "bad \xff\x00"}, store.SourceState{ID: "a", ETag: "\"\xff\"", FinalURL: "\xff"})
		if err != nil {
			t.Error(err)
		}
	}},
	{"a batch of two publishers is refused", func(t *testing.T, h *house) {
		_, err := h.Collect(t.Context(), store.Collected{Run: store.Run{Source: "a"}, Brought: ledger.Brought{Articles: []feeds.Article{notice(1), notice(2, of("seoul"))}, Now: noon}})
		if err == nil {
			t.Error("no error")
		}
	}},
}
