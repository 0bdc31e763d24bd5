package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Quiet are the days on which nothing is expected of a publisher, such as holidays.
type Quiet []Days

// Days are the days from a first to a last one, both included; in each year where they name
// none.
type Days struct {
	First Date `json:"first"`
	Last  Date `json:"last"`
}

// Date is a day of a year, or of each year where that is 0.
type Date struct {
	Year  int        `json:"year,omitempty"`
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
}

// Span is a time from From up to Until.
type Span struct{ From, Until time.Time }

// Within returns when it is quiet between two times, by the clocks of a zone (nil is UTC), in
// the order of the calendar.
func (q Quiet) Within(from, until time.Time, zone *time.Location) (all []Span) {
	if zone == nil {
		zone = time.UTC
	}
	for _, d := range q {
		for year := from.In(zone).Year() - 1; year <= until.In(zone).Year(); year++ {
			if d.First.Year != 0 && d.First.Year != year {
				continue
			}
			s := d.in(year, zone)
			if s.From.Before(until) && s.Until.After(from) {
				all = append(all, s)
			}
		}
	}
	return all
}

// in returns the days that begin in a year.
func (d Days) in(year int, zone *time.Location) Span {
	last := d.Last
	switch {
	case last.Year != 0:
	case last.before(d.First):
		last.Year = year + 1 // over the end of the year
	default:
		last.Year = year
	}
	return Span{
		time.Date(year, d.First.Month, d.First.Day, 0, 0, 0, 0, zone),
		time.Date(last.Year, last.Month, last.Day+1, 0, 0, 0, 0, zone),
	}
}

// before compares two dates of one year.
func (d Date) before(other Date) bool {
	return d.Month < other.Month || d.Month == other.Month && d.Day < other.Day
}

func quietShape() *shape {
	return &shape{
		form: listForm, filled: true,
		doc: "Days on which nothing new is expected of its sources, such as holidays, so that nobody is told that they are silent. They are days of its time_zone: 2026-12-29, each year's --12-25, or from one to another, 2026-12-29..2027-01-03 or --12-29..--01-03.",
		of: &shape{
			noun: "a day, such as 2026-12-29 or --12-25, or days, such as --12-29..--01-03", reads: checkDays,
			pattern: regexp.MustCompile(`^([0-9]{4}-|--)[0-9]{2}-[0-9]{2}(\.\.([0-9]{4}-|--)[0-9]{2}-[0-9]{2})?$`),
		},
	}
}

func checkDays(text string) *fault {
	_, f := parseDays(text)
	return f
}

const daysHint = "write 2026-12-29, --12-25 for each year, or the first and the last day with two dots between, 2026-12-29..2027-01-03"

func parseDays(text string) (d Days, f *fault) {
	first, last, isRange := strings.Cut(strings.TrimSpace(text), "..")
	if d.First, f = parseDate(strings.TrimSpace(first)); f != nil {
		return d, f
	}
	if !isRange {
		d.Last = d.First
		return d, nil
	}
	if d.Last, f = parseDate(strings.TrimSpace(last)); f != nil {
		return d, f
	}
	switch {
	case (d.First.Year == 0) != (d.Last.Year == 0):
		return d, &fault{fmt.Sprintf("%q names a year at one end alone", text), "write the year at both ends, or -- at both for each year"}
	case d.Last.Year < d.First.Year, d.Last.Year == d.First.Year && d.First.Year != 0 && d.Last.before(d.First):
		return d, &fault{fmt.Sprintf("%q ends before it begins", text), "write the first day first"}
	}
	return d, nil
}

func parseDate(text string) (Date, *fault) {
	year, rest := 0, ""
	if after, yearly := strings.CutPrefix(text, "--"); yearly {
		rest = after
	} else {
		first, after, ok := strings.Cut(text, "-")
		n, err := strconv.Atoi(first)
		if !ok || err != nil || len(first) != 4 || n == 0 {
			return Date{}, &fault{fmt.Sprintf("%q is no day", text), daysHint}
		}
		year, rest = n, after
	}
	leap := year
	if leap == 0 {
		leap = 2000 // each year's 29 February is there in some
	}
	t, err := time.Parse(time.DateOnly, fmt.Sprintf("%04d-%s", leap, rest))
	if err != nil {
		return Date{}, &fault{fmt.Sprintf("there is no day %q", text), daysHint}
	}
	return Date{year, t.Month(), t.Day()}, nil
}

// quiet returns the days that a publisher's calendar names.
func quiet(v *value) (all Quiet) {
	for _, item := range v.list() {
		if d, f := parseDays(item.string()); f == nil { // else it was reported
			all = append(all, d)
		}
	}
	return all
}
