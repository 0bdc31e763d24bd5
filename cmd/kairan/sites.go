package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/kairan-news/kairan/internal/backroom"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/web"
)

func (s *service) settings() web.Settings { return settingsOf(s.setup.Load()) }

// publicSite returns what readers see.
func (s *service) publicSite(metrics *web.Metrics) http.Handler {
	return s.tracer.Handler(web.Public(web.Config{
		Answered:   newRequests(s.journal.log, s.tracer != nil).answered,
		Settings:   s.settings,
		Shelf:      s.shelf,
		Channels:   documents{s.db, s.setup.Load},
		Articles:   notices{s.db},
		Selections: documents{s.db, s.setup.Load},
		FeedAge:    feedAge,
		Files:      s.db,

		Freshness: freshness{db: s.db, setup: s.setup.Load, visits: true},
		Listing:   listing{s.db},

		Ready:   s.readiness(),
		Metrics: metrics,
		Readers: s.readers,
		Log:     s.log,
	}))
}

// sweepPatience is how old the last sweep may be before the jobs count as stuck.
const sweepPatience = 30 * time.Second

func (s *service) status() status {
	return status{db: s.db, setup: s.setup.Load, offline: s.flags.offline, metrics: s.counted, counted: &counted{}, shelf: s.shelf}
}

// operatorsSite returns what operators see.
func (s *service) operatorsSite(metrics *web.Metrics) http.Handler {
	config := ops.Config{
		Status:    s.status(),
		Actor:     actor{s.operator()},
		Visitor:   visitorOf,
		Links:     []ops.Link{{Path: backroom.Prefix + "/", Text: "Queue"}},
		Readiness: s.readiness(),
		Registry:  metrics.Registry,
		Version:   version(),
		Runbook:   func() string { return s.setup.Load().config.Notify.RunbookURL },
		Address:   func() string { return s.setup.Load().config.Notify.OperatorsURL },
		Own:       s.own(),
		Ending:    s.ending,
		Log:       s.log,
	}
	if s.shelf != nil {
		config.Documents = shownDocuments{s.shelf}
		config.Collectors = append(config.Collectors, s.served.delay)
	}
	if s.engine != nil {
		config.Collectors = append(config.Collectors, s.counted.collectors()...)
		if s.copy != nil {
			config.Collectors = append(config.Collectors, s.copy.collectors()...)
		}
	}
	return ops.Handler(config)
}

// readiness tells whether this process can do its duty.
func (s *service) readiness() *web.Readiness {
	return &web.Readiness{Database: s.status(), Shelf: s.shelf, Checks: s.checks()}
}

// checks are the conditions of this process's readiness besides its documents.
func (s *service) checks() []web.Check {
	checks := []web.Check{s.drain.check()}
	if s.engine == nil {
		return checks
	}
	return append(checks, web.Check{Name: "jobs", Ready: func(context.Context) error {
		if age := time.Since(s.engine.Alive()); age > sweepPatience {
			return errors.New("the sweep has not ended well for half a minute; look into the log")
		}
		return nil
	}})
}

// own are the names by which pages know what is ours.
func (s *service) own() (names []string) {
	if host, err := os.Hostname(); err == nil {
		names = append(names, host)
	}
	if data, err := filepath.Abs(s.flags.data); err == nil {
		names = append(names, data)
	}
	return names
}
