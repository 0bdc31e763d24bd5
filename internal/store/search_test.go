package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/internal/store"
)

func summary(s string) func(*feeds.Article) { return func(a *feeds.Article) { a.Summary = s } }
func published(t time.Time) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Published = t }
}

// search returns the titles of what a request finds, in its order.
func (h *house) search(q search.Request) (titles []string) {
	h.Helper()
	found := must(h.DB.Search(h.Context(), q))(h)
	for _, hit := range found.Hits {
		a, ok, err := h.ArticleBySlug(h.Context(), feeds.Slug(hit.Article))
		if err != nil || !ok || !a.Withdrawn.IsZero() || a.Story != hit.Story || a.Language != hit.Language || a.Publisher != hit.Publisher || !a.Published.Equal(hit.Published) || hit.Row < 1 {
			h.Fatalf("the hit %+v is of %+v (%v, %v)", hit, a.Article, ok, err)
		}
		titles = append(titles, a.Title)
	}
	return titles
}

// wantSearch compares what a query finds, newest first, with titles.
func (h *house) wantSearch(query string, want ...string) {
	h.Helper()
	if got := h.search(ask(query)); !slices.Equal(got, want) {
		h.Errorf("%q finds %q, want %q", query, got, want)
	}
}

// wantRequest is wantSearch of a request.
func (h *house) wantRequest(says string, q search.Request, want ...string) {
	h.Helper()
	if got := h.search(q); !slices.Equal(got, want) {
		h.Errorf("%s: found are %q, want %q", says, got, want)
	}
}

