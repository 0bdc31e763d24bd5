package publish

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
)

// Log is what is composed from.
type Log interface {
	// Channel returns the state of a channel; false if it was never published.
	Channel(ctx context.Context, channel feeds.Channel) (feeds.ChannelState, bool, error)
	// LastSeq returns the sequence number of the newest record; 0 if there is none.
	LastSeq(ctx context.Context) (int64, error)
	// ChannelRecords returns at most limit records, the newest first, of those with
	// a sequence number below before; 0 begins at the newest.
	ChannelRecords(ctx context.Context, f feeds.RecordFilter, before int64, limit int) ([]feeds.Record, error)
	// ChannelRecordsAfter returns at most limit records, the oldest first, of those with a
	// sequence number above after.
	ChannelRecordsAfter(ctx context.Context, f feeds.RecordFilter, after int64, limit int) ([]feeds.Record, error)
	// StoryRecords returns all records of these stories in the order of the log, by
	// story. With a category they tell where the stories belonged to it, and those are
	// among them that merely say so; "" is none.
	StoryRecords(ctx context.Context, category string, stories []string) (map[string][]feeds.Record, error)
	// Left returns which of these stories have ever left a category.
	Left(ctx context.Context, category string, stories []string) ([]string, error)
	// Articles returns these states of articles, with what is recommended with them; what
	// does not exist is left out.
	Articles(ctx context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]feeds.StoredArticle, error)
	// Modified returns those of these states of articles that were made after a time: ID, Story,
	// Revision, StoryCategories and Modified of them, and no text.
	Modified(ctx context.Context, revisions []feeds.ArticleRevision, since time.Time) ([]feeds.StoredArticle, error)
	// Sizes returns about how long entries of these states are ([feeds.EntrySize]).
	Sizes(ctx context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]int, error)
	// VersionsAt returns the versions of stories that were live after a record, as
	// they were then, by story. Their texts may be left out.
	VersionsAt(ctx context.Context, stories []string, until int64) (map[string][]feeds.Article, error)
	// LastCut returns where the newest archive of a channel begins and ends; the zero
	// value if none is closed.
	LastCut(ctx context.Context, channel feeds.Channel) (feeds.Cut, error)
	// Cut returns where an archive begins and ends, and false if it is not closed.
	Cut(ctx context.Context, channel feeds.Channel, archive int) (cut feeds.Cut, ok bool, err error)
	// ArchivesBeside returns the numbers of the closed archives next to one, which need not be
	// closed itself; 0 where there is none.
	ArchivesBeside(ctx context.Context, channel feeds.Channel, archive int) (before, after int, err error)
	// Languages returns the languages of the log.
	Languages(ctx context.Context) ([]string, error)
	// Search finds articles that are live.
	Search(ctx context.Context, q search.Request) (search.Found, error)
	// CountArchives returns how many archives of a channel are closed.
	CountArchives(ctx context.Context, channel feeds.Channel) (int, error)
	// Epoch returns the life of the log.
	Epoch(ctx context.Context) (feeds.Epoch, error)
	// PastChanges returns how often something changed that lies behind in the log: an
	// article that was erased, a story that brought its past into a category.
	PastChanges(ctx context.Context) (int64, error)
	// EndingDocument returns a stored document of a channel that has ended.
	EndingDocument(ctx context.Context, key feeds.DocumentKey) (feeds.Document, bool, error)
	// SiteOf returns the configuration ([Composer.Configuration]) by which a channel that
	// has ended is composed; nil if none was kept.
	SiteOf(ctx context.Context, channel feeds.Channel) ([]byte, error)
}

// Snapshots calls read with a log whose answers are all of one moment, so that what is
// composed of them is what its revision names.
type Snapshots func(ctx context.Context, read func(Log) error) error

// At makes [Snapshots] of what takes snapshots of a store.
func At[L Log](snapshot func(context.Context, func(L) error) error) Snapshots {
	return func(ctx context.Context, read func(Log) error) error {
		return snapshot(ctx, func(l L) error { return read(l) })
	}
}
