package config

import (
	"strings"
	"testing"
	"time"
)

func TestASchedulePassesOverNoChangeOfSummerTime(t *testing.T) {
	for _, test := range []struct {
		what, zone, spec, from string
		want                   string // the next times on the wall, with the hours from UTC
	}{
		{"02:30 does not exist: once, as the gap ends", "Europe/Amsterdam", "30 2 * * *", "2026-03-28T12:00:00+01:00",
			"2026-03-29 03:00 +2, 2026-03-30 02:30 +2, 2026-03-31 02:30 +2"},
		{"a gap has one run, however many fell into it", "Europe/Amsterdam", "*/10 2 * * *", "2026-03-29T01:00:00+01:00",
			"2026-03-29 03:00 +2, 2026-03-30 02:00 +2"},
		{"02:30 comes twice: the first time only", "Europe/Amsterdam", "30 2 * * *", "2026-10-24T12:00:00+02:00",
			"2026-10-25 02:30 +2, 2026-10-26 02:30 +1"},
		{"in the second 02:10 nothing is left to run", "Europe/Amsterdam", "30 2 * * *", "2026-10-25T02:10:00+01:00",
			"2026-10-26 02:30 +1"},
		{"03:00 follows the second 02:59", "Europe/Amsterdam", "0 3 * * *", "2026-10-25T02:59:59+01:00",
			"2026-10-25 03:00 +1"},
		{"every two hours", "Europe/Amsterdam", "0 */2 * * *", "2026-10-24T23:30:00+02:00",
			"2026-10-25 00:00 +2, 2026-10-25 02:00 +2, 2026-10-25 04:00 +1"},
		{"each half hour goes by the hours that pass, back", "Europe/Amsterdam", "*/30 * * * *", "2026-10-25T01:45:00+02:00",
			"2026-10-25 02:00 +2, 2026-10-25 02:30 +2, 2026-10-25 02:00 +1, 2026-10-25 02:30 +1, 2026-10-25 03:00 +1"},
		{"each half hour goes by the hours that pass, forth", "Europe/Amsterdam", "*/30 * * * *", "2026-03-29T01:15:00+01:00",
			"2026-03-29 01:30 +1, 2026-03-29 03:00 +2, 2026-03-29 03:30 +2"},
		{"a minute of each hour that the gap leaves as it is", "Europe/Amsterdam", "15 * * * *", "2026-03-29T01:30:00+01:00",
			"2026-03-29 03:00 +2, 2026-03-29 03:15 +2"},
		{"the day after is not touched", "Europe/Amsterdam", "0 6 * * *", "2026-03-28T07:00:00+01:00",
			"2026-03-29 06:00 +2, 2026-03-30 06:00 +2"},

		{"Toronto, forth", "America/Toronto", "30 2 * * *", "2026-03-07T12:00:00-05:00",
			"2026-03-08 03:00 -4, 2026-03-09 02:30 -4"},
		{"Toronto, back", "America/Toronto", "30 1 * * *", "2026-10-31T12:00:00-04:00",
			"2026-11-01 01:30 -4, 2026-11-02 01:30 -5"},
		{"Toronto, by the hour", "America/Toronto", "0 * * * *", "2026-11-01T00:30:00-04:00",
			"2026-11-01 01:00 -4, 2026-11-01 01:00 -5, 2026-11-01 02:00 -5"},
		{"Sydney, forth", "Australia/Sydney", "30 2 * * sun", "2026-10-03T12:00:00+10:00",
			"2026-10-04 03:00 +11, 2026-10-11 02:30 +11"},
		{"Sydney, back", "Australia/Sydney", "30 2 * * *", "2026-04-04T12:00:00+11:00",
			"2026-04-05 02:30 +11, 2026-04-06 02:30 +10"},
		{"a midnight that does not exist", "America/Santiago", "0 0 * * *", "2026-09-05T12:00:00-04:00",
			"2026-09-06 01:00 -3, 2026-09-07 00:00 -3"},
		{"a day that does not exist", "Pacific/Apia", "0 9 * * *", "2011-12-29T10:00:00-10:00",
			"2011-12-31 00:00 +14, 2011-12-31 09:00 +14"},
		{"no summer time at all", "Asia/Tokyo", "0 6,18 * * mon-fri", "2026-11-06T12:00:00+09:00",
			"2026-11-06 18:00 +9, 2026-11-09 06:00 +9"},
		{"years without a change in between", "Europe/Amsterdam", "0 0 29 2 *", "2026-01-01T00:00:00+01:00",
			"2028-02-29 00:00 +1, 2032-02-29 00:00 +1"},
		{"an interval ignores the wall", "Europe/Amsterdam", "@every 90m", "2026-10-25T01:00:00+02:00",
			"2026-10-25 02:30 +2, 2026-10-25 03:00 +1"},
		{"@daily", "Europe/Amsterdam", "@daily", "2026-10-24T12:00:00+02:00",
			"2026-10-25 00:00 +2, 2026-10-26 00:00 +1"},
	} {
		t.Run(test.what, func(t *testing.T) {
			zone, err := time.LoadLocation(test.zone)
			if err != nil {
				t.Fatal(err)
			}
			schedule, err := ParseSchedule(test.spec)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, test.from)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for range strings.Split(test.want, ", ") {
				at = schedule.Next(at.In(zone))
				_, offset := at.Zone()
				got = append(got, at.Format("2006-01-02 15:04 ")+strings.TrimSuffix((time.Duration(offset)*time.Second).String(), "h0m0s"))
			}
			if s := strings.ReplaceAll(strings.Join(got, ", "), " -", " -"); s != strings.ReplaceAll(test.want, "+", "") {
				t.Errorf("from %s\n got %s\nwant %s", test.from, s, test.want)
			}
		})
	}
}

