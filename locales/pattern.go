package locales

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
)

// pattern is a date pattern of CLDR (UTS 35, Part 4, §8), cut into its fields.
type pattern []field

// field is a field of a pattern, or the text between two.
type field struct {
	letter byte // 0 of text
	width  int  // how often the letter stands there
	text   string
	// calendar is that of a year.
	calendar feeds.Calendar
}

// cutPattern cuts a pattern. Letters are fields, but for those between apostrophes; two
// apostrophes are one.
func cutPattern(s string) (p pattern) {
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			p = append(p, field{text: text.String()})
			text.Reset()
		}
	}
	quoted := false
	for i := 0; i < len(s); {
		n := 1
		switch c := s[i]; {
		case c == '\'' && i+1 < len(s) && s[i+1] == '\'':
			n = 2
			text.WriteByte(c)
		case c == '\'':
			quoted = !quoted
		case quoted || !isLetter(c):
			text.WriteByte(c)
		default:
			for i+n < len(s) && s[i+n] == c {
				n++
			}
			flush()
			p = append(p, field{letter: c, width: n})
		}
		i += n
	}
	flush()
	return p
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// unquoted returns a pattern of which nothing is a field, such as "{1} 'at' {0}", as text.
func unquoted(s string) string { return strings.ReplaceAll(s, "'", "") }

// write writes a time as a pattern says.
func (s *style) write(p pattern, t time.Time) string {
	b := make([]byte, 0, 64)
	for _, f := range p {
		switch f.letter {
		case 0:
			b = append(b, f.text...)
		case 'y':
			b = s.appendYear(b, f, t)
		case 'G':
			b = append(b, s.cldr.Era...)
		case 'M', 'L', 'd', 'E', 'c':
			b = s.appendDay(b, f, t)
		default:
			b = s.appendTime(b, f, t)
		}
	}
	return string(b)
}

// appendDay writes a month, a day of the month or one of the week.
func (s *style) appendDay(b []byte, f field, t time.Time) []byte {
	month := int(t.Month()) - 1
	switch {
	case f.letter == 'd':
		return s.appendDayOfMonth(b, f, t)
	case f.letter == 'M' && f.width == 3:
		return append(b, s.cldr.MonthsShort[month]...)
	case f.letter == 'M' && f.width > 3:
		return append(b, s.cldr.Months[month]...)
	case f.letter == 'L' && f.width > 2:
		return append(b, s.cldr.MonthsAlone[month]...)
	case f.letter == 'E' && f.width < 4:
		return append(b, s.cldr.DaysShort[t.Weekday()]...)
	case f.letter == 'E':
		return append(b, s.cldr.Days[t.Weekday()]...)
	case f.letter == 'c':
		return append(b, s.cldr.DaysAlone[t.Weekday()]...)
	}
	return s.appendNumber(b, month+1, f.width)
}

// appendDayOfMonth writes the day of the month. The first of one may be an ordinal where it
// stands before the month's name.
func (s *style) appendDayOfMonth(b []byte, f field, t time.Time) []byte {
	b = s.appendNumber(b, t.Day(), f.width)
	if t.Day() == 1 && f.width == 1 {
		b = append(b, s.ordinal...)
	}
	return b
}

// appendTime writes an hour, a minute or a part of the day.
func (s *style) appendTime(b []byte, f field, t time.Time) []byte {
	hour := t.Hour()
	switch f.letter {
	case 'h':
		hour = (hour+11)%12 + 1
	case 'K':
		hour %= 12
	case 'k':
		hour = (hour+23)%24 + 1
	case 'm':
		return s.appendNumber(b, t.Minute(), f.width)
	case 'a', 'B':
		return append(b, s.period(hour)...)
	}
	return s.appendNumber(b, hour, f.width)
}

// period is the part of the day that an hour is in.
func (s *style) period(hour int) string {
	name := ""
	for _, p := range s.cldr.Periods {
		if p.From <= hour {
			name = p.Name
		}
	}
	return name
}

// appendNumber writes a number that is not negative, in the locale's digits, with noughts up
// to a width.
func (s *style) appendNumber(b []byte, n, width int) []byte {
	var reversed [20]int
	count := 0
	for ; n > 0 || count < max(width, 1); n /= 10 {
		reversed[count] = n % 10
		count++
	}
	for i := count - 1; i >= 0; i-- {
		b = utf8.AppendRune(b, s.digits[reversed[i]])
	}
	return b
}
