package flow_test

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

func TestABackupIsExpectedAsTheyWereMade(t *testing.T) {
	at := func(hours ...int) (times []time.Time) {
		for _, h := range hours {
			times = append(times, noon.Add(time.Duration(h)*time.Hour))
		}
		return times
	}
	for _, test := range []struct {
		remark string
		times  []time.Time
		every  time.Duration
	}{
		{"none", nil, 0},
		{"one by hand", at(-50), 0},
		{"too few", at(-72, -48, -24), 0},
		{"each night", at(-97, -72, -48, -24), 25 * time.Hour},
		{"by hand, before upgrades", at(-2000, -900, -100, -24), 0},
		{"four at once", at(-24, -24, -24, -24), 0},
	} {
		got := flow.BackupsAt(test.times)
		if got.Every != test.every {
			t.Errorf("%s: expected every %v, want %v", test.remark, got.Every, test.every)
		}
		if n := len(test.times); n > 0 && !got.Last.Equal(test.times[n-1]) {
			t.Errorf("%s: the last is %v", test.remark, got.Last)
		}
	}
}
