package store_test

import (
	"errors"
	"hash/fnv"
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// reading is the way in which these tests read documents.
const reading = "as ever"

// digest stands for the bytes of an entry.
func digest(a feeds.Article) uint64 {
	hash := fnv.New64()
	for _, s := range []string{a.GUID, a.Link, a.Title, a.Content, a.Language, a.Published.String()} {
		hash.Write([]byte(s))
	}
	return hash.Sum64()
}

// remembered is what the next run of a source may leave out of a document.
func (h *house) remembered(source, reading string) *ledger.Memory {
	h.Helper()
	return must(h.Memory(h.Context(), source, reading))(h)
}

// wantRemembered wants so many of these articles to be remembered.
func (h *house) wantRemembered(source string, want int, articles ...feeds.Article) {
	h.Helper()
	m, n := h.remembered(source, reading), 0
	for _, a := range articles {
		if _, ok := m.Entry(digest(a)); ok {
			n++
		}
	}
	if n != want || len(m.Digests()) != want {
		h.Errorf("source %s: %d of these articles are remembered, and %d in all; want %d", source, n, len(m.Digests()), want)
	}
}

// document collects a document as a collector does that leaves out what is known, and
// wants so many left out.
func (h *house) document(source string, wantLeft, wantNew, wantChanged int, articles []feeds.Article, changes ...func(*store.Collected)) {
	h.Helper()
	m := h.remembered(source, reading)
	var came []feeds.Article
	var digests []uint64
	for _, a := range articles {
		digests = append(digests, digest(a))
		if _, ok := m.Entry(digest(a)); !ok {
			came = append(came, a)
		}
	}
	if left := len(articles) - len(came); left != wantLeft {
		h.Errorf("source %s: %d of %d entries are known, want %d", source, left, len(articles), wantLeft)
	}
	out := h.run(source, came, append(changes, windowed, func(c *store.Collected) {
		c.Document = ledger.Document{Digests: digests, Memory: m, Reading: reading}
	})...)
	if out.New != wantNew || out.Changed != wantChanged || out.New+out.Changed+out.Refiled+out.Unchanged+out.Returned != len(articles) {
		h.Errorf("source %s: %d new and %d changed of %d, want %d and %d (%+v)", source, out.New, out.Changed, len(articles), wantNew, wantChanged, out)
	}
}

var rememberBullets = []bullet{
	{"what is stored as its document has it need not come again", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		h.document("a", 4, 0, 0, notices(1, 4))
		h.document("a", 4, 1, 0, notices(1, 5))
		changed := with(notices(1, 5), 2, title("Corrected"))
		h.document("a", 4, 0, 1, changed)
		h.document("a", 4, 0, 0, changed) // once more, to see that it is as it is stored
		h.document("a", 5, 0, 0, changed)
		h.document("a", 3, 0, 0, changed[:3])
		h.document("a", 3, 0, 0, changed) // what was left out has to show itself
	}},
	{"more than a transaction takes is remembered whole", func(t *testing.T, h *house) {
		h.document("a", 0, 230, 0, notices(1, 230))
		h.document("a", 230, 0, 0, notices(1, 230))
	}},
	{"another way of reading remembers nothing", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		if m := h.remembered("a", "otherwise"); len(m.Digests()) != 0 {
			t.Errorf("%d entries are remembered for it", len(m.Digests()))
		}
		h.wantRemembered("b", 0)
	}},
	{"what was withdrawn, or revised by another source, has to be read again", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		for range 4 {
			h.aDayLater()
		}
		h.collect("b", 0, 1, with(notices(1, 4), 0, title("Corrected"))...) // as a was not collected for days
		h.wantRemembered("a", 3, notices(1, 4)...)
	}},
	{"an article with a key of one that was left out asks for the whole document", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		m := h.remembered("a", reading)
		for name, a := range map[string]feeds.Article{
			"GUID": notice(9, func(a *feeds.Article) { a.GUID, a.Key = notice(2).GUID, notice(2).Key }),
			"link": notice(9, link(notice(2).Link)),
			"GUID in another language": notice(9, func(a *feeds.Article) {
				a.GUID, a.Key, a.Language = notice(2).GUID, notice(2).Key, "en"
			}),
		} {
			_, err := h.Collect(h.Context(), store.Collected{
				Run: store.Run{Source: "a", Started: h.now, Outcome: store.RunOK}, State: store.SourceState{ID: "a", LastSuccess: h.now},
				Brought: ledger.Brought{
					Articles: []feeds.Article{a}, Extent: ledger.Windowed, Now: h.now,
					Document: ledger.Document{Digests: []uint64{digest(notice(2)), digest(a)}, Memory: m, Reading: reading},
				},
				Touched: site.Touched,
			})
			if !errors.Is(err, ledger.ErrOverlap) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2", "new ja Notice 3", "new ja Notice 4")
	}},
	{"only plain cases are remembered", func(t *testing.T, h *house) {
		undated := notice(5, func(a *feeds.Article) { a.PublishedFrom = feeds.DateFirstSeen })
		shared := []feeds.Article{notice(7), notice(8, link(notice(7).Link))}
		all := slices.Concat([]feeds.Article{undated}, shared, notices(1, 2))
		h.document("a", 0, 5, 0, all)
		h.wantRemembered("a", 2, all...)
	}},
	{"what a source suddenly does to most of its articles is not remembered", func(t *testing.T, h *house) {
		h.document("a", 0, 8, 0, notices(1, 8))
		h.document("a", 2, 0, 0, notices(1, 2)) // held
		h.wantHolds("a", ledger.HoldItems)
		h.wantRemembered("a", 0)
	}},
	{"what changed without a new revision has to be read again", func(t *testing.T, h *house) {
		cutOff := func(c *store.Collected) { c.Extent = ledger.CutOff }
		for name, change := range map[string]func(*feeds.Article){
			"terms":      func(a *feeds.Article) { a.Terms = []feeds.Term{{Term: "Potholes"}} },
			"categories": in("sports"),
			"host":       link("https://www.city.example/2"),
			"versions":   alternate("en", "https://city.example/en/2"),
		} {
			publisher := of(name)
			before := []feeds.Article{notice(1, publisher), notice(2, publisher), notice(3, publisher)}
			h.document(name, 0, 3, 0, before)
			h.run(name, with(before, 1, change), cutOff)
			h.document(name, 2, 0, 0, before) // as it was at first
			if a := h.find("Notice 2"); len(a) == 0 || !slices.ContainsFunc(a, func(a store.Stored) bool {
				return a.Publisher == name && a.Link == before[1].Link && slices.Equal(a.Terms, before[1].Terms) && slices.Equal(a.Categories, before[1].Categories)
			}) {
				t.Errorf("%s: it was left as it was in between: %+v", name, a)
			}
		}
	}},
	{"where another source uses a key for something else the whole document has to be read", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		h.document("b", 0, 1, 0, []feeds.Article{notice(8)})
		h.document("b", 1, 1, 0, []feeds.Article{notice(8), notice(9, key("guid-2"))})
		h.wantRemembered("a", 0)
		h.document("b", 1, 0, 0, []feeds.Article{notice(8), notice(9, key("guid-2"))})
	}},
	{"what was forgotten while a document was read stays forgotten", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		h.document("a", 4, 1, 0, notices(1, 5), func(*store.Collected) {
			h.run("b", []feeds.Article{notice(9, key("guid-2"))})
		})
		h.wantRemembered("a", 0)
	}},
	{"a document that was cut off leaves the one before remembered", func(t *testing.T, h *house) {
		h.document("a", 0, 4, 0, notices(1, 4))
		h.run("a", notices(3, 4), func(c *store.Collected) { c.Extent = ledger.CutOff })
		h.wantRemembered("a", 4, notices(1, 4)...)
	}},
}
