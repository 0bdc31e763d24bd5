package ops

import (
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Run is one visit to a source.
type Run struct {
	ID      int64
	Source  string
	Started time.Time
	Took    time.Duration
	Outcome string
	Status  int   // of HTTP; 0 if there was no answer
	Bytes   int64 // over the wire
	New     int
	Changed int
	Error   string
	// Problems are what was wrong with the document.
	Problems []string
}

// readDocument reports whether the visit read a document, whose problems are then the
// source's: a visit that found nothing new, or nothing at all, says no more of it.
func (r Run) readDocument() bool {
	switch r.Outcome {
	case "unchanged", "failed", "skipped":
		return len(r.Problems) > 0
	}
	return true
}

// Failed reports whether the visit ended in an error.
func (r Run) Failed() bool { return r.Error != "" }

// RunQuery says which runs are asked for.
type RunQuery struct {
	// Sources are those whose runs are meant; nil is all.
	Sources []string
	Outcome string // "" is any
	Since   time.Time
	// Before is a run, by its start and its ID, behind which they come; the zero value
	// begins with the newest.
	Before Run
	Limit  int
}

// Day is what a source brought on a UTC day.
type Day struct {
	Day          int64 // since 1970
	Runs, Failed int
	New          int
}

// Job is a job that runs, or waits to.
type Job struct {
	Kind    string
	About   string // a host or a channel; "" where there is one of its kind
	Running bool
	// Could is since when it could run, or when it can; Began is when it began, zero while
	// it waits.
	Could, Began time.Time
	Attempt      int
}

// Deed is something that a person did, or tried to.
type Deed struct {
	ID                      int64
	Time                    time.Time
	Who, Way, Origin        string
	Action, Subject, Detail string
	Failure                 string // "" where it was done
}

// ChannelStatus is a channel as operators see it.
type ChannelStatus struct {
	Name   string // as in addresses: "ja/government"
	Locale string
	// Published is when it was published last; zero if never. Waiting is since when it has a
	// change that is not published; zero for none.
	Published, Waiting time.Time
	Entries, Archives  int
	Gone               bool
	// Sizes are those of its documents that this process holds, by format, in bytes.
	Sizes map[string]int64
	// Readers are the programs that asked for its feeds in the last week.
	Readers []Reader
}

// Reader is how a reader program asked for a channel in the last week.
type Reader struct {
	Program  string
	Requests int64
	// Subscribers it has told that it reads for, 0 if it told none; Clients is about how
	// many asked that told none.
	Subscribers, Clients int64
}

// LocaleStatus is a locale as operators see it.
type LocaleStatus struct {
	Tag, Name string
	// Of messages that there are Has are its own, Stale of these are made of older English,
	// and Lacking lack a plural form.
	Of, Has, Stale, Lacking int
	// Missing are the first of those that it has not, with the locale that speaks for them.
	Missing []string
	Chain   []string
	// Own is how many stories of the last week have a version in its language, Other how many
	// more its readers get in another.
	Own, Other int
	// Published is when its channel of all notices was published last; zero if never.
	Published time.Time
}

// Configuration is the plan at work.
type Configuration struct {
	Name     string   // of the file
	Included []string // of those that it includes
	Plan     string   // digest
	Loaded   time.Time
	// Settings are what it says, without secrets.
	Settings []Setting
	Warnings []Warning
	// Text is what it means, written as JSON, without secrets.
	Text string
}

// Setting is a line of what the configuration says.
type Setting struct{ Name, Value string }

// Warning is something of the configuration that does no harm yet.
type Warning struct{ Place, What, Hint string }

// alive reports whether a process lives at a time.
func alive(p flow.Process, now time.Time) bool {
	return p.Stopped.IsZero() && now.Sub(p.Beat) <= flow.BeatPatience
}
