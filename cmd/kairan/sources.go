package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
)

func newSourcesCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "List the sources and how they are",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return listSources(cmd, &flags) },
	}
	flags.add(cmd)
	cmd.AddCommand(newReleaseCommand())
	return cmd
}

func listSources(cmd *cobra.Command, flags *flags) error {
	loaded, err := flags.load("")
	if err != nil {
		return err
	}
	db, err := flags.open(cmd.Context(), loaded)
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := status{db: db, metrics: newJobMetrics(), setup: func() *setup { return loaded }}.Sources(cmd.Context())
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SOURCE\tKIND\tSTATE\tARTICLES\tLAST RUN\tOUTCOME\tREMARK")
	for _, s := range all {
		last, outcome, remark := "never", "", s.Held
		if s.Last != nil {
			last, outcome = s.Last.Started.Format(time.DateTime), s.Last.Outcome
			if remark == "" {
				remark = s.Last.Error
			}
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", s.Source.ID, s.Source.Kind, s.State, s.Articles, last, outcome, remark)
	}
	return table.Flush()
}

func newReleaseCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "release SOURCE",
		Short: "Let a source do what its last run was held for",
		Long: `Let a source do what its last run was held for, such as withdrawing many notices at
once. The source is collected again by the next process that works, and what is held
is done if it is still so.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			if !setup.hasSource(args[0]) {
				return fmt.Errorf("no source %q in %s; \"kairan sources\" lists them", args[0], setup.name)
			}
			db, err := flags.open(cmd.Context(), setup)
			if err != nil {
				return err
			}
			defer db.Close()
			held, err := db.Release(cmd.Context(), args[0], time.Now())
			if err != nil {
				return err
			}
			if !held {
				return fmt.Errorf("nothing of source %q is held", args[0])
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is released; its next run does what was held.\n", args[0])
			return err
		},
	}
	flags.add(cmd)
	return cmd
}
