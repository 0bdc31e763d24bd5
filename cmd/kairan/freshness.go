package main

import (
	"context"
	"slices"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

// freshness is how fresh each publisher's news is, by what the store has and by what is wrong
// as those told it who watch.
type freshness struct {
	db    *store.DB
	setup func() *setup
	// visits tells when sources were visited, and that they can't be reached: what is copied
	// to a folder would go on saying so when it is true no more.
	visits bool
}

// Freshness implements [web.Freshness].
func (f freshness) Freshness(ctx context.Context) (map[string]web.Fresh, error) {
	now := f.setup()
	var publishers []string
	for _, p := range now.config.Site.Publishers {
		publishers = append(publishers, p.Key)
	}
	newest, err := f.db.NewestOf(ctx, publishers)
	if err != nil {
		return nil, err
	}
	fresh := make(map[string]web.Fresh, len(publishers))
	for publisher, at := range newest {
		fresh[publisher] = web.Fresh{Newest: at}
	}
	if !f.visits {
		return fresh, nil
	}
	seen, err := f.db.SourcesSeen(ctx)
	if err != nil {
		return nil, err
	}
	for _, source := range now.config.Sources {
		if at := seen[source.ID].LastSuccess; !source.Disabled && at.After(fresh[source.Publisher].Visited) {
			of := fresh[source.Publisher]
			of.Visited = at
			fresh[source.Publisher] = of
		}
	}
	open, err := f.db.OpenIncidents(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range open {
		if !keepsFrom(i.Kind) {
			continue
		}
		for _, publisher := range i.Publishers {
			fresh[publisher] = unread(fresh[publisher], i.Finding, !slices.Contains(i.Dark, publisher))
		}
	}
	return fresh, nil
}

// unread takes in that a publisher's news can't be reached, or some of it. That nothing can
// be is told before that some can't, and the longest of either.
func unread(of web.Fresh, f flow.Finding, partly bool) web.Fresh {
	switch {
	case of.Unread.IsZero(), of.Partly && !partly, of.Partly == partly && f.Since.Before(of.Unread):
		of.Unread, of.Partly = f.Since, partly
	}
	return of
}

// keepsFrom reports whether a fault keeps us from a publisher's news.
func keepsFrom(kind flow.Kind) bool {
	switch kind {
	case flow.SourceFailing, flow.SourceNeverSucceeded, flow.SourceGone, flow.CertificateWrong, flow.HostFailing, flow.PublisherDark:
		return true
	}
	return false
}
