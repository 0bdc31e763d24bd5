package flow

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

const (
	// sweepPatience is how old the last sweep of all processes may be, which is made each
	// second, and how long a change may wait while nothing at all is published, which takes
	// half a minute at most.
	sweepPatience = 40 * time.Second
	// plansPatience is how long two configurations or versions may be at work beside each
	// other, as they are while processes are reloaded or restarted one after the other.
	plansPatience = 40 * time.Second
	// goneFor is how long a process that is gone and that none has replaced is spoken of.
	goneFor = day
	// crashes within crashTime are too many.
	crashes   = 3
	crashTime = hour
)

// works and serves tell what a process does.
func (p Process) works() bool  { return p.Role == "serve" || p.Role == "work" }
func (p Process) serves() bool { return p.Role == "serve" || p.Role == "web" }

// String is "work on host-a (pid 12)".
func (p Process) String() string { return fmt.Sprintf("%s on %s (pid %d)", p.Role, p.Host, p.PID) }

// beat is when a process lived last, by the database's clock. A skew of less than a second
// is what measuring it costs.
func (p Process) beat() time.Time {
	if p.Facts.ClockSkew.Abs() < time.Second {
		return p.Beat
	}
	return p.Beat.Add(p.Facts.ClockSkew)
}

// Alive tells whether a process lives at a time.
func (p Process) Alive(at time.Time) bool {
	return p.Stopped.IsZero() && at.Sub(p.beat()) <= BeatPatience
}

func (j *judge) processes() {
	var live []Process
	for _, p := range j.Processes {
		if p.Alive(j.At) {
			live = append(live, p)
		}
	}
	if !j.beatsMislead() {
		j.duties(live)
		j.gone()
		j.crashing()
	}
	j.differences(live)
	j.reloads(live)
	for _, p := range live {
		j.processFacts(p)
	}
}

// beatsMislead tells whether beats say nothing of who is gone: for some moments after a clock
// was set those of before and the time of now are not of one clock, and after none could be
// written each process finds only at its next one that it can again.
func (j *judge) beatsMislead() bool {
	if !j.Hindered.Beats.IsZero() && j.age(j.Hindered.Beats) <= BeatPatience+BeatEvery {
		return true
	}
	return slices.ContainsFunc(j.Processes, func(p Process) bool {
		return !p.Facts.ClockSteppedAt.IsZero() && j.age(p.Facts.ClockSteppedAt) < BeatPatience
	})
}

// lived is when one of the processes of a duty lived last, and whether one does.
func (j *judge) lived(has func(Process) bool) (last time.Time, lives, ever bool) {
	for _, p := range j.Processes {
		if !has(p) {
			continue
		}
		ever = true
		lives = lives || p.Alive(j.At)
		t := p.beat()
		if p.Stopped.After(t) {
			t = p.Stopped
		}
		if t.After(last) {
			last = t
		}
	}
	return last, lives, ever
}

// duties are what some process has to do for all.
func (j *judge) duties(live []Process) {
	if len(j.Processes) == 0 {
		return
	}
	last, works, ever := j.lived(Process.works)
	if !ever {
		last = slices.MinFunc(j.Processes, func(a, b Process) int { return a.Started.Compare(b.Started) }).Started
	}
	if !works && j.age(last) > BeatPatience {
		what := fmt.Sprintf("No process has collected or published for %s: the last \"work\" or \"serve\" is gone.", Lasting(j.age(last)))
		if !ever {
			what = "No process collects or publishes: only \"web\" runs."
		}
		j.add(Finding{Kind: WorkerGone, Subject: Subject{Of: OfService}, Since: last, What: what,
			Readers: "Readers get the feeds as they are, and nothing new.",
			Do:      "Start \"kairan work\" (\"kairan serve\" on one machine) again, and look at the end of its log for why it ended."})
	}
	last, serves, ever := j.lived(Process.serves)
	if ever && !serves && j.age(last) > BeatPatience {
		j.add(Finding{Kind: NoWeb, Subject: Subject{Of: OfService}, Since: last,
			What:    fmt.Sprintf("No process has served readers for %s.", Lasting(j.age(last))),
			Readers: "Readers get no answer, unless a web server has the site as files.",
			Do:      "Start \"kairan web\" (\"kairan serve\" on one machine) again, and look at the end of its log for why it ended."})
	}
	if works {
		j.leader(live)
		j.publisher(live)
	}
}

