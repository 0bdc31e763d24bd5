package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// The same as TestDeltaAndLiveDocumentAgree, with what is really published of what is
// really stored: stories in several languages, with late translations, corrections,
// withdrawals, and archives that close.
func TestDeltaOfWhatIsPublished(t *testing.T) {
	db, err := store.Open(t.Context(), storetest.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := newCity(t)
	site := c.settings.Site
	publisher := &publish.Publisher{Composer: &publish.Composer{Site: site, Bundle: c.settings.Bundle, Read: publish.At(db.Snapshot)}, Store: db}
	shelf := NewShelf(ShelfConfig{Documents: composed{publisher.Composer, db}, Settings: c.now, Log: discard()})
	h := Public(Config{Settings: c.now, Shelf: shelf, Channels: publisher.Composer, Articles: c, Log: discard()})
	channels := []feeds.Channel{{Locale: "nl", Kind: feeds.ChannelAll}, {Locale: "en", Kind: feeds.ChannelEverything}}

	random := rand.New(rand.NewPCG(1, 2))
	now := anyTime
	held := map[string]feeds.Article{} // by story and language
	var order []string
	deltas, wholes, lastDeltas, lasts := 0, 0, 0, 0
	states := map[feeds.DocumentKey][]feeds.Document{}
	all, pause, busy := 40, 4*time.Hour, 1
	if testing.Short() { // fewer and longer steps, in which more happens
		all, pause, busy = 18, 10*time.Hour, 2
	}
	for step := range all {
		now = now.Add(pause)
		for range busy * (2 + random.IntN(6)) {
			switch n := random.IntN(20); {
			case n < 14 || len(order) == 0:
				story, language := fmt.Sprint("story-", step, random.IntN(6)), []string{"ja", "en", "nl"}[random.IntN(3)]
				name := story + language
				if _, ok := held[name]; !ok {
					order = append(order, name)
				}
				held[name] = feeds.Article{
					Publisher: "sample-city", Source: "news", Key: story, GUID: story, StoryHint: story, Language: language,
					Title: "Notice " + name, Summary: "Summary.", Content: "<p>Text.</p>", Published: now, PublishedFrom: feeds.DateDeclared,
				}
			case n < 17: // a late translation
				a := held[order[random.IntN(len(order))]]
				a.Language, a.Title = "nl", a.Title+" vertaald"
				name := a.Key + a.Language
				if _, ok := held[name]; !ok {
					order = append(order, name)
					held[name] = a
				}
			case n < 19:
				name := order[random.IntN(len(order))]
				a := held[name]
				a.Title, a.Updated = fmt.Sprint("Corrected at ", step, ": ", name), now
				held[name] = a
			default:
				i := random.IntN(len(order))
				delete(held, order[i])
				order = append(order[:i], order[i+1:]...)
			}
		}
		var articles []feeds.Article
		for _, name := range order {
			articles = append(articles, held[name])
		}
		if _, err := db.Collect(t.Context(), store.Collected{
			Run: store.Run{Source: "news", Started: now}, Touched: site.Touched,
			Brought: ledger.Brought{Articles: articles, Extent: ledger.Whole, Now: now, Release: true},
		}); err != nil {
			t.Fatal(err)
		}
		for _, channel := range channels {
			if _, err := publisher.Publish(t.Context(), channel, 0, now); err != nil {
				t.Fatal(err)
			}
			for _, f := range feeds.Formats() {
				key := feeds.DocumentKey{Channel: channel, Format: f}
				made, err := publisher.Composer.Make(t.Context(), channel, 0, f)
				if err != nil {
					t.Fatal(err)
				}
				d := made.Documents[0].Document
				if before := states[key]; len(before) == 0 || before[len(before)-1].ETag != d.ETag {
					states[key] = append(before, d)
				}
			}
		}
		if err := shelf.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for key, all := range states {
			live := all[len(all)-1]
			for n, base := range all {
				r := get(h, "/"+key.Path(), "A-IM", "feed", "If-None-Match", base.ETag)
				got := []byte(body(t, r))
				if n == len(all)-2 { // who was here at the last publication
					lasts++
					if r.StatusCode == http.StatusIMUsed {
						lastDeltas++
					}
				}
				switch r.StatusCode {
				case http.StatusIMUsed:
					deltas++
					if err := check.Document(key.Format, got); err != nil {
						t.Errorf("%v\n%s", err, got)
					}
					agree(t, key.Format, base, live, got)
				case http.StatusOK:
					wholes++
				case http.StatusNotModified:
					if base.ETag != live.ETag {
						t.Error("304 to who holds an old state")
					}
				}
				if t.Failed() {
					t.Fatalf("%s.%s, state %d at %d", key.Channel, key.Format, n, step)
				}
			}
		}
	}
	archives := 0
	for _, state := range shelf.states() {
		archives += state.Archives
	}
	t.Logf("%d deltas, %d whole documents, %d archives; of the readers of the last state %d of %d got a delta", deltas, wholes, archives, lastDeltas, lasts)
	if deltas < 150 || archives == 0 {
		t.Errorf("%d deltas and %d archives prove little", deltas, archives)
	}
}
