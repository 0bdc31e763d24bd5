package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// noon is the moment of the observations.
var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return noon.Add(-d) }

const (
	hours = time.Hour
	days  = 24 * time.Hour
)

// healthy is a service with nothing wrong: two processes that work, two that serve, three
// sources of two publishers.
func healthy() flow.Observation {
	process := func(id, role, host string) flow.Process {
		p := flow.Process{ID: id, Role: role, Host: host, PID: 7, Version: "v1.0.0", Plan: "aaaa", Started: ago(90 * hours), Beat: ago(4 * time.Second)}
		if role == "work" {
			p.Facts.Swept = ago(5 * time.Second)
		}
		return p
	}
	source := func(id, publisher, host string) flow.Source {
		return flow.Source{ID: id, Publisher: publisher, Host: host, Interval: 30 * time.Minute, Due: noon.Add(10 * time.Minute),
			LastRun: ago(20 * time.Minute), Success: ago(20 * time.Minute), LastNew: ago(2 * hours), Status: 200}
	}
	return flow.Observation{
		At:        noon,
		Processes: []flow.Process{process("w1", "work", "alpha"), process("w2", "work", "beta"), process("s1", "web", "alpha"), process("s2", "web", "beta")},
		Leader:    "w1", LeaderUntil: noon.Add(10 * time.Second), LeaderSeen: noon, Published: ago(time.Minute),
		Database: flow.Database{Engine: "postgres"},
		Sources: []flow.Source{
			source("tokyo-ja", "tokyo", "www.tokyo.example"), source("tokyo-en", "tokyo", "en.tokyo.example"), source("lyon", "lyon", "lyon.example"),
		},
	}
}

func failure(d time.Duration, n int, text string) *flow.Failure {
	return &flow.Failure{At: noon, Since: ago(d), Count: n, Error: text}
}

// facts sets what the first process knows of itself.
func knows(f flow.Facts) func(o *flow.Observation) {
	return func(o *flow.Observation) {
		f.Swept = o.Processes[0].Facts.Swept
		o.Processes[0].Facts = f
	}
}

func source(change func(s *flow.Source)) func(o *flow.Observation) {
	return func(o *flow.Observation) { change(&o.Sources[0]) }
}

func disk(free, filling int64) func(o *flow.Observation) {
	return knows(flow.Facts{Disks: []flow.Disk{{Path: "/data", For: "database", Size: 100e9, Free: free, Filling: filling}}})
}

func kills(roles ...string) func(o *flow.Observation) {
	return func(o *flow.Observation) {
		for i := range o.Processes {
			for _, r := range roles {
				if o.Processes[i].Role == r {
					o.Processes[i].Beat = ago(40 * time.Second)
				}
			}
		}
	}
}

