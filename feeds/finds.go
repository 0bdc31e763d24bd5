package feeds

import "time"

// Sought is what the reader of a page looks for: a search, and what narrows it further. No
// feed is narrowed so, since what is published next would have no part in most of them.
type Sought struct {
	Selection
	// Language is that of notices, also where they are in a region's or a variant of it; "" is
	// any.
	Language string
	// Since and Until are days in UTC, of which notices were published on the first at the
	// earliest and on the last at the latest, by the clocks of their publishers. The zero time
	// leaves a side open.
	Since, Until time.Time
	// Best has what fits best first, and not the newest.
	Best bool
	// Skip is how many finds come before those that are wanted, and Most how many are wanted.
	Skip, Most int
}

// Finds is what was found.
type Finds struct {
	// Feed has those finds that are wanted, in their order.
	Feed Feed
	// Count is how many there are in all, as far as was looked.
	Count int
	// More says that there may be more than that.
	More bool
	// Building says that not all notices can be found yet.
	Building bool
	// Languages are those in which something is found that the filters leave out, where
	// nothing else is.
	Languages []string
}

// MostFound is how many notices are found at most, for a page or a feed.
const MostFound = 300

// MostLooked is about how many articles that fit are looked through at most for these. There
// are more of them than notices: a word in Latin letters, or a number, is often in every
// version of a notice, and readers are shown one.
const MostLooked = 5000
