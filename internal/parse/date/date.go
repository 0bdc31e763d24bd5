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

// Parse reads a date as people and programs write it, in any of forty
// languages, with eras and digits of all of them. A date without a zone is read in
// the source's; one without a time begins its day. The result is in UTC, to the
// millisecond. A date that can't be true, in the future or before 1990, gives the
// zero time and a problem, as does one that can't be read; "" gives neither.
func Parse(s string, o parse.Options) (time.Time, *parse.Problem) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	t, ok := read(s, o)
	switch {
	case !ok:
		return time.Time{}, &parse.Problem{Code: "date-unreadable", Detail: fmt.Sprintf("the date %q can't be read", plain.Shorten(s, 60))}
	case t.Before(earliest):
		return time.Time{}, &parse.Problem{Code: "date-past", Detail: fmt.Sprintf("the date %q is before 1990", plain.Shorten(s, 60))}
	case !o.Now.IsZero() && t.After(o.Now.Add(clockSkew)):
		return time.Time{}, &parse.Problem{Code: Future, Detail: fmt.Sprintf("the date %q is in the future", plain.Shorten(s, 60))}
	}
	return t.UTC().Truncate(time.Millisecond), nil
}

// read reads the date whatever it is.
func read(s string, o parse.Options) (time.Time, bool) {
	if len(s) > longest {
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
	if t, ok := epoch(s); ok {
		return t, true
	}
	s, place := cutRegion(s)
	r := reader{s: normalize(s), o: o, place: place}
	t, ok := r.read()
	if ok || !r.hijri {
		return t, ok
	}
	for _, part := range calendars(r.s) {
		r := reader{s: part, o: o, place: place}
		if t, ok := r.read(); ok {
			return t, true
		}
	}
	return time.Time{}, false
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
