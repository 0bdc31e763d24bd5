package main

import (
	"github.com/spf13/cobra"
)

func newRemapCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "remap",
		Short: "Have all articles filed anew by the rules in force",
		Long: `Have all articles filed anew by the rules of the configuration that is in force: the next
process that works does so. Readers see no new dates.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			return d.said(d.operator().Remap(cmd.Context(), me()))
		},
	}
	flags.add(cmd)
	return cmd
}
