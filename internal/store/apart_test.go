package store_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// naming is how a source names its items.
type naming struct {
	says, guid, link string
}

var (
	byLink = []naming{
		{"one link", "", "https://city.example/alerts"},
		{"the front page as their link", "", "https://city.example/"},
		{"the front page as their GUID", "https://city.example", "https://city.example"},
	}
	byGUID = []naming{
		{"one GUID and one link", "latest", "https://city.example/alerts"},
		{"one GUID and no link", "0", ""},
	}
	byIRI = []naming{
		{"one atom:id and one link", "tag:city.example,2026:alerts", "https://city.example/alerts"},
		{"one link as their GUID", "https://city.example/alerts", "https://city.example/alerts"},
	}
)

// written is an item as these tests write it: a letter for its title, a digit for its
// date, a letter for its text, each of them "-" for none.
func (n naming) written(item, publisher string) feeds.Article {
	a := feeds.Article{
		Publisher: publisher, GUID: n.guid, Link: n.link, Language: "en", Title: "Title " + item[:1],
		Terms: []feeds.Term{{Term: "Culture"}}, Categories: []string{"culture"},
	}
	switch {
	case n.guid != "":
		a.Key = n.guid
	case n.link != "":
		_, rest, _ := strings.Cut(n.link, ":")
		a.Key = rest // as its address without the scheme
	default:
		a.Key = "title:" + a.Title
	}
	if strings.HasPrefix(n.guid, "tag:") {
		a.ID = n.guid
	}
	if item[1] != '-' {
		a.Published, a.PublishedFrom = noon.AddDate(0, 0, int(item[1]-'0')), feeds.DateDeclared
	}
	if item[2] != '-' {
		a.Content = "<p>What the city has to say of " + item[2:] + ".</p>"
	}
	return a
}

// shown is a document, the newest first, with what of it is new and what changes.
type shown struct {
	items        string
	new, changed int
}

// sharing is what one visit after another finds, where all items have one name.
type sharing struct {
	says   string
	visits []shown
}

