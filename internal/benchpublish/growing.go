//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/locales"
)

// growing measures one store at 30,000, at 50,000 and at 300,000 articles.
func (b *bench) growing(ctx context.Context) error {
	data, config := filepath.Join(b.folder, "large"), filepath.Join(b.folder, "large.yaml")
	if err := b.configuration(config, 1); err != nil {
		return err
	}
	var small time.Duration
	articles := 0
	for _, size := range []int{30_000, 50_000, 300_000} {
		progress("filling the store up to %d articles", size)
		if err := fill(ctx, data, &articles, size); err != nil {
			return err
		}
		switch size {
		case 30_000:
			cost, err := costOfOne(ctx, data, &articles)
			if err != nil {
				return err
			}
			small = cost
			b.rows.add("a new article at 30,000: CPU", "–", "%.1f ms", ms(cost))
		case 50_000:
			if err := b.restart(ctx, config, data); err != nil {
				return err
			}
		case 300_000:
			cost, err := costOfOne(ctx, data, &articles)
			if err != nil {
				return err
			}
			b.rows.add("a new article at 300,000: CPU", "1.2 times", "%.1f ms, %.2f times", ms(cost), float64(cost)/float64(small))
			if err := b.atRest(ctx, config, data, articles); err != nil {
				return err
			}
		}
	}
	return nil
}

// site is the bench's, as the store and the publisher take it.
func site() *feeds.Site {
	s := &feeds.Site{ID: "bench", BaseURL: "http://127.0.0.1:18080", DefaultLocale: "en"}
	for _, l := range languages {
		chain := []string{l.tag, "en"}
		if l.tag == "en" {
			chain = chain[:1]
		}
		s.Locales = append(s.Locales, feeds.Locale{Tag: l.tag, Chain: chain})
	}
	for i := range categories {
		s.Categories = append(s.Categories, feeds.Category{Term: fmt.Sprint("c", i)})
	}
	for i := range publishers {
		s.Publishers = append(s.Publishers, feeds.Publisher{Key: fmt.Sprint("city", i), Language: "en", License: feeds.License{FullText: true}})
	}
	return s
}

// fillBatch is how many articles a run brings.
const fillBatch = 30

// fill stores articles until there are so many, and publishes them.
func fill(ctx context.Context, data string, have *int, size int) error {
	if err := os.MkdirAll(data, 0o755); err != nil {
		return err
	}
	return withStore(ctx, data, func(db *store.DB, p *publish.Publisher, s *feeds.Site) error {
		for *have < size {
			if err := bring(ctx, db, s, have, fillBatch); err != nil {
				return err
			}
			if *have%30_000 < fillBatch {
				progress("%d articles", *have)
			}
		}
		return publishMarked(ctx, db, p)
	})
}

// withStore opens the store with what publishes it.
func withStore(ctx context.Context, data string, do func(*store.DB, *publish.Publisher, *feeds.Site) error) error {
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(data, "kairan.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	words, err := locales.Load(nil)
	if err != nil {
		return err
	}
	s := site()
	composer := &publish.Composer{Site: s, Bundle: words, Read: publish.At(db.Snapshot)}
	return do(db, &publish.Publisher{Composer: composer, Store: db, Relate: publish.NewRecommender(db).Relate}, s)
}

// bring stores the next articles, a minute later than the last ones.
func bring(ctx context.Context, db *store.DB, s *feeds.Site, have *int, n int) error {
	feed := *have / fillBatch
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(*have) * time.Minute)
	var articles []feeds.Article
	for range n {
		title, text := notice(feed, *have)
		key := fmt.Sprint("a", *have)
		articles = append(articles, feeds.Article{
			Publisher: fmt.Sprint("city", publisher(feed)), Source: fmt.Sprint("s", feed%1000), Key: key, GUID: key, Language: languages[language(feed)].tag,
			Title: title, Content: text, Link: "https://city.example/" + key, Published: now, PublishedFrom: feeds.DateDeclared,
			Categories: []string{fmt.Sprint("c", *have%categories)},
		})
		*have++
	}
	_, err := db.Collect(ctx, store.Collected{
		Run: store.Run{Source: articles[0].Source, Started: now}, Touched: s.Touched,
		Brought: ledger.Brought{Articles: articles, Now: now},
	})
	return err
}

func publishMarked(ctx context.Context, db *store.DB, p *publish.Publisher) error {
	for {
		marks, err := db.Marked(ctx)
		if err != nil || len(marks) == 0 {
			return err
		}
		for _, m := range marks {
			if _, err := p.Publish(ctx, m.Channel, m.Counter, m.Changed); err != nil {
				return err
			}
		}
	}
}

// oneByOne is how many articles are brought one after the other.
const oneByOne = 100

// costOfOne measures what an article costs that comes alone and is published.
func costOfOne(ctx context.Context, data string, have *int) (cost time.Duration, err error) {
	err = withStore(ctx, data, func(db *store.DB, p *publish.Publisher, s *feeds.Site) error {
		one := func(n int) error {
			for range n {
				if err := bring(ctx, db, s, have, 1); err != nil {
					return err
				}
				if err := publishMarked(ctx, db, p); err != nil {
					return err
				}
			}
			return nil
		}
		if err := one(oneByOne); err != nil { // so that caches are as they are in a program at work
			return err
		}
		runtime.GC()
		before, err := ownCPU()
		if err != nil {
			return err
		}
		if err := one(oneByOne); err != nil {
			return err
		}
		after, err := ownCPU()
		cost = (after - before) / oneByOne
		return err
	})
	return cost, err
}

func ownCPU() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, os.NewSyscallError("getrusage", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// restart measures how soon a program serves that is started with a full database.
func (b *bench) restart(ctx context.Context, config, data string) error {
	p, err := b.serve(ctx, config, data) // once, so that its words are adopted
	if err != nil {
		return err
	}
	if _, err := p.published(ctx, 0); err != nil {
		p.stop()
		return err
	}
	p.stop()
	began := time.Now()
	if p, err = b.serve(ctx, config, data); err != nil {
		return err
	}
	defer p.stop()
	for {
		if status, _, _, err := p.get(ctx, "/en/all.atom"); err == nil && status == 200 {
			break
		}
		if time.Since(began) > time.Minute {
			return fmt.Errorf("nothing is served for a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	b.rows.add("restart with 50,000 notices: first 200", "0.3 s", "%.2f s", time.Since(began).Seconds())
	if _, err := p.published(ctx, 0); err != nil {
		return err
	}
	memory, err := p.resident(false)
	b.rows.add("restart with 50,000 notices: memory", "120 MB", "%.0f MB", megabytes(memory))
	return err
}

// atRest measures a program with a full database that has nothing to do.
func (b *bench) atRest(ctx context.Context, config, data string, articles int) error {
	info, err := os.Stat(filepath.Join(data, "kairan.db"))
	if err != nil {
		return err
	}
	b.rows.add("database with 300,000 articles", "6 KB an article", "%.1f KB an article", float64(info.Size())/1000/float64(articles))
	p, err := b.serve(ctx, config, data)
	if err != nil {
		return err
	}
	defer p.stop()
	if _, err := p.published(ctx, 0); err != nil {
		return err
	}
	memory, cpu, err := p.rest(ctx)
	if err != nil {
		return err
	}
	b.rows.add("at rest with 300,000 articles: CPU", "3 % of a core", "%.1f %%", cpu)
	b.rows.add("at rest with 300,000 articles: memory", "–", "%.0f MB", megabytes(memory))
	return nil
}
