package publish_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// recommending is a house that recommends.
func recommending(t testing.TB, address string) *house {
	h := newHouse(t, address)
	h.publisher.Relate = publish.NewRecommender(h.DB).Relate
	return h
}

// entry returns an entry of a channel, by its article's title.
func (h *house) entry(path, title string) feeds.Entry {
	h.Helper()
	h.publishMarked()
	c, _ := feeds.ParseChannel(path)
	f, err := h.publisher.Composer.Compose(h.Context(), c)
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range f.Entries {
		if e.Article.Title == title {
			return e
		}
	}
	h.Fatalf("%s has no %q", path, title)
	return feeds.Entry{}
}

// links returns the titles of an entry's related notices, with their languages.
func (h *house) links(path, title string) string {
	h.Helper()
	var all []string
	for _, l := range h.entry(path, title).Related {
		all = append(all, l.Language+" "+l.Title)
	}
	return strings.Join(all, "; ")
}

func (h *house) expectLinks(path, title, want string) {
	h.Helper()
	if got := h.links(path, title); got != want {
		h.Errorf("with %q %s recommends %q; want %q", title, path, got, want)
	}
}

// TestRecommended proves, on both engines, what readers are shown.
func TestRecommended(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": postgres.URL} {
		t.Run(engine, func(t *testing.T) {
			h := recommending(t, address(t))
			flood := notice("flood", "ja", "大雨による洪水警報の発令について")
			library := notice("library", "ja", "中央図書館の開館時間について")
			h.collect(false, library, flood) // the newest first, as sources have it
			shelter := notice("shelter", "ja", "洪水警報に伴う避難所の開設")
			shelter.Related = []feeds.Related{{Title: " 中央図書館の開館時間について "}, {Title: "防災マップ", Link: "https://city.example/map"}}
			h.collect(false, shelter)

			h.expectLinks("ja/all", flood.Title, "")
			h.expectLinks("ja/all", library.Title, "ja 大雨による洪水警報の発令について")
			h.expectLinks("ja/all", shelter.Title, "ja 中央図書館の開館時間について; ja 防災マップ; ja 大雨による洪水警報の発令について")

			// A translation of a related story is better for who reads its language, and
			// what it recommends itself is found among what is written in it.
			h.collect(false, notice("flood", "en", "Flood warning after heavy rain"))
			h.expectLinks("ja/all", shelter.Title, "ja 中央図書館の開館時間について; ja 防災マップ; ja 大雨による洪水警報の発令について")
			h.expectLinks("nl/everything", shelter.Title, "ja 中央図書館の開館時間について; ja 防災マップ; en Flood warning after heavy rain")
			link := h.entry("en/from/sample-city", shelter.Title).Related[2]
			if want := h.site.BaseURL + "/en/n/" + feeds.Slug(link.ID); link.ID == "" || link.URL != want || link.DateText == "" {
				t.Errorf("the link is %+v", link)
			}

			// It stands in every format, in the reader's words.
			h.publishMarked()
			for _, format := range feeds.Formats() {
				h.expect("ja/all", format, "おすすめ", "")
				h.expect("ja/all", format, "防災マップ", "")
			}
			h.expect("ja/all", feeds.Atom, `<li><a href="https://news.example/ja/n/`, "")
			h.expect("ja/all", feeds.JSONFeed, `<div class=\"kairan-related\"`, `"related":`)
			h.expect("ja/all", feeds.JSONFeed, `"related_heading": "`, "")

			// Nobody is led to what was withdrawn.
			h.now = h.now.Add(time.Minute)
			if _, err := h.Collect(t.Context(), store.Collected{
				Run: store.Run{Source: "news", Started: h.now}, Touched: h.site.Touched,
				Brought: ledger.Brought{Articles: []feeds.Article{library, shelter}, Extent: ledger.Whole, Now: h.now, Release: true},
			}); err != nil {
				t.Fatal(err)
			}
			h.expectLinks("ja/all", shelter.Title, "ja 中央図書館の開館時間について; ja 防災マップ")
			h.expectLinks("ja/all", library.Title, "")
		})
	}
}

// TestALicenceForbidsNotWhatIsOurs proves that where the licence leaves the title
// alone, the source's own links are left out, and ours are shown.
func TestALicenceForbidsNotWhatIsOurs(t *testing.T) {
	h := recommending(t, storetest.SQLite(t))
	h.site.Publishers[0].License.FullText = false
	a := notice("a", "en", "Flood warning for the harbour")
	b := notice("b", "en", "Flood warning for the harbour lifted")
	b.Related = []feeds.Related{{Title: "Map", Link: "https://city.example/map"}}
	h.collect(false, a)
	h.collect(false, b)
	h.expectLinks("en/all", b.Title, "en Flood warning for the harbour")
}

