package feeds

import (
	"net/url"
	"strings"
	"time"
)

// Site is the city's feed service as it is configured: what may be published, in
// which languages, under which names.
type Site struct {
	// ID never changes, whatever the address becomes: the ids of channels are
	// minted from it.
	ID string
	// BaseURL is the public address without a slash at its end.
	BaseURL string
	// Titles by locale; a locale without one takes the bundle's "site.title".
	Titles map[string]string
	// Taglines by locale: a sentence below the title. A site without titles of its own
	// takes the bundle's "site.tagline"; one with titles and without taglines has none.
	Taglines map[string]string
	// Icon is a square picture of the site, Logo one of any shape.
	Icon, Logo Picture
	// DefaultLocale answers whom no other locale fits.
	DefaultLocale string
	Locales       []Locale
	// Calendars are those in which locales write years, by their tags: the first as the
	// year, the others in brackets behind it. A locale that isn't there has its own.
	Calendars  map[string][]Calendar `json:",omitempty"`
	Categories []Category
	Publishers []Publisher
	// NarrowUntil is the sequence number of the log's last record that was stored when
	// locales accepted what their Narrow chains say; 0 where there is none.
	NarrowUntil int64 `json:",omitempty"`
	// FormerZones are the time zones of publishers that are no longer configured, by their
	// keys: their articles stay, on the days that they had.
	FormerZones map[string]*time.Location `json:"-"`
	// SecureHosts are the hosts that sources are collected from by https, by the sources'
	// ids: a picture there that an article names by http can be had by https. See
	// [SecureHosts].
	SecureHosts map[string]string `json:"-"`
	// SeenSecure are the hosts that have answered any request of ours by https, on its usual
	// port, in small letters: so it is with a picture of theirs, whoever's article names it.
	// Pages go by it, and no document, since it changes beside the log.
	SeenSecure map[string]bool `json:"-"`
}

// SecureHosts returns the hosts of those sources whose addresses are of https, for
// [Site.SecureHosts]. What articles a source has brought, its host has answered by https.
func SecureHosts(sources []Source) map[string]string {
	hosts := map[string]string{}
	for _, s := range sources {
		if u, err := url.Parse(s.URL); err == nil && u.Scheme == "https" && u.Host != "" {
			hosts[s.ID] = strings.ToLower(u.Host)
		}
	}
	return hosts
}

// Picture is a picture of the site itself; the zero value is none.
type Picture struct {
	// URL is its address elsewhere; "" of one that the site serves.
	URL string `json:",omitempty"`
	// Path is where the site serves it: a name that tells its content. Body is that content.
	Path string `json:",omitempty"`
	Body []byte `json:"-"`
	// Type is its media type; "" where nobody looked.
	Type string `json:",omitempty"`
	// Width and Height are its size in pixels; 0 where nobody looked, and of SVG.
	Width  int `json:",omitempty"`
	Height int `json:",omitempty"`
}

// IsSet reports whether there is a picture.
func (p Picture) IsSet() bool { return p.URL != "" || p.Path != "" }

// Locale is a language of the site that has a message bundle.
type Locale struct {
	// Tag is the canonical BCP 47 spelling, such as "zh-Hant".
	Tag string
	// Chain holds the languages that a reader of this locale accepts, best first.
	// The first is the locale itself.
	Chain Chain
	// Narrow is what was accepted in its place of records up to [Site.NarrowUntil], tag by
	// tag; nil where that is the same list.
	Narrow Chain `json:",omitempty"`
}

// Category is a term of the city's own taxonomy.
type Category struct {
	// Term is constant and stands in addresses; its label is localized.
	Term string
	// Formerly are terms that it had before, the oldest first: their addresses lead to
	// the present ones, and the ids of its channels are made from the first.
	Formerly []string
	// Urgent categories are published at once.
	Urgent bool
	// Labels by locale; a locale without one takes the bundle's "category.TERM".
	Labels map[string]string
}

