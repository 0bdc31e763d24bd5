package main

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/watch"
	"github.com/kairan-news/kairan/jobs"
)

// watch returns the setup as far as it matters to who watches.
func (s *setup) watch(offline bool) watch.Plan {
	site := &s.config.Site
	plan := watch.Plan{HasChannel: site.HasChannel}
	schedules := s.config.Schedules()
	for i, source := range s.config.Sources {
		resolved := source
		if source.Kind == feeds.KindFolder {
			resolved.Path = s.config.Folder(source)
		}
		publisher, _ := site.Publisher(source.Publisher)
		schedule := schedules[i]
		plan.Sources = append(plan.Sources, watch.Source{
			ID: source.ID, Publisher: source.Publisher, Host: jobs.Host(resolved), Address: jobs.Address(resolved), Zone: publisher.Location,
			Disabled: source.Disabled || offline && source.Kind != feeds.KindFolder,
			Interval: func(now time.Time) time.Duration {
				next := schedule.Next(now)
				return schedule.Next(next).Sub(next)
			},
		})
	}
	return plan
}
