//go:build linux

package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row is one figure.
type row struct{ what, measured, wanted string }

// rows are the figures in the order in which they were measured.
type rows []row

func (r *rows) add(what, wanted, format string, args ...any) {
	measured := fmt.Sprintf(format, args...)
	progress("%s: %s (wanted %s)", what, measured, wanted)
	*r = append(*r, row{what, measured, wanted})
}

func (r rows) print(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tmeasured\twanted")
	for _, row := range r {
		fmt.Fprintf(t, "%s\t%s\t%s\n", row.what, row.measured, row.wanted)
	}
	_ = t.Flush() // to standard output
}

// quantile returns what so many per cent of the times are below; 0 without any.
func quantile(times []time.Duration, per float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(per/100*float64(len(sorted))))]
}

func megabytes(n int64) float64 { return float64(n) / 1e6 }

// median is the middle of some values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// plotWide is how many signs a plot has.
const plotWide = 40

// plot draws values in a line, from nothing to the largest.
func plot(values []float64) string {
	levels := []rune(" ▁▂▃▄▅▆▇█")
	most := max(slices.Max(values), 1)
	wide := min(plotWide, len(values))
	line := make([]rune, wide)
	for i := range line {
		v := values[i*len(values)/wide]
		line[i] = levels[int(v/most*float64(len(levels)-1))]
	}
	return string(line)
}