// Whatever names them all.
var alwaysApart = []sharing{
	{"distinct titles of one date", []shown{{"c1- b1- a1-", 3, 0}, {"d1- c1- b1- a1-", 1, 0}, {"a1- b1- d1- c1-", 0, 0}, {"b1-", 0, 0}, {"e1- d1-", 1, 0}, {"a1- c1-", 0, 0}}},
	{"distinct titles of one date with one text", []shown{{"b1x a1x", 2, 0}, {"c1x b1x", 1, 0}, {"a1x b1x c1x", 0, 0}}},
	{"distinct titles without dates", []shown{{"c-- b-- a--", 3, 0}, {"d-- c-- b--", 1, 0}, {"b-- d-- c--", 0, 0}, {"a--", 0, 0}}},
	{"distinct titles with dates", []shown{{"b2y a1x", 2, 0}, {"c3z b2y", 1, 0}, {"a1x c3z", 0, 0}}},
	{"one title with two texts", []shown{{"a1y a1x", 2, 0}, {"a1x a1y", 0, 0}, {"a1x", 0, 0}, {"a1y", 0, 0}}},
	{"one title with two texts and dates", []shown{{"a2y a1x", 2, 0}, {"a3z a2y", 1, 0}, {"a1x", 0, 0}}},
	{"one title with two texts and no date", []shown{{"a-y a-x", 2, 0}, {"a-x a-y", 0, 0}, {"a-y", 0, 0}}},
	{"an item twice", []shown{{"a1x a1x", 1, 0}, {"a1x", 0, 0}, {"a1x a1x b2y", 1, 0}, {"b2y a1x b2y", 0, 0}}},
	{"an item that comes again with another date", []shown{{"a1x", 1, 0}, {"a2x", 0, 0}, {"a3x a2x", 0, 0}, {"b4y a3x", 1, 0}, {"a5x b4y", 0, 0}}},
	{"a second one while the first is listed", []shown{{"a1x", 1, 0}, {"b2y a1x", 1, 0}, {"a1x b2y", 0, 0}, {"b2y", 0, 0}, {"a1x", 0, 0}}},
	{"a second one of the same date while the first is listed", []shown{{"a1-", 1, 0}, {"b1- a1-", 1, 0}, {"b1-", 0, 0}, {"a1-", 0, 0}}},
	{"a second one without a date while the first is listed", []shown{{"a--", 1, 0}, {"b-- a--", 1, 0}, {"b--", 0, 0}, {"a--", 0, 0}}},
	{"a mended headline", []shown{{"a1x", 1, 0}, {"b1x", 0, 1}, {"c1x", 0, 1}, {"c1x", 0, 0}}},
	{"a mended headline without a date", []shown{{"a-x", 1, 0}, {"b-x", 0, 1}, {"b-x", 0, 0}}},
	{"a mended headline without a text", []shown{{"a1-", 1, 0}, {"b1-", 0, 1}}},
	{"a headline that is mended while others have its name", []shown{{"b2y a1x", 2, 0}, {"b2y c1x", 0, 1}, {"c1x b2y", 0, 0}, {"c1x", 0, 0}}},
	{"a text that is mended while others have its name", []shown{{"b2y a1x", 2, 0}, {"b2y a1z", 0, 1}, {"a1z b2y", 0, 0}, {"a1z", 0, 0}}},
	{"a text that is mended, of an item without a date", []shown{{"b-y a-x", 2, 0}, {"b-y a-z", 0, 1}, {"a-z", 0, 0}}},
	{"a headline that is mended as a second one comes", []shown{{"a1x", 1, 0}, {"b2y c1x", 1, 1}, {"b2y c1x", 0, 0}}},
	{"one that is dropped and comes back", []shown{{"b2y a1x", 2, 0}, {"b2y", 0, 0}, {"c3z b2y", 1, 0}, {"a1x c3z b2y", 0, 0}}},
	{"one that alone remains", []shown{{"b2y a1x", 2, 0}, {"b2y", 0, 0}, {"b2y", 0, 0}, {"d2y", 0, 1}, {"d2y", 0, 0}}},
	{"an item with the text of two others", []shown{{"b1x a1x", 2, 0}, {"c1x", 1, 0}}},
}

// Where a source may use a name for one item after the other.
var apartInTurn = []sharing{
	{"one after the other", []shown{{"a1x", 1, 0}, {"b2y", 1, 0}, {"c3z", 1, 0}, {"c3z", 0, 0}, {"b2y", 0, 0}, {"c3z b2y a1x", 0, 0}}},
	{"one after the other with one text", []shown{{"a1-", 1, 0}, {"b2-", 1, 0}, {"c3-", 1, 0}, {"a1-", 0, 0}}},
	{"one after the other without dates", []shown{{"a-x", 1, 0}, {"b-y", 1, 0}, {"c-z", 1, 0}, {"a-x", 0, 0}}},
}

// Where nothing but a link speaks for one item.
var apartByLink = []sharing{
	{"one after the other of one date", []shown{{"a1x", 1, 0}, {"b1y", 1, 0}, {"a1x", 0, 0}}},
	{"one after the other of one text", []shown{{"a1x", 1, 0}, {"b2x", 1, 0}, {"a1x", 0, 0}}},
}

// Where a date or a text confirms a GUID.
var oneConfirmed = []sharing{
	{"a headline and a date that are mended", []shown{{"a1x", 1, 0}, {"b2x", 0, 1}, {"b2x", 0, 0}}},
	{"a headline and a text that are mended", []shown{{"a1x", 1, 0}, {"b1y", 0, 1}, {"b1y", 0, 0}}},
}

// Where a GUID is one that its writer means to keep.
var onePerIRI = []sharing{
	{"an article that is written anew", []shown{{"a1x", 1, 0}, {"b2y", 0, 1}, {"c-z", 0, 1}, {"c-z", 0, 0}}},
}

