package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
)

func newPauseCommand() *cobra.Command {
	var reason string
	var end ending
	cmd := newDeedCommand(&cobra.Command{
		Use:   "pause SOURCE --reason TEXT --for TIME",
		Short: "Have a source not visited until a time",
		Long: `Have a source not visited until a time, such as while its publisher rebuilds its site.
What it has brought stays published. Others read the reason. Nothing is told of it
meanwhile but that it is paused; when the time has come it is visited again by itself.

	kairan pause harbour-ja --reason "relaunch, says Ms. Ito" --for 3d
	kairan pause harbour-ja --reason "office closed" --until "2027-01-04 08:00"`,
	}, func(ctx context.Context, o *operate.Operator, source string) (operate.Done, error) {
		until, err := end.read(time.Now())
		if err != nil {
			return operate.Done{}, err
		}
		return o.Pause(ctx, me(), source, reason, until.UTC().Format(time.RFC3339))
	})
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that others read")
	end.add(cmd)
	return cmd
}

// ending are the flags that say when something is to end.
type ending struct{ until, length string }

func (e *ending) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&e.until, "until", "", "`TIME` of its end: 2026-12-24, \"2026-12-24 15:00\" or 2026-12-24T15:00:00Z")
	cmd.Flags().StringVar(&e.length, "for", "", "`TIME` that it lasts: 90m, 4h, 3d or 2w")
}

func (e *ending) read(now time.Time) (time.Time, error) {
	if e.until != "" && e.length != "" {
		return time.Time{}, errors.New("--until and --for are both given: leave one of them out")
	}
	if e.length != "" {
		return operate.ParseUntil(e.length, now)
	}
	return operate.ParseUntil(e.until, now)
}
