package flow_test

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

func TestLasting(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Second: "1 second", -time.Second: "1 second", 99 * time.Second: "99 seconds", 100 * time.Second: "2 minutes",
		99 * time.Minute: "99 minutes", 110 * time.Minute: "2 hours", 47 * time.Hour: "47 hours", 48 * time.Hour: "2 days", 72 * time.Hour: "3 days",
	} {
		if got := flow.Lasting(d); got != want {
			t.Errorf("%s is %q, want %q", d.String(), got, want)
		}
	}
}
