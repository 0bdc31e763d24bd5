package date

import (
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
	half               int  // 1 for the first half of the day, 2 for the second
	eraBase            int  // is added to the year; 0 for the common era
	thai               bool // a Thai month or era was named
	hijri              bool
	zone               string
	offset             int // seconds east
	hasOffset          bool
	numbers            []number
	timeNext           bool // a word announced a time
	assumedDay         bool // the first of the month, since none was told
	strangers          int  // words that belong to no date
}

// number is a number of which only the rest of the date can tell what it is.
type number struct{ value, digits int }

// complete reports whether the day is known.
func (r *reader) complete() bool { return r.year != 0 && r.month != 0 && r.day != 0 }

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