var apartBullets = []bullet{
	{"items with one link are told apart by title, date and text", func(t *testing.T, h *house) { h.tellApart(byLink, alwaysApart, apartInTurn, apartByLink) }},
	{"items with one GUID are told apart by title, date and text", func(t *testing.T, h *house) { h.tellApart(byGUID, alwaysApart, apartInTurn, oneConfirmed) }},
	{"items with one IRI are told apart while they are listed together", func(t *testing.T, h *house) { h.tellApart(byIRI, alwaysApart, oneConfirmed, onePerIRI) }},
	{"items with neither GUID nor link are told apart by text and date where they have one title", func(t *testing.T, h *house) {
		h.tellApart([]naming{{says: "nothing"}}, []sharing{
			{"distinct titles", []shown{{"b-- a--", 2, 0}, {"c-- b--", 1, 0}, {"a--", 0, 0}}},
			{"one title with two texts", []shown{{"a-y a-x", 2, 0}, {"a-x a-y", 0, 0}, {"a-y", 0, 0}}},
			{"an item twice", []shown{{"a1x a1x", 1, 0}, {"a2x", 0, 0}}},
			{"a mended text", []shown{{"a1x", 1, 0}, {"a1y", 0, 1}, {"a2z", 0, 1}}},
		})
	}},
	{"an entry that is listed once more as it was updated is one article, as it is now", func(t *testing.T, h *house) {
		updated := func(hours int, text string) feeds.Article {
			a := byIRI[0].written("a1"+text, "tokyo")
			a.Updated = a.Published.Add(time.Duration(hours) * time.Hour)
			return a
		}
		h.collect("a", 1, 0, updated(1, "x"), updated(2, "y"), updated(0, "z"))
		if a := h.article("Title a"); !strings.Contains(a.Content, "of y.") {
			t.Errorf("it says %q", a.Content)
		}
		h.collect("a", 0, 0, updated(2, "y"), updated(1, "x"))
		h.collect("a", 0, 1, updated(3, "v"), updated(2, "y"), updated(1, "x"))
	}},
	{"a front page that is written in two ways names two items", func(t *testing.T, h *house) {
		two := []feeds.Article{byLink[1].written("b1-", "tokyo"), byLink[1].written("a1-", "tokyo")}
		two[1].Link = "https://city.example"
		h.collect("a", 2, 0, two...)
		h.collect("a", 0, 0, two...)
		h.collect("a", 0, 0, two[1])
		h.collect("a", 0, 0, two[0])
	}},
	{"one thing under two addresses that differ in their scheme is one article", func(t *testing.T, h *house) {
		two := []feeds.Article{byGUID[0].written("a1x", "tokyo"), byGUID[0].written("a1x", "tokyo")}
		two[1].Link = strings.Replace(two[1].Link, "https:", "http:", 1)
		h.collect("a", 1, 0, two...)
		// The last release had two articles of them.
		was := []feeds.Article{byGUID[0].written("a1x", "seoul"), byGUID[0].written("a1x", "seoul")}
		was[1].Link, was[1].Key = two[1].Link, "city.example/alerts"
		h.collect("b", 2, 0, was...)
		was[1].Key = was[0].Key
		h.collect("b", 0, 0, was...)
		h.collect("b", 0, 0, was[0])
		h.collect("b", 0, 0, was[1])
	}},
	{"what is told apart is the same in another source", func(t *testing.T, h *house) {
		for i, n := range append(byLink, byGUID...) {
			publisher := fmt.Sprint("publisher", i)
			all := func(items ...string) (all []feeds.Article) {
				for _, item := range items {
					all = append(all, n.written(item, publisher))
				}
				return all
			}
			for _, v := range []struct {
				source string
				new    int
				items  []string
			}{
				{"all", 3, []string{"c1x", "b1x", "a1x"}},
				{"some", 0, []string{"b1x", "a1x"}},
				{"some", 1, []string{"d2y", "b1x"}},
				{"all", 0, []string{"d2y", "c1x", "b1x"}},
			} {
				if out := h.reads(n.says+v.source, all(v.items...)); out.New != v.new || out.Changed != 0 {
					t.Errorf("%s: %s of %s came to %+v", n.says, v.items, v.source, out)
				}
			}
		}
	}},
	{"7 of one source with a front page for its link is not 7 of another", func(t *testing.T, h *house) {
		front := link("https://city.example/")
		h.collect("a", 1, 0, notice(1, key("7"), front))
		h.collect("b", 1, 0, notice(2, key("7"), front, content("<p>Something else.</p>")))
		h.collect("a", 0, 0, notice(1, key("7"), front))
		h.collect("b", 0, 0, notice(2, key("7"), front, content("<p>Something else.</p>")))
	}},
	{"links that differ in their fragments are of different articles, also when one is alone", func(t *testing.T, h *house) {
		at := func(item, fragment string) feeds.Article {
			a := naming{link: "https://city.example/list"}.written(item, "tokyo")
			a.Link += fragment
			return a
		}
		h.collect("a", 2, 0, at("b1y", "#b"), at("a1x", "#a"))
		h.collect("a", 0, 0, at("b1y", "#b"))
		h.collect("a", 0, 0, at("a1x", "#a"))
		h.collect("a", 1, 0, at("c2z", "#c"))
		h.collect("a", 0, 0, at("a1x", "#a"), at("c2z", "#c"), at("b1y", "#b"))
		h.collect("a", 0, 1, at("d1y", "#b")) // its headline is mended
	}},
	{"titles in several languages under one link are articles of their own", func(t *testing.T, h *house) {
		in := func(item, language string) feeds.Article {
			a := byLink[0].written(item, "tokyo")
			a.Language = language
			return a
		}
		h.collect("a", 3, 0, in("c1z", "und"), in("b1y", "ja"), in("a1x", "en"))
		h.collect("a", 0, 0, in("a1x", "en"), in("b1y", "ja"), in("c1z", "und"))
		for _, one := range []feeds.Article{in("c1z", "und"), in("b1y", "ja"), in("a1x", "en")} {
			h.collect("a", 0, 0, one)
		}
		other := func(item, language string) feeds.Article {
			a := in(item, language)
			a.Publisher = "seoul"
			return a
		}
		h.collect("b", 1, 0, other("a1x", "und"))
		h.collect("b", 1, 0, other("b2y", "en")) // and not the one of which nothing told the language
		h.collect("b", 0, 1, other("a1x", "en"))
		h.collect("b", 0, 0, other("b2y", "en"), other("a1x", "en"))
	}},
	{"an id that several items share is kept by the first, and none is lost", func(t *testing.T, h *house) {
		tag := byIRI[0]
		h.collect("a", 2, 0, tag.written("b2y", "tokyo"), tag.written("a1x", "tokyo"))
		if a, b := h.article("Title a"), h.article("Title b"); a.ID != tag.guid || b.ID == tag.guid {
			t.Errorf("the ids are %s and %s", a.ID, b.ID)
		}
		ja := tag.written("c2y", "tokyo")
		ja.Language = "ja"
		h.collect("a", 1, 0, tag.written("b2y", "tokyo"), ja, tag.written("a1x", "tokyo"))
		h.collect("a", 0, 0, ja, tag.written("a1x", "tokyo"), tag.written("b2y", "tokyo"))
	}},
	{"a GUID that several items share joins no versions of them", func(t *testing.T, h *house) {
		edition := func(item, language string) feeds.Article {
			a := byGUID[0].written(item, "tokyo")
			a.Link, a.Language, a.StoryHint = "https://city.example/"+language+"/alerts", language, "guid:news latest"
			return a
		}
		h.collect("en", 2, 0, edition("b2y", "en"), edition("a1x", "en"))
		h.collect("ja", 2, 0, edition("d2y", "ja"), edition("c1x", "ja"))
		stories := map[string]bool{}
		for _, name := range []string{"a", "b", "c", "d"} {
			stories[h.article("Title "+name).Story] = true
		}
		if len(stories) != 4 {
			t.Errorf("the articles are in %d stories", len(stories))
		}
	}},
	{"what is told apart stays so at another host", func(t *testing.T, h *house) {
		for i, n := range []naming{byLink[0], byGUID[0]} {
			publisher := fmt.Sprint("publisher", i)
			at := func(host string, items ...string) (all []feeds.Article) {
				for _, item := range items {
					a := n.written(item, publisher)
					a.Link, a.Key = strings.Replace(a.Link, "city.example", host, 1), strings.Replace(a.Key, "city.example", host, 1)
					all = append(all, a)
				}
				return all
			}
			h.reads(n.says, at("old.example", "d--", "c1-", "b1x", "a2y"))
			for _, items := range [][]string{{"d--", "c1-", "b1x", "a2y"}, {"a2y", "b1x", "c1-", "d--"}, {"b1x"}, {"d--"}} {
				if out := h.reads(n.says, at("new.example", items...)); out.New+out.Changed != 0 || out.Held != nil {
					t.Errorf("%s: %s came to %+v", n.says, items, out)
				}
			}
			if out := h.reads(n.says, at("new.example", "e3z", "b1x")); out.New != 1 || out.Changed != 0 {
				t.Errorf("%s: a new one came to %+v", n.says, out)
			}
		}
	}},
	{"a page or a file is one article, whatever it says", func(t *testing.T, h *house) {
		crawled := func(c *store.Collected) { c.Extent = ledger.Crawled }
		for name, how := range map[string]func(*store.Collected){"crawled": crawled, "complete": complete} {
			n := naming{link: "https://city.example/" + name}
			h.runs(name, 1, 0, how, n.written("a1x", name))
			h.runs(name, 0, 1, how, n.written("b2y", name))
			h.runs(name, 0, 1, how, n.written("c-z", name))
		}
	}},
	{"what is cut off is neither another item nor one of those told apart", func(t *testing.T, h *house) {
		cut := func(c *store.Collected) { c.Extent = ledger.CutOff }
		n := byLink[0]
		h.collect("a", 1, 0, n.written("a1x", "tokyo"))
		h.runs("a", 0, 0, cut, n.written("b--", "tokyo"))
		h.runs("a", 0, 0, cut, n.written("a1x", "tokyo"), n.written("b--", "tokyo"))
		h.collect("a", 1, 0, n.written("b2y", "tokyo"), n.written("a1x", "tokyo"))
		h.runs("a", 0, 0, cut, n.written("c--", "tokyo"))
		h.runs("a", 0, 0, cut, n.written("b2y", "tokyo"), n.written("a--", "tokyo"))
		h.wantLog("new en Title a", "new en Title b")
	}},
	{"what was erased does not come back, and what shares its key is not lost", func(t *testing.T, h *house) {
		for i, n := range []naming{byLink[0], byLink[1], byGUID[0], byIRI[0]} {
			publisher := fmt.Sprint("publisher", i)
			visit := func(wantNew int, items ...string) {
				t.Helper()
				var all []feeds.Article
				for _, item := range items {
					all = append(all, n.written(item, publisher))
				}
				if out := h.reads(publisher, all); out.New != wantNew || out.Changed+out.Returned != 0 {
					t.Errorf("%s: %s came to %+v", n.says, items, out)
				}
			}
			visit(1, "a1x")
			id := h.recordsOf(publisher)[0].Article
			if _, err := h.Erase(t.Context(), store.Erasure{ID: id, Reason: "a court said so", Touched: site.Touched, Now: h.now}); err != nil {
				t.Fatal(err)
			}
			visit(0, "a1x")
			visit(1, "b2y", "a1x")
			visit(0, "b2y", "a1z") // another text of it
			visit(0, "a1x", "b2y")
			visit(0, "b2y")
			visit(0, "a1x")
		}
	}},
	{"more than a transaction takes are told apart", func(t *testing.T, h *house) {
		var all []feeds.Article
		for n := range 250 {
			all = append(all, notice(n, func(a *feeds.Article) {
				a.GUID, a.Key, a.Link, a.Published = "", "//city.example/", "https://city.example/", noon
			}))
		}
		h.collect("a", 250, 0, all...)
		h.collect("a", 0, 0, all...)
		slices.Reverse(all)
		h.collect("a", 0, 125, func() (changed []feeds.Article) {
			for i, a := range all {
				if i%2 == 0 {
					a.Content = "<p>Mended.</p>"
				}
				changed = append(changed, a)
			}
			return changed
		}()...)
	}},
	{"articles that the last release told apart by their titles are found again", func(t *testing.T, h *house) {
		for i, n := range append(append(byLink, byGUID...), byIRI...) {
			publisher := fmt.Sprint("publisher", i)
			items := []string{"c3-", "b2x", "a1x"}
			var before, now []feeds.Article
			for _, item := range items {
				a := n.written(item, publisher)
				now = append(now, a)
				a.Key = "title:" + a.Title
				before = append(before, a)
			}
			h.reads(publisher, before)
			was, records := h.itemsOf(publisher), len(h.recordsOf(publisher))
			for _, some := range [][]feeds.Article{now, now[1:], now[2:], now, now[:1], now[:2]} {
				if out := h.reads(publisher, some); out.New+out.Changed+out.Withdrawn != 0 || out.Held != nil {
					t.Errorf("%s: came to %+v", n.says, out)
				}
			}
			if is := h.itemsOf(publisher); !maps.Equal(was, is) || len(h.recordsOf(publisher)) != records {
				t.Errorf("%s: they were %v and are %v", n.says, was, is)
			}
		}
	}},
	{"of what one article was to the last release, the newest is that article, and the others are new", func(t *testing.T, h *house) {
		for i, n := range append(append(byLink, byGUID...), byIRI...) {
			publisher := fmt.Sprint("publisher", i)
			h.reads(publisher, []feeds.Article{n.written("c1-", publisher)}) // which had the others' id before
			id := h.recordsOf(publisher)[0].Article
			all := []feeds.Article{n.written("c1-", publisher), n.written("b1-", publisher), n.written("a1-", publisher)}
			if out := h.reads(publisher, all); out.New != 2 || out.Changed != 0 {
				t.Errorf("%s: came to %+v", n.says, out)
			}
			if got := h.itemsOf(publisher)[id]; got != "c-" {
				t.Errorf("%s: the article became %s", n.says, got)
			}
		}
	}},
}

