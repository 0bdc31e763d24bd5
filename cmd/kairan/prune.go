package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/store"
)

func newPruneCommand() *cobra.Command {
	var flags flags
	var age string
	var dry bool
	cmd := &cobra.Command{
		Use:   "prune --older-than AGE",
		Short: "Remove texts that no feed shows any more",
		Long: `Remove texts that no feed shows any more: those of states of notices that were corrected
longer ago than AGE, and with which no archive of any channel ends. What archives hold
stays, to the byte. Titles, summaries, links and all that notices are known by stay, too.

AGE is a number with y for years, m for months, w for weeks or d for days, such as 2y.
It works beside the program, in short steps. The database keeps the room that gets free,
and fills it again; "kairan vacuum" gives it back to the disk.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			before, err := yearsAgo(time.Now(), age)
			if err != nil {
				return err
			}
			_, db, err := flags.openExisting(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			found, err := db.SupersededBefore(ctx, before)
			if err != nil {
				return err
			}
			if dry {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d texts would be removed, %s.\n", found.Len(), megabytes(found.Bytes))
				return err
			}
			bar := newProgress(cmd.ErrOrStderr(), found.Len(), "removing texts")
			err = db.ClearSuperseded(ctx, found, bar.left)
			bar.done()
			if err != nil {
				return err
			}
			said := fmt.Sprintf("%d texts are removed, %s.", found.Len(), megabytes(found.Bytes))
			_, err = fmt.Fprintln(cmd.OutOrStdout(), said)
			return errors.Join(err, db.PutDeed(ctx, store.Deed{Time: time.Now(), Who: me().Name, Way: "command", Action: "prune", Subject: "database", Detail: "older than " + age + ": " + said}))
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&age, "older-than", "", "how long ago, as an `AGE` like 2y")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be removed, and remove nothing")
	return cmd
}

// yearsAgo returns the time that was so long ago, by the calendar.
func yearsAgo(now time.Time, age string) (time.Time, error) {
	digits := strings.TrimRight(age, "ymwd")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 1000 {
		return time.Time{}, fmt.Errorf("--older-than %q: give a number with y, m, w or d, such as 2y", age)
	}
	switch age[len(digits):] {
	case "y":
		return now.AddDate(-n, 0, 0), nil
	case "m":
		return now.AddDate(0, -n, 0), nil
	case "w":
		return now.AddDate(0, 0, -7*n), nil
	case "d":
		return now.AddDate(0, 0, -n), nil
	}
	return time.Time{}, fmt.Errorf("--older-than %q: give a number with y, m, w or d, such as 2y", age)
}
