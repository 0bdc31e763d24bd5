package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/store"
)

func newVacuumCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "vacuum",
		Short: "Give unused space in the embedded database back to the disk",
		Long: `Give unused space in the embedded database back to the disk, such as after the
upgrade from a version that kept finished feeds in it, and make sure that nothing is
left there of what was erased. The database is written anew: that takes a minute for
some gigabytes, twice the room of what it holds, and that nothing else uses it. Stop
the program first.

PostgreSQL does this by itself.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			setup, db, err := flags.openExisting(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			bar := newProgress(cmd.ErrOrStderr(), 0, "clearing")
			for more := true; more; {
				if more, err = db.ClearFormer(ctx); err != nil {
					return err
				}
			}
			bar.done()
			before, err := db.Space(ctx)
			if err != nil {
				return fmt.Errorf("vacuum: %w", err)
			}
			if err := hasRoom(flags.address(setup), before); err != nil {
				return err
			}
			if err := db.Compact(ctx); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "The database takes %s less: %s.\n", megabytes(before.Free), megabytes(before.Bytes-before.Free))
			return err
		},
	}
	flags.add(cmd)
	return cmd
}

// hasRoom tells whether there is room to write the database anew beside it: once, and
// once more while the new one takes the place of the old.
func hasRoom(address string, space store.Space) error {
	folder := filepath.Dir(address[len("sqlite:"):])
	need := 2 * (space.Bytes - space.Free)
	free, err := freeSpace(folder)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil // SQLite tells then, and changes nothing
	}
	if err != nil {
		return fmt.Errorf("vacuum: look how much room there is in %s: %w", folder, err)
	}
	if free < need {
		return fmt.Errorf("vacuum: %s are needed in %s, and %s are free; make room there, or move the database to a larger disk", megabytes(need), folder, megabytes(free))
	}
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
