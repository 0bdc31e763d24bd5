package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

func newRunCommand() *cobra.Command {
	var flags flags
	var wait, asJSON bool
	var patience time.Duration
	cmd := &cobra.Command{
		Use:   "run SOURCE…",
		Short: "Have the running service visit sources now",
		Long: `Have the running service visit these sources now, whenever they are due. Where no
service runs, "kairan collect SOURCE…" visits them itself.

With --wait it prints what came of each, and ends with 1 if one failed or was not
visited in time.`,
		Args: takes(1, 1000),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			slices.Sort(args)
			return d.run(cmd, slices.Compact(args), wait || asJSON, asJSON, patience)
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&wait, "wait", false, "wait, and print what came of each")
	cmd.Flags().BoolVar(&asJSON, "json", false, "wait, and print one JSON object a source, for machines")
	cmd.Flags().DurationVar(&patience, "timeout", 2*time.Minute, "how long --wait waits")
	return cmd
}

// run makes sources due. Those that can't be are told, and keep no other from its visit.
func (d *desk) run(cmd *cobra.Command, sources []string, wait, asJSON bool, patience time.Duration) error {
	ctx := cmd.Context()
	if err := d.served(ctx); err != nil {
		return err
	}
	before, err := d.db.LastRunIDs(ctx, sources)
	if err != nil {
		return err
	}
	var errs []error
	var due []string
	for _, id := range sources {
		done, err := d.operator().Run(ctx, me(), id)
		switch {
		case err != nil:
			errs = append(errs, err)
			continue
		case !wait:
			fmt.Fprintln(d.out, done.Said)
		}
		due = append(due, id)
	}
	if wait && len(due) > 0 {
		err := d.await(cmd, due, before, asJSON, patience)
		if !errors.Is(err, errReported) || len(errs) == 0 { // else these say enough
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// served returns an error where no process works.
func (d *desk) served(ctx context.Context) error {
	processes, err := d.db.Processes(ctx, d.now.Add(-flow.BeatPatience))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(processes, func(p flow.Process) bool { return p.Role != "web" && p.Stopped.IsZero() }) {
		return errors.New(`no process works on this database, so that nobody would visit it; start "kairan serve" or "kairan work", or visit it now by "kairan collect"`)
	}
	return nil
}

// lookForRuns is how often it is looked whether runs have ended.
const lookForRuns = 250 * time.Millisecond

// await waits until each source has another run than before, and prints them.
func (d *desk) await(cmd *cobra.Command, sources []string, before map[string]int64, asJSON bool, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(cmd.Context(), patience)
	defer cancel()
	tick := time.NewTicker(lookForRuns)
	defer tick.Stop()
	bar := newProgress(cmd.ErrOrStderr(), len(sources), "waiting")
	runs := map[string]*store.Run{}
	for ctx.Err() == nil {
		if err := d.newRuns(ctx, sources, before, runs, bar.step); err != nil && ctx.Err() == nil {
			return err
		}
		if len(runs) == len(sources) {
			break
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	bar.done()
	if err := printRuns(d.out, sources, runs, asJSON); err != nil {
		return err
	}
	if cmd.Context().Err() != nil {
		return cmd.Context().Err()
	}
	for _, id := range sources {
		if r := runs[id]; r == nil || r.Outcome == store.RunFailed || r.Outcome == store.RunSkipped {
			return errReported
		}
	}
	return nil
}

// newRuns adds the runs that have ended of sources that had none yet, and tells of each.
func (d *desk) newRuns(ctx context.Context, sources []string, before map[string]int64, runs map[string]*store.Run, tell func(source string)) error {
	last, err := d.db.LastRunIDs(ctx, sources)
	if err != nil {
		return err
	}
	for _, id := range sources {
		if runs[id] != nil || last[id] == before[id] {
			continue
		}
		newest, err := d.db.Runs(ctx, id, 1)
		if err != nil {
			return err
		}
		runs[id] = &newest[0]
		tell(id)
	}
	return nil
}
