package date

import "time"

// moment returns when a clock on the wall in loc shows what wall shows in UTC. All dates
// that name no offset become moments here.
//
// A time that the clock shows twice, as it is put back, is the first of the two. One that
// it jumps over, as it is put forward, is read by the clock as it was before (RFC 5545
// §3.3.5). But a day stays that day: where half past eleven of Saturday would so become
// half past midnight of Sunday, it is read by the clock as it is afterwards. So a day
// without a time begins when it begins, be it at one o'clock, where [time.Date] may give
// the day before. A day that is left out altogether becomes the beginning of the next.
func moment(wall time.Time, loc *time.Location) time.Time {
	year, month, day := wall.Date()
	t := time.Date(year, month, day, wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), loc)
	start, end := t.ZoneBounds()
	for _, change := range []time.Time{start, end} {
		if change.IsZero() {
			continue
		}
		_, before := change.Add(-time.Second).Zone()
		_, after := change.Zone()
		asBefore := wall.Add(-time.Duration(before) * time.Second).In(loc)
		asAfter := wall.Add(-time.Duration(after) * time.Second).In(loc)
		switch twice, skipped := asBefore.Before(change) && !asAfter.Before(change), !asBefore.Before(change) && asAfter.Before(change); {
		case twice, skipped && sameDate(asBefore, wall):
			return asBefore
		case skipped && sameDate(asAfter, wall):
			return asAfter
		case skipped:
			return change
		}
	}
	return t
}

// sameDate reports whether two times show the same day, each in its own zone.
func sameDate(a, b time.Time) bool {
	y, m, d := a.Date()
	year, month, day := b.Date()
	return y == year && m == month && d == day
}
