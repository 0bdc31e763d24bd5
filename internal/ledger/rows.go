package ledger

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Decision is what a part does to articles, as rows that are merely to be written, in this
// order. What it does to the log is in its stories: see filing.go.
type Decision struct {
	// Dropped are kinds of holds that are over, and Begun those that begin or go on.
	Dropped []string
	Begun   []Hold
	// Unfiled are articles that the source no longer holds, Withdrawn those of them that
	// none does.
	Unfiled, Withdrawn []int64
	// CountsUnfiled says that some of the unfiled may be missing: [Part.Found] is told how
	// many.
	CountsUnfiled bool

	Added   []Addition
	Updated []Known // as they are now
	// Relocated are the newest revisions of articles, with a new address alone.
	Relocated []Revision
	// Reread are the newest revisions of articles as they are read now.
	Reread []Revision
	// Spoken are articles in another language than before: their aliases are dropped, and
	// Respoken take their place where they are free.
	Spoken   []int64
	Respoken []AliasRow
	// Forgotten are articles that had one of the Aliases: the documents that hold them are
	// to be read whole.
	Forgotten []int64
	Aliases   []AliasRow
	// Permalinks are the links among the aliases by which other publishers' articles find
	// these.
	Permalinks []Permalink
	StoryKeys  []StoryKey
	Revisions  []Revision
	Filings    []FilingRow
}

// Addition is a new article. Its Version has its number once it is stored.
type Addition struct {
	*Version
	Article                             *feeds.Article
	UID, Story, Key, Hash, Joins, Terms string
	Grammar                             int // by which it was read
}

// AliasRow is a key of an article.
type AliasRow struct {
	Key
	Of     *Version
	Shared bool
}

// Permalink is a link that one article of a publisher has in its language, be it no longer,
// as its [LinkDigest].
type Permalink struct {
	Digest int64
	Of     *Version
}

// StoryKey is a key by which articles find a story; the first that has one keeps it.
type StoryKey struct{ Key, Story string }

// Revision is a state of an article.
type Revision struct {
	Of        *Version
	N         int
	Hash      string
	Article   *feeds.Article
	Corrected time.Time
	Modified  time.Time // see modified.go
}

// FilingRow is how the source files an article from now on.
type FilingRow struct {
	Of                *Version
	Terms, Categories string
	ByDefault         bool
}
