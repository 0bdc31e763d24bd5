package date

import (
	"archive/zip"
	"go/build"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

func TestADayIsThatDay(t *testing.T) {
	for _, test := range []struct{ zone, in, want, remark string }{
		{"America/Santiago", "2026-09-06", "2026-09-06 01:00 -03", "it begins at one o'clock"},
		{"America/Santiago", "6 septembre 2026", "2026-09-06 01:00 -03", "in words"},
		{"America/Santiago", "2026年9月6日", "2026-09-06 01:00 -03", "with units"},
		{"America/Santiago", "令和8年9月6日", "2026-09-06 01:00 -03", "with an era"},
		{"America/Santiago", "6 กันยายน 2569", "2026-09-06 01:00 -03", "of the Buddhist era"},
		{"America/Santiago", "20260906", "2026-09-06 01:00 -03", "in digits alone"},
		{"America/Santiago", "06.09.2026 00:30", "2026-09-06 01:30 -03", "a time that the clock jumps over"},
		{"America/Santiago", "2026-09-06T00:00:00", "2026-09-06 01:00 -03", "midnight, which it jumps over"},
		{"America/Santiago", "2026-09-05 24:00", "2026-09-06 01:00 -03", "the end of the day before"},
		{"America/Santiago", "2026-09-05 23:59:59", "2026-09-05 23:59 -04", "the last second before"},
		{"America/Santiago", "2026-09-06 01:00", "2026-09-06 01:00 -03", "the first after"},
		{"America/Santiago", "2026-09-06T00:30:00-04:00", "2026-09-06 01:30 -03", "an offset leaves no doubt"},
		{"America/Santiago", "2026-09-06 00:30 UTC", "2026-09-05 20:30 -04", "nor does a named zone"},
		{"America/Santiago", "2026-04-04 23:30", "2026-04-04 23:30 -03", "the first of two, as the day becomes an hour longer"},
		{"America/Havana", "2026-03-08", "2026-03-08 01:00 CDT", ""},
		{"America/Havana", "2026-11-01", "2026-11-01 00:00 CDT", "of two midnights the first"},
		{"America/Asuncion", "2023-10-01", "2023-10-01 01:00 -03", ""},
		{"Atlantic/Azores", "2026-03-29", "2026-03-29 01:00 +00", ""},
		{"Asia/Beirut", "2026-03-29", "2026-03-29 01:00 EEST", "east of Greenwich"},
		{"Africa/Cairo", "2026-04-24", "2026-04-24 01:00 EEST", ""},
		{"America/Nuuk", "2026-03-28 23:30", "2026-03-28 22:30 -02", "the hour before midnight is skipped: Saturday stays Saturday"},
		{"America/Nuuk", "2026-03-29", "2026-03-29 00:00 -01", "and Sunday Sunday"},
		{"America/New_York", "2026-03-08 02:30", "2026-03-08 03:30 EDT", "by the clock as it was before"},
		{"America/New_York", "2026-11-01 01:30", "2026-11-01 01:30 EDT", "the first of two"},
		{"Europe/Berlin", "2026-03-29 02:30", "2026-03-29 03:30 CEST", ""},
		{"Europe/Berlin", "2026-10-25 02:30", "2026-10-25 02:30 CEST", "the first of two, east of Greenwich"},
		{"Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04 02:45 +11", "half an hour"},
		{"Pacific/Apia", "2011-12-29", "2011-12-29 00:00 -10", ""},
		{"Pacific/Apia", "2011-12-30", "2011-12-31 00:00 +14", "a day that Samoa left out"},
		{"Pacific/Apia", "2011-12-30 15:00", "2011-12-31 00:00 +14", ""},
		{"Pacific/Apia", "2011-12-31", "2011-12-31 00:00 +14", ""},
		{"Asia/Tokyo", "2026-09-06", "2026-09-06 00:00 JST", "no summer time at all"},
		{"UTC", "2026-09-06", "2026-09-06 00:00 UTC", ""},
	} {
		zone := parsetest.Zone(t, test.zone)
		got, problem := Parse(test.in, parse.Options{Location: zone})
		if text := got.In(zone).Format("2006-01-02 15:04 MST"); text != test.want || problem != nil {
			t.Errorf("%s in %s is %s, want %s %v: %s", test.in, test.zone, text, test.want, problem, test.remark)
		}
	}
}

// In all zones, on the days around all changes of the clock, the day and the time that
// were read are those that are shown.
func TestEveryDayOfEveryZoneIsThatDay(t *testing.T) {
	zones, changes := 0, 0
	for _, name := range zoneNames(t) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		zones++
		for at := time.Date(1990, 2, 1, 0, 0, 0, 0, zone); ; {
			_, change := at.ZoneBounds()
			if change.IsZero() || change.Year() > 2037 {
				break
			}
			at = change
			changes++
			_, before := change.Add(-time.Second).Zone()
			_, after := change.Zone()
			jumpsFrom := change.UTC().Add(time.Duration(before) * time.Second) // what the wall shows
			jumpsTo := change.UTC().Add(time.Duration(after) * time.Second)
			for _, wall := range []time.Time{
				jumpsFrom.Truncate(24 * time.Hour), jumpsTo.Truncate(24 * time.Hour), jumpsTo.Truncate(24*time.Hour).AddDate(0, 0, 1),
				jumpsFrom.Add(-time.Minute), jumpsFrom, jumpsFrom.Add(15 * time.Minute), jumpsTo.Add(-time.Minute), jumpsTo, jumpsTo.Add(15 * time.Minute),
			} {
				skipped := !wall.Before(jumpsFrom) && wall.Before(jumpsTo)
				left := skipped && jumpsTo.Sub(jumpsFrom) >= 24*time.Hour // to the other side of the date line
				for _, layout := range []string{time.DateOnly, "2006-01-02 15:04"} {
					text := wall.Format(layout)
					got, problem := Parse(text, parse.Options{Location: zone})
					if problem != nil {
						t.Fatalf("%s: %v", name, problem)
					}
					shown := got.In(zone).Format(layout)
					switch {
					case left:
						text = jumpsTo.Format(layout)
					case skipped && shown[:10] == text[:10]:
						continue
					}
					if shown != text {
						t.Errorf("%s: %s is shown as %s", name, wall.Format(layout), shown)
					}
				}
			}
		}
	}
	if zones < 300 || changes < 10_000 {
		t.Errorf("%d zones with %d changes were looked at: that is not all", zones, changes)
	}
}

// zoneNames returns the names of the zones that Go brings along.
func zoneNames(t *testing.T) (names []string) {
	t.Helper()
	list, err := zip.OpenReader(filepath.Join(build.Default.GOROOT, "lib", "time", "zoneinfo.zip"))
	if err != nil {
		const says = "without Go's own list of time zones not all of them are tried: %v"
		if os.Getenv("CI") != "" {
			t.Fatalf(says, err)
		}
		t.Skipf(says, err)
	}
	defer list.Close()
	for _, f := range list.File {
		if !strings.HasSuffix(f.Name, "/") {
			names = append(names, f.Name)
		}
	}
	return names
}
