package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

func newRemapCommand() *cobra.Command {
	return withDeed(&cobra.Command{
		Use:   "remap",
		Short: "Have all articles filed anew under the city's categories",
		Long: `Have all articles filed anew by the rules in force, by the next process that works. It
happens by itself where the rules have changed. No article gets a new date by it.`,
		Args: takes(0, 0),
	}, func(ctx context.Context, o *operate.Operator, _ []string) (operate.Done, error) {
		return o.Remap(ctx, me())
	})
}
