package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/store"
)

func newEpochCommand() *cobra.Command {
	var flags flags
	var reason string
	var from int64
	var list bool
	cmd := &cobra.Command{
		Use:   "epoch --reason TEXT",
		Short: "Open a new epoch of the log, as after a restore",
		Long: `Open a new epoch of the log. That is needed whenever a database was put back to a copy
of an earlier day, by pg_restore, Litestream, a snapshot of its disk or anything else
than "kairan restore", which does it itself: numbers of the log leap beyond all that can
have been given out, and every feed says so, so that partners who read what is lost
begin anew from where the copy ends. Where it was forgotten, and the program finds that
the log is shorter than it was, publishing stops until it is done.

It may be run while the program is. Where the program went on for a while after the
restore, --from tells the last record that was there before; "kairan epoch" finds it by
itself where publishing has stopped.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			setup, db, err := flags.openExisting(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			if list {
				return listEpochs(cmd, db)
			}
			if strings.TrimSpace(reason) == "" {
				return errors.New("say why with --reason, such as --reason \"pg_restore of the dump of 3 May\"; it is kept with the epoch")
			}
			var seen store.LogEnd
			if path := flags.highWater(setup); path != "" {
				if seen, err = store.ReadLogEnd(path); err != nil {
					return err
				}
			}
			now := time.Now()
			e, err := db.OpenEpoch(cmd.Context(), store.EpochOpening{Who: me().Name, Reason: reason, From: from, Seen: seen, Now: now})
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Epoch %d of the log goes on from record %d; its numbers begin above %d. Feeds say so within two seconds.\n", e.Name, e.From, e.Since)
			// What is done is said, also where it could not be recorded.
			return errors.Join(err, db.PutDeed(cmd.Context(), store.Deed{Time: now, Who: me().Name, Way: "command", Action: "epoch", Subject: fmt.Sprint(e.Name), Detail: reason}))
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that is kept with the epoch")
	cmd.Flags().Int64Var(&from, "from", store.WholeLog, "the last `RECORD` from before the restore; -1 for the end of the log")
	cmd.Flags().BoolVar(&list, "list", false, "list the epochs, and open none")
	return cmd
}

func listEpochs(cmd *cobra.Command, db *store.DB) error {
	epochs, err := db.Epochs(cmd.Context())
	if err != nil {
		return err
	}
	if found, restored, err := db.RestoreFound(cmd.Context()); err != nil {
		return err
	} else if restored {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Publishing has stopped: at %s the log ended at record %d, and had been seen up to record %d. Open an epoch.\n",
			found.Found.Format(time.RFC3339), found.End, found.Seen.Seq); err != nil {
			return err
		}
	}
	if len(epochs) == 0 {
		_, err := fmt.Fprintln(cmd.OutOrStdout(), "The log is in its first epoch.")
		return err
	}
	for _, e := range epochs {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%d, opened %s by %s: %s. It goes on from record %d of epoch %d; its numbers begin above %d.\n",
			e.Name, e.Opened.Format(time.RFC3339), e.Who, e.Reason, e.From, e.Former, e.Since); err != nil {
			return err
		}
	}
	return nil
}

// highWaterName is the file in which is kept how far the log was seen.
const highWaterName = "kairan.high-water"

// highWater returns where it is kept how far the log was seen: beside the embedded database,
// else in the folder of the data, if there is one; "" if not.
func (f *flags) highWater(s *setup) string {
	if path, ok := strings.CutPrefix(f.address(s), "sqlite:"); ok {
		return filepath.Join(filepath.Dir(path), highWaterName)
	}
	if info, err := os.Stat(f.data); err == nil && info.IsDir() {
		return filepath.Join(f.data, highWaterName)
	}
	return ""
}

// nearestFolder returns the folder of a file, or the nearest above it that is there.
func nearestFolder(file string) (string, error) {
	path, err := filepath.Abs(file)
	for err == nil {
		path = filepath.Dir(path)
		var info fs.FileInfo
		if info, err = os.Stat(path); err == nil && info.IsDir() {
			return path, nil
		}
		if errors.Is(err, fs.ErrNotExist) && path != filepath.Dir(path) {
			err = nil
		}
	}
	return "", err
}
