package main

import "github.com/spf13/cobra"

func newWebCommand() *cobra.Command {
	return newServiceCommand(parts{site: true}, &cobra.Command{
		Use:   "web",
		Short: "Serve the public site, without collecting or publishing",
		Long: `Serve the public site, without collecting or publishing. Any number of such
processes may serve from one PostgreSQL. It goes on serving what it holds while the
database is away.`,
	})
}
