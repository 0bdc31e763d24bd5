package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/export"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

func newExportCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "export TARGET",
		Short: "Write the whole site as files, for a web server or a CDN",
		Long: `Write the whole site to TARGET: every feed in every format with its archives, the
pages, and what goes with them, each with variants in gzip, zstd and brotli beside
it. TARGET is a directory, or a bucket of a service that speaks S3: s3://NAME.

A file appears whole or not at all, and one that did not change is left alone. Its
time is when the document changed. What is gone is removed, if an export wrote it.

What was changed in the configuration has to be published first, by "kairan collect" or
a service. "kairan serve --export TARGET" does the same after each publication.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			log, err := flags.logger(cmd.ErrOrStderr(), slog.LevelWarn)
			if err != nil {
				return err
			}
			setup, db, err := flags.openExisting(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			states, err := db.Channels(ctx)
			if err != nil {
				return fmt.Errorf("export: %w", err)
			}
			if len(states) == 0 {
				return errors.New("export: nothing has been published yet; run \"kairan collect\" or \"kairan serve\" first")
			}
			if err := areAdopted(ctx, db, setup.words); err != nil {
				return err
			}
			target, err := export.Open(args[0])
			if err != nil {
				return err
			}
			defer target.Close()
			res, err := newSiteCopy(db, setup.asItIs, target, nil, log).run(ctx)
			if _, printErr := fmt.Fprintf(cmd.OutOrStdout(), "%d documents in %s, %d of them written anew\n", res.Files, target, res.Written); err == nil {
				err = printErr
			}
			return err
		},
	}
	flags.add(cmd)
	return cmd
}

// areAdopted refuses words by which nothing was published yet. Of a configuration that was
// changed since, or another program, files would be half of the old site and half of the
// new: what it ends has no last entry, what it renames leads nowhere, and the dates of
// documents stay behind their contents.
func areAdopted(ctx context.Context, db *store.DB, words string) error {
	adopted, err := db.Adopted(ctx)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if adopted.Digest == "" || adopted.Digest == words {
		return nil
	}
	return fmt.Errorf("export: nothing was published yet by this configuration, or by this build of the program: what is published is of %s; run \"kairan collect\" first, or restart the service, or reload it",
		time.UnixMilli(adopted.Adopted).UTC().Format("2006-01-02 15:04:05 UTC"))
}

// addExport adds the flag that names where a service copies the site to.
func addExport(cmd *cobra.Command, target *string, usage string) {
	cmd.Flags().StringVar(target, "export", "", usage)
	if err := cmd.Flags().SetAnnotation("export", secretFlag, nil); err != nil {
		panic(err) // the flag was defined in the line above
	}
}

// asItIs returns the setup, where one that may be reloaded is expected.
func (s *setup) asItIs() *setup { return s }

// siteCopy copies the site to a target.
type siteCopy struct {
	db       *store.DB
	setup    func() *setup
	shelf    *web.Shelf
	exporter *export.Exporter

	exports *prometheus.CounterVec
	files   prometheus.Gauge
	written prometheus.Counter
	success prometheus.Gauge
}

// copyShelf is the memory that an export's shelf may take, in bytes: each document is
// asked for once, those of a channel one after the other.
const copyShelf = 8 << 20

// newSiteCopy returns what copies the site to a target, behind those whom a shelf of this
// process serves; nil for nobody.
func newSiteCopy(db *store.DB, setup func() *setup, target export.Target, readers *web.Shelf, log *slog.Logger) *siteCopy {
	settings := func() web.Settings { return settingsOf(setup()) }
	made := documents{db, setup}
	c := &siteCopy{
		db: db, setup: setup,
		shelf: web.NewShelf(web.ShelfConfig{Documents: made, Settings: settings, Bytes: copyShelf, Behind: readers, Together: true, Log: log}),
		exports: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kairan_exports_total", Help: "Exports of the site, by outcome: ok or failed.",
		}, []string{"outcome"}),
		files: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "kairan_export_files", Help: "Files of the last export, without their variants.",
		}),
		written: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kairan_export_written_total", Help: "Files that exports wrote, without their variants.",
		}),
		success: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "kairan_export_last_success_timestamp_seconds", Help: "When this process last exported the site with success.",
		}),
	}
	c.exporter = &export.Exporter{
		Target: target,
		Now:    time.Now,
		Site: web.Public(web.Config{
			Settings: settings,
			Shelf:    c.shelf, Channels: made, Articles: notices{db}, Files: db, Log: log,
			Freshness: freshness{db: db, setup: setup}, Listing: listing{db},
			PageBytes: 1, // each page is asked for once
		}),
	}
	return c
}

func settingsOf(s *setup) web.Settings {
	return web.Settings{Site: &s.config.Site, Bundle: s.bundle, Face: &s.config.Face, Words: s.words}
}

// export copies the site and counts what came of it.
func (c *siteCopy) export(ctx context.Context) error {
	res, err := c.run(ctx)
	c.written.Add(float64(res.Written))
	if err != nil {
		c.exports.WithLabelValues("failed").Inc()
		return err
	}
	c.exports.WithLabelValues("ok").Inc()
	c.files.Set(float64(res.Files))
	c.success.SetToCurrentTime()
	return nil
}

func (c *siteCopy) collectors() []prometheus.Collector {
	return []prometheus.Collector{c.exports, c.files, c.written, c.success}
}

// run copies the site.
func (c *siteCopy) run(ctx context.Context) (export.Result, error) {
	if err := c.shelf.Refresh(ctx); err != nil {
		return export.Result{}, fmt.Errorf("export: %w", err)
	}
	addresses, err := c.addresses(ctx)
	if err != nil {
		return export.Result{}, fmt.Errorf("export: %w", err)
	}
	return c.exporter.Run(ctx, addresses)
}

// addresses returns what the site has: what every page links, the articles' pages in
// every locale, and then what links them.
func (c *siteCopy) addresses(ctx context.Context) ([]export.Address, error) {
	now := c.setup()
	version := func(of string) string {
		sum := sha256.Sum256([]byte(now.words + "\x00" + of))
		return hex.EncodeToString(sum[:8])
	}
	settings := settingsOf(now)
	look := web.Look(settings)
	all := []export.Address{{Path: web.NotFoundPath(settings), Status: http.StatusNotFound}}
	articles, err := c.articles(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range articles {
		for _, l := range settings.Site.Locales {
			address := export.Address{Path: "/" + feeds.ArticlePath(l.Tag, a.slug), Version: version(look + a.version)}
			if a.withdrawn {
				address.Status = http.StatusGone
			}
			all = append(all, address)
		}
	}
	files, err := c.db.FilePaths(ctx)
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		all = append(all, export.Address{Path: path, Version: path}) // named by its content
	}
	parts, err := web.PartAddresses(ctx, settings, listing{c.db})
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		all = append(all, export.Address{Path: p.Path}) // an old one changes where an old notice does
	}
	closed, err := c.db.ClosedArchives(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range web.Addresses(settings, c.shelf, closed) {
		address := export.Address{Path: a.Path, AcceptLanguage: a.AcceptLanguage, Version: version(a.Version), Status: a.Status}
		if a.Status != 0 {
			address.Version = ""
		}
		all = append(all, address)
	}
	return all, nil
}

// articlePage is an article with all that its page depends on.
type articlePage struct {
	slug, version string
	withdrawn     bool
}

// articles returns every article there is. The page of one shows what the other
// versions of its story are, and their categories.
func (c *siteCopy) articles(ctx context.Context) ([]articlePage, error) {
	var listed []store.ListedArticle
	stories := map[string]*strings.Builder{}
	err := c.db.ListArticles(ctx, func(a store.ListedArticle) error {
		listed = append(listed, a)
		state := stories[a.Story]
		if state == nil {
			state = &strings.Builder{}
			stories[a.Story] = state
		}
		return describe(state, a)
	})
	if err != nil {
		return nil, err
	}
	pages := make([]articlePage, len(listed))
	for i, a := range listed {
		pages[i] = articlePage{slug: a.Slug, version: stories[a.Story].String(), withdrawn: !a.Withdrawn.IsZero()}
	}
	return pages, nil
}

// describe writes what other versions' pages show of an article.
func describe(w io.Writer, a store.ListedArticle) error {
	categories := a.Categories
	if a.ByDefault {
		categories = "default " + categories
	}
	_, err := fmt.Fprintf(w, "%s %s %d %d %s\n", a.Slug, a.Language, a.Revision, a.Withdrawn.UnixMilli(), categories)
	return err
}
