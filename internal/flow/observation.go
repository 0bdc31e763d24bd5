package flow

import "time"

// Observation is what is seen of a service at one moment. Its zero value is a service of
// which nothing is known, with which nothing is wrong.
type Observation struct {
	// At is the moment, by the database's clock where it has one of its own.
	At time.Time
	// Processes are those that run, and those that ran in the last day, also where they said
	// that they end.
	Processes []Process
	// Leader is the id of the process that leads the job engine; "" for none. LeaderUntil
	// is when its term ends unless it is renewed, LeaderSeen when one was seen last: between
	// two there is none for a moment. Each is zero where it is not known.
	Leader      string
	LeaderUntil time.Time
	LeaderSeen  time.Time
	// Hindered is what the last looks found to keep jobs from running; see [Hindrance.After].
	Hindered Hindrance
	// Published is when any channel was published last; zero where it is not known.
	Published time.Time
	Database  Database
	Sources   []Source
	Channels  []Channel
	Locales   []Locale
	Probe     Probe
	Network   Network
	Export    Export
	Restore   Restore
	Backup    Backup
	Queue     Queue
}

// Process is a serve, work or web process.
type Process struct {
	ID      string
	Role    string // "serve", "work", "web"
	Host    string // the machine's name
	PID     int
	Version string
	// Plan is a digest of the configuration that it works by.
	Plan    string
	Started time.Time
	// Beat is when it last wrote that it lives; see [BeatEvery].
	Beat time.Time
	// Stopped is when it said that it ends; zero until then.
	Stopped time.Time
	Facts   Facts
}

// BeatEvery is how often a process writes that it lives, and BeatPatience how old its word
// may be before it counts as gone.
const (
	BeatEvery    = 10 * time.Second
	BeatPatience = 30 * time.Second
)

// Facts are what a process knows of itself and of its machine. Zero is "not known", or
// nothing.
type Facts struct {
	Disks []Disk `json:"disks,omitempty"`
	// ClockStep is by how much the clock was set since the last beat, as the monotonic clock
	// tells it; ClockSteppedAt is when that last happened.
	ClockStep      time.Duration `json:"clock_step,omitempty"`
	ClockSteppedAt time.Time     `json:"clock_stepped_at,omitzero"`
	// ClockSkew is how far the database's clock is ahead of the process's; PostgreSQL alone.
	ClockSkew time.Duration `json:"clock_skew,omitempty"`
	// Memory that is in use, and the most that it may be (GOMEMLIMIT, or a container's
	// limit), in bytes.
	Memory      int64 `json:"memory,omitempty"`
	MemoryLimit int64 `json:"memory_limit,omitempty"`
	// Files are the file descriptors in use, FilesLimit is how many may be.
	Files      int `json:"files,omitempty"`
	FilesLimit int `json:"files_limit,omitempty"`
	Goroutines int `json:"goroutines,omitempty"`
	// Reload is the last reload of the configuration that failed; nil if the last one did
	// not.
	Reload *Failure `json:"reload,omitempty"`
	// PlanSince is when it took up its plan; zero is at its start.
	PlanSince time.Time `json:"plan_since,omitzero"`
	// Swept is when its sweep last ended well; zero for a process without jobs.
	Swept time.Time `json:"swept,omitzero"`
	// Faulty are documents that did not pass the check when this process made them last.
	Faulty []Fault `json:"faulty,omitempty"`
	// OldWords is since when other processes make documents with newer words than this one.
	OldWords time.Time `json:"old_words,omitzero"`
	// Notify are the receivers that could not be told of something, by name.
	Notify map[string]Failure `json:"notify,omitempty"`
}

// Failure is something that failed, and what it said.
type Failure struct {
	At    time.Time `json:"at"`
	Since time.Time `json:"since"` // of the failures in a row, the first
	Count int       `json:"count"` // in a row
	Error string    `json:"error"`
}

// Fault is a document that does not pass the check.
type Fault struct {
	Path   string    `json:"path"`
	Reason string    `json:"reason"`
	Since  time.Time `json:"since"`
}

// Disk is a file system that the program writes to.
type Disk struct {
	// Path is a folder on it, and For says what is there: "database", "export", "temporary
	// files".
	Path string `json:"path"`
	For  string `json:"for"`
	// Size and Free in bytes; Inodes free and in all, 0 where the system doesn't count them.
	Size       int64 `json:"size"`
	Free       int64 `json:"free"`
	Inodes     int64 `json:"inodes,omitempty"`
	InodesFree int64 `json:"inodes_free,omitempty"`
	// Filling is how many bytes a day it has lost lately; 0 where it is not known, or none.
	Filling int64 `json:"filling,omitempty"`
}

// Database is how the database is.
type Database struct {
	Engine string // "sqlite" or "postgres"
	// Away is why it does not answer, Unwritable why it can't be written; nil while it does
	// and can.
	Away       *Failure
	Unwritable *Failure
	// Cause is a word for why it can't be written: "disk-full", "read-only", "disk-fails".
	Cause string
	// Size and Log (SQLite's write-ahead log) in bytes.
	Size, Log int64
	// Behind says that it lacks this version's schema.
	Behind bool
	// Connections in use and at most; PostgreSQL alone.
	Connections, ConnectionsLimit int
}

// Network is our own.
type Network struct {
	// Down is since when nearly no host could be reached; zero while hosts can.
	Down time.Time
}

