package publish_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/internal/search/searchtest"
	"github.com/kairan-news/kairan/internal/storetest"
)

// What it costs to make what a reader picks, of 20,000 articles in twelve topics by twelve
// cities, of which one seldom publishes.
func BenchmarkSelection(b *testing.B) {
	const articles, batch = 20_000, 200
	h := newHouse(b, storetest.SQLite(b))
	h.site.Categories, h.site.Publishers = nil, nil
	for i := range 12 {
		h.site.Categories = append(h.site.Categories, feeds.Category{Term: fmt.Sprint("topic", i)})
		h.site.Publishers = append(h.site.Publishers, feeds.Publisher{Key: fmt.Sprint("city", i), Names: map[string]string{"en": "City"}, Language: "en", License: feeds.License{FullText: true}})
	}
	r := rand.New(rand.NewPCG(1, 1))
	corpus := searchtest.New(1, noon)
	for n := 0; n < articles; n += batch {
		var list []feeds.Article
		city := r.IntN(11)
		if n%4000 == 0 {
			city = 11
		}
		for i := range batch {
			a := corpus.Next()
			a.Key = fmt.Sprint(n + i)
			a.GUID, a.StoryHint = a.Key, a.Key
			a.Publisher, a.Categories = fmt.Sprint("city", city), []string{fmt.Sprint("topic", r.IntN(12))}
			a.Published, a.PublishedFrom = noon.Add(time.Duration(n+i)*time.Minute), feeds.DateDeclared
			list = append(list, a)
		}
		h.collect(false, list...)
	}
	word := corpus.Word(slices.Index(searchtest.Languages, "en"), 5)
	everything := feeds.Channel{Locale: "en", Kind: feeds.ChannelEverything}
	if _, err := h.publisher.Publish(b.Context(), everything, 1, h.now); err != nil {
		b.Fatal(err)
	}
	all := func(kind string) (names []string) {
		for i := range 10 {
			names = append(names, fmt.Sprint(kind, 2+i))
		}
		return names
	}
	for _, bench := range []struct {
		name string
		feeds.Selection
	}{
		{"a topic", feeds.Selection{Topics: []string{"topic1"}}},
		{"two topics of a city", feeds.Selection{Topics: []string{"topic1", "topic2"}, Cities: []string{"city1"}}},
		{"a topic of a city that seldom publishes", feeds.Selection{Topics: []string{"topic1"}, Cities: []string{"city11"}}},
		{"ten topics", feeds.Selection{Topics: all("topic")}},
		{"ten topics of ten cities", feeds.Selection{Topics: all("topic"), Cities: all("city")}},
		{"a search", feeds.Selection{Words: search.Parse(word).String()}},
		{"a search in a topic", feeds.Selection{Words: search.Parse(word).String(), Topics: []string{"topic3"}}},
	} {
		bench.Locale = "en"
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				made, err := h.publisher.Composer.MakeSelection(b.Context(), bench.Selection, feeds.Atom)
				if err != nil || made.Fault != nil {
					b.Fatal(err, made.Fault)
				}
			}
		})
	}
}
