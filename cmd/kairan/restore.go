package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/backup"
)

func newRestoreCommand() *cobra.Command {
	var flags flags
	var reason string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a copy in the place of the embedded database",
		Long: `Put a copy that "kairan backup" wrote in the place of the embedded database, in the
folder that --data names. Stop the program first. The database that is there is not
destroyed: it is moved aside, and its new name is said. The copy is checked, brought to
this version's schema, and given a new epoch of the log, so that whoever read what is
lost by it learns that, and misses nothing of what comes.

A database in PostgreSQL is restored by pg_restore; "kairan epoch" is to be run then.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			to, ok := strings.CutPrefix(flags.address(setup), "sqlite:")
			if !ok {
				return errors.New(`restore: the storage is PostgreSQL: restore it by pg_restore, and then run "kairan epoch --reason …"`)
			}
			if err := hasRoomToRestore(to, args[0]); err != nil {
				return err
			}
			if reason == "" {
				reason = "restored from " + args[0]
			}
			out, err := backup.Restore(cmd.Context(), backup.Restoring{
				From: args[0], To: to, HighWater: flags.highWater(setup), Who: me().Name, Reason: reason, Now: time.Now(),
			})
			if err != nil {
				return err
			}
			return sayRestored(cmd.OutOrStdout(), to, out)
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that is kept with the epoch")
	return cmd
}

func sayRestored(w io.Writer, to string, out backup.Restored) error {
	said := fmt.Sprintf("%s is restored. Epoch %d of the log goes on from record %d; its numbers begin above %d.\n", to, out.Epoch.Name, out.Epoch.From, out.Epoch.Since)
	if out.Aside != "" {
		said += fmt.Sprintf("The database that was there is now %s; remove it when you need it no more.\n", out.Aside)
	}
	if out.Damaged != nil {
		said += fmt.Sprintf("It was damaged: %v\n", out.Damaged)
	}
	_, err := io.WriteString(w, said+"Start the program again. It visits every source that is due, and publishes what has come since the copy was made.\n")
	return err
}

// hasRoomToRestore tells whether there is room for a copy beside the database: at least as
// much as its file takes.
func hasRoomToRestore(to, from string) error {
	info, err := os.Stat(from)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	folder, err := nearestFolder(to)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	free, err := freeSpace(folder)
	if err != nil {
		return nil // whoever writes there will be told
	}
	if free < info.Size() {
		return fmt.Errorf("restore: more than %s are needed in %s, and %s are free; make room there", megabytes(info.Size()), folder, megabytes(free))
	}
	return nil
}
