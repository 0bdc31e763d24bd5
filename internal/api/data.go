package api

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Data is what the API reads.
type Data interface {
	Status(ctx context.Context) (Status, error)
	// Incidents returns those that are open, and with resolved those that were lately, the
	// newest first.
	Incidents(ctx context.Context, resolved bool) ([]Incident, error)
	Mutes(ctx context.Context) ([]flow.Mute, error)
	// Sources returns all sources in the order of the configuration.
	Sources(ctx context.Context) ([]Source, error)
	// Runs returns so many runs of a source behind one, the newest first; "" begins with the
	// newest.
	Runs(ctx context.Context, source, after string, limit int) ([]Run, error)
	Channels(ctx context.Context) ([]Channel, error)
	Processes(ctx context.Context) ([]Process, error)
	// Jobs returns so many jobs that run or wait.
	Jobs(ctx context.Context, limit int) ([]Job, error)
	Locales(ctx context.Context) ([]Locale, error)
	Configuration(ctx context.Context) (Configuration, error)
	// Audit returns so many deeds before one, the newest first; 0 begins with the newest.
	Audit(ctx context.Context, before int64, limit int) ([]Deed, error)
	// Requests returns so many of the newest requests to all processes.
	Requests(ctx context.Context, limit int) ([]Request, error)
}

// Status is how the whole is.
type Status struct {
	At      time.Time `json:"at"`
	Version string    `json:"version"`
	// State is the word of the overview, Sentence what it means.
	State    flow.State `json:"state"`
	Sentence string     `json:"sentence"`
	// Open counts the open incidents by urgency.
	Open map[flow.Urgency]int `json:"open"`
	// Sources counts them by state.
	Sources  map[string]int `json:"sources"`
	Articles int            `json:"articles"` // published
	Log      int64          `json:"log"`      // its newest record
	// Waiting are the channels that wait to be published.
	Waiting int `json:"waiting"`
}

// Incident is something that is wrong, or was.
type Incident struct {
	flow.Incident
	// Muted is until when nobody is told of it.
	Muted time.Time `json:"muted,omitzero"`
}

// Source is a source and how it is.
type Source struct {
	ID        string `json:"id"`
	Publisher string `json:"publisher"`
	Kind      string `json:"kind"`
	// Address is without what looks like a key.
	Address   string      `json:"address,omitempty"`
	State     string      `json:"state"`
	Failures  int         `json:"failures"` // in a row
	Held      string      `json:"held,omitempty"`
	Paused    *flow.Pause `json:"paused,omitempty"`
	Articles  int         `json:"articles"`
	Last      *Run        `json:"last,omitempty"`
	Succeeded time.Time   `json:"succeeded,omitzero"`
	Due       time.Time   `json:"due,omitzero"`
	Gone      time.Time   `json:"gone,omitzero"`
	Moved     string      `json:"moved,omitempty"`
}

// Run is one visit to a source.
type Run struct {
	ID      string    `json:"id,omitempty"`
	Started time.Time `json:"started"`
	// Milliseconds that it took.
	Milliseconds int64    `json:"milliseconds"`
	Outcome      string   `json:"outcome"`
	Status       int      `json:"status,omitempty"`
	Bytes        int64    `json:"bytes"`
	New          int      `json:"new"`
	Changed      int      `json:"changed"`
	Error        string   `json:"error,omitempty"`
	Problems     []string `json:"problems,omitempty"`
}

// Channel is a channel and how it stands.
type Channel struct {
	Name     string `json:"name"`
	Revision int64  `json:"revision"`
	// Published is when the revision was raised.
	Published time.Time `json:"published,omitzero"`
	Entries   int       `json:"entries"`
	Archives  int       `json:"archives"`
	// Waiting is since when it has a change that is not published.
	Waiting time.Time `json:"waiting,omitzero"`
}

// Process is a process of the service.
type Process struct {
	ID      string     `json:"id"`
	Role    string     `json:"role"`
	Host    string     `json:"host"`
	PID     int        `json:"pid"`
	Version string     `json:"version"`
	Plan    string     `json:"plan"`
	Started time.Time  `json:"started"`
	Beat    time.Time  `json:"beat"`
	Stopped time.Time  `json:"stopped,omitzero"`
	Facts   flow.Facts `json:"facts"`
}

// Job is a job that runs or waits to.
type Job struct {
	ID        int64     `json:"id"`
	Kind      string    `json:"kind"`
	About     string    `json:"about,omitempty"`
	State     string    `json:"state"`
	Scheduled time.Time `json:"scheduled"`
	Attempted time.Time `json:"attempted,omitzero"`
	Attempt   int       `json:"attempt"`
}

// Locale is a locale and how complete its words are.
type Locale struct {
	Tag string `json:"tag"`
	// Accepts are the languages that its readers accept, best first.
	Accepts []string `json:"accepts"`
	Missing int      `json:"missing"` // messages
}

// Configuration is what is worked by, without secrets.
type Configuration struct {
	Name     string   `json:"name"`
	Included []string `json:"included"`
	Site     string   `json:"site"`
	Address  string   `json:"address"`
	Storage  string   `json:"storage"`
	// Plan is the digest by which processes tell that they work by the same.
	Plan       string   `json:"plan"`
	Locales    []string `json:"locales"`
	Categories []string `json:"categories"`
	Publishers []string `json:"publishers"`
	Sources    int      `json:"sources"`
	Channels   int      `json:"channels"`
	Warnings   []string `json:"warnings"`
}

// Deed is an entry of the audit log.
type Deed struct {
	ID      int64     `json:"id"`
	Time    time.Time `json:"time"`
	Who     string    `json:"who"`
	Way     string    `json:"way"`
	Origin  string    `json:"origin,omitempty"`
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Detail  string    `json:"detail,omitempty"`
	Failure string    `json:"failure,omitempty"`
}

// Request is what all processes were asked, and what became of it in each.
type Request struct {
	ID      int64     `json:"id"`
	Time    time.Time `json:"time"`
	Who     string    `json:"who"`
	What    string    `json:"what"`
	Answers []Answer  `json:"answers"`
}

// Answer is what became of a request in a process.
type Answer struct {
	Process string    `json:"process"`
	Time    time.Time `json:"time"`
	Failure string    `json:"failure,omitempty"`
}
