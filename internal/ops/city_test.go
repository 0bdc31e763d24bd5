package ops

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
)

// operations is the state of a service in memory.
type operations struct {
	away          error
	full          error // why the database can't be written
	sources       []SourceStatus
	runs          []Run
	incidents     []flow.Incident
	mutes         []flow.Mute
	processes     []flow.Process
	days          []Day
	queue         []Job
	deeds         []Deed
	channels      []ChannelStatus
	locales       []LocaleStatus
	configuration Configuration
}

func (o *operations) Ping(context.Context) error                      { return o.away }
func (o *operations) Writable(context.Context) error                  { return o.full }
func (o *operations) Sources(context.Context) ([]SourceStatus, error) { return o.sources, o.away }
func (o *operations) Runs(_ context.Context, _ string, limit int) ([]Run, error) {
	return o.runs[:min(limit, len(o.runs))], o.away
}

func (o *operations) Figures(context.Context) (Figures, error) {
	return Figures{LogSeq: 412, Articles: map[string]int{"ja": 30, "en": 12}, Marks: 3, Rejections: 1}, o.away
}

func (o *operations) Incidents(_ context.Context, since time.Time) ([]flow.Incident, error) {
	return slices.DeleteFunc(slices.Clone(o.incidents), func(i flow.Incident) bool {
		return !i.Resolved.IsZero() && i.Resolved.Before(since)
	}), o.away
}
func (o *operations) Mutes(context.Context) ([]flow.Mute, error)        { return o.mutes, o.away }
func (o *operations) Processes(context.Context) ([]flow.Process, error) { return o.processes, o.away }

func (o *operations) Past(_ context.Context, q RunQuery) (past []Run, err error) {
	for _, r := range o.runs {
		behind := q.Before.Started.IsZero() || r.Started.Before(q.Before.Started) || r.Started.Equal(q.Before.Started) && r.ID < q.Before.ID
		if behind && !r.Started.Before(q.Since) && (q.Outcome == "" || r.Outcome == q.Outcome) && (q.Sources == nil || slices.Contains(q.Sources, r.Source)) && len(past) < q.Limit {
			past = append(past, r)
		}
	}
	return past, o.away
}

func (o *operations) Year(context.Context, string, int64) ([]Day, error) { return o.days, o.away }
func (o *operations) Queue(context.Context) ([]Job, error)               { return o.queue, o.away }

func (o *operations) Deeds(_ context.Context, before int64, limit int) (deeds []Deed, err error) {
	for _, d := range o.deeds {
		if (before == 0 || d.ID < before) && len(deeds) < limit {
			deeds = append(deeds, d)
		}
	}
	return deeds, o.away
}

func (o *operations) Channels(context.Context) ([]ChannelStatus, error) { return o.channels, o.away }
func (o *operations) Locales(context.Context) ([]LocaleStatus, error)   { return o.locales, o.away }
func (o *operations) Configuration(context.Context) (Configuration, error) {
	return o.configuration, o.away
}

// readiness is what a process says of its duty.
type readiness struct{ missing, wrong error }

func (r *readiness) Look(context.Context) (missing, wrong error) { return r.missing, r.wrong }

func (o *operations) handler(more func(*Config)) http.Handler {
	c := Config{Status: o, Readiness: &readiness{}, Now: func() time.Time { return anyTime }, Version: "1.2.3", Log: discard()}
	if more != nil {
		more(&c)
	}
	return Handler(c)
}

var tokyo = time.FixedZone("Asia/Tokyo", 9*60*60)

func someRuns() []Run {
	var runs []Run
	for i := range 60 {
		r := Run{ID: int64(1000 - i), Source: "beijing", Started: anyTime.Add(-time.Duration(i) * time.Hour), Took: 340 * time.Millisecond, Outcome: "unchanged", Status: 304}
		switch i % 7 {
		case 2:
			r.Outcome, r.Status, r.New, r.Bytes = "ok", 200, 3, 45_000
			r.Problems = []string{"language-conflict: the text of 3 articles is not in ja", fmt.Sprint("date-unreadable: run ", i)}
		case 5:
			r.Outcome, r.Status, r.Error, r.Took = "failed", 0, "get https://beijing.example/feed: dial tcp 10.1.2.3:443: no answer within 30 s; look whether the host is up <b>\ncaused by /var/lib/kairan/data", 30*time.Second
		}
		runs = append(runs, r)
	}
	return runs
}

