package main

import (
	"errors"
	"time"

	"github.com/kairan-news/kairan/internal/operate"
)

// lookback is a flag that says how far back to look, in the words in which a pause is told
// how long it is: "48h", "3d", "2w". Zero is not at all.
type lookback time.Duration

func (l *lookback) String() string {
	if *l == 0 {
		return ""
	}
	return time.Duration(*l).String()
}

func (l *lookback) Set(text string) error {
	d, ok := operate.ParseLength(text)
	if !ok || d <= 0 {
		return errors.New("write it like 90m, 48h, 3d or 2w")
	}
	*l = lookback(d)
	return nil
}

// Type is what the help calls its value.
func (l *lookback) Type() string { return "TIME" }

// from is the time so far before now.
func (l lookback) from(now time.Time) time.Time { return now.Add(-time.Duration(l)) }
