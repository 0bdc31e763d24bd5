package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/internal/search/searchtest"
	"github.com/kairan-news/kairan/internal/store"
)

// searched is of how many articles a benchmark searches; KAIRAN_SEARCH_ARTICLES says another
// number.
func searched(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("KAIRAN_SEARCH_ARTICLES"))
	if err != nil {
		return 100_000
	}
	return n
}

// searchStore returns a store with articles that are in the index. In KAIRAN_SEARCH_STORE it
// stays for the next time.
func searchStore(b *testing.B, address func(testing.TB) string, corpus *searchtest.Corpus) *store.DB {
	n := searched(b)
	at := address(b)
	kept := os.Getenv("KAIRAN_SEARCH_STORE")
	if kept != "" && strings.HasPrefix(at, "sqlite:") {
		at = "sqlite:" + filepath.Join(kept, fmt.Sprintf("search-%d.db", n))
	}
	db := open(b, at)
	has, err := db.Articled(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if has == n {
		return db
	}
	began, longest := time.Now(), time.Duration(0)
	characters := 0
	for stored := 0; stored < n; {
		var batch []store.ForSearch
		for range min(32, n-stored) {
			a := corpus.Next()
			characters += len([]rune(a.Title)) + min(600, len([]rune(a.Content))-7)
			batch = append(batch, store.ForSearch{Article: a, Number: int64(stored) + 1})
			stored++
		}
		took, err := db.PutForSearch(b.Context(), batch)
		if err != nil {
			b.Fatal(err)
		}
		longest = max(longest, took)
	}
	built := time.Since(began)
	steps, step := 0, time.Duration(0)
	for more := true; more; steps++ {
		began := time.Now()
		if more, err = db.TidySearch(b.Context()); err != nil {
			b.Fatal(err)
		}
		step = max(step, time.Since(began))
	}
	b.Logf("tidied in %d steps of at most %v", steps, step.Round(time.Millisecond))
	analyze(b, db)
	bytes, err := db.SearchBytes(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles in %v, the longest batch of 32 took %v; the index has %.2f bytes a character (%.0f MB for %.0f MB)",
		n, built.Round(time.Second), longest.Round(time.Millisecond), float64(bytes)/float64(characters), float64(bytes)/1e6, float64(characters)/1e6)
	return db
}

// BenchmarkSearch searches among 100,000 articles in 17 languages, and tells the median and the
// 99th percentile of each kind of question.
func BenchmarkSearch(b *testing.B) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": sqliteAddress, "postgres": postgres.URL} {
		b.Run(engine, func(b *testing.B) {
			corpus := searchtest.New(1, noon)
			db := searchStore(b, address, corpus)
			b.Logf("words such as %q", questions(corpus, 0))
			for _, order := range []search.Order{search.Newest, search.Best} {
				for kind, asks := range kinds {
					b.Run(fmt.Sprintf("%s/%s", map[search.Order]string{search.Newest: "newest", search.Best: "best"}[order], kind), func(b *testing.B) {
						var took []time.Duration // of each question
						hits, asked := 0, 0
						for b.Loop() {
							q := asks(corpus, asked)
							q.Order = order
							quickest := time.Hour
							for range 5 { // what else the machine does says nothing of a search
								began := time.Now()
								found, err := db.Search(b.Context(), q)
								if err != nil {
									b.Fatal(err)
								}
								quickest = min(quickest, time.Since(began))
								hits += len(found.Hits)
							}
							took = append(took, quickest)
							asked++
						}
						slices.Sort(took)
						b.ReportMetric(0, "ns/op")
						b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
						b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
						b.ReportMetric(float64(hits)/float64(5*asked), "hits")
					})
				}
			}
		})
	}
}

// kinds are kinds of questions, of which each has many.
var kinds = map[string]func(c *searchtest.Corpus, n int) search.Request{
	"common": func(c *searchtest.Corpus, n int) search.Request { return ask(word(c, n, n/17%10)) },
	"middle": func(c *searchtest.Corpus, n int) search.Request { return ask(word(c, n, 50+n/17%200)) },
	"rare":   func(c *searchtest.Corpus, n int) search.Request { return ask(word(c, n, 2500+n/17%400)) },
	"two words": func(c *searchtest.Corpus, n int) search.Request {
		return ask(word(c, n, n/17%50) + " " + word(c, n, 60+n/17%100))
	},
	"two characters": func(c *searchtest.Corpus, n int) search.Request { return ask(characters(c, n, 2)) },
	"one character":  func(c *searchtest.Corpus, n int) search.Request { return ask(characters(c, n, 1)) },
	"four letters":   func(c *searchtest.Corpus, n int) search.Request { return ask(letters(c, n, 4)) },
	"one letter":     func(c *searchtest.Corpus, n int) search.Request { return ask(letters(c, n, 1)) },
	"run": func(c *searchtest.Corpus, n int) search.Request {
		i := unspaced[n%len(unspaced)]
		return ask(c.Word(i, n/5%40) + c.Word(i, n/5%30))
	},
	"narrowed": func(c *searchtest.Corpus, n int) search.Request {
		q := ask(word(c, n, n/17%30))
		q.Categories, q.Publishers, q.Languages = []string{"culture"}, []string{"city-3", "city-5"}, []string{searchtest.Languages[n%17], "en"}
		return q
	},
	"dated": func(c *searchtest.Corpus, n int) search.Request {
		q := ask(word(c, n, n/17%30))
		q.Until = noon.Add(time.Hour)
		return q
	},
	"nothing": func(c *searchtest.Corpus, n int) search.Request { return ask(word(c, n, n/17%10) + " qqqqzz") },
}

// unspaced are the languages without spaces, and Korean.
var unspaced = []int{1, 3, 4, 5, 8}

func ask(query string) search.Request { return search.Request{Terms: search.Parse(query)} }

func word(c *searchtest.Corpus, n, rank int) string { return c.Word(n%17, rank) }

// characters returns the first characters of a word of a language without spaces.
func characters(c *searchtest.Corpus, n, length int) string {
	i := unspaced[n%len(unspaced)]
	for rank := n / 5 % 300; ; rank++ {
		if w := []rune(c.Word(i, rank)); len(w) >= length {
			return string(w[:length])
		}
	}
}

// letters returns the beginning of a word of a language with spaces.
func letters(c *searchtest.Corpus, n, length int) string {
	i := []int{0, 6, 7, 9, 10, 11, 12, 13, 15, 16}[n%10]
	for rank := n / 10 % 300; ; rank++ {
		if w := []rune(c.Word(i, rank)); len(w) > length {
			return string(w[:length])
		}
	}
}

func questions(c *searchtest.Corpus, rank int) (all []string) {
	for i := range searchtest.Languages {
		all = append(all, c.Word(i, rank))
	}
	return all
}