// events is the story of a city: what is collected, step by step.
func events() (steps [][]feeds.Article) {
	subjects := []string{"flood warning for the harbour", "library opens on sundays", "marathon closes streets", "vaccination for seniors", "budget debate in the assembly"}
	for i := range 60 {
		subject := subjects[i*7%5]
		a := notice(fmt.Sprint("s", i), []string{"en", "en", "nl"}[i%3], fmt.Sprintf("%s, part %d", subject, i))
		a.Summary = strings.Repeat(subjects[i%5]+" ", 1+i%3)
		a.Published = noon.Add(time.Duration(i) * time.Hour)
		steps = append(steps, []feeds.Article{a})
		if i%9 == 5 {
			c := steps[i-3][0]
			c.Title += ", corrected"
			steps[len(steps)-1] = append(steps[len(steps)-1], c)
		}
	}
	return steps
}

// all returns what is recommended with each article.
func (h *house) all(r *publish.Recommender) map[string][]string {
	h.Helper()
	last, err := h.LastSeq(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	records, err := h.ChannelRecordsAfter(h.Context(), feeds.RecordFilter{}, 0, 1000)
	if err != nil {
		h.Fatal(err)
	}
	ids := map[string]bool{}
	for _, r := range records {
		ids[r.Article] = true
	}
	if err := r.Relate(h.Context(), last); err != nil {
		h.Fatal(err)
	}
	found, err := h.Related(h.Context(), slices.Collect(maps.Keys(ids)))
	if err != nil {
		h.Fatal(err)
	}
	return found
}

// TestTheLogAloneDecides proves that it is the same whether articles are related as
// they come, all at once, by processes that take turns, or by two at a time.
func TestTheLogAloneDecides(t *testing.T) {
	var want map[string][]string
	for _, how := range []string{"as they come", "at once", "in turns", "by two at a time"} {
		h := newHouse(t, storetest.SQLite(t))
		one := publish.NewRecommender(h.DB)
		for _, articles := range events() {
			h.collect(false, articles...)
			switch how {
			case "as they come":
				h.all(one)
			case "in turns":
				h.all(publish.NewRecommender(h.DB))
			case "by two at a time":
				var both sync.WaitGroup
				for range 2 {
					both.Go(func() { h.all(publish.NewRecommender(h.DB)) })
				}
				both.Wait()
			}
		}
		got := h.all(one)
		if want == nil {
			want = got
		}
		if len(got) < 40 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d articles have recommendations; %d as they came, or others", how, len(got), len(want))
		}
	}
}

// TestADatabaseThatWasRestored proves that a log which is shorter than it was is followed
// from where it now ends.
func TestADatabaseThatWasRestored(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	r := publish.NewRecommender(h.DB)
	warning, lifted := notice("a", "en", "Flood warning for the harbour"), notice("b", "en", "Flood warning for the harbour lifted")
	h.collect(false, warning)
	h.collect(false, notice("x", "en", "Something else"))
	h.all(r)
	for _, text := range []string{ // yesterday's copy knows of the first record alone
		`DELETE FROM log WHERE seq > 1`, `DELETE FROM related`, `DELETE FROM recommended`, `UPDATE meta SET value = '1' WHERE key = 'related.seq'`,
		`DELETE FROM articles WHERE id > 1`, `DELETE FROM revisions WHERE article > 1`, `DELETE FROM aliases WHERE article > 1`,
	} {
		if _, err := h.Writer().ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if found := h.all(r); len(found) != 0 {
		t.Errorf("right after: %v", found)
	}
	h.collect(false, lifted)
	if found := h.all(r); len(found) != 1 {
		t.Errorf("what came then is recommended with: %v", found)
	}
}

// BenchmarkPublishRecommended is what recommending adds to a publication of 50
// entries.
func BenchmarkPublishRecommended(b *testing.B) {
	for _, with := range []bool{false, true} {
		b.Run(fmt.Sprint(with), func(b *testing.B) {
			h := newHouse(b, storetest.SQLite(b))
			if with {
				h.publisher.Relate = publish.NewRecommender(h.DB).Relate
			}
			for range 5 {
				for i, articles := range events() {
					for j := range articles {
						articles[j].Key = fmt.Sprint(h.now.Unix(), i, j)
						articles[j].GUID, articles[j].StoryHint = articles[j].Key, articles[j].Key
						articles[j].Content = strings.Repeat("<p>What the city has to say.</p>", 30)
					}
					h.collect(false, articles...)
				}
			}
			h.publishMarked()
			c, _ := feeds.ParseChannel("en/all")
			for b.Loop() {
				if _, err := h.publisher.Composer.Make(b.Context(), c, 0, feeds.Formats()...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRelate is what relating costs for each article that comes, with the
// database.
func BenchmarkRelate(b *testing.B) {
	h := newHouse(b, storetest.SQLite(b))
	for i := range 2000 {
		a := notice(fmt.Sprint("s", i), "en", fmt.Sprintf("Notice %d of the ward office about matter %d", i, i%97))
		a.Summary = fmt.Sprintf("The ward office tells residents about matter %d, counter %d, street %d and what to bring to room %d.", i%97, i%31, i%53, i%11)
		h.collect(false, a)
	}
	for b.Loop() {
		if _, err := h.PutRelated(b.Context(), 2000, 0, nil); err != nil {
			b.Fatal(err)
		}
		h.all(publish.NewRecommender(h.DB))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/2000, "µs/article")
}
