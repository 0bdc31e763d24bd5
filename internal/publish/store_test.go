package publish_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
	"github.com/kairan-news/kairan/locales"
)

// noon is when the stored articles were collected.
var noon = time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)

var postgres = pgtest.Template{Prepare: func(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}}

// bundles are read once for all tests: nothing changes them.
var bundles = sync.OnceValues(func() (*locales.Bundle, error) { return locales.Load(nil) })

// house is a site with a real store.
type house struct {
	testing.TB
	*store.DB
	site      *feeds.Site
	publisher *publish.Publisher
	now       time.Time
	made      map[feeds.DocumentKey]string // the tags of the documents that were made
}

func newHouse(t testing.TB, address string) *house {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	words, err := bundles()
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{
		ID: "sample", BaseURL: "https://news.example", DefaultLocale: "en",
		Categories: []feeds.Category{{Term: "government"}, {Term: "culture"}},
		Publishers: []feeds.Publisher{{Key: "sample-city", NameID: "publisher.sample-city", Language: "ja", License: feeds.License{FullText: true}}},
	}
	for _, tag := range words.Tags() {
		chain := []string{tag}
		if tag != "en" {
			chain = append(chain, "en")
		}
		site.Locales = append(site.Locales, feeds.Locale{Tag: tag, Chain: chain})
	}
	return &house{
		TB: t, DB: db, site: site, now: noon, made: map[feeds.DocumentKey]string{},
		publisher: &publish.Publisher{Composer: &publish.Composer{Site: site, Bundle: words, Read: publish.At(db.Snapshot)}, Store: db},
	}
}

// collect stores articles, as a run of a source that is complete or not.
func (h *house) collect(complete bool, articles ...feeds.Article) {
	h.Helper()
	h.now = h.now.Add(time.Minute)
	extent := ledger.Some
	if complete {
		extent = ledger.Whole
	}
	_, err := h.Collect(h.Context(), store.Collected{
		Run: store.Run{Source: "news", Started: h.now}, Touched: h.site.Touched,
		Brought: ledger.Brought{Articles: articles, Extent: extent, Now: h.now, Release: true},
	})
	if err != nil {
		h.Fatal(err)
	}
}

