package config

import (
	"strings"
	"testing"
	"time"
)

func TestQuietDays(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 1, 2, 12, 0, 0, 0, tokyo)
	for _, c := range []struct {
		days string
		want string // the spans between 60 days before and 30 after
		why  string
	}{
		{"2026-12-29", "2026-12-29T00:00:00+09:00 2026-12-30T00:00:00+09:00", "a day"},
		{"2026-12-29..2027-01-03", "2026-12-29T00:00:00+09:00 2027-01-04T00:00:00+09:00", "over the end of the year"},
		{"--12-29..--01-03", "2026-12-29T00:00:00+09:00 2027-01-04T00:00:00+09:00", "of each year, over its end"},
		{"--12-25", "2026-12-25T00:00:00+09:00 2026-12-26T00:00:00+09:00", "of each year"},
		{"--01-11", "2027-01-11T00:00:00+09:00 2027-01-12T00:00:00+09:00", "ahead"},
		{"2025-12-25", "", "long ago"},
		{"--07-20", "", "not now"},
	} {
		d, f := parseDays(c.days)
		if f != nil {
			t.Errorf("%s: %s", c.days, f.what)
			continue
		}
		var got []string
		for _, s := range (Quiet{d}).Within(now.AddDate(0, 0, -60), now.AddDate(0, 0, 30), tokyo) {
			got = append(got, s.From.Format(time.RFC3339), s.Until.Format(time.RFC3339))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s (%s) is %q, want %q", c.days, c.why, got, c.want)
		}
	}
	for _, bad := range []string{"", "2026-02-30", "12-25", "--13-01", "2027-01-03..2026-12-29", "2026-12-29..--01-03", "25 December", "0000-01-01", "2026-12-29..", "--02-30"} {
		if _, f := parseDays(bad); f == nil || f.hint == "" {
			t.Errorf("%q is taken for days", bad)
		}
	}
}

func TestDurationsInDays(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"7d": 7 * 24 * time.Hour, "1d12h": 36 * time.Hour, "0.5d": 12 * time.Hour, "36h": 36 * time.Hour, "0": 0,
		"d": -1, "-1d": -1, "1d1d": -1, "1e300d": -1, "7 d": -1,
	} {
		if got := time.Duration(readDuration(text)); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
