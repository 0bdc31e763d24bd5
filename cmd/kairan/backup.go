package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/backup"
	"github.com/kairan-news/kairan/internal/store"
)

func newBackupCommand() *cobra.Command {
	var flags flags
	var force bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a copy of the embedded database, while it is at work",
		Long: `Write a copy of the embedded database to a file, as it is at one moment, while it is
at work: neither readers nor collecting wait. A name that ends in .zst or .gz has the
copy compressed. It is checked, and gets its name when it is whole. Only its owner can
read it, since it holds what the database holds.

"kairan restore" puts it in the place of a database again. PostgreSQL has pg_dump.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			_, db, err := flags.openAsIs(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			space, err := db.Space(ctx)
			if errors.Is(err, store.ErrNotSQLite) {
				return store.ErrNoCopy
			}
			if err != nil {
				return err
			}
			need := space.Bytes - space.Free
			if err := hasRoomForCopy(args[0], need); err != nil {
				return err
			}
			const mega = 1e6
			bar := newProgress(cmd.ErrOrStderr(), int(need/mega), "MB are written")
			size, err := backup.Write(ctx, db, backup.Writing{File: args[0], Force: force, Written: func(n int64) {
				bar.left(max(0, int(need/mega)-int(n/mega)))
			}})
			bar.done()
			if err != nil {
				return err
			}
			if err := db.NoteBackup(ctx, time.Now()); err != nil {
				fmt.Fprintf(cmd.ErrOrStderr(), "kairan: the copy is well, but nobody will know when it was made: %v\n", err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s holds the database, checked: %s.\n", args[0], megabytes(size))
			return err
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&force, "force", false, "replace FILE if it is there")
	return cmd
}

// hasRoomForCopy tells whether there is room for a copy of so many bytes; one that is
// compressed is smaller, and stands beside the other until it is done.
func hasRoomForCopy(file string, need int64) error {
	if strings.HasSuffix(file, ".gz") || strings.HasSuffix(file, ".zst") {
		need += need / 2
	}
	folder := filepath.Dir(file)
	free, err := freeSpace(folder)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("backup: look how much room there is in %s: %w", folder, err)
	}
	if free < need {
		return fmt.Errorf("backup: %s are needed in %s, and %s are free; write it to a larger disk", megabytes(need), folder, megabytes(free))
	}
	return nil
}
