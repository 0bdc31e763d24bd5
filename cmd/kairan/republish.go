package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func newRepublishCommand() *cobra.Command {
	var flags flags
	var all bool
	cmd := &cobra.Command{
		Use:   "republish CHANNEL | --all",
		Short: "Have the documents of a channel made anew",
		Long: `Have the documents of a channel made anew, from the log, by whoever publishes. A channel
is named as in its address:

	kairan republish ja/government`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if all != (len(args) == 0) {
				return errors.New("name a channel as in its address, such as ja/government, or give --all")
			}
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			channel := ""
			if !all {
				channel = args[0]
			}
			return d.said(d.operator().Republish(cmd.Context(), me(), channel))
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "all channels, one after the other")
	return cmd
}
