package store

import (
	"errors"
	"testing"
	"time"
)

func TestAttemptsToWriteRest(t *testing.T) {
	full := &Unwritable{Cause: DiskFull, Err: errors.New("full")}
	clock := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	var trouble trouble
	// rest is how long after the beginning of trouble the next attempt is made.
	rest := func() (d time.Duration) {
		trouble.began(full, clock)
		for ; !trouble.due(clock.Add(d)); d += time.Second {
		}
		clock = clock.Add(d)
		return d
	}
	for i, want := range []time.Duration{
		time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second, time.Minute, time.Minute,
	} {
		if got := rest(); got != want {
			t.Errorf("when trouble comes for the %d. time the next attempt is after %v, want %v", i+1, got, want)
		}
		trouble.ended(clock)
	}
	clock = clock.Add(calm)
	if got := rest(); got != time.Second {
		t.Errorf("trouble after a calm time: the next attempt is after %v", got)
	}
	// While it lasts the attempts keep their pace.
	if trouble.due(clock) || !trouble.due(clock.Add(time.Second)) {
		t.Error("the next attempt is not made after a second")
	}
}
