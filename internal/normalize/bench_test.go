package normalize_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/locales"
)

// BenchmarkArticles is what it takes to normalize what a document of 40 KB brings: 30
// articles, which the source files itself, or which are placed by their words.
func BenchmarkArticles(b *testing.B) {
	bundle, err := locales.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	words := map[string]map[string][]string{}
	for _, tag := range bundle.Tags() {
		words[tag] = bundle.Keywords(tag)
	}
	categories := []feeds.Category{{Term: "government"}, {Term: "disaster-prevention"}, {Term: "environment"}, {Term: "culture"}, {Term: "sports"}}
	c := normalize.Context{
		Source:    feeds.Source{ID: "press", URL: "https://www.city.example/press.xml", DefaultCategories: []string{"government"}},
		Publisher: feeds.Publisher{Key: "city", Language: "en", HomePage: "https://www.city.example/", Location: time.UTC},
		Format:    "Atom 1.0",
		Mapper:    normalize.NewMapper(categories, bundle.Labels("category."), words),
	}
	for _, bench := range []struct {
		name, language, title, summary string
		terms                          []feeds.Term
	}{
		{"filed", "en", "Shelter %d opens", "The city opens shelters in the harbour districts. ", []feeds.Term{{Term: "Disaster Prevention"}, {Term: "Harbour"}}},
		{"by words, English", "en", "Shelter %d opens before the typhoon", "The city opens shelters in the harbour districts. ", nil},
		{"by words, Japanese", "ja", "避難所%dを開きました", "台風に備えて、港の近くの避難所を開きました。", nil},
	} {
		articles := make([]feeds.Article, 30)
		for i := range articles {
			articles[i] = feeds.Article{
				GUID: fmt.Sprintf("tag:city.example,2026:%d", i), Link: fmt.Sprintf("https://www.city.example/n/%d", i), Language: bench.language,
				Title: fmt.Sprintf(bench.title, i), Summary: strings.Repeat(bench.summary, 4), Content: strings.Repeat("<p>Text of the notice.</p>", 50), Terms: bench.terms,
			}
		}
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := normalize.Articles(articles, c); len(got.Articles) != len(articles) {
					b.Fatal("articles were lost")
				}
			}
		})
	}
}
