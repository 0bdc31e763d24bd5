package date

import (
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/internal/parse"
)

// reader reads one date from left to right, and notes what each part must be.
type reader struct {
	s string
	o parse.Options

	year, month, day   int
	hour, min, sec, ns int
	hasTime            bool
	weakMonth          bool // the month's name may have been a weekday's
	half               int  // 1 for the first half of the day, 2 for the second, 3 for the night, 4 for noon
	eraBase            int  // is added to the year; 0 for the common era
	thai               bool // a Thai month or era was named
	hijri              bool
	zone               string
	offset             int // seconds east
	hasOffset          bool
	place              *time.Location // a zone that is named by its place
	numbers            []number
	numbersEnd         int  // the place behind the last of the numbers
	days               bool // two of the numbers are the ends of a range
	ranged             bool // there is what stands between the ends of a range
	until              int  // the month of a range's last day, whose year the range has; 0 for none
	impossible         bool // there is no such day
	timeNext           bool // a word announced a time
	timeOver           bool // the time was told, and what follows is when it ends
	assumedDay         bool // the first of the month, since none was told
	strangers          int  // words that belong to no date
}

// number is a number of which only the rest of the date can tell what it is.
type number struct{ value, digits int }

// isYear reports whether it can be nothing but a year: one of four digits before 1900 is
// a database's nothing, or a time.
func (n number) isYear() bool { return n.digits == 3 || n.digits == 4 && n.value >= 1900 }

// isTime reports whether it is no year and may be a time before a day: 1430 GMT, 11
// September 2019.
func (n number) isTime() bool {
	return n.digits == 4 && !n.isYear() && n.value <= 2400 && n.value%100 < 60
}

// isNothing reports whether it is the year of a database's nothing: 0001-01-01.
func (n number) isNothing() bool { return n.digits == 4 && n.value < 1000 }

// complete reports whether the day is known.
func (r *reader) complete() bool { return r.year != 0 && r.month != 0 && r.day != 0 }

// hasDay reports whether all of the day is there, be it that its numbers are not told apart
// yet.
func (r *reader) hasDay() bool {
	year, day := r.year != 0, r.day != 0
	for _, n := range r.numbers {
		year = year || n.isYear()
		day = day || n.digits <= 2
	}
	return year && r.month != 0 && day
}

// twoDigitYear reads a year as RFC 2822 §4.3 and POSIX do.
func twoDigitYear(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isLetterAt(s string, i int) bool {
	c, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(c)
}
