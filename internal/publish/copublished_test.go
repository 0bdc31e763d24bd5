package publish_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// publishes has a source of its own of a publisher bring all that it has, and publishes.
func (h *house) publishes(publisher string, articles ...feeds.Article) {
	h.Helper()
	h.now = h.now.Add(time.Minute)
	for i := range articles {
		articles[i].Publisher, articles[i].Source, articles[i].StoryHint = publisher, publisher, ""
	}
	_, err := h.Collect(h.Context(), store.Collected{
		Run: store.Run{Source: publisher, Started: h.now}, Touched: h.site.Touched,
		Brought: ledger.Brought{Articles: articles, Extent: ledger.Whole, Now: h.now, Release: true},
	})
	if err != nil {
		h.Fatal(err)
	}
	h.publishMarked()
}

// stands says what a channel holds: its titles with the publishers, "-" before what is gone,
// and behind "<" what an entry replaces.
func (h *house) stands(path string) string {
	h.Helper()
	f, err := h.publisher.Composer.Compose(h.Context(), channelNamed(path))
	if err != nil {
		h.Fatal(err)
	}
	h.body(path, feeds.Atom) // passes the check
	var all []string
	for _, e := range f.Entries {
		word := fmt.Sprintf("%s of %s (%s)", e.Article.Title, e.Article.Publisher, e.Record.Reason)
		for _, v := range e.Versions {
			word += " beside " + v.Language
		}
		if e.Replaces != "" {
			word += " < " + h.titleOf(e.Replaces)
		}
		all = append(all, word)
	}
	for _, g := range f.Gone {
		all = append(all, "- "+h.titleOf(g.ID))
	}
	return strings.Join(all, "; ")
}

// titleOf is an article's title with its publisher.
func (h *house) titleOf(id string) string {
	h.Helper()
	a, ok, err := h.ArticleBySlug(h.Context(), feeds.Slug(id))
	if err != nil || !ok {
		h.Fatalf("%s: %v, %v", id, ok, err)
	}
	return a.Title + " of " + a.Publisher
}

func (h *house) wantStands(want string, paths ...string) {
	h.Helper()
	for _, path := range paths {
		if got := h.stands(path); got != want {
			h.Errorf("%s holds\n  %s\nwant\n  %s", path, got, want)
		}
	}
}

// TestWhatTwoPublishersPublish proves that a notice of a city and its department stands
// once where notices of all stand, and in the channel of each as that one's own.
func TestWhatTwoPublishersPublish(t *testing.T) {
	t.Parallel()
	h := newHouse(t, storetest.SQLite(t))
	h.site.Publishers = append(h.site.Publishers, feeds.Publisher{Key: "harbour", Names: map[string]string{"en": "Harbour Office"}, Language: "en"})
	a := notice("1", "en", "Bridge closed")
	a.Link = "https://city.example/bridge"
	b := notice("other", "en", "Bridge  Closed")
	b.Link, b.Categories = a.Link, []string{"culture"}
	of := func(a feeds.Article, title string) feeds.Article { a.Title = title; return a }
	all := []string{"en/all", "en/everything", "en/government", "en/only/government", "th/all"}
	city, harbour := "en/from/sample-city", "en/from/harbour"

	h.publishes("sample-city", a)
	h.publishes("harbour", b)
	h.wantStands("Bridge closed of sample-city (new)", "en/all", "en/everything", "en/government", city)
	// A category that nobody archived yet has the past, and the first version.
	h.wantStands("Bridge closed of sample-city (new)", "en/culture")
	h.wantStands("Bridge  Closed of harbour (new)", harbour)

	b = of(b, "Bridge closed until May")
	h.publishes("harbour", b)
	h.wantStands("Bridge closed of sample-city (new)", all...)
	h.wantStands("Bridge closed until May of harbour (correction)", harbour)

	a = of(a, "Bridge closed until June")
	h.publishes("sample-city", a)
	h.wantStands("Bridge closed until June of sample-city (correction)", append(all, city)...)
	h.wantStands("Bridge closed until May of harbour (correction)", harbour)

	ja := notice("ja", "ja", "橋")
	ja.Link, ja.Alternates = "https://city.example/ja/bridge", []feeds.Alternate{{Language: "en", Link: a.Link}}
	h.publishes("harbour", b, ja)
	h.wantStands("Bridge closed until June of sample-city (correction) beside ja", "en/all", city)
	h.wantStands("Bridge closed until May of harbour (correction) beside ja", harbour)
	h.wantStands("橋 of harbour (translation) beside en < Bridge closed until June of sample-city", "ja/all")

	h.publishes("sample-city")
	h.wantStands("Bridge closed until May of harbour (withdrawal) beside ja < Bridge closed until June of sample-city; - Bridge closed until June of sample-city", "en/all", "en/government")
	h.wantStands("- Bridge closed until June of sample-city", city)
	h.wantStands("Bridge closed until May of harbour (correction) beside ja", harbour)
	h.wantStands("橋 of harbour (translation) beside en < Bridge closed until June of sample-city", "ja/all")
	h.wantStands("Bridge closed until May of harbour (withdrawal) beside ja < Bridge closed until June of sample-city; 橋 of harbour (translation) beside en; - Bridge closed until June of sample-city", "en/everything")

	h.publishes("sample-city", a)
	h.wantStands("Bridge closed until June of sample-city (new) beside ja", city)
	h.wantStands("Bridge closed until May of harbour (withdrawal) beside ja < Bridge closed until June of sample-city; - Bridge closed until June of sample-city", "en/all")

	h.publishes("harbour", b)
	h.wantStands("Bridge closed until May of harbour (correction)", harbour)
	h.wantStands("Bridge closed until May of harbour (withdrawal) < 橋 of harbour; - 橋 of harbour", "ja/from/harbour")
	if _, err := h.Erase(t.Context(), store.Erasure{ID: feeds.MintID("harbour", "other", "en"), Reason: "court order", Touched: h.site.Touched, Now: h.now}); err != nil {
		t.Fatal(err)
	}
	h.publishMarked()
	h.wantStands("Bridge closed until June of sample-city (withdrawal) <  of harbour; -  of harbour", "en/all", "th/all")
	h.wantStands("Bridge closed until June of sample-city (new)", city)
}
