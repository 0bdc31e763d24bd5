package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// A scrape at 1,000 sources with 50 runs each is to cost 20 ms at most.
func BenchmarkScrape(b *testing.B) {
	db, err := store.Open(b.Context(), storetest.SQLite(b))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	loaded, err := (&flags{}).load("")
	if err != nil {
		b.Fatal(err)
	}
	c := config.Config{Site: loaded.config.Site}
	at := time.Now()
	for n := range 1000 {
		id := fmt.Sprintf("source-%d", n)
		c.Sources = append(c.Sources, feeds.Source{ID: id, Publisher: "tokyo", Kind: feeds.KindFeed, URL: "https://www.example.org/" + id, Schedule: "@hourly"})
	}
	for run := range 50 {
		var visited []store.Visited
		for _, source := range c.Sources {
			visited = append(visited, store.Visited{
				Run:   store.Run{Source: source.ID, Outcome: store.RunOK, Started: at.Add(time.Duration(run-50) * time.Hour)},
				State: store.SourceState{ID: source.ID, LastSuccess: at, LastRun: at, NextDue: at},
			})
		}
		if err := db.RecordRuns(b.Context(), visited); err != nil {
			b.Fatal(err)
		}
	}
	loaded.config = &c
	s := status{db: db, setup: func() *setup { return loaded }, metrics: newJobMetrics(), counted: &counted{}}
	for b.Loop() {
		registry := prometheus.NewRegistry() // a new one each time, which has nothing in memory
		ops.Handler(ops.Config{Status: s, Registry: registry})
		if _, err := registry.Gather(); err != nil {
			b.Fatal(err)
		}
	}
}