func (j *judge) leader(live []Process) {
	last := latest(j.LeaderUntil, j.LeaderSeen, firstWork(live))
	if (j.Leader != "" && j.At.Before(j.LeaderUntil)) || j.age(last) <= BeatPatience {
		return
	}
	j.add(Finding{Kind: LeaderGone, Subject: Subject{Of: OfService}, Since: last,
		What:    fmt.Sprintf("No process has led the job engine for %s, so that nothing scheduled begins.", Lasting(j.age(last))),
		Readers: "Readers get nothing new, since no source is visited.",
		Do:      "Restart one \"kairan work\" (or \"serve\"). If that does not help, look in its log for what the database answers."})
}

// publisher looks whether anything is published, by what comes before it and by what comes
// of it: the sweep that finds what has changed, and changes that wait.
func (j *judge) publisher(live []Process) {
	var swept time.Time
	for _, p := range live {
		if p.works() {
			swept = latest(swept, p.Facts.Swept)
		}
	}
	started := firstWork(live)
	say := func(since time.Time, what string) {
		j.add(Finding{Kind: PublisherGone, Subject: Subject{Of: OfService}, Since: since, What: what,
			Readers: "Readers get the feeds as they are; what is collected stays unpublished.",
			Do:      "Look at the running jobs (\"kairan jobs\"), then restart \"kairan work\" (or \"serve\")."})
	}
	if last := latest(swept, started); j.age(last) > sweepPatience {
		say(last, fmt.Sprintf("No process has looked for what is to be published for %s.", Lasting(j.age(last))))
		return
	}
	var waiting time.Time
	n := 0
	for _, c := range j.Channels {
		if c.Waiting.IsZero() || c.Failing != nil {
			continue
		}
		n++
		if waiting.IsZero() || c.Waiting.Before(waiting) {
			waiting = c.Waiting
		}
	}
	if last := latest(waiting, j.Published, started, j.Hindered.Jobs); n > 0 && !j.Published.IsZero() && j.age(last) > sweepPatience {
		say(last, fmt.Sprintf("Nothing has been published for %s, and %s.", Lasting(j.age(last)), few(n, "channel", "waits", "wait")))
	}
}

// firstWork is when the first of the processes that work began; zero if none does.
func firstWork(live []Process) (first time.Time) {
	for _, p := range live {
		if p.works() && (first.IsZero() || p.Started.Before(first)) {
			first = p.Started
		}
	}
	return first
}

func latest(times ...time.Time) time.Time {
	return slices.MaxFunc(times, time.Time.Compare)
}

// gone are processes that did not say that they end and that none has replaced: one of the
// same role that began after they were last heard of, and replaces no other.
func (j *judge) gone() {
	used := map[string]bool{}
	heard := slices.SortedFunc(slices.Values(j.Processes), func(a, b Process) int {
		return cmp.Or(a.beat().Compare(b.beat()), cmp.Compare(a.ID, b.ID))
	})
	began := slices.SortedFunc(slices.Values(j.Processes), func(a, b Process) int {
		return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.ID, b.ID))
	})
	for _, p := range heard {
		if !p.Stopped.IsZero() || p.Alive(j.At) || j.age(p.beat()) > goneFor {
			continue
		}
		i := slices.IndexFunc(began, func(q Process) bool {
			return q.Role == p.Role && !used[q.ID] && q.Started.After(p.Beat)
		})
		if i >= 0 {
			used[began[i].ID] = true
			continue
		}
		j.add(Finding{Kind: ProcessGone, Subject: Subject{OfProcess, p.ID}, Since: p.beat(),
			What:    fmt.Sprintf("Process %s has not been heard of for %s and did not say that it ends.", p, Lasting(j.age(p.beat()))),
			Readers: "Readers notice nothing while another process does the same.",
			Do:      "Start it again, and look at the end of its log for why it ended. If it is not to come back, this is forgotten after a day."})
	}
}

