package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func newArticlesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "articles",
		Short: "Work on single articles",
		Args:  group,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEraseCommand())
	return cmd
}

func newEraseCommand() *cobra.Command {
	var flags flags
	var reason string
	cmd := &cobra.Command{
		Use:   "erase ID",
		Short: "Remove every text of an article, for ever",
		Long: `Remove every text of an article, in all its revisions, where the law asks for it.
ID is the article's id, or the last part of its page's address. What stays is the id
with the reason and the time, and the keys by which its source knows it, so that
collecting can't bring it back.

The article is withdrawn. Whoever serves the site makes the feeds and archives that held
it anew, within two seconds. No other command changes what an archive says. Copies that
others hold are out of reach: the addresses to purge from caches are printed. Backups of
the database hold the text until they are deleted, and so do its free pages: with SQLite,
run "kairan vacuum" while nothing else works on it.

If the command is interrupted, run it again.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if strings.TrimSpace(reason) == "" {
				return errors.New("erase: --reason is missing; say why, such as --reason \"court order 12/2026\"")
			}
			setup, db, err := flags.openExisting(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			done, err := commandOperator(db, setup).Erase(ctx, me(), args[0], reason)
			if err != nil {
				return err
			}
			if _, err = fmt.Fprintln(cmd.OutOrStdout(), done.Said); err == nil && len(done.Purge) > 0 {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "Caches may still hold these; purge them there:\n%s\n", strings.Join(done.Purge, "\n"))
			}
			return err
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that is kept with the article's id")
	flags.add(cmd)
	return cmd
}
