package flow

import "time"

// Rhythm is what was learned of when a source brings something new: its own past weeks, by
// day and hour.
type Rhythm struct {
	// Learned is when; zero if it never was.
	Learned time.Time `json:"learned"`
	// Arrivals are the hours in which something new came, in hours since 1970 UTC, ascending,
	// of [RhythmWindow] at most.
	Arrivals []int64 `json:"arrivals,omitempty"`
	// Days are the new articles of each UTC day that it was visited on, in days since 1970,
	// ascending.
	Days []Day `json:"days,omitempty"`
}

// Day is what came on a UTC day.
type Day struct {
	Day int64 `json:"d"`
	New int   `json:"n"`
}

// RhythmWindow is how far back a rhythm looks.
const RhythmWindow = 8 * 7 * 24 * time.Hour
