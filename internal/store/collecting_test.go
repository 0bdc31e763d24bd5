package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

func windowed(c *store.Collected) { c.Extent = ledger.Windowed }

func volatile(c *store.Collected) { c.Extent, c.Source.Volatile = ledger.Windowed, true }

// renamed are notices under GUIDs of another fetch.
func renamed(fetch string, articles []feeds.Article) []feeds.Article {
	articles = slices.Clone(articles)
	for i := range articles {
		articles[i].GUID = fmt.Sprintf("%s-%d", fetch, i)
		articles[i].Key = articles[i].GUID
	}
	return articles
}

// with are notices of which one is replaced.
func with(articles []feeds.Article, i int, changes ...func(*feeds.Article)) []feeds.Article {
	articles = slices.Clone(articles)
	for _, change := range changes {
		change(&articles[i])
	}
	return articles
}

// holdKinds are the kinds of the holds on a source.
func (h *house) holdKinds(source string) (kinds []string) {
	h.Helper()
	for _, hold := range must(h.Holds(h.Context()))(h) {
		if hold.Source == source {
			kinds = append(kinds, hold.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

func (h *house) wantHolds(source string, want ...string) {
	h.Helper()
	if got := h.holdKinds(source); !slices.Equal(got, want) {
		h.Errorf("source %s is held for %q, want %q", source, got, want)
	}
}

var collectingBullets = []bullet{
	{"where guids change with every fetch the link becomes the key", func(t *testing.T, h *house) {
		h.run("a", notices(1, 4))
		h.collect("a", 0, 0, renamed("second", notices(1, 4))...)
		// From now on also a title may change, of one article or of all.
		h.collect("a", 0, 1, renamed("third", with(notices(1, 4), 0, title("Corrected")))...)
		h.collect("a", 1, 0, renamed("fourth", with(notices(1, 5), 0, title("Corrected")))...)
		h.collect("a", 0, 1, renamed("fifth", with(notices(5, 5), 0, title("Alone")))...)
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3", "new ja Notice 4",
			"correction ja Corrected", "new ja Notice 5", "correction ja Alone")
	}},
	{"a correction at the very fetch that changes the guids is a correction", func(t *testing.T, h *house) {
		h.run("a", notices(1, 4))
		h.collect("a", 1, 1, renamed("second", with(notices(1, 5), 0, title("Corrected")))...)
	}},
	{"links that several notices share are no keys", func(t *testing.T, h *house) {
		h.run("a", notices(1, 4))
		h.run("a", renamed("second", notices(1, 4)))
		list := link("https://city.example/list")
		h.collect("a", 2, 0, append(renamed("third", notices(1, 4)), notice(5, list), notice(6, list))...)
		h.collect("a", 0, 0, append(renamed("fourth", notices(1, 4)), notice(5, list), notice(6, list))...)
	}},
	{"guids that are addresses are the same with http and https", func(t *testing.T, h *house) {
		at := func(scheme string, n int) feeds.Article {
			a := fmt.Sprintf("%s://city.example/n/%d", scheme, n)
			return notice(n, key(a), link(a))
		}
		h.collect("a", 1, 0, at("http", 1))
		moved := at("https", 1)
		moved.Title = "Corrected as well"
		h.collect("a", 0, 1, moved)
		h.collect("a", 0, 0, moved)
	}},
	{"a source that moves to another host keeps its articles", func(t *testing.T, h *house) {
		at := func(host string, n int) feeds.Article {
			a := fmt.Sprintf("https://%s/n/%d", host, n)
			return notice(n, key(a), link(a))
		}
		var old, moved []feeds.Article
		for n := range 5 {
			old = append(old, at("old.example", n))
			moved = append(moved, at("new.example", n))
		}
		h.run("a", old)
		ids := h.article("Notice 1").ID
		moved[0].Title = "Corrected as well"
		moved = append(moved, at("new.example", 9))
		h.marks()
		h.collect("a", 1, 1, moved...)
		if a := h.article("Notice 1"); a.ID != ids || a.Link != "https://new.example/n/1" || a.Revision != 1 {
			t.Errorf("the article became %+v", a)
		}
		if marks := h.marks(); !slices.Contains(marks, "ja/all") {
			t.Errorf("marked are %q: what is published has the old links", marks)
		}
		h.collect("a", 0, 0, moved...)
		h.collect("b", 0, 0, old[1])
		// A version in another language that names the new address finds the story.
		h.collect("a", 1, 0, notice(1, key("ar"), language("ar"), link("https://new.example/ar/1"), alternate("ja", "https://new.example/n/1")))
		if a, ar := h.find("Notice 1")[0], h.find("Notice 1")[1]; a.Story != ar.Story {
			t.Errorf("the versions are in the stories %s and %s", a.Story, ar.Story)
		}
	}},
	{"a site that goes to https, or to another host with its pictures, corrects nothing", func(t *testing.T, h *house) {
		at := func(site string) feeds.Article {
			a := notice(1, link(site+"/n/1"), content(`<p><img src="`+site+`/1.jpg" alt="A bridge">Closed.</p>`))
			a.Enclosures = []feeds.Enclosure{{URL: site + "/1.pdf", Type: "application/pdf"}}
			return a
		}
		h.run("a", []feeds.Article{at("http://old.example")})
		for _, site := range []string{"https://old.example", "https://www.old.example", "https://new.example"} {
			h.collect("a", 0, 0, at(site))
			if a := h.article("Notice 1"); a.Link != site+"/n/1" || a.Enclosures[0].URL != site+"/1.pdf" || !strings.Contains(a.Content, site) || a.Revision != 1 {
				t.Errorf("at %s it became %+v", site, a)
			}
		}
		h.collect("a", 0, 0, at("http://new.example"))
		if a := h.article("Notice 1"); a.Link != "https://new.example/n/1" {
			t.Errorf("it went back to %s", a.Link)
		}
		h.collect("a", 0, 1, notice(1, link("https://new.example/n/1"), title("Corrected")))
		h.collect("a", 0, 0, notice(1, link("https://new.example/n/2"), title("Corrected")))
	}},
	{"guids that change with every fetch make no new articles where a page is the link of all", func(t *testing.T, h *house) {
		for p, page := range []string{"https://city.example/alerts", "https://city.example/", ""} {
			publisher := of(fmt.Sprint("publisher", p))
			list := func(n int) (all []feeds.Article) {
				for i := 1; i <= n; i++ {
					all = append(all, notice(i, link(page), publisher))
				}
				return all
			}
			h.run("a"+page, list(4))
			h.collect("a"+page, 0, 0, renamed(page+"second", list(4))...)
			h.collect("a"+page, 1, 0, renamed(page+"third", list(5))...)
			h.collect("a"+page, 1, 1, renamed(page+"fourth", with(list(6), 0, content("<p>Corrected.</p>")))...)
			same := notice(9, link(page), publisher) // two at one time, with one title
			h.collect("a"+page, 2, 0, with([]feeds.Article{same, same}, 1, key(page+"other"))...)
		}
	}},
	{"guids that are places in a list lose no article", func(t *testing.T, h *house) {
		for name, guid := range map[string]string{"numbers": "%d", "addresses": "https://city.example/feed/%d"} {
			list := func(first int) (all []feeds.Article) {
				for place := range 5 {
					n := first + 4 - place // the newest is at the first place
					all = append(all, notice(n, key(fmt.Sprintf(guid, place)), title(fmt.Sprint(name, n)), link(fmt.Sprint("https://city.example/", name, "/", n))))
				}
				return all
			}
			h.run(name, list(1), windowed)
			for first := range 4 {
				if out := h.run(name, list(2+first), windowed); out.New != 1 || out.Changed != 0 || out.Held != nil || len(out.Problems) != 1 {
					t.Errorf("%s: run %d came to %+v", name, first, out)
				}
			}
			for n := 1; n <= 9; n++ {
				h.article(fmt.Sprint(name, n))
			}
		}
	}},
	{"a guid that is always the same is no key, and one of a corrected article is", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, key("latest")))
		h.collect("a", 1, 0, notice(2, key("latest")))
		h.collect("a", 0, 0, notice(2, key("latest")))
		h.collect("a", 0, 1, notice(2, key("latest"), title("Corrected")))
		h.collect("b", 1, 0, notice(3, key("p3")))
		h.collect("b", 0, 1, notice(3, key("p3"), title("Another heading"), link("https://city.example/another-heading")))
		h.collect("c", 1, 0, notice(4, id("tag:city.example,2026:4")))
		corrected := notice(4, id("tag:city.example,2026:4"), title("A third heading"), link("https://city.example/a-third-heading"))
		corrected.Published = corrected.Published.AddDate(0, 0, 1)
		h.collect("c", 0, 1, corrected)
	}},
	{"a host is the same with www and without", func(t *testing.T, h *house) {
		at := func(host string, n int, changes ...func(*feeds.Article)) feeds.Article {
			l := "https://" + host + "/n/" + fmt.Sprint(n)
			return with([]feeds.Article{notice(n, key(l), link(l))}, 0, changes...)[0]
		}
		h.collect("a", 2, 0, at("www.city.example", 1), at("www.city.example", 2))
		h.collect("b", 0, 0, at("city.example", 1), notice(2, key("7"), link("https://city.example/n/2")))
		h.collect("a", 0, 1, at("city.example", 1, title("Corrected")))
		h.collect("c", 1, 0, at("city.example", 3))
		h.collect("a", 0, 0, at("www.city.example", 3))
	}},
	{"a source that writes www no longer is not held for it", func(t *testing.T, h *house) {
		at := func(host string) (all []feeds.Article) {
			for n := range 6 {
				l := fmt.Sprintf("https://%s/n/%d", host, n)
				all = append(all, notice(n, key(l), link(l)))
			}
			return all
		}
		h.run("a", at("www.city.example"), windowed)
		if out := h.run("a", at("city.example"), windowed); out.New+out.Changed != 0 || out.Held != nil {
			t.Errorf("it came to %+v", out)
		}
	}},
	{"a site that was made anew keeps its articles, and is held for a while", func(t *testing.T, h *house) {
		at := func(form string, numbers ...int) (all []feeds.Article) {
			for _, n := range numbers {
				a := fmt.Sprintf(form, n)
				all = append(all, notice(n, key(a), link(a)))
			}
			return all
		}
		before, after := "https://city.example/index.php?id=%d", "https://new.example/news/notice-%d.html"
		h.run("a", at(before, 1, 2, 3, 4, 5, 6), windowed)
		first := h.article("Notice 2")
		h.runs("a", 1, 0, windowed, at(after, 2, 3, 4, 5, 6, 7)...)
		h.wantHolds("a", ledger.HoldGUIDs)
		h.runs("a", 0, 0, windowed, at(after, 2, 3, 4, 5, 6, 7)...)
		h.runs("a", 0, 0, windowed, at(after, 2, 3, 4, 5, 6, 7)...)
		h.wantHolds("a")
		if a := h.article("Notice 2"); a.ID != first.ID || a.Link != "https://new.example/news/notice-2.html" || a.Revision != 1 {
			t.Errorf("the article became %+v", a)
		}
		// From then on it is known under its new keys.
		h.runs("a", 1, 1, windowed, with(at(after, 2, 3, 4, 5, 6, 7, 8), 0, title("Corrected"))...)
	}},
	{"notices that recur under one title are notices of their own", func(t *testing.T, h *house) {
		weekly := func(week int) (all []feeds.Article) {
			for n := range 6 {
				a := notice(n, key(fmt.Sprintf("%d-%d", week, n)), link(fmt.Sprintf("https://city.example/%d/%d", week, n)))
				a.Published = a.Published.AddDate(0, 0, 7*week)
				all = append(all, a)
			}
			return all
		}
		h.runs("a", 6, 0, windowed, weekly(1)...)
		h.runs("a", 6, 0, windowed, weekly(2)...)
	}},
	{"another host with other titles is another source of notices", func(t *testing.T, h *house) {
		var old, other []feeds.Article
		for n := range 5 {
			old = append(old, notice(n, key(fmt.Sprint("a", n)), link(fmt.Sprintf("https://old.example/%d", n))))
			other = append(other, notice(n, key(fmt.Sprint("b", n)), title(fmt.Sprint("Other ", n)), link(fmt.Sprintf("https://new.example/%d", n))))
		}
		h.run("a", old)
		h.collect("a", 5, 0, other...)
	}},
	{"7 of one source is not 7 of another", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, key("7")))
		h.collect("b", 1, 0, notice(2, key("7")))
		h.collect("a", 0, 0, notice(1, key("7")))
		h.collect("b", 0, 0, notice(2, key("7")))
		h.collect("b", 0, 1, notice(2, key("7"), title("Corrected")))
		h.wantLog("new ja Notice 1", "new ja Notice 2", "correction ja Corrected")
	}},
	{"a language that becomes known changes no id and makes no duplicate", func(t *testing.T, h *house) {
		h.run("a", notices(1, 2, language("und"), hint("")))
		before := h.article("Notice 1")
		h.marks()
		h.collect("a", 0, 2, notices(1, 2)...)
		if a := h.article("Notice 1"); a.ID != before.ID || a.Story != before.Story || a.Language != "ja" || a.Revision != 1 {
			t.Errorf("it became %+v", a.Article)
		}
		h.wantLog("new und Notice 1", "new und Notice 2", "withdrawal und Notice 1", "new ja Notice 1", "withdrawal und Notice 2", "new ja Notice 2")
		if marks := h.marks(); !slices.Contains(marks, "ja/all") || !slices.Contains(marks, "en/everything") {
			t.Errorf("marked are %q", marks)
		}
		// Who does not know the language, here or in another source, changes nothing.
		h.collect("a", 0, 0, notices(1, 2, language("und"))...)
		h.collect("b", 0, 0, notices(1, 2, language("und"))...)
		h.collect("a", 0, 0, notices(1, 2)...)
		// A real version in another language is one of its own.
		h.collect("a", 1, 0, notice(1), notice(1, language("en"), title("In English"), link("https://city.example/en/1")))
		h.collect("b", 1, 0, notice(3, language("und"), key("guid-1"), link("https://city.example/other")))
	}},
	{"a source that said the wrong language is believed when it says another", func(t *testing.T, h *house) {
		h.run("a", notices(1, 2, language("en")))
		before := h.article("Notice 1").ID
		h.collect("a", 0, 2, notices(1, 2)...)
		if a := h.article("Notice 1"); a.ID != before || a.Language != "ja" {
			t.Errorf("it became %+v", a.Article)
		}
		h.collect("a", 0, 0, notices(1, 2)...)
		// The English version that then comes is not the Japanese one.
		h.collect("a", 1, 0, append(notices(1, 2), notice(1, language("en"), title("Now in English")))...)
	}},
	{"what is missing within the window is withdrawn once its page is gone", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		h.run("a", append(notices(3, 4), notices(6, 9)...), windowed) // 1 and 2 left the window, 5 is missing
		suspects := must(h.Suspects(t.Context(), "a", h.now, 10))(t)
		if len(suspects) != 1 || suspects[0].Title != "Notice 5" || suspects[0].Link != "https://city.example/5" {
			t.Fatalf("suspects are %+v", suspects)
		}
		if s, _, err := h.SourceState(t.Context(), "a"); err != nil || s.Missing != 1 {
			t.Errorf("the state tells of %d missing, %v", s.Missing, err)
		}
		gone := func(c *store.Collected) { c.Gone.IDs = []string{suspects[0].ID, feeds.MintID("tokyo", "guid-1", "ja")} }
		out := h.run("a", append(notices(3, 4), notices(6, 9)...), windowed, gone)
		if out.Withdrawn != 1 {
			t.Errorf("the outcome is %+v", out)
		}
		if a := h.article("Notice 1"); !a.Withdrawn.IsZero() {
			t.Error("an article that left the window was withdrawn")
		}
		if s, _, _ := h.SourceState(t.Context(), "a"); s.Missing != 0 {
			t.Errorf("%d are missing still", s.Missing)
		}
		if len(must(h.Suspects(t.Context(), "a", h.now, 10))(t)) != 0 {
			t.Error("there are suspects still")
		}
	}},
	{"what is listed again is suspect no more, and a page that is there is left alone for days", func(t *testing.T, h *house) {
		h.run("a", notices(1, 6), windowed)
		h.run("a", append(notices(1, 2), notices(5, 6)...), windowed)
		suspects := must(h.Suspects(t.Context(), "a", h.now, 10))(t)
		if len(suspects) != 2 {
			t.Fatalf("suspects are %+v", suspects)
		}
		if err := h.Probed(t.Context(), "a", []string{suspects[0].ID}, nil, h.now); err != nil {
			t.Fatal(err)
		}
		if left := must(h.Suspects(t.Context(), "a", h.now, 10))(t); len(left) != 1 || left[0].ID == suspects[0].ID {
			t.Errorf("after a probe: %+v", left)
		}
		if again := must(h.Suspects(t.Context(), "a", h.now.AddDate(0, 0, 4), 10))(t); len(again) != 2 {
			t.Errorf("four days later: %+v", again)
		}
		h.run("a", notices(1, 6), windowed)
		if left := must(h.Suspects(t.Context(), "a", h.now, 10))(t); len(left) != 0 {
			t.Errorf("listed again: %+v", left)
		}
	}},
	{"a feed that is not read to its end says nothing of what is missing", func(t *testing.T, h *house) {
		h.run("a", notices(1, 6))
		h.run("a", append(notices(1, 2), notices(5, 6)...))
		if s := must(h.Suspects(t.Context(), "a", h.now, 10))(t); len(s) != 0 {
			t.Errorf("suspects are %+v", s)
		}
	}},
	{"the last article of a document that was cut off corrects nothing", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3))
		cut := func(c *store.Collected) { c.Extent = ledger.CutOff }
		h.runs("a", 0, 1, cut, notice(3, title("Corrected")), notice(2, content("<p>What the ci")))
		h.runs("a", 1, 0, cut, notice(3, title("Corrected")), notice(4, content("<p>What")))
		h.collect("a", 0, 1, notice(4))
	}},
	{"a source that loses more than half of its items is held, and lets new articles through", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		few := append(with(notices(1, 3), 0, title("Defaced")), notice(10))
		out := h.run("a", few, windowed)
		if out.Held == nil || out.New != 1 || out.Changed != 0 {
			t.Fatalf("the outcome is %+v", out)
		}
		h.wantHolds("a", ledger.HoldItems)
		hold := must(h.Holds(t.Context()))(t)[0]
		if !strings.Contains(hold.Reason, "9 items") || !slices.Equal(hold.Articles, []string{"Notice 1"}) {
			t.Errorf("the hold is %+v", hold)
		}
		if r := must(h.LastRuns(t.Context()))(t)["a"]; r.Outcome != store.RunHeld {
			t.Errorf("the run is %+v", r)
		}
		// It recovers: nothing of it was done.
		h.runs("a", 0, 0, windowed, notices(1, 9)...)
		h.wantHolds("a")
		if a := h.article("Notice 1"); a.Revision != 1 {
			t.Errorf("it became %+v", a.Article)
		}
	}},
	{"a document of which a part is missing ends no quarantine", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		few := with(notices(1, 3), 0, title("Defaced"))
		h.runs("a", 0, 0, windowed, few...)
		h.collect("a", 1, 0, append(slices.Clip(few), notice(10))...)
		h.wantHolds("a", ledger.HoldItems)
		h.runs("a", 0, 0, windowed, notices(1, 10)...)
		h.wantHolds("a")
		h.runs("a", 0, 0, windowed, few...)
		h.now = h.now.Add(6 * time.Hour)
		h.collect("a", 0, 1, few...) // it has lasted long enough
	}},
	{"validators of a held run are not kept", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		h.run("a", notices(1, 3), windowed, func(c *store.Collected) { c.State.ETag, c.State.Digest = `"1"`, "d" })
		if s, _, err := h.SourceState(t.Context(), "a"); err != nil || s.ETag != "" || s.Digest != "" {
			t.Errorf("the state is %+v, %v", s, err)
		}
	}},
	{"what two more runs agree on is done", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		few := with(notices(1, 3), 0, title("Corrected"))
		h.runs("a", 0, 0, windowed, few...)
		h.runs("a", 0, 0, windowed, few...)
		h.wantHolds("a", ledger.HoldItems)
		h.runs("a", 0, 1, windowed, few...)
		h.wantHolds("a")
		h.runs("a", 0, 0, windowed, few...)
		h.wantHolds("a")
	}},
	{"runs that differ do not agree", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		for i := range 6 {
			h.runs("a", 0, 0, windowed, with(notices(1, 3), 0, title(fmt.Sprint("Defaced ", i)))...)
			h.wantHolds("a", ledger.HoldItems)
		}
		h.now = h.now.Add(6 * time.Hour)
		h.runs("a", 0, 1, windowed, with(notices(1, 3), 0, title("After six hours"))...)
		h.wantHolds("a")
	}},
	{"a person releases what is held", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), windowed)
		few := with(notices(1, 3), 0, title("Corrected"))
		h.runs("a", 0, 0, windowed, few...)
		if ok := must(h.Release(t.Context(), "a", h.now))(t); !ok {
			t.Error("nothing was held")
		}
		h.runs("a", 0, 1, windowed, few...)
		h.wantHolds("a")
	}},
	{"a volatile source is never held", func(t *testing.T, h *house) {
		h.run("a", notices(1, 9), volatile)
		h.runs("a", 0, 1, volatile, with(notices(1, 3), 0, title("Corrected"))...)
		h.wantHolds("a")
	}},
	{"a source that suddenly changes all its guids is held, and no article comes twice", func(t *testing.T, h *house) {
		h.run("a", notices(1, 6), windowed)
		other := renamed("other", with(notices(1, 7), 0, title("Corrected")))
		h.runs("a", 1, 0, windowed, other...)
		h.wantHolds("a", ledger.HoldGUIDs)
		h.runs("a", 0, 0, windowed, other...)
		h.runs("a", 0, 1, windowed, other...)
		h.wantHolds("a")
		// From then on links are the keys.
		h.runs("a", 0, 0, windowed, renamed("again", with(notices(1, 7), 0, title("Corrected")))...)
		h.wantHolds("a")
	}},
	{"a source that shifts its dates by hours is held", func(t *testing.T, h *house) {
		h.run("a", notices(1, 6), windowed)
		shifted := notices(1, 6, func(a *feeds.Article) { a.Published = a.Published.Add(9 * time.Hour) })
		shifted = with(shifted, 0, title("Corrected"))
		h.runs("a", 0, 0, windowed, shifted...)
		h.wantHolds("a", ledger.HoldDates)
		h.runs("a", 0, 0, windowed, shifted...)
		h.runs("a", 0, 1, windowed, shifted...)
		h.wantHolds("a")
		h.runs("a", 0, 0, windowed, shifted...)
		h.wantHolds("a")
	}},
	{"a day that was read an hour off by an older build is neither corrected nor held", func(t *testing.T, h *house) {
		midnight := noon.Add(15 * time.Hour)
		ofOneDay := func(published time.Time) []feeds.Article {
			list := notices(1, 8)
			for i := range list[:6] {
				list[i].Published = published
			}
			return list
		}
		h.run("a", ofOneDay(midnight.Add(-time.Hour)), windowed)
		h.marks()
		for range 2 {
			h.runs("a", 0, 0, windowed, ofOneDay(midnight)...)
			h.wantHolds("a")
		}
		if records := h.records(); len(records) != 8 {
			t.Errorf("the log has %d records, want 8", len(records))
		}
		h.wantMarks()
		if a := h.article("Notice 1"); a.Revision != 1 || !a.Published.Equal(midnight.Add(-time.Hour)) {
			t.Errorf("it became %+v", a)
		}
		h.runs("a", 0, 1, windowed, with(ofOneDay(midnight), 0, title("Corrected"))...)
		if a := h.article("Corrected"); !a.Published.Equal(midnight) {
			t.Errorf("corrected for another reason, it is of %s", a.Published)
		}
	}},
	{"a source that says another language is held, unless a person said so", func(t *testing.T, h *house) {
		h.run("a", notices(1, 6), windowed)
		h.runs("a", 0, 0, windowed, notices(1, 6, language("en"))...)
		h.wantHolds("a", ledger.HoldLanguage)
		h.runs("a", 0, 0, windowed, notices(1, 6)...)
		h.wantHolds("a")
		configured := func(c *store.Collected) { c.Extent, c.Source.Language = ledger.Windowed, "en" }
		h.runs("a", 0, 6, configured, notices(1, 6, language("en"))...)
		h.wantHolds("a")
	}},
	{"many articles are held and released in parts", func(t *testing.T, h *house) {
		h.run("a", notices(1, 350), windowed)
		h.runs("a", 110, 0, windowed, notices(250, 460, language("en"))...)
		h.wantHolds("a", ledger.HoldLanguage)
		h.Release(t.Context(), "a", h.now)
		h.runs("a", 0, 101, windowed, notices(250, 460, language("en"))...)
		h.wantHolds("a")
	}},
}

// runs collects a source in a way and wants so many new and changed articles.
func (h *house) runs(source string, wantNew, wantChanged int, how func(*store.Collected), articles ...feeds.Article) {
	h.Helper()
	out := h.run(source, articles, how)
	if out.New != wantNew || out.Changed != wantChanged {
		h.Errorf("source %s: %d new and %d changed, want %d and %d (%+v)", source, out.New, out.Changed, wantNew, wantChanged, out)
	}
}
