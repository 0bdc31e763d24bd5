package watch

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
)

// Plan is the configuration as far as it matters to who watches.
type Plan struct {
	Sources []Source
	Locales []flow.Locale
	// HasChannel reports whether the site has a channel; nil is yes.
	HasChannel func(feeds.Channel) bool
}

// Source is a source of the configuration.
type Source struct {
	ID, Publisher, Host string
	// Folder is of this machine: it needs no network.
	Folder bool
	// Address is the one that its state must be of.
	Address string
	// Zone is its publisher's.
	Zone     *time.Location
	Disabled bool
	// Interval is how long lies between two visits by its schedule, at a time.
	Interval func(now time.Time) time.Duration
	// Expect is how often it brings something new at least; 0 where nobody says.
	Expect time.Duration
	// Quiet returns the days around a time on which nothing is expected of it.
	Quiet func(now time.Time) []flow.Span
}