// What is seen, and what is said of it: the urgency, the kind, the subject, and the sentence.
var judgements = []struct {
	seen   func(o *flow.Observation)
	say    string // lines, "" for nothing
	remark string
}{
	{func(*flow.Observation) {}, "", "all is well"},

	// Processes.
	{kills("work"), `page worker-gone service: No process has collected or published for 40 seconds: the last "work" or "serve" is gone.`, "the processes and the leader are not told beside it"},
	{func(o *flow.Observation) { o.Processes = o.Processes[2:] }, `page worker-gone service: No process collects or publishes: only "web" runs.`, ""},
	{func(o *flow.Observation) { o.Processes = nil }, "", "nothing is known"},
	{kills("web"), "page no-web service: No process has served readers for 40 seconds.", ""},
	{func(o *flow.Observation) { o.Processes[1].Beat = ago(5 * time.Minute) }, "ticket process-gone process w2: Process work on beta (pid 7) has not been heard of for 5 minutes and did not say that it ends.", ""},
	{func(o *flow.Observation) {
		o.Processes[1].Beat, o.Processes[0].Started = ago(5*time.Minute), ago(4*time.Minute)
	}, "", "another has begun in its place"},
	{func(o *flow.Observation) {
		o.Processes[1].Beat, o.Processes[1].Stopped = ago(5*time.Minute), ago(5*time.Minute)
	}, "", "it said that it ends"},
	{func(o *flow.Observation) { o.Processes[1].Beat = ago(25 * hours) }, "", "it is forgotten after a day"},
	{func(o *flow.Observation) {
		o.Processes[1].Beat = ago(time.Minute)
		o.Processes[1].Facts.ClockSkew = 50 * time.Second
	}, "ticket clock-skew machine beta: The clock of beta is 50 seconds behind the database's.", "it lives, by the database's clock"},
	{func(o *flow.Observation) {
		for i, p := range []flow.Process{o.Processes[1], o.Processes[1], o.Processes[1]} {
			p.ID, p.Beat, p.Started = fmt.Sprint("x", i), ago(time.Duration(i+5)*time.Minute), ago(time.Duration(i+5)*time.Minute+30*time.Second)
			o.Processes = append(o.Processes, p)
		}
		o.Processes[1].Started = ago(time.Minute)
	}, `ticket process-crashing process work on beta: Process work on beta has died 3 times within an hour.`, "each has been replaced by the next"},
	{func(o *flow.Observation) {
		o.Leader, o.LeaderUntil, o.LeaderSeen = "", time.Time{}, ago(35*time.Second)
	}, "page leader-gone service: No process has led the job engine for 35 seconds, so that nothing scheduled begins.", ""},
	{func(o *flow.Observation) {
		o.Leader, o.LeaderUntil, o.LeaderSeen = "", time.Time{}, ago(15*time.Second)
	}, "", "another is being elected"},
	{func(o *flow.Observation) {
		o.Processes[0].Facts.Swept, o.Processes[1].Facts.Swept = ago(time.Minute), ago(50*time.Second)
	}, "page publisher-gone service: No process has looked for what is to be published for 50 seconds.", ""},
	{func(o *flow.Observation) {
		o.Channels = []flow.Channel{{Name: "ja/all", Waiting: ago(45 * time.Second)}}
	}, "page publisher-gone service: Nothing has been published for 45 seconds, and 1 channel waits.", ""},
	{func(o *flow.Observation) {
		o.Processes[1].Plan, o.Processes[1].Facts.PlanSince = "bbbb", ago(50*time.Second)
	}, "ticket two-plans service: 2 configurations are at work: bbbb has been the newest for 50 seconds (work on beta), and others have an older one (web on alpha, web on beta and work on alpha).", ""},
	{func(o *flow.Observation) {
		o.Processes[1].Plan, o.Processes[1].Facts.PlanSince = "bbbb", ago(20*time.Second)
	}, "", "they are being reloaded"},
	{func(o *flow.Observation) {
		o.Processes[1].Version, o.Processes[1].Plan, o.Processes[1].Started = "v1.1.0", "bbbb", ago(2*time.Minute)
	}, "ticket two-versions service: 2 versions are at work: v1.1.0 has been the newest for 2 minutes (work on beta), and others have an older one (web on alpha, web on beta and work on alpha).", "another version has another plan"},
	{knows(flow.Facts{Reload: failure(0, 1, "kairan.yaml: line 12: unknown key")}), "ticket bad-reload service: The changed configuration could not be taken up by work on alpha (kairan.yaml: line 12: unknown key); the one of before is still at work.", ""},
	{knows(flow.Facts{OldWords: ago(3 * time.Minute)}), "ticket old-words process w1: Process work on alpha (pid 7) has made documents by older words than other processes for 3 minutes.", ""},

	// Machines.
	{knows(flow.Facts{ClockStep: -2 * time.Hour, ClockSteppedAt: ago(time.Minute)}), "ticket clock-step machine alpha: The clock of alpha was set back by 2 hours on 20 May 11:59 UTC, or the machine slept.", ""},
	{knows(flow.Facts{ClockStep: time.Second, ClockSteppedAt: ago(time.Minute)}), "", "so little is nothing"},
	{disk(2e6, 0), "page disk-full machine alpha /data: The disk of /data on alpha (the database) is full: 2 MB of 100 GB are free.", ""},
	{func(o *flow.Observation) {
		disk(2e6, 0)(o)
		o.Database.Unwritable, o.Database.Cause = failure(time.Minute, 3, "database or disk is full"), "disk-full"
		kills("work", "web")(o)
		o.Processes[0].Beat = noon
	}, "page disk-full machine alpha /data: The disk of /data on alpha (the database) is full: 2 MB of 100 GB are free.", "what follows is not told beside it"},
	{disk(4e9, 0), "ticket disk-full-soon machine alpha /data: The disk of /data on alpha (the database) has 4 GB of 100 GB free.", ""},
	{disk(40e9, 10e9), "ticket disk-full-soon machine alpha /data: The disk of /data on alpha (the database) has 40 GB of 100 GB free, and will be full in 4 days as it fills now.", ""},
	{disk(9e9, 12e9), "page disk-full-soon machine alpha /data: The disk of /data on alpha (the database) has 9 GB of 100 GB free, and will be full in 18 hours as it fills now.", ""},
	{disk(40e9, 1e9), "", "there is time"},
	{knows(flow.Facts{Disks: []flow.Disk{{Path: "/x", For: "export", Size: 1e12, Free: 5e11, Inodes: 1000, InodesFree: 40}}}), "ticket inodes machine alpha /x: The disk of /x on alpha (the export) has room for 40 more files of 1000.", ""},
	{knows(flow.Facts{Memory: 95e6, MemoryLimit: 100e6}), "ticket memory process w1: Process work on alpha (pid 7) uses 95 MB of the 100 MB of memory that it may.", ""},
	{knows(flow.Facts{Files: 850, FilesLimit: 1000}), "ticket file-descriptors process w1: Process work on alpha (pid 7) has 850 files and connections open of the 1000 that it may.", ""},
	{func(o *flow.Observation) {
		o.Network.Down = ago(90 * time.Second)
		for i := range o.Sources {
			o.Sources[i].Failing = failure(3*hours, 6, "no route to host")
		}
	}, "page network-down service: Hardly any host has been reached for 90 seconds: it is our own network.", "no source is blamed"},
	{func(o *flow.Observation) {
		o.Network.Down = ago(90 * time.Second)
		for i := range o.Sources {
			o.Sources[i].Success = time.Time{}
		}
		o.Sources[0].Folder, o.Sources[0].Success = true, ago(time.Minute)
	}, "ticket network-down service: Hardly any host has been reached for 90 seconds: it is our own network.", "it is tried out without a network"},

	// The database.
	{func(o *flow.Observation) {
		o.Database.Away = failure(30*time.Second, 3, "dial tcp 10.1.2.3:5432: connect: connection refused")
		kills("work", "web")(o)
	}, "page database-away database: The database has not answered for 30 seconds (connect: connection refused).", "nobody can write that they live"},
	{func(o *flow.Observation) { o.Database.Away = failure(10*time.Second, 1, "x") }, "", "it is being restarted"},
	{func(o *flow.Observation) {
		o.Database.Unwritable, o.Database.Cause = failure(time.Minute, 3, "cannot execute INSERT"), "read-only"
	}, "page database-unwritable database: The database could not be written for 60 seconds: it is read-only (cannot execute INSERT).", ""},
	{func(o *flow.Observation) { o.Database.Log = 700e6 }, "ticket database-log-large database: The database's write-ahead log has grown to 700 MB, since something reads the database without an end.", ""},
	{func(o *flow.Observation) { o.Database.Behind = true }, "ticket database-behind database: The database lacks what this version needs.", ""},
	{func(o *flow.Observation) { o.Database.Connections, o.Database.ConnectionsLimit = 85, 100 }, "ticket connections database: PostgreSQL has 85 of its 100 connections in use.", ""},
	{func(o *flow.Observation) {
		o.Restore = flow.Restore{Found: ago(time.Second), Remembered: 900, Has: 500}
	}, "page restore-found database: The database ends at record 500, and 900 was seen before: it was restored from a backup and no new epoch was opened. Publishing has stopped.", ""},
	{func(o *flow.Observation) { o.Backup = flow.Backup{Every: 24 * hours, Last: ago(40 * hours)} }, "ticket backup-old database: The last backup of the database is 40 hours old, and one is expected every 24 hours.", ""},
	{func(o *flow.Observation) { o.Backup = flow.Backup{Every: 24 * hours} }, "ticket backup-old database: There is no backup of the database, and one is expected every 24 hours.", ""},

	// What is published.
	{func(o *flow.Observation) {
		o.Channels = []flow.Channel{{Name: "ja/government", Waiting: ago(5 * time.Minute)}}
		o.Published = ago(3 * time.Second)
	}, "page channel-stuck channel ja/government: Channel ja/government has had a change that is not published for 5 minutes.", ""},
	{func(o *flow.Observation) {
		o.Channels = []flow.Channel{{Name: "ja/government", Waiting: ago(50 * time.Minute)}}
		o.Published, o.Hindered.Jobs = ago(3*time.Second), ago(time.Minute)
	}, "", "the database has just come back"},
	{func(o *flow.Observation) {
		o.Channels = []flow.Channel{{Name: "ja/government", Waiting: ago(5 * time.Minute), Failing: failure(4*time.Minute, 5, "words: no message")}}
	}, "ticket channel-failing channel ja/government: Channel ja/government could not be published 5 times in a row, for 4 minutes (words: no message).", "that it waits is not told beside it"},
	{func(o *flow.Observation) {
		o.Published = noon
		for i := range 40 {
			o.Channels = append(o.Channels, flow.Channel{Name: fmt.Sprint("ja/", i), Waiting: ago(6 * time.Minute)})
		}
	}, "page channel-stuck service: 40 channels have changes that are not published, the first for 6 minutes.", "forty make one"},
	{knows(flow.Facts{Faulty: []flow.Fault{{Path: "ja/all.rss", Reason: "guid twice", Since: ago(hours)}}}), "ticket document-faulty channel ja/all.rss: Document ja/all.rss does not pass the check (guid twice).", ""},
	{func(o *flow.Observation) {
		o.Probe.Failing, o.Probe.Reason = failure(3*time.Minute, 2, "timeout"), "unreachable"
	}, "page probe-failing service probe: The public address could not be reached, 2 times in a row for 3 minutes (timeout).", ""},
	{func(o *flow.Observation) {
		o.Probe.Failing, o.Probe.Reason = failure(3*time.Minute, 1, "timeout"), "unreachable"
	}, "", "once is nothing"},
	{func(o *flow.Observation) {
		o.Probe.Failing, o.Probe.Reason, o.Probe.Document = failure(3*time.Minute, 2, ""), flow.ProbeMissing, "/ja/all.atom"
	}, "page probe-failing service probe: The public address, asked for /ja/all.atom, answered without the newest article that it must have, 2 times in a row for 3 minutes.", ""},
	{func(o *flow.Observation) {
		o.Probe.Failing, o.Probe.Reason, o.Published = failure(3*time.Minute, 2, ""), flow.ProbeMissing, ago(5*time.Minute)
		o.Channels = []flow.Channel{{Name: "ja/all", Waiting: ago(5 * time.Minute)}}
	}, "page publisher-gone service: Nothing has been published for 5 minutes, and 1 channel waits.", "it lacks what was not published"},
	{func(o *flow.Observation) { o.Probe.Unproven = failure(hours, 9, "timeout") }, "note probe-unproven service probe: The public address has never answered from here as it should (timeout), so that nobody knows what readers get.", ""},
	{func(o *flow.Observation) { o.Probe.Every, o.Probe.Last = 5*time.Minute, ago(20*time.Minute) }, "ticket probe-late service probe: The public address was asked last 20 minutes ago, and is to be each 5 minutes.", ""},
	{func(o *flow.Observation) { o.Probe.Certificate.Until = noon.Add(2 * days) }, "page certificate-expiring service probe: The certificate of the public address expires in 2 days.", ""},
	{func(o *flow.Observation) {
		o.Export = flow.Export{Target: "s3://x", Failing: failure(20*time.Minute, 4, "403 Forbidden"), Last: ago(hours)}
	}, "ticket export-failing export: The site could not be copied 4 times in a row, for 20 minutes (403 Forbidden); it was last 60 minutes ago.", ""},
	{func(o *flow.Observation) { o.Locales = []flow.Locale{{Tag: "th", Missing: 3}, {Tag: "ja"}} }, "note locale-incomplete locale th: Locale th lacks 3 messages.", ""},
	{knows(flow.Facts{Notify: map[string]flow.Failure{"mail": {Since: ago(hours), Count: 3, Error: "535 password=hunter2 refused"}}}), "ticket notify-failing service mail: Receiver mail could not be told of something 3 times in a row (535 password=… refused).", "no secret is told"},

	// Jobs.
	{func(o *flow.Observation) { o.Queue = flow.Queue{Waiting: 12, Oldest: ago(11 * time.Minute)} }, "ticket queue-waiting service: 12 jobs wait for a process, the oldest for 11 minutes.", ""},
	{func(o *flow.Observation) { o.Queue.Discarded = 1 }, "ticket jobs-discarded service: 1 job was given up after many attempts.", ""},
	{source(func(s *flow.Source) { s.Due = ago(40 * time.Minute) }), "ticket overdue source tokyo-ja: Source tokyo-ja has been due for 40 minutes, and no process took it up.", ""},
	{func(o *flow.Observation) {
		for i := range o.Sources {
			o.Sources[i].Due = ago(40 * time.Minute)
		}
	}, "page overdue service: 3 of 3 sources are due, the first for 40 minutes (tokyo-ja), and no process took them up.", ""},

	// Sources.
	{source(func(s *flow.Source) {
		s.Failing = failure(90*time.Minute, 3, `Get "https://www.tokyo.example/a?key=1": 503`)
	}), `ticket source-failing source tokyo-ja: Source tokyo-ja could not be read 3 times in a row, for 90 minutes (Get "https://www.tokyo.example/a?…": 503).`, ""},
	{source(func(s *flow.Source) { s.Failing = failure(20*time.Minute, 2, "503") }), "", "its server is being restarted"},
	{source(func(s *flow.Source) { s.Failing, s.Success = failure(90*time.Minute, 3, "404 Not Found"), time.Time{} }), "ticket source-never-succeeded source tokyo-ja: Source tokyo-ja could never be read, in 3 visits (404 Not Found).", ""},
	{source(func(s *flow.Source) { s.Gone, s.Status, s.Failing = ago(hours), 410, failure(hours, 3, "410 Gone") }), "ticket source-gone source tokyo-ja: Source tokyo-ja is gone for good, as its server says since 20 May 11:00 UTC (status 410).", ""},
	{source(func(s *flow.Source) {
		s.Certificate.Wrong = "it is for another name"
		s.Failing = failure(hours, 3, "tls")
	}), "ticket certificate-wrong source tokyo-ja: The certificate of www.tokyo.example (source tokyo-ja) is not believed (it is for another name).", "that it fails is not told beside it"},
	{source(func(s *flow.Source) { s.Certificate.Until = noon.Add(13 * days) }), "ticket certificate-expiring source tokyo-ja: The certificate of www.tokyo.example (source tokyo-ja) expires in 13 days.", ""},
	{source(func(s *flow.Source) { s.Certificate.Until = noon.Add(15 * days) }), "", ""},
	{source(func(s *flow.Source) {
		s.LanguagesGone = []flow.LanguageGone{{"th", 2, ago(hours)}, {"vi", 1, ago(hours)}}
	}), "ticket language-gone source tokyo-ja: Source tokyo-ja has had no entry in th for 60 minutes.", "once is nothing"},
	{source(func(s *flow.Source) { s.CutOff, s.Unread, s.UnreadVisits = 2, 4, 2 }), "ticket document-cut-off source tokyo-ja: The document of source tokyo-ja was cut off in 2 visits in a row.", "what is unread follows from it"},
	{source(func(s *flow.Source) { s.Unread, s.UnreadVisits = 4, 2 }), "ticket entries-unread source tokyo-ja: 4 entries of source tokyo-ja can't be read.", ""},
	{source(func(s *flow.Source) { s.Passed = ago(hours) }), "ticket window-passed source tokyo-ja: Of source tokyo-ja notices may have come and gone between two visits, last on 20 May 11:00 UTC: none of its entries was known.", ""},
	{source(func(s *flow.Source) { s.Held = []flow.Held{{"it would withdraw 40 of 50 articles", ago(25 * hours)}} }), "ticket quarantine-forgotten source tokyo-ja: Source tokyo-ja has been held for 25 hours (it would withdraw 40 of 50 articles), and nobody has decided.", ""},
	{source(func(s *flow.Source) { s.Held = []flow.Held{{"x", ago(5 * hours)}} }), "", "it may end by itself"},
	{source(func(s *flow.Source) { s.Late, s.LateSince = 2, ago(3*hours) }), "ticket source-late source tokyo-ja: Source tokyo-ja lists 2 notices that are not in the feeds, the oldest for 3 hours.", ""},
	{source(func(s *flow.Source) { s.LastNew, s.Expect = ago(50*hours), 48*hours }), "ticket source-silent source tokyo-ja: Source tokyo-ja has brought nothing new for 2 days; something is expected every 2 days.", "before it has a rhythm"},
	{source(func(s *flow.Source) { s.LastNew = ago(500 * hours) }), "", "nobody knows how often it should"},
	{source(func(s *flow.Source) {
		s.LastNew, s.Expect = ago(50*hours), 48*hours
		s.Quiet = []flow.Span{{ago(40 * hours), ago(16 * hours)}}
	}), "", "a holiday does not count"},
	{source(func(s *flow.Source) { s.LastNew, s.Expect = time.Time{}, 24*hours }), "note source-empty source tokyo-ja: Source tokyo-ja has been read and has brought nothing yet; something is expected every 24 hours.", ""},
	{source(func(s *flow.Source) {
		s.Paused = &flow.Pause{By: "mei", Reason: "they move their site", Until: noon.Add(3 * days)}
		s.Failing, s.Due = failure(9*hours, 9, "503"), ago(9*hours)
	}), "note source-paused source tokyo-ja: Source tokyo-ja is paused by mei until 23 May 12:00 UTC (they move their site).", "what it meets meanwhile is nobody's concern"},
	{source(func(s *flow.Source) { s.Disabled, s.Failing, s.Due = true, failure(9*hours, 9, "503"), ago(9*hours) }), "", ""},

	// Together.
	{func(o *flow.Observation) {
		for i := range 2 {
			o.Sources[i].Failing = failure(2*hours, 5, "502 Bad Gateway")
		}
	}, "ticket publisher-dark publisher tokyo: No news of tokyo has flowed for 2 hours: none of its 2 sources can be read, on en.tokyo.example and www.tokyo.example (502 Bad Gateway).", ""},
	{func(o *flow.Observation) { o.Sources[2].Failing = failure(13*hours, 30, "502 Bad Gateway") }, "page publisher-dark publisher lyon: No news of lyon has flowed for 13 hours: its only source (lyon) can't be read, on lyon.example (502 Bad Gateway).", "a night of maintenance has passed"},
	{func(o *flow.Observation) {
		for i := range o.Sources {
			o.Sources[i].Host, o.Sources[i].Failing = "cms.example", failure(2*hours, 5, "timeout")
		}
	}, "ticket host-failing host cms.example: None of the 3 sources on cms.example can be read for 2 hours (timeout).", "of two publishers"},
	{func(o *flow.Observation) {
		for i := range 300 {
			s := o.Sources[0]
			s.ID, s.Publisher, s.Host = fmt.Sprint("s", i), fmt.Sprint("p", i%40), fmt.Sprint("h", i%60)
			s.Failing = failure(2*hours, 5, "proxy refused")
			o.Sources = append(o.Sources, s)
		}
	}, "page most-failing service: 300 of 303 sources on 60 servers can't be read (proxy refused).", "three hundred make one"},
}

