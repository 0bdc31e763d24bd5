package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/feed"
	"github.com/kairan-news/kairan/internal/parse/page"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/locales"
)

func newPreviewCommand() *cobra.Command {
	var flags flags
	var o previewOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "preview URL|FOLDER",
		Short: "Show what a source would give",
		Long: `Fetch an address, or read a folder, and show what a source of it would give: what
kind of document it is, which feed stands behind a page, what was read, which categories
it would be filed in, and what was found wrong. At the end stands the configuration to
paste into kairan.yaml.

With --append, the source is written to the end of the list of sources in the
configuration, and all else in it stays as it is, comments too.

Of a source that the configuration has, what this says of its entries is done: they are
filed by its rules, those that "only" and "except" leave out are named apart, and titles are
as "rewrite" writes them.

Nothing is stored. robots.txt is obeyed where a source would obey it.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			p, err := newPreviewer(setup, flags.config, args[0], o)
			if err != nil {
				return err
			}
			if err := p.look(cmd.Context(), o.kind); err != nil {
				return err
			}
			if o.append {
				if err := p.appendTo(flags.config); err != nil {
					return err
				}
			}
			if asJSON {
				return p.printJSON(cmd.OutOrStdout())
			}
			return p.print(cmd.OutOrStdout())
		},
	}
	addConfig(cmd, &flags.config, "configuration `FILE` whose publishers and limits hold")
	cmd.Flags().StringVar(&o.kind, "kind", "", "what to take it for: feed, page, sitemap or folder (default: what it looks like)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, for machines")
	cmd.Flags().BoolVar(&o.allowPrivate, "allow-private", false, "let the address be on a private network")
	cmd.Flags().StringVar(&o.timezone, "timezone", "", "the `ZONE` of dates that name none, such as Asia/Tokyo (default: the publisher's, else UTC)")
	cmd.Flags().IntVar(&o.pages, "pages", 3, "how many article pages of a page or a sitemap to fetch")
	cmd.Flags().StringVar(&o.id, "id", "", "the `ID` of the source (default: one that is made of the host's name)")
	cmd.Flags().StringVar(&o.publisher, "publisher", "", "the `KEY` of the publisher whose source it is (default: the one whose host it is, or the only one)")
	cmd.Flags().BoolVar(&o.append, "append", false, "write the source into the configuration")
	return cmd
}

// previewOptions are what is said of the source to look at.
type previewOptions struct {
	kind, timezone string
	id, publisher  string // "" for what is proposed
	allowPrivate   bool
	append         bool // into the configuration
	pages          int  // of a page or a sitemap
}

// previewer looks at one address.
type previewer struct {
	collector *source.Collector
	client    rememberer
	source    feeds.Source
	publisher feeds.Publisher
	options   parse.Options
	taken     func(id string) bool      // which ids the configuration has
	known     []feeds.Source            // those of the configuration
	folder    func(feeds.Source) string // the root of one of them
	mapper    *normalize.Mapper
	bundle    *locales.Bundle
	id        string       // that was asked for; "" for one that is proposed
	file      string       // the configuration's; "" for the built-in one
	suggested feeds.Source // as it could stand there
	appended  bool         // it stands there now

	asked   string
	format  string
	title   string
	reason  string // why the source is not what was asked
	found   []page.Found
	entries []page.Item // of a page
	next    string      // where a page that lists goes on; "" if it does not say it
	result  source.Result
	// configuredAs is the source that the configuration has of it; "" for none. What that
	// excludes is not among the result's articles.
	configuredAs string
	excluded     []feeds.Article
	failure      error // of the source, where something could be shown nevertheless
}

// newPreviewer prepares the look at an address or a folder with what the configuration
// knows. Its sources and publishers count only where the file is the user's own: "" is
// the built-in configuration.
func newPreviewer(s *setup, file, asked string, o previewOptions) (*previewer, error) {
	asked = address.Feed(asked)
	p := &previewer{asked: asked, id: o.id, file: file, taken: func(string) bool { return false }, mapper: s.mapper(), bundle: s.bundle}
	p.source = feeds.Source{ID: asked, URL: asked, AllowPrivate: o.allowPrivate, MaxPages: o.pages}
	if file != "" {
		p.taken, p.known = s.hasSource, s.config.Sources
		p.publisher = publisherOf(s.config, asked)
		p.folder = s.config.Folder
	}
	if err := p.choose(s.config, o); err != nil {
		return nil, err
	}
	client := fetch.New(s.fetchConfig())
	p.client = rememberer{client: client, seen: map[string]*fetch.Response{}, pause: s.config.Fetch.HostPause}
	p.collector = &source.Collector{Client: p.client, Robots: fetch.NewRobots(client), Pause: s.config.Fetch.HostPause, OpenFolder: openFolder}
	p.options = parse.Options{Location: p.publisher.Location, Country: p.publisher.Country, PublisherLanguage: p.publisher.Language, Now: time.Now()}
	return p, nil
}

// choose takes what was said of the source before what the configuration tells.
func (p *previewer) choose(c *config.Config, o previewOptions) error {
	switch {
	case o.append && p.file == "":
		return fmt.Errorf("--append writes into a configuration of your own: name it with --config, or make ./%s with \"kairan init\"", defaultFile)
	case o.id != "" && p.taken(o.id):
		return fmt.Errorf("--id %q: %s has that source already; choose another id", o.id, p.file)
	}
	if o.publisher != "" && p.file != "" {
		var ok bool
		if p.publisher, ok = c.Site.Publisher(o.publisher); !ok {
			return fmt.Errorf("--publisher: %w", unknownPublisher(o.publisher, c.Site.Publishers))
		}
	} else if o.publisher != "" {
		p.publisher.Key = o.publisher
	}
	if o.timezone != "" {
		zone, err := time.LoadLocation(o.timezone)
		if err != nil {
			return fmt.Errorf("--timezone %q: %w; use a name such as Asia/Tokyo", o.timezone, err)
		}
		p.publisher.Location = zone
	}
	return nil
}

// configured returns the source of the configuration that collects what was looked at, or
// what was asked for.
func (p *previewer) configured() (feeds.Source, bool) {
	for _, s := range p.known {
		switch {
		case s.URL != "" && s.Kind == p.source.Kind && (addressKey(s.URL) == addressKey(p.source.URL) || addressKey(s.URL) == addressKey(p.asked)),
			s.Kind == feeds.KindFolder && p.source.Kind == feeds.KindFolder && isSameFile(p.folder(s), p.source.Path):
			return s, true
		}
	}
	return feeds.Source{}, false
}

func isSameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// normalize makes of what came what the jobs would: the articles in their categories, those
// that are taken under the titles that they are given.
func (p *previewer) normalize() error {
	own, ok := p.configured()
	if ok {
		p.configuredAs, p.source.Rules = own.ID, own.Rules
	}
	choice, err := normalize.ChoiceOf(&own)
	if err != nil {
		return fmt.Errorf("source %s: %w", own.ID, err)
	}
	all := normalize.Articles(p.result.Articles, normalize.Context{
		Source: p.source, Publisher: p.publisher, Format: p.result.Format, Mapper: p.mapper,
	}).Articles
	p.result.Articles = nil
	for _, a := range all {
		if !choice.Takes(&a) {
			p.excluded = append(p.excluded, a)
			continue
		}
		a.Title = choice.Title(a.Title)
		p.result.Articles = append(p.result.Articles, a)
	}
	p.tellDropped()
	return nil
}

// publisherOf returns the publisher to whom an address belongs, by its home page or
// its sources; the only one where there is but one.
func publisherOf(c *config.Config, link string) feeds.Publisher {
	for _, p := range c.Site.Publishers {
		if address.SameSite(p.HomePage, link) {
			return p
		}
	}
	for _, s := range c.Sources {
		if address.SameSite(s.URL, link) {
			p, _ := c.Site.Publisher(s.Publisher)
			return p
		}
	}
	if len(c.Site.Publishers) == 1 {
		return c.Site.Publishers[0]
	}
	return feeds.Publisher{}
}

// rememberer asks for no address twice.
type rememberer struct {
	client source.Getter
	seen   map[string]*fetch.Response
	pause  time.Duration
}

// Get returns what the address answered before, else asks.
func (r rememberer) Get(ctx context.Context, q fetch.Request) (*fetch.Response, error) {
	if got := r.seen[q.URL]; got != nil {
		return got, nil
	}
	q.Pause = r.pause
	got, err := r.client.Get(ctx, q)
	if err == nil {
		r.seen[q.URL] = got
	}
	return got, err
}

func (p *previewer) get(ctx context.Context, address string) (*fetch.Response, error) {
	return p.client.Get(ctx, fetch.Request{URL: address, AllowPrivate: p.source.AllowPrivate})
}

// look decides what the source is, and collects it.
func (p *previewer) look(ctx context.Context, kind string) error {
	switch k := feeds.SourceKind(kind); {
	case k == feeds.KindFolder, kind == "" && isFolder(p.asked):
		p.source.Kind, p.source.URL, p.source.Path = feeds.KindFolder, "", p.asked
	case k == feeds.KindFeed, k == feeds.KindPage, k == feeds.KindSitemap:
		p.source.Kind = k
	case kind == "":
		if err := p.recognize(ctx); err != nil {
			return err
		}
	default:
		return fmt.Errorf("--kind %q: use feed, page or sitemap, or folder for a path", kind)
	}
	var err error
	p.result, err = p.collector.Collect(ctx, source.Input{Source: p.source, Publisher: p.publisher, Now: p.options.Now})
	if p.result.Fetched != nil {
		p.result, err = p.result.Read(nil)
	}
	if err != nil && len(p.result.Articles) == 0 {
		return fmt.Errorf("preview: %w%s", err, p.others())
	}
	p.failure = err
	if err := p.normalize(); err != nil {
		return err
	}
	p.format = cmp.Or(p.format, p.result.Format)
	if p.source.Kind == feeds.KindPage {
		p.listEntries(ctx)
	}
	p.suggested = p.suggestion()
	return nil
}

// isFolder reports whether what was asked for is a folder of this machine, or of the
// program itself, and no address.
func isFolder(asked string) bool {
	if asked == builtin.SamplesPath {
		return true
	}
	info, err := os.Stat(asked)
	return err == nil && info.IsDir()
}

// others names what else could be tried where a page gives nothing.
func (p *previewer) others() string {
	if len(p.found) == 0 {
		return ""
	}
	var b strings.Builder
	for _, f := range p.found {
		if f.By != page.ByPath {
			b.WriteString("\n  " + f.Type + " " + f.URL)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nThe page leads to:" + b.String()
}

// recognize tells by the document what kind of source it is.
func (p *previewer) recognize(ctx context.Context) error {
	got, err := p.get(ctx, p.asked)
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	if moved := got.MovedPermanently(); moved != "" {
		p.source.URL = moved
		p.client.seen[moved] = got
	}
	o := p.options
	o.ContentType, o.BaseURL = got.ContentType, got.URL
	if !isHTML(got.Body) {
		isFeed, err := p.takeFeed(p.source.URL, got, o)
		switch {
		case isFeed:
			return nil
		case errors.Is(err, feed.ErrNoneRead), errors.Is(err, feed.ErrCutOff):
			return fmt.Errorf("preview: %w", err)
		}
		if s, err := page.ParseSitemap(got.Body, o); err == nil {
			p.source.Kind, p.format = feeds.KindSitemap, s.Format
			return nil
		}
	}
	p.source.Kind = feeds.KindPage
	p.found, err = page.Discover(got.Body, o)
	p.found = append(feedsInHeader(got.Links), p.found...)
	if err != nil && len(p.found) == 0 {
		return fmt.Errorf("preview %s: it is no feed, no sitemap and no page (%q, %d bytes)", p.asked, got.ContentType, got.Bytes)
	}
	p.behind(ctx)
	return nil
}

// feedsInHeader are the feeds that the header of a response names (RFC 8288).
func feedsInHeader(links []fetch.Link) (found []page.Found) {
	for _, l := range links {
		if slices.Contains(l.Rels, "feed") || slices.Contains(l.Rels, "alternate") && page.IsFeed(l.Type, l.URL) {
			found = append(found, page.Found{URL: l.URL, Title: l.Title, Type: "feed", Language: l.Language})
		}
	}
	return found
}

// isHTML reports whether a document calls itself HTML.
func isHTML(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 2048)])
	return bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html"))
}

// takeFeed takes a document for the source if it is a feed. The error says why it could
// not be read as one.
func (p *previewer) takeFeed(address string, got *fetch.Response, o parse.Options) (bool, error) {
	o.ContentType, o.BaseURL = got.ContentType, got.URL
	feed, err := feed.Parse(got.Body, o)
	if err != nil || len(feed.Articles) == 0 && feed.Title == "" {
		return false, err
	}
	p.source.Kind, p.source.URL, p.format, p.title = feeds.KindFeed, address, feed.Format, feed.Title
	return true, nil
}

// mostTried is how many feeds behind a page are tried.
const mostTried = 4

// behind looks for a feed or a sitemap behind a page, which would serve better.
func (p *previewer) behind(ctx context.Context) {
	if p.feedBehind(ctx) {
		return
	}
	o := p.options
	asked := p.client.seen[p.asked]
	o.ContentType, o.BaseURL = asked.ContentType, asked.URL
	list, err := page.ParseListing(asked.Body, o, feeds.Selectors{})
	if err != nil || len(list.Items) == 0 {
		p.sitemapBehind(ctx)
	}
}

// feedBehind takes the first feed that a page leads to, and reports whether there is one.
// Paths that the page does not name are tried for a front page alone.
func (p *previewer) feedBehind(ctx context.Context) bool {
	guesses := 0
	if address.IsFrontPage(p.asked) {
		guesses = 2 * mostTried
	}
	tried := 0
	for _, f := range p.found {
		limit := mostTried
		if f.By == page.ByPath {
			limit = guesses
		}
		if f.Type != "feed" || tried >= limit {
			continue
		}
		tried++
		got, err := p.get(ctx, f.URL)
		if err != nil || isHTML(got.Body) {
			continue
		}
		if ok, err := p.takeFeed(f.URL, got, p.options); err == nil && ok {
			p.reason = fmt.Sprintf("the page leads to this feed (%s)", f.By)
			return true
		}
	}
	return false
}

// sitemapBehind takes the first sitemap of the site, if there is one.
func (p *previewer) sitemapBehind(ctx context.Context) {
	o := p.options
	for _, f := range p.found {
		if f.Type != "sitemap" {
			continue
		}
		got, err := p.get(ctx, f.URL)
		if err != nil {
			continue
		}
		o.ContentType, o.BaseURL = got.ContentType, got.URL
		if s, err := page.ParseSitemap(got.Body, o); err == nil {
			p.source.Kind, p.source.URL, p.format = feeds.KindSitemap, f.URL, s.Format
			p.reason = fmt.Sprintf("the page lists no articles, and its site has this sitemap (%s)", f.By)
			return
		}
	}
}

// listEntries reads again what a page lists, to show what was not fetched.
func (p *previewer) listEntries(ctx context.Context) {
	got, err := p.get(ctx, p.source.URL)
	if err != nil {
		return // the source was collected, so that it was read a moment ago
	}
	o := p.options
	o.ContentType, o.BaseURL = got.ContentType, got.URL
	if list, err := page.ParseListing(got.Body, o, p.source.Selectors); err == nil {
		p.title, p.entries, p.next = list.Title, list.Items, list.Next
	}
}

// suggestion is the source as it could stand in the configuration.
func (p *previewer) suggestion() feeds.Source {
	s := feeds.Source{
		Publisher:    cmp.Or(p.publisher.Key, placeholder),
		Kind:         p.source.Kind,
		URL:          p.source.URL,
		Path:         pathFrom(p.file, p.source.Path),
		AllowPrivate: p.source.AllowPrivate && p.source.Kind != feeds.KindFolder,
	}
	switch s.Kind {
	case feeds.KindFeed:
		s.Schedule = config.DefaultSchedule
	case feeds.KindPage, feeds.KindSitemap:
		s.Schedule = "@hourly"
	}
	s.Language = p.onlyLanguage()
	switch {
	case p.id != "":
		s.ID = p.id
	case s.Kind == feeds.KindFolder:
		s.ID = suggestID(p.taken, folderName(p.source.Path), "") // its languages are those of its files
	default:
		s.ID = suggestID(p.taken, hostName(s.URL), s.Language)
	}
	return s
}

// onlyLanguage returns the language that all articles have; "" where they have several,
// or nothing tells it, or each file of a folder does.
func (p *previewer) onlyLanguage() (language string) {
	if p.source.Kind == feeds.KindFolder {
		return ""
	}
	for _, a := range p.result.Articles {
		if a.Language == feeds.Undetermined || language != "" && a.Language != language {
			return ""
		}
		language = a.Language
	}
	return language
}

// pathFrom returns the path of a folder as it is written in a configuration: relative to
// that file, else to where the command runs. An absolute one stays.
func pathFrom(file, path string) string {
	if path == "" || path == builtin.SamplesPath || filepath.IsAbs(path) {
		return path
	}
	here, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return path
	}
	there, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	relative, err := filepath.Rel(here, there)
	if err != nil {
		return there
	}
	return filepath.ToSlash(relative)
}

// folderName returns what a folder is called.
func folderName(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	return filepath.Base(path)
}

// notes are what a person has to look at in the suggestion.
func (p *previewer) notes(s feeds.Source) (notes []string) {
	if p.publisher.Key == "" {
		notes = append(notes, fmt.Sprintf("%q stands for the key of your publisher", placeholder))
	}
	if slices.ContainsFunc(p.result.Articles, func(a feeds.Article) bool { return a.Language == feeds.Undetermined }) {
		notes = append(notes, "some articles do not tell their language; add \"language\" if all have the same")
	}
	if s.Kind == feeds.KindFeed && source.AreSummaries(p.result.Articles) {
		notes = append(notes, "the feed brings summaries only; \"full_text: fetch\" takes the texts from the pages behind its entries, if the publisher's licence has full_text")
	}
	if s.AllowPrivate {
		notes = append(notes, "the address was let be on a private network; remove \"allow_private\" if it is on none")
	}
	return notes
}

// appendTo writes the source into the configuration, which is replaced whole or not at all.
func (p *previewer) appendTo(file string) error {
	s := p.suggested
	if p.publisher.Key == "" {
		return fmt.Errorf("append to %s: nothing tells whose source it is; name one of its publishers with --publisher", file)
	}
	for _, k := range p.known {
		if s.URL != "" && addressKey(k.URL) == addressKey(s.URL) {
			return fmt.Errorf("append to %s: it has %s already, as %q", file, s.URL, k.ID)
		}
	}
	data, err := readConfiguration(file)
	if err != nil {
		return fmt.Errorf("append: %w", err)
	}
	out, err := config.AppendSources(file, data, []feeds.Source{s}, configurationFiles{}, p.bundle)
	if err != nil {
		return err
	}
	if err := replaceFile(file, out); err != nil {
		return fmt.Errorf("append: %w", err)
	}
	p.appended = true
	return nil
}
