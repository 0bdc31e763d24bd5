package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/operate"
	"github.com/kairan-news/kairan/internal/ops"
)

func newSourcesCommand() *cobra.Command {
	var flags flags
	var asJSON bool
	var which sourceFilter
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "List the sources and how they are",
		Long: `List the sources and how they are. The remark is what asks most for a person: why a
source is held or paused, the error of its last run, where it has moved, or what is
wrong with its last document. In a terminal it is cut to its width; --json has the whole,
with times in UTC.`,
		Args: group,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			return d.listSources(cmd.Context(), which, asJSON)
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON list, for machines")
	cmd.Flags().StringVar(&which.state, "state", "", "list those in this `STATE` alone: "+strings.Join(sourceStates, ", "))
	cmd.Flags().StringVar(&which.publisher, "publisher", "", "list those of the publisher of this `KEY` alone")
	cmd.AddCommand(newReleaseCommand(), newResumeCommand(), newRetryCommand())
	return cmd
}

// sourceFilter says which sources are meant; "" is all.
type sourceFilter struct{ state, publisher string }

// paused is a state of sources beside those that visits give them.
const paused = "paused"

// sourceStates are the states of sources, from the one that needs a person most.
var sourceStates = []string{
	string(ops.SourceHeld), string(ops.SourceGone), string(ops.SourceDegraded), string(ops.SourceFailing), string(ops.SourcePartial),
	paused, string(ops.SourceNew), string(ops.SourceOK), string(ops.SourceDisabled),
}

// check refuses what no source can be.
func (f sourceFilter) check(d *desk) error {
	if f.state != "" && !slices.Contains(sourceStates, f.state) {
		return fmt.Errorf("--state %q: %s", f.state, meant(f.state, sourceStates, "use one of "+strings.Join(sourceStates, ", ")))
	}
	return d.checkPublisher(f.publisher)
}

// checkPublisher refuses a key that is no publisher's; "" is none.
func (d *desk) checkPublisher(key string) error {
	var keys []string
	for _, p := range d.config.Site.Publishers {
		keys = append(keys, p.Key)
	}
	if key == "" || slices.Contains(keys, key) {
		return nil
	}
	return fmt.Errorf("--publisher %q: no publisher of %s has this key; %s", key, d.name, meant(key, keys, "they are "+strings.Join(keys, ", ")))
}

// meant names what was probably meant, else says what there is.
func meant(given string, known []string, otherwise string) string {
	if near := config.Nearest(given, known...); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise
}

// sourceLine is a source as machines read it.
type sourceLine struct {
	ID        string `json:"id"`
	Publisher string `json:"publisher"`
	Kind      string `json:"kind"`
	State     string `json:"state"`
	Articles  int    `json:"articles"`
	Failures  int    `json:"failures,omitempty"`
	// LastSuccess and LastRun are left out where there was none, and Due where it is due
	// now, or never.
	LastSuccess time.Time   `json:"last_success,omitzero"`
	LastRun     time.Time   `json:"last_run,omitzero"`
	Outcome     string      `json:"outcome,omitempty"`
	Due         time.Time   `json:"due,omitzero"`
	Paused      *flow.Pause `json:"paused,omitempty"`
	Remark      string      `json:"remark,omitempty"`
}

func (d *desk) listSources(ctx context.Context, which sourceFilter, asJSON bool) error {
	if err := which.check(d); err != nil {
		return err
	}
	lines, err := d.sourceLines(ctx)
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(l sourceLine) bool {
		return which.state != "" && l.State != which.state || which.publisher != "" && l.Publisher != which.publisher
	})
	if asJSON {
		return printJSON(d.out, lines)
	}
	table := table{out: d.out}
	table.head("SOURCE", "PUBLISHER", "STATE", "ARTICLES", "LAST SUCCESS", "NEXT VISIT", "REMARK")
	for _, l := range lines {
		table.add(l.ID, d.publisherName(l.Publisher), cell{l.State, sourceColour(l.State)}, l.Articles, ago(l.LastSuccess, d.now), l.nextVisit(d.now), l.Remark)
	}
	return table.print()
}

func (d *desk) sourceLines(ctx context.Context) ([]sourceLine, error) {
	all, err := d.status().Sources(ctx)
	if err != nil {
		return nil, err
	}
	read, err := d.db.LastReadings(ctx)
	if err != nil {
		return nil, err
	}
	pauses, err := d.db.Pauses(ctx, d.now)
	if err != nil {
		return nil, err
	}
	lines := make([]sourceLine, 0, len(all))
	for _, s := range all {
		l := sourceLine{
			ID: s.Source.ID, Publisher: s.Source.Publisher, Kind: string(s.Source.Kind), State: string(s.State), Articles: s.Articles,
			Failures: s.Failures, LastSuccess: s.Succeeded, Due: s.Due, Remark: sourceRemark(s, read[s.Source.ID].Problems),
		}
		if s.Last != nil {
			l.LastRun, l.Outcome = s.Last.Started, s.Last.Outcome
		}
		if s.State == ops.SourceDisabled {
			l.Due = time.Time{}
		} else if p, ok := pauses[s.Source.ID]; ok {
			l.State, l.Paused, l.Due = paused, &p, p.Until
			l.Remark = fmt.Sprintf("paused by %s until %s: %s", p.By, p.Until.UTC().Format("2006-01-02 15:04 UTC"), p.Reason)
		}
		l.Remark = oneLine(l.Remark)
		lines = append(lines, l)
	}
	return lines, nil
}

// nextVisit says when a source is visited next.
func (l *sourceLine) nextVisit(now time.Time) string {
	switch {
	case l.State == string(ops.SourceDisabled):
		return "-"
	case !l.Due.After(now): // nor has one that no process has seen yet a time
		return "due now"
	}
	return "in " + shortly(l.Due.Sub(now))
}

func sourceColour(state string) colour {
	switch ops.SourceState(state) {
	case ops.SourceHeld, ops.SourceGone, ops.SourceDegraded:
		return red
	case ops.SourceFailing, ops.SourcePartial, paused:
		return yellow
	case ops.SourceOK:
		return green
	}
	return dim
}

// sourceRemark says what a person should know of a source: what asks most for one.
func sourceRemark(s ops.SourceStatus, problems []string) string {
	pressing := slices.IndexFunc(problems, func(p string) bool {
		return strings.HasPrefix(p, "language-conflict:") || strings.HasPrefix(p, "window-passed:")
	})
	switch {
	case s.Held != "":
		return s.Held
	case s.Last != nil && s.Last.Error != "":
		return s.Last.Error
	case s.Moved != "":
		return "moved to " + s.Moved
	case pressing >= 0:
		return problems[pressing]
	case len(problems) > 0:
		return count(len(problems), "problem", "problems") + " with its last document: see the operators' page"
	}
	return ""
}

func newReleaseCommand() *cobra.Command {
	return newDeedCommand(&cobra.Command{
		Use:   "release SOURCE",
		Short: "Let a source do what its last run was held for",
		Long: `Let a source do what its last run was held for, such as withdrawing many notices at
once, or correcting many after the source suddenly changed. The source is collected
again by the next process that works, and what is held is done if it is still so.`,
	}, func(ctx context.Context, o *operate.Operator, source string) (operate.Done, error) {
		return o.Release(ctx, me(), source)
	})
}
