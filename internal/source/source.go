package source

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/feed"
)

// Getter fetches over HTTP; [fetch.Client] is one.
type Getter interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Response, error)
}

// Collector collects sources of every kind. It is safe for concurrent use.
type Collector struct {
	Client Getter
	// Robots is asked before each page and sitemap; sources of these kinds can't be
	// collected without it.
	Robots Robots
	// Pause is the time to leave a host alone after each of its pages, where the
	// client has a gate ([fetch.Config]); 0 is none.
	Pause time.Duration
	// Secret returns the secret of that name; see [feeds.Credentials]. Sources that
	// have credentials can't be collected without it.
	Secret func(name string) (string, error)
	// OpenFolder opens the root of a folder source. See [OpenFolder].
	OpenFolder func(path string) (fs.FS, error)
	// RelatedHeadings are the words under which a plain text notice lists related
	// ones, in every language of ours.
	RelatedHeadings []string
	// Tags are the tags with a region or a variant that a document may mean: those of the
	// site's locales.
	Tags []string
	// Wait waits for a file that was just written to settle; nil waits by the clock.
	Wait func(ctx context.Context, d time.Duration) error
}

// Input is what a run of a source begins with.
type Input struct {
	Source    feeds.Source
	Publisher feeds.Publisher
	State     State
	// Gap reports whether what a listing names now and what is known of its source do not
	// meet, so that something may have come and left it since; nil where that is not to be
	// found out. It is asked at most once, with the items as articles that have a link, a
	// title and a day, and where the listing names the page behind it. Its error is that of
	// [Collector.Collect].
	Gap func(ctx context.Context, listed []feeds.Article) (bool, error)
	// KeepFile keeps a file that is published with a notice of a folder, by its digest
	// ([feeds.FileDigest]). Nil keeps none: they are only looked at. Its error is that of
	// [Collector.Collect].
	KeepFile func(ctx context.Context, digest string, data []byte) error
	// KeepsFile goes on keeping a file that is kept already, and reports whether it is, so
	// that it need not be read again. Nil has all be read. Its error is that of
	// [Collector.Collect].
	KeepsFile func(ctx context.Context, digest string) (bool, error)
	// Now is when the run began.
	Now time.Time
}

// State is what is remembered of a source from run to run. The zero value is a
// source that was never seen.
type State struct {
	// ETag and LastModified are validators exactly as the server gave them, for
	// FinalURL.
	ETag, LastModified, FinalURL string
	// Digest is of the content that was stored last.
	Digest string
	// Memory is the kind's own, in JSON.
	Memory json.RawMessage
}

// Result is what a run brought.
type Result struct {
	State State
	// Unchanged says that there is nothing to store: Articles is nil, and nothing
	// is missing.
	Unchanged bool
	// Complete says that Articles and Unread are all that the source has, so that
	// an article which is in neither was removed.
	Complete bool
	Articles []feeds.Article
	// Digests are those of a feed's entries, where it was read to its end: of the known
	// ones, which were not read (see [Result.Read]), and of the Articles, in their order.
	// nil where there are none.
	Digests []uint64
	// Entries is how many of a feed came to articles, be they read or known.
	Entries int
	// Fetched is a feed that was fetched, and is to be read by [Result.Read]; nil where
	// there is none.
	Fetched *Fetched
	// Next is where a feed goes on with what is older, on its host; "" if it does not. See
	// [Collector.Older].
	Next string
	// Lost is how many entries of a feed were seen and could not be read; 0 where all
	// were, or where there is no telling.
	Lost int
	// Unread are the story hints of what is there but could not be read in this
	// run; their articles stay as they are.
	Unread []string
	// Listing is what a listing or a sitemap names; nil where none was read in this run.
	Listed *Listed
	// Gone are the addresses of articles whose pages answered 404 or 410 in this run.
	Gone []string
	// Deleted are the entries that a feed declares to be withdrawn.
	Deleted []feed.Deleted
	// ReadAt are the addresses at which articles are read that call another one their
	// own, by that.
	ReadAt map[string]string
	// Problems are what was wrong and could be lived with.
	Problems []parse.Problem
	// Again, where it isn't zero, asks for another run that soon.
	Again time.Duration
	// NotBefore is when the source asks to be visited next at the earliest.
	NotBefore time.Time
	// Format is the feed's, such as "atom"; "" where there is none.
	Format string
	// Status is the HTTP status, 0 where there is none, and Bytes what went over
	// the wire or was read.
	Status int
	Bytes  int64
}

// Shortfall says how much of a feed could not be read, where some of it could; "" where
// all of it was.
func (r Result) Shortfall() string {
	if r.Lost == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d entries could not be read; look at the document, and tell its publisher what is wrong with it",
		r.Lost, r.Lost+r.Entries)
}

// Collect runs the source once. Where it returns an error, the result still tells
// status, bytes, what to remember, and the articles that could be read all the same. A
// feed is only fetched: what it brings is to be had by [Result.Read].
func (c *Collector) Collect(ctx context.Context, in Input) (Result, error) {
	switch in.Source.Kind {
	case feeds.KindFeed:
		return c.collectFeed(ctx, in)
	case feeds.KindFolder:
		return c.collectFolder(ctx, in)
	case feeds.KindPage:
		return c.collectPage(ctx, in)
	case feeds.KindSitemap:
		return c.collectSitemap(ctx, in)
	default:
		return Result{State: in.State}, fmt.Errorf("collect %s: there is no kind of source %q; use %q, %q, %q or %q", in.Source.ID, in.Source.Kind, feeds.KindFeed, feeds.KindFolder, feeds.KindPage, feeds.KindSitemap)
	}
}

// wait waits, unless the context ends before.
func (c *Collector) wait(ctx context.Context, d time.Duration) error {
	if c.Wait != nil {
		return c.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tags are those that a document of a publisher may mean.
func (c *Collector) tags(p feeds.Publisher) []string {
	if strings.Contains(p.Language, "-") {
		return append(slices.Clone(c.Tags), p.Language)
	}
	return c.Tags
}

// options tells the parser what only the configuration knows.
func (c *Collector) options(in Input) parse.Options {
	return parse.Options{
		Location:          in.Publisher.Location,
		Country:           in.Publisher.Country,
		Language:          in.Source.Language,
		Tags:              c.tags(in.Publisher),
		PublisherLanguage: in.Publisher.Language,
		DayFirst:          in.Source.DayFirst,
		MonthFirst:        in.Source.MonthFirst,
		Now:               in.Now,
		RelatedHeadings:   c.RelatedHeadings,
	}
}
