package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/text/width"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/feed"
	"github.com/kairan-news/kairan/internal/parse/page"
	"github.com/kairan-news/kairan/internal/source"
)

func newPreviewCommand() *cobra.Command {
	var flags flags
	var kind, timezone string
	var allowPrivate, asJSON bool
	var pages int
	cmd := &cobra.Command{
		Use:   "preview URL",
		Short: "Show what a source would give",
		Long: `Fetch an address and show what a source of it would give: what kind of document it
is, which feed stands behind a page, what was read, and what was found wrong. At the
end stands the configuration to paste into kairan.yaml.

Nothing is stored. robots.txt is obeyed where a source would obey it.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			setup, err := flags.load("")
			if err != nil {
				return err
			}
			p, err := newPreviewer(setup, flags.config != "", args[0], timezone)
			if err != nil {
				return err
			}
			p.source.AllowPrivate, p.source.MaxPages = allowPrivate, pages
			if err := p.look(cmd.Context(), kind); err != nil {
				return err
			}
			if asJSON {
				return p.printJSON(cmd.OutOrStdout())
			}
			return p.print(cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&flags.config, "config", "", "configuration `FILE` whose publishers and limits hold (default: the built-in configuration)")
	cmd.Flags().StringVar(&kind, "kind", "", "what to take it for: feed, page or sitemap (default: what it looks like)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, for machines")
	cmd.Flags().BoolVar(&allowPrivate, "allow-private", false, "let the address be on a private network")
	cmd.Flags().StringVar(&timezone, "timezone", "", "the `ZONE` of dates that name none, such as Asia/Tokyo (default: the publisher's, else UTC)")
	cmd.Flags().IntVar(&pages, "pages", 3, "how many article pages of a page or a sitemap to fetch")
	return cmd
}

// previewer looks at one address.
type previewer struct {
	collector *source.Collector
	client    rememberer
	source    feeds.Source
	publisher feeds.Publisher
	options   parse.Options
	taken     func(id string) bool // which ids the configuration has

	asked   string
	format  string
	title   string
	reason  string // why the source is not what was asked
	found   []page.Found
	entries []page.Item // of a page
	result  source.Result
	failure error // of the source, where something could be shown nevertheless
}

// newPreviewer prepares the look at an address with what the configuration knows.
// Its sources and publishers count only where the file is the user's own.
func newPreviewer(s *setup, own bool, asked, timezone string) (*previewer, error) {
	link := address.Feed(asked)
	p := &previewer{asked: link, taken: func(string) bool { return false }}
	if own {
		p.taken = s.hasSource
		p.publisher = publisherOf(s.config, link)
	}
	if timezone != "" {
		zone, err := time.LoadLocation(timezone)
		if err != nil {
			return nil, fmt.Errorf("--timezone %q: %w; use a name such as Asia/Tokyo", timezone, err)
		}
		p.publisher.Location = zone
	}
	client := fetch.New(s.fetchConfig())
	p.client = rememberer{client: client, seen: map[string]*fetch.Response{}, pause: s.config.Fetch.HostPause}
	p.collector = &source.Collector{Client: p.client, Robots: fetch.NewRobots(client), Pause: s.config.Fetch.HostPause}
	p.source = feeds.Source{ID: link, URL: link}
	p.options = parse.Options{Location: p.publisher.Location, Country: p.publisher.Country, PublisherLanguage: p.publisher.Language, Now: time.Now()}
	return p, nil
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
	switch feeds.SourceKind(kind) {
	case feeds.KindFeed, feeds.KindPage, feeds.KindSitemap:
		p.source.Kind = feeds.SourceKind(kind)
	case "":
		if err := p.recognize(ctx); err != nil {
			return err
		}
	default:
		return fmt.Errorf("--kind %q: use feed, page or sitemap", kind)
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
	p.format = cmp.Or(p.format, p.result.Format)
	if p.source.Kind == feeds.KindPage {
		p.listEntries(ctx)
	}
	return nil
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
		p.title, p.entries = list.Title, list.Items
	}
}

// suggestion is the source as it could stand in the configuration.
func (p *previewer) suggestion() feeds.Source {
	s := feeds.Source{
		Publisher: cmp.Or(p.publisher.Key, placeholder),
		Kind:      p.source.Kind,
		URL:       p.source.URL,
		Schedule:  "@hourly",
	}
	if s.Kind == feeds.KindFeed {
		s.Schedule = config.DefaultSchedule
	}
	languages := map[string]bool{}
	for _, a := range p.result.Articles {
		languages[a.Language] = true
		s.Language = a.Language
	}
	if len(languages) != 1 || s.Language == feeds.Undetermined {
		s.Language = ""
	}
	s.ID = suggestID(p.taken, hostName(s.URL), s.Language)
	return s
}

// notes are what a person has to look at in the suggestion.
func (p *previewer) notes(s feeds.Source) (notes []string) {
	if s.Publisher == placeholder {
		notes = append(notes, fmt.Sprintf("%q stands for the key of your publisher", placeholder))
	}
	if slices.ContainsFunc(p.result.Articles, func(a feeds.Article) bool { return a.Language == feeds.Undetermined }) {
		notes = append(notes, "some articles do not tell their language; add \"language\" if all have the same")
	}
	if p.source.AllowPrivate {
		notes = append(notes, "the address was let be on a private network; add \"allow_private: true\" if it is on one")
	}
	return notes
}

// previewed is a preview as machines read it.
type previewed struct {
	Asked    string             `json:"asked"`
	Kind     feeds.SourceKind   `json:"kind"`
	URL      string             `json:"url"`
	Format   string             `json:"format,omitempty"`
	Title    string             `json:"title,omitempty"`
	Reason   string             `json:"reason,omitempty"`
	Articles []previewedArticle `json:"articles"`
	Listed   int                `json:"listed,omitempty"`
	Problems []string           `json:"problems"`
	Error    string             `json:"error,omitempty"`
	Config   string             `json:"config"`
}

type previewedArticle struct {
	Title     string            `json:"title"`
	Link      string            `json:"link"`
	Language  string            `json:"language"`
	Published *string           `json:"published"`
	From      feeds.DateOrigin  `json:"published_from"`
	Summary   string            `json:"summary,omitempty"`
	Alternate []feeds.Alternate `json:"alternates,omitempty"`
}

func (p *previewer) printJSON(w io.Writer) error {
	out := previewed{
		Asked: p.asked, Kind: p.source.Kind, URL: p.source.URL, Format: p.format, Title: p.title, Reason: p.reason,
		Listed: len(p.entries), Articles: []previewedArticle{}, Problems: []string{},
		Config: string(config.FormatSources([]feeds.Source{p.suggestion()}, 2)),
	}
	if p.failure != nil {
		out.Error = p.failure.Error()
	} else {
		out.Error = p.result.Shortfall()
	}
	for _, a := range p.result.Articles {
		out.Articles = append(out.Articles, previewedArticle{a.Title, a.Link, a.Language, printedTime(a.Published), a.PublishedFrom, a.Summary, a.Alternates})
	}
	for _, problem := range p.result.Problems {
		out.Problems = append(out.Problems, problem.Code+": "+problem.Detail)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// mostShown is how many articles the table has.
const mostShown = 20

func (p *previewer) print(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", p.source.URL)
	if p.source.URL != p.asked {
		fmt.Fprintf(&b, "  asked for %s\n", p.asked)
	}
	fmt.Fprintf(&b, "  %s", p.source.Kind)
	if p.format != "" && p.format != string(p.source.Kind) {
		fmt.Fprintf(&b, ", %s", p.format)
	}
	if p.title != "" {
		fmt.Fprintf(&b, ", %q", p.title)
	}
	fmt.Fprintln(&b)
	if p.reason != "" {
		fmt.Fprintf(&b, "  %s\n", p.reason)
	}
	p.printTable(&b)
	if p.failure != nil {
		fmt.Fprintf(&b, "\nFailed: %v\n", p.failure)
	} else if missing := p.result.Shortfall(); missing != "" {
		fmt.Fprintf(&b, "\nFailed in part: %s\n", missing)
	}
	if len(p.result.Problems) > 0 {
		fmt.Fprintln(&b, "\nFound wrong:")
		for _, problem := range p.result.Problems {
			fmt.Fprintf(&b, "  %s: %s\n", problem.Code, problem.Detail)
		}
	}
	p.printOthers(&b)
	s := p.suggestion()
	fmt.Fprintln(&b, "\nFor kairan.yaml:\n\nsources:")
	for _, note := range p.notes(s) {
		fmt.Fprintf(&b, "  # %s\n", note)
	}
	b.Write(config.FormatSources([]feeds.Source{s}, 2))
	_, err := w.Write(b.Bytes())
	return err
}

func (p *previewer) printTable(b *bytes.Buffer) {
	articles := p.result.Articles
	count := fmt.Sprintf("%d articles", len(articles))
	if len(articles) == 1 {
		count = "1 article"
	}
	fmt.Fprintf(b, "\n%s read", count)
	if len(p.entries) > 0 {
		fmt.Fprintf(b, "; the page lists %d", len(p.entries))
	}
	fmt.Fprintln(b)
	row := func(title, date, language, link string) {
		fmt.Fprintf(b, "  %s  %-10s  %-7s  %s\n", padded(title, 48), date, language, link)
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		if p.publisher.Location != nil {
			t = t.In(p.publisher.Location)
		}
		return t.Format(time.DateOnly)
	}
	if len(articles)+len(p.entries) > 0 {
		row("TITLE", "DATE", "LANG", "LINK")
	}
	for _, a := range articles[:min(len(articles), mostShown)] {
		date := day(a.Published)
		if a.PublishedFrom == feeds.DateFirstSeen {
			date = "-"
		}
		row(a.Title, date, a.Language, a.Link)
	}
	rest := max(0, len(articles)-mostShown)
	for _, e := range p.entries {
		if slices.ContainsFunc(articles, func(a feeds.Article) bool { return a.Link == e.Link }) {
			continue
		}
		if len(articles) >= mostShown {
			rest++
			continue
		}
		articles = append(articles, feeds.Article{Link: e.Link})
		row(e.Title, day(e.Published), cmp.Or(e.Language, "?"), e.Link)
	}
	if rest > 0 {
		fmt.Fprintf(b, "  … and %d more\n", rest)
	}
}

// printOthers names the other feeds behind a page.
func (p *previewer) printOthers(b *bytes.Buffer) {
	first := true
	for _, f := range p.found {
		if f.URL == p.source.URL || f.By == page.ByPath {
			continue
		}
		if first {
			fmt.Fprintln(b, "\nThe page leads to these, too:")
			first = false
		}
		fmt.Fprintf(b, "  %-7s  %s  %s %s\n", f.Type, f.URL, f.Title, f.Language)
	}
}

// padded makes a text so wide on a terminal, where the characters of East Asia are
// two columns wide.
func padded(s string, columns int) string {
	var b strings.Builder
	used := 0
	for _, c := range s {
		wide := 1
		if k := width.LookupRune(c).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			wide = 2
		}
		if used+wide > columns-1 {
			b.WriteRune('…')
			used++
			break
		}
		b.WriteRune(c)
		used += wide
	}
	return b.String() + strings.Repeat(" ", max(0, columns-used))
}