// Source is a source, as its visits show it.
type Source struct {
	ID, Publisher, Host string
	// Folder is of this machine: it needs no network.
	Folder bool
	// Zone is its publisher's, by which weekends and nights are told; nil is UTC.
	Zone *time.Location
	// Disabled sources are not collected, by configuration.
	Disabled bool
	// Paused is set while a person has stopped its visits.
	Paused *Pause
	// Interval is how long lies between two visits by its schedule.
	Interval time.Duration
	Due      time.Time
	LastRun  time.Time // zero before the first
	Success  time.Time // of the last run that succeeded, zero if none did
	// Failing is how its last visits failed in a row; nil while they succeed.
	Failing *Failure
	// Status is the last answer's of HTTP; 0 if there was none.
	Status int
	// Gone is since when its server says that it is gone for good; zero if it doesn't.
	Gone time.Time
	// Held are the parts of its runs that wait for a person.
	Held []Held
	// Unread is how many entries of its last document could not be read, in so many visits.
	Unread, UnreadVisits int
	// CutOff is in how many visits in a row its document was cut off.
	CutOff int
	// Passed is when notices may last have come and gone between two visits; zero for never.
	Passed time.Time
	// LanguagesGone are the languages that its document had and has no longer.
	LanguagesGone []LanguageGone
	// Certificate is its server's; the zero value where it has none, or is not known.
	Certificate Certificate
	// Late is how many entries its last document lists that are not in the feeds, for
	// whatever cause; LateSince is since when the oldest of them has been listed.
	Late      int
	LateSince time.Time
	// LastNew is when it last brought something new; zero if it never did.
	LastNew time.Time
	Rhythm  Rhythm
	// Expect is how often it brings something new at least, as a person has configured it; 0
	// where nobody has.
	Expect time.Duration
	// Quiet are the days on which nothing is expected of it, by its publisher's calendar.
	Quiet []Span
}

// Span is a time from From up to Until.
type Span struct{ From, Until time.Time }

// Pause is a person's word that a source is not to be visited until a time.
type Pause struct {
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
}

// Held is a part of a source's runs that waits for a person.
type Held struct {
	Reason string
	Since  time.Time
}

// LanguageGone is a language that a source's document had, and in how many visits in a row
// it has had no entry in it.
type LanguageGone struct {
	Language string
	Visits   int
	Since    time.Time
}

// Certificate is a server's.
type Certificate struct {
	// Until is when it expires; zero where it is not known.
	Until time.Time `json:"until,omitzero"`
	// Wrong is why it is not believed; "" if it is.
	Wrong string `json:"wrong,omitempty"`
}

// Channel is a channel that waits to be published, or could not be.
type Channel struct {
	Name string // as in addresses: "ja/government"
	// Waiting is since when it has a change that is not published; zero for none.
	Waiting time.Time
	// Published is when it was published last; zero if never.
	Published time.Time
	// Failing is how its publications failed in a row; nil while they don't.
	Failing *Failure
	Urgent  bool
}

// Locale is how complete the words of a locale are.
type Locale struct {
	Tag     string
	Missing int // messages
}

// Probe is what was seen of the public address.
type Probe struct {
	// URL is what is asked; "" where nothing is.
	URL string `json:"url,omitempty"`
	// Every is how often it is asked.
	Every time.Duration `json:"every,omitempty"`
	// Failing is how a document of it failed in a row; nil while none does. Reason is what
	// failed.
	Failing *Failure    `json:"failing,omitempty"`
	Reason  ProbeReason `json:"reason,omitempty"`
	// Unproven is how it failed where nobody has configured a probe and none has succeeded
	// yet: it may be that there is no way from here to our own public address. Failing is
	// nil then.
	Unproven *Failure `json:"unproven,omitempty"`
	// Last is when it was asked last, Document the path of what was asked, and Took how long
	// the answer took. Succeeded is when it last was as it is to be; zero if it never was.
	Last      time.Time     `json:"last,omitzero"`
	Succeeded time.Time     `json:"succeeded,omitzero"`
	Document  string        `json:"document,omitempty"`
	Took      time.Duration `json:"took,omitempty"`
	// Elsewhere is the address on another host that readers are sent to; "" if they aren't.
	Elsewhere string `json:"elsewhere,omitempty"`
	// Certificate of the public address.
	Certificate Certificate `json:"certificate,omitzero"`
}

// ProbeReason is a word for what failed of a probe.
type ProbeReason = string

// The reasons.
const (
	ProbeUnreachable ProbeReason = "unreachable" // nobody answered
	ProbeStatus      ProbeReason = "status"      // somebody refused
	ProbeCertificate ProbeReason = "certificate" // the certificate is not believed
	ProbeInvalid     ProbeReason = "invalid"     // it is no feed, a broken one, or another's
	ProbeStale       ProbeReason = "stale"       // it is older than caches may let it be
	ProbeMissing     ProbeReason = "missing"     // it lacks what was published
	ProbeIDsChanged  ProbeReason = "ids-changed" // an id is another than it was
)

// Export is the copy of the site for other servers.
type Export struct {
	Target  string // "" for none
	Failing *Failure
	Last    time.Time // that succeeded
}

// Restore says that the database is older than somebody remembers.
type Restore struct {
	// Found is when it was; zero if it was not. Publishing has stopped since.
	Found time.Time
	// Remembered is the sequence number that was seen, Has the one that the log ends at.
	Remembered, Has int64
}

// Backup is the last copy of the database that the program knows of.
type Backup struct {
	// Every is how often one is expected; 0 for not at all. See [BackupsAt].
	Every time.Duration
	Last  time.Time
}

// Queue is how the jobs are.
type Queue struct {
	// Waiting jobs that could run, and since when the oldest could.
	Waiting int
	Oldest  time.Time
	// Discarded jobs, which are given up.
	Discarded int
}
