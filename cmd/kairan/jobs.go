package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

func newJobsCommand() *cobra.Command {
	var flags flags
	var asJSON bool
	var which jobFilter
	cmd := &cobra.Command{
		Use:   "jobs",
		Short: "List what runs, what waits, what comes next, and what was done",
		Long: `List the jobs that run or wait, when each source is visited next by its schedule (in its
publisher's time), and the last runs with how long they took and what came of them.

	kairan jobs --source harbour-ja --outcome failed --since 48h`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			return d.listJobs(cmd.Context(), which, asJSON)
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, for machines")
	cmd.Flags().StringVar(&which.source, "source", "", "list what is of the source of this `ID` alone")
	cmd.Flags().StringVar(&which.publisher, "publisher", "", "list what is of the publisher of this `KEY` alone")
	cmd.Flags().StringVar(&which.outcome, "outcome", "", "list runs with this `OUTCOME` alone: "+strings.Join(outcomes, ", "))
	cmd.Flags().Var(&which.since, "since", "list runs of this time alone, such as 48h or 3d")
	cmd.Flags().IntVar(&which.limit, "limit", 20, "how many jobs, next visits and runs are listed at most, each")
	return cmd
}

// outcomes are those of runs.
var outcomes = []string{store.RunOK, store.RunUnchanged, store.RunFailed, store.RunPartial, store.RunHeld, store.RunSkipped}

// jobFilter says which jobs are meant; "" and 0 are all.
type jobFilter struct {
	source, publisher, outcome string
	since                      lookback
	limit                      int
}

// sources returns the configured sources that are meant, or what is wrong with the filter.
func (f jobFilter) sources(d *desk) ([]feeds.Source, error) {
	if f.limit < 1 {
		return nil, fmt.Errorf("--limit %d: use a number above 0", f.limit)
	}
	if f.outcome != "" && !slices.Contains(outcomes, f.outcome) {
		return nil, fmt.Errorf("--outcome %q: %s", f.outcome, meant(f.outcome, outcomes, "use one of "+strings.Join(outcomes, ", ")))
	}
	if err := d.checkPublisher(f.publisher); err != nil {
		return nil, err
	}
	var ids []string
	var chosen []feeds.Source
	for _, s := range d.config.Sources {
		ids = append(ids, s.ID)
		if (f.source == "" || s.ID == f.source) && (f.publisher == "" || s.Publisher == f.publisher) {
			chosen = append(chosen, s)
		}
	}
	if f.source != "" && !slices.Contains(ids, f.source) {
		return nil, fmt.Errorf("--source %q: no source of %s has this id; %s", f.source, d.name, meant(f.source, ids, `"kairan sources" lists them`))
	}
	return chosen, nil
}

// jobList is what there is to say of jobs.
type jobList struct {
	Jobs []jobLine   `json:"jobs"`
	Next []visitLine `json:"next"`
	Runs []pastRun   `json:"runs"`
}

// jobLine is a job that runs or waits.
type jobLine struct {
	ID    int64  `json:"id"`
	Kind  string `json:"kind"`
	About string `json:"about,omitempty"`
	State string `json:"state"`
	// Since is when it began, where it runs, when it could run first, where it waits, and
	// when it can, where it is not yet time.
	Since   time.Time `json:"since"`
	Attempt int       `json:"attempt"`
}

// visitLine is the next visit of a source.
type visitLine struct {
	Source string `json:"source"`
	// Due is left out where it is due at once.
	Due      time.Time `json:"due,omitzero"`
	Schedule string    `json:"schedule"`
	Zone     string    `json:"zone"`
	Paused   bool      `json:"paused,omitempty"`
}

// pastRun is a run that has ended.
type pastRun struct {
	runLine
	Started time.Time `json:"started"`
}

func (d *desk) listJobs(ctx context.Context, which jobFilter, asJSON bool) error {
	sources, err := which.sources(d)
	if err != nil {
		return err
	}
	var list jobList
	if list.Jobs, err = d.queued(ctx, which, sources); err != nil {
		return err
	}
	if list.Next, err = d.nextVisits(ctx, which, sources); err != nil {
		return err
	}
	if list.Runs, err = d.pastRuns(ctx, which, sources); err != nil {
		return err
	}
	if asJSON {
		return printJSON(d.out, list)
	}
	return d.printJobs(list)
}

// queued are the jobs that run or wait; where sources are chosen, those of their hosts.
func (d *desk) queued(ctx context.Context, which jobFilter, sources []feeds.Source) ([]jobLine, error) {
	all, err := d.db.QueuedJobs(ctx, mostQueued)
	if err != nil {
		return nil, err
	}
	chosen := which.source != "" || which.publisher != ""
	hosts := map[string]bool{}
	for _, s := range sources {
		if s.Kind == feeds.KindFolder {
			s.Path = d.config.Folder(s)
		}
		hosts[jobs.Host(s)] = true
	}
	lines := []jobLine{}
	for _, j := range all {
		if chosen && (j.Kind != jobs.CollectArgs{}.Kind() || !hosts[j.About]) || len(lines) == which.limit {
			continue
		}
		since := j.Scheduled
		if j.State == "running" {
			since = j.Attempted
		}
		lines = append(lines, jobLine{j.ID, j.Kind, j.About, j.State, since.UTC(), j.Attempt})
	}
	return lines, nil
}

// mostQueued is among how many jobs those are looked for that are meant.
const mostQueued = 5000

// nextVisits are the next visits, in their order.
func (d *desk) nextVisits(ctx context.Context, which jobFilter, sources []feeds.Source) ([]visitLine, error) {
	states, err := d.db.SourceStates(ctx)
	if err != nil {
		return nil, err
	}
	pauses, err := d.db.Pauses(ctx, d.now)
	if err != nil {
		return nil, err
	}
	lines := []visitLine{}
	for _, s := range sources {
		if s.Disabled {
			continue
		}
		l := visitLine{Source: s.ID, Due: states[s.ID].NextDue, Schedule: s.Schedule, Zone: d.config.Site.Zone(s.Publisher).String()}
		if p, ok := pauses[s.ID]; ok {
			l.Due, l.Paused = p.Until, true
		}
		lines = append(lines, l)
	}
	slices.SortStableFunc(lines, func(a, b visitLine) int { return a.Due.Compare(b.Due) })
	return lines[:min(len(lines), which.limit)], nil
}

// pastRuns are the newest runs.
func (d *desk) pastRuns(ctx context.Context, which jobFilter, sources []feeds.Source) ([]pastRun, error) {
	q := store.RunQuery{Outcome: which.outcome, Limit: which.limit}
	if which.since > 0 {
		q.Since = which.since.from(d.now)
	}
	if which.source != "" || which.publisher != "" {
		q.Sources = []string{}
		for _, s := range sources {
			q.Sources = append(q.Sources, s.ID)
		}
	}
	runs, err := d.db.History(ctx, q)
	if err != nil {
		return nil, err
	}
	lines := make([]pastRun, len(runs))
	for i, r := range runs {
		lines[i] = pastRun{lineOf(r), r.Started}
	}
	return lines, nil
}

func (d *desk) printJobs(list jobList) error {
	var all strings.Builder
	screen := d.out
	screen.Writer = &all
	if len(list.Jobs) == 0 {
		all.WriteString("No job runs or waits.\n")
	} else {
		queue := table{out: screen}
		queue.head("JOB", "OF", "STATE", "SINCE")
		for _, j := range list.Jobs {
			state, c := jobState(j, d.now)
			queue.add(j.Kind, cmp.Or(j.About, "-"), cell{state, c}, awayFrom(j.Since, d.now))
		}
		if err := queue.print(); err != nil {
			return err
		}
	}
	all.WriteByte('\n')
	next := table{out: screen}
	next.head("NEXT VISIT", "SOURCE", "SCHEDULE")
	for _, v := range list.Next {
		next.add(v.when(d.now), v.Source, v.Schedule+" in "+v.Zone)
	}
	if err := next.print(); err != nil {
		return err
	}
	all.WriteByte('\n')
	runs := table{out: screen}
	runs.head("RUN OF", "BEGAN", "TOOK", "OUTCOME", "NEW", "CHANGED", "REMARK")
	for _, r := range list.Runs {
		runs.add(r.Source, ago(r.Started, d.now), (time.Duration(r.TookMS) * time.Millisecond).String(), cell{r.Outcome, outcomeColour(r.Outcome)}, r.New, r.Changed, r.remark())
	}
	if err := runs.print(); err != nil {
		return err
	}
	_, err := fmt.Fprint(d.out, all.String())
	return err
}

// jobState says in a word how a job is.
func jobState(j jobLine, now time.Time) (string, colour) {
	switch {
	case j.State == "running":
		return "running", green
	case j.State == "retryable":
		return fmt.Sprintf("to be tried again (%d)", j.Attempt), yellow
	case j.Since.After(now):
		return "scheduled", dim
	}
	return "waiting", plainly
}

// awayFrom says how far a time is from now.
func awayFrom(t, now time.Time) string {
	if t.After(now) {
		return "in " + shortly(t.Sub(now))
	}
	return ago(t, now)
}

// when says when a visit is, in the publisher's time.
func (v visitLine) when(now time.Time) string {
	zone, err := time.LoadLocation(v.Zone)
	if err != nil {
		zone = time.UTC
	}
	switch {
	case v.Paused:
		return "paused until " + v.Due.In(zone).Format("Mon 2 Jan 15:04 MST")
	case !v.Due.After(now):
		return "due now"
	}
	return v.Due.In(zone).Format("Mon 2 Jan 15:04 MST")
}

func outcomeColour(outcome string) colour {
	switch outcome {
	case store.RunOK:
		return green
	case store.RunFailed:
		return red
	case store.RunPartial, store.RunHeld:
		return yellow
	}
	return dim
}

func (r pastRun) remark() string {
	return remark(store.Run{Outcome: r.Outcome, Error: r.Error, Problems: r.Problems, Withdrawn: r.Withdrawn})
}
