package config

import (
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
)

// Config is a configuration without a fault.
type Config struct {
	// Name is the file's name as it was given to [Parse].
	Name string `json:"name"`
	// Included are the names of the files that it includes, as the process opened them.
	Included []string   `json:"included,omitempty"`
	Site     feeds.Site `json:"site"`
	// Face is what pages alone have of the city's own.
	Face face.Face `json:"face,omitzero"`
	// Messages is a folder of message bundles that are laid over the built-in
	// ones, already resolved; "" for none.
	Messages string `json:"messages,omitempty"`
	// Storage is "sqlite:PATH", with the path already resolved, or a postgres://
	// URL; "" is SQLite in the data directory. It may hold a password: print
	// [Redact] of it.
	Storage string         `json:"-"`
	Sources []feeds.Source `json:"sources"`
	Fetch   Fetch          `json:"fetch"`
	Notify  Notify         `json:"notify,omitzero"`
	// Admin says who may come in to the operators' address.
	Admin Admin `json:"-"`
	Probe Probe `json:"probe"`
	// Quiet are the days on which nothing is expected of a publisher, by its key, and Expect
	// how often a source brings something new at least, by its id. They matter to who watches
	// alone; those that nothing is said of are not there.
	Quiet  map[string]Quiet         `json:"quiet,omitempty"`
	Expect map[string]time.Duration `json:"expect,omitempty"`
	// Warnings are of what does no harm yet, such as a key that is read no more.
	Warnings Problems `json:"-"`
}

// Fetch says how other people's servers are visited. Every value is set: 0 means
// what its comment says.
type Fetch struct {
	// Contact is an http, https or mailto address for the User-Agent.
	Contact string `json:"contact"`
	// Timeout bounds one request in all; 30 s unless configured, never 0.
	Timeout time.Duration `json:"timeout"`
	// FirstByteTimeout bounds the wait for an answer; 10 s unless configured,
	// never 0.
	FirstByteTimeout time.Duration `json:"first_byte_timeout"`
	// MaxBytes bounds a document after decompression; 10 MiB unless configured,
	// never 0.
	MaxBytes int64 `json:"max_bytes"`
	// AllowPrivate are addresses, networks and hosts that may be reached although they
	// are private.
	AllowPrivate []string `json:"allow_private,omitempty"`
	// HostPause lies between two requests to one host; 1 s unless configured. 0 is
	// no pause.
	HostPause time.Duration `json:"host_pause"`
}

// DefaultFetch returns what holds where the file says nothing. Its Contact is "".
func DefaultFetch() Fetch {
	return Fetch{
		Timeout:          30 * time.Second,
		FirstByteTimeout: 10 * time.Second,
		MaxBytes:         10 << 20,
		HostPause:        time.Second,
	}
}

// builtinPrefix marks paths within the program.
const builtinPrefix = "builtin:"

// Resolve returns a path of the configuration as the process can open it:
// relative paths are relative to the folder of the configuration file. Paths
// within the program ("builtin:samples") stay as they are.
func (c *Config) Resolve(path string) string {
	return resolve(c.Name, path)
}

func resolve(name, path string) string {
	if path == "" || strings.HasPrefix(path, builtinPrefix) || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(name), filepath.FromSlash(path))
}

// Folder returns the root of a folder source as the process can open it; see
// [Config.Resolve].
func (c *Config) Folder(s feeds.Source) string {
	return c.Resolve(s.Path)
}

// Source returns the source of that id.
func (c *Config) Source(id string) (feeds.Source, bool) {
	for _, s := range c.Sources {
		if s.ID == id {
			return s, true
		}
	}
	return feeds.Source{}, false
}

// Schedule returns when a source of the configuration is due: its specification,
// read in the time zone of its publisher whatever the zone of the time that Next
// is given. See [ParseSchedule]. A source whose schedule is not valid, which is
// none of a Config's, has the default one.
func (c *Config) Schedule(s feeds.Source) cron.Schedule {
	schedule, err := ParseSchedule(s.Schedule)
	if err != nil {
		schedule = cron.Every(30 * time.Minute)
	}
	zone := time.UTC
	if p, ok := c.Site.Publisher(s.Publisher); ok && p.Location != nil {
		zone = p.Location
	}
	return zoned{schedule, zone}
}

// Schedules returns the [Config.Schedule] of all sources, in their order. Those of a
// publisher that have the same specification share one.
func (c *Config) Schedules() []cron.Schedule {
	type which struct{ publisher, spec string }
	known := map[which]cron.Schedule{}
	all := make([]cron.Schedule, len(c.Sources))
	for i, s := range c.Sources {
		w := which{s.Publisher, s.Schedule}
		if known[w] == nil {
			known[w] = c.Schedule(s)
		}
		all[i] = known[w]
	}
	return all
}

// zoned reads a schedule in a time zone.
type zoned struct {
	schedule cron.Schedule
	zone     *time.Location
}

func (z zoned) Next(t time.Time) time.Time { return z.schedule.Next(t.In(z.zone)) }

// String describes the configuration on a line, without secrets.
func (c Config) String() string {
	disabled := 0
	for _, s := range c.Sources {
		if s.Disabled {
			disabled++
		}
	}
	included := ""
	if len(c.Included) > 0 {
		included = fmt.Sprintf(" and %d files that it includes", len(c.Included))
	}
	return fmt.Sprintf("%s%s: site %s, %d locales, %d categories, %d publishers, %d sources (%d disabled), %d channels, storage %s",
		c.Name, included, c.Site.ID, len(c.Site.Locales), len(c.Site.Categories), len(c.Site.Publishers),
		len(c.Sources), disabled, len(c.Site.Channels()), Redact(c.Storage))
}

// GoString is String, so that %#v shows no secret either.
func (c Config) GoString() string { return c.String() }

// LogValue is String, so that a log shows no secret either.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Redact returns a storage URL as it may be printed: without a password, and
// without the parameters of a connection, which may hold one too.
func Redact(storage string) string {
	if storage == "" {
		return "sqlite in the data directory"
	}
	if strings.HasPrefix(storage, "sqlite:") {
		return storage
	}
	u, err := url.Parse(storage)
	if err != nil || u.Host == "" && u.Path == "" {
		return "(not shown)"
	}
	u.RawQuery = ""
	return u.Redacted()
}
