package config

import (
	"fmt"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// The schedules of sources that name none. They are intervals and not times of
// the day, so that a thousand sources are not all due at the full hour.
const (
	// DefaultSchedule is that of sources on the network: often enough for a
	// city's news, seldom enough for a guest.
	DefaultSchedule = "@every 30m"
	// DefaultFolderSchedule is that of folders, which cost nobody anything.
	DefaultFolderSchedule = "@every 1m"
)

// ParseSchedule reads a cron specification: five fields (minute, hour, day of the
// month, month, day of the week), @hourly, @daily, @weekly, @monthly, @yearly,
// or @every with a duration of a minute or more. It refuses what robfig/cron lets
// pass or panics on: a TZ= prefix, empty items, steps beyond their range, and
// days that never come.
//
// Next reads the fields in the location of the time that it is given, so give it
// a time in the publisher's zone (or use [Config.Schedule], which does).
//
// Where the clock is put forward or back, nothing is skipped and nothing runs
// twice:
//
//   - a time that the clock jumps over runs once, as the jump ends: 02:30 runs at
//     03:00 summer time;
//   - a time that comes twice runs the first time only;
//   - a schedule for every hour (*/30 * * * *) goes by the hours that pass, also
//     through the hour that comes twice, so that no hour is left out.
//
// @every ignores the clock on the wall altogether.
func ParseSchedule(spec string) (cron.Schedule, error) {
	s, f := parseSchedule(spec)
	if f != nil {
		return nil, fmt.Errorf("schedule %q: %s; %s", spec, f.what, f.hint)
	}
	return s, nil
}

const scheduleHint = `write five fields such as "*/30 6-22 * * *", or "@hourly", or "@every 30m"`

var (
	descriptors = words("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually", "@every 30m")
	item        = regexp.MustCompile(`^(\*|\?|[0-9]+|[A-Za-z]+)(-([0-9]+|[A-Za-z]+))?(/[0-9]+)?$`)
	cronFields  = []cronField{
		{"minute", 60, ""},
		{"hour", 24, ""},
		{"day of the month", 31, ""},
		{"month", 12, "jan feb mar apr may jun jul aug sep oct nov dec"},
		{"day of the week", 7, "sun mon tue wed thu fri sat"},
	}
)

type cronField struct {
	name  string
	size  int // how many values it has
	words string
}

func parseSchedule(spec string) (cron.Schedule, *fault) {
	spec = strings.TrimSpace(spec)
	switch {
	case spec == "":
		return nil, &fault{"the schedule is empty", scheduleHint}
	case strings.HasPrefix(spec, "TZ=") || strings.HasPrefix(spec, "CRON_TZ="):
		return nil, &fault{"a schedule has no time zone of its own", "leave the prefix out: the schedule is read in the publisher's time zone"}
	case strings.HasPrefix(spec, "@every"):
		return parseEvery(strings.TrimPrefix(spec, "@every"))
	case strings.HasPrefix(spec, "@"):
		s, err := cron.ParseStandard(spec)
		if err != nil {
			return nil, &fault{fmt.Sprintf("unknown schedule %q", spec), didYouMean(spec, descriptors, "the named schedules are ")}
		}
		return newWallClock(s), nil
	}

	fields := strings.Fields(spec)
	if len(fields) != len(cronFields) {
		hint := scheduleHint
		if len(fields) == len(cronFields)+1 {
			hint = "leave the seconds out: the first field is the minute"
		}
		return nil, &fault{fmt.Sprintf("a schedule has 5 fields, this one has %d", len(fields)), hint}
	}
	for i, f := range fields {
		if f := cronFields[i].check(f); f != nil {
			return nil, f
		}
	}
	s, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, &fault{err.Error(), scheduleHint}
	}
	if s.Next(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, &fault{"the schedule never comes", "there is no such day in any of its months"}
	}
	return newWallClock(s), nil
}