func TestJudge(t *testing.T) {
	for _, test := range judgements {
		o := healthy()
		test.seen(&o)
		var lines []string
		for _, f := range flow.Judge(o) {
			lines = append(lines, fmt.Sprintf("%s %s %s: %s", f.Urgency, f.Kind, f.Subject, f.What))
			if f.Readers == "" || f.Do == "" || f.Since.IsZero() || f.Since.After(noon) {
				t.Errorf("%s says readers %q, do %q, since %s", f.Kind, f.Readers, f.Do, f.Since)
			}
		}
		if got := strings.Join(lines, "\n"); got != test.say {
			t.Errorf("%s\n got: %s\nwant: %s", test.remark, got, test.say)
		}
	}
}

// Each kind has a judgement above, but for those that a rhythm needs.
func TestEveryRuleIsJudged(t *testing.T) {
	judged := map[flow.Kind]bool{flow.SourceSilent: true, flow.SourceSlowing: true}
	for _, test := range judgements {
		o := healthy()
		test.seen(&o)
		for _, f := range flow.Judge(o) {
			judged[f.Kind] = true
		}
	}
	for _, r := range flow.Rules() {
		if !judged[r.Kind] {
			t.Errorf("nothing is judged to be %s", r.Kind)
		}
		if r.Title == "" || r.Urgency == "" || r.Within == "" || r.Calm <= 0 {
			t.Errorf("rule %+v is not complete", r)
		}
		if own, ok := flow.RuleOf(r.Kind); !ok || own != r {
			t.Errorf("the rule of %s is %+v", r.Kind, own)
		}
	}
}

// What a look costs with a thousand sources, every tenth of which fails, and with all of
// them failing.
func BenchmarkJudge(b *testing.B) {
	for _, every := range []int{10, 1} {
		o := healthy()
		var came []time.Time
		for n := range 8 * 7 * 24 {
			came = append(came, noon.Add(-time.Duration(n)*hours))
		}
		rhythm := flow.Rhythm{}.Learn(came, nil, nil, nil, noon)
		for i := range 1000 {
			s := o.Sources[0]
			s.ID, s.Publisher, s.Host, s.Rhythm = fmt.Sprint("s", i), fmt.Sprint("p", i%60), fmt.Sprint("h", i%250), rhythm
			if i%every == 0 {
				s.Failing = failure(2*hours, 5, "502 Bad Gateway")
			}
			o.Sources = append(o.Sources, s)
		}
		b.Run(fmt.Sprintf("every %d", every), func(b *testing.B) {
			for b.Loop() {
				flow.Judge(o)
			}
		})
	}
}
