//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// What is asked of a program under load.
const (
	hotEvery  = time.Second / 500
	pageEvery = time.Second / 2  // each page, none of them in the same moment as another
	newsEvery = 30 * time.Second // every tenth source has a notice more
	loadFor   = 2 * time.Minute  // so that the 99th percentile is not the slowest answer
)

// operatorsPages are asked for at the operators' address.
var operatorsPages = []string{
	"/", "/incidents", "/jobs", "/jobs?outcome=failed&since=30d", "/jobs?publisher=city7&since=30d", "/sources", "/sources?sort=new&page=5",
	"/source/s500", "/channels", "/locales", "/processes", "/configuration", "/audit", "/ops.atom", "/healthz", "/readyz", "/metrics",
}

// load asks a program for hot feeds and for operators' pages, and keeps how long answers took.
type load struct {
	p   *process
	f   *farm
	hot []string

	mu       sync.Mutex
	times    map[string][]time.Duration // until the last byte, of what was answered with 200
	failures map[string]int
	first    string // of the failures
}

// hotFeed stands for all feeds among the times.
const hotFeed = "500 hot feeds a second"

func newLoad(p *process, f *farm) *load {
	l := &load{p: p, f: f, times: map[string][]time.Duration{}, failures: map[string]int{}}
	for _, language := range languages {
		for _, channel := range []string{"all", "c1", "c7"} {
			for _, format := range []string{"rss", "atom", "json"} {
				l.hot = append(l.hot, "/"+language.tag+"/"+channel+"."+format)
			}
		}
	}
	return l
}

// warm asks for each feed once, so that they are hot.
func (l *load) warm(ctx context.Context) {
	for _, path := range l.hot {
		l.ask(ctx, path, l.p.site+path)
	}
	clear(l.times)
	clear(l.failures)
	l.first = ""
}

// run asks until the context ends.
func (l *load) run(ctx context.Context) {
	var asking sync.WaitGroup
	every := func(d, after time.Duration, do func(n int)) {
		asking.Go(func() {
			time.Sleep(after)
			tick := time.NewTicker(d)
			defer tick.Stop()
			for n := 0; ; n++ {
				select {
				case <-ctx.Done():
					return
				case <-tick.C:
					do(n)
				}
			}
		})
	}
	every(hotEvery, 0, func(n int) {
		asking.Go(func() { l.ask(ctx, hotFeed, l.p.site+l.hot[n%len(l.hot)]) })
	})
	for i, page := range operatorsPages {
		after := time.Duration(i) * pageEvery / time.Duration(len(operatorsPages))
		every(pageEvery, after, func(int) {
			asking.Go(func() { l.ask(ctx, page, l.p.admin+page) })
		})
	}
	every(newsEvery, 0, func(int) { l.f.further.Add(1) })
	asking.Wait()
}

func (l *load) ask(ctx context.Context, what, url string) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		panic(err) // addresses are ours
	}
	r.Header.Set("Accept-Encoding", "gzip")
	began := time.Now()
	answer, err := l.p.client.Do(r)
	status := 0
	if err == nil {
		status = answer.StatusCode
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	took := time.Since(began)
	if ctx.Err() != nil {
		return // the end
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || status != http.StatusOK {
		if l.failures[what]++; l.first == "" {
			l.first = fmt.Sprintf("%s: %d, %v", url, status, err)
		}
		return
	}
	l.times[what] = append(l.times[what], took)
}

// report adds a line for each page; wanted is the 99th percentile.
func (l *load) report(rows *rows) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, what := range append([]string{hotFeed}, operatorsPages...) {
		t := l.times[what]
		rows.add(fmt.Sprintf("%s (%d answers, %d failures)", what, len(t), l.failures[what]), "p99 100 ms",
			"p50 %.1f ms, p99 %.1f ms, most %.1f ms", ms(quantile(t, 50)), ms(quantile(t, 99)), ms(quantile(t, 100)))
	}
	if l.first != "" {
		progress("the first failure: %s; by address: %v", l.first, slices.Sorted(maps.Keys(l.failures)))
	}
}

// steady starts a program that has collected and published all sources, and collects each
// once a minute.
func (b *bench) steady(ctx context.Context) (p *process, f *farm, end func(), err error) {
	f = &farm{items: b.items, began: time.Now()}
	stop, err := f.start()
	if err != nil {
		return nil, nil, nil, err
	}
	b.schedule = "@every 1m"
	if err := b.configuration(b.configFile(), b.sources); err != nil {
		stop()
		return nil, nil, nil, err
	}
	progress("collecting and publishing %d sources", b.sources)
	if p, err = b.serve(ctx, b.configFile(), b.dataFolder()); err != nil {
		stop()
		return nil, nil, nil, err
	}
	if _, err := p.published(ctx, b.sources*b.items); err != nil {
		p.stop()
		stop()
		return nil, nil, nil, err
	}
	return p, f, func() { p.stop(); stop() }, nil
}

// operators measures how soon operators are answered while sources are collected and readers
// are served.
func (b *bench) operators(ctx context.Context) error {
	p, f, end, err := b.steady(ctx)
	if err != nil {
		return err
	}
	defer end()
	l := newLoad(p, f)
	l.warm(ctx)
	before, err := p.usage()
	if err != nil {
		return err
	}
	progress("asking for %v", loadFor)
	asking, cancel := context.WithTimeout(ctx, loadFor)
	defer cancel()
	l.run(asking)
	after, err := p.usage()
	if err != nil {
		return err
	}
	l.report(&b.rows)
	b.rows.add("CPU meanwhile", "2 cores", "%.2f cores", after.since(before).cpu.Seconds()/loadFor.Seconds())
	return nil
}
