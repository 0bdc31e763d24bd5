package main

import (
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// feedAge is how long caches may keep a live document before they ask again. It takes as
// long, and some minutes, until the probe misses what is new.
const feedAge = time.Minute

// probeTimeout bounds a question of the probe: no reader program waits longer.
const probeTimeout = 20 * time.Second

// prober returns what asks this setup's public address; nil for nothing.
func (s *setup) prober(db *store.DB, offline bool) *probe.Prober {
	p := s.config.Probe
	if p.URL == "" || offline {
		return nil
	}
	return &probe.Prober{
		Settings: probe.Settings{URL: p.URL, Every: p.Every, Implied: p.Implied, MaxAge: feedAge},
		Client: fetch.New(fetch.Config{
			UserAgent:       fmt.Sprintf("Kairan probe/%s (+%s)", version(), s.contact()),
			Timeout:         probeTimeout,
			AllowedNetworks: p.AllowPrivate,
			MaxIdle:         -1, // as a new reader
		}),
		Memory: db,
		Log:    jobs.PublicLog{Store: db, Composer: s.composer(db)},
		Now:    time.Now,
	}
}
