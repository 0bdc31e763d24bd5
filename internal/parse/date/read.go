package date

import (
	"time"
	"unicode"
	"unicode/utf8"
)

func (r *reader) read() (time.Time, bool) {
	for i := r.machineDay(); i < len(r.s); {
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
			r.ranged = r.ranged || isDash(c)
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
	r.beginsYearBefore()
	r.halfDay()
	if !r.isPossible() {
		return time.Time{}, false
	}
	return r.time(), true
}

// halfDay counts the hour from midnight.
func (r *reader) halfDay() {
	switch {
	case r.half == 2 && r.hour < 12, r.half == 3 && r.hour > 5 && r.hour <= 12, r.half == 4 && r.hour < 10:
		r.hour += 12
	case r.half == 1 && r.hour == 12:
		r.hour = 0
	}
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

// lastHour is how far hours are counted: 25:30 is half past one of the next day to those
// whose day ends when they go to bed.
const lastHour = 29

// isPossible reports whether there is such a day and such a time.
func (r *reader) isPossible() bool {
	return !r.impossible && r.year >= 1900 && r.year <= 9999 && r.month <= 12 && r.hour <= lastHour && r.min <= 59 && r.sec <= 60 &&
		time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC).Day() == r.day
}

// time returns the moment in the date's own zone, else in the source's.
func (r *reader) time() time.Time {
	loc := r.o.Location
	if loc == nil {
		loc = time.UTC
	}
	wall := time.Date(r.year, time.Month(r.month), r.day, r.hour, r.min, r.sec, r.ns, time.UTC)
	if r.place == nil && !r.hasOffset && regions[r.zone] != "" {
		r.place, _ = time.LoadLocation(regions[r.zone]) // nil where there is no database of zones
	}
	if r.place != nil && !r.hasOffset {
		loc, r.zone = r.place, ""
	}
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
	rest := r.withoutYear()
	for _, n := range rest {
		r.assignNumber(n)
	}
	if r.day == 0 && len(rest) > 0 {
		r.impossible = true // 32 November
	}
	if r.year == 0 && r.eraBase == 0 {
		r.month = 0 // no year, no date
	}
	if len(r.numbers) == 1 && r.numbers[0].digits == 4 && len(r.s) == 4 && r.month == 0 && r.day == 0 { // W3C-DTF: 2026
		r.year, r.month, r.day = r.numbers[0].value, 1, 1
	}
}

// withoutYear takes the number that is a year whatever the others are, and returns those
// that may be something else.
func (r *reader) withoutYear() (rest []number) {
	for _, n := range r.numbers {
		switch {
		case n.isYear() && r.year == 0:
			r.year = n.value
		case !r.hasTime && n.isTime():
			r.hour, r.min, r.hasTime = n.value/100, n.value%100, true
		case n.digits <= 2:
			rest = append(rest, n)
		}
	}
	if r.year != 0 || !r.days && r.until == 0 {
		return rest
	}
	switch last := len(rest) - 1; {
	case last >= 2 && rest[last].digits == 2: // 10-12 June 26
		r.year, rest = rest[last].value, rest[:last]
	case last == 1: // 10-12 June
		rest = rest[:last]
	}
	return rest
}

// assignNumber decides what a number without a unit is.
func (r *reader) assignNumber(n number) {
	switch {
	case r.year == 0 && n.value > 31:
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
