package parse

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Options is what is known about a document beside its bytes. The zero value is
// usable: nothing is known.
type Options struct {
	// ContentType is HTTP's Content-Type, of which the charset is used; "" if none.
	ContentType string
	// BaseURL is the address that the document came from; relative links that the
	// document itself gives no base for are resolved against it.
	BaseURL string
	// Location is the zone of dates that name none; nil means UTC.
	Location *time.Location
	// Country is an ISO 3166-1 code that decides between zones of one name, such as
	// IST and CST; "" lets the Location decide.
	Country string
	// Language is what the configuration says; it goes before all that the
	// document says. "" if nothing is configured.
	Language string
	// DayFirst reads 03/04/2026 as 3 April.
	DayFirst bool
	// Now is the time of reading. A date more than ten minutes after it is not
	// believed; the zero value believes every date from 1990 on.
	Now time.Time
	// RelatedHeadings are lines that begin the list of related notices at the end
	// of a plain text notice, compared without case, beside "Recommended for You".
	RelatedHeadings []string
	// Known tells which entries of a feed need not be read, by their digests; nil has
	// all of them read.
	Known func(digest uint64) bool
}

// Problem is something that was wrong with a document, for operators.
type Problem struct {
	// Code is constant, such as "charset" or "date-future".
	Code string
	// Detail is one English sentence.
	Detail string
}

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
	// Articles are in the order of the document. Digests are those of their entries: what
	// has the same digest at another time is the same article. 0 is none.
	Articles []feeds.Article
	Digests  []uint64
	// Known are the digests of the entries that were left out.
	Known []uint64
	// Lost is how many entries were seen and could not be read; see lost.go.
	Lost     int
	Problems []Problem
}
