package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
	"github.com/kairan-news/kairan/locales"
)

// Config is what the public site needs.
type Config struct {
	// Settings returns the configuration that is in force. It is called for each
	// request, so that a reload takes effect at once; it must be cheap, and return
	// the same pointers until something changes.
	Settings func() Settings
	// Shelf makes and holds the documents. Its Run must be running.
	Shelf *Shelf
	// Channels composes a channel for its page.
	Channels Channels
	// Articles finds an article for its page.
	Articles Articles
	// Files finds what is published with articles; nil for none.
	Files Files
	// Selections makes what readers pick for themselves: searches, and combinations of topics
	// and cities; nil has no such addresses, as where the site is copied.
	Selections Selections
	// Freshness tells how fresh the news of each publisher is; nil tells nothing of it.
	Freshness Freshness
	// Listing lists all articles for sitemaps.
	Listing Listing
	// Ready is asked at /readyz; nil where nobody is to be told, and the address is none.
	Ready *Readiness
	// Metrics counts requests; nil counts none.
	Metrics *Metrics
	// Readers counts who reads which feed; nil counts nobody.
	Readers *Readers
	// Answered, where it is set, is told each answer when it was written. It must not block.
	Answered func(*http.Request, Answer)
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger
	// Now is the clock; nil is [time.Now].
	Now func() time.Time

	// FeedAge and PageAge say how long a cache may keep an answer before it asks
	// again. Default: a minute each.
	FeedAge time.Duration
	PageAge time.Duration
	// PageBytes bounds the memory that composed pages take, in bytes. Default: 16 MiB.
	PageBytes int64
	// SelectionBytes bounds what searches and combinations take, likewise. Default: 16 MiB.
	SelectionBytes int64
}

// Settings is one state of the configuration.
type Settings struct {
	Site   *feeds.Site
	Bundle *locales.Bundle
	// Face is what pages have of the city's own; nil for nothing.
	Face *face.Face
	// Words is a digest of all that documents are made with besides the log, by which
	// processes are told apart that make others ([feeds.AdoptedWords]); "" if there is
	// but one.
	Words string
}

// Documents is where documents come from.
type Documents interface {
	// Published returns what is published now. It is asked each second, and must be cheap.
	Published(ctx context.Context) (feeds.Published, error)
	// Make composes, renders and checks documents of a channel, its live ones or those of
	// an archive (from 1), in these formats, all of one reading of the log, by the settings
	// in force. It is [feeds.ErrNotPublished] if there is no such document.
	Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error)
}

// Channels composes channels for their pages.
type Channels interface {
	// Compose returns what a channel's live document holds.
	Compose(ctx context.Context, c feeds.Channel) (feeds.Feed, error)
	// Page returns what the page of a channel lists, or that of an archive of it, from 1. It
	// is [feeds.ErrNotPublished] if there is no such archive.
	Page(ctx context.Context, c feeds.Channel, archive int) (feeds.Page, error)
}

// Selections composes what readers picked, as of the newest state of their locale's channel of
// everything.
type Selections interface {
	// MakeSelection composes, renders and checks the feed of a selection in a format.
	MakeSelection(ctx context.Context, s feeds.Selection, format feeds.Format) (feeds.MadeSelection, error)
	// ComposeSelection composes a selection for its page.
	ComposeSelection(ctx context.Context, s feeds.Selection) (feeds.Feed, error)
	// Find looks for what the search page is asked.
	Find(ctx context.Context, s feeds.Sought) (feeds.Finds, error)
}

// Articles finds single articles.
type Articles interface {
	// Notice returns the newest revision of an article, published or withdrawn;
	// false if there never was one of that slug.
	Notice(ctx context.Context, slug string) (Notice, bool, error)
}

// Files finds the files that are published with articles.
type Files interface {
	// File returns the content of a file that a live article shows, by its digest
	// ([feeds.FileDigest]); false if there is none.
	File(ctx context.Context, digest string) ([]byte, bool, error)
}

// Freshness tells how fresh the news of publishers is.
type Freshness interface {
	// Freshness returns what is known of publishers, by their keys.
	Freshness(ctx context.Context) (map[string]Fresh, error)
}

// Fresh is how fresh the news of a publisher is. Each time is zero where it is not known.
type Fresh struct {
	// Newest is when the newest of its notices was published.
	Newest time.Time
	// Visited is when its news was looked for last with success.
	Visited time.Time
	// Unread is since when nothing of its news can be reached, or some of it where Partly is
	// set.
	Unread time.Time
	Partly bool
}

// Listing lists all articles in parts of a fixed size, in the order in which they came, so
// that a part does not change by what comes later.
type Listing interface {
	// Parts returns the parts that have a live article in one of the languages that are
	// wanted, in their order.
	Parts(ctx context.Context, wanted func(language string) bool) ([]ListPart, error)
	// Part returns the live articles of a part, counted from 1, with their versions. It need
	// not say when they were published.
	Part(ctx context.Context, n int) ([]Listed, error)
	// Recent returns the live articles of which something was recorded, and which were
	// published, within a time before the newest record, the newest first and as many at most.
	Recent(ctx context.Context, within time.Duration, most int) ([]Listed, error)
}

// ListPart is a part of the list of all articles.
type ListPart struct {
	N int // counted from 1
	// Modified is when anything of its articles was recorded last.
	Modified time.Time
}

// Listed is an article of a list.
type Listed struct {
	// Article has its Slug, Publisher, Language, Title, Published and PublishedDay.
	Article feeds.Article
	// Modified is when its newest revision was stored.
	Modified time.Time
	// Versions are the live articles of its story, with Slug and Language, itself among them.
	Versions []feeds.Article
}

// Notice is an article with what its page needs to know of its surroundings.
type Notice struct {
	Article feeds.Article // its Categories are those of its story
	// Modified is when its publisher changed it last; see [feeds.StoredArticle].
	Modified time.Time
	// Withdrawn is when the article was withdrawn; zero while it is published.
	Withdrawn time.Time
	// Versions are the published articles of the same story, in any order. The
	// article itself may be among them. Their texts are not needed.
	Versions []feeds.Article
	// Related are the published versions of related stories, the best story first.
	// Each reader is shown the one that is best for him.
	Related []feeds.Article
	// Revisions are states of an article that was corrected, the newest first, at most some
	// twenty; nil if it was not.
	Revisions []Revision
}

// Revision is a state of an article, as far as it tells what was corrected.
type Revision struct {
	Title, Summary, Content string
	// Corrected is when it was corrected last; zero if it was not.
	Corrected time.Time
}

const (
	defaultFeedAge   = time.Minute
	defaultPageAge   = time.Minute
	defaultPageBytes = 16 << 20
	// defaultSelectionBytes holds some hundred feeds of 50 entries.
	defaultSelectionBytes = 16 << 20
	// retryAfter is what an answer of 503 asks a client to wait, in seconds. A
	// channel is published two seconds after its first article came.
	retryAfter = "5"
)

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.FeedAge == 0 {
		c.FeedAge = defaultFeedAge
	}
	if c.PageAge == 0 {
		c.PageAge = defaultPageAge
	}
	if c.PageBytes == 0 {
		c.PageBytes = defaultPageBytes
	}
	if c.SelectionBytes == 0 {
		c.SelectionBytes = defaultSelectionBytes
	}
	return c
}
