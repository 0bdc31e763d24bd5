package operate

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// longest is how far away the end of a pause or a mute may be: what is to last for ever
// belongs in the configuration.
const longest = 366 * 24 * time.Hour

// ParseUntil reads when something is to end: for how long ("90m", "4h", "3d", "2w"), a day
// ("2026-12-24", from its beginning), or a time ("2026-12-24 15:00", "2026-12-24T15:00:00Z").
// What has no zone is in that of now. The error is a [Refusal].
func ParseUntil(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, refuse(Invalid, "no end is given: say until when, or for how long, such as 4h, 3d or 2026-12-24")
	}
	if d, ok := ParseLength(text); ok {
		return ending(now.Add(d), now)
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return ending(t, now)
		}
	}
	return time.Time{}, refuse(Invalid, "%q is no time and no duration: write it like 90m, 4h, 3d, 2w, 2026-12-24 or 2026-12-24 15:00", text)
}

// ParseLength reads how long something is: "90m", "4h", "3d", "2w"; ok is false where it is
// nothing of the kind.
func ParseLength(text string) (length time.Duration, ok bool) {
	if text == "" {
		return 0, false
	}
	unit := map[byte]time.Duration{'d': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[len(text)-1]]
	if unit == 0 {
		d, err := time.ParseDuration(text)
		return d, err == nil
	}
	n, err := strconv.ParseFloat(text[:len(text)-1], 64)
	if err != nil || n != n || n < -1e4 || n > 1e4 { // beyond which a duration overflows
		return 0, false
	}
	return time.Duration(n * float64(unit)), true
}

// ending checks the end of a pause or a mute.
func ending(until, now time.Time) (time.Time, error) {
	switch {
	case !until.After(now):
		return time.Time{}, refuse(Invalid, "the end %s is over already: name one to come", shown(until))
	case until.Sub(now) > longest:
		return time.Time{}, refuse(Invalid, "the end %s is more than a year away: what is to last belongs in the configuration", shown(until))
	}
	return until, nil
}

// untilShown is the end that a text means, as the audit log keeps it: what was asked for in
// hours is read days later. What can't be read stays as it is.
func untilShown(text string, now time.Time) string {
	if end, err := ParseUntil(text, now); err == nil {
		return "until " + shown(end)
	}
	return "until " + text
}

// shown writes a time for a person, with its zone.
func shown(t time.Time) string { return t.Format("2006-01-02 15:04 MST") }

// plural counts things.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
