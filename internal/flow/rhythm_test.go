package flow_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

var monday = time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)

// arrivals are at an hour of each of the days of so many weeks that a pattern has a mark for,
// Monday first, before a time.
func arrivals(until time.Time, weeks int, pattern string, hour int) (all []time.Time) {
	for n := -7 * weeks; n < 0; n++ {
		if pattern[(n+7*weeks)%7] != '.' {
			all = append(all, until.AddDate(0, 0, n).Add(time.Duration(hour)*time.Hour))
		}
	}
	return all
}

// What a source did each week, and after how long without anything it is silent.
var silences = []struct {
	weeks    int
	pattern  string
	after    time.Duration // from the last arrival
	expected string
	remark   string
}{
	{8, "xxxxx..", 3*days + 2*hours, "", "a weekend, and the hours of Monday until it usually comes"},
	{8, "xxxxx..", 4 * days, "silent", "a Tuesday without anything"},
	{8, "xxxxxxx", 22 * hours, "", "never before a day"},
	{8, "xxxxxxx", 2 * days, "silent", ""},
	{8, "..x....", 7 * days, "", "once a week"},
	{8, "..x....", 10 * days, "silent", ""},
	{8, ".x.x...", 5 * days, "", "Thursday to Tuesday"},
	{8, ".x.x...", 8 * days, "silent", ""},
	{3, "xxxxxxx", 20 * days, "", "before four weeks nobody knows"},
	{5, "xxxxxxx", 3 * days, "silent", ""},
}

func TestSilence(t *testing.T) {
	for _, test := range silences {
		came := arrivals(monday, test.weeks, test.pattern, 9)
		last := came[len(came)-1]
		s := flow.Source{ID: "s", Publisher: "p", LastNew: last, Rhythm: flow.Rhythm{}.Learn(came, nil, nil, nil, monday)}
		if got := silentAt(s, last.Add(test.after)); got != test.expected {
			t.Errorf("%d weeks of %s, then %s: %q, want %q (%s): %+v", test.weeks, test.pattern, test.after, got, test.expected, test.remark, s.Rhythm.Silence)
		}
		if after := s.SilentAfter(); test.expected == "silent" && (after.IsZero() || after.After(last.Add(test.after))) {
			t.Errorf("%d weeks of %s: told to be silent at %s", test.weeks, test.pattern, after)
		}
	}
}

func silentAt(s flow.Source, now time.Time) string {
	s.Success, s.Interval = now, time.Hour
	for _, f := range flow.Judge(flow.Observation{At: now, Sources: []flow.Source{s}}) {
		if f.Kind == flow.SourceSilent {
			return "silent"
		}
	}
	return ""
}

// What passes while a source can't be read, is paused or has a holiday is no silence.
func TestSilenceOfWhatElseIsWrong(t *testing.T) {
	came := arrivals(monday, 8, "xxxxxxx", 9)
	last := came[len(came)-1]
	s := flow.Source{ID: "s", LastNew: last, Interval: time.Hour, Rhythm: flow.Rhythm{}.Learn(came, nil, nil, nil, monday)}
	now := last.Add(3 * days)
	kinds := func(s flow.Source) (all []flow.Kind) {
		for _, f := range flow.Judge(flow.Observation{At: now, Sources: []flow.Source{s}}) {
			all = append(all, f.Kind)
		}
		return all
	}
	s.Success = now
	if got := kinds(s); !slices.Equal(got, []flow.Kind{flow.SourceSilent}) {
		t.Fatalf("a silent source is %v", got)
	}
	s.Quiet = []flow.Span{{From: last.Add(hours), Until: now.Add(-hours)}}
	if got := kinds(s); got != nil {
		t.Errorf("on a holiday it is %v", got)
	}
	s.Quiet, s.Success, s.Failing = nil, last.Add(hours), &flow.Failure{Since: last.Add(2 * hours), Count: 60}
	if got := kinds(s); !slices.Equal(got, []flow.Kind{flow.PublisherDark}) {
		t.Errorf("a source that fails is %v", got)
	}
}

// A rhythm knows a publisher's night: at noon in Tokyo it is one in the UTC morning.
func TestSilenceHasAZone(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	var came []time.Time
	from := time.Date(2026, 3, 9, 0, 0, 0, 0, tokyo) // a Monday
	for n := range 56 {
		if d := from.AddDate(0, 0, n); n%7 < 5 {
			for h := 9; h < 17; h++ {
				came = append(came, d.Add(time.Duration(h)*time.Hour))
			}
		}
	}
	last := came[len(came)-1] // Friday
	s := flow.Source{ID: "s", Zone: tokyo, LastNew: last, Rhythm: flow.Rhythm{}.Learn(came, nil, tokyo, nil, last.Add(hours))}
	if got := silentAt(s, from.AddDate(0, 0, 56).Add(10*time.Hour)); got != "" {
		t.Error("a Monday morning is told to be silent")
	}
	if got := silentAt(s, from.AddDate(0, 0, 57).Add(9*time.Hour)); got == "" {
		t.Error("after a Monday without anything it is not told to be silent")
	}
	if u := s.Rhythm.Usual(); u != 17*hours {
		t.Errorf("it usually brings something within %s", u)
	}
}

