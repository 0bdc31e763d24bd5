package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/search/searchtest"
	"github.com/kairan-news/kairan/internal/store"
)

// benchBatch are 30 articles of 1 KB, as one document brings them. The words are many, as what
// they cost in the index of searches is by these.
func benchBatch(n int) []feeds.Article {
	texts := benchTexts()
	batch := make([]feeds.Article, 30)
	for i := range batch {
		a := texts[(30*n+i)%len(texts)]
		batch[i] = notice(30*n+i, content(a.Content), in([]string{"culture", "sports"}[i%2]))
		batch[i].Summary = a.Summary
	}
	return batch
}

// benchTexts are texts of all languages.
var benchTexts = sync.OnceValue(func() (texts []feeds.Article) {
	corpus := searchtest.New(1, noon)
	for range 40 * len(searchtest.Languages) {
		texts = append(texts, corpus.Next())
	}
	return texts
})

// benchSite has as many locales, categories and publishers as the real one.
var benchSite = func() feeds.Site {
	s := feeds.Site{ID: "bench", Publishers: []feeds.Publisher{{Key: "tokyo", Language: "ja"}}}
	for _, l := range strings.Fields("en ja zh-Hans zh-Hant ko nl fr th tr id fil ar ru") {
		s.Locales = append(s.Locales, feeds.Locale{Tag: l, Chain: []string{l, "en"}})
	}
	for n := range 11 {
		s.Categories = append(s.Categories, feeds.Category{Term: fmt.Sprint("category-", n)})
	}
	s.Categories = append(s.Categories, feeds.Category{Term: "culture"}, feeds.Category{Term: "sports"})
	for n := range 14 {
		s.Publishers = append(s.Publishers, feeds.Publisher{Key: fmt.Sprint("partner-", n), Language: "en"})
	}
	return s
}()

// analyze gives PostgreSQL the statistics that its autovacuum gathers within the
// first minute of a new database's life.
func analyze(b *testing.B, db *store.DB) {
	if _, err := db.Writer().ExecContext(b.Context(), `ANALYZE`); err != nil {
		b.Fatal(err)
	}
}

func onEachEngineB(b *testing.B, bench func(b *testing.B, db *store.DB)) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": sqliteAddress, "postgres": postgres.URL} {
		b.Run(engine, func(b *testing.B) { bench(b, open(b, address(b))) })
	}
}

func benchCollect(b *testing.B, db *store.DB, source string, batch []feeds.Article) {
	_, err := db.Collect(b.Context(), store.Collected{
		Run:     store.Run{Source: source, Outcome: store.RunOK, Started: noon},
		State:   store.SourceState{ID: source, ETag: `"x"`, LastSuccess: noon},
		Brought: ledger.Brought{Articles: batch, Now: noon}, Touched: benchSite.Touched, Urgent: urgent,
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkNew stores 30 new articles of a source.
func BenchmarkNew(b *testing.B) {
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		n := 0
		for ; n < 100; n++ {
			benchCollect(b, db, fmt.Sprint("s", n), benchBatch(n))
		}
		analyze(b, db)
		for b.Loop() {
			benchCollect(b, db, fmt.Sprint("s", n), benchBatch(n))
			n++
		}
	})
}

// BenchmarkChunk stores as many new articles as one transaction does at most, which on SQLite
// may last 100 ms.
func BenchmarkChunk(b *testing.B) {
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		n := 0
		for b.Loop() {
			var batch []feeds.Article
			for len(batch) < ledger.Chunk {
				batch = append(batch, benchBatch(n)...)
				n++
			}
			benchCollect(b, db, fmt.Sprint("s", n), batch[:ledger.Chunk])
		}
	})
}

// BenchmarkUnchanged brings 30 articles that are known.
func BenchmarkUnchanged(b *testing.B) {
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		batch := benchBatch(0)
		benchCollect(b, db, "s", batch)
		for b.Loop() {
			benchCollect(b, db, "s", batch)
		}
	})
}

// BenchmarkOneNew brings 29 articles that are known and one that is not.
func BenchmarkOneNew(b *testing.B) {
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		batch := benchBatch(0)
		benchCollect(b, db, "s", batch)
		n := 1000
		for b.Loop() {
			batch[0] = notice(n)
			benchCollect(b, db, "s", batch)
			n++
		}
	})
}

// BenchmarkState records a run that brought nothing, alone and with seven others.
func BenchmarkState(b *testing.B) {
	record := func(b *testing.B, db *store.DB, n int) {
		source := fmt.Sprint("s", n%1000)
		err := db.RecordRun(b.Context(), store.Run{Source: source, Outcome: store.RunUnchanged, Started: noon, Took: time.Second},
			store.SourceState{ID: source, ETag: `"x"`, NextDue: noon})
		if err != nil {
			b.Error(err)
		}
	}
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		b.Run("alone", func(b *testing.B) {
			n := 0
			for b.Loop() {
				record(b, db, n)
				n++
			}
		})
		b.Run("together", func(b *testing.B) {
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				for n := 0; pb.Next(); n++ {
					record(b, db, n)
				}
			})
		})
	})
}

// BenchmarkChannel reads what a channel is composed of, from a log of 30,000.
func BenchmarkChannel(b *testing.B) {
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		for n := range 1000 {
			benchCollect(b, db, fmt.Sprint("s", n), benchBatch(n))
		}
		analyze(b, db)
		for b.Loop() {
			records, err := db.ChannelRecords(b.Context(), store.RecordFilter{Languages: feeds.Accepted{Chain: feeds.Chain{"ja", "en"}}, Category: "sports"}, 0, 60)
			if err != nil || len(records) != 60 {
				b.Fatal(len(records), err)
			}
			var stories []string
			var revisions []store.ArticleRevision
			for _, r := range records {
				stories = append(stories, r.Story)
				revisions = append(revisions, store.ArticleRevision{ID: r.Article, Revision: r.Revision})
			}
			if _, err := db.StoryRecords(b.Context(), "sports", stories); err != nil {
				b.Fatal(err)
			}
			if articles, err := db.Articles(b.Context(), revisions); err != nil || len(articles) != 60 {
				b.Fatal(len(articles), err)
			}
		}
	})
}
