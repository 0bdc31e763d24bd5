package date

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

func (r *reader) read() (time.Time, bool) {
	if t, ok := epoch(r.s); ok {
		return t, true
	}
	for i := 0; i < len(r.s); {
		c, size := utf8.DecodeRuneInString(r.s[i:])
		switch {
		case c >= '0' && c <= '9':
			if r.beginsAnother(i) {
				return r.result() // another date begins
			}
			i = r.number(i)
		case (c == '+' || c == '-' || c == '−') && r.mayHaveOffset() && r.signed(i, size):
			i = r.zoneOffset(i, size)
		case unicode.IsLetter(c) || unicode.Is(unicode.Mn, c):
			i = r.word(i)
		default:
			i += size
		}
	}
	return r.result()
}

// beginsAnother reports whether the number at i begins another date.
func (r *reader) beginsAnother(i int) bool {
	return r.complete() && r.hasTime && (i == 0 || r.s[i-1] != '+' && r.s[i-1] != '-') && !r.unitAhead(i)
}

// mayHaveOffset reports whether an offset may come here.
func (r *reader) mayHaveOffset() bool {
	return !r.hasOffset && (r.hasTime || r.zone == "utc" || r.zone == "gmt")
}

// result puts the parts together.
func (r *reader) result() (time.Time, bool) {
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
	r.commonYear()
	switch {
	case r.half == 2 && r.hour < 12:
		r.hour += 12
	case r.half == 1 && r.hour == 12:
		r.hour = 0
	}
	if !r.isPossible() {
		return time.Time{}, false
	}
	return r.time(), true
}

// commonYear counts the year in the common era.
func (r *reader) commonYear() {
	switch {
	case r.eraBase != 0 && r.year < 1900:
		if r.eraBase == thaiEra && r.year < 100 {
			r.year += 2500
		}
		r.year += r.eraBase
	case r.eraBase != 0 || r.year >= 100:
	case r.thai:
		r.year += 2500
	default:
		r.year = twoDigitYear(r.year)
	}
	if r.year >= 2400 && r.year < 2700 {
		r.year += thaiEra
	}
}

// isPossible reports whether there is such a day and such a time.
func (r *reader) isPossible() bool {
	return r.year >= 1900 && r.year <= 9999 && r.month <= 12 && r.hour <= 24 && r.min <= 59 && r.sec <= 60 &&
		time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC).Day() == r.day
}

// time returns the moment in the date's own zone, else in the source's.
func (r *reader) time() time.Time {
	loc := r.o.Location
	if loc == nil {
		loc = time.UTC
	}
	wall := time.Date(r.year, time.Month(r.month), r.day, r.hour, r.min, r.sec, r.ns, time.UTC)
	t := moment(wall, loc)
	if !r.hasOffset && r.zone != "" {
		r.offset, r.hasOffset = r.namedZone(r.zone, t)
	}
	if r.hasOffset {
		return moment(wall, time.FixedZone("", r.offset))
	}
	return t
}

// assign decides what the numbers without a unit are.
func (r *reader) assign() {
	for _, n := range r.numbers {
		r.assignNumber(n)
	}
	if r.year == 0 && r.eraBase == 0 {
		r.month = 0 // no year, no date
	}
	if len(r.numbers) == 1 && r.numbers[0].digits == 4 && len(r.s) == 4 && r.month == 0 && r.day == 0 { // W3C-DTF: 2026
		r.year, r.month, r.day = r.numbers[0].value, 1, 1
	}
}

// assignNumber decides what a number without a unit is.
func (r *reader) assignNumber(n number) {
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
