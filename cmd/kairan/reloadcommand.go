package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

func newReloadCommand() *cobra.Command {
	return withDeed(&cobra.Command{
		Use:   "reload",
		Short: "Have every process read its configuration again",
		Long: `Have every serve, work and web process read its configuration again, as SIGHUP has one
of them, within some ten seconds. One whose file has a fault goes on with what it has,
and says so on the page of the configuration and in "kairan status".`,
		Args: takes(0, 0),
	}, func(ctx context.Context, o *operate.Operator, _ []string) (operate.Done, error) {
		return o.Reload(ctx, me())
	})
}
