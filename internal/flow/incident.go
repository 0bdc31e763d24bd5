package flow

import "time"

// Incident is what is remembered of a finding while it lasts, and for a while after.
type Incident struct {
	// ID is the store's; 0 before it is stored.
	ID int64 `json:"id"`
	// Finding is the newest one; its Since stays the incident's first.
	Finding
	// Opened is when it was first found, Seen when it was last.
	Opened time.Time `json:"opened"`
	Seen   time.Time `json:"seen"`
	// Resolved is when it was found no more; zero while it lasts.
	Resolved time.Time `json:"resolved,omitzero"`
	// Taken is the word of a person who has taken it on; nil while nobody has.
	Taken *Taken `json:"taken,omitempty"`
}

// Taken is a person's word that they have taken an incident on.
type Taken struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"`
}

// Mute is a person's word that nobody is to be told of something until a time, whether it
// lasts or comes back.
type Mute struct {
	Key
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
}