// Whatever is listed, in whatever order, each item is new once and nothing else happens.
func TestItemsThatShareANameAreNeverConfused(t *testing.T) {
	address := storetest.SQLite(t)
	h := &house{T: t, DB: open(t, address), address: address, now: noon}
	for seed := range 3 {
		for i, n := range slices.Concat(byLink, byGUID, byIRI) {
			r := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
			publisher := fmt.Sprint("publisher", seed, i)
			var all, listed []feeds.Article
			seen := map[string]bool{}
			var told []string
			for visit := range 14 {
				for range 2 + r.IntN(3) - min(visit, 2) {
					a := n.written("?"+string("-123"[r.IntN(4)])+"-", publisher)
					a.Title = fmt.Sprint("Title ", len(all))
					if r.IntN(2) == 0 {
						a.Content = "<p>" + a.Title + " says so.</p>"
					}
					all, listed = append(all, a), append([]feeds.Article{a}, listed...)
				}
				for len(listed) > 2 && r.IntN(2) == 0 {
					k := r.IntN(len(listed))
					listed = slices.Delete(listed, k, k+1)
				}
				if old := all[r.IntN(len(all))]; !slices.ContainsFunc(listed, func(a feeds.Article) bool { return a.Title == old.Title }) {
					listed = append(listed, old)
				}
				if r.IntN(3) == 0 {
					r.Shuffle(len(listed), func(i, j int) { listed[i], listed[j] = listed[j], listed[i] })
				}
				wantNew := 0
				var titles []string
				for _, a := range listed {
					if !seen[a.Title] {
						seen[a.Title] = true
						wantNew++
					}
					titles = append(titles, a.Title)
				}
				told = append(told, strings.Join(titles, ", "))
				if out := h.reads(publisher, listed); out.New != wantNew || out.Changed+out.Withdrawn != 0 {
					t.Fatalf("%s, seed %d: %d new, want %d (%+v), after\n%s", n.says, seed, out.New, wantNew, out, strings.Join(told, "\n"))
				}
			}
		}
	}
}