// publishMarked publishes what is marked, and returns how many documents changed.
func (h *house) publishMarked() (changed int) {
	h.Helper()
	marks, err := h.Marked(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	for _, m := range marks {
		res, err := h.publisher.Publish(h.Context(), m.Channel, m.Counter, h.now)
		if err != nil {
			h.Fatal(err)
		}
		if !res.Cleared || res.Faults != nil {
			h.Errorf("%s: cleared %v, faults %q", m.Channel, res.Cleared, res.Faults)
		}
		changed += h.makeAll(m.Channel)
	}
	return changed
}

// makeAll makes a channel's live documents, and returns how many are others than before.
func (h *house) makeAll(c feeds.Channel) (changed int) {
	h.Helper()
	made, err := h.publisher.Composer.Make(h.Context(), c, 0, feeds.Formats()...)
	if err != nil {
		h.Fatal(err)
	}
	for _, d := range made.Documents {
		if h.made[d.DocumentKey] != d.ETag {
			h.made[d.DocumentKey] = d.ETag
			changed++
		}
	}
	return changed
}

// document makes a document.
func (h *house) document(key feeds.DocumentKey) feeds.Document {
	h.Helper()
	made, err := h.publisher.Composer.Make(h.Context(), key.Channel, key.Archive, key.Format)
	if err != nil || made.Documents[0].Fault != nil {
		h.Fatalf("%s: %v, %v", key.Path(), err, made.Documents)
	}
	return made.Documents[0].Document
}

func (h *house) body(path string, format feeds.Format) string {
	h.Helper()
	d := h.document(feeds.DocumentKey{Channel: channelNamed(path), Format: format})
	if err := check.Document(format, d.Body); err != nil {
		h.Errorf("%s.%s: %v", path, format, err)
	}
	return string(d.Body)
}

func (h *house) expect(path string, format feeds.Format, has, hasNot string) {
	h.Helper()
	body := h.body(path, format)
	if has != "" && !strings.Contains(body, has) {
		h.Errorf("%s.%s has no %q", path, format, has)
	}
	if hasNot != "" && strings.Contains(body, hasNot) {
		h.Errorf("%s.%s has %q", path, format, hasNot)
	}
}

func notice(story, language, title string) feeds.Article {
	return feeds.Article{
		Publisher: "sample-city", Source: "news", Key: story, GUID: story, StoryHint: story, Language: language,
		Title: title, Summary: title, Content: "<p>" + title + "</p>", Published: noon, PublishedFrom: feeds.DateDeclared,
		Categories: []string{"government"},
	}
}

// TestFromTheStoreToTheDocuments proves, on both engines, that what is collected is
// published, and nothing more often than it changes.
func TestFromTheStoreToTheDocuments(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{
		"sqlite":   storetest.SQLite,
		"postgres": postgres.URL,
	} {
		t.Run(engine, func(t *testing.T) {
			h := newHouse(t, address(t))
			if err := h.Mark(t.Context(), h.site.Channels(), store.Marking{}, h.now); err != nil {
				t.Fatal(err)
			}
			if n, want := h.publishMarked(), 3*len(h.site.Channels()); n != want {
				t.Errorf("%d documents of an empty site; want %d", n, want)
			}

			ja, en := notice("drill", "ja", "防災訓練"), notice("drill", "en", "Drill")
			h.collect(true, ja)
			h.publishMarked()
			h.expect("ja/government", feeds.RSS, "<title>防災訓練</title>", "")
			h.expect("en/from/sample-city", feeds.Atom, "[Japanese] 防災訓練", "")
			h.expect("en/all", feeds.JSONFeed, `"items": []`, "防災訓練")
			h.expect("tr/everything", feeds.JSONFeed, "防災訓練", "")

			h.collect(true, ja, en)
			h.publishMarked()
			h.expect("en/all", feeds.RSS, "<title>Drill</title>", "")
			h.expect("en/from/sample-city", feeds.RSS, "<k:replaces>"+feeds.MintID("sample-city", "drill", "ja"), "")
			h.expect("ja/all", feeds.Atom, "<title type=\"text\">防災訓練</title>", `">Drill`)
			h.expect("ja/all", feeds.Atom, `hreflang="en" href="https://news.example/en/n/`+feeds.Slug(feeds.MintID("sample-city", "drill", "en"))+`" title="Drill"`, "")
			h.expect("nl/all", feeds.Atom, "[Engels] Drill", "")

			en.Title = "Drill, corrected"
			h.collect(true, ja, en)
			h.publishMarked()
			h.expect("en/all", feeds.JSONFeed, `"reason": "correction"`, "")

			// The same again changes nothing.
			h.collect(true, ja, en)
			if n := h.publishMarked(); n != 0 {
				t.Errorf("%d documents changed without a cause", n)
			}

			h.collect(true, ja)
			h.publishMarked()
			gone := feeds.MintID("sample-city", "drill", "en")
			h.expect("en/all", feeds.Atom, `<at:deleted-entry ref="`+gone+`"`, "Drill, corrected")
			h.expect("en/all", feeds.JSONFeed, `"withdrawn":`, "Drill, corrected")
			h.expect("en/from/sample-city", feeds.Atom, "[Japanese] 防災訓練", "Drill, corrected")
			h.expect("ja/all", feeds.Atom, "防災訓練", "deleted-entry ")
		})
	}
}

// BenchmarkPublishFromSQLite is what making a channel costs altogether: 50 entries of
// 1.2 kB are read, composed, localized, rendered and checked in three formats.
func BenchmarkPublishFromSQLite(b *testing.B) {
	h := newHouse(b, storetest.SQLite(b))
	text := strings.Repeat("<p>The <a href=\"https://city.example/\">city</a> &amp; 回覧板をまわす.</p>\n", 15)
	var all []feeds.Article
	for i := range 500 {
		a := notice(fmt.Sprint("story-", i), []string{"en", "ja"}[i%2], fmt.Sprint("Notice ", i))
		a.Content = text
		all = append(all, a)
	}
	for len(all) > 0 {
		h.collect(false, all[:10]...)
		h.now = h.now.Add(10 * time.Hour)
		all = all[10:]
	}
	for _, path := range []string{"ja/all", "ja/government", "en/everything"} {
		c, _ := feeds.ParseChannel(path)
		h.publishMarked()
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.publisher.Composer.Make(b.Context(), c, 0, feeds.Formats()...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// channelNamed is a channel by its name.
func channelNamed(name string) (c feeds.Channel) {
	if err := c.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return c
}
