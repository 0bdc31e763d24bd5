package flow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

const (
	drillDays    = 90
	drillSources = 50
	coarse       = 10 * time.Minute
	fine         = 15 * time.Second
)

// world is a service that is simulated: sources that bring things, processes that visit
// them, and what goes wrong with either.
type world struct {
	random  *rand.Rand
	now     time.Time
	sources []*simSource
	learned int64 // the day that the rhythms were learned on

	// What is wrong with the whole; zero times are for "nothing".
	dead                             map[string]time.Time // processes by id, and when they died
	leaderless, unswept, unpublished time.Time
	away, unwritable, netDown        time.Time
	cause                            string
	plan, version                    time.Time // since when work-b has another
	facts                            flow.Facts
	factsOf                          string // the process that has them
	channels                         []flow.Channel
	probe                            flow.Probe
	export                           flow.Export
	restore                          flow.Restore
	backup                           flow.Backup
	queue                            flow.Queue
	hindered                         flow.Hindrance
	odd                              string // a source whose next document is odd, by chance
}

// simSource is a source with what it brings, and what is wrong with it.
type simSource struct {
	flow.Source
	shape   shape
	news    []time.Time // when it brings things, ascending
	next    int
	arrived []time.Time // since its rhythm was learned
	days    map[int64]int

	failing, certificate, language     string
	silent, cutOff, unread, gone, late bool
	thin                               float64 // the share that is missing
	hiccups                            int     // failures that are nobody's concern
}

// down tells whether a process is dead.
func (w *world) down(id string) bool { return !w.dead[id].IsZero() }

// jobs tells whether visits are made.
func (w *world) jobs() bool {
	return (!w.down("work-a") || !w.down("work-b")) && w.leaderless.IsZero() && w.away.IsZero() && w.unwritable.IsZero() && w.restore.Found.IsZero()
}

func newWorld(seed uint64) *world {
	w := &world{
		random: rand.New(rand.NewPCG(seed, 1)),
		now:    time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		dead:   map[string]time.Time{},
		probe:  flow.Probe{URL: "https://news.example/"},
		backup: flow.Backup{Every: 24 * time.Hour},
	}
	w.backup.Last, w.probe.Certificate.Until = w.now, w.now.Add(300*24*time.Hour)
	zones := []*time.Location{time.FixedZone("JST", 9*3600), location("Europe/Berlin"), location("America/New_York"), location("Asia/Bangkok")}
	for i := range drillSources {
		sh := shapes[i%len(shapes)]
		city := i % 14
		zone := zones[city%len(zones)]
		s := &simSource{shape: sh, days: map[int64]int{}, Source: flow.Source{
			ID: fmt.Sprintf("%s-%02d", sh.name, i), Publisher: fmt.Sprintf("city-%02d", city), Host: fmt.Sprintf("www.city-%02d.example", city),
			Zone: zone, Interval: []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}[i%3],
		}}
		s.Certificate.Until = w.now.Add(200 * 24 * time.Hour)
		s.Due = w.now.Add(time.Duration(i) * time.Minute)
		if city%3 == 0 { // a calendar with a week of holidays and a single day
			for _, d := range []int{24, 52, 53, 54, 55, 56} {
				from := time.Date(2026, 3, 2+d, 0, 0, 0, 0, zone)
				s.Quiet = append(s.Quiet, flow.Span{From: from, Until: from.AddDate(0, 0, 1)})
			}
		}
		s.news = sh.times(rand.New(rand.NewPCG(seed, uint64(100+i))), w.now, drillDays+30, zone, s.Quiet)
		w.sources = append(w.sources, s)
	}
	return w
}

