package ledger

import "time"

// The kinds of hold.
const (
	// HoldWithdrawals is on a run that would withdraw too much of a complete source.
	// It waits for a person.
	HoldWithdrawals = "withdrawals"
	// The others are on a source that has suddenly changed; see quarantine.go. They
	// end by themselves.
	HoldGUIDs    = "guids"    // it gives all its articles other GUIDs
	HoldItems    = "items"    // it has less than half of its items
	HoldLanguage = "language" // it says that its articles are in another language
	HoldDates    = "dates"    // it has shifted its dates by hours
)

// Hold is a part of a source's runs that waits. It stays until the source's state
// makes it moot, or a run after the release does what was held.
type Hold struct {
	Source string
	Kind   string
	// Reason says in a sentence what the run would do.
	Reason string
	// Since is when it was held first; Released is zero while it waits.
	Since, Released time.Time
	// Articles are some of those that it is about, by title, or by link where a listing
	// left them out.
	Articles []string

	Digest string // of what the run would do
	Agreed int    // runs that would do the same since
}
