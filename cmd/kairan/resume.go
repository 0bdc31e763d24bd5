package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

// newResumeCommand returns the command, which also stands behind "kairan sources".
func newResumeCommand() *cobra.Command {
	return newDeedCommand(&cobra.Command{
		Use:   "resume SOURCE",
		Short: "Visit a source again that is paused, fails or is gone",
		Long: `End the pause of a source, forget its failures, and have it visited at once: also one
whose server said that it is gone for good (410) and that is asked only once a week
since, or one that has failed so often that it is asked only once a day.`,
	}, func(ctx context.Context, o *operate.Operator, source string) (operate.Done, error) {
		return o.Resume(ctx, me(), source)
	})
}
