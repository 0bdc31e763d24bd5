package flow

import (
	"strings"
	"time"
)

// Kind names a fault that [Judge] knows, such as "worker-gone". It is stable: metrics,
// alerts, mutes and the runbook's sections go by it.
type Kind string

// Urgency is how much readers notice of a fault unless somebody acts.
type Urgency string

// The urgencies, the most urgent first.
const (
	// Page wakes somebody: readers notice, or soon will, and it does not pass by itself.
	Page Urgency = "page"
	// Ticket waits for a working day: some readers miss something, or will in days.
	Ticket Urgency = "ticket"
	// Note is shown and wakes nobody: it is as good as it can be, or passes by itself.
	Note Urgency = "note"
)

// Subject is what something is wrong with.
type Subject struct {
	// Of is what kind of thing it is.
	Of Part `json:"of"`
	// ID names it among those, such as a source's id; "" where there is only one.
	ID string `json:"id,omitempty"`
}

// Part is a kind of thing that may be at fault.
type Part string

// The parts.
const (
	OfService   Part = "service" // the whole: its processes taken together, the probe, the network
	OfProcess   Part = "process"
	OfDatabase  Part = "database"
	OfMachine   Part = "machine" // a host, with its disks, its clock and its memory
	OfSource    Part = "source"
	OfHost      Part = "host" // the server that sources are on
	OfPublisher Part = "publisher"
	OfChannel   Part = "channel"
	OfLocale    Part = "locale"
	OfExport    Part = "export"
)

// String is "source tokyo-ja", or the part alone.
func (s Subject) String() string {
	if s.ID == "" {
		return string(s.Of)
	}
	return string(s.Of) + " " + s.ID
}

// Finding is something that is wrong, at one moment.
type Finding struct {
	Kind    Kind    `json:"kind"`
	Subject Subject `json:"subject"`
	Urgency Urgency `json:"urgency"`
	// Since is when it began, as far as that can be known.
	Since time.Time `json:"since"`
	// What is wrong, in one sentence that names the subject: "Source tokyo-ja has brought
	// nothing new for 3 days; it usually does within 22 hours."
	What string `json:"what"`
	// Readers says how much readers notice, in one sentence.
	Readers string `json:"readers"`
	// Do says what to do, in one sentence or two, with the command or the place.
	Do string `json:"do"`
	// Publishers are those whose news it stops or thins; none where it is all, or none.
	Publishers []string `json:"publishers,omitempty"`
	// Dark are those of them of which nothing flows.
	Dark []string `json:"dark,omitempty"`
	// Covers are the findings that follow from it and that are not told beside it.
	Covers []Key `json:"-"`
}

// Key names what is found, whenever and with whatever numbers: one incident has one key.
func (f Finding) Key() Key { return Key{f.Kind, f.Subject} }

// Key is a kind of fault and what has it.
type Key struct {
	Kind    Kind    `json:"kind"`
	Subject Subject `json:"subject"`
}

// Anchor is what a page names a finding's place by, and an address behind its "#".
func (k Key) Anchor() string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '#' || r == '%' {
			return '_'
		}
		return r
	}, string(k.Kind)+"-"+k.Subject.String())
}

// Rule is what holds for all findings of a kind.
type Rule struct {
	Kind Kind
	// Title is the kind in a few words, a heading of the runbook: "A disk is full".
	Title string
	// Urgency is the usual one. A finding may be more urgent or less, such as a certificate
	// that expires tomorrow.
	Urgency Urgency
	// Promise is how long after the fault began it is told at the latest; 0 is at once. Where
	// that is counted in something else than time it is the zero value, and Within says it.
	Promise time.Duration
	// Within is the promise in words: "1 min", "two visits", "beyond its own rhythm, at
	// least a day".
	Within string
	// Calm is how long it must not be found before it is over, so that what flaps is one
	// incident.
	Calm time.Duration
	// Stops says that while it lasts at its usual urgency no news flows at all.
	Stops bool
}
