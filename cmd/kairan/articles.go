package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
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

The article is withdrawn, and the archives and the live feeds that held it are written
anew before the command ends. No other command changes an archive. Copies that others
hold are out of reach: the addresses to purge from caches are printed. Backups of the
database hold the text until they are deleted, and so do its free pages: with SQLite,
run VACUUM while nothing else works on it.

If the command is interrupted, run it again.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if strings.TrimSpace(reason) == "" {
				return errors.New("erase: --reason is missing; say why, such as --reason \"court order 12/2026\"")
			}
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			db, err := flags.openExisting(ctx, setup)
			if err != nil {
				return err
			}
			defer db.Close()
			e := eraser{db: db, setup: setup, publisher: &publish.Publisher{Composer: setup.composer(db), Store: db}, now: time.Now()}
			return e.erase(ctx, cmd.OutOrStdout(), args[0], reason)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that is kept with the article's id")
	flags.add(cmd)
	return cmd
}

// eraser erases one article.
type eraser struct {
	db        *store.DB
	setup     *setup
	publisher *publish.Publisher
	now       time.Time
}

func (e *eraser) erase(ctx context.Context, out io.Writer, id, reason string) error {
	site := &e.setup.config.Site
	erased, err := e.db.Erase(ctx, store.Erasure{ID: id, Reason: reason, Touched: site.Touched, Now: e.now})
	if errors.Is(err, store.ErrNoArticle) {
		return fmt.Errorf("%w; the last part of the address of its page is the id to give", err)
	}
	if err != nil {
		return err
	}
	ended, err := e.buryEnded(ctx, erased)
	if err != nil {
		return fmt.Errorf("the article is erased, and some channels that have ended still hold it: %w; run the command again", err)
	}
	purge, documents, err := e.rewrite(ctx, erased)
	if err != nil {
		return fmt.Errorf("the article is erased, and some archives still hold it: %w; run the command again", err)
	}
	purge = append(purge, ended...)
	live, err := e.publish(ctx)
	if err != nil {
		return fmt.Errorf("the article is erased, and some feeds still hold it: %w; run the command again", err)
	}
	was := "is erased"
	if erased.Again {
		was = "had been erased before"
	}
	if _, err := fmt.Fprintf(out, "%s %s, in %d revisions. %d documents of archives and %d live documents were written anew.\n",
		erased.ID, was, erased.Revisions, documents, live); err != nil {
		return err
	}
	if len(purge) > 0 {
		_, err = fmt.Fprintf(out, "Caches may still hold these; purge them there:\n%s\n", strings.Join(purge, "\n"))
	}
	return err
}

// rewrite writes anew the archives that hold the article, and returns their
// addresses.
func (e *eraser) rewrite(ctx context.Context, erased store.Erased) (purge []string, documents int, err error) {
	site := &e.setup.config.Site
	keys, err := e.db.ArchivesOf(ctx, erased.ID)
	if err != nil {
		return nil, 0, err
	}
	done := map[feeds.DocumentKey]bool{}
	for _, key := range keys {
		archive := feeds.DocumentKey{Channel: key.Channel, Archive: key.Archive}
		channel, ok := feeds.ParseChannel(key.Channel)
		if !ok || done[archive] {
			continue
		}
		d, found, err := e.db.Document(ctx, key)
		if err != nil {
			return purge, documents, err
		}
		if !found || !e.holds(d.Body, erased) {
			continue
		}
		done[archive] = true
		if _, ok := site.Locale(channel.Locale); !ok { // nobody can be told of it any longer
			if err := e.db.DropChannel(ctx, key.Channel); err != nil {
				return purge, documents, err
			}
			continue
		}
		n, err := e.publisher.Rewrite(ctx, channel, key.Archive, e.now)
		if err != nil {
			return purge, documents, err
		}
		documents += n
		for _, format := range feeds.Formats() {
			purge = append(purge, publish.ArchiveURL(site, channel, key.Archive, format))
		}
	}
	return purge, documents, nil
}

// holds tells whether a document shows the article, names it, or links it. One that
// may be left from an erasure that was interrupted is taken to.
func (e *eraser) holds(body []byte, erased store.Erased) bool {
	return erased.Again || slices.ContainsFunc(append(erased.Links, erased.ID, feeds.Slug(erased.ID)), func(s string) bool {
		return bytes.Contains(body, []byte(s))
	})
}

// publish publishes the channels that are marked.
func (e *eraser) publish(ctx context.Context) (documents int, err error) {
	marks, err := e.db.Marked(ctx)
	if err != nil {
		return 0, err
	}
	for _, m := range marks {
		channel, ok := feeds.ParseChannel(m.Channel)
		if !ok || !e.setup.config.Site.HasChannel(channel) {
			continue
		}
		res, err := e.publisher.Publish(ctx, channel, m.Counter, e.now)
		documents += res.Changed
		if err != nil {
			return documents, err
		}
		if len(res.Rejected) > 0 {
			return documents, fmt.Errorf("%s: %s", channel, strings.Join(res.Rejected, "; "))
		}
	}
	return documents, nil
}
