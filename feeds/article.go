package feeds

import (
	"strconv"
	"time"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// Undetermined is the language of an article of which nothing tells it (BCP 47, ISO
// 639-2).
const Undetermined = value.Undetermined

// Article is one language version of one notice.
//
// A collector fills in what it found; the store adds ID, Slug, Story, Revision
// and FirstSeen when it takes the article in.
type Article struct {
	// ID is permanent (RFC 4287 §4.2.6): an atom:id that the publisher chose, or
	// a urn:uuid that was minted. See [MintID].
	ID string
	// Slug is the path-safe form of ID, the {id} of /{locale}/n/{id}. See [Slug].
	Slug string
	// Story is the key that the article shares with its translations.
	Story string
	// Revision counts the states of the article, from 1.
	Revision int
	// FirstSeen is when the article was stored first.
	FirstSeen time.Time

	// Publisher and Source say whose article it is and where it was collected.
	Publisher string
	Source    string
	// Feed is the feed that it was collected from, as that names itself, or the one from
	// which that says to have it (RSS source, Atom source); the zero value for other kinds of
	// source.
	Feed SourceFeed
	// GUID is the identifier that the source gave, as it gave it; "" if none.
	GUID string
	// Key is the identity key: the GUID, else the canonical link without its
	// scheme, else the path within a folder without its language.
	Key string
	// Aliases are further identifiers under which the article may be known: other GUIDs that
	// its source gives it, or gave it as an earlier release read it; where it has no GUID,
	// addresses that it had as its link, "" for none at all. They find the article and are
	// not published.
	Aliases []string
	// StoryHint joins versions that a source itself knows to be one story, such
	// as the files of one notice in a folder; "" where the source can't tell.
	// Articles of one publisher with one hint are one story.
	StoryHint string

	// Language is a normalized BCP 47 tag; [Undetermined] where nothing told.
	Language string
	// Title is plain text: no markup, no entities, one line.
	Title string
	// Summary is plain text, at most a few sentences.
	Summary string
	// Content is sanitized HTML with absolute links.
	Content string
	// TextFrom says whether another text than before is news. It is not stored.
	TextFrom TextOrigin
	// Dropped is what had to go of the text as it was collected. It is not stored.
	Dropped Dropped
	// Link is the article's address at its publisher; "" for a file's notice.
	Link    string
	Authors []Person

	// Published and Updated are UTC with a precision of a millisecond. Updated
	// is zero where the source does not say.
	Published     time.Time
	PublishedFrom DateOrigin
	// PublishedDay says that of Published only the day was told; see [Article.IsTimed].
	PublishedDay bool
	Updated      time.Time
	// Corrected is when the article was corrected: as its source declares, or when its
	// text changed in a source with ChangesCorrect. Zero if it was not.
	Corrected time.Time

	// Terms are the categories as the source wrote them; Categories are terms of
	// the city's own taxonomy that they were mapped to. ByDefault says that nothing placed
	// the article, and that they are what its source gives to such ([Source.DefaultCategories]).
	Terms      []Term
	Categories []string
	ByDefault  bool

	Images     []Image
	Enclosures []Enclosure
	// Episode is what a podcast says of the article.
	Episode Episode
	// Related are the source's own links to related notices, in its order.
	Related []Related
	// Alternates are versions in other languages as the source links them.
	Alternates []Alternate
	// Point is the place that the article is about; the zero value is none.
	Point Point
	// External is the page elsewhere that the article is about, as JSON Feed's external_url
	// ("the URL of a page elsewhere"); "" for none. Its own address stays Link.
	External string
	// Rights is the source's own note of copyright, plain text.
	Rights string
}

// IsTimed reports whether it was told at what time of its day the article was published, and
// not the day alone, where its publisher's zone is this one.
func (a *Article) IsTimed(zone *time.Location) bool {
	return !a.PublishedDay && a.PublishedFrom != DateFirstSeen && IsTimed(a.Published.In(zone))
}

// IsTimed reports whether a time says more than its day, in its own zone. Formats that have
// no days alone make midnight of them, as releases stored them before they knew.
func IsTimed(t time.Time) bool {
	hour, minute, second := t.Clock()
	return hour != 0 || minute != 0 || second != 0
}

// DateOrigin says where a date comes from.
type DateOrigin string

// The origins of a date.
const (
	DateDeclared  DateOrigin = "declared"   // the feed or the file says so
	DatePage      DateOrigin = "page"       // found in the article's page
	DateFirstSeen DateOrigin = "first-seen" // none, or none that can be true: when we first saw the article
)

// TextOrigin says where the text of an article comes from, as far as that decides what
// becomes of it where it is another than before.
type TextOrigin string

// The origins of a text.
const (
	// TextAsEver comes from where it came before: another one is a change of the article.
	TextAsEver TextOrigin = ""
	// TextElsewhere may come from elsewhere than before, as from the page behind an entry
	// that was a summary: another one is no news.
	TextElsewhere TextOrigin = "elsewhere"
	// TextAwaited is still to come: an article that is known says what it said.
	TextAwaited TextOrigin = "awaited"
)

// Person is an author. Only a name is required.
type Person struct {
	Name string `json:"name,omitempty"`
	// Localized is its name in the words of a channel's readers, where the publisher's
	// glossary has one; never stored.
	Localized string `json:"-"`
	Email     string `json:"email,omitempty"`
	URL       string `json:"url,omitempty"`
}

// SourceFeed is what a collected feed says of itself. Each may be "".
type SourceFeed struct {
	ID    string `json:"id,omitempty"`    // its atom:id, or what stands for it
	Title string `json:"title,omitempty"` // plain text
	Link  string `json:"link,omitempty"`  // the page that it belongs to
	// URL is where it is, of a feed from which the collected one has the article and says
	// so; "" for the collected one itself.
	URL string `json:"url,omitempty"`
}

// Term is a category as a source wrote it.
type Term struct {
	Term   string `json:"term"`
	Scheme string `json:"scheme,omitempty"`
	Label  string `json:"label,omitempty"`
	// Localized is as in a Person.
	Localized string `json:"localized,omitempty"`
}

// Image is a picture that belongs to an article.
type Image struct {
	URL    string `json:"url"`
	Type   string `json:"type,omitempty"`
	Alt    string `json:"alt,omitempty"`
	Credit string `json:"credit,omitempty"` // whose picture it is, as its source says; plain text
	Width  int    `json:"width,omitempty"`  // pixels; 0 if unknown
	// Height is in pixels; 0 if unknown.
	Height int `json:"height,omitempty"`
}

// Enclosure is a file that belongs to an article.
type Enclosure struct {
	URL    string `json:"url"`
	Type   string `json:"type,omitempty"`
	Length int64  `json:"length,omitempty"` // bytes; 0 if unknown
	Title  string `json:"title,omitempty"`
	// Duration is how long it plays, in seconds; 0 if unknown.
	Duration int `json:"duration,omitempty"`
}

// Point is a place on Earth, in degrees of WGS 84.
type Point struct {
	Lat  float64 `json:"lat"`
	Long float64 `json:"long"`
}

// IsPlace reports whether it is a place. 0 0 is none: programs write it that know of none.
func (p Point) IsPlace() bool {
	return p != Point{} && p.Lat >= -90 && p.Lat <= 90 && p.Long >= -180 && p.Long <= 180
}

// String writes a place as GeoRSS Simple does; "" for none.
func (p Point) String() string {
	if !p.IsPlace() {
		return ""
	}
	return strconv.FormatFloat(p.Lat, 'f', -1, 64) + " " + strconv.FormatFloat(p.Long, 'f', -1, 64)
}

// Related is a related notice as its source lists it.
type Related struct {
	Title string    `json:"title"`
	Date  time.Time `json:"date,omitzero"`
	Link  string    `json:"link,omitempty"`
}

// Alternate is a version in another language, as its source links it.
type Alternate struct {
	Language string `json:"language"`
	Link     string `json:"link"`
}
