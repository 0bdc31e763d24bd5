package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/watch"
)

// statusPages is the exit status of "kairan status" where something wakes somebody.
const statusPages exitStatus = 2

func newStatusCommand() *cobra.Command {
	var flags flags
	var asJSON, watch bool
	var every time.Duration
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say whether news is flowing, and what is wrong",
		Long: `Say whether news is flowing, what is wrong with what, how much readers notice of it and
what to do, as the operators' pages do. It says what the running service has found, and
that none watches where none does.

The exit status is 0 while nothing wakes anybody, 2 where something does that nobody has
muted, or where no process watches, and 1 where it can't be told.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if watch && asJSON {
				return errors.New("--watch shows a picture to a person, and --json prints once for a machine: leave one of them out")
			}
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			if watch {
				return d.watchOverview(cmd.Context(), every)
			}
			o, err := d.overview(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(d.out, o)
			} else {
				err = o.print(d.out, d.now)
			}
			if err == nil && o.Pages {
				err = statusPages
			}
			return err
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, for machines")
	cmd.Flags().BoolVar(&watch, "watch", false, "show it until Ctrl-C, as it is now")
	cmd.Flags().DurationVar(&every, "every", 5*time.Second, "how often --watch looks")
	return cmd
}

// overview is the whole in a word, and what is wrong.
type overview struct {
	State flow.State `json:"state"`
	// Sentence says what that means.
	Sentence string    `json:"sentence"`
	At       time.Time `json:"at"`
	// Unwritable is why the database can't be written, where that keeps all processes from
	// saying how they are.
	Unwritable string `json:"unwritable,omitempty"`
	// Pages says that something wakes somebody.
	Pages      bool           `json:"pages"`
	Processes  []processLine  `json:"processes"`
	Incidents  []openIncident `json:"incidents"`
	Publishers []flowLine     `json:"publishers"`
	Locales    []flowLine     `json:"locales"`
	// Probe is what was seen last of the public address; nil before it was asked.
	Probe *flow.Probe `json:"probe,omitempty"`
}

type processLine struct {
	ID      string    `json:"id"`
	Role    string    `json:"role"`
	Version string    `json:"version"`
	Started time.Time `json:"started"`
	Beat    time.Time `json:"beat"`
}

// flowLine is how news flows of a publisher, or to the readers of a locale.
type flowLine struct {
	Key     string     `json:"key"`
	Name    string     `json:"name,omitempty"`
	State   flow.State `json:"state"`
	Sources int        `json:"sources,omitempty"`
	// Read says that one of its sources was read at least once.
	Read bool `json:"read,omitempty"`
	// LastNew is when one of its sources last brought something new.
	LastNew time.Time `json:"last_new,omitzero"`
}

// openIncident is an incident, with the word of who has muted it.
type openIncident struct {
	flow.Incident
	Muted *flow.Mute `json:"muted,omitempty"`
}

// overview gathers what there is to say now.
func (d *desk) overview(ctx context.Context) (o overview, err error) {
	o.At = d.now
	if o.Incidents, err = d.incidents(ctx, d.now); err != nil {
		return o, err
	}
	_, until, err := d.db.Holder(ctx, watch.TermName)
	if err != nil {
		return o, err
	}
	if o.Processes, err = d.liveProcesses(ctx); err != nil {
		return o, err
	}
	found := flow.Findings(plainIncidents(o.Incidents), mutesOf(o.Incidents))
	o.State = flow.StateOf(found)
	if until.Before(d.now) {
		o.State, o.Pages = flow.Unwatched, true
		// Where nobody can write, nobody can write that they watch.
		if u, ok := errors.AsType[*store.Unwritable](d.db.TryWriting(ctx)); ok {
			o.State, o.Unwritable = flow.Stopped, u.Error()
		}
	}
	o.Sentence = o.State.Sentence(found)
	o.Pages = o.Pages || slices.ContainsFunc(o.Incidents, func(i openIncident) bool {
		return i.Urgency == flow.Page && i.Under == nil && i.Muted == nil
	})
	for _, l := range d.config.Site.Locales {
		o.Locales = append(o.Locales, flowLine{Key: l.Tag, State: flow.StateOfLocale(found, l.Tag)})
	}
	seen, err := probe.Seen(ctx, d.db)
	if err != nil {
		return o, err
	}
	if !seen.Last.IsZero() {
		o.Probe = &seen
	}
	o.Publishers, err = d.flowByPublisher(ctx, found)
	if until.Before(d.now) { // of the parts nobody knows more than of the whole
		for _, lines := range [][]flowLine{o.Publishers, o.Locales} {
			for i := range lines {
				lines[i].State = o.State
			}
		}
	}
	return o, err
}

// liveProcesses are those that work and serve now.
func (d *desk) liveProcesses(ctx context.Context) ([]processLine, error) {
	processes, err := d.db.Processes(ctx, d.now.Add(-flow.BeatPatience))
	lines := []processLine{}
	for _, p := range processes {
		if p.Stopped.IsZero() {
			lines = append(lines, processLine{p.ID, p.Role, p.Version, p.Started, p.Beat})
		}
	}
	return lines, err
}

func (d *desk) flowByPublisher(ctx context.Context, found []flow.Finding) ([]flowLine, error) {
	states, err := d.db.SourceStates(ctx)
	if err != nil {
		return nil, err
	}
	lines := make([]flowLine, 0, len(d.config.Site.Publishers))
	for _, p := range d.config.Site.Publishers {
		line := flowLine{Key: p.Key, Name: d.publisherName(p.Key), State: flow.StateOfPublisher(found, p.Key)}
		for _, s := range d.config.Sources {
			if s.Publisher != p.Key || s.Disabled {
				continue
			}
			line.Sources++
			line.Read = line.Read || !states[s.ID].LastSuccess.IsZero()
			if arrived := states[s.ID].LastNew; arrived.After(line.LastNew) {
				line.LastNew = arrived
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// incidents are those that are open, what wakes somebody first, and those that were resolved
// since a time.
func (d *desk) incidents(ctx context.Context, resolvedSince time.Time) ([]openIncident, error) {
	incidents, err := d.db.Incidents(ctx, resolvedSince)
	if err != nil {
		return nil, err
	}
	mutes, err := d.db.Mutes(ctx, d.now)
	if err != nil {
		return nil, err
	}
	all := make([]openIncident, len(incidents))
	for n, i := range incidents {
		all[n].Incident = i
		if m := slices.IndexFunc(mutes, func(m flow.Mute) bool { return m.Key == i.Key() }); m >= 0 {
			all[n].Muted = &mutes[m]
		}
	}
	rank := map[flow.Urgency]int{flow.Page: 0, flow.Ticket: 1, flow.Note: 2}
	slices.SortStableFunc(all, func(a, b openIncident) int {
		if a.Resolved.IsZero() != b.Resolved.IsZero() {
			return a.Resolved.Compare(b.Resolved) // the zero time first
		}
		return rank[a.Urgency] - rank[b.Urgency]
	})
	return all, nil
}

func mutesOf(all []openIncident) (mutes []flow.Mute) {
	for _, i := range all {
		if i.Muted != nil {
			mutes = append(mutes, *i.Muted)
		}
	}
	return mutes
}

func plainIncidents(all []openIncident) []flow.Incident {
	plain := make([]flow.Incident, len(all))
	for i := range all {
		plain[i] = all[i].Incident
	}
	return plain
}

// watchOverview shows the overview until the context ends. An error of the database is shown
// in its place.
func (d *desk) watchOverview(ctx context.Context, every time.Duration) error {
	tick := time.NewTicker(max(every, time.Second))
	defer tick.Stop()
	for {
		var picture strings.Builder
		screen := d.out
		screen.Writer = &picture
		err := d.look(ctx)
		var o overview
		if err == nil {
			o, err = d.overview(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			picture.WriteString(err.Error() + "\n")
		default:
			if err := o.print(screen, d.now); err != nil {
				return err
			}
		}
		if d.out.live {
			d.out.clear()
		}
		if _, err := io.WriteString(d.out, picture.String()); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// printJSON prints a value for machines, in a form that people can read.
func printJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
