package locales

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// yearUnit is the word behind the year in Japanese dates. With it the year of an era is a
// year; 8/4/1 would be none.
const yearUnit = "年"

// inCalendars returns a pattern with its year in these calendars: the first as the year, the
// others in brackets behind it, as in 令和8年（2026年）4月1日 and 1 เมษายน 2569 (ค.ศ. 2026). A
// short date has one year.
func (p pattern) inCalendars(calendars []feeds.Calendar, era string, isShort bool) pattern {
	var in pattern
	for i, f := range p {
		switch {
		case f.letter == 'y':
			unit := ""
			if i+1 < len(p) && strings.HasPrefix(p[i+1].text, yearUnit) {
				unit = yearUnit
			}
			in = append(in, f.in(calendars[0], unit), field{text: unit})
			if !isShort {
				in = append(in, brackets(calendars[1:], unit, era)...)
			}
		case f.letter == 'G' && calendars[0] == feeds.CalendarBuddhist: // that of the Gregorian calendar
		case f.letter == 0 && i > 0 && p[i-1].letter == 'y':
			in = append(in, field{text: strings.TrimPrefix(f.text, yearUnit)})
		case f.letter == 0 && i > 0 && p[i-1].letter == 'G' && calendars[0] == feeds.CalendarBuddhist:
			in = append(in, field{text: strings.TrimPrefix(f.text, " ")})
		default:
			in = append(in, f)
		}
	}
	return slices.DeleteFunc(in, func(f field) bool { return f == field{} })
}

// in returns a field of a year in a calendar.
func (f field) in(calendar feeds.Calendar, unit string) field {
	if calendar == feeds.CalendarJapanese && unit == "" {
		calendar = feeds.CalendarGregorian
	}
	f.calendar = calendar
	return f
}

// brackets are further years behind one that has such a unit.
func brackets(calendars []feeds.Calendar, unit, era string) (p pattern) {
	before, behind := " (", ")"
	if unit != "" {
		before, behind = "（", unit+"）"
	}
	for _, c := range calendars {
		name := ""
		switch {
		case c == feeds.CalendarBuddhist:
			name = "พ.ศ. "
		case era != "":
			name = era + " "
		}
		p = append(p, field{text: before + name}, field{letter: 'y', width: 1}.in(c, unit), field{text: behind})
	}
	return p
}

// buddhistYears is by how many years the Buddhist calendar is ahead, since 1941.
const buddhistYears = 543

// appendYear writes a year in the calendar of its field.
func (s *style) appendYear(b []byte, f field, t time.Time) []byte {
	year := t.Year()
	switch f.calendar {
	case feeds.CalendarBuddhist:
		year += buddhistYears
	case feeds.CalendarJapanese:
		if named := japaneseYear(t); named != "" {
			return append(b, named...)
		}
	}
	if f.width == 2 {
		year %= 100
	}
	return s.appendNumber(b, year, f.width)
}

// eras are the Japanese eras in which something can have been published, the latest first,
// by their first days (CLDR, calendarData, "japanese").
var eras = []struct {
	year  int
	month time.Month
	day   int
	name  string
}{{2019, time.May, 1, "令和"}, {1989, time.January, 8, "平成"}, {1926, time.December, 25, "昭和"}}

// japaneseYear returns the era of a day and its year, without 年: 令和8, 令和元. It is "" before
// the eras that are known.
func japaneseYear(t time.Time) string {
	for _, era := range eras {
		if t.Before(time.Date(era.year, era.month, era.day, 0, 0, 0, 0, t.Location())) {
			continue
		}
		if year := t.Year() - era.year + 1; year > 1 {
			return era.name + strconv.Itoa(year)
		}
		return era.name + "元"
	}
	return ""
}
