package operate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

// Action names a deed, in the audit log and in addresses.
type Action string

// The actions.
const (
	Run       Action = "run"       // a source is visited now
	Pause     Action = "pause"     // a source is not visited until a time
	Resume    Action = "resume"    // a source is visited again, its failures are forgotten
	Release   Action = "release"   // a source's next run does what was held
	Retry     Action = "retry"     // a source that fails is asked again now
	Republish Action = "republish" // channels have a new revision
	Remap     Action = "remap"     // all articles are filed anew
	Reload    Action = "reload"    // every process reads its configuration
	Erase     Action = "erase"     // an article's texts are removed for ever
	Take      Action = "take"      // a person takes an incident on
	Untake    Action = "untake"
	Mute      Action = "mute" // nobody is told of a finding until a time
	Unmute    Action = "unmute"
)

// Who does something.
type Who struct {
	// Name is a token's name, a proxy's user, or user@host of a command.
	Name string
	// Way is "page", "api", "command" or "queue".
	Way string
	// Origin is the address that it was asked from; "" for a command.
	Origin string
}

// Store is what an operator needs of the database.
type Store interface {
	PutDeed(ctx context.Context, d store.Deed) error
	sources
	channels
	incidents
	requests
	articles
}

// Operator does what operators can do.
type Operator struct {
	Store Store
	// Known returns the configuration in force.
	Known func() Known
	// Refile has all articles filed anew by whichever process works.
	Refile func(context.Context) error
	// Composer makes documents, to find those that show an article.
	Composer func() Composer
	// Reread has this process read its configuration again; nil where it has none that
	// stays, as a command.
	Reread func(context.Context) error
	// Process is this process's id, under which it answers requests; "" for a command.
	Process string
	// Near returns the one of the known names that was probably meant, "" if none is near.
	Near func(given string, known ...string) string
	Now  func() time.Time
	Log  *slog.Logger
}

// Known is what the configuration in force says of what can be acted on.
type Known struct {
	// Name of the configuration, for errors.
	Name    string
	Site    *feeds.Site
	Sources []feeds.Source
	// Offline leaves sources alone that need a network.
	Offline bool
	// Kinds are the kinds of findings that there are.
	Kinds []flow.Kind
}

// Done is what was done.
type Done struct {
	// Said is a sentence or more for whoever did it.
	Said string `json:"said"`
	// Changed is false where it was so already.
	Changed bool `json:"changed"`
	// Purge are the addresses that caches may still hold after an erasure.
	Purge []string `json:"purge,omitempty"`
	// Request is the number of what all processes were asked; 0 for none.
	Request int64 `json:"request,omitempty"`
}

// Why says of which sort a refusal is.
type Why int

// The sorts of refusals.
const (
	Unknown  Why = iota // there is no such thing
	Invalid             // it was not asked rightly
	Conflict            // it can't be done as things stand
)

// Refusal says why a deed was not done, and what to do instead. Nothing has changed.
type Refusal struct {
	Why  Why
	Said string
}

// Error is what is said.
func (r *Refusal) Error() string { return r.Said }

func refuse(why Why, format string, args ...any) error {
	return &Refusal{why, fmt.Sprintf(format, args...)}
}

// ErrUnrecorded says that a deed was done, and that the audit log does not have it.
var ErrUnrecorded = errors.New("it was done, and could not be recorded in the audit log")

// recordPatience is how long the audit log is waited for, also where who asked has gone.
const recordPatience = 20 * time.Second

// mostRecorded is how many characters of a subject or a detail are recorded.
const mostRecorded = 500

// do does a deed and records it.
func (o *Operator) do(ctx context.Context, who Who, action Action, subject, detail string, deed func(context.Context) (Done, error)) (Done, error) {
	done, err := deed(ctx)
	record := store.Deed{
		Time: o.Now(), Who: cut(cmp.Or(who.Name, "nobody")), Way: who.Way, Origin: cut(who.Origin),
		Action: string(action), Subject: cut(subject), Detail: cut(detail),
	}
	if err != nil {
		record.Failure = cut(err.Error())
	}
	o.Log.InfoContext(ctx, "an operator acted", "action", record.Action, "subject", record.Subject, "who", record.Who, "way", record.Way, "origin", record.Origin, "failure", record.Failure)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordPatience)
	defer cancel()
	if unrecorded := o.Store.PutDeed(ctx, record); unrecorded != nil {
		if err != nil {
			return Done{}, err // as likely of the same cause
		}
		return done, fmt.Errorf("%w: %w", ErrUnrecorded, unrecorded)
	}
	if err != nil {
		return Done{}, err
	}
	return done, nil
}

// cut bounds what is recorded.
func cut(s string) string {
	r := []rune(s)
	if len(r) <= mostRecorded {
		return s
	}
	return string(r[:mostRecorded-1]) + "…"
}

// reasoned checks a reason that a person has to give.
func reasoned(reason, example string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return "", refuse(Invalid, "no reason is given: say why in a few words, such as %q", example)
	case len([]rune(reason)) > mostRecorded:
		return "", refuse(Invalid, "the reason has more than %d characters: say it more shortly", mostRecorded)
	}
	return reason, nil
}

// suggestion is "; did you mean …?", or where to look.
func (o *Operator) suggestion(given string, known []string, lookAt string) string {
	if o.Near != nil {
		if near := o.Near(given, known...); near != "" {
			return fmt.Sprintf("; did you mean %q?", near)
		}
	}
	return "; " + lookAt
}