func location(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// source is the source whose id begins so.
func (w *world) source(prefix string) *simSource {
	i := slices.IndexFunc(w.sources, func(s *simSource) bool { return strings.HasPrefix(s.ID, prefix) })
	return w.sources[i]
}

// step lets time pass, and what is due happen.
func (w *world) step(d time.Duration) {
	w.now = w.now.Add(d)
	if day := w.now.Unix() / 86400; day != w.learned && w.jobs() {
		w.learned, w.backup.Last = day, w.now
		for _, s := range w.sources {
			s.learn(w.now)
		}
	}
	if !w.jobs() {
		return
	}
	for _, s := range w.sources {
		if s.Due.After(w.now) {
			continue
		}
		if !w.netDown.IsZero() {
			s.Due = w.now.Add(time.Minute)
			continue
		}
		w.visit(s)
	}
}

func (s *simSource) learn(now time.Time) {
	var days []flow.Day
	for d, n := range s.days {
		days = append(days, flow.Day{Day: d, New: n})
	}
	slices.SortFunc(days, func(a, b flow.Day) int { return int(a.Day - b.Day) })
	s.Rhythm = s.Rhythm.Learn(s.arrived, days, s.Zone, s.Quiet, now)
	today := s.days[now.Unix()/86400]
	s.arrived, s.days = nil, map[int64]int{now.Unix() / 86400: today}
}

// visit visits a source, which sometimes fails for no reason.
func (w *world) visit(s *simSource) {
	s.LastRun, s.Due = w.now, w.now.Add(s.Interval)
	if s.hiccups == 0 && s.Failing == nil && w.random.Float64() < 0.002 {
		s.hiccups = 1 + w.random.IntN(2)
	}
	failed := s.failing
	if s.hiccups > 0 {
		s.hiccups--
		if failed == "" {
			failed = "503 Service Unavailable"
		}
	}
	if s.gone {
		failed, s.Status = "410 Gone", 410
		if s.Gone.IsZero() {
			s.Gone = w.now
		}
	}
	s.Certificate.Wrong = s.certificate
	if s.certificate != "" {
		failed = s.certificate
	}
	if failed != "" {
		if s.Failing == nil {
			s.Failing = &flow.Failure{Since: w.now}
		}
		s.Failing.At, s.Failing.Error = w.now, failed
		s.Failing.Count++
		return
	}
	s.Failing, s.Success, s.Status, s.Gone = nil, w.now, 200, time.Time{}
	w.read(s)
}

// read is a visit that succeeds.
func (w *world) read(s *simSource) {
	fresh := 0
	for ; s.next < len(s.news) && !s.news[s.next].After(w.now); s.next++ {
		if !s.silent && w.random.Float64() >= s.thin {
			fresh++
		}
	}
	day := w.now.Unix() / 86400
	s.days[day] += fresh
	if fresh > 0 {
		s.LastNew = w.now
		s.arrived = append(s.arrived, w.now)
	}
	odd := w.odd == s.ID
	if odd {
		w.odd = ""
	}
	s.CutOff = inRow(s.CutOff, s.cutOff || odd)
	s.UnreadVisits = inRow(s.UnreadVisits, s.unread || odd)
	s.Unread = min(1, s.UnreadVisits)
	switch {
	case s.language == "" && !odd:
		s.LanguagesGone = nil
	case len(s.LanguagesGone) == 0:
		s.LanguagesGone = []flow.LanguageGone{{Language: "th", Visits: 1, Since: w.now}}
	default:
		s.LanguagesGone = []flow.LanguageGone{{Language: "th", Visits: s.LanguagesGone[0].Visits + 1, Since: s.LanguagesGone[0].Since}}
	}
	if s.late && s.Late == 0 {
		s.Late, s.LateSince = 2, w.now
	} else if !s.late {
		s.Late, s.LateSince = 0, time.Time{}
	}
}

func inRow(n int, again bool) int {
	if again {
		return n + 1
	}
	return 0
}

// observe is what the program would see.
func (w *world) observe() flow.Observation {
	o := flow.Observation{At: w.now, Hindered: w.hindered, Database: flow.Database{Engine: "postgres"}}
	if !w.away.IsZero() {
		o.Database.Away = &flow.Failure{Since: w.away, Count: 3, Error: "dial tcp 10.1.2.3:5432: connect: connection refused"}
		return o
	}
	if !w.unwritable.IsZero() {
		o.Database.Unwritable, o.Database.Cause = &flow.Failure{Since: w.unwritable, Count: 3, Error: "cannot execute INSERT in a read-only transaction"}, w.cause
	}
	for _, p := range []struct{ id, role, host string }{{"work-a", "work", "alpha"}, {"work-b", "work", "beta"}, {"web-a", "web", "alpha"}, {"web-b", "web", "beta"}} {
		o.Processes = append(o.Processes, w.process(p.id, p.role, p.host))
	}
	o.Leader, o.LeaderUntil, o.LeaderSeen = "work-a", w.now.Add(10*time.Second), w.now
	switch stop := w.stopped(); {
	case !w.leaderless.IsZero():
		o.Leader, o.LeaderUntil, o.LeaderSeen = "", time.Time{}, w.leaderless
	case !stop.IsZero():
		o.LeaderUntil, o.LeaderSeen = stop.Add(10*time.Second), stop.Add(10*time.Second)
	}
	o.Published = w.now.Add(-20 * time.Second)
	o.Channels = slices.Clone(w.channels)
	if !w.unpublished.IsZero() {
		o.Published = w.unpublished
		o.Channels = append(o.Channels, flow.Channel{Name: "ja/all", Waiting: w.unpublished.Add(time.Second)}, flow.Channel{Name: "en/all", Waiting: w.unpublished.Add(time.Second)})
	}
	o.Network.Down = w.netDown
	o.Probe, o.Export, o.Restore, o.Backup, o.Queue = w.probe, w.export, w.restore, w.backup, w.queue
	for _, s := range w.sources {
		o.Sources = append(o.Sources, s.Source)
	}
	return o
}

// stopped is since when no process can write that it lives, or none that works does.
func (w *world) stopped() time.Time {
	if !w.unwritable.IsZero() {
		return w.unwritable
	}
	if w.down("work-a") && w.down("work-b") {
		return w.dead["work-a"]
	}
	return time.Time{}
}

func (w *world) process(id, role, host string) flow.Process {
	p := flow.Process{ID: id, Role: role, Host: host, PID: 100, Version: "v1.0.0", Plan: "aaaa", Started: w.now.Add(-9 * time.Hour), Beat: w.now.Truncate(10 * time.Second)}
	if role == "work" {
		p.Facts.Swept = p.Beat
	}
	if w.factsOf == id {
		swept := p.Facts.Swept
		p.Facts = w.facts
		p.Facts.Swept = swept
	}
	if id == "work-b" && !w.plan.IsZero() {
		p.Plan, p.Facts.PlanSince = "bbbb", w.plan
	}
	if id == "work-b" && !w.version.IsZero() {
		p.Version, p.Plan, p.Started = "v1.1.0", "bbbb", w.version
	}
	if role == "work" && !w.unswept.IsZero() {
		p.Facts.Swept = w.unswept
	}
	for _, since := range []time.Time{w.unwritable, w.dead[id]} {
		if !since.IsZero() && since.Before(p.Beat) {
			p.Beat = since
			if role == "work" {
				p.Facts.Swept = since
			}
		}
	}
	return p
}
