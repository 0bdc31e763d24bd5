package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// Config is what the public site needs.
type Config struct {
	// Settings returns the configuration that is in force. It is called for each
	// request, so that a reload takes effect at once; it must be cheap, and return
	// the same pointers until something changes.
	Settings func() Settings
	// Shelf holds the finished documents. Its Run must be running.
	Shelf *Shelf
	// Channels composes a channel for its page.
	Channels Channels
	// Articles finds an article for its page.
	Articles Articles
	// Metrics counts requests; nil counts none.
	Metrics *Metrics
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger

	// FeedAge and PageAge say how long a cache may keep an answer before it asks
	// again. Default: a minute each.
	FeedAge time.Duration
	PageAge time.Duration
	// PageBytes bounds the memory that composed pages take, in bytes. Default: 64 MiB.
	PageBytes int64
}

// Settings is one state of the configuration.
type Settings struct {
	Site   *feeds.Site
	Bundle *locales.Bundle
}

// Documents is where finished documents are kept.
type Documents interface {
	// DocumentRevisions returns the revision of every document there is.
	DocumentRevisions(ctx context.Context) (map[feeds.DocumentKey]int64, error)
	// Document returns one document; false if there is none.
	Document(ctx context.Context, key feeds.DocumentKey) (feeds.Document, bool, error)
}

// Channels composes channels as their documents were composed.
type Channels interface {
	Compose(ctx context.Context, c feeds.Channel) (feeds.Feed, error)
}

// Articles finds single articles.
type Articles interface {
	// Notice returns the newest revision of an article, published or withdrawn;
	// false if there never was one of that slug.
	Notice(ctx context.Context, slug string) (Notice, bool, error)
}

// Notice is an article with what its page needs to know of its surroundings.
type Notice struct {
	Article feeds.Article
	// Withdrawn is when the article was withdrawn; zero while it is published.
	Withdrawn time.Time
	// Versions are the published articles of the same story, in any order. The
	// article itself may be among them. Their texts are not needed.
	Versions []feeds.Article
	// Related are the published versions of related stories, the best story first.
	// Each reader is shown the one that is best for him.
	Related []feeds.Article
}

const (
	defaultFeedAge   = time.Minute
	defaultPageAge   = time.Minute
	defaultPageBytes = 64 << 20
	// retryAfter is what an answer of 503 asks a client to wait, in seconds. A
	// channel is published two seconds after its first article came.
	retryAfter = "5"
)

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.Default()
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
	return c
}
