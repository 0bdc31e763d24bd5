package locales

import (
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales/cldr"
)

// style is how a locale writes dates, times, numbers and lists. The zero style is ISO 8601,
// for a language that CLDR doesn't have.
type style struct {
	cldr   *cldr.Formats // nil in the zero style
	digits [10]rune

	short, long, full, time pattern
	// atTime has {1} for a long date and {0} for the time.
	atTime string
	// ordinal stands behind the first of a month.
	ordinal string
}

// styleOf returns the style of a locale: CLDR's, and what is better known here.
func styleOf(tag string) *style {
	s := &style{cldr: cldr.FormatsOf(language.Make(tag))}
	if s.cldr == nil {
		return s
	}
	for _, o := range overridesOf(tag) {
		if s.ordinal += o.ordinal; o.write != nil {
			o.write(s.cldr)
		}
	}
	copy(s.digits[:], []rune(s.cldr.Digits))
	s.time = cutPattern(s.cldr.Time)
	s.atTime = unquoted(s.cldr.AtTime)
	return s.in(feeds.CalendarsOf(tag)[:1])
}

// in returns the style with its years in these calendars, the first of which is the year's.
func (s *style) in(calendars []feeds.Calendar) *style {
	if s.cldr == nil {
		return s
	}
	other := *s
	other.short = cutPattern(s.cldr.DateShort).inCalendars(calendars, s.cldr.Era, true)
	other.long = cutPattern(s.cldr.DateLong).inCalendars(calendars, s.cldr.Era, false)
	other.full = cutPattern(s.cldr.DateFull).inCalendars(calendars, s.cldr.Era, false)
	return &other
}

// date writes a long date.
func (s *style) date(t time.Time) string {
	if s.cldr == nil {
		return t.Format(time.DateOnly)
	}
	return s.write(s.long, t)
}

// weekday writes a long date and its day of the week.
func (s *style) weekday(t time.Time) string {
	if s.cldr == nil {
		return t.Format(time.DateOnly)
	}
	return s.write(s.full, t)
}

// shortDate writes a short date.
func (s *style) shortDate(t time.Time) string {
	if s.cldr == nil {
		return t.Format(time.DateOnly)
	}
	return s.write(s.short, t)
}

// clock writes a time of day.
func (s *style) clock(t time.Time) string {
	if s.cldr == nil {
		return t.Format("15:04")
	}
	return s.write(s.time, t)
}

// dateTime writes a long date and a time of day.
func (s *style) dateTime(t time.Time) string {
	if s.cldr == nil {
		return t.Format("2006-01-02 15:04")
	}
	return strings.NewReplacer("{1}", s.date(t), "{0}", s.clock(t)).Replace(s.atTime)
}

// number writes a whole number, in groups of digits.
func (s *style) number(n int) string {
	if s.cldr == nil {
		return strconv.Itoa(n)
	}
	b := make([]byte, 0, 24)
	digits := strconv.Itoa(n)
	if n < 0 {
		b = append(b, s.cldr.Minus...)
		digits = digits[1:]
	}
	for i, d := range digits {
		if rest := len(digits) - i; i > 0 && s.parts(rest, len(digits)) {
			b = append(b, s.cldr.Group...)
		}
		b = append(b, string(s.digits[d-'0'])...)
	}
	return string(b)
}

// decimal writes a number with one decimal place, or none where that is zero.
func (s *style) decimal(n float64) string {
	tenths := int(math.Round(n * 10))
	if tenths%10 == 0 {
		return s.number(tenths / 10)
	}
	if s.cldr == nil {
		return strconv.FormatFloat(float64(tenths)/10, 'f', 1, 64)
	}
	return s.number(tenths/10) + s.cldr.Decimal + string(s.digits[max(tenths, -tenths)%10])
}

// parts reports whether a group begins where so many digits are left of so many.
func (s *style) parts(rest, digits int) bool {
	g := s.cldr.Grouping
	if len(g) == 0 || digits < g[0]+s.cldr.LeastGrouped {
		return false
	}
	return rest == g[0] || rest > g[0] && (rest-g[0])%g[len(g)-1] == 0
}

// list joins texts: "Tokyo, Seoul, and Taipei".
func (s *style) list(texts []string) string {
	if s.cldr == nil || len(texts) < 2 {
		return strings.Join(texts, ", ")
	}
	two, start, middle, end := s.cldr.List[0], s.cldr.List[1], s.cldr.List[2], s.cldr.List[3]
	join := func(pattern, a, b string) string { return strings.NewReplacer("{0}", a, "{1}", b).Replace(pattern) }
	last := len(texts) - 1
	if last == 1 {
		return join(two, texts[0], texts[1])
	}
	joined := join(end, texts[last-1], texts[last])
	for i := last - 2; i > 0; i-- {
		joined = join(middle, texts[i], joined)
	}
	return join(start, texts[0], joined)
}

// quote puts a text between quotation marks.
func (s *style) quote(text string) string {
	if s.cldr == nil {
		return `"` + text + `"`
	}
	return s.cldr.Quotes[0] + text + s.cldr.Quotes[1]
}
