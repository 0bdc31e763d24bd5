package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

func newRetryCommand() *cobra.Command {
	return newDeedCommand(&cobra.Command{
		Use:   "retry SOURCE",
		Short: "Ask a source again that fails, without waiting",
		Long: `Ask a source again that fails, without waiting until its next visit is due. Unlike
"resume" it forgets nothing: if the visit fails too, the source rests longer still.`,
	}, func(ctx context.Context, o *operate.Operator, source string) (operate.Done, error) {
		return o.Retry(ctx, me(), source)
	})
}
