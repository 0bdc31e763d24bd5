package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

func newExportCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "export DIR",
		Short: "Write every published document as files",
		Long: `Write every published feed to DIR, at the path that it has on the site. A file
appears whole or not at all, and one that did not change is left alone. Its time is
when the document changed.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			db, err := flags.open(ctx, setup)
			if err != nil {
				return err
			}
			defer db.Close()
			written, all, err := export(ctx, db, &setup.config.Site, args[0])
			if err != nil {
				return err
			}
			if all == 0 {
				return fmt.Errorf("export: nothing has been published yet; run \"kairan collect\" or \"kairan serve\" first")
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d documents in %s, %d of them written anew\n", all, args[0], written)
			return err
		},
	}
	flags.add(cmd)
	return cmd
}

// export writes the site's documents to a directory and returns how many were
// written, of how many.
func export(ctx context.Context, db *store.DB, site *feeds.Site, dir string) (written, all int, err error) {
	revisions, err := db.DocumentRevisions(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("export: %w", err)
	}
	for key := range revisions {
		channel, ok := feeds.ParseChannel(key.Channel)
		if !ok || key.Archive != 0 || !site.HasChannel(channel) {
			continue
		}
		doc, found, err := db.Document(ctx, key)
		if err != nil {
			return written, all, fmt.Errorf("export %s.%s: %w", key.Channel, key.Format, err)
		}
		if !found {
			continue // withdrawn meanwhile
		}
		all++
		changed, err := writeDocument(filepath.Join(dir, filepath.FromSlash(key.Channel)+"."+string(key.Format)), doc)
		if err != nil {
			return written, all, fmt.Errorf("export %s.%s: %w", key.Channel, key.Format, err)
		}
		if changed {
			written++
		}
	}
	return written, all, nil
}

// writeDocument puts a document in the place of a file, unless the file is it.
func writeDocument(name string, doc feeds.Document) (changed bool, err error) {
	if info, err := os.Stat(name); err == nil && info.Size() == int64(len(doc.Body)) && info.ModTime().Equal(doc.Modified) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return false, err
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return false, err
	}
	defer os.Remove(file.Name()) // fails where it was renamed, as it should be
	_, err = file.Write(doc.Body)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return false, err
	}
	if err := os.Chtimes(file.Name(), doc.Modified, doc.Modified); err != nil {
		return false, err
	}
	return true, os.Rename(file.Name(), name)
}