// Publisher is a city or a department of one.
type Publisher struct {
	// Key never changes: ids of articles are minted from it.
	Key string
	// Formerly are keys that it had before all the same, the oldest first: their addresses
	// lead to the present ones, the ids of its channels are made from the first, and the
	// articles that were stored under them keep their ids.
	Formerly []string
	// Names by locale; a locale without one takes the bundle's message NameID.
	Names  map[string]string
	NameID string
	// Location is the time zone in which its dates and schedules are read.
	Location *time.Location
	// Country is an ISO 3166-1 code, such as "JP"; named time zones that several
	// countries share are read by it. "" if not given.
	Country string
	// Language is the publisher's own language, a BCP 47 tag.
	Language string
	HomePage string
	// Logo is a picture of it of any shape. Pages show it, and no document.
	Logo    Picture `json:"-"`
	License License
}

// License says what of a publisher's articles may be republished. The zero value
// is the careful one: title, a short summary and the link.
type License struct {
	// Name is what attribution prints, such as "CC BY 4.0"; "" if unrecorded.
	Name string
	URL  string
	// FullText allows the whole text to be republished.
	FullText bool
}

// SourceKind is how a source is collected.
type SourceKind string

// The kinds of source.
const (
	KindFeed    SourceKind = "feed"    // RSS, RDF, Atom or JSON Feed over HTTP
	KindFolder  SourceKind = "folder"  // a tree of Markdown, HTML and plain text files
	KindPage    SourceKind = "page"    // an HTML listing and its articles
	KindSitemap SourceKind = "sitemap" // a sitemap and its articles
)

// Source is what is collected.
type Source struct {
	ID        string
	Publisher string
	Kind      SourceKind
	// URL is an http or https address: of the feed, the listing or the sitemap.
	URL string
	// Path is a folder's root. The builtin folder of samples is "builtin:samples".
	Path string
	// Language, where it is set, is the language of every article of the source, but
	// for the translations that the pages of a page or a sitemap name.
	Language string
	// Schedule is a cron specification, read in the publisher's time zone.
	Schedule string
	// Disabled sources stay in the configuration and are not collected.
	Disabled bool
	// Comment is the configuration's own remark on the source, for operators.
	Comment string
	// Rules map raw category terms (compared without case) to category terms.
	Rules map[string]string
	// DefaultCategories are given to an article that nothing else places. They count where
	// nothing places any version of its story.
	DefaultCategories []string
	// NoKeywords leaves the titles and summaries of articles out of account where
	// categories are found.
	NoKeywords bool
	// EditionURLs map parts of addresses, such as "/en/", to the languages of the
	// versions that stand there: addresses that differ in these parts alone are
	// versions of one story.
	EditionURLs map[string]string
	// EditionsOf is the id of another source of the publisher that has the same
	// notices in another language under the same GUIDs; "" for none.
	EditionsOf string
	// DayFirst reads 03/04/2026 as 3 April, and MonthFirst as 4 March; where neither is set,
	// the publisher's language decides, or the document's.
	DayFirst, MonthFirst bool
	// AllowPrivate lets the source's host resolve to a private network.
	AllowPrivate bool
	// RetryAfterHost widens what the source's server says of when to come back (429
	// and 503, Retry-After) to all sources of its host.
	RetryAfterHost bool
	// Credentials prove to the source's own host who asks.
	Credentials Credentials
	// Volatile sources list what rises and falls, such as incidents: a sudden
	// change of most of the list is nothing to hold back.
	Volatile bool
	// ChangesCorrect makes a text that changes more than a day after it was published
	// a correction, as if the source had declared it.
	ChangesCorrect bool
	// Selectors find the articles of a page, and their text; the zero value leaves
	// it to what articles usually look like. Of a feed with FullText, Content counts.
	Selectors Selectors
	// Only and Except choose which entries become articles: those that Only names, where
	// it names any, but for those that Except names.
	Only, Except Filter
	// Rewrite are changes of titles, in their order.
	Rewrite []Rewriting
	// FullText gives the articles of a feed the texts of the pages behind its entries, where
	// the publisher's licence allows the full text to be republished.
	FullText bool
	// MaxPages is how many article pages a run of a page or a sitemap, or of a feed with
	// FullText, fetches at most; what is left waits for the next run. 0 means 20.
	MaxPages int
}

