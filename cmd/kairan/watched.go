package main

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/watch"
	"github.com/kairan-news/kairan/jobs"
)

// watch returns the setup as far as it matters to who watches.
func (s *setup) watch(offline bool) watch.Plan {
	site := &s.config.Site
	plan := watch.Plan{HasChannel: site.HasChannel}
	for _, l := range site.Locales {
		m := s.bundle.Missing(shownBy(site), l.Chain...)
		plan.Locales = append(plan.Locales, flow.Locale{Tag: l.Tag, Missing: m.Of - m.Has})
	}
	schedules := s.config.Schedules()
	for i, source := range s.config.Sources {
		resolved := source
		if source.Kind == feeds.KindFolder {
			resolved.Path = s.config.Folder(source)
		}
		publisher, _ := site.Publisher(source.Publisher)
		schedule := schedules[i]
		plan.Sources = append(plan.Sources, watch.Source{
			ID: source.ID, Publisher: source.Publisher, Host: jobs.Host(resolved), Folder: resolved.Kind == feeds.KindFolder, Address: jobs.Address(resolved), Zone: publisher.Location,
			Expect: s.config.Expect[source.ID],
			Quiet:  func(now time.Time) []flow.Span { return s.quiet(source.Publisher, now) },

			Disabled: source.Disabled || offline && source.Kind != feeds.KindFolder,
			Interval: func(now time.Time) time.Duration {
				next := schedule.Next(now)
				return schedule.Next(next).Sub(next)
			},
		})
	}
	return plan
}

// quiet returns when nothing is expected of a publisher, in the time that a rhythm looks back
// to and the days to come.
func (s *setup) quiet(publisher string, now time.Time) []flow.Span {
	days := s.config.Quiet[publisher]
	if len(days) == 0 {
		return nil
	}
	var all []flow.Span
	for _, span := range days.Within(now.Add(-flow.RhythmWindow), now.Add(quietAhead), s.config.Site.Zone(publisher)) {
		all = append(all, flow.Span(span))
	}
	return all
}

// quietAhead is how far ahead quiet days are looked for.
const quietAhead = 31 * 24 * time.Hour