func someOperations() *operations {
	now, runs := anyTime, someRuns()
	source := func(id, name string, state SourceState, last *Run) SourceStatus {
		return SourceStatus{
			Source:    feeds.Source{ID: id, Publisher: id, Kind: feeds.KindFeed, URL: "https://" + id + ".example/feed", Schedule: "*/30 * * * *"},
			Publisher: name, Zone: tokyo, Host: id + ".example:443", State: state, Last: last, Due: now.Add(25 * time.Minute), Succeeded: now.Add(-time.Hour), New: now.Add(-2 * time.Hour), Articles: 1234,
		}
	}
	failing := source("beijing", "City of Beijing", SourceFailing, &runs[5])
	failing.Failures = 4
	held := source("tomsk", "City of Tomsk", SourceHeld, &Run{Started: now.Add(-3 * time.Minute), Took: time.Second, Outcome: "held"})
	held.Held = "this run would withdraw 14 of 20 articles"
	held.Holds = []Hold{{Reason: held.Held, Since: now.Add(-26 * time.Hour), Articles: []string{"Night market", "Flood drill"}}}
	paused := source("riyadh", "City of Riyadh", SourcePaused, &runs[2])
	paused.Paused = &flow.Pause{By: "hana", Reason: "they move their site", Since: now.Add(-time.Hour), Until: now.Add(23 * time.Hour)}
	disabled := source("taipei", "City of Taipei", SourceDisabled, nil)
	disabled.Due, disabled.Succeeded, disabled.New = time.Time{}, time.Time{}, time.Time{}
	ok := source("tokyo", "City of Tokyo", SourceOK, &runs[2])
	for i := range int64(40) {
		ok.Rhythm.Arrivals = append(ok.Rhythm.Arrivals, now.Unix()/3600-24*40+24*i)
	}
	o := &operations{sources: []SourceStatus{ok, failing, held, paused, disabled}, runs: runs}
	o.incidents = []flow.Incident{
		{ID: 7, Opened: now.Add(-20 * time.Minute), Seen: now, Finding: flow.Finding{Kind: "source-held", Subject: flow.Subject{Of: flow.OfSource, ID: "tomsk"}, Urgency: flow.Ticket, Since: now.Add(-26 * time.Hour),
			What: "Source tomsk holds a withdrawal of 14 articles.", Readers: "Readers still see 14 notices that the city has taken down.", Do: "Look at the source, and release it if that is right."}},
		{ID: 8, Opened: now.Add(-5 * time.Minute), Seen: now, Finding: flow.Finding{Kind: "channel-stuck", Subject: flow.Subject{Of: flow.OfChannel, ID: "ja/all"}, Urgency: flow.Page, Since: now.Add(-9 * time.Minute),
			What: "Channel ja/all has waited for 9 minutes to be published.", Readers: "Readers of Japanese miss what came since.", Do: "Look whether a process works."}, Taken: &flow.Taken{By: "hana", At: now.Add(-time.Minute), Note: "on it"}},
		{ID: 9, Opened: now.Add(-5 * time.Minute), Seen: now, Finding: flow.Finding{Kind: "disk-low", Subject: flow.Subject{Of: flow.OfMachine, ID: "a"}, Urgency: flow.Ticket, Since: now.Add(-9 * time.Hour), What: "The disk of a has 4 GiB left."}},
		{ID: 3, Opened: now.Add(-48 * time.Hour), Seen: now.Add(-47 * time.Hour), Resolved: now.Add(-47 * time.Hour), Finding: flow.Finding{Kind: "worker-gone", Subject: flow.Subject{Of: flow.OfService}, Urgency: flow.Page, Since: now.Add(-48 * time.Hour), What: "No process works."}},
	}
	o.mutes = []flow.Mute{{Key: o.incidents[2].Key(), By: "ken", Reason: "a disk is on its way", Since: now.Add(-time.Hour), Until: now.Add(48 * time.Hour)}}
	process := flow.Process{ID: "p1", Role: "serve", Host: "hakone", PID: 4711, Version: "1.2.3", Plan: "0123456789abcdef", Started: now.Add(-72 * time.Hour), Beat: now.Add(-4 * time.Second), Facts: flow.Facts{
		Memory: 120 << 20, MemoryLimit: 512 << 20, Files: 64, FilesLimit: 1024, Goroutines: 48, Swept: now.Add(-time.Second),
		Disks: []flow.Disk{{Path: "/var/lib/kairan", For: "database", Size: 100 << 30, Free: 40 << 30, Inodes: 1000, InodesFree: 900, Filling: 1 << 30}},
	}}
	other := process
	other.ID, other.Role, other.Host, other.Version, other.Plan = "p2", "web", "nikko", "1.2.4", "fedcba9876543210"
	other.Facts.Reload = &flow.Failure{At: now.Add(-time.Hour), Error: "kairan.yaml:12:3: unknown key \"sauces\"; did you mean sources?"}
	gone := process
	gone.ID, gone.Host, gone.Beat = "p0", "izu", now.Add(-time.Hour)
	o.processes = []flow.Process{gone, process, other}
	day := now.Unix() / secondsPerDay
	for i := int64(0); i < 360; i += 3 {
		o.days = append(o.days, Day{Day: day - i, Runs: 48, Failed: int(i) % 7 / 5 * 12, New: int(i*i) % 11})
	}
	slices.Reverse(o.days)
	o.queue = []Job{
		{Kind: "collect", About: "tokyo.example:443", Running: true, Began: now.Add(-3 * time.Second), Could: now.Add(-4 * time.Second), Attempt: 1},
		{Kind: "collect", About: "tomsk.example:443", Could: now.Add(-90 * time.Second)},
		{Kind: "publish", About: "ja/all", Could: now.Add(30 * time.Second)},
	}
	for i := range int64(150) {
		o.deeds = append(o.deeds, Deed{ID: 150 - i, Time: now.Add(-time.Duration(i) * time.Hour), Who: "hana", Way: "page", Origin: "127.0.0.1", Action: "pause", Subject: "source riyadh", Detail: "a day: they move their site"})
	}
	o.deeds[1].Failure = "there is no such source"
	for i, name := range []string{"en/all", "en/culture", "ja/all", "ja/government"} {
		o.channels = append(o.channels, ChannelStatus{Name: name, Locale: name[:2], Published: now.Add(-time.Duration(i+1) * time.Minute), Entries: 50 - i, Archives: i, Sizes: map[string]int64{"rss": 61_000, "atom": 72_000},
			Readers: []Reader{{"Feedly", 300 - int64(i), 42, 0}, {"Newsboat", 90, 0, 12}}})
	}
	o.channels[2].Waiting = now.Add(-9 * time.Minute)
	o.locales = []LocaleStatus{
		{Tag: "en", Name: "English", Of: 120, Has: 120, Chain: []string{"en", "*"}, Own: 30, Other: 12, Published: now.Add(-time.Minute)},
		{Tag: "th", Name: "Thai", Of: 120, Has: 110, Stale: 2, Missing: []string{"entry.more (in en)"}, Chain: []string{"th", "en", "*"}, Own: 3, Other: 30},
	}
	o.configuration = Configuration{Name: "/etc/kairan/kairan.yaml", Plan: "0123456789abcdef", Loaded: now.Add(-72 * time.Hour),
		Settings: []Setting{{"Site", "sample, at https://news.example"}}, Warnings: []Warning{{"kairan.yaml:9:1", "the key old is read no more", "take it out"}}, Text: "{\n  \"site\": {}\n}"}
	return o
}
