package parse

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// longestDate is how many bytes a date may have; more is prose.
const longestDate = 160

// earliest is the first moment that is believed: no feed is older.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// clockSkew is by how much a publisher's clock may be ahead of ours. What is dated
// further on was not published yet, or is local time that calls itself GMT: readers
// would hide it for hours.
const clockSkew = 10 * time.Minute

// dateFuture is the code of the problem of a date in the future.
const dateFuture = "date-future"

// readDate reads a date as people and programs write it, in any of the thirteen
// languages, with eras and digits of all of them. A date without a zone is read in
// the source's; one without a time begins its day. The result is in UTC, to the
// millisecond. A date that can't be true, in the future or before 1990, gives the
// zero time and a problem, as does one that can't be read; "" gives neither.
func readDate(s string, o Options) (time.Time, *Problem) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	t, ok := parseDate(s, o)
	switch {
	case !ok:
		return time.Time{}, &Problem{"date-unreadable", fmt.Sprintf("the date %q can't be read", shorten(collapse(s), 60))}
	case t.Before(earliest):
		return time.Time{}, &Problem{"date-past", fmt.Sprintf("the date %q is before 1990", shorten(collapse(s), 60))}
	case !o.Now.IsZero() && t.After(o.Now.Add(clockSkew)):
		return time.Time{}, &Problem{dateFuture, fmt.Sprintf("the date %q is in the future", shorten(collapse(s), 60))}
	}
	return t.UTC().Truncate(time.Millisecond), nil
}

// parseDate reads the date whatever it is.
func parseDate(s string, o Options) (time.Time, bool) {
	if len(s) > longestDate {
		return time.Time{}, false
	}
	// What most feeds write needs no reader of ours.
	if len(s) >= 20 && s[4] == '-' {
		if t, err := time.Parse(time.RFC3339, s); err == nil && t.Year() < 2400 {
			return t, true
		}
	} else if len(s) >= 28 && s[3] == ',' {
		if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", s); err == nil && t.Year() < 2400 {
			return t, true
		}
	}
	r := dateReader{s: normalizeDate(s), o: o}
	return r.read()
}

// dateReader reads one date from left to right, and notes what each part must be.
type dateReader struct {
	s string
	o Options

	year, month, day   int
	hour, min, sec, ns int
	hasTime            bool
	weakMonth          bool // the month's name may have been a weekday's
	half               int  // 1 for the first half of the day, 2 for the second
	eraBase            int  // is added to the year; 0 for the common era
	thai               bool // a Thai month or era was named
	hijri              bool
	zone               string
	offset             int // seconds east
	hasOffset          bool
	numbers            []dateNumber
	timeNext           bool // a word announced a time
	assumedDay         bool // the first of the month, since none was told
	strangers          int  // words that belong to no date
}

// dateNumber is a number of which only the rest of the date can tell what it is.
type dateNumber struct{ value, digits int }

func (r *dateReader) read() (time.Time, bool) {
	if t, ok := epoch(r.s); ok {
		return t, true
	}
	for i := 0; i < len(r.s); {
		c, size := utf8.DecodeRuneInString(r.s[i:])
		switch {
		case c >= '0' && c <= '9':
			if r.complete() && r.hasTime && (i == 0 || r.s[i-1] != '+' && r.s[i-1] != '-') && !r.unitAhead(i) {
				return r.result() // another date begins
			}
			i = r.number(i)
		case (c == '+' || c == '-' || c == '−') && !r.hasOffset && (r.hasTime || r.zone == "utc" || r.zone == "gmt") && r.signed(i, size):
			i = r.zoneOffset(i, size)
		case unicode.IsLetter(c) || unicode.Is(unicode.Mn, c):
			i = r.word(i)
		default:
			i += size
		}
	}
	return r.result()
}

// complete tells whether the day is known.
func (r *dateReader) complete() bool { return r.year != 0 && r.month != 0 && r.day != 0 }

// result puts the parts together.
func (r *dateReader) result() (time.Time, bool) {
	r.assign()
	if r.month == 0 || r.hijri {
		return time.Time{}, false
	}
	if r.day == 0 {
		r.day, r.assumedDay = 1, true
		if len(r.numbers) == 0 && r.year == 0 {
			return time.Time{}, false
		}
	}
	switch {
	case r.eraBase != 0 && r.year < 1900:
		if r.eraBase == thaiEra && r.year < 100 {
			r.year += 2500
		}
		r.year += r.eraBase
	case r.eraBase == 0 && r.year < 100:
		if r.thai {
			r.year += 2500
		} else {
			r.year = twoDigitYear(r.year)
		}
	}
	if r.year >= 2400 && r.year < 2700 {
		r.year += thaiEra
	}
	switch {
	case r.half == 2 && r.hour < 12:
		r.hour += 12
	case r.half == 1 && r.hour == 12:
		r.hour = 0
	}
	if r.year < 1900 || r.year > 9999 || r.month > 12 || r.hour > 24 || r.min > 59 || r.sec > 60 {
		return time.Time{}, false
	}
	loc := r.o.Location
	if loc == nil {
		loc = time.UTC
	}
	if time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC).Day() != r.day {
		return time.Time{}, false
	}
	wall := time.Date(r.year, time.Month(r.month), r.day, r.hour, r.min, r.sec, r.ns, time.UTC)
	t := moment(wall, loc)
	if !r.hasOffset && r.zone != "" {
		r.offset, r.hasOffset = r.namedZone(r.zone, t)
	}
	if r.hasOffset {
		t = moment(wall, time.FixedZone("", r.offset))
	}
	return t, true
}

// assign decides what the numbers without a unit are.
func (r *dateReader) assign() {
	for _, n := range r.numbers {
		switch {
		case r.year == 0 && (n.digits >= 3 && n.digits <= 4 || n.value > 31 && n.digits == 2):
			r.year = n.value
		case r.day == 0 && n.value >= 1 && n.value <= 31:
			r.day = n.value
		case r.year == 0 && n.digits == 2:
			r.year = n.value
			if n.value == 0 {
				r.year = 2000
			}
		}
	}
	if r.year == 0 && r.eraBase == 0 {
		r.month = 0 // no year, no date
	}
	if len(r.numbers) == 1 && r.numbers[0].digits == 4 && len(r.s) == 4 && r.month == 0 && r.day == 0 { // W3C-DTF: 2026
		r.year, r.month, r.day = r.numbers[0].value, 1, 1
	}
}

// twoDigitYear reads a year as RFC 2822 §4.3 and POSIX do.
func twoDigitYear(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

// epoch reads seconds or milliseconds since 1970.
func epoch(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 0:
		return time.Time{}, false
	case len(s) == 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}