func parseEvery(rest string) (cron.Schedule, *fault) {
	const hint = `write a time and its unit, such as "@every 30m" or "@every 2h"`
	d, err := time.ParseDuration(strings.TrimSpace(rest))
	switch {
	case err != nil || !strings.HasPrefix(rest, " "):
		return nil, &fault{"@every needs a duration", hint}
	case d < time.Minute:
		return nil, &fault{fmt.Sprintf("@every %s is too often", d), "the shortest interval is a minute, and half an hour is polite"}
	case d%time.Second != 0:
		return nil, &fault{"@every is exact to the second", hint}
	}
	return cron.Every(d), nil
}

// check refuses what robfig/cron silently reads as something else.
func (c cronField) check(field string) *fault {
	for part := range strings.SplitSeq(field, ",") {
		m := item.FindStringSubmatch(part)
		switch {
		case m == nil, c.isStar(m[1]) && m[2] != "", !c.isStar(m[1]) && !c.has(m[1]), m[3] != "" && !c.has(m[3]):
			return &fault{fmt.Sprintf("%q is no %s", field, c.name), `write *, a number, a range such as 1-5, a list such as 1,15, or a step such as */10`}
		case c.size == 7 && (m[1] == "7" || m[3] == "7"):
			return &fault{"7 is no day of the week", "Sunday is 0"}
		case m[4] == "":
			continue
		}
		if step, err := strconv.Atoi(m[4][1:]); err != nil || step < 1 || step >= c.size {
			return &fault{fmt.Sprintf("the step %s is not within the %d values of the %s", m[4], c.size, c.name), `use "@every" for longer intervals`}
		}
	}
	return nil
}

func (c cronField) isStar(s string) bool { return s == "*" || s == "?" }

// has reports whether the field knows a number or a name; the range of numbers is
// looked at later.
func (c cronField) has(s string) bool {
	if _, err := strconv.Atoi(s); err == nil {
		return true
	}
	return slices.Contains(strings.Fields(c.words), strings.ToLower(s))
}

// wallClock reads the fields of a schedule on a clock on the wall.
type wallClock struct {
	// fields is asked in UTC, standing for the wall: there every time comes once.
	fields *cron.SpecSchedule
	// hourly schedules go by the hours that pass; see [ParseSchedule].
	hourly bool
}

// everyHour has the bits of all 24 hours.
const everyHour = 1<<24 - 1

func newWallClock(s cron.Schedule) cron.Schedule {
	spec, ok := s.(*cron.SpecSchedule)
	if !ok {
		return s
	}
	fields := *spec
	fields.Location = time.UTC
	return wallClock{&fields, bits.OnesCount64(fields.Hour&everyHour) == 24}
}

// Next returns the first time after t, in t's location; zero if none comes within
// five years.
//
// It walks over the periods between changes of the clock. Within one the wall and
// the time that passes go alike.
func (s wallClock) Next(t time.Time) time.Time {
	start, end := t.ZoneBounds()
	_, offset := t.Zone()
	wall := onWall(t, offset)
	if !s.hourly && !start.IsZero() {
		// What the wall showed before the clock was put back has had its run.
		_, before := start.Add(-time.Second).Zone()
		wall = later(wall, onWall(start, before).Add(-time.Second))
	}
	for {
		next := s.fields.Next(wall)
		if next.IsZero() {
			return time.Time{}
		}
		at := next.Add(-time.Duration(offset) * time.Second)
		if end.IsZero() || at.Before(end) {
			return at.In(t.Location())
		}

		was := onWall(end, offset)
		_, offset = end.Zone()
		is := onWall(end, offset)
		if next.Before(is) {
			return end // the clock jumps over it
		}
		wall = is.Add(-time.Second)
		if !s.hourly {
			wall = later(wall, was.Add(-time.Second))
		}
		_, end = end.ZoneBounds()
	}
}

// onWall returns what a clock shows at t that is offset seconds ahead of UTC, as
// a time in UTC.
func onWall(t time.Time, offset int) time.Time {
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
