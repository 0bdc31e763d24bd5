package date

import (
	"fmt"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/plain"
)

// longest is how many bytes a date may have; more is prose.
const longest = 160

// earliest is the first moment that is believed: no feed is older.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// clockSkew is by how much a publisher's clock may be ahead of ours. What is dated
// further on was not published yet, or is local time that calls itself GMT: readers
// would hide it for hours.
const clockSkew = 10 * time.Minute

// Future is the code of the problem of a date in the future.
const Future = "date-future"

// In returns the options by which the dates of a document are read that says it is in that
// language, a BCP 47 tag; "" if it says none. What the configuration says goes before that.
func In(o parse.Options, language string) parse.Options {
	if o.Language == "" {
		o.Language = language
	}
	return o
}

// Date is a date that was read: a moment in UTC, to the millisecond. The zero Date is none.
type Date struct {
	time.Time
	// DayOnly says that no time of day was told: the moment is when the day begins.
	DayOnly bool
}

// Parse reads a date as people and programs write it, in any of forty
// languages, with eras and digits of all of them. A date without a zone is read in
// the source's; one without a time begins its day. A date that can't
// be true, in the future or before 1990, gives the zero Date and a problem, as does one that
// can't be read; "" gives neither.
func Parse(s string, o parse.Options) (Date, *parse.Problem) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, nil
	}
	t, ok := read(s, o)
	switch {
	case !ok:
		return Date{}, &parse.Problem{Code: "date-unreadable", Detail: fmt.Sprintf("the date %q can't be read", plain.Shorten(s, 60))}
	case t.Before(earliest):
		return Date{}, &parse.Problem{Code: "date-past", Detail: fmt.Sprintf("the date %q is before 1990", plain.Shorten(s, 60))}
	case !o.Now.IsZero() && t.After(o.Now.Add(clockSkew)):
		return Date{}, &parse.Problem{Code: Future, Detail: fmt.Sprintf("the date %q is in the future", plain.Shorten(s, 60))}
	}
	t.Time = t.UTC().Truncate(time.Millisecond)
	return t, nil
}

// read reads the date whatever it is.
func read(s string, o parse.Options) (Date, bool) {
	if len(s) > longest {
		return Date{}, false
	}
	// What most feeds write needs no reader of ours.
	if len(s) >= 20 && s[4] == '-' {
		if t, err := time.Parse(time.RFC3339, s); err == nil && t.Year() < 2400 {
			return Date{Time: t}, true
		}
	} else if len(s) >= 28 && s[3] == ',' {
		if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", s); err == nil && t.Year() < 2400 {
			return Date{Time: t}, true
		}
	}
	if t, ok := epoch(s); ok {
		return Date{Time: t}, true
	}
	s, place := cutRegion(s)
	r := reader{s: normalize(s), o: o, place: place}
	t, ok := r.read()
	if ok || !r.hijri {
		return Date{t, !r.hasTime}, ok
	}
	for _, part := range calendars(r.s) {
		r := reader{s: part, o: o, place: place}
		if t, ok := r.read(); ok {
			return Date{t, !r.hasTime}, true
		}
	}
	return Date{}, false
}

// calendars parts a day that is told by two calendars, the Islamic one and that of the common
// era, in whatever order: 5 محرم 1448 هـ الموافق 20 يونيو 2026 م.
func calendars(s string) []string {
	for _, between := range []string{"الموافق", "موافق", " - ", " / ", "|", "،"} {
		if before, after, ok := strings.Cut(s, between); ok {
			return []string{before, after}
		}
	}
	return nil
}
