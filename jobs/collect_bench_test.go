package jobs_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// The farm of the benchmark: sources that cost little to serve.
const (
	farmSources = 1000
	farmHosts   = 250
	farmItems   = 30
)

// farm serves the feeds of many hosts on loopback.
type farm struct {
	hosts []string
	// version is of the content; a feed has as many further items as it says, and of
	// the odd ones only each tenth.
	version atomic.Int64
}

func newFarm(b *testing.B) *farm {
	b.Helper()
	f := &farm{}
	for i := range farmHosts {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.2.%d:0", i+1))
		if err != nil {
			b.Fatal(err)
		}
		f.hosts = append(f.hosts, l.Addr().String())
		server := &http.Server{Handler: http.HandlerFunc(f.serve)}
		go server.Serve(l) // ends with the listener
		b.Cleanup(func() { server.Close() })
	}
	return f
}

// further is how many items a feed has beyond the first ones.
func (f *farm) further(feed int) int {
	if feed%10 != 0 {
		return 0
	}
	return int(f.version.Load())
}

func (f *farm) serve(w http.ResponseWriter, r *http.Request) {
	var feed int
	if _, err := fmt.Sscanf(r.URL.Path, "/%d.xml", &feed); err != nil {
		http.NotFound(w, r)
		return
	}
	further := f.further(feed)
	tag := fmt.Sprintf(`"%d-%d"`, feed, further)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml")
	_, _ = io.WriteString(w, farmDocument(feed, farmItems, further)) // a client that left is no matter
}

// paragraph makes a document about 40 KB long.
var paragraph = strings.Repeat("The harbour bridge is closed to cars while its bearings are renewed; buses take the tunnel. ", 12)

func farmDocument(feed, items, further int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed %d</title><link>https://city.example/%d/</link><description>News</description><language>en</language>`, feed, feed)
	for i := items + further - 1; i >= further; i-- {
		fmt.Fprintf(&b, `<item><title>Notice %d of feed %d</title><link>https://city.example/%d/%d</link><guid isPermaLink="false">%d-%d</guid><pubDate>%s</pubDate><category>Environment</category><description>&lt;p&gt;Notice %d. %s&lt;/p&gt;</description></item>`,
			i, feed, feed, i, feed, i, time.Date(2026, 11, 1, 0, i, 0, 0, time.UTC).Format(time.RFC1123Z), i, paragraph)
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

// bench is a store with an engine that collects the farm.
type bench struct {
	engine  *jobs.Engine
	sources []string
	stop    func()
}

func (f *farm) engine(b *testing.B) *bench {
	b.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "kairan.db"))
	if err != nil {
		b.Fatal(err)
	}
	if err := db.Migrate(ctx); err != nil {
		b.Fatal(err)
	}
	site := &feeds.Site{
		ID: "farm", DefaultLocale: "en", Locales: []feeds.Locale{{Tag: "en", Chain: []string{"en"}}},
		Categories: []feeds.Category{{Term: "environment"}},
		Publishers: []feeds.Publisher{{Key: "city", Location: time.UTC, Language: "en"}},
	}
	var planned []jobs.Planned
	var ids []string
	for i := range farmSources {
		s := feeds.Source{
			ID: fmt.Sprintf("s%d", i), Publisher: "city", Kind: feeds.KindFeed, AllowPrivate: true,
			URL: fmt.Sprintf("http://%s/%d.xml", f.hosts[i%farmHosts], i), Schedule: "@hourly",
		}
		planned = append(planned, jobs.Planned{Source: &s, Schedule: cron.Every(time.Hour)})
		ids = append(ids, s.ID)
	}
	plan := jobs.NewPlan(jobs.Plan{
		Site:      site,
		Collector: &source.Collector{Client: fetch.New(fetch.Config{})},
		Mapper:    normalize.NewMapper(site.Categories, nil, nil),
	}, planned, false)
	engine, err := jobs.New(jobs.Config{Store: db, Log: slog.New(slog.DiscardHandler), CollectOnly: true}, plan)
	if err != nil {
		b.Fatal(err)
	}
	if err := engine.Start(ctx); err != nil {
		b.Fatal(err)
	}
	return &bench{engine, ids, func() {
		if err := engine.Stop(ctx); err != nil {
			b.Error(err)
		}
		db.Close()
	}}
}

// collect collects every source once and returns how many articles were new.
func (e *bench) collect(b *testing.B) int {
	b.Helper()
	runs, err := e.engine.CollectNow(context.Background(), e.sources, nil)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for _, r := range runs {
		if r.Error != "" {
			b.Fatalf("%s: %s", r.Source, r.Error)
		}
		n += r.New
	}
	return n
}

// BenchmarkCollect collects a thousand sources on two hundred and fifty hosts, with
// the farm that serves them in the same process.
func BenchmarkCollect(b *testing.B) {
	rate := func(b *testing.B) {
		b.ReportMetric(float64(b.N*farmSources)/b.Elapsed().Seconds(), "sources/s")
	}
	b.Run("all new", func(b *testing.B) {
		f := newFarm(b)
		for b.Loop() {
			b.StopTimer()
			e := f.engine(b)
			b.StartTimer()
			if n := e.collect(b); n != farmSources*farmItems {
				b.Fatalf("%d articles of %d", n, farmSources*farmItems)
			}
			b.StopTimer()
			e.stop()
			b.StartTimer()
		}
		rate(b)
	})
	b.Run("unchanged", func(b *testing.B) {
		f := newFarm(b)
		e := f.engine(b)
		defer e.stop()
		e.collect(b)
		for b.Loop() {
			if n := e.collect(b); n != 0 {
				b.Fatalf("%d new articles", n)
			}
		}
		rate(b)
	})
	b.Run("a tenth with one new", func(b *testing.B) {
		f := newFarm(b)
		e := f.engine(b)
		defer e.stop()
		e.collect(b)
		for b.Loop() {
			f.version.Add(1)
			if n := e.collect(b); n != farmSources/10 {
				b.Fatalf("%d new articles", n)
			}
		}
		rate(b)
	})
}
