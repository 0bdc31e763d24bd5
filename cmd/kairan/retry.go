package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

// newRetryCommand returns the command, which stands behind "kairan sources".
func newRetryCommand() *cobra.Command {
	return newDeedCommand(&cobra.Command{
		Use:   "retry SOURCE",
		Short: "Ask a source now that fails and is asked more and more seldom",
		Long: `Ask a source now that fails and is asked more and more seldom. Its failures stay counted;
"kairan resume" forgets them.`,
	}, func(ctx context.Context, o *operate.Operator, source string) (operate.Done, error) {
		return o.Retry(ctx, me(), source)
	})
}