// tellApart tries what happens to items that one thing names.
func (h *house) tellApart(names []naming, tables ...[]sharing) {
	h.Helper()
	cases := 0
	for _, n := range names {
		for _, table := range tables {
			for _, c := range table {
				cases++
				h.share(n, c, fmt.Sprint("publisher", cases))
			}
		}
	}
}

// share has a source of its own visited, and wants what each visit finds, ids that
// stay, and no record but of these.
func (h *house) share(n naming, c sharing, publisher string) {
	h.Helper()
	ids := map[string]string{} // by item
	records := 0
	for i, v := range c.visits {
		where := fmt.Sprintf("%s, %s, visit %d (%s)", n.says, c.says, i+1, v.items)
		var articles []feeds.Article
		for _, item := range strings.Fields(v.items) {
			articles = append(articles, n.written(item, publisher))
		}
		out := h.reads(publisher, articles)
		if out.New != v.new || out.Changed != v.changed || out.Withdrawn != 0 || out.Held != nil {
			h.Errorf("%s: %d new and %d changed, want %d and %d (%+v)", where, out.New, out.Changed, v.new, v.changed, out)
		}
		records += v.new + v.changed
		if got := len(h.recordsOf(publisher)); got != records {
			h.Errorf("%s: the log has %d records, want %d", where, got, records)
		}
		for id, item := range h.itemsOf(publisher) {
			if was, ok := ids[item]; ok && was != id {
				h.Errorf("%s: %s has the id %s and had %s", where, item, id, was)
			}
			ids[item] = id
		}
		for _, item := range strings.Fields(v.items) {
			if _, ok := ids[item[:1]+item[2:]]; !ok {
				h.Errorf("%s: %s is lost", where, item)
			}
		}
	}
}

