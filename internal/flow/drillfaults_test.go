package flow_test

import (
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// drillFault is something that goes wrong, and what is to be told of it until when.
type drillFault struct {
	kind    flow.Kind
	subject flow.Subject
	says    string // a part of the sentence
	lasts   time.Duration
	begin   func(w *world)
	end     func(w *world)
	within  func(w *world) time.Time // asked once it has begun
	beside  []flow.Kind              // what may be told beside it, at first or afterwards
}

var service = flow.Subject{Of: flow.OfService}

// soon is a fault of the whole that lasts an hour and has the promise of its rule.
func soon(kind flow.Kind, subject flow.Subject, says string, begin, end func(w *world), beside ...flow.Kind) drillFault {
	rule, _ := flow.RuleOf(kind)
	promise := rule.Promise
	if rule.Within == "at once" {
		promise = fine
	}
	return drillFault{kind: kind, subject: subject, says: says, lasts: time.Hour, begin: begin, end: end, beside: beside,
		within: func(w *world) time.Time { return w.now.Add(promise) }}
}

// since is a fault of the whole that is one time of the world.
func since(kind flow.Kind, subject flow.Subject, says string, field func(w *world) *time.Time, beside ...flow.Kind) drillFault {
	return soon(kind, subject, says, func(w *world) { *field(w) = w.now }, func(w *world) { *field(w) = time.Time{} }, beside...)
}

// facts is a fault that a process or its machine has.
func facts(kind flow.Kind, subject flow.Subject, says string, process string, has func(w *world) flow.Facts, beside ...flow.Kind) drillFault {
	return soon(kind, subject, says, func(w *world) { w.factsOf, w.facts = process, has(w) }, func(w *world) { w.factsOf = "" }, beside...)
}

func kill(w *world, ids ...string) {
	for _, id := range ids {
		w.dead[id] = w.now
	}
}

// ofVisits is a fault of a source that so many visits show.
func ofVisits(kind flow.Kind, source, says string, visits int, set func(s *simSource, on bool), beside ...flow.Kind) drillFault {
	id := sourceID(source)
	return drillFault{kind: kind, subject: flow.Subject{Of: flow.OfSource, ID: id}, says: says, lasts: 30 * time.Hour, beside: beside,
		begin: func(w *world) { set(w.source(id), true) }, end: func(w *world) { set(w.source(id), false) },
		within: func(w *world) time.Time {
			took := time.Duration(visits) * (w.source(id).Interval + coarse)
			if visits > 2 {
				took = max(took, time.Hour+w.source(id).Interval+coarse)
			}
			return w.now.Add(took + coarse)
		}}
}

func sourceID(prefix string) string { return newWorld(1).source(prefix).ID }

// silent is a source that stops bringing things, or says only a part of them.
func silent(source string) drillFault {
	id := sourceID(source)
	s := newWorld(1).source(id)
	allowed := max(24*time.Hour, 2*s.shape.longGap(s.Zone))
	return drillFault{kind: flow.SourceSilent, subject: flow.Subject{Of: flow.OfSource, ID: id}, says: "has brought nothing new for", lasts: allowed + 40*time.Hour,
		begin: func(w *world) { w.source(id).silent = true }, end: func(w *world) { w.source(id).silent = false },
		within: func(w *world) time.Time {
			s := w.source(id)
			return s.rested(allowed + 2*s.Interval + coarse)
		}, beside: []flow.Kind{flow.SourceSlowing}}
}

// rested is so long after a source last brought something, without its quiet days.
func (s *simSource) rested(d time.Duration) time.Time {
	return s.without(s.LastNew, d)
}

// without is so long after a time, without quiet days.
func (s *simSource) without(since time.Time, d time.Duration) time.Time {
	until := since.Add(d)
	for _, q := range s.Quiet {
		if q.Until.After(since) && q.From.Before(until) {
			from := q.From
			if from.Before(since) {
				from = since
			}
			until = until.Add(q.Until.Sub(from))
		}
	}
	return until
}

func slowing(source string, share float64) drillFault {
	id := sourceID(source)
	return drillFault{kind: flow.SourceSlowing, subject: flow.Subject{Of: flow.OfSource, ID: id}, says: "in the last 7 days", lasts: 9 * 24 * time.Hour,
		begin: func(w *world) { w.source(id).thin = share }, end: func(w *world) { w.source(id).thin = 0 },
		within: func(w *world) time.Time { return w.source(id).without(w.now, 7*24*time.Hour) }, beside: []flow.Kind{flow.SourceSilent}}
}

// city is a fault of all sources of some publishers.
func city(kind flow.Kind, subject flow.Subject, says string, publishers ...string) drillFault {
	set := func(w *world, failing string) {
		for _, s := range w.sources {
			for _, p := range publishers {
				if s.Publisher == p {
					s.failing = failing
				}
			}
		}
	}
	return drillFault{kind: kind, subject: subject, says: says, lasts: 8 * time.Hour, beside: []flow.Kind{flow.SourceFailing, flow.HostFailing, flow.PublisherDark},
		begin:  func(w *world) { set(w, "502 Bad Gateway") },
		end:    func(w *world) { set(w, "") },
		within: func(w *world) time.Time { return w.now.Add(3*(time.Hour+coarse) + coarse) }}
}

func of(part flow.Part, id string) flow.Subject { return flow.Subject{Of: part, ID: id} }

// longFaults are those of sources that take days to show; they come first.
func longFaults() []drillFault {
	return []drillFault{
		silent("weekly-16"), silent("office-01"), silent("morning-02"), silent("hourly-00"), silent("twice-06"), silent("daily-09"),
		silent("daytime-04"), silent("bursts-08"),
		slowing("busy-12", 0.8), slowing("hourly-13", 0.8),
	}
}

// shortFaults are the others.
func shortFaults() []drillFault {
	database := of(flow.OfDatabase, "")
	failure := func(w *world, reason string) *flow.Failure {
		return &flow.Failure{Since: w.now, At: w.now, Count: 2, Error: reason}
	}
	disk := func(free int64) func(w *world) flow.Facts {
		return func(*world) flow.Facts {
			return flow.Facts{Disks: []flow.Disk{{Path: "/var/lib/kairan", For: "database", Size: 100e9, Free: free}}}
		}
	}
	return append(sourceFaults(), []drillFault{
		soon(flow.WorkerGone, service, "No process has collected", func(w *world) { kill(w, "work-a", "work-b") }, func(w *world) { clear(w.dead) }),
		since(flow.LeaderGone, service, "led the job engine", func(w *world) *time.Time { return &w.leaderless }),
		since(flow.PublisherGone, service, "looked for what is to be published", func(w *world) *time.Time { return &w.unswept }),
		since(flow.PublisherGone, service, "Nothing has been published", func(w *world) *time.Time { return &w.unpublished }),
		soon(flow.ProcessGone, of(flow.OfProcess, "work-b"), "work on beta", func(w *world) { kill(w, "work-b") }, func(w *world) { clear(w.dead) }),
		soon(flow.NoWeb, service, "served readers", func(w *world) { kill(w, "web-a", "web-b") }, func(w *world) { clear(w.dead) }),
		since(flow.TwoPlans, service, "2 configurations", func(w *world) *time.Time { return &w.plan }),
		since(flow.TwoVersions, service, "2 versions", func(w *world) *time.Time { return &w.version }),
		facts(flow.ClockStep, of(flow.OfMachine, "alpha"), "set forward by 60 minutes", "work-a", func(w *world) flow.Facts {
			return flow.Facts{ClockStep: time.Hour, ClockSteppedAt: w.now}
		}),
		facts(flow.ClockSkew, of(flow.OfMachine, "beta"), "behind the database's", "work-b", func(*world) flow.Facts { return flow.Facts{ClockSkew: 8 * time.Second} }),
		facts(flow.DiskFull, of(flow.OfMachine, "alpha /var/lib/kairan"), "/var/lib/kairan on alpha (the database) is full", "work-a", disk(2e6)),
		facts(flow.DiskFullSoon, of(flow.OfMachine, "alpha /var/lib/kairan"), "4 GB of 100 GB free", "work-a", disk(4e9)),
		facts(flow.BadReload, service, "line 12", "web-b", func(w *world) flow.Facts {
			return flow.Facts{Reload: &flow.Failure{At: w.now, Since: w.now, Count: 1, Error: "kairan.yaml: line 12: unknown key"}}
		}),
		soon(flow.DatabaseUnwritable, database, "read-only", func(w *world) { w.unwritable, w.cause = w.now, "read-only" }, func(w *world) { w.unwritable = time.Time{} }),
		since(flow.DatabaseAway, database, "has not answered", func(w *world) *time.Time { return &w.away }),
		soon(flow.ChannelStuck, of(flow.OfChannel, "ja/government"), "ja/government", func(w *world) {
			w.channels = []flow.Channel{{Name: "ja/government", Waiting: w.now}}
		}, func(w *world) { w.channels = nil }, flow.PublisherGone),
		soon(flow.ProbeFailing, of(flow.OfService, "probe"), "could not be reached", func(w *world) {
			w.probe.Failing, w.probe.Reason = failure(w, "connection refused"), "unreachable"
		}, func(w *world) { w.probe.Failing = nil }),
		{kind: flow.CertificateExpiring, subject: of(flow.OfService, "probe"), says: "expires in", lasts: time.Hour,
			begin:  func(w *world) { w.probe.Certificate.Until = w.now.Add(14*24*time.Hour + time.Minute) },
			end:    func(w *world) { w.probe.Certificate.Until = w.now.Add(300 * 24 * time.Hour) },
			within: func(w *world) time.Time { return w.now.Add(time.Minute + fine) }},
		{kind: flow.NetworkDown, subject: service, says: "our own network", lasts: 3 * time.Hour,
			begin: func(w *world) { w.netDown = w.now }, end: func(w *world) { w.netDown = time.Time{} }, within: func(w *world) time.Time { return w.now.Add(2 * time.Minute) }},
		soon(flow.RestoreFound, database, "no new epoch", func(w *world) { w.restore = flow.Restore{Found: w.now, Remembered: 900, Has: 500} }, func(w *world) { w.restore = flow.Restore{} }),
	}...)
}

// sourceFaults are those that visits show.
func sourceFaults() []drillFault {
	held := ofVisits(flow.QuarantineForgotten, "office-05", "has been held", 0, func(s *simSource, on bool) {
		s.Held = nil
		if on {
			s.Held = []flow.Held{{Reason: "it would withdraw 40 of 50 articles", Since: s.LastRun}}
		}
	})
	held.within = func(w *world) time.Time { return w.now.Add(24 * time.Hour) }
	return []drillFault{
		held,
		ofVisits(flow.SourceFailing, "office-14", "could not be read 3 times", 3, func(s *simSource, on bool) { s.failing = map[bool]string{true: "500 Internal Server Error"}[on] }),
		ofVisits(flow.SourceGone, "morning-15", "gone for good", 1, func(s *simSource, on bool) { s.gone = on }),
		ofVisits(flow.CertificateWrong, "daytime-17", "is not believed", 1, func(s *simSource, on bool) {
			s.certificate = map[bool]string{true: "x509: certificate has expired"}[on]
		}),
		ofVisits(flow.CertificateExpiring, "office-18", "expires in", 0, func(s *simSource, on bool) {
			s.Certificate.Until = s.LastRun.Add(14 * 24 * time.Hour)
			if !on {
				s.Certificate.Until = s.LastRun.Add(300 * 24 * time.Hour)
			}
		}),
		ofVisits(flow.LanguageMissing, "bursts-21", "no entry in th", 2, func(s *simSource, on bool) { s.language = map[bool]string{true: "th"}[on] }),
		ofVisits(flow.DocumentCutOff, "daily-22", "was cut off", 2, func(s *simSource, on bool) { s.cutOff = on }),
		ofVisits(flow.EntriesUnread, "office-23", "can't be read", 2, func(s *simSource, on bool) { s.unread = on }),
		city(flow.PublisherDark, of(flow.OfPublisher, "city-10"), "No news of city-10", "city-10"),
		city(flow.HostFailing, of(flow.OfHost, "www.cms.example"), "www.cms.example", "city-12", "city-13"),
	}
}
