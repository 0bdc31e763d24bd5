package feed

import (
	"errors"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// Feed is what was read from a feed document.
type Feed struct {
	// Format is "RSS 2.0", "RSS 1.0", "Atom 1.0", "JSON Feed 1.1" and so on.
	Format string
	// Title and Description are plain text.
	Title, Description string
	// Link is the address of the page that the feed belongs to.
	Link string
	// Language is normalized; "" where the feed does not tell.
	Language string
	// ID is the atom:id, the rdf:about of an RSS 1.0 channel, a JSON Feed's
	// feed_url, else the address that the document gives for itself; "" if none.
	ID string
	// Updated is the feed's own date of change; zero if none.
	Updated time.Time
	// TTL is RSS's ttl; 0 if none.
	TTL time.Duration
	// SkipHours are hours of the day in GMT, 0 to 23, in which the feed does not
	// change; SkipDays are such days.
	SkipHours []int
	SkipDays  []time.Weekday
	// UpdateEvery is the period of sy:updatePeriod and sy:updateFrequency; 0 if
	// none is given.
	UpdateEvery time.Duration
	// Articles are those of the entries that were read, in the order of the document.
	Articles []feeds.Article
	// Digests are those of all entries that came to articles: of what was left out, being
	// in [parse.Options.Known], and of the Articles, in their order. What has the same
	// digest at another time is the same article; 0 is none.
	Digests []uint64
	// Next is the address of the document that holds what is older; "" if there is none.
	Next string
	// Deleted are the entries that the feed declares to be withdrawn.
	Deleted []Deleted
	// Expired says that the feed will not be updated any more (JSON Feed 1.1, "expired").
	Expired bool
	// Lost is how many entries were seen and could not be read; see lost.go.
	Lost     int
	Problems []parse.Problem
}

// Entries returns how many entries came to articles, be they read or known.
func (f *Feed) Entries() int { return len(f.Digests) }

// ErrNotFeed is the cause of an error where a document is no feed at all.
var ErrNotFeed = errors.New("it is no RSS, Atom or JSON Feed; look whether the address is right")

// ErrWebPage is the cause of an error where a document is a web page.
var ErrWebPage = errors.New("it is a web page and no feed; look in it for the address of its feed (link rel=alternate), or collect it as a page")
