package date

import (
	"strconv"
	"strings"
	"time"
)

// epoch reads what programs count since 1970: seconds, thousandths, millionths or billionths of them,
// with a fraction or without, and .NET's /Date(1700000000000+0900)/, of which the offset is
// for display alone.
func epoch(s string) (time.Time, bool) {
	if inner, ok := dotNet(s); ok {
		n, err := strconv.ParseInt(inner, 10, 64)
		return time.UnixMilli(n).UTC(), err == nil
	}
	whole, fraction, _ := strings.Cut(s, ".")
	unit, ok := epochUnits[len(whole)]
	if !ok || len(fraction) > 9 || strings.HasSuffix(s, ".") || !isNumber(whole) || !isNumber(fraction) {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	nanoseconds, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64) // digits alone
	t := time.Unix(n/unit.second, n%unit.second*int64(unit.duration))
	return t.Add(time.Duration(nanoseconds * int64(unit.duration) / int64(time.Second))).UTC(), true
}

// epochUnits are what numbers of so many digits count, in the years from 2001 to 2286: how
// many make a second, and how long one is.
var epochUnits = map[int]struct {
	second   int64
	duration time.Duration
}{10: {1, time.Second}, 13: {1e3, time.Millisecond}, 16: {1e6, time.Microsecond}, 19: {1e9, time.Nanosecond}}

func isNumber(s string) bool { return leadingDigits(s) == len(s) }

// dotNet returns the milliseconds in a date as .NET writes it into JSON.
func dotNet(s string) (milliseconds string, ok bool) {
	s = strings.Trim(s, `\/`)
	if len(s) < len("Date()") || !strings.EqualFold(s[:len("Date(")], "Date(") || s[len(s)-1] != ')' {
		return "", false
	}
	s = s[len("Date(") : len(s)-1]
	if sign := strings.LastIndexAny(s, "+-"); sign > 0 {
		s = s[:sign]
	}
	return s, s != ""
}

// machineDay takes the day that a date begins with where that is counted as ISO 8601 does
// beside the calendar, in weeks (2026-W23-1, 2026W231) or in days (2026-152, 2026152), and
// returns the place behind it.
func (r *reader) machineDay() int {
	year, n := r.digits(0, 4)
	if n != 4 || year < 1900 {
		return 0
	}
	i := n
	hyphen := i < len(r.s) && r.s[i] == '-'
	if hyphen {
		i++
	}
	if i < len(r.s) && r.s[i] == 'w' {
		return r.weekDate(year, i+1)
	}
	day, n := r.digits(i, 4)
	end, behind := i+n, byte('t')
	if end < len(r.s) {
		behind = r.s[end]
	}
	if n != 3 || !hyphen && behind != 't' || strings.IndexByte("-/.:", behind) >= 0 {
		return 0
	}
	t := time.Date(year, 1, day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year {
		return 0
	}
	r.year, r.month, r.day = year, int(t.Month()), t.Day()
	return end
}

// weekDate takes the day of a week whose number stands at i; the week's first where none
// is told. It returns the place behind it, 0 if it is none.
func (r *reader) weekDate(year, i int) int {
	week, n := r.digits(i, 2)
	if n != 2 || week < 1 || week > 53 {
		return 0
	}
	i += n
	day := 1
	if i < len(r.s) && r.s[i] == '-' {
		i++
	}
	if v, n := r.digits(i, 2); n == 1 {
		day = v
		i += n
	}
	if day < 1 || day > 7 {
		return 0
	}
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in the first week
	monday := 1 - (int(fourth.Weekday())+6)%7
	t := fourth.AddDate(0, 0, monday-1+7*(week-1)+day-1)
	if y, w := t.ISOWeek(); y != year || w != week {
		return 0
	}
	r.year, r.month, r.day = t.Year(), int(t.Month()), t.Day()
	return i
}