var searchBullets = []bullet{
	{"an article is found by its title, its summary and its text, from the moment on in which it is stored", func(t *testing.T, h *house) {
		h.wantSearch("harbour")
		h.collect("a", 2, 0,
			notice(1, language("en"), title("Harbour festival"), summary("Fireworks at night."), content("<p>Bring a <b>lan</b>tern.</p>")),
			notice(2, language("en"), title("A library"), content("<p>By the old harbour</p>"+strings.Repeat("<p>and more</p>", 100)+"<p>zebra</p>")))
		h.wantSearch("harbour", "A library", "Harbour festival")
		h.wantSearch("HARB", "A library", "Harbour festival")
		h.wantSearch("harbour festival", "Harbour festival")
		h.wantSearch("fireworks", "Harbour festival")
		h.wantSearch("lantern", "Harbour festival")
		h.wantSearch("zebra") // far behind its beginning
		h.wantSearch("arbour")
		h.wantSearch("", "A library", "Harbour festival")
	}},
	{"a correction leaves nothing of what was said before", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, title("花火大会")))
		h.wantSearch("花火", "花火大会")
		h.collect("a", 0, 1, notice(1, title("音楽祭")))
		h.wantSearch("花火")
		h.wantSearch("音楽", "音楽祭")
	}},
	{"what is withdrawn is not found until it comes back", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3), complete)
		h.run("a", notices(2, 3), complete)
		h.wantSearch("notice", "Notice 3", "Notice 2")
		h.wantSearch("", "Notice 3", "Notice 2")
		h.run("a", notices(1, 3), complete)
		h.wantSearch("notice", "Notice 3", "Notice 2", "Notice 1")
		h.run("a", notices(2, 3), complete)
		h.run("a", append(notices(2, 3), notice(1, title("Another notice"))), complete)
		h.wantSearch("notice", "Notice 3", "Notice 2", "Another notice")
	}},
	{"what is erased is not found", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		must(h.Erase(t.Context(), store.Erasure{ID: h.article("Notice 1").ID, Reason: "court order", Touched: site.Touched, Now: h.now}))(t)
		h.wantSearch("notice", "Notice 2")
		h.collect("a", 0, 0, notice(1), notice(2))
		h.wantSearch("notice", "Notice 2")
	}},
	{"words of any script are found as readers write them", func(t *testing.T, h *house) {
		h.collect("a", 7, 0,
			notice(1, language("tr"), title("İSTANBUL'un Işık Festivali")),
			notice(2, language("ar"), title("مهرجانُ المدينةِ"), content("<p>والأطفال في الحديقة</p>")),
			notice(3, language("th"), title("กรุงเทพมหานคร")),
			notice(4, language("ko"), title("서울시 불꽃축제")),
			notice(5, language("zh-Hant"), title("臺北市政府公告")),
			notice(6, language("ja"), title("ｺﾐｭﾆﾃｨｾﾝﾀｰ２０２６")),
			notice(7, language("vi"), title("Thành phố Hồ Chí Minh")))
		h.wantSearch("istanbul", "İSTANBUL'un Işık Festivali")
		h.wantSearch("isik festival", "İSTANBUL'un Işık Festivali")
		h.wantSearch("IŞIK", "İSTANBUL'un Işık Festivali")
		h.wantSearch("مدينه", "مهرجانُ المدينةِ")
		h.wantSearch("المهرجان", "مهرجانُ المدينةِ")
		h.wantSearch("اطفال", "مهرجانُ المدينةِ")
		h.wantSearch("เทพ", "กรุงเทพมหานคร")
		h.wantSearch("축제", "서울시 불꽃축제")
		h.wantSearch("市政", "臺北市政府公告")
		h.wantSearch("府", "臺北市政府公告")
		h.wantSearch("センター 2026", "ｺﾐｭﾆﾃｨｾﾝﾀｰ２０２６")
		h.wantSearch("ho chi", "Thành phố Hồ Chí Minh")
		h.wantSearch("京都")
	}},
	{"a run of characters is found where it stands in a row", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, title("東京、京都")), notice(2, title("東京都庁")))
		h.wantSearch("東京都", "東京都庁")
		h.wantSearch("京都", "東京都庁", "東京、京都")
	}},
	{"the best come first, and the newest of those that fit alike", func(t *testing.T, h *house) {
		h.collect("a", 7, 0,
			notice(1, title("京都の祭り")),
			notice(2, title("案内"), content("<p>会場は京都です。</p>")),
			notice(3, title("東京都の祭り")),
			notice(4, title("お知らせ"), content("<p>東京都の会場</p>")),
			notice(5, title("京都タワー")),
			notice(6, language("en"), title("Kyotoites"), content("<p>of the town</p>")),
			notice(7, language("en"), title("A guide"), content("<p>to Kyoto and Kyotoites</p>")))
		q := ask("京都")
		q.Order = search.Best
		want := []string{"京都タワー", "京都の祭り", "東京都の祭り", "案内", "お知らせ"}
		h.wantRequest("best", q, want...)
		for _, limit := range []int{1, 2, 3, 4} {
			var pages []string
			q := search.Request{Terms: q.Terms, Order: search.Best, Limit: limit}
			for more := true; more && len(pages) < 10; {
				found := must(h.DB.Search(t.Context(), q))(t)
				for _, hit := range found.Hits {
					a, _, err := h.ArticleBySlug(t.Context(), feeds.Slug(hit.Article))
					pages = append(pages, must(a.Title, err)(t))
				}
				more = found.More
				q.After = found.Hits[len(found.Hits)-1].Place
			}
			if !slices.Equal(pages, want) {
				t.Errorf("page by page of %d found are %q, want %q", limit, pages, want)
			}
		}
		q = ask("kyoto")
		q.Order = search.Best
		h.wantRequest("best", q, "Kyotoites", "A guide")
	}},
	{"a search goes on behind its last hit, and says whether there are more", func(t *testing.T, h *house) {
		h.collect("a", 5, 0, notices(1, 5)...)
		q := ask("notice")
		q.Limit = 2
		var got []string
		for range 3 {
			found := must(h.DB.Search(t.Context(), q))(t)
			got = append(got, h.search(q)...)
			got = append(got, fmt.Sprint(found.More))
			q.After = found.Hits[len(found.Hits)-1].Place
		}
		if want := []string{"Notice 5", "Notice 4", "true", "Notice 3", "Notice 2", "true", "Notice 1", "false"}; !slices.Equal(got, want) {
			t.Errorf("found are %q, want %q", got, want)
		}
	}},
	{"a search is narrowed to languages, publishers, categories and dates", func(t *testing.T, h *house) {
		day := func(d int) func(*feeds.Article) {
			return published(time.Date(2025, 12, d, 12, 0, 0, 0, time.UTC))
		}
		h.collect("a", 3, 0, notice(1, day(30), in("sports")), notice(2, day(31), language("en")), notice(3, day(32)))
		h.collect("b", 1, 0, notice(4, of("seoul"), in("sports", "culture"), day(33)))
		with := func(change func(*search.Request)) search.Request {
			q := ask("notice")
			change(&q)
			return q
		}
		h.wantRequest("in a language", with(func(q *search.Request) { q.Languages = []string{"en"} }), "Notice 2")
		h.wantRequest("in one of two", with(func(q *search.Request) { q.Languages = []string{"en", "ja"} }), "Notice 4", "Notice 3", "Notice 2", "Notice 1")
		h.wantRequest("in none", with(func(q *search.Request) { q.Languages = []string{} }))
		h.wantRequest("of a publisher", with(func(q *search.Request) { q.Publishers = []string{"seoul"} }), "Notice 4")
		h.wantRequest("of another", with(func(q *search.Request) { q.Publishers = []string{"osaka"} }))
		h.wantRequest("in a category", with(func(q *search.Request) { q.Categories = []string{"sports"} }), "Notice 4", "Notice 1")
		h.wantRequest("in one of two", with(func(q *search.Request) { q.Categories = []string{"sports", "culture"} }), "Notice 4", "Notice 3", "Notice 2", "Notice 1")
		h.wantRequest("in none", with(func(q *search.Request) { q.Categories = []string{} }))
		h.wantRequest("since", with(func(q *search.Request) { q.Since = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC) }), "Notice 4")
		h.wantRequest("until", with(func(q *search.Request) { q.Until = time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC) }), "Notice 1")
		h.wantRequest("between", with(func(q *search.Request) {
			q.Since, q.Until = time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC), time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
		}), "Notice 3", "Notice 2")
		h.wantRequest("without words", search.Request{Publishers: []string{"tokyo"}, Categories: []string{"sports"}}, "Notice 1")
		h.wantRequest("all at once", with(func(q *search.Request) {
			q.Publishers, q.Categories, q.Order = []string{"tokyo", "seoul"}, []string{"sports"}, search.Best
			q.Until = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
		}), "Notice 1")
	}},
	{"an article is in the categories of all versions of its story, as these are now", func(t *testing.T, h *house) {
		sports := search.Request{Categories: []string{"sports"}}
		h.collect("a", 1, 0, notice(1, hint("s")))
		h.wantRequest("before", sports)
		h.collect("a", 1, 0, notice(1, hint("s")), notice(2, hint("s"), language("en"), in("sports")))
		h.wantRequest("with a translation", sports, "Notice 2", "Notice 1")
		must(h.Remap(t.Context(), store.Remapping{
			Map:     func(feeds.Article) ([]string, bool) { return []string{"culture"}, false },
			Touched: site.Touched, Now: h.now,
		}))(t)
		h.wantRequest("after the rules have changed", sports)
		h.wantRequest("after the rules have changed", search.Request{Categories: []string{"culture"}}, "Notice 2", "Notice 1")
	}},
	{"only the newest matches are looked through for categories, and that is said", func(t *testing.T, h *house) {
		if testing.Short() {
			t.Skip("-short: takes two thousand articles")
		}
		h.collect("a", 1, 0, notice(0, in("sports")))
		for n := range 25 {
			h.run(fmt.Sprint("s", n), notices(1+80*n, 80+80*n))
		}
		for _, test := range []struct {
			category string
			hits     int
			bounded  bool
		}{{"culture", 50, false}, {"sports", 0, true}} {
			q := ask("notice")
			q.Categories = []string{test.category}
			if found := must(h.DB.Search(t.Context(), q))(t); len(found.Hits) != test.hits || found.Bounded != test.bounded || found.More == test.bounded {
				t.Errorf("in %s there are %d hits, more: %v, bounded: %v", test.category, len(found.Hits), found.More, found.Bounded)
			}
		}
	}},
	{"no query is an error", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, language("en"), title("NEAR the old harbour")))
		for _, query := range []string{
			`"`, `""`, `'`, `''`, `*`, `har*`, `NEAR`, `NEAR(a b)`, `AND`, `OR NOT`, `-harbour`, `harbour:`, `tokens:harbour`, `^harbour`, `(`, `)`, `a & b | !c`, `<->`, `\`, `'\`, `:*`,
			"\x00", "har\x00bour", "\xff\xfe", "\u202eruobrah", strings.Repeat("x", 10_000), strings.Repeat("京都", 10_000), strings.Repeat("a ", 10_000), "%", "_", `{}`, "a\nb", "１", "=^.@/~-_", "@en", "/tokyo", "#0",
		} {
			for _, order := range []search.Order{search.Newest, search.Best} {
				if _, err := h.DB.Search(t.Context(), search.Request{Terms: search.Parse(query), Order: order}); err != nil {
					t.Errorf("%.40q: %v", query, err)
				}
			}
		}
		h.wantSearch(`har*`, "NEAR the old harbour")
		h.wantSearch(`NEAR("old" harbour)`, "NEAR the old harbour")
	}},
	{"what was stored before there was an index comes into it, the newest first", func(t *testing.T, h *house) {
		h.run("a", notices(1, 100), complete)
		h.run("a", notices(2, 100), complete)
		h.emptyIndex()
		if found := must(h.DB.Search(t.Context(), ask("notice")))(t); len(found.Hits) != 0 || !found.Building {
			t.Fatalf("without an index found are %d, building: %v", len(found.Hits), found.Building)
		}
		h.collect("b", 1, 0, notice(101, of("seoul"), key("b-101")))
		h.wantSearch("notice", "Notice 101")
		looked := must(h.FillSearch(t.Context()))(t)
		if got := h.search(ask("notice")); len(got) < 10 || got[0] != "Notice 101" || got[1] != "Notice 100" || looked > 50 {
			t.Errorf("after a batch of %d found are %q", looked, got)
		}
		h.collect("a", 0, 1, notice(3, title("Corrected notice")))
		for must(h.FillSearch(t.Context()))(t) > 0 {
		}
		q := ask("notice")
		q.Limit = 200
		got := h.search(q)
		if len(got) != 100 || slices.Contains(got, "Notice 1") || slices.Contains(got, "Notice 3") || !slices.Contains(got, "Corrected notice") || !must(h.SearchFilled(t.Context()))(t) {
			t.Errorf("found are at last %q", got)
		}
	}},
	{"filling stands or falls with its place", func(t *testing.T, h *house) {
		h.run("a", notices(1, 60))
		h.emptyIndex()
		must(h.FillSearch(t.Context()))(t)
		before := len(h.search(search.Request{Terms: search.Parse("notice"), Limit: 100}))
		if err := h.FillSearchAndFail(t.Context()); err == nil {
			t.Fatal("it did not fail")
		}
		if now := len(h.search(search.Request{Terms: search.Parse("notice"), Limit: 100})); now != before {
			t.Errorf("%d articles are found after a batch that failed, %d before", now, before)
		}
		for must(h.FillSearch(t.Context()))(t) > 0 {
		}
		if now := len(h.search(search.Request{Terms: search.Parse("notice"), Limit: 100})); now != 60 {
			t.Errorf("%d articles are found at last", now)
		}
	}},
	{"the words of what was erased are gone from SQLite's index once it is one piece, and the others are found in it", func(t *testing.T, h *house) {
		if h.Engine() != store.SQLite {
			t.Skip("PostgreSQL's vacuum does that")
		}
		for n := range 12 {
			h.collect(fmt.Sprint("s", n), 1, 0, notice(n, content(fmt.Sprintf("<p>%s%d</p>", map[bool]string{true: "lantern", false: "zyxwvuts"}[n == 5], n))))
		}
		pieces := func() (n int) {
			if err := h.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM search_index_data WHERE instr(block, CAST('yxwvuts3' AS BLOB)) > 0 OR instr(block, CAST('zyxwvuts' AS BLOB)) > 0`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		for n := range 12 {
			if n != 5 {
				must(h.Erase(t.Context(), store.Erasure{ID: h.article(fmt.Sprint("Notice ", n)).ID, Reason: "court order", Touched: site.Touched, Now: h.now}))(t)
			}
		}
		if pieces() == 0 {
			t.Fatal("the words are nowhere, so that nothing is proven")
		}
		steps := 0
		for must(h.TidySearch(t.Context()))(t) {
			if steps++; steps > 100 {
				t.Fatal("it comes to no end")
			}
		}
		if n := pieces(); n != 0 {
			t.Errorf("the words stand in %d pieces", n)
		}
		h.wantSearch("lantern", "Notice 5")
		h.wantSearch("notice", "Notice 5")
		if more := must(h.TidySearch(t.Context()))(t); more {
			t.Error("it begins anew where nothing has changed")
		}
	}},
	{"what a program without an index stored meanwhile comes into it when it is filled anew", func(t *testing.T, h *house) {
		h.collect("a", 3, 0, notice(1, title("Harbour festival")), notice(2, title("A library")), notice(3, title("A bridge")))
		h.exec(`DELETE FROM search_index` + map[bool]string{true: ` WHERE rowid = `, false: ` WHERE article = `}[h.Engine() == store.SQLite] + `(SELECT id FROM articles WHERE uid = '` + h.article("A library").ID + `')`)
		h.wantSearch("library")
		if looked := must(h.FillSearch(t.Context()))(t); looked != 0 {
			t.Fatalf("%d are looked at, so that nothing is proven", looked)
		}
		h.exec(`DELETE FROM meta WHERE key = 'search.filled'`)
		h.wantSearch("harbour", "Harbour festival") // meanwhile
		for must(h.FillSearch(t.Context()))(t) > 0 {
		}
		h.wantSearch("library", "A library")
		h.wantSearch("harbour", "Harbour festival")
		h.wantSearch("bridge", "A bridge")
	}},
	{"a publisher that is renamed is found under its new key", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		must(h.RenamePublisher(t.Context(), "tokyo", "edo", nil, h.now))(t)
		if must(h.SearchFilled(t.Context()))(t) {
			t.Error("the index counts as filled")
		}
		for must(h.FillSearch(t.Context()))(t) > 0 {
		}
		h.wantRequest("old", search.Request{Publishers: []string{"tokyo"}})
		h.wantRequest("new", search.Request{Publishers: []string{"edo"}}, "Notice 1")
	}},
}

// emptyIndex takes everything out of the index, as if there had never been one.
func (h *house) emptyIndex() {
	h.Helper()
	h.exec(`DELETE FROM search_index`)
	h.exec(`DELETE FROM search_categories`)
	h.exec(`DELETE FROM meta WHERE key = 'search.filled'`)
}
