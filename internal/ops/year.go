package ops

import (
	"fmt"
	"math"
	"time"
)

const (
	yearDays      = 365
	secondsPerDay = 24 * 60 * 60
)

// year is a small picture of what a source brought in a year: a bar upwards for the new
// articles of each day, on a logarithmic scale, and one downwards for the visits that failed.
type year struct {
	Label  string
	Bars   []bar
	Months []month
	New    int
	Failed int // days with failures
}

// bar is a day of the picture.
type bar struct {
	X, Y, Height int
	Class, Label string
}

// month is a mark of the axis, and a row of the picture's table.
type month struct {
	X                 int
	Name, Long        string
	New, Runs, Failed int
}

// The picture, in its own units: a day is dayWide; bars stand on base.
const (
	dayWide  = 2
	yearBase = 48
	failRoom = 16
)

// Width and Height are the picture's.
func (year) Width() int  { return yearDays * dayWide }
func (year) Height() int { return yearBase + failRoom + 14 }

// Base is where the bars stand, and Text where the months' names do.
func (year) Base() int { return yearBase }
func (year) Text() int { return yearBase + failRoom + 12 }

// newYear draws the days of the year that ends today.
func newYear(days []Day, today int64) (y year) {
	first := today - yearDays + 1
	most, best, with := 0, int64(0), 0
	for _, d := range days {
		if d.New > most {
			most, best = d.New, d.Day
		}
	}
	y.months(first, today)
	for _, d := range days {
		if d.Day < first || d.Day > today {
			continue
		}
		x, name := int(d.Day-first)*dayWide, dayTime(d.Day).Format("2 Jan 2006")
		m := &y.Months[y.monthAt(x)]
		m.New, m.Runs, m.Failed = m.New+d.New, m.Runs+d.Runs, m.Failed+d.Failed
		if d.New > 0 {
			height := 4 + int(math.Round(float64(yearBase-6)*math.Log1p(float64(d.New))/math.Log1p(float64(most))))
			y.Bars = append(y.Bars, bar{x, yearBase - height, height, "good", fmt.Sprintf("%s: %d new", name, d.New)})
			y.New, with = y.New+d.New, with+1
		}
		if d.Failed > 0 {
			height := 3 + int(math.Round(float64(failRoom-3)*float64(d.Failed)/float64(max(d.Runs, d.Failed))))
			y.Bars = append(y.Bars, bar{x, yearBase + 1, height, "bad", fmt.Sprintf("%s: %d of %d visits failed", name, d.Failed, d.Runs)})
			y.Failed++
		}
	}
	y.Label = "Nothing new came in the last year"
	if y.New > 0 {
		y.Label = fmt.Sprintf("%s on %s in the last year, most on %s (%d)", counted(y.New, "new article", "new articles"), counted(with, "day", "days"), dayTime(best).Format("2 January"), most)
	}
	switch y.Failed {
	case 0:
		y.Label += "; no visit failed."
	default:
		y.Label += "; visits failed on " + counted(y.Failed, "day", "days") + "."
	}
	return y
}

// months marks where months begin.
func (y *year) months(first, today int64) {
	for day := first; day <= today; day++ {
		if t := dayTime(day); t.Day() == 1 || day == first {
			y.Months = append(y.Months, month{X: int(day-first) * dayWide, Name: t.Format("Jan"), Long: t.Format("January 2006")})
		}
	}
	if len(y.Months) > 1 && y.Months[1].X < 12*dayWide {
		y.Months[0].Name = "" // there is no room for both
	}
}

// monthAt is the month that a place of the picture is in.
func (y *year) monthAt(x int) int {
	at := 0
	for i, m := range y.Months {
		if m.X <= x {
			at = i
		}
	}
	return at
}

func dayTime(day int64) time.Time { return time.Unix(day*secondsPerDay, 0).UTC() }
