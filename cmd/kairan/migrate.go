package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newMigrateCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database to this version's schema",
		Long: `Bring the database to this version's schema. Every command that works on the
database does so when it begins; this is for those who want it done before.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			db, err := flags.open(cmd.Context(), setup)
			if err != nil {
				return err
			}
			defer db.Close()
			_, err = fmt.Fprintln(cmd.OutOrStdout(), "The database has this version's schema.")
			return err
		},
	}
	flags.add(cmd)
	return cmd
}
