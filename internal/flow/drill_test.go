package flow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// drill is ninety days with forty faults, and what came of them.
type drill struct {
	*world
	judge  func(flow.Observation) []flow.Finding
	faults []*planned
	open   []flow.Incident
	ids    int64
	looks  int
	hour   int64    // of the last odd document
	alarms []string // that are false
}

// planned is a fault with its time.
type planned struct {
	drillFault
	at, until, deadline time.Time
	begun, ended        bool
	told                time.Time
	missed              string
}

// runDrill runs a drill with a judge.
func runDrill(seed uint64, judge func(flow.Observation) []flow.Finding) *drill {
	d := &drill{world: newWorld(seed), judge: judge}
	for _, s := range d.sources {
		if s.Publisher == "city-12" || s.Publisher == "city-13" {
			s.Host = "www.cms.example"
		}
	}
	d.plan(seed)
	end := d.now.Add(drillDays * 24 * time.Hour)
	for d.now.Before(end) {
		d.step(d.stride())
		d.turn()
		d.chance()
		d.look()
	}
	return d
}

// plan gives each fault its time: those that take days to show come first.
func (d *drill) plan(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 2))
	long, short := longFaults(), shortFaults()
	r.Shuffle(len(long), func(i, k int) { long[i], long[k] = long[k], long[i] })
	r.Shuffle(len(short), func(i, k int) { short[i], short[k] = short[k], short[i] })
	// The source that speaks once a week needs the longest time.
	slices.SortStableFunc(long, func(a, b drillFault) int { return int(b.lasts - a.lasts) })
	for i, f := range long {
		at := d.now.Add(time.Duration((31+2.5*float64(i))*24)*time.Hour + time.Duration(r.IntN(24*60))*time.Minute)
		d.faults = append(d.faults, &planned{drillFault: f, at: at})
	}
	for i, f := range short {
		at := d.now.Add(time.Duration((3+2.8*float64(i))*24)*time.Hour + time.Duration(r.IntN(30*60))*time.Minute)
		d.faults = append(d.faults, &planned{drillFault: f, at: at})
	}
}

// stride is short where a promise of a minute is at stake.
func (d *drill) stride() time.Duration {
	for _, f := range d.faults {
		if f.begun && d.now.Sub(f.at) < 6*time.Minute || f.ended && d.now.Sub(f.until) < 6*time.Minute {
			return fine
		}
		if left := f.at.Sub(d.now); !f.begun && left < coarse {
			return max(fine, left.Truncate(fine))
		}
	}
	return coarse
}

// turn begins and ends faults.
func (d *drill) turn() {
	for _, f := range d.faults {
		switch {
		case !f.begun && !d.now.Before(f.at):
			f.begun, f.at = true, d.now
			f.begin(d.world)
			f.deadline = f.within(d.world)
			f.until = f.at.Add(f.lasts)
			if f.until.Before(f.deadline) {
				f.until = f.deadline.Add(time.Hour)
			}
		case f.begun && !f.ended && !d.now.Before(f.until):
			f.ended = true
			f.end(d.world)
		}
	}
}

// chance is what happens every day and is nobody's concern: a document that is odd for one
// visit, a database that restarts, a probe that fails once, a hold of some hours.
func (d *drill) chance() {
	if hour := d.now.Unix() / 3600; hour != d.hour {
		d.hour = hour
		if i := int(hour % 70); i < len(d.sources) {
			d.odd = d.sources[i].ID
		}
	}
	if d.probe.Failing == nil && d.random.Float64() < 0.002 {
		d.probe.Failing, d.probe.Reason = &flow.Failure{Since: d.now, Count: 1, Error: "timeout"}, "unreachable"
	} else if d.probe.Failing != nil && d.probe.Failing.Count == 1 {
		d.probe.Failing = nil
	}
}

// look judges, and notes what is told.
func (d *drill) look() {
	d.looks++
	found := d.judge(d.observe())
	d.hindered = d.hindered.After(found, d.now)
	for _, i := range flow.Reconcile(d.open, found, d.now) {
		if i.ID == 0 {
			d.ids++
			i.ID = d.ids
			d.open = append(d.open, i)
			d.opened(i)
			continue
		}
		at := slices.IndexFunc(d.open, func(o flow.Incident) bool { return o.ID == i.ID })
		d.open[at] = i
		if !i.Resolved.IsZero() {
			d.open = slices.Delete(d.open, at, at+1)
		}
	}
}

