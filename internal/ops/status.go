package ops

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
)

// Status is what operators ask of the rest of the program.
type Status interface {
	Service
	Watch
	History
	Site
}

// Service tells how the service is as a whole.
type Service interface {
	// Ping tells whether the database answers.
	Ping(ctx context.Context) error
	// Writable returns nil while the database can be written, as far as is known, else
	// why not and what to do, in a line.
	Writable(ctx context.Context) error
	// Sources returns every configured source with its last run, in the order of
	// the configuration.
	Sources(ctx context.Context) ([]SourceStatus, error)
	// Figures returns what metrics tell of the whole.
	Figures(ctx context.Context) (Figures, error)
}

// Watch tells what was found wrong, and who watches.
type Watch interface {
	// Incidents returns those that are open and those that were resolved since a time, the
	// newest first.
	Incidents(ctx context.Context, resolvedSince time.Time) ([]flow.Incident, error)
	// Mutes returns those that are in force.
	Mutes(ctx context.Context) ([]flow.Mute, error)
	// Processes returns those that wrote of themselves lately, the oldest first.
	Processes(ctx context.Context) ([]flow.Process, error)
}

// History tells what was done.
type History interface {
	// Runs returns a source's newest runs, the newest first.
	Runs(ctx context.Context, source string, limit int) ([]Run, error)
	// Past returns the runs that are asked for, the newest first.
	Past(ctx context.Context, q RunQuery) ([]Run, error)
	// Year returns the days since one on which a source had a run, today among them.
	Year(ctx context.Context, source string, since int64) ([]Day, error)
	// Queue returns the jobs that run, and that wait to, the oldest first.
	Queue(ctx context.Context) ([]Job, error)
	// Deeds returns what people did before a deed, the newest first; 0 begins with the last.
	Deeds(ctx context.Context, before int64, limit int) ([]Deed, error)
}

// Site tells what is published, and by which plan.
type Site interface {
	Channels(ctx context.Context) ([]ChannelStatus, error)
	Locales(ctx context.Context) ([]LocaleStatus, error)
	Configuration(ctx context.Context) (Configuration, error)
}

// Documents tells how the documents are that the process serves.
type Documents interface {
	// Ready returns nil, or what is missing before documents can be served.
	Ready() error
	State() DocumentState
}

// DocumentState is what operators see of a process's documents.
type DocumentState struct {
	Documents int   // that can be asked for
	Held      int   // of these in memory
	Bytes     int64 // the memory that they take
	// Behind is why they can't follow the database; nil while they do.
	Behind error
	// OldWords is when other words than those of this process were adopted; zero if none were.
	OldWords time.Time
	// Faulty are the documents that did not pass the check when they were made last; Faults
	// counts all that ever did not.
	Faulty []Fault
	Faults int64
}

// Fault is a document that does not pass the check.
type Fault struct {
	Path   string // below the site's address
	Reason string // what the check says
}

// Figures are numbers of the whole service.
type Figures struct {
	LogSeq int64 // the newest record of the log
	// Articles that are published, by language.
	Articles map[string]int
	// Marks is how many channels wait to be published, Waiting since when the first does; zero
	// if none does.
	Marks   int
	Waiting time.Time
	// Watched is when a process last looked what is wrong; zero if none ever did.
	Watched  time.Time
	Queue    flow.Queue
	Database flow.Database
	Probe    flow.Probe
	// NetworkDown says that most hosts can't be reached: our own network is down.
	NetworkDown bool
	// Rejections is how many documents the checker kept from publication so far.
	Rejections int64
}

// SourceStatus is a source as operators see it.
type SourceStatus struct {
	Source    feeds.Source
	Publisher string // its name in English
	// Zone is the publisher's time zone, in which its schedule is read; nil is UTC.
	Zone  *time.Location
	Host  string // whom it is asked of; "" for a folder
	State SourceState
	// Failures is how many runs failed since the last success.
	Failures int
	// Held is why the source is held, for operators; "" while it is not. Holds are the parts
	// of its runs that wait.
	Held  string
	Holds []Hold
	// Paused is set while a person has stopped its visits.
	Paused *flow.Pause
	// Last is the newest run; nil before the first.
	Last *Run
	// Succeeded is when a run last succeeded; zero if none did. New is when one last brought
	// something new, as far as runs are kept.
	Succeeded, New time.Time
	// Due is when the source is collected next; zero if it is not.
	Due time.Time
	// Articles is how many of its articles are published.
	Articles int
	// Gone is since when its server says that it is gone for good; zero if it doesn't.
	Gone time.Time
	// NotBefore is when it wishes to be asked next at the earliest; zero without a wish.
	NotBefore time.Time
	// Moved is where it is asked for, since it has moved; "" for the configured address.
	Moved string
	// Unmapped are the terms of its last document for which no category was found.
	Unmapped []UnmappedTerm
	// Rhythm is what was learned of when it brings something new.
	Rhythm flow.Rhythm
}

// Hold is a part of a source's runs that waits.
type Hold struct {
	Reason   string
	Since    time.Time
	Articles []string // some of those that it is about
}

// UnmappedTerm is a term of a source, and how often its last document had it.
type UnmappedTerm struct {
	Term  string
	Count int
}

// SourceState is a source's condition.
type SourceState string

// The states of a source, from the one that needs a person most.
const (
	SourceHeld     SourceState = "held"     // a part of its runs waits, mostly for a person
	SourceGone     SourceState = "gone"     // its server says that it is gone: asked once a week
	SourceDegraded SourceState = "degraded" // ten failures or more: asked once a day
	SourceFailing  SourceState = "failing"  // the last run failed
	SourcePartial  SourceState = "partial"  // of its last document a part could not be read
	SourcePaused   SourceState = "paused"   // a person has stopped its visits
	SourceNew      SourceState = "new"      // never read, and no fault of its own
	SourceOK       SourceState = "ok"       // the last run succeeded
	SourceDisabled SourceState = "disabled" // switched off in the configuration
)

func sourceStates() []SourceState {
	return []SourceState{SourceHeld, SourceGone, SourceDegraded, SourceFailing, SourcePartial, SourcePaused, SourceNew, SourceOK, SourceDisabled}
}
