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
			e := eraser{db: db, setup: setup, now: time.Now()}
			return e.erase(ctx, cmd.OutOrStdout(), args[0], reason)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that is kept with the article's id")
	flags.add(cmd)
	return cmd
}

// eraser erases one article.
type eraser struct {
	db    *store.DB
	setup *setup
	now   time.Time
}

func (e *eraser) erase(ctx context.Context, out io.Writer, id, reason string) error {
	purge, err := e.archives(ctx, id) // which nobody can tell afterwards
	if err != nil {
		return err
	}
	site := &e.setup.config.Site
	erased, err := e.db.Erase(ctx, store.Erasure{ID: id, Reason: reason, Touched: site.Touched, Now: e.now})
	if errors.Is(err, store.ErrNoArticle) {
		return fmt.Errorf("%w; the last part of the address of its page is the id to give", err)
	}
	if err != nil {
		return err
	}
	purge = append(purge, e.buried(erased.Buried)...)
	was := "is erased"
	if erased.Again {
		was = "had been erased before"
	}
	if _, err := fmt.Fprintf(out, "%s %s, in %d revisions. Feeds and archives are served without it within two seconds.\n",
		erased.ID, was, erased.Revisions); err != nil {
		return err
	}
	if len(purge) > 0 {
		_, err = fmt.Fprintf(out, "Caches may still hold these; purge them there:\n%s\n", strings.Join(purge, "\n"))
	}
	return err
}

// archives returns the addresses of the archives that show the article, name it or link
// it.
func (e *eraser) archives(ctx context.Context, id string) (addresses []string, err error) {
	article, ok, err := e.db.ArticleBySlug(ctx, feeds.Slug(id))
	if err == nil && !ok {
		article, ok, err = e.db.ArticleBySlug(ctx, id)
	}
	if err != nil || !ok {
		return nil, err
	}
	held, err := e.db.ArchivesOf(ctx, article.ID)
	if err != nil {
		return nil, err
	}
	composer := e.setup.composer(e.db)
	for _, archive := range held {
		made, err := composer.Make(ctx, archive.Channel, archive.N, feeds.JSONFeed)
		switch {
		case errors.Is(err, feeds.ErrNotPublished):
			continue
		case err != nil:
			return nil, err
		}
		if !shows(made.Documents[0].Body, article) {
			continue
		}
		for _, format := range feeds.Formats() {
			addresses = append(addresses, e.setup.config.Site.URL(feeds.DocumentKey{Channel: archive.Channel, Format: format, Archive: archive.N}.Path()))
		}
	}
	return addresses, nil
}

// shows reports whether a document has an article, names it, or links it. One that can't
// be rendered is taken to.
func shows(body []byte, article store.Stored) bool {
	if body == nil {
		return true
	}
	return slices.ContainsFunc([]string{article.ID, article.Slug, article.Link}, func(s string) bool {
		return s != "" && bytes.Contains(body, []byte(s))
	})
}

// buried returns the addresses of channels that are gone.
func (e *eraser) buried(gone []store.Buried) (addresses []string) {
	site := &e.setup.config.Site
	for _, state := range gone {
		for _, format := range feeds.Formats() {
			for _, n := range append([]int{0}, state.Numbers...) { // 0 is the live one
				addresses = append(addresses, site.URL(feeds.DocumentKey{Channel: state.Channel, Format: format, Archive: n}.Path()))
			}
		}
	}
	return addresses
}