// opened notes whose telling an incident is, or that it is nobody's.
func (d *drill) opened(i flow.Incident) {
	if i.Urgency == flow.Note {
		return
	}
	mine := false
	for _, f := range d.faults {
		if !f.begun || f.ended && d.now.Sub(f.until) > 2*time.Hour {
			continue
		}
		switch {
		case i.Key() == flow.Key{Kind: f.kind, Subject: f.subject}:
			mine = true
			if !strings.Contains(i.What, f.says) {
				f.missed = "it says: " + i.What
			} else if f.told.IsZero() {
				f.told = d.now
			}
		case slices.Contains(f.beside, i.Kind):
			mine = true
		}
	}
	if !mine {
		d.alarms = append(d.alarms, fmt.Sprintf("%s: %s", d.now.Format("2 January 15:04"), i.What))
	}
}

// score is how many faults were told within their promise, and what is to be said of the
// others.
func (d *drill) score() (told int, missed []string) {
	for _, f := range d.faults {
		switch {
		case !f.begun:
			missed = append(missed, fmt.Sprintf("%s of %s never began", f.kind, f.subject))
		case f.told.IsZero():
			missed = append(missed, fmt.Sprintf("%s of %s from %s was not told. %s", f.kind, f.subject, f.at.Format("2 January 15:04"), f.missed))
		case f.told.After(f.deadline):
			missed = append(missed, fmt.Sprintf("%s of %s was told %v late", f.kind, f.subject, f.told.Sub(f.deadline)))
		default:
			told++
		}
	}
	return told, missed
}

// The drill can fail: a judge that knows nothing of a group of faults misses them, and one
// that is nervous about a silence tells what is none.
func TestDrillCanFail(t *testing.T) {
	if testing.Short() {
		t.Skip("three drills")
	}
	without := func(kinds ...flow.Kind) func(flow.Observation) []flow.Finding {
		return func(o flow.Observation) []flow.Finding {
			return slices.DeleteFunc(flow.Judge(o), func(f flow.Finding) bool { return slices.Contains(kinds, f.Kind) })
		}
	}
	for _, test := range []struct {
		name  string
		judge func(flow.Observation) []flow.Finding
		fails func(told, alarms int) bool
	}{
		{"blind for silence", without(flow.SourceSilent), func(told, _ int) bool { return told < leastTold }},
		{"blind for the database", without(flow.DatabaseAway, flow.DatabaseUnwritable, flow.RestoreFound), func(told, _ int) bool { return told < leastTold }},
		{"nervous", func(o flow.Observation) []flow.Finding {
			for i := range o.Sources {
				o.Sources[i].Rhythm.Silence.Limit /= 2
			}
			return flow.Judge(o)
		}, func(_, alarms int) bool { return alarms > mostFalse }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := runDrill(1, test.judge)
			if told, _ := d.score(); !test.fails(told, len(d.alarms)) {
				t.Errorf("it passes: %d told, %d false alarms", told, len(d.alarms))
			}
		})
	}
}

const (
	leastTold = 38
	mostFalse = 3 // one a month
)

// Ninety days of fifty sources with forty faults: of these at least 38 are told within their
// promise, in the right sentence about the right thing, and one false alarm a month at most.
func TestDrill(t *testing.T) {
	seeds := uint64(1)
	if !testing.Short() {
		seeds = 8
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d := runDrill(seed+1, flow.Judge)
			kinds := map[flow.Kind]bool{}
			for _, f := range d.faults {
				kinds[f.kind] = true
			}
			if len(d.faults) != 40 || len(kinds) < 20 {
				t.Fatalf("%d faults of %d kinds", len(d.faults), len(kinds))
			}
			told, missed := d.score()
			t.Logf("%d of 40 told, %d false alarms, in %d looks", told, len(d.alarms), d.looks)
			for _, m := range slices.Concat(missed, d.alarms) {
				t.Log(m)
			}
			if told < leastTold || len(d.alarms) > mostFalse {
				t.Errorf("%d of 40 faults told in time, want %d; %d false alarms, want %d at most", told, leastTold, len(d.alarms), mostFalse)
			}
		})
	}
}
