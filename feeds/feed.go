package feeds

import "time"

// Feed is a channel that was composed from the log and localized: all that a
// renderer needs, and nothing that it would have to look up. Every address in it
// is absolute.
type Feed struct {
	// Channel is what was composed; its Locale alone of a selection.
	Channel Channel
	// Selection is what was composed where that is no channel; the zero value of one.
	Selection Selection
	// ID is the permanent id; see [ChannelID] and [Site.SelectionID].
	ID string
	// Language is the locale's tag; Direction is "ltr" or "rtl".
	Language    string
	Direction   string
	Title       string
	Description string
	// HomeURL is the channel's page; URL gives the address of each format.
	HomeURL string
	URL     map[Format]string
	// IconURL is a square picture of the site, LogoURL one of any shape; "" if none.
	IconURL string
	LogoURL string
	// SiteTitle names who publishes the channel: its author.
	SiteTitle string
	// Updated is the newest change of content: of the entries' Changed and of the
	// withdrawals; of a channel that holds nothing, when it was made. The zero time is
	// rendered as the Unix epoch.
	Updated time.Time
	Rights  string
	// TaxonomyURL identifies the city's taxonomy; it is the scheme or domain of
	// each category. See [TaxonomyID].
	TaxonomyURL string
	// Locales are the same channel in the site's other locales.
	Locales []FeedLocale
	// TTL is how long a reader may keep the document; 0 leaves it out.
	TTL time.Duration
	// RelatedTitle is the heading over what is recommended with the entries; "" if nothing is.
	RelatedTitle string
	Entries      []Entry
	// Gone are the entries that were withdrawn and stood in the channel, the
	// newest first.
	Gone []Tombstone
	// LastSeq is the sequence number of the newest record that the feed holds.
	LastSeq int64
	// Since is the sequence number after which the feed's records begin: where the
	// archive before it ends. 0 is the beginning of the log.
	Since int64
	// Epoch is the life of the log to which the numbers belong.
	Epoch Epoch
	// Archive is the number of the archive (RFC 5005 §4) that the feed is, from 1;
	// 0 for the live feed. URL and Locales are the live feed's always.
	Archive int
	// Self is where the archive itself is found in each format; nil in a live feed.
	Self map[Format]string
	// Previous is the archive before this feed in each format, nil if there is none;
	// Next is the one behind an archive, which may not be closed yet.
	Previous, Next map[Format]string
}

// FeedLocale is the same channel in another locale of the site.
type FeedLocale struct {
	Language string
	URL      map[Format]string
}

// Entry is one article as a channel shows it.
type Entry struct {
	// Article is shown as it is but for what the licence forbids: where only a
	// summary may be republished, Content is "" and Summary is short.
	Article Article
	Record  Record
	// URL is the entry's page on this site.
	URL string
	// Title is the article's title, with the language's mark before it where the
	// channel falls back to another language.
	Title string
	// Direction is the article's own: "ltr" or "rtl".
	Direction string
	// LanguageNote says in the reader's language what the entry is written in; ""
	// where that is the reader's own.
	LanguageNote string
	// CorrectedNote says in the reader's language that, and when, the publisher
	// corrected the article; "" where it did not.
	CorrectedNote string
	// Modified is when the publisher changed the article last: RFC 4287's updated.
	// Changed is when we did what the record says: the feed's own updated goes by it.
	Modified, Changed time.Time
	Categories        []Label
	// Versions are the story's versions in other languages.
	Versions []Version
	// Replaces is the ID of the entry that this one stands for from now on.
	Replaces      string
	PublisherName string
	PublisherURL  string
	Source        EntrySource
	// Attribution is the localized line of source and licence.
	Attribution string
	// LicenseURL is the licence's own address, LicenseName what it is called, and
	// LicenseDeed where its summary is read in the reader's language; "" if none.
	LicenseURL  string
	LicenseName string
	LicenseDeed string
	// Urgency says in the reader's language that the entry was published at once; "" where it
	// was not. It goes out as a category of [UrgencyScheme].
	Urgency string
	// Related are links under the content.
	Related []RelatedLink
}

// Label is a category with its localized label.
type Label struct {
	Term  string
	Label string
	URL   string // the category's page
}

// Version is a version of a story in another language.
type Version struct {
	ID       string
	Language string
	Title    string // as its publisher wrote it
	URL      string // its page on this site
	Link     string // its address at the publisher; "" if none
}

// EntrySource is the feed that an entry came from (RFC 4287 §4.2.11), or what stands
// for one.
type EntrySource struct {
	ID string // the source's id in the configuration
	// FeedID is the feed's own id; where it is no IRI, one is minted of the source.
	FeedID string
	Title  string
	URL    string // the feed; "" for what is none
	// HomeURL is the page that the feed belongs to, or that was collected; "" if none.
	HomeURL string
	// Updated is the date that the source itself gives the article: of its change, else
	// of its publication.
	Updated time.Time
}

// RelatedLink is a related notice with its localized date.
type RelatedLink struct {
	ID       string // of an article on this site; "" for a link of the source's own
	Title    string
	URL      string
	Language string
	Date     time.Time
	DateText string
}

// Tombstone is what remains of a withdrawn article (RFC 6721).
type Tombstone struct {
	ID   string
	Slug string
	When time.Time
	Seq  int64
}

// path is that of the channel, or of the selection with its query.
func (f *Feed) path() string {
	if !f.Selection.IsEmpty() {
		return f.Selection.PagePath()
	}
	return f.Channel.String()
}
