package fetch

import (
	"strings"
	"time"
)

// A permanent redirect is believed after so many sightings over so long a time.
const (
	MoveSightings = 3
	MovePeriod    = 24 * time.Hour
)

// Moves remembers where permanent redirects lead, until they can be believed: a
// captive portal, a slip of an administrator and an expired domain also answer 301.
// It is a plain value, kept as JSON; the zero value has seen nothing.
type Moves struct {
	// From and To are the address asked and the one it leads to; "" if the last
	// whole answer came without a permanent redirect.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Count is how often it was seen, First and Last are when.
	Count int       `json:"count,omitempty"`
	First time.Time `json:"first,omitzero"`
	Last  time.Time `json:"last,omitzero"`
}

// See takes the response of a successful fetch, and returns the new state and the
// address to use from now on; "" while the old one stays. The fetch's failures are
// no evidence and must not be given to it.
//
// An address is adopted when every hop of the chain was permanent (301 or 308),
// [MoveSightings] times in a row to the same end, over at least [MovePeriod]. What
// is never adopted: a chain with a temporary hop (302, 303, 307), a step from https
// down to http, one to another host while the source has credentials, since these
// would follow it there, and one from an address that holds its credentials itself,
// since they would be lost.
func (m Moves) See(r *Response, now time.Time) (state Moves, adopt string) {
	to := r.MovedPermanently()
	if to == "" || to == r.requested || r.CredentialsWithheld || r.tied ||
		(strings.HasPrefix(r.requested, "https:") && !strings.HasPrefix(to, "https:")) {
		return Moves{}, ""
	}
	if m.From != r.requested || m.To != to || now.Before(m.First) {
		return Moves{From: r.requested, To: to, Count: 1, First: now, Last: now}, ""
	}
	m.Count++
	m.Last = now
	if m.Count >= MoveSightings && now.Sub(m.First) >= MovePeriod {
		return Moves{}, to
	}
	return m, ""
}