// Filter names entries by words, and by patterns, which stand between slashes. The zero
// value names none.
type Filter struct {
	// Anywhere are looked for in titles, categories and authors, the others where their
	// names say.
	Anywhere []string `json:"anywhere,omitempty"`
	Title    []string `json:"title,omitempty"`
	Category []string `json:"category,omitempty"`
	Author   []string `json:"author,omitempty"`
}

// Rewriting is a change of a title.
type Rewriting struct {
	// Pattern is the text that is replaced, or a pattern between slashes.
	Pattern string `json:"pattern"`
	// Replacement takes its place; $1 is what the first group of a pattern matched. ""
	// takes it out.
	Replacement string `json:"replacement,omitempty"`
}

// Credentials name where the secrets of a source are kept, and hold none: Password,
// Bearer and Value are names of environment variables. The zero value has none. There
// is one of user name, bearer token (RFC 6750) and header.
type Credentials struct {
	// User and Password are basic credentials (RFC 7617).
	User     string `json:"user,omitempty"`
	Password string `json:"password,omitempty"`
	Bearer   string `json:"bearer,omitempty"`
	// Header and Value are a header of the server's own, such as X-Api-Key.
	Header string `json:"header,omitempty"`
	Value  string `json:"value,omitempty"`
}

// Selectors are CSS selectors (Selectors Level 3) for kinds of source that read
// HTML. Each may be "".
type Selectors struct {
	// Item matches each entry of a listing. The others but Content are looked for
	// within it.
	Item string `json:"item,omitempty"`
	// Link matches what has the article's address; "" is the item's first link.
	// Without Item, each link that it matches is an entry.
	Link string `json:"link,omitempty"`
	// Title matches the article's title; "" is the text of the link.
	Title string `json:"title,omitempty"`
	// Date matches the article's date; "" is the first date in the item.
	Date string `json:"date,omitempty"`
	// Summary matches a summary; "" is none.
	Summary string `json:"summary,omitempty"`
	// Content matches the text in the article's own page; "" is what reads like it.
	Content string `json:"content,omitempty"`
}

// Locale returns the locale of that tag, exactly spelt.
func (s *Site) Locale(tag string) (Locale, bool) {
	for _, l := range s.Locales {
		if l.Tag == tag {
			return l, true
		}
	}
	return Locale{}, false
}

// Home returns the locale whose readers a text in a language is for: the one that it fits
// best. It is false where it is in no locale's language.
func (s *Site) Home(language string) (locale string, ok bool) {
	best := FitNone
	for _, l := range s.Locales {
		if fit := FitOf(l.Tag, language); fit < best {
			locale, best = l.Tag, fit
		}
	}
	return locale, best != FitNone
}

// Publisher returns the publisher of that key.
func (s *Site) Publisher(key string) (Publisher, bool) {
	for _, p := range s.Publishers {
		if p.Key == key {
			return p, true
		}
	}
	return Publisher{}, false
}

// Zone returns the time zone in which a publisher's dates are read, be it configured no
// longer; UTC where none is known.
func (s *Site) Zone(publisher string) *time.Location {
	zone := s.FormerZones[publisher]
	if p, ok := s.Publisher(publisher); ok {
		zone = p.Location
	}
	if zone == nil {
		return time.UTC
	}
	return zone
}

// Category returns the category of that term.
func (s *Site) Category(term string) (Category, bool) {
	for _, c := range s.Categories {
		if c.Term == term {
			return c, true
		}
	}
	return Category{}, false
}
