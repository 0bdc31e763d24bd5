package main

import "github.com/spf13/cobra"

func newWorkCommand() *cobra.Command {
	return newServiceCommand(parts{jobs: true}, &cobra.Command{
		Use:   "work",
		Short: "Collect and publish, without the public site",
		Long: `Collect and publish, without the public site. Any number of such processes may work
on one PostgreSQL: each host is visited by one of them at a time.`,
	})
}
