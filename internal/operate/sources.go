package operate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// sources is what deeds on sources need of the database.
type sources interface {
	SourceState(ctx context.Context, id string) (store.SourceState, bool, error)
	SetDue(ctx context.Context, due map[string]time.Time) error
	Resume(ctx context.Context, id string, now time.Time) (known bool, err error)
	Holds(ctx context.Context) ([]ledger.Hold, error)
	Release(ctx context.Context, source string, now time.Time) (held bool, err error)
	Pauses(ctx context.Context, now time.Time) (map[string]flow.Pause, error)
	PutPause(ctx context.Context, source string, p flow.Pause) error
	DropPause(ctx context.Context, source string) (paused bool, err error)
}

// source returns a configured source.
func (o *Operator) source(id string) (feeds.Source, error) {
	known := o.Known()
	ids := make([]string, len(known.Sources))
	for i, s := range known.Sources {
		if s.ID == id {
			return s, nil
		}
		ids[i] = s.ID
	}
	return feeds.Source{}, refuse(Unknown, "no source %q in %s%s", id, known.Name, o.suggestion(id, ids, `the page of sources and "kairan sources" list them`))
}

// visited returns a source that is visited by the configuration in force.
func (o *Operator) visited(id string) (feeds.Source, error) {
	s, err := o.source(id)
	switch {
	case err != nil:
		return s, err
	case s.Disabled:
		return s, refuse(Conflict, "source %s is disabled in the configuration: take \"disabled\" out there, and reload", id)
	case o.Known().Offline && s.Kind != feeds.KindFolder:
		return s, refuse(Conflict, "source %s needs a network, and the program was started with --offline", id)
	}
	return s, nil
}

func subjectOf(source string) string { return flow.Subject{Of: flow.OfSource, ID: source}.String() }

// Run has a source visited now.
func (o *Operator) Run(ctx context.Context, who Who, source string) (Done, error) {
	return o.do(ctx, who, Run, subjectOf(source), "", func(ctx context.Context) (Done, error) {
		if _, err := o.visited(source); err != nil {
			return Done{}, err
		}
		if err := o.unpaused(ctx, source); err != nil {
			return Done{}, err
		}
		if err := o.Store.SetDue(ctx, map[string]time.Time{source: o.Now()}); err != nil {
			return Done{}, err
		}
		return Done{Said: source + " is due now: the next process that works visits it within seconds, unless its host asked for a rest.", Changed: true}, nil
	})
}

// unpaused refuses what a pause forbids.
func (o *Operator) unpaused(ctx context.Context, source string) error {
	pauses, err := o.Store.Pauses(ctx, o.Now())
	if err != nil {
		return err
	}
	if p, ok := pauses[source]; ok {
		return refuse(Conflict, "source %s is paused until %s by %s (%s): resume it first", source, shown(p.Until), p.By, p.Reason)
	}
	return nil
}

// Pause has a source not visited until a time ([ParseUntil]), for a reason that others can
// read. It takes the place of another pause.
func (o *Operator) Pause(ctx context.Context, who Who, source, reason, until string) (Done, error) {
	return o.do(ctx, who, Pause, subjectOf(source), untilShown(until, o.Now())+": "+reason, func(ctx context.Context) (Done, error) {
		if _, err := o.source(source); err != nil {
			return Done{}, err
		}
		reason, err := reasoned(reason, "its server moves this week")
		if err != nil {
			return Done{}, err
		}
		now := o.Now()
		end, err := ParseUntil(until, now)
		if err != nil {
			return Done{}, err
		}
		if err := o.Store.PutPause(ctx, source, flow.Pause{By: who.Name, Reason: reason, Since: now, Until: end}); err != nil {
			return Done{}, err
		}
		return Done{Said: fmt.Sprintf("%s is not visited until %s. What it has published stays.", source, shown(end)), Changed: true}, nil
	})
}

// Resume ends a source's pause, forgets its failures, also that its server says that it is
// gone, and has it visited now.
func (o *Operator) Resume(ctx context.Context, who Who, source string) (Done, error) {
	return o.do(ctx, who, Resume, subjectOf(source), "", func(ctx context.Context) (Done, error) {
		if _, err := o.visited(source); err != nil {
			return Done{}, err
		}
		paused, err := o.Store.DropPause(ctx, source)
		if err != nil {
			return Done{}, err
		}
		known, err := o.Store.Resume(ctx, source, o.Now())
		switch {
		case err != nil:
			return Done{}, err
		case !known && !paused:
			return Done{Said: source + " was never visited, and is due anyway."}, nil
		}
		return Done{Said: source + " is asked again by the next process that works.", Changed: true}, nil
	})
}

// Release has a source's next run do what was held.
func (o *Operator) Release(ctx context.Context, who Who, source string) (Done, error) {
	return o.do(ctx, who, Release, subjectOf(source), "", func(ctx context.Context) (Done, error) {
		if _, err := o.source(source); err != nil {
			return Done{}, err
		}
		holds, err := o.Store.Holds(ctx)
		if err != nil {
			return Done{}, err
		}
		holds = slices.DeleteFunc(holds, func(h ledger.Hold) bool { return h.Source != source })
		if len(holds) == 0 {
			return Done{}, refuse(Conflict, "nothing of source %q is held", source)
		}
		var reasons strings.Builder
		for _, h := range holds {
			if h.Released.IsZero() {
				reasons.WriteString("\n  " + h.Reason)
			}
		}
		if _, err := o.Store.Release(ctx, source, o.Now()); err != nil {
			return Done{}, err
		}
		return Done{Said: source + " is released; its next run does what was held." + reasons.String(), Changed: reasons.Len() > 0}, nil
	})
}

// Retry has a source asked now that fails and is left alone for longer each time. Its
// failures stay counted.
func (o *Operator) Retry(ctx context.Context, who Who, source string) (Done, error) {
	return o.do(ctx, who, Retry, subjectOf(source), "", func(ctx context.Context) (Done, error) {
		if _, err := o.visited(source); err != nil {
			return Done{}, err
		}
		if err := o.unpaused(ctx, source); err != nil {
			return Done{}, err
		}
		state, _, err := o.Store.SourceState(ctx, source)
		switch {
		case err != nil:
			return Done{}, err
		case state.Failures == 0:
			return Done{Said: source + " does not fail: there is nothing to try again."}, nil
		}
		if err := o.Store.SetDue(ctx, map[string]time.Time{source: o.Now()}); err != nil {
			return Done{}, err
		}
		return Done{Said: fmt.Sprintf("%s is tried again by the next process that works, after %s.", source, plural(state.Failures, "failure", "failures in a row")), Changed: true}, nil
	})
}
