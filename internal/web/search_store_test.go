package web

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// searchedSite is a site of a real store.
type searchedSite struct {
	*city
	db        *store.DB
	publisher *publish.Publisher
	shelf     *Shelf
	h         http.Handler
	now       time.Time
}

func newSearchedSite(t *testing.T, url string) *searchedSite {
	t.Helper()
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &searchedSite{city: newCityOf(t, "en", "ja", "th", "ar", "tr", "zh-Hant", "ko"), db: db, now: anyTime}
	composer := &publish.Composer{Site: s.settings.Site, Bundle: s.settings.Bundle, Read: publish.At(db.Snapshot)}
	s.publisher = &publish.Publisher{Composer: composer, Store: db}
	s.shelf = NewShelf(ShelfConfig{Documents: composed{composer, db}, Settings: s.city.now, Every: 20 * time.Millisecond, Log: discard()})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { _ = s.shelf.Run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	s.h = Public(Config{
		Settings: s.city.now, Shelf: s.shelf, Channels: composer, Articles: s.city, Selections: composer, Log: discard(),
		Now: func() time.Time { s.now = s.now.Add(time.Minute); return s.now }, // nobody asks too often
	})
	return s
}

// collect brings the articles that a source lists now, all there are, and publishes them.
func (s *searchedSite) collect(t *testing.T, articles ...feeds.Article) {
	t.Helper()
	s.now = s.now.Add(time.Hour)
	of := map[string][]feeds.Article{}
	for _, a := range articles {
		if a.Source, a.GUID = "news-of-"+a.Publisher, a.Key; a.Published.IsZero() {
			a.Published, a.PublishedFrom = anyTime, feeds.DateDeclared
		}
		of[a.Publisher] = append(of[a.Publisher], a)
	}
	for _, publisher := range slices.Sorted(maps.Keys(of)) {
		if _, err := s.db.Collect(t.Context(), store.Collected{
			Run: store.Run{Source: "news-of-" + publisher, Started: s.now}, Touched: s.settings.Site.Touched,
			Brought: ledger.Brought{Articles: of[publisher], Extent: ledger.Whole, Now: s.now, Release: true},
		}); err != nil {
			t.Fatal(err)
		}
	}
	marks, err := s.db.Marked(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range marks {
		if _, err := s.publisher.Publish(t.Context(), m.Channel, m.Counter, s.now); err != nil {
			t.Fatal(err)
		}
	}
	last, err := s.db.LastSeq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	until(t, func() bool { return s.shelf.channel(channelNamed("en/everything")).Seq == last })
}

// find returns the titles that the search page of a locale shows.
func (s *searchedSite) find(t *testing.T, locale, words, more string) []string {
	t.Helper()
	r := get(s.h, "/"+locale+"/search?q="+url.QueryEscape(words)+more)
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %q: status %d to %s", locale, words, r.StatusCode, r.Header.Get("Location"))
	}
	return titles(document(t, r))
}

func TestSearchesOfARealStore(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": postgres.URL} {
		t.Run(engine, func(t *testing.T) {
			s := newSearchedSite(t, address(t))
			notice := func(key, language, title, text string, categories ...string) feeds.Article {
				return feeds.Article{Publisher: "sample-city", Key: key, StoryHint: key, Language: language, Title: title, Content: "<p>" + text + "</p>", Categories: categories}
			}
			market := notice("market", "ar", "افتتاح السوق الليلي في حي البحيرة", "يفتح السوق أبوابه كل خميس", "culture")
			market.Publisher = "riyadh"
			list := []feeds.Article{
				notice("drill", "en", "Flood drill on the river", "Sirens sound at the harbour.", "disaster-prevention"),
				notice("drill", "ja", "すみれ川の水害避難訓練", "東京都の川沿いで行います。", "disaster-prevention"),
				notice("museum", "en", "Museum of the harbour", "Old ships.", "culture"),
				notice("budget", "th", "ร่างงบประมาณปีหน้าเผยแพร่แล้ว", "โดยเน้นด้านสวัสดิการ", "government"),
				notice("ferry", "tr", "İstanbul’da vapur seferleri artıyor", "Iskele bugün açıldı.", "government"),
				notice("park", "zh-Hant", "臺北市立公園延長開放", "夜間也開放。", "culture"),
				notice("tram", "ko", "서울시 지하철 안내", "오늘부터", "government"),
				market,
			}
			s.collect(t, list...)
			for _, test := range []struct{ locale, words, more, want, remark string }{
				{"en", "HARBOUR", "", "Museum of the harbour; Flood drill on the river", "in the title before the text"},
				{"en", "harb", "", "Museum of the harbour; Flood drill on the river", "the beginning of a word"},
				{"en", "harbour", "&topic=culture", "Museum of the harbour", "of a topic"},
				{"en", "harbour", "&since=2027-01-01", "", "of a day"},
				{"en", "flood -river", "", "Flood drill on the river", "no sign has a meaning"},
				{"ja", "水害", "", "すみれ川の水害避難訓練", "two characters within a run"},
				{"ja", "harbour", "", "Museum of the harbour", "the version that readers are shown"},
				{"ja", "東京都", "", "すみれ川の水害避難訓練", "in the text"},
				{"th", "งบประมาณ", "", "ร่างงบประมาณปีหน้าเผยแพร่แล้ว", "a word amid others"},
				{"tr", "istanbul", "", "İstanbul’da vapur seferleri artıyor", "a dotted I"},
				{"tr", "ISKELE", "", "İstanbul’da vapur seferleri artıyor", "a dotless one"},
				{"zh-Hant", "公園", "", "臺北市立公園延長開放", "two characters"},
				{"ko", "지하철", "", "서울시 지하철 안내", "a word"},
				{"ar", "السوق", "", "افتتاح السوق الليلي في حي البحيرة", "with its article"},
				{"ar", "سوق", "&from=riyadh", "افتتاح السوق الليلي في حي البحيرة", "without it, and of a city"},
				{"en", "السوق", "", "", "in a language that nobody accepts there"},
			} {
				if got := strings.Join(s.find(t, test.locale, test.words, test.more), "; "); got != test.want {
					t.Errorf("%s: %q%s finds %q, want %q: %s", test.locale, test.words, test.more, got, test.want, test.remark)
				}
				path := "/" + test.locale + "/search.atom?q=" + url.QueryEscape(search.Parse(test.words).String())
				if r := get(s.h, path); r.StatusCode != http.StatusOK {
					t.Errorf("%s: status %d to %s", path, r.StatusCode, r.Header.Get("Location"))
				} else if err := check.Document(feeds.Atom, []byte(body(t, r))); err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
			const feed, combined = "/en/search.rss?q=harbour", "/en/feed.json?topic=culture,disaster-prevention&from=sample-city"
			tag := get(s.h, feed).Header.Get("ETag")
			if text := body(t, get(s.h, combined)); !strings.Contains(text, "Museum of the harbour") || !strings.Contains(text, "Flood drill") || strings.Contains(text, "السوق") {
				t.Errorf("%s:\n%s", combined, text)
			}

			// A correction is found by its own words at once, and what is withdrawn by none.
			list[2].Title, list[2].Corrected = "Museum of the wind", s.now
			list[2].Content = "<p>No ships.</p>"
			s.collect(t, list[1:]...)
			if got := s.find(t, "en", "harbour", ""); len(got) != 0 {
				t.Errorf("harbour still finds %q", got)
			}
			if got := s.find(t, "en", "wind", ""); !slices.Equal(got, []string{"Museum of the wind"}) {
				t.Errorf("wind finds %q", got)
			}
			r := get(s.h, feed, "If-None-Match", tag)
			if text := body(t, r); r.StatusCode != http.StatusOK || strings.Contains(text, "<item") {
				t.Errorf("the feed: status %d\n%s", r.StatusCode, text)
			}
			if text := body(t, get(s.h, combined)); !strings.Contains(text, `"withdrawn"`) || strings.Contains(text, "Flood drill") {
				t.Errorf("%s does not tell of what was withdrawn:\n%s", combined, text)
			}

			// Whatever is published, its readers ask the database once.
			tag = get(s.h, feed).Header.Get("ETag")
			if err := s.db.Close(); err != nil {
				t.Fatal(err)
			}
			until(t, func() bool { return s.shelf.State().Behind != nil })
			for range 3 {
				if r := get(s.h, feed, "If-None-Match", tag); r.StatusCode != http.StatusNotModified {
					t.Errorf("without a database: status %d", r.StatusCode)
				}
			}
		})
	}
}

// Words of an evil mind do no more harm to an index than to a page.
func TestWordsOfEvilMindInARealStore(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": postgres.URL} {
		t.Run(engine, func(t *testing.T) {
			s := newSearchedSite(t, address(t))
			s.collect(t, feeds.Article{Publisher: "sample-city", Key: "a", Language: "en", Title: "A notice of a flood", Content: "<p>text</p>"})
			for i, words := range []string{
				`"`, `flood"`, `'flood'`, `*`, `flood*`, `-flood`, `flood NEAR text`, `NEAR(flood text, 2)`, `title:flood`, `flood OR 1=1`, `flood') --`, `^flood`, `{flood}: x`,
				"flood\x00", "flood\xff", "\u202eflood", "%", "_", `\`, `flood & !text`, `flood <-> text`, `flood:*`, "😀", strings.Repeat("ab ", 66), strings.Repeat("漢", 200),
			} {
				r := get(s.h, fmt.Sprintf("/en/search.json?q=%s&n=%d", url.QueryEscape(words), i))
				if r.StatusCode == http.StatusMovedPermanently {
					r = get(s.h, r.Header.Get("Location"))
				}
				empty := search.Parse(strings.ToValidUTF8(words, " ")).Empty()
				if want := map[bool]int{true: http.StatusBadRequest, false: http.StatusOK}[empty]; r.StatusCode != want {
					t.Errorf("%q: status %d, want %d", words, r.StatusCode, want)
				}
			}
		})
	}
}
