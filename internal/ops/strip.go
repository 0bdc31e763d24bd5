package ops

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// strip is a small picture of a source's runs, the oldest first: a bar's height is
// how long the run took, on a logarithmic scale, and its colour how it ended.
type strip struct {
	Label string
	Width int
	Bars  []bar
}

type bar struct {
	Class, Label string
	X, Y, Height int
}

const (
	barStep   = 10 // from one bar to the next, in the picture's own units
	barTop    = 40
	barLowest = 8
)

func newStrip(runs []Run) strip {
	s := strip{Width: runsShown * barStep}
	failed := 0
	for i, r := range slices.Backward(runs) {
		if r.Failed() {
			failed++
		}
		height := barLowest + int(math.Log10(1+float64(r.Took)/float64(time.Millisecond))*7)
		height = min(height, barTop)
		s.Bars = append(s.Bars, bar{
			Class: r.barClass(), Height: height, Y: barTop - height,
			// The newest stands at the end, whether the row is full or not.
			X:     s.Width - (i+1)*barStep,
			Label: fmt.Sprintf("%s: %s, %d new, %d changed", r.Started.UTC().Format(time.DateTime), r.Outcome, r.New, r.Changed),
		})
	}
	s.Label = fmt.Sprintf("%d runs, %d of them failed", len(runs), failed)
	return s
}

func (r Run) barClass() string {
	switch {
	case r.Failed():
		return "bad"
	case r.Outcome == "held" || r.Outcome == "skipped" || r.Outcome == "partial":
		return "wait"
	case r.New+r.Changed > 0:
		return "good"
	}
	return "same"
}

// Class is how a table shows the outcome.
func (r Run) Class() string {
	switch {
	case r.Failed():
		return "failed"
	case r.Outcome == "held" || r.Outcome == "partial":
		return "held"
	}
	return "ok"
}
