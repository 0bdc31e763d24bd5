package search

import "time"

// Dates are searched for by decades, years and months of UTC, so that what is asked for is a
// few tokens however long it is. Days within a month are looked at by whoever asks.

// The format of a month, and how much of one its year and its decade are.
const (
	monthFormat  = "2006-01"
	yearLength   = len("2006")
	decadeLength = len("200")
)

// The years between which articles are told apart.
const (
	firstYear = 1970
	lastYear  = 2099
)

// dates are the decade, the year and the month of a time; none without one.
func dates(t time.Time) []string {
	if t.IsZero() {
		return nil
	}
	month := t.UTC().Format(monthFormat)
	return []string{month[:decadeLength], month[:yearLength], month}
}

// datesBetween are the decades, years and months of a stretch of time from one (inclusive) to
// another (exclusive), of which a zero one is open. All time is nil.
func datesBetween(since, until time.Time) []string {
	if since.IsZero() && until.IsZero() {
		return nil
	}
	from, end := beginning(firstYear, time.January), beginning(lastYear+1, time.January)
	if since.After(from) {
		from = beginning(since.UTC().Year(), since.UTC().Month())
	}
	if !until.IsZero() && until.Before(end) {
		end = until
	}
	found := []string{}
	for from.Before(end) {
		month := from.Format(monthFormat)
		switch decade, year := from.AddDate(10, 0, 0), from.AddDate(1, 0, 0); {
		case from.Month() == time.January && from.Year()%10 == 0 && !decade.After(end):
			found, from = append(found, month[:decadeLength]), decade
		case from.Month() == time.January && !year.After(end):
			found, from = append(found, month[:yearLength]), year
		default:
			found, from = append(found, month), from.AddDate(0, 1, 0)
		}
	}
	return found
}

// beginning is when a month begins.
func beginning(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}