// A fault that was is not taken for a habit.
func TestRhythmForgetsAFault(t *testing.T) {
	came := arrivals(monday, 8, "xxxxxxx", 9)
	without := slices.Concat(came[:20], came[29:])
	sound := flow.Rhythm{}.Learn(came, nil, nil, nil, monday)
	faulty := flow.Rhythm{}.Learn(without, nil, nil, nil, monday)
	if faulty.Silence.Limit > sound.Silence.Limit*1.3 {
		t.Errorf("the limit is %.0f hours after a fault, and %.0f without", faulty.Silence.Limit, sound.Silence.Limit)
	}
}

// What was learned in pieces is what is learned at once; what is old is forgotten; and it
// is stored whole.
func TestLearnInPieces(t *testing.T) {
	came := arrivals(monday, 12, "xxxxx..", 9)
	var r flow.Rhythm
	for n := range 12 {
		week := monday.AddDate(0, 0, 7*(n-11))
		var part []time.Time
		for _, a := range came {
			if a.Before(week) && !a.Before(week.AddDate(0, 0, -9)) {
				part = append(part, a)
			}
		}
		r = r.Learn(part, []flow.Day{{Day: week.Unix() / 86400, New: n}}, nil, nil, week)
	}
	if n := len(r.Arrivals); n != 40 {
		t.Errorf("%d arrivals of eight weeks", n)
	}
	if n := len(r.Days); n != 9 {
		t.Errorf("%d days", n)
	}
	if once := (flow.Rhythm{}).Learn(came, r.Days, nil, nil, monday); !reflect.DeepEqual(once, r) {
		t.Errorf("in pieces %+v, at once %+v", r, once)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back flow.Rhythm
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("%s: %v", text, err)
	}
}

// How much came in each week, the last one at the end, and whether that is a decay.
var paces = []struct {
	weeks  []int
	slow   bool
	remark string
}{
	{[]int{70, 70, 70, 70, 70, 70, 70, 20}, true, ""},
	{[]int{70, 70, 70, 70, 70, 70, 70, 60}, false, "not so much less"},
	{[]int{70, 140, 70, 70, 140, 70, 140, 60}, false, "it is never steady"},
	{[]int{70, 70, 700, 70, 70, 70, 70, 49}, false, "a festival is not usual"},
	{[]int{70, 70, 0, 70, 70, 70, 70, 7}, false, "it has happened before"},
	{[]int{7, 7, 7, 7, 7, 7, 7, 3}, false, "so few are chance"},
	{[]int{70, 70, 70, 20}, false, "nobody knows yet"},
	{[]int{140, 133, 126, 112, 98, 84, 70, 35}, true, "slowly"},
}

func TestPace(t *testing.T) {
	today := monday.Unix() / 86400
	for _, test := range paces {
		var all []flow.Day
		for w, n := range test.weeks {
			for d := range 7 {
				all = append(all, flow.Day{Day: today - int64(7*(len(test.weeks)-w)) + int64(d), New: n / 7})
			}
		}
		r := flow.Rhythm{}.Learn(nil, all, nil, nil, monday.Add(hours))
		if r.Pace.Slow != test.slow {
			t.Errorf("%v: %+v (%s)", test.weeks, r.Pace, test.remark)
		}
		s := flow.Source{ID: "s", LastNew: monday, Success: monday, Interval: hours, Rhythm: r}
		found := flow.Judge(flow.Observation{At: monday.Add(2 * hours), Sources: []flow.Source{s}})
		if slow := len(found) == 1 && found[0].Kind == flow.SourceSlowing; slow != test.slow {
			t.Errorf("%v: %v (%s)", test.weeks, found, test.remark)
		}
		if old := flow.Judge(flow.Observation{At: monday.Add(3 * days), Sources: []flow.Source{s}}); len(old) != 0 {
			t.Errorf("%v: what was learned three days ago holds", test.weeks)
		}
	}
}

// A holiday in the last week makes no decay of it.
func TestPaceOfAHoliday(t *testing.T) {
	today := monday.Unix() / 86400
	var all []flow.Day
	for d := today - 56; d < today; d++ {
		n := 10
		if d >= today-4 {
			n = 0
		}
		all = append(all, flow.Day{Day: d, New: n})
	}
	quiet := []flow.Span{{From: monday.AddDate(0, 0, -3), Until: monday}}
	if r := (flow.Rhythm{}).Learn(nil, all, nil, quiet, monday.Add(hours)); r.Pace.Slow {
		t.Errorf("%+v", r.Pace)
	}
	if r := (flow.Rhythm{}).Learn(nil, all, nil, nil, monday.Add(hours)); !r.Pace.Slow {
		t.Errorf("without it %+v", r.Pace)
	}
}
