package main

import (
	"github.com/spf13/cobra"
)

func newReloadCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "reload",
		Short: "Have every running process read its configuration again",
		Long: `Have every running process read its configuration again, each its own files, at its next
beat. A configuration with faults is refused here, and changes nothing; "kairan status"
tells if a process could not take up its own.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			return d.said(d.operator().Reload(cmd.Context(), me()))
		},
	}
	flags.add(cmd)
	return cmd
}