// Whatever the moment, the next time is later, and no earlier one was due.
func TestNextNeverStandsStillNorSkips(t *testing.T) {
	zone, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range []string{"*/20 * * * *", "*/20 2 * * *", "0 */3 * * *"} {
		schedule, err := ParseSchedule(spec)
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range []time.Time{time.Date(2026, 4, 4, 20, 0, 0, 0, zone), time.Date(2026, 10, 3, 20, 0, 0, 0, zone)} {
			next := schedule.Next(day)
			for at := day; at.Before(day.Add(12 * time.Hour)); at = at.Add(7 * time.Second) {
				got := schedule.Next(at)
				if !got.After(at) {
					t.Fatalf("%s: after %s comes %s", spec, at, got)
				}
				if !at.Before(next) {
					next = got
				}
				if !got.Equal(next) {
					t.Fatalf("%s: at %s the next time is %s, and was %s before", spec, at, got, next)
				}
			}
		}
	}
}

func TestSchedulesThatCannotBeMeantAreRefused(t *testing.T) {
	for _, test := range []struct{ spec, want string }{
		{"", "the schedule is empty"},
		{"TZ=Asia/Tokyo", "no time zone of its own"},
		{"CRON_TZ=Asia/Tokyo 0 6 * * *", "no time zone of its own"},
		{"0 0 30 2 *", "the schedule never comes"},
		{"0 0 31 4,6,9,11 *", "the schedule never comes"},
		{"* * * *", "has 5 fields, this one has 4"},
		{"0 * * * * *", "leave the seconds out"},
		{"60 * * * *", "above maximum"},
		{"* 24 * * *", "above maximum"},
		{"* * 0 * *", "below minimum"},
		{"* * * * 7", "Sunday is 0"},
		{"5-1 * * * *", "beyond end of range"},
		{"*-5 * * * *", `"*-5" is no minute`},
		{"1,,2 * * * *", `"1,,2" is no minute`},
		{"+5 * * * *", `"+5" is no minute`},
		{"*/90 * * * *", `use "@every"`},
		{"*/0 * * * *", "is not within"},
		{"* * L * *", `"L" is no day of the month`},
		{"* * * foo *", `"foo" is no month`},
		{"0 9 * * mon-fre", `"mon-fre" is no day of the week`},
		{"@every", "@every needs a duration"},
		{"@every30m", "@every needs a duration"},
		{"@every 30", "@every needs a duration"},
		{"@every 30s", "@every 30s is too often"},
		{"@every -1h", "is too often"},
		{"@every 61.5s", "exact to the second"},
		{"@hourli", `did you mean "@hourly"?`},
		{"@reboot", "unknown schedule"},
		{"every hour", "has 5 fields, this one has 2"},
	} {
		if _, err := ParseSchedule(test.spec); err == nil {
			t.Errorf("%q was accepted", test.spec)
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got %q, want %q in it", test.spec, err, test.want)
		}
	}
	for _, spec := range []string{"0 0 30 2 mon", "0 0 29 2 *", "? ? ? ? ?", "5/15 * * * *", "0 9-17/2 1,15 jan-jun mon", " @hourly ", "@every 1m", "@every 26h", "@weekly"} {
		if _, err := ParseSchedule(spec); err != nil {
			t.Errorf("%q: %v", spec, err)
		}
	}
}
