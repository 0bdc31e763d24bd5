package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

func newRepublishCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "republish CHANNEL | --all",
		Short: "Have a channel's feeds made anew",
		Long: `Give a channel a new revision, so that whoever serves it makes its feeds anew, from
the same log. No entry changes, and readers see nothing new. A channel is named as in
its address:

	kairan republish ja/disaster-prevention`,
		Args: takes(0, 1),
	}
	cmd.Flags().BoolVar(&all, "all", false, "every channel")
	return withDeed(cmd, func(ctx context.Context, o *operate.Operator, args []string) (operate.Done, error) {
		switch {
		case all == (len(args) > 0):
			return operate.Done{}, errors.New("republish: name a channel, such as ja/all, or give --all")
		case all:
			return o.Republish(ctx, me(), "")
		}
		return o.Republish(ctx, me(), args[0])
	})
}
