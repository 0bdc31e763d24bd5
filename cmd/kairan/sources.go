package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
	"github.com/kairan-news/kairan/internal/ops"
)

func newSourcesCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "List the sources and how they are",
		Long: `List the sources and how they are. Times are in UTC. The remark is what asks most for
a person: why a source is held, the error of its last run, where it has moved, or what
is wrong with its last document.`,
		Args: group,
		RunE: func(cmd *cobra.Command, _ []string) error { return listSources(cmd, &flags) },
	}
	flags.add(cmd)
	cmd.AddCommand(newReleaseCommand(), newResumeCommand())
	return cmd
}

func listSources(cmd *cobra.Command, flags *flags) error {
	loaded, db, err := flags.openExisting(cmd.Context())
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := status{db: db, metrics: newJobMetrics(), counted: &counted{}, setup: func() *setup { return loaded }}.Sources(cmd.Context())
	if err != nil {
		return err
	}
	read, err := db.LastReadings(cmd.Context())
	if err != nil {
		return err
	}
	now := time.Now()
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SOURCE\tKIND\tSTATE\tARTICLES\tLAST RUN\tOUTCOME\tNEXT RUN\tREMARK")
	for _, s := range all {
		last, outcome := "never", "-"
		if s.Last != nil {
			last, outcome = s.Last.Started.UTC().Format(time.RFC3339), s.Last.Outcome
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", s.Source.ID, s.Source.Kind, s.State, s.Articles,
			last, outcome, nextRun(s, now), sourceRemark(s, read[s.Source.ID].Problems))
	}
	return table.Flush()
}

// nextRun says when a source is due, in UTC.
func nextRun(s ops.SourceStatus, now time.Time) string {
	switch {
	case s.State == ops.SourceDisabled:
		return "-"
	case !s.Due.After(now): // nor has one that no process has seen yet a time
		return "due now"
	}
	return s.Due.UTC().Format(time.RFC3339)
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
	return newSourceCommand("release SOURCE", "Let a source do what its last run was held for",
		`Let a source do what its last run was held for, such as withdrawing many notices at
once, or correcting many after the source suddenly changed. The source is collected
again by the next process that works, and what is held is done if it is still so.`,
		(*operate.Operator).Release)
}

func newResumeCommand() *cobra.Command {
	return newSourceCommand("resume SOURCE", "Ask a source again that fails or is gone",
		`Forget the failures of a source and ask it again at once: one whose server said that
it is gone for good (410) and that is asked only once a week since, or one that has
failed so often that it is asked only once a day.`,
		(*operate.Operator).Resume)
}

// newSourceCommand returns a command that does something to one configured source and
// prints what it did.
func newSourceCommand(use, short, long string, do func(o *operate.Operator, ctx context.Context, who operate.Who, id string) (operate.Done, error)) *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   use,
		Short: short,
		Long:  long,
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			setup, db, err := flags.openExisting(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			done, err := do(commandOperator(db, setup), cmd.Context(), commandUser(), args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), done.Said)
			return err
		},
	}
	flags.add(cmd)
	return cmd
}
