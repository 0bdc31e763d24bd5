package source

import (
	"testing"
	"time"
)

func TestWhenAFeedWantsToBeAskedNext(t *testing.T) {
	now := time.Date(2026, 5, 6, 9, 30, 0, 0, time.UTC) // a Wednesday
	for says, test := range map[string]struct {
		wishes
		want time.Time
	}{
		"it has no wish":             {wishes{}, now},
		"not within the hour":        {wishes{Every: time.Hour}, now.Add(time.Hour)},
		"a year is a mistake":        {wishes{Every: 365 * 24 * time.Hour}, now.Add(24 * time.Hour)},
		"not in these hours":         {wishes{SkipHours: []int{9, 10}}, time.Date(2026, 5, 6, 11, 0, 0, 0, time.UTC)},
		"not on this day":            {wishes{SkipDays: []time.Weekday{time.Wednesday}}, time.Date(2026, 5, 7, 0, 0, 0, 0, time.UTC)},
		"it has expired":             {wishes{Expired: true}, now.Add(7 * 24 * time.Hour)},
		"it has expired, and wishes": {wishes{Every: time.Hour, Expired: true}, now.Add(7 * 24 * time.Hour)},
	} {
		if got := test.notBefore(now); !got.Equal(test.want) {
			t.Errorf("%s: it is asked at %v, want %v", says, got, test.want)
		}
	}
}
