package main

import (
	"context"
	"maps"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// lookSecure is how often a process that serves readers asks which hosts answer by https.
const lookSecure = time.Minute

// settleSecure completes the setup by the hosts that were seen to answer by https.
func (s *setup) settleSecure(ctx context.Context, db *store.DB) (err error) {
	s.config.Site.SeenSecure, err = db.SecureHosts(ctx)
	return err
}

// withSecure returns the setup with other hosts that answer by https; itself where they are
// the same. It does not change it, since readers are being answered by it.
func (s *setup) withSecure(hosts map[string]bool) *setup {
	if maps.Equal(s.config.Site.SeenSecure, hosts) {
		return s
	}
	next, config := *s, *s.config
	config.Site.SeenSecure = hosts
	next.config = &config
	return &next
}

// followSecure has the pages know which hosts have answered by https since, until the
// context ends. Its error is always nil: a database that is away is waited for.
func (s *service) followSecure(ctx context.Context) error {
	ticker := time.NewTicker(lookSecure)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			hosts, err := s.db.SecureHosts(ctx)
			if err != nil {
				continue // it is told by who can't do without
			}
			now := s.setup.Load()
			s.setup.CompareAndSwap(now, now.withSecure(hosts)) // a reload has them anyway
		}
	}
}