// reads collects a document as a job does: without what is remembered, unless that and
// what came belong together.
func (h *house) reads(source string, articles []feeds.Article, changes ...func(*store.Collected)) store.Outcome {
	h.Helper()
	h.now = h.now.Add(time.Hour)
	memory := h.remembered(source, reading)
	c := store.Collected{
		Run:     store.Run{Source: source, Started: h.now, Outcome: store.RunOK, Status: 200},
		State:   store.SourceState{ID: source, LastRun: h.now, LastSuccess: h.now, Outcome: store.RunOK},
		Brought: ledger.Brought{Extent: ledger.Windowed, Document: ledger.Document{Memory: memory, Reading: reading}, Now: h.now},
		Touched: site.Touched, Urgent: urgent,
	}
	for _, change := range changes {
		change(&c)
	}
	for _, a := range articles {
		c.Document.Digests = append(c.Document.Digests, digest(a))
		if _, ok := memory.Entry(digest(a)); !ok {
			c.Articles = append(c.Articles, a)
		}
	}
	out, err := h.Collect(h.Context(), c)
	if errors.Is(err, ledger.ErrOverlap) {
		memory.Forget()
		c.Articles = articles
		out, err = h.Collect(h.Context(), c)
	}
	if err != nil {
		h.Fatal(err)
	}
	return out
}

func (h *house) recordsOf(publisher string) []feeds.Record {
	h.Helper()
	return must(h.ChannelRecords(h.Context(), store.RecordFilter{Publisher: publisher}, 0, 1000))(h)
}

// itemsOf returns what the articles of a publisher say, by id.
func (h *house) itemsOf(publisher string) map[string]string {
	h.Helper()
	items := map[string]string{}
	for _, r := range h.recordsOf(publisher) {
		a, ok, err := h.ArticleBySlug(h.Context(), feeds.Slug(r.Article))
		if err != nil || !ok {
			h.Fatalf("article %s of the log: found %v, %v", r.Article, ok, err)
		}
		text := "-"
		if a.Content != "" {
			text = strings.TrimSuffix(strings.TrimPrefix(a.Content, "<p>What the city has to say of "), ".</p>")
		}
		items[a.ID] = strings.TrimPrefix(a.Title, "Title ") + text
	}
	return items
}