// crashing are processes of a role and a machine that die again and again.
func (j *judge) crashing() {
	died := map[string][]Process{}
	for _, p := range j.Processes {
		if p.Stopped.IsZero() && !p.Alive(j.At) && j.age(p.beat()) <= crashTime {
			died[p.Role+" on "+p.Host] = append(died[p.Role+" on "+p.Host], p)
		}
	}
	for name, all := range died {
		if len(all) < crashes {
			continue
		}
		first := slices.MinFunc(all, func(a, b Process) int { return a.beat().Compare(b.beat()) })
		j.add(Finding{Kind: ProcessCrashing, Subject: Subject{OfProcess, name}, Since: first.beat(),
			What:    fmt.Sprintf("Process %s has died %d times within an hour.", name, len(all)),
			Readers: "Readers may see errors while it starts; what it was doing begins anew each time.",
			Do:      "Look at the end of its log, and in the kernel's for \"Out of memory\"."})
	}
}

// differences are what processes should have in common.
func (j *judge) differences(live []Process) {
	j.difference(live, TwoVersions, "version", func(p Process) (string, time.Time) { return p.Version, p.Started },
		"Bring all processes to one version; \"kairan status\" lists them.")
	j.difference(live, TwoPlans, "configuration", func(p Process) (string, time.Time) { return p.Plan, latest(p.Started, p.Facts.PlanSince) },
		"Give all machines the same kairan.yaml, and reload each process (\"kairan reload\", or SIGHUP); \"kairan status\" lists them.")
}

func (j *judge) difference(live []Process, kind Kind, of string, what func(Process) (string, time.Time), do string) {
	began := map[string]time.Time{}
	who := map[string][]string{}
	for _, p := range live {
		v, since := what(p)
		if v == "" {
			continue
		}
		if t, known := began[v]; !known || since.Before(t) {
			began[v] = since
		}
		who[v] = append(who[v], p.Role+" on "+p.Host)
	}
	if len(began) < 2 {
		return
	}
	newest := ""
	for v, t := range began {
		if c := t.Compare(began[newest]); newest == "" || c > 0 || c == 0 && v < newest {
			newest = v
		}
	}
	if j.age(began[newest]) <= plansPatience {
		return
	}
	var others []string
	for v, names := range who {
		if v != newest {
			others = append(others, names...)
		}
	}
	j.add(Finding{Kind: kind, Subject: Subject{Of: OfService}, Since: began[newest],
		What: fmt.Sprintf("%d %ss are at work: %s has been the newest for %s (%s), and others have an older one (%s).",
			len(began), of, short(newest), Lasting(j.age(began[newest])), list(who[newest]), list(others)),
		Readers: "Readers may get documents by one or the other, so that what they see changes back and forth.",
		Do:      do})
}

// short is enough of a digest to tell it from another.
func short(digest string) string {
	const enough = 12
	if len(digest) > enough {
		return digest[:enough] + "…"
	}
	return digest
}

// reloads are configurations that could not be taken up, in one finding for all processes.
func (j *judge) reloads(live []Process) {
	var names []string
	var first *Failure
	for _, p := range live {
		if f := p.Facts.Reload; f != nil {
			names = append(names, p.Role+" on "+p.Host)
			if first == nil || f.Since.Before(first.Since) {
				first = f
			}
		}
	}
	if first == nil {
		return
	}
	j.add(Finding{Kind: BadReload, Subject: Subject{Of: OfService}, Since: latest(first.Since, either(first.Since.IsZero(), first.At, first.Since)),
		What:    fmt.Sprintf("The changed configuration could not be taken up by %s%s; the one of before is still at work.", list(names), quoted(first.Error)),
		Readers: "Readers notice nothing; what was to change has not.",
		Do:      "\"kairan check\" says each error with its line. Mend them and reload (\"kairan reload\", or SIGHUP)."})
}
